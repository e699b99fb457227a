"""Recordings whose every frame says in its lightness which one it is."""

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

SIZE = (192, 108)
_SUBTITLES = b"""[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname
Style: Default,Arial

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


def make_frames(
    path: Path,
    times_ms: Iterable[int],
    *,
    codec: str = "libx264",
    gop: int = 60,
    pixels: str = "yuv420p",
    muxing: dict[str, str] | None = None,
    **options: str,
) -> Path:
    """One frame per time; a codec that is not built in is the caller's to skip."""
    with av.open(str(path), "w", options=muxing or {}) as container:
        video: Any = container.add_stream(codec, rate=25, options=options)
        video.width, video.height, video.pix_fmt = *SIZE, pixels
        video.time_base = video.codec_context.time_base = Fraction(1, 1000)
        video.codec_context.gop_size = gop
        for number, at_ms in enumerate(times_ms):
            picture = np.full((SIZE[1], SIZE[0], 3), 20 + number * 7 % 200, np.uint8)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(format=pixels)
            frame.pts, frame.time_base = at_ms, Fraction(1, 1000)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
    return path


def has_encoder(codec: str) -> bool:
    """Whether this PyAV can make such a recording."""
    try:
        return bool(av.Codec(codec, "w"))
    except av.codec.codec.UnknownCodecError:
        return False


def frames_by_hand(path: Path) -> list[tuple[int, bool, int]]:
    """Of each frame, decoded one after the other: its time in ms, whether it is a key frame, its lightness."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        first = stream.start_time or 0
        found = []
        for frame in container.decode(stream):
            at_ms = round(((frame.pts or 0) - first) * (frame.time_base or 0) * 1000)
            found.append((at_ms, bool(frame.key_frame), lightness(bytes(frame.planes[0]), frame.planes[0].line_size)))
    return found


def lightness(plane: bytes, row: int) -> int:
    """Of the middle of a picture's brightness plane."""
    return plane[SIZE[1] // 2 * row + SIZE[0] // 2]


def make_sound_of(
    path: Path, loudness: Iterable[float], codec: str, *, rate: int = 48_000, stereo: bool = True
) -> Path:
    """Half a second of tone for each loudness (1 is full scale); in stereo only the right channel sounds."""
    with av.open(str(path), "w") as container:
        audio: Any = container.add_stream(codec, rate=rate, layout="stereo" if stereo else "mono")
        resampler = av.AudioResampler(format=audio.format, layout=audio.layout, rate=rate)
        place = 0
        for factor in loudness:
            wave = (np.sin(np.arange(rate // 2) * 1000 * 2 * np.pi / rate) * factor).astype(np.float32)
            both = np.stack([np.zeros_like(wave), wave]) if stereo else wave[None]
            for start in range(0, both.shape[1], 960):
                piece = np.ascontiguousarray(both[:, start : start + 960])
                frame = av.AudioFrame.from_ndarray(piece, format="fltp", layout="stereo" if stereo else "mono")
                frame.rate, frame.pts, frame.time_base = rate, place, Fraction(1, rate)
                place += piece.shape[1]
                for ready in resampler.resample(frame):
                    container.mux(audio.encode(ready))
        container.mux(audio.encode(None))
    return path


def make_titled(path: Path, codec: str, texts: Iterable[tuple[int, bytes]], *, language: str = "deu") -> Path:
    """Four seconds of nothing, and texts of 800 ms each, as `codec` packs them."""
    waiting = list(texts)
    with av.open(str(path), "w") as container:
        video: Any = container.add_stream("libx264", rate=25)
        video.width, video.height, video.pix_fmt = 64, 64, "yuv420p"
        track: Any = container.add_stream(codec)
        track.codec_context.subtitle_header = _SUBTITLES
        track.metadata["language"] = language
        for number in range(100):
            frame = av.VideoFrame(64, 64, "yuv420p")
            frame.pts = number
            container.mux(video.encode(frame))
            while waiting and waiting[0][0] <= number * 40:
                at_ms, text = waiting.pop(0)
                packet = av.Packet(text)
                packet.stream, packet.time_base = track, Fraction(1, 1000)
                packet.pts = packet.dts = at_ms
                packet.duration = 800
                container.mux(packet)
        container.mux(video.encode(None))
    return path
