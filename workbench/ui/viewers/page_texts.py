"""The words of the pages that are looked at, fetched once and kept while they are near. Draws nothing."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from concurrent.futures import Future

from workbench.media.jobs import PageText
from workbench.ui.viewers.pdf_opened import OpenedPdf

KEPT = 24
"""Pages; the words of a dense one take half a megabyte."""
SOON = 1
EMPTY = PageText(text="", lines=())


class PageTexts:
    """`arrived(page)` is called when words have come. A page that cannot be read has no words."""

    def __init__(self, pdf: OpenedPdf, arrived: Callable[[int], None]) -> None:
        self._pdf = pdf
        self._arrived = arrived
        self._known: OrderedDict[int, PageText] = OrderedDict()
        self._waiting: dict[int, Future[PageText]] = {}
        self._then: list[tuple[frozenset[int], Callable[[], None]]] = []

    def get(self, page: int) -> PageText | None:
        """The words of a page; None while they are not here."""
        return self._known.get(page)

    def want(self, pages: Iterable[int]) -> None:
        """Fetch these; what else was wanted for being in view is wanted no longer."""
        wanted = list(pages)
        needed = frozenset().union(*(needs for needs, _call in self._then), wanted)
        for page in [page for page in self._waiting if page not in needed]:
            self._pdf.drop(self._waiting.pop(page))
        for page in wanted:
            if page in self._known:
                self._known.move_to_end(page)
            else:
                self._ask(page)

    def when_here(self, pages: Iterable[int], call: Callable[[], None]) -> None:
        """Call once all these pages are here, at once when they are."""
        needs = frozenset(pages)
        if needs <= self._known.keys():
            call()
            return
        self._then.append((needs, call))
        for page in needs - self._known.keys():
            self._ask(page)

    def drop(self) -> None:
        """Want nothing and forget everything."""
        for future in self._waiting.values():
            self._pdf.drop(future)
        self._waiting, self._then = {}, []
        self._known.clear()

    def _ask(self, page: int) -> None:
        if page not in self._waiting:
            self._waiting[page] = self._pdf.read(
                page, lambda text: self._keep(page, text), lambda _problem: self._keep(page, EMPTY), SOON
            )

    def _keep(self, page: int, text: PageText) -> None:
        self._waiting.pop(page, None)
        self._known[page] = text
        ready = [call for needs, call in self._then if needs <= self._known.keys()]
        self._then = [(needs, call) for needs, call in self._then if not needs <= self._known.keys()]
        for call in ready:
            call()
        spare = [each for each in self._known if not any(each in needs for needs, _call in self._then)]
        for each in spare[: max(0, len(self._known) - KEPT)]:
            del self._known[each]
        self._arrived(page)
