"""Text tracks inside recordings, whatever their format, as cues without markup."""

import re
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

from workbench.decoding.recordings import LONGEST_MS, Recording, open_recording, packets_of
from workbench.media.captions import CUE_LIMIT, plain, whole
from workbench.media.jobs import Cue, TextTrack
from workbench.sealed.reader import Reader

if TYPE_CHECKING:
    from av.packet import Packet
    from av.subtitles.stream import SubtitleStream

TRACK_LIMIT = 16
_UNSAID_MS = 4000
_STYLES = re.compile(r"\{[^{}]*\}")
_NAME = re.compile(r"[^\w .,()&'-]+")


def read_tracks(reader: Reader) -> tuple[TextTrack, ...]:
    """The text tracks in file order; none of them is without cues. Raises EvidenceError."""
    with closing(open_recording(reader)) as recording:
        streams = _text_streams(recording)
        cues: dict[int, list[Cue]] = {stream.index: [] for stream in streams}
        for packet in _packets(recording, streams):
            cues[packet.stream.index].extend(_cues(packet, recording.origin_s))
            if sum(map(len, cues.values())) > CUE_LIMIT:
                break
        return tuple(_track(stream, cues[stream.index]) for stream in streams if cues[stream.index])


def _text_streams(recording: Recording) -> "list[SubtitleStream]":
    from av.codec.codec import Properties

    # Captions of discs are pictures: nothing to read or to search in.
    found = [
        stream
        for stream in recording.container.streams.subtitles
        if Properties.TEXT_SUB in Properties(stream.codec_context.codec.properties)
    ]
    return found[:TRACK_LIMIT]


def _packets(recording: Recording, streams: "list[SubtitleStream]") -> "Iterator[Packet[Any]]":
    from av.stream import Discard

    if not streams:
        return
    for stream in recording.container.streams:
        stream.discard = Discard.default if stream in streams else Discard.all
    yield from packets_of(recording, *streams)


def _cues(packet: "Packet[Any]", origin_s: float) -> Iterator[Cue]:
    import av

    if packet.pts is None or packet.time_base is None:
        return
    base = float(packet.time_base)
    start_ms = round((packet.pts * base - origin_s) * 1000)
    end_ms = start_ms + (round((packet.duration or 0) * base * 1000) or _UNSAID_MS)
    try:
        words = "\n".join(_words(line) for line in packet.decode())
    except (av.FFmpegError, UnicodeError):
        return
    cue = whole(max(0, start_ms), min(end_ms, LONGEST_MS), plain(words))
    if cue is not None:
        yield cue


def _words(line: object) -> str:
    """What is said, from a line as FFmpeg gives every kind of text: its ninth field, with \\N for a new line."""
    said: bytes = getattr(line, "ass", b"") or getattr(line, "text", b"") or b""
    words = said.decode("utf-8", "replace")
    words = words.split(",", 8)[-1] if words.count(",") >= 8 else words
    return _STYLES.sub("", words).replace("\\N", "\n").replace("\\n", "\n").replace("\\h", " ")


def _track(stream: "SubtitleStream", cues: list[Cue]) -> TextTrack:
    language = _NAME.sub("", stream.language or "")[:35]
    title = _NAME.sub(" ", stream.metadata.get("title", "") or stream.metadata.get("handler_name", "")).strip()[:100]
    return TextTrack(
        language="" if language == "und" else language,
        title="" if title == "SubtitleHandler" else title,
        cues=tuple(sorted(cues, key=lambda cue: (cue.start_ms, cue.end_ms))),
    )
