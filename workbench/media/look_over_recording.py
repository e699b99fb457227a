"""A stretch of a recording, looked over: its pictures, small and grey, and how loud it is.

Boundaries are as fine as a second. Judges nothing; plays nothing.
"""

from collections.abc import Iterator
from contextlib import closing

from workbench.decoding.recordings import measured, open_recording
from workbench.errors import EvidenceError
from workbench.media.fingerprints import fingerprint
from workbench.media.look_over_frames import FINGERPRINT_EVERY_MS, Look, looks
from workbench.media.look_over_measures import STILL_BELOW, difference_of, look_of
from workbench.media.waveform import read_waveform
from workbench.model.findings import PART_MS, Finding, FindingKind, Fingerprint, LookedOver
from workbench.sealed.reader import Reader

_SOUND_STEP_MS = 250


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
            shown = looks(recording, recording.video, start_ms, end_ms)
            findings, prints = _watched(shown, start_ms, end_ms)
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


def _watched(shown: Iterator[Look], start_ms: int, end_ms: int) -> tuple[list[Finding], list[Fingerprint]]:
    findings: list[Finding] = []
    prints: list[Fingerprint] = []
    last: Look | None = None
    stands: Look | None = None
    reached_ms = start_ms
    try:
        for look in shown:
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


def _seen(look: Look, start_ms: int, until_ms: int) -> list[Finding]:
    """What is to be said of the time that this picture is on screen."""
    found = look_of(look.grey) if until_ms > start_ms else None
    return [_stretch(found[0], max(start_ms, look.at_ms), until_ms, found[1])] if found else []


def _keep_print(prints: list[Fingerprint], look: Look) -> None:
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
