"""Small pictures of an image file's pages, one after the other behind everything else. Paints nothing."""

from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from workbench.media.jobs import Picture, RenderImage
from workbench.ui.viewers.pictures import copied
from workbench.ui.viewers.source import EvidenceSource

_BEHIND_THE_VIEW = -1


class PagePictures(QObject):
    """Emits `arrived(page, image)`; a page that cannot be shown stays without a picture."""

    arrived = Signal(int, QImage)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source: EvidenceSource | None = None
        self._waiting: deque[int] = deque()
        self._asked: Future[Any] | None = None
        self._tried: set[int] = set()

    def clear(self) -> None:
        """Want nothing; the source goes with its viewer."""
        if self._source is not None and self._asked is not None:
            self._source.drop(self._asked)
        self._source = self._asked = None
        self._waiting.clear()
        self._tried.clear()

    def want(self, source: EvidenceSource, pages: Sequence[int], width: int, height: int) -> None:
        """Fetch these of the pages, to fit so many device pixels; replaces what still waited."""
        self._source = source
        self._size = width, height
        self._waiting = deque(page for page in pages if page not in self._tried)
        if self._asked is None:
            self._next()

    def _next(self) -> None:
        if not self._waiting or self._source is None:
            return
        page, source = self._waiting.popleft(), self._source
        self._tried.add(page)

        def came(picture: Picture) -> None:
            image = copied(picture)
            if source is self._source:
                self._asked = None
                self.arrived.emit(page, image)
                self._next()

        def broke(_problem: object) -> None:
            if source is self._source:
                self._asked = None
                self._next()

        job = RenderImage(*self._size, page=page)
        self._asked = source.decode(job, came, failed=broke, priority=_BEHIND_THE_VIEW)
