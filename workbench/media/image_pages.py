"""Which images a file holds, counted by its own structure. Decodes no pixels and believes no stated count.

Pages of a TIFF, frames of an animated GIF, WebP or AVIF, and images of a HEIC are all pages here, the first
`PAGES_MOST` of them: a drawing that builds itself up, or a burst of photographs, is judged picture by picture.
"""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.errors import EvidenceError
from workbench.sealed.reader import Reader, SealedStream

PAGES_MOST = 500
_ENTRIES_MOST = 4096
_REDUCED_OR_MASK = 0b101
_SUBFILE, _WIDTH, _HEIGHT, _ORIENTATION = 254, 256, 257, 274


@dataclass(frozen=True, slots=True, kw_only=True)
class ImagePages:
    """The `frames` of the file that are pages, in order; `sizes` of upright pages, empty when all are like the first.

    `has_more`: pages beyond the limit are left out.
    """

    frames: tuple[int, ...]
    sizes: tuple[tuple[int, int], ...] = ()
    has_more: bool = False

    @property
    def count(self) -> int:
        """How many pages are shown, at least 1."""
        return len(self.frames)

    def frame(self, page: int) -> int:
        """The frame of a page (from 0). Raises EvidenceError."""
        if not 0 <= page < len(self.frames):
            raise EvidenceError(f"This file has no page {page + 1}.")
        return self.frames[page]


ONE_PAGE = ImagePages(frames=(0,))


def first_of(count: int) -> ImagePages:
    """The pages of a file that states its count."""
    return ImagePages(frames=tuple(range(max(1, min(PAGES_MOST, count)))), has_more=count > PAGES_MOST)


def pages_of_gif(reader: Reader) -> ImagePages:
    """As many pages as there are frames before the end or the first damage."""
    return first_of(_gif_frames(io.BufferedReader(SealedStream(reader), 65536)))


def pages_of_tiff(reader: Reader) -> ImagePages:
    """The directories that follow each other, without smaller copies and masks of other pages."""
    every = list(_directories(reader))
    shown = [(frame, size) for frame, (kind, size) in enumerate(every) if not kind & _REDUCED_OR_MASK]
    if not shown:
        return ONE_PAGE
    kept = shown[:PAGES_MOST]
    frames, sizes = tuple(frame for frame, _ in kept), tuple(size for _, size in kept)
    return ImagePages(frames=frames, sizes=sizes, has_more=len(every) > PAGES_MOST)


def _directories(reader: Reader) -> Iterator[tuple[int, tuple[int, int]]]:
    """Kind and upright size of each directory; stops at the limit, at damage and where the chain bites its tail."""
    order = "<" if reader.read_at(0, 2) == b"II" else ">"
    seen: set[int] = set()
    start = _number(reader, order, 4, "I")
    while start and start not in seen and len(seen) <= PAGES_MOST:
        seen.add(start)
        count = _number(reader, order, start, "H")
        block = reader.read_at(start + 2, count * 12 + 4) if 0 < count <= _ENTRIES_MOST else b""
        if len(block) < count * 12 or not block:
            return
        yield _described(block[: count * 12], order)
        start = _number(reader, order, start + 2 + count * 12, "I")


def _described(entries: bytes, order: str) -> tuple[int, tuple[int, int]]:
    tags: dict[int, int] = {}
    for tag, kind, _count, value in struct.iter_unpack(f"{order}HHI4s", entries):
        if tag in (_SUBFILE, _WIDTH, _HEIGHT, _ORIENTATION) and kind in (3, 4):
            tags[tag] = struct.unpack_from(f"{order}{'H' if kind == 3 else 'I'}", value)[0]
    width, height = max(1, tags.get(_WIDTH, 1)), max(1, tags.get(_HEIGHT, 1))
    is_sideways = tags.get(_ORIENTATION, 1) in (5, 6, 7, 8)
    return tags.get(_SUBFILE, 0), (height, width) if is_sideways else (width, height)


def _number(reader: Reader, order: str, offset: int, form: str) -> int:
    """The number at that place; 0 beyond the end of the file."""
    size = struct.calcsize(form)
    data = reader.read_at(offset, size) if 0 <= offset <= reader.size - size else b""
    return int(struct.unpack(f"{order}{form}", data)[0]) if len(data) == size else 0


def _gif_frames(stream: io.BufferedReader) -> int:
    head = stream.read(13)
    if len(head) < 13:
        return 1
    _skip_colours(stream, head[10])
    frames = 0
    while frames <= PAGES_MOST:
        kind = stream.read(1)
        if kind == b"!":
            stream.read(1)
        elif kind == b",":
            frame = stream.read(9)
            if len(frame) < 9:
                break
            _skip_colours(stream, frame[8])
            stream.read(1)
            frames += 1
        else:
            break
        _skip_blocks(stream)
    return frames


def _skip_colours(stream: io.BufferedReader, flags: int) -> None:
    if flags & 0x80:
        stream.read(3 << ((flags & 7) + 1))


def _skip_blocks(stream: io.BufferedReader) -> None:
    while size := stream.read(1):
        if size == b"\0":
            return
        stream.read(size[0])
