"""Pictures out of recordings: one at a time, or key frames for a strip. Plays nothing: that is the player's."""

import os
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

from workbench.decoding.frames import FrameSource, Raster, quarter_turns, upright
from workbench.decoding.recordings import Recording, measured, open_recording
from workbench.errors import EvidenceError
from workbench.media.identity import identity_of
from workbench.media.jobs import Inspection
from workbench.model.submission import EvidenceFacts, EvidenceKind
from workbench.sealed.reader import PlainFile, Reader, SealedFile, open_reader

STRIP_LIMIT = 200
_NO_PICTURE = "No picture can be decoded from this recording."
_FRAMES_KEPT = 3


def inspect_recording(reader: Reader) -> Inspection:
    """What the recording is, after its first frame was decoded. Raises EvidenceError."""
    with closing(measured(open_recording(reader))) as recording:
        if recording.video is None:
            facts = EvidenceFacts(
                media_type=recording.media_type, duration_ms=recording.duration_ms, has_audio=recording.has_audio
            )
            return Inspection(kind=EvidenceKind.AUDIO, facts=facts, captions=_has_captions(recording))
        frame = FrameSource(recording, walks=False).at(0)
        turns = quarter_turns(frame)
        width, height = (frame.height, frame.width) if turns % 2 else (frame.width, frame.height)
        facts = EvidenceFacts(
            media_type=recording.media_type,
            duration_ms=recording.duration_ms,
            width=width,
            height=height,
            rotation=turns * 90,
            has_audio=recording.has_audio,
        )
        return Inspection(kind=EvidenceKind.VIDEO, facts=facts, captions=_has_captions(recording))


def _has_captions(recording: Recording) -> bool:
    from av.codec.codec import Properties

    # Captions of discs are pictures: nothing to read or to search in.
    tracks = recording.container.streams.subtitles
    return any(Properties.TEXT_SUB in Properties(track.codec_context.codec.properties) for track in tracks)


def cover(reader: Reader, max_width: int, max_height: int) -> Raster:
    """A key frame near a tenth of the way in: the very first is often black. Raises EvidenceError."""
    with closing(open_recording(reader)) as recording:
        source = FrameSource(recording, walks=False)
        frame = source.key_frame((recording.duration_ms or 0) // 10) or source.at(0)
        return upright(frame, max_width, max_height, source.time_ms(frame))


@dataclass(slots=True)
class _Open:
    """An open recording with a descriptor of its own: the job's is closed with the job."""

    identity: tuple[object, ...]
    recording: Recording
    frames: FrameSource
    held: SealedFile | PlainFile
    drawn: dict[tuple[int, int], Raster] = field(default_factory=dict)
    """By time and height: the fine questions meet the key frames of the coarse ones again."""

    def close(self) -> None:
        self.recording.close()
        self.held.close()


class RecordingShelf:
    """Keeps one recording open for key frames and one for exact frames: strips and stills ask again and again."""

    def __init__(self) -> None:
        self._open: dict[bool, _Open] = {}

    def frame_at(self, source: SealedFile | PlainFile, at_ms: int, max_width: int, max_height: int) -> Raster:
        """The upright frame on screen at a time, to fit. Raises EvidenceError."""
        frames = self._frames(source, walks=True)
        frame = frames.at(at_ms)
        return upright(frame, max_width, max_height, frames.time_ms(frame))

    def film(
        self, source: SealedFile | PlainFile, times_ms: Sequence[int], height: int, known_ms: Sequence[int] = ()
    ) -> tuple[Raster, ...]:
        """The key frames at or nearest before the times, in their order, none twice and none that is known.

        Raises EvidenceError.
        """
        frames = self._frames(source, walks=False)
        drawn = self._open[False].drawn
        found: dict[int, Raster] = {}
        known = set(known_ms)
        for at_ms in times_ms[:STRIP_LIMIT]:
            packet = frames.key_packet(at_ms)
            if packet is None or (place_ms := frames.time_ms(packet)) in known:
                continue
            if (place_ms, height) not in drawn and (frame := frames.alone(packet)) is not None:
                drawn[place_ms, height] = upright(frame, height * 4, height, place_ms)
            if (place_ms, height) in drawn:
                found[place_ms] = drawn[place_ms, height]
                known.add(place_ms)
            while len(drawn) > STRIP_LIMIT:
                drawn.pop(next(iter(drawn)))
        if not found and not known:
            raise EvidenceError(_NO_PICTURE)
        return tuple(found.values())

    def let_go(self, source: SealedFile | PlainFile) -> None:
        """Close what is another file than this one: its descriptor and key are of no use to this one's content."""
        identity = identity_of(source)
        for opened in [self._open.pop(key) for key in list(self._open) if self._open[key].identity != identity]:
            opened.close()

    def _frames(self, source: SealedFile | PlainFile, *, walks: bool) -> FrameSource:
        self.let_go(source)
        identity, former = identity_of(source), self._open.get(walks)
        if former is not None:
            return former.frames
        opened = self._open[walks] = _opened(identity, source, walks=walks)
        return opened.frames


def _opened(identity: tuple[object, ...], source: SealedFile | PlainFile, *, walks: bool) -> _Open:
    held = replace(source, descriptor=os.dup(source.descriptor))
    try:
        recording = open_recording(open_reader(held))
        return _Open(identity, recording, FrameSource(recording, walks=walks, kept=_FRAMES_KEPT), held)
    except BaseException:
        held.close()
        raise
