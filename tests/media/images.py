"""Images of every depth, with several pages, with profiles, and hostile ones."""

import io
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms

COLOURS = ((255, 0, 0), (0, 255, 0), (0, 0, 255))


def make_deep_png(path: Path, pixels: "np.ndarray[tuple[int, ...], np.dtype[np.uint16]]") -> Path:
    """A PNG of 16 bits a channel: (height, width) for grey, (height, width, 3) for colour."""
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in pixels)
    height, width = pixels.shape[:2]
    head = struct.pack(">IIBBBBB", width, height, 16, 0 if pixels.ndim == 2 else 2, 0, 0, 0)
    body = _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + body)
    return path


def make_pages(path: Path, sizes: Sequence[tuple[int, int]] = ((60, 40), (40, 60), (80, 80))) -> Path:
    """A TIFF or GIF whose pages are red, green and blue."""
    pages = [Image.new("RGB", size, COLOURS[number % 3]) for number, size in enumerate(sizes)]
    pages[0].save(path, save_all=True, append_images=pages[1:], duration=100)
    return path


def make_endless_tiff(path: Path, pages: int, *, bites_its_tail: bool = False) -> Path:
    """Directories of one white pixel each, as many as asked for."""
    size = 2 + 6 * 12 + 4
    body = bytearray(struct.pack("<2sHI", b"II", 42, 8))
    for number in range(pages):
        following = 8 + (number + 1) * size if number + 1 < pages else 8 if bites_its_tail else 0
        values = {256: 1, 257: 1, 258: 8, 262: 1, 273: 0, 279: 1}
        entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in values.items())
        body += struct.pack("<H", 6) + entries + struct.pack("<I", following)
    path.write_bytes(body)
    return path


def lie_about_the_size(path: Path, width: int, height: int) -> Path:
    """A TIFF that claims to be so large."""
    data = bytearray(path.read_bytes())
    start = struct.unpack_from("<I", data, 4)[0]
    for at in range(start + 2, start + 2 + 12 * struct.unpack_from("<H", data, start)[0], 12):
        tag = struct.unpack_from("<H", data, at)[0]
        if tag in (256, 257):
            struct.pack_into("<HHII", data, at, tag, 4, 1, width if tag == 256 else height)
    path.write_bytes(data)
    return path


def profile_that_swaps_red_and_blue() -> bytes:
    """A profile whose red primary is sRGB's blue one and the other way round."""
    stream = io.BytesIO(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data = bytearray(stream.getvalue().replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be")))
    tags = {bytes(data[at : at + 4]): at for at in range(132, 132 + 12 * struct.unpack_from(">I", data, 128)[0], 12)}
    red, blue = tags[b"rXYZ"], tags[b"bXYZ"]
    data[red : red + 4], data[blue : blue + 4] = b"bXYZ", b"rXYZ"
    return bytes(data)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
