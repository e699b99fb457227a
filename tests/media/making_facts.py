"""Recordings, pictures and pages with something to be found in them; made from numbers, the same at every run."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import pymupdf

SIZE = (480, 270)
RATE = 15
SOUND_RATE = 44_100


def scene(seed: int, width: int = 1200, height: int = 800) -> Any:
    """A picture with large and small things in it, in colours; each seed another one."""
    chance = np.random.default_rng(seed)
    ground = (chance.random((9, 12, 3)) * 200 + 30).astype(np.uint8)
    picture = cv2.resize(ground, (width, height), interpolation=cv2.INTER_CUBIC)
    for _ in range(40):
        x, y = int(chance.integers(0, width)), int(chance.integers(0, height))
        wide, high = int(chance.integers(width // 60, width // 5)), int(chance.integers(height // 60, height // 5))
        colour = tuple(int(part) for part in chance.integers(0, 255, 3))
        cv2.rectangle(picture, (x, y), (x + wide, y + high), colour, -1)
    return picture


def make_lesson(path: Path, parts: list[tuple[str, int]], *, gop: int = 60, sound: bool = True, seed: int = 1) -> Path:
    """A recording of `(what, seconds)`: "moving", "black", "frozen", "dark", "blurred", "silent" (moving, no sound)."""
    with av.open(str(path), "w") as container:
        video: Any = container.add_stream("libx264", rate=RATE, options={"preset": "veryfast"})
        video.width, video.height, video.pix_fmt = *SIZE, "yuv420p"
        video.codec_context.gop_size = gop
        audio: Any = container.add_stream("aac", rate=SOUND_RATE, layout="mono") if sound else None
        # Larger than the picture, so that a window can wander over it.
        world, number = scene(seed, SIZE[0] * 3, SIZE[1] * 2), 0
        for what, seconds in parts:
            stands = number
            for _ in range(seconds * RATE):
                picture = _picture(what, world, stands if what == "frozen" else number)
                frame = av.VideoFrame.from_ndarray(picture, format="bgr24")
                frame.pts = number
                container.mux(video.encode(frame))
                number += 1
        container.mux(video.encode(None))
        if audio is not None:
            _add_sound(container, audio, parts)
    return path


def make_smaller(path: Path, smaller: Path, *, gop: int) -> Path:
    """The recording at half its size, with other key frames, compressed harder, as a phone sends it on."""
    with av.open(str(path)) as source, av.open(str(smaller), "w") as container:
        video: Any = container.add_stream("libx264", rate=RATE, options={"preset": "veryfast", "crf": "32"})
        video.width, video.height, video.pix_fmt = SIZE[0] // 2, SIZE[1] // 2 // 2 * 2, "yuv420p"
        video.codec_context.gop_size = gop
        for number, frame in enumerate(source.decode(video=0)):
            small = frame.reformat(width=video.width, height=video.height, format="yuv420p")
            small.pts, small.time_base = number, Fraction(1, RATE)
            container.mux(video.encode(small))
        container.mux(video.encode(None))
    return smaller


def _picture(what: str, world: Any, number: int) -> Any:
    left, top = number * 3 % (SIZE[0] * 2), number * 2 % SIZE[1]
    picture = np.ascontiguousarray(world[top : top + SIZE[1], left : left + SIZE[0]])
    if what == "black":
        return np.zeros_like(picture)
    if what == "dark":
        return (picture // 5).astype(np.uint8)
    return cv2.GaussianBlur(picture, (0, 0), 9) if what == "blurred" else picture


def _add_sound(container: Any, audio: Any, parts: list[tuple[str, int]]) -> None:
    loud = np.concatenate([np.full(seconds * SOUND_RATE, what != "silent", np.float32) for what, seconds in parts])
    wave = (np.sin(np.arange(len(loud)) * 440 * 2 * np.pi / SOUND_RATE) * 0.3 * loud).astype(np.float32)[None]
    for start in range(0, wave.shape[1], 1024):
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(wave[:, start : start + 1024]), "fltp", "mono")
        frame.rate, frame.pts = SOUND_RATE, start
        container.mux(audio.encode(frame))
    container.mux(audio.encode(None))


def make_image(path: Path, picture: Any, quality: int = 92) -> Path:
    """The picture as a JPEG."""
    done, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert done
    path.write_bytes(data.tobytes())
    return path


def make_pages(path: Path, pages: list[str]) -> Path:
    """A PDF with a page of text for each entry; an empty one makes a blank page."""
    with pymupdf.open() as document:
        for text in pages:
            page = document.new_page(width=420, height=595)
            for line, words in enumerate(text.split(". ")):
                page.insert_text((40, 60 + line * 22), words, fontsize=11)
        document.save(path)
    return path
