"""PDFs through MuPDF: pages, sizes, text, contents. Scripts are never run, links never followed, forms never sent."""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from workbench.errors import EvidenceError
from workbench.media.drawing import Drawing
from workbench.media.identity import identity_of
from workbench.media.jobs import OutlineEntry, Pages, PageText, TextHit
from workbench.media.pdf_draw import LaidOut, drawing_of, lay_out, upright_size
from workbench.media.pdf_file import check_size, labels_of, open_pdf, sizes_of, troubles
from workbench.media.pdf_outline import read_outline
from workbench.media.pdf_search import HIT_LIMIT, find
from workbench.media.pdf_text import ReadLines, read_lines
from workbench.model.citation import Box
from workbench.sealed.reader import PlainFile, SealedFile

_PAGES_KEPT = 4
_REPAIRED = "This PDF was damaged and has been repaired to be shown: parts of it may be missing."


@dataclass(slots=True)
class _Open:
    """The PDF that was asked for last, with the laid-out pages of late: scrolling asks for the same ones again."""

    identity: tuple[object, ...]
    document: Any
    password: str | None
    pages: OrderedDict[int, LaidOut] = field(default_factory=OrderedDict)


class PdfShelf:
    """Keeps one PDF open between jobs of this worker."""

    def __init__(self) -> None:
        self._open: _Open | None = None

    def pages(self, source: SealedFile | PlainFile, password: str) -> Pages:
        """Sizes and labels of all pages. Raises EvidenceError."""
        document = self._document(source, password).document
        return Pages(sizes=sizes_of(document), labels=labels_of(document), note=_note(document))

    def page_count(self, source: SealedFile | PlainFile) -> int:
        """How many pages, after its first page was read. Raises EvidenceError."""
        opened = self._document(source)
        area = self._page_of(opened, 0).drawn.rect
        check_size(area.width, area.height)
        return int(opened.document.page_count)

    def note(self, source: SealedFile | PlainFile) -> str:
        """A sentence when MuPDF had to mend the file to open it, else nothing. Raises EvidenceError."""
        return _note(self._document(source).document)

    def render(
        self,
        source: SealedFile | PlainFile,
        page: int,
        width: int,
        clip: Box | None,
        rotation: int = 0,
        password: str = "",
    ) -> Drawing:
        """A turned page `width` pixels wide, or a part of it at that scale. Raises EvidenceError."""
        laid_out = self._page_of(self._document(source, password), page)
        return drawing_of(laid_out, width / upright_size(laid_out, rotation)[0], clip, rotation)

    def fit(self, source: SealedFile | PlainFile, max_width: int, max_height: int) -> Drawing:
        """The first page, to fit. Raises EvidenceError."""
        laid_out = self._page_of(self._document(source), 0)
        width, height = upright_size(laid_out, 0)
        return drawing_of(laid_out, min(max_width / width, max_height / height), None)

    def outline(self, source: SealedFile | PlainFile, password: str) -> tuple[OutlineEntry, ...]:
        """The table of contents. Raises EvidenceError."""
        return read_outline(self._document(source, password).document)

    def text(self, source: SealedFile | PlainFile, page: int, password: str) -> PageText:
        """A page's text and its places. Raises EvidenceError."""
        return self._lines(self._document(source, password), page).told()

    def find(
        self, source: SealedFile | PlainFile, query: str, pages: range, most: int, password: str
    ) -> tuple[TextHit, ...]:
        """Where `query` stands on these pages; pages that cannot be read have nothing. Raises EvidenceError."""
        opened = self._document(source, password)
        most = min(most, HIT_LIMIT)
        hits: list[TextHit] = []
        for page in range(max(0, pages.start), min(opened.document.page_count, pages.stop)):
            if len(hits) >= most:
                break
            try:
                hits.extend(find(page, self._lines(opened, page), query, most - len(hits)))
            except EvidenceError:
                continue
        return tuple(hits)

    def _document(self, source: SealedFile | PlainFile, password: str = "") -> _Open:
        identity = identity_of(source)
        opened = self._open
        if opened is None or opened.identity != identity or opened.password not in (None, password):
            self._open = None
            document = open_pdf(source, password)
            self._open = opened = _Open(identity, document, password if document.is_protected else None)
        return opened

    def _lines(self, opened: _Open, page: int) -> ReadLines:
        laid_out = self._page_of(opened, page)
        try:
            return read_lines(laid_out.drawn)
        except troubles() as error:
            raise EvidenceError("The text of this page is damaged and cannot be read.") from error

    def _page_of(self, opened: _Open, page: int) -> LaidOut:
        if not 0 <= page < opened.document.page_count:
            raise EvidenceError("The PDF has no such page.")
        if page not in opened.pages:
            opened.pages[page] = lay_out(opened.document, page)
            if len(opened.pages) > _PAGES_KEPT:
                opened.pages.popitem(last=False)
        opened.pages.move_to_end(page)
        return opened.pages[page]


def _note(document: Any) -> str:
    return _REPAIRED if document.is_repaired else ""
