"""Small real files, made with the same libraries that people's files were made with, and some hostile ones."""

import struct
import zlib
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Literal

import av
import numpy as np
import pymupdf
from PIL import Image

MARKER = "zebra-marker-7731"


def make_clip(
    path: Path,
    *,
    times_ms: Iterable[int] = range(0, 2000, 40),
    size: tuple[int, int] = (320, 180),
    first_ms: int = 0,
    sound: bool = True,
    codec: Literal["libx264"] = "libx264",
) -> Path:
    """A recording with one frame per time, each frame a little lighter than the last."""
    with av.open(str(path), "w") as container:
        video = container.add_stream(codec, rate=25)
        video.width, video.height, video.pix_fmt = *size, "yuv420p"
        video.time_base = video.codec_context.time_base = Fraction(1, 1000)
        video.codec_context.gop_size = 12
        times = list(times_ms)
        audio = container.add_stream("aac", rate=44100, layout="mono") if sound else None
        for number, at_ms in enumerate(times):
            pixels = np.full((size[1], size[0], 3), 20 + number * 4 % 220, np.uint8)
            pixels[: size[1] // 2, : size[0] // 2] = (255, 0, 0)
            frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
            frame.pts, frame.time_base = at_ms + first_ms, Fraction(1, 1000)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        if audio is not None:
            _add_tone(container, audio, times[-1] + 40)
    return path


def make_sound(path: Path, length_ms: int = 2000) -> Path:
    """A tone, and no picture."""
    with av.open(str(path), "w") as container:
        _add_tone(container, container.add_stream("aac", rate=44100, layout="mono"), length_ms)
    return path


def make_tone_mp3(path: Path, length_ms: int = 500) -> Path:
    """A short tone as MP3, without a tag before it."""
    with av.open(str(path), "w", options={"id3v2_version": "0", "write_xing": "0"}) as container:
        _add_tone(container, container.add_stream("mp3", rate=44100, layout="mono"), length_ms)
    return path


def _add_tone(container: av.container.OutputContainer, audio: av.AudioStream, length_ms: int) -> None:
    samples = np.arange(44100 * length_ms // 1000)
    wave = (np.sin(samples * 440 * 2 * np.pi / 44100) * 0.2).astype(np.float32)[None]
    for start in range(0, wave.shape[1], 1024):
        frame = av.AudioFrame.from_ndarray(wave[:, start : start + 1024], format="fltp", layout="mono")
        frame.rate, frame.pts = 44100, start
        container.mux(audio.encode(frame))
    container.mux(audio.encode(None))


def turn_clip(path: Path) -> Path:
    """Mark a clip as held sideways, as phones do: to be turned a quarter clockwise."""
    data = bytearray(path.read_bytes())
    place = data.index(b"tkhd") + 4 + 40
    data[place : place + 36] = struct.pack(">9i", 0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000)
    path.write_bytes(data)
    return path


def make_pdf(path: Path, pages: int = 3) -> Path:
    """A PDF in portrait whose upper left quarter is red on each page."""
    with pymupdf.open() as document:
        for number in range(pages):
            page = document.new_page(width=300, height=400)
            page.draw_rect(pymupdf.Rect(0, 0, 150, 200), color=None, fill=(1, 0, 0))
            page.insert_text((160, 300), f"{MARKER} {number}")
        document.save(path)
    return path


def mend_needed(path: Path) -> Path:
    """Take a PDF's table of contents away, so that only a search through the whole file finds its pages."""
    path.write_bytes(path.read_bytes().replace(b"startxref", b"startxxxx"))
    return path


def make_laughing_pdf(path: Path) -> Path:
    """A few hundred bytes that draw ten thousand million times the same thing."""
    levels = 10
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    objects.append("<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>")
    objects.append("<</Length 4>>stream\n/F Do\nendstream")
    for level in range(levels):
        body = "/F Do\n" * 10 if level < levels - 1 else "0 0 9 9 re f\n"
        objects.append(
            f"<</Type/XObject/Subtype/Form/BBox[0 0 99 99]/Resources<</XObject<</F {6 + level} 0 R>>>>"
            f"/Length {len(body)}>>stream\n{body}endstream"
        )
    text = "%PDF-1.4\n" + "".join(f"{number} 0 obj{body}endobj\n" for number, body in enumerate(objects, 1))
    path.write_text(text + "trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n")
    return path


def make_photo(path: Path, orientation: int = 1, size: tuple[int, int] = (600, 400)) -> Path:
    """A photograph whose upper left quarter, as its pixels are stored, is red."""
    image = Image.new("RGB", size, (0, 0, 255))
    image.paste((255, 0, 0), (0, 0, size[0] // 2, size[1] // 2))
    exif = image.getexif()
    exif[0x0112] = orientation
    image.save(path, exif=exif, quality=95)
    return path


def make_bomb(path: Path) -> Path:
    """A PNG of a few bytes that claims 60,000 by 60,000 pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 9999)) + chunk(b"IEND", b""))
    return path


def colour_at(picture: object, x: float, y: float) -> tuple[int, int, int]:
    """Red, green and blue at fractions of a Picture."""
    width, height = picture.width, picture.height  # type: ignore[attr-defined]
    start = int(y * height) * picture.stride + int(x * width) * 4  # type: ignore[attr-defined]
    blue, green, red = picture.pixels[start : start + 3]  # type: ignore[attr-defined]
    return red, green, blue


def is_red(colour: tuple[int, int, int]) -> bool:
    """Red enough after a lossy codec."""
    return colour[0] > 180 and colour[1] < 70 and colour[2] < 70
