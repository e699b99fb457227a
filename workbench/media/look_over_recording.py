"""A stretch of a recording, looked over: pictures twice a second, small and grey, and how loud it is.

Boundaries are as fine as a second. Judges nothing; plays nothing.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from workbench.decoding.frames import quarter_turns
from workbench.decoding.packets import PacketSource, pts_of
from workbench.decoding.recordings import Recording, measured, open_recording
from workbench.errors import EvidenceError
from workbench.media.fingerprints import fingerprint
from workbench.media.look_over_measures import STILL_BELOW, difference_of, fitting, look_of
from workbench.media.waveform import read_waveform
from workbench.model.findings import PART_MS, Finding, FindingKind, Fingerprint, LookedOver
from workbench.sealed.reader import Reader

if TYPE_CHECKING:
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

STEP_MS = 500
FINGERPRINT_EVERY_MS = 10_000
_SOUND_STEP_MS = 250
_BAD_PACKETS_LIMIT = 200
_KEYS_ENOUGH_MS = 1_000
"""Where key frames come this often, they are as fine as our boundaries, and nothing else is decoded."""
_KEYS_ASKED = 40


@dataclass(frozen=True, slots=True)
class _Look:
    """One picture: from when it is on screen, and how it looks."""

    at_ms: int
    grey: Any


def look_over_recording(reader: Reader, part: int, length_ms: int) -> LookedOver:
    """Part `part` (from 0); `length_ms` as an earlier part told it, else 0. Raises EvidenceError."""
    with closing(open_recording(reader)) as opened:
        recording = opened if length_ms else measured(opened)
        length_ms = length_ms or recording.duration_ms or PART_MS
        start_ms, end_ms = part * PART_MS, min(length_ms, (part + 1) * PART_MS)
        if not 0 <= start_ms < length_ms:
            raise EvidenceError("There is no such part of the recording.")
        findings: list[Finding] = []
        prints: list[Fingerprint] = []
        if recording.video is not None:
            looks = _looks(recording, recording.video, start_ms, end_ms)
            findings, prints = _watched(looks, start_ms, end_ms)
        has_audio, is_video = recording.has_audio, recording.video is not None
    if has_audio:
        findings += _silences(reader, start_ms, end_ms)
    elif is_video and part == 0:
        findings.append(Finding(kind=FindingKind.NO_SOUND))
    return LookedOver(
        parts=-(-length_ms // PART_MS),
        unit="ms",
        length=length_ms,
        findings=tuple(findings),
        fingerprints=tuple(prints),
    )


def _watched(looks: Iterator[_Look], start_ms: int, end_ms: int) -> tuple[list[Finding], list[Fingerprint]]:
    findings: list[Finding] = []
    prints: list[Fingerprint] = []
    last: _Look | None = None
    stands: _Look | None = None
    reached_ms = start_ms
    try:
        for look in looks:
            if last is not None:
                findings += _seen(last, start_ms, look.at_ms)
                stands = stands or last
                if difference_of(stands.grey, look.grey) < STILL_BELOW:
                    findings.append(_stretch(FindingKind.FROZEN, last.at_ms, look.at_ms, 0.0))
                else:
                    stands = look
            if look.at_ms >= start_ms:
                _keep_print(prints, look)
            last, reached_ms = look, max(start_ms, look.at_ms)
    except EvidenceError:
        findings.append(_stretch(FindingKind.UNREADABLE, reached_ms, end_ms, 0.0))
    if last is not None and last.at_ms < end_ms:
        findings += _seen(last, start_ms, end_ms)
    return findings, prints


def _seen(look: _Look, start_ms: int, until_ms: int) -> list[Finding]:
    """What is to be said of the time that this picture is on screen."""
    found = look_of(look.grey) if until_ms > start_ms else None
    return [_stretch(found[0], max(start_ms, look.at_ms), until_ms, found[1])] if found else []


def _keep_print(prints: list[Fingerprint], look: _Look) -> None:
    """One for each ten seconds, from the first picture in them, so that copies give theirs at the same times."""
    number = look.at_ms // FINGERPRINT_EVERY_MS
    if any(each.at // FINGERPRINT_EVERY_MS == number for each in prints):
        return
    bits = fingerprint(look.grey)
    if bits is not None:
        prints.append(Fingerprint(at=look.at_ms, bits=bits))


def _stretch(kind: FindingKind, start_ms: int, end_ms: int, measure: float) -> Finding:
    return Finding(kind=kind, start_ms=start_ms, end_ms=end_ms, measure=measure)


def _silences(reader: Reader, start_ms: int, end_ms: int) -> list[Finding]:
    """Stretches whose loudest sample is below half a step of 255, -54 dB of full scale."""
    count = max(1, round((end_ms - start_ms) / _SOUND_STEP_MS))
    try:
        peaks = read_waveform(reader, start_ms, end_ms, count).peaks
    except EvidenceError:
        return []
    scale = (end_ms - start_ms) / count
    found: list[Finding] = []
    begin: int | None = None
    for number, peak in enumerate((*peaks, 255)):
        if peak == 0 and begin is None:
            begin = number
        elif peak > 0 and begin is not None:
            found.append(
                _stretch(FindingKind.SILENT, start_ms + round(begin * scale), start_ms + round(number * scale), 0.0)
            )
            begin = None
    return found


def _looks(recording: Recording, stream: "VideoStream", start_ms: int, end_ms: int) -> Iterator[_Look]:
    """Pictures a step apart, from one step before `start_ms` on. Raises EvidenceError."""
    stream.thread_type = "SLICE"
    # One core of two is left to what is on screen.
    stream.codec_context.thread_count = 1
    stream.codec_context.options = {"skip_loop_filter": "all"}
    base = float(stream.time_base or 0)
    keys_only = _keys_are_enough(stream)
    if not stream.codec_context.codec.name.startswith("lib"):
        wanted: Any = "NONKEY" if keys_only else "NONREF"
        stream.codec_context.skip_frame = wanted
    next_ms = max(0, start_ms - STEP_MS)
    for frame in _frames(recording, stream, int((next_ms / 1000 + recording.origin_s) / base) if base else 0):
        at_ms = max(0, round((pts_of(frame) * base - recording.origin_s) * 1000))
        if at_ms >= end_ms:
            return
        if at_ms >= next_ms:
            next_ms = (at_ms // STEP_MS + 1) * STEP_MS
            yield _Look(at_ms, _grey(frame))


def _keys_are_enough(stream: "VideoStream") -> bool:
    """Whether the file's own index lists key frames often enough, as far as its beginning tells."""
    entries = stream.index_entries
    times = [entry.timestamp for entry in (entries[at] for at in range(min(len(entries), 2_000))) if entry.is_keyframe]
    times = times[:_KEYS_ASKED]
    longest = max((after - before for before, after in pairwise(times)), default=None)
    return longest is not None and longest * float(stream.time_base or 0) * 1000 <= _KEYS_ENOUGH_MS


def _frames(recording: Recording, stream: "VideoStream", from_pts: int) -> "Iterator[VideoFrame]":
    import av

    packets = PacketSource(recording, stream, lambda: None)
    packets.seek(from_pts)
    bad = 0
    for packet in packets.coming():
        try:
            frames = packet.decode()
        except av.FFmpegError as error:
            bad += 1
            if bad > _BAD_PACKETS_LIMIT:
                raise EvidenceError("The recording is damaged from here on.") from error
            continue
        yield from (frame for frame in frames if frame.pts is not None)


def _grey(frame: "VideoFrame") -> Any:
    """The frame upright, small, in grey of the full range."""
    import numpy as np

    width, height = fitting(frame.width, frame.height)
    small = frame.reformat(width=width, height=height, format="gray", interpolation="AREA", threads=1)
    plane = small.planes[0]
    rows = np.frombuffer(memoryview(plane), np.uint8)
    grey = rows.reshape(-1, plane.line_size)[:height, :width]
    return np.ascontiguousarray(np.rot90(grey, -quarter_turns(frame)))
