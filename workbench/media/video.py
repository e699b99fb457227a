"""Pictures out of recordings: one at a time, or a strip of key frames. Plays nothing: that is the player's."""

from contextlib import closing

from workbench.decoding.frames import FrameSource, Raster, quarter_turns, upright
from workbench.decoding.recordings import Recording, open_recording
from workbench.errors import EvidenceError
from workbench.media.jobs import Inspection
from workbench.model.submission import EvidenceFacts, EvidenceKind
from workbench.sealed.reader import Reader

STRIP_LIMIT = 200


def inspect_recording(reader: Reader) -> Inspection:
    """What the recording is, after its first frame was decoded. Raises EvidenceError."""
    with closing(open_recording(reader)) as recording:
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


def frame_at(reader: Reader, at_ms: int, max_width: int, max_height: int) -> Raster:
    """The upright frame on screen at a time, to fit. Raises EvidenceError."""
    with closing(open_recording(reader)) as recording:
        source = FrameSource(recording)
        frame = source.at(at_ms)
        return upright(frame, max_width, max_height, source.time_ms(frame))


def cover(reader: Reader, max_width: int, max_height: int) -> Raster:
    """A key frame near a tenth of the way in: the very first is often black. Raises EvidenceError."""
    with closing(open_recording(reader)) as recording:
        source = FrameSource(recording, walks=False)
        frame = source.key_frame_near((recording.duration_ms or 0) // 10) or source.at(0)
        return upright(frame, max_width, max_height, source.time_ms(frame))


def filmstrip(reader: Reader, count: int, height: int) -> tuple[Raster, ...]:
    """Up to `count` key frames over the whole length, in time order, none twice. Raises EvidenceError."""
    count = min(count, STRIP_LIMIT)
    found: dict[int, Raster] = {}
    with closing(open_recording(reader)) as recording:
        source = FrameSource(recording, walks=False)
        for place in range(count):
            frame = source.key_frame_near((recording.duration_ms or 0) * place // max(1, count))
            if frame is None:
                continue
            at_ms = source.time_ms(frame)
            if at_ms not in found:
                found[at_ms] = upright(frame, height * 4, height, at_ms)
    if not found:
        raise EvidenceError("No picture can be decoded from this recording.")
    return tuple(found[at_ms] for at_ms in sorted(found))
