"""PDFs through MuPDF: pages and their sizes. Scripts are never run, links never followed, forms never sent."""

from collections import OrderedDict
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from workbench.decoding.frames import Raster
from workbench.errors import EvidenceError
from workbench.media.identity import identity_of
from workbench.media.jobs import Pages
from workbench.model.citation import Box
from workbench.sealed.reader import PlainFile, SealedFile, open_reader

SIZE_LIMIT = 400_000_000
PAGE_LIMIT = 5000
PIXEL_LIMIT = 64_000_000
SIDE_LIMIT = 20_000
"""Points, some 7 metres: as many such pages as we take still fit the numbers of a scroll bar at every zoom."""
LABEL_RULE_LIMIT = 200
"""Each page's label goes through all rules anew: with more of them, pages are just counted."""
_LISTS_KEPT = 4
_DAMAGED = "The PDF is damaged and cannot be read."
_REPAIRED = "This PDF was damaged and has been repaired to be shown: parts of it may be missing."


@dataclass(slots=True)
class _Open:
    """The PDF that was asked for last, with the drawn pages of late: scrolling asks for the same one again."""

    identity: tuple[object, ...]
    document: Any
    lists: OrderedDict[int, Any] = field(default_factory=OrderedDict)


class PdfShelf:
    """Keeps one PDF open between jobs of this worker."""

    def __init__(self) -> None:
        self._open: _Open | None = None

    def pages(self, source: SealedFile | PlainFile) -> Pages:
        """Sizes and labels of all pages. Raises EvidenceError."""
        document = self._document(source).document
        labelled = 0 < len(document.get_page_labels()) <= LABEL_RULE_LIMIT
        sizes, labels = [], []
        for page in document:
            _check_size(page.rect)
            sizes.append((float(page.rect.width), float(page.rect.height)))
            labels.append((labelled and page.get_label()) or str(page.number + 1))
        return Pages(sizes=tuple(sizes), labels=tuple(labels), note=self.note(source))

    def page_count(self, source: SealedFile | PlainFile) -> int:
        """How many pages, after its first page was read. Raises EvidenceError."""
        opened = self._document(source)
        _check_size(self._list_of(opened, 0).rect)
        return int(opened.document.page_count)

    def note(self, source: SealedFile | PlainFile) -> str:
        """A sentence when MuPDF had to mend the file to open it, else nothing. Raises EvidenceError."""
        return _REPAIRED if self._document(source).document.is_repaired else ""

    def render(self, source: SealedFile | PlainFile, page: int, width: int, clip: Box | None) -> Raster:
        """A page `width` pixels wide, or a part of it at that scale. Raises EvidenceError."""
        opened = self._document(source)
        if not 0 <= page < opened.document.page_count:
            raise EvidenceError("The PDF has no such page.")
        drawn = self._list_of(opened, page)
        scale = width / max(1.0, drawn.rect.width)
        return _draw(drawn, scale, clip)

    def fit(self, source: SealedFile | PlainFile, max_width: int, max_height: int) -> Raster:
        """The first page, to fit. Raises EvidenceError."""
        drawn = self._list_of(self._document(source), 0)
        return _draw(drawn, min(max_width / max(1.0, drawn.rect.width), max_height / max(1.0, drawn.rect.height)), None)

    def _document(self, source: SealedFile | PlainFile) -> _Open:
        identity = identity_of(source)
        if self._open is None or self._open.identity != identity:
            self._open = None
            self._open = _Open(identity, _open_document(source))
        return self._open

    def _list_of(self, opened: _Open, page: int) -> Any:
        if page not in opened.lists:
            opened.lists[page] = opened.document[page].get_displaylist()
            if len(opened.lists) > _LISTS_KEPT:
                opened.lists.popitem(last=False)
        opened.lists.move_to_end(page)
        return opened.lists[page]


def _open_document(source: SealedFile | PlainFile) -> Any:
    pymupdf = _mupdf()
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    reader = open_reader(source)
    if reader.size > SIZE_LIMIT:
        raise EvidenceError(f"This PDF is larger than {SIZE_LIMIT // 1_000_000} MB.")
    data = reader.read_at(0, reader.size)
    broken = _DAMAGED if b"startxref" in data[-2048:] else "The file ends early."
    try:
        document = pymupdf.open(stream=data, filetype="pdf")
    except (RuntimeError, ValueError) as error:
        raise EvidenceError(broken) from error
    if document.needs_pass:
        raise EvidenceError("This PDF asks for a password.")
    if document.page_count == 0:
        raise EvidenceError(broken)
    if document.page_count > PAGE_LIMIT:
        raise EvidenceError(f"This PDF has more than {PAGE_LIMIT:,} pages.")
    return document


def _check_size(area: Any) -> None:
    if not max(area.width, area.height) <= SIDE_LIMIT:
        raise EvidenceError("The PDF has a page that is too large to be shown.")


def _mupdf() -> Any:
    # Mostly without annotations of its own.
    return import_module("pymupdf")


def _draw(drawn: Any, scale: float, clip: Box | None) -> Raster:
    from PIL import Image

    pymupdf = _mupdf()
    area = drawn.rect
    if clip is not None:
        area = pymupdf.Rect(
            area.x0 + clip.x * area.width,
            area.y0 + clip.y * area.height,
            area.x0 + (clip.x + clip.width) * area.width,
            area.y0 + (clip.y + clip.height) * area.height,
        )
    if not 1 <= area.width * area.height * scale * scale <= PIXEL_LIMIT:
        raise EvidenceError("The page has a size that cannot be drawn.")
    pixels = drawn.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csRGB, alpha=0, clip=area)
    image = Image.frombuffer("RGB", (pixels.width, pixels.height), pixels.samples_mv, "raw", "RGB", pixels.stride, 1)
    return Raster(image.width, image.height, image.convert("RGBA").tobytes("raw", "BGRA"))
