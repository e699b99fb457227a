"""The pictures of a document's pages: those in view first, then their neighbours; far ones are given back."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from workbench.errors import KnownError
from workbench.media.jobs import Job, Picture
from workbench.model.citation import Box
from workbench.ui.viewers.layers import Layers
from workbench.ui.viewers.pdf_opened import OpenedPdf

KEPT_AROUND = 3
NOW, SOON = 2, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWish:
    """`width` × `height` device pixels of the whole page; `seen` is the part in view, None while it is not."""

    page: int
    width: int
    height: int
    seen: Box | None


class PageLayers:
    """Of pages turned by `rotation`. `changed` is called when there is more to paint, `failed` when one is refused."""

    def __init__(
        self, pdf: OpenedPdf, rotation: int, changed: Callable[[], None], failed: Callable[[KnownError], None]
    ) -> None:
        self._pdf = pdf
        self._rotation = rotation
        self._changed = changed
        self._failed = failed
        self._pages: dict[int, Layers] = {}

    def drop(self) -> None:
        """Give everything back."""
        for layers in self._pages.values():
            layers.drop()
        self._pages = {}

    def has_picture(self, page: int) -> bool:
        """Whether that page is more than white paper."""
        return page in self._pages and self._pages[page].has_picture

    def paint(self, painter: QPainter, page: int, paper: QRectF) -> None:
        """Paint what there is of a page."""
        if page in self._pages:
            self._pages[page].paint(painter, paper)

    def want(self, near: range, wishes: list[PageWish]) -> None:
        """Ask for these pages, the first ones first; `near` are the pages that may still be asked for."""
        for page in list(self._pages):
            if not near.start - KEPT_AROUND <= page < near.stop + KEPT_AROUND:
                self._pages.pop(page).drop()
            elif page not in near:
                self._pages[page].stop()
        for wish in wishes:
            if wish.page not in self._pages:
                self._pages[wish.page] = self._layers_of(wish.page)
            priority = NOW if wish.seen is not None else SOON
            self._pages[wish.page].want(wish.width, wish.height, wish.seen, priority)

    def _layers_of(self, page: int) -> Layers:
        def job(width: int, clip: Box | None) -> Job[Picture]:
            return self._pdf.picture_job(page, width, clip, self._rotation)

        return Layers(self._pdf.source, job, self._changed, self._failed)
