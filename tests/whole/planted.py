"""Evidence with marks in it that are found again wherever they lie, and the search for them."""

import io
import os
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pymupdf
from PIL import Image, PngImagePlugin

from workbench.decoding.frames import FrameSource, upright
from workbench.decoding.recordings import open_recording
from workbench.sealed.reader import PlainFile, open_reader

MARKER = "zebra-marker-7731"
WINDOW = 64
SIZE = (320, 180)
_LENGTH_S, _RATE = 12, 10
# Windows that any file may hold by chance say nothing: empty rows, tables, repeated headers.
_FEWEST_VALUES = 24


def pdf() -> bytes:
    """Two pages with the marker in plain text."""
    with pymupdf.open() as document:
        for number in range(2):
            page = document.new_page(width=300, height=400)
            page.insert_text((40, 120), f"{MARKER} page {number}")
            page.insert_image(pymupdf.Rect(40, 140, 260, 300), stream=photo())
        data: bytes = document.tobytes()
        return data


def noise(width: int, height: int) -> "np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]":
    """Pixels that occur nowhere else."""
    return np.random.default_rng(7731).integers(0, 256, (height, width, 3), np.uint8)


def photo() -> bytes:
    """A PNG of noise, smaller than any view, with the marker in its metadata."""
    stream, note = io.BytesIO(), PngImagePlugin.PngInfo()
    note.add_text("Comment", MARKER)
    Image.fromarray(noise(240, 160)).save(stream, "PNG", pnginfo=note)
    return stream.getvalue()


def text() -> bytes:
    """A reflection that names the marker in every line."""
    return "".join(f"{number}. {MARKER}: I asked, and waited.\n\n" for number in range(40)).encode()


def clip() -> bytes:
    """Twelve seconds of noise that moves sideways; smaller than any view, so that frames are shown as they are."""
    stream, ground = io.BytesIO(), noise(SIZE[0], SIZE[1])
    ground = np.repeat(np.repeat(ground[::6, ::6], 6, 0), 6, 1)[: SIZE[1], : SIZE[0]]
    with av.open(stream, "w", format="mp4") as container:
        video = container.add_stream("libx264", rate=_RATE, options={"crf": "30"})
        video.width, video.height, video.pix_fmt = *SIZE, "yuv420p"
        video.codec_context.gop_size = _RATE * 2
        for number in range(_LENGTH_S * _RATE):
            pixels = np.ascontiguousarray(np.roll(ground, number * 2, 1))
            frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, _RATE)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
    return stream.getvalue()


def needles(files: dict[str, bytes], folder: Path) -> dict[bytes, str]:
    """What must be found nowhere, each with its name: markers, windows of the files and of the pixels they show."""
    found = {MARKER.encode(code): f"the marker in {code}" for code in ("utf-8", "utf-16-le", "utf-16-be")}
    for name, data in files.items():
        found.update(dict.fromkeys(_windows(data), f"bytes of {name}"))
    pixels = noise(240, 160)
    opaque = np.full((160, 240, 1), 255, np.uint8)
    for form, rows in (("RGB", pixels), ("BGRA", np.dstack([pixels[:, :, ::-1], opaque]))):
        found.update(dict.fromkeys(_windows(rows[::16].tobytes()), f"pixels of the image, {form}"))
    for at_ms, data in _frames(files["video"], folder):
        found.update(dict.fromkeys(_windows(data), f"pixels of the frame at {at_ms} ms"))
    return found


def _frames(video: bytes, folder: Path) -> Iterator[tuple[int, bytes]]:
    """Rows of frames as the window gets them."""
    path = folder / "frames.mp4"
    path.write_bytes(video)
    descriptor = os.open(path, os.O_RDONLY)
    try:
        recording = open_recording(open_reader(PlainFile(descriptor)))
        source = FrameSource(recording)
        for at_ms in range(0, _LENGTH_S * 1000, 1000):
            raster = upright(source.at(at_ms), *SIZE)
            row = raster.width * 4
            yield at_ms, b"".join(raster.data[place : place + row] for place in range(0, len(raster.data), row * 20))
        recording.close()
    finally:
        os.close(descriptor)


def _windows(data: bytes) -> Iterator[bytes]:
    for place in range(0, len(data) - WINDOW, WINDOW):
        window = data[place : place + WINDOW]
        if len(set(window)) >= _FEWEST_VALUES:
            yield window


def finds(needles: dict[bytes, str], data: bytes) -> set[str]:
    """The names of all needles in some bytes."""
    return {name for needle, name in needles.items() if needle in data}


def search(needles: dict[bytes, str], folders: list[Path]) -> dict[str, set[str]]:
    """Every file below these folders that holds a needle, and which."""
    found = {}
    for file in (file for folder in folders for file in folder.rglob("*") if file.is_file()):
        names = finds(needles, file.read_bytes())
        if names:
            found[str(file)] = names
    return found
