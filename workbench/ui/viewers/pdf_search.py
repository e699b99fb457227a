"""Searching one PDF, some pages at a time, from the page that is looked at. Shows nothing itself."""

from bisect import bisect_left
from collections import deque
from concurrent.futures import Future

from PySide6.QtCore import QObject, Signal

from workbench.errors import KnownError
from workbench.media.jobs import TextHit
from workbench.ui.viewers.pdf_opened import OpenedPdf

STRETCH_PAGES = 16
HITS_MOST = 5_000
HitFuture = Future[tuple[TextHit, ...]]


class PdfSearch(QObject):
    """`hits` stand in the order of the document. Each stretch is one short job, so that pages never wait long."""

    restarted = Signal()
    inserting = Signal(int, int)
    """`(first, last)`: rows of `hits` that come now."""
    inserted = Signal()
    stepped = Signal()
    """`current` is another one."""
    advanced = Signal()
    """More pages were searched, or all."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.query = ""
        self.hits: list[TextHit] = []
        self.current: int | None = None
        self.pages_skipped = 0
        """Pages that could not be read."""
        self._pdf: OpenedPdf | None = None
        self._left: deque[range] = deque()
        self._asked: HitFuture | None = None
        self._seeks: int | None = None

    def show_pdf(self, pdf: OpenedPdf | None) -> None:
        """Another document, or none: what was found is forgotten."""
        self.start("", 0)
        self._pdf = pdf

    @property
    def is_done(self) -> bool:
        """Whether all pages have been searched."""
        return self._asked is None and not self._left

    @property
    def is_cut(self) -> bool:
        """Whether there is more than can be listed."""
        return len(self.hits) >= HITS_MOST

    @property
    def pages_left(self) -> int:
        """How many pages have not been searched yet."""
        return sum(map(len, self._left))

    @property
    def find(self) -> TextHit | None:
        """The hit that is looked at."""
        return self.hits[self.current] if self.current is not None else None

    def start(self, query: str, page: int) -> None:
        """Search anew, this page's surroundings first. An empty query finds nothing."""
        if self._asked is not None and self._pdf is not None:
            self._pdf.drop(self._asked)
        self._asked, self._seeks, self.current = None, None, None
        self.query, self.hits, self.pages_skipped = query, [], 0
        pages = self._pdf.page_count if self._pdf is not None and query else 0
        stretches = [range(at, min(at + STRETCH_PAGES, pages)) for at in range(0, pages, STRETCH_PAGES)]
        first = min(page // STRETCH_PAGES, max(0, len(stretches) - 1))
        self._left = deque(stretches[first:] + stretches[:first])
        self.restarted.emit()
        self._go_on()

    def step(self, by: int, page: int) -> None:
        """To the next (1) or former (-1) hit; without one yet, to the first from this page on, once it is found."""
        if not self.hits:
            self._seeks = None if self.is_done else page
        elif self.current is None:
            self.choose(self._first_from(page, by))
        else:
            self.choose((self.current + by) % len(self.hits))

    def choose(self, row: int) -> None:
        """Look at the hit of that row."""
        self.current = row
        self.stepped.emit()

    def _first_from(self, page: int, by: int) -> int:
        row = bisect_left(self.hits, page, key=lambda hit: hit.page)
        return row % len(self.hits) if by > 0 else (row - 1) % len(self.hits)

    def _go_on(self) -> None:
        if self._pdf is None or not self._left or self.is_cut:
            self._left.clear()
            self.advanced.emit()
            return
        pages, query = self._left.popleft(), self.query

        def found(hits: tuple[TextHit, ...]) -> None:
            # A job that ran already when another search began still answers.
            if self._asked is asked:
                self._asked = None
                self._take(hits)

        def failed(_problem: KnownError) -> None:
            if self._asked is asked:
                self._asked = None
                self._try_smaller(pages)

        asked = self._asked = self._pdf.find(query, pages, found, failed, HITS_MOST - len(self.hits))
        self.advanced.emit()

    def _try_smaller(self, pages: range) -> None:
        """One bad page, or a slow moment of this laptop, must not hide the hits of its neighbours."""
        middle = pages.start + len(pages) // 2
        if len(pages) > 1:
            self._left.extendleft((range(middle, pages.stop), range(pages.start, middle)))
        else:
            self.pages_skipped += 1
        self._go_on()

    def _take(self, hits: tuple[TextHit, ...]) -> None:
        if hits:
            row = bisect_left(self.hits, hits[0].page, key=lambda hit: hit.page)
            self.inserting.emit(row, row + len(hits) - 1)
            self.hits[row:row] = hits
            if self.current is not None and self.current >= row:
                self.current += len(hits)
            self.inserted.emit()
            if self._seeks is not None:
                page, self._seeks = self._seeks, None
                self.step(1, page)
        self._go_on()
