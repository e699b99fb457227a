"""How loud a recording is over time: the loudest sample of equal stretches. Plays nothing."""

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

from workbench.decoding.recordings import BAD_PACKETS_LIMIT, Recording, open_recording
from workbench.errors import EvidenceError
from workbench.media.jobs import Waveform
from workbench.sealed.reader import Reader

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream

COUNT_LIMIT = 20_000
LONGEST_MS = 6 * 3_600_000
_FRAMES_AT_ONCE = 64
_AHEAD_S = 0.5
"""Decoding begins this much earlier: the first frames after a jump are quieter than they should be."""
_FULL_SCALE = {"u8": 128.0, "s16": 32768.0, "s32": 2147483648.0, "s64": 9223372036854775808.0, "flt": 1.0, "dbl": 1.0}


def read_waveform(reader: Reader, start_ms: int, end_ms: int, count: int) -> Waveform:
    """Peaks of `count` equal stretches, all channels together; 0 where nothing sounds. Raises EvidenceError."""
    import numpy as np

    if not (0 <= start_ms < end_ms <= start_ms + LONGEST_MS and 0 < count <= COUNT_LIMIT):
        raise EvidenceError("There is no such part of the recording.")
    peaks = np.zeros(count, np.float64)
    with closing(open_recording(reader)) as recording:
        if recording.has_audio:
            scale = count * 1000 / (end_ms - start_ms)
            for at_s, rate, loudness in _sound(recording, start_ms / 1000, end_ms / 1000):
                _raise_to(peaks, loudness, (at_s - start_ms / 1000) * scale, scale / rate)
    return Waveform(peaks=tuple((np.minimum(peaks, 1.0) * 255).round().astype(int).tolist()))


def _raise_to(peaks: Any, loudness: Any, first: float, step: float) -> None:
    """Take samples into account that lie `step` stretches apart, beginning at stretch `first`."""
    import numpy as np

    stretch = np.floor(first + np.arange(len(loudness)) * step).astype(np.int64)
    inside = (stretch >= 0) & (stretch < len(peaks))
    stretch, loudness = stretch[inside], loudness[inside]
    if len(stretch) == 0:
        return
    begins = np.flatnonzero(np.diff(stretch, prepend=-1))
    found = np.maximum.reduceat(loudness, begins)
    peaks[stretch[begins]] = np.maximum(peaks[stretch[begins]], found)


def _sound(recording: Recording, start_s: float, end_s: float) -> Iterator[tuple[float, int, Any]]:
    """Pieces of sound that touch the range: when each begins, its rate, and how loud each sample is."""
    import numpy as np

    pieces: list[Any] = []
    begin_s, rate, end_of_last_s = 0.0, 0, 0.0
    for frame in _frames(recording, start_s):
        is_timed = frame.pts is not None and frame.time_base is not None
        at_s = float((frame.pts or 0) * (frame.time_base or 0)) - recording.origin_s if is_timed else end_of_last_s
        follows = pieces and frame.rate == rate and abs(at_s - end_of_last_s) < 0.02
        if pieces and (not follows or len(pieces) >= _FRAMES_AT_ONCE):
            yield begin_s, rate, np.concatenate(pieces)
            pieces = []
        if at_s >= end_s or frame.rate <= 0:
            break
        if not pieces:
            begin_s, rate = at_s, frame.rate
        pieces.append(_loudness(frame))
        end_of_last_s = at_s + frame.samples / frame.rate
    if pieces:
        yield begin_s, rate, np.concatenate(pieces)


def _loudness(frame: "AudioFrame") -> Any:
    import numpy as np

    name = frame.format.name.removesuffix("p")
    samples = np.asarray(frame.to_ndarray(), np.float32)
    if not frame.format.is_planar:
        samples = samples.reshape(-1, len(frame.layout.channels)).T
    if name == "u8":
        samples = samples - 128
    return np.nan_to_num(np.abs(samples).max(axis=0) / _FULL_SCALE[name])


def _frames(recording: Recording, start_s: float) -> "Iterator[AudioFrame]":
    import av
    from av.stream import Discard

    stream: AudioStream = recording.container.streams.audio[0]
    for other in recording.container.streams:
        other.discard = Discard.default if other is stream else Discard.all
    if start_s > 0 and stream.time_base:
        place = (max(0.0, start_s - _AHEAD_S) + recording.origin_s) / float(stream.time_base)
        try:
            recording.container.seek(max(0, int(place)), stream=stream, backward=True)
        except av.FFmpegError:
            return
    packets = recording.container.demux(stream)
    bad = 0
    while bad <= BAD_PACKETS_LIMIT:
        try:
            packet = next(packets, None)
            if packet is None:
                return
            yield from packet.decode()
        except av.FFmpegError:
            bad += 1
