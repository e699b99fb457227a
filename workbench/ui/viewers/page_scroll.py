"""The pages of one PDF one below the other: zoom, rotation, where one stands, and the pictures that needs.

Only the pages in view and their neighbours are asked from the workers. Knows no words and no citations.
"""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from workbench.model.citation import Box, PageBox
from workbench.ui.viewers.boxes import box_of, dragged, is_drag, rect_of
from workbench.ui.viewers.canvas import ZOOM_STEP, Canvas
from workbench.ui.viewers.page_layers import PageLayers, PageWish
from workbench.ui.viewers.page_layout import GAP, PageLayout, clamp_zoom, fit_page, fit_width
from workbench.ui.viewers.page_turn import turned_box, turned_point, turned_sizes, upright_box, upright_point
from workbench.ui.viewers.pdf_opened import OpenedPdf

FIT_WIDTH, FIT_PAGE = 0.0, -1.0


class PageScroll(Canvas[PageBox]):
    """`zoom` 1.0 is 100 %; chosen as `FIT_WIDTH` or `FIT_PAGE` it follows the size of the view."""

    page_changed = Signal(int)
    first_page_shown = Signal()
    broke = Signal(object)
    turned = Signal(int)
    """Degrees, clockwise."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("pdfPages", parent)
        # A bar that comes with the document would change the width, and every page would be drawn twice.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.pdf: OpenedPdf | None = None
        self.rotation = 0
        self._layers: PageLayers | None = None
        self._chosen_zoom = FIT_WIDTH
        self._page = 0
        self._sought: int | None = None
        self.layout_ = PageLayout((), 1.0, 1.0)

    def clear(self) -> None:
        """Forget the document and give its pictures back."""
        self.forget_marks()
        self._drop_pictures()
        self.pdf, self._sought, self.rotation = None, None, 0
        self._chosen_zoom, self._page = FIT_WIDTH, 0
        self._lay_out()

    def show_pages(self, pdf: OpenedPdf, rotation: int = 0) -> None:
        """Show a document from its first page, turned by `rotation` degrees clockwise."""
        self.pdf, self.rotation = pdf, rotation
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self.ask()

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return self.pdf.page_count if self.pdf is not None else 0

    @property
    def page(self) -> int:
        """The page that is looked at, from 0."""
        return self._page

    @property
    def zoom(self) -> float:
        """The zoom in use."""
        return self.layout_.zoom

    @property
    def chosen_zoom(self) -> float:
        """The zoom that was chosen; `FIT_WIDTH` or `FIT_PAGE` while it follows the view."""
        return self._chosen_zoom

    def has_picture(self, page: int) -> bool:
        """Whether that page is on screen as more than white paper."""
        return self._layers is not None and self._layers.has_picture(page)

    def go_to_page(self, page: int) -> None:
        """Bring the top of a page (from 0) into view."""
        if self.page_count:
            page = max(0, min(self.page_count - 1, page))
            self.verticalScrollBar().setValue(round(self.layout_.spots[page].top - GAP / 2))
            self._sought = page
            self._settle()

    def go_to_place(self, page: int, box: Box) -> None:
        """Bring a box of an upright page into view: to its middle, or its top when it is as high as the view."""
        if not 0 <= page < self.page_count:
            return
        self.go_to_page(page)
        target, room = self.rect_on(page, box), QRectF(self.viewport().rect())
        if target.bottom() > room.bottom():
            is_low = target.height() < room.height()
            self.scroll_by(0, target.center().y() - room.center().y() if is_low else target.top() - GAP)
        if target.left() < room.left() or target.right() > room.right():
            self.scroll_by(target.center().x() - room.center().x(), 0)
        self._sought = page
        self._settle()

    def reveal(self, page: int, box: Box) -> None:
        """Scroll as little as is needed to see a box of an upright page."""
        target, room = self.rect_on(page, box), QRectF(self.viewport().rect()).adjusted(GAP, GAP, -GAP, -GAP)
        across = max(0.0, target.right() - room.right()) or min(0.0, target.left() - room.left())
        down = max(0.0, target.bottom() - room.bottom()) or min(0.0, target.top() - room.top())
        if across or down:
            self.scroll_by(across, down)

    def set_zoom(self, zoom: float, anchor: QPointF | None = None) -> None:
        """Zoom or fit; the point of the view at `anchor` (its middle when None) stays where it is."""
        chosen, page = clamp_zoom(zoom) if zoom > 0 else FIT_WIDTH if zoom == 0 else FIT_PAGE, self._page
        self._rearrange(chosen, self.rotation, anchor)
        if chosen == FIT_PAGE:
            self.go_to_page(page)

    def zoom_by(self, steps: float, anchor: QPointF | None = None) -> None:
        """Zoom in (positive) or out by quarters."""
        self.set_zoom(self.zoom * ZOOM_STEP**steps, anchor)

    def rotate(self) -> None:
        """Turn all pages by a quarter, clockwise; what is in the middle of the view stays there."""
        if self.page_count:
            self._rearrange(self._chosen_zoom, (self.rotation + 90) % 360, None)
            self.turned.emit(self.rotation)

    def rect_on(self, page: int, box: Box) -> QRectF:
        """Where a box of an upright page stands in the view."""
        return rect_of(turned_box(box, self.rotation), self._page_rect(page))

    def point_on(self, at: QPointF) -> tuple[int, float, float]:
        """The page at or above a point of the view, and the point in fractions of the upright page."""
        page = self.layout_.page_at(at.y() + self.verticalScrollBar().value())
        paper = self._page_rect(page)
        x, y = (at.x() - paper.x()) / paper.width(), (at.y() - paper.y()) / paper.height()
        return page, *upright_point(x, y, self.rotation)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is at the top of the view; a page that fits whole stays whole."""
        super().resizeEvent(event)
        if self._chosen_zoom == FIT_PAGE:
            page = self._page
            self._lay_out()
            self.go_to_page(page)
        else:
            self._rearrange(self._chosen_zoom, self.rotation, QPointF(self.viewport().width() / 2, GAP))

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Paint elsewhere and ask for what came into view."""
        self._sought = None
        self._settle()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl zoom to the pointer."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(event.angleDelta().y() / 120, event.position())
        else:
            super().wheelEvent(event)

    def box_between(self, start: QPointF, end: QPointF) -> PageBox | None:
        """A box on the page where the drag began."""
        page = self.layout_.page_at(start.y() + self.verticalScrollBar().value())
        rect, paper = dragged(start, end), self._page_rect(page)
        if not is_drag(rect) or not rect.intersects(paper):
            return None
        self._set_page(page)
        return PageBox(page=page, box=upright_box(box_of(rect, paper), self.rotation))

    def box_rect(self, box: PageBox) -> QRectF:
        """Where a box stands in the view."""
        return self.rect_on(box.page, box.box)

    def ground_of(self, box: PageBox | None) -> QRectF:
        """The page of a box, else the one that is looked at."""
        return self._page_rect(box.page if box is not None else self._page)

    @property
    def has_content(self) -> bool:
        """Whether there is a page."""
        return self.page_count > 0

    def ask(self) -> None:
        """Ask for the pages in view; once those are here for their neighbours; give back what is far away."""
        if self.pdf is None:
            return
        if self._layers is None:
            self._layers = PageLayers(self.pdf, self.rotation, self._on_picture, self.broke.emit)
        visible = self.visible_pages()
        near = range(max(0, visible.start - 1), min(self.page_count, visible.stop + 1))
        neighbours = [page for page in near if page not in visible] if all(map(self.has_picture, visible)) else []
        self._layers.want(near, [self._wish(page) for page in (*visible, *neighbours)])

    def visible_pages(self) -> range:
        """The pages of which something is seen."""
        return self.layout_.visible(self.verticalScrollBar().value(), self.viewport().height())

    def _rearrange(self, zoom: float, rotation: int, anchor: QPointF | None) -> None:
        at = anchor or QRectF(self.viewport().rect()).center()
        kept = self.point_on(at) if self.page_count else None
        looked_at = self._page if rotation != self.rotation else None
        if looked_at is not None:
            self._drop_pictures()
        self._chosen_zoom, self.rotation = zoom, rotation
        self._lay_out()
        if kept is not None:
            page, x, y = kept
            spot, (x, y) = self.layout_.spots[page], turned_point(x, y, rotation)
            self.horizontalScrollBar().setValue(round(spot.left + x * spot.width - at.x()))
            self.verticalScrollBar().setValue(round(spot.top + y * spot.height - at.y()))
            self._sought = looked_at
        self._settle()

    def _lay_out(self) -> None:
        sizes = turned_sizes(self.pdf.sizes if self.pdf is not None else (), self.rotation)
        room = self.viewport().size()
        zoom = self._chosen_zoom
        if zoom <= 0:
            is_width = zoom == FIT_WIDTH
            zoom = fit_width(sizes, room.width()) if is_width else fit_page(sizes, room.width(), room.height())
        self.layout_ = PageLayout(sizes, zoom, room.width())
        self.set_bars(self.layout_.width, self.layout_.height)
        self.zoom_changed.emit(zoom)
        self._settle()

    def _page_rect(self, page: int) -> QRectF:
        spot = self.layout_.spots[page]
        left = spot.left - self.horizontalScrollBar().value()
        return QRectF(left, spot.top - self.verticalScrollBar().value(), spot.width, spot.height)

    def _settle(self) -> None:
        self.viewport().update()
        self._set_page(self._looked_at())
        # Not started anew: during a long scroll pages would stay white until it ends.
        if not self.ask_timer.isActive():
            self.ask_timer.start()
        self.moved.emit()

    def _looked_at(self) -> int:
        visible = self.visible_pages()
        if self._sought is not None and self._sought in visible:
            return self._sought
        room = QRectF(self.viewport().rect())
        return max(visible, key=lambda page: self._page_rect(page).intersected(room).height(), default=0)

    def _set_page(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)

    def _wish(self, page: int) -> PageWish:
        spot, ratio, paper = self.layout_.spots[page], self.devicePixelRatioF(), self._page_rect(page)
        seen = paper.intersected(QRectF(self.viewport().rect()))
        return PageWish(
            page=page,
            width=round(spot.width * ratio),
            height=round(spot.height * ratio),
            seen=None if seen.isEmpty() else box_of(seen, paper),
        )

    def _on_picture(self) -> None:
        self.viewport().update()
        self.first_page_shown.emit()
        if not self.ask_timer.isActive():
            self.ask_timer.start()

    def _drop_pictures(self) -> None:
        if self._layers is not None:
            self._layers.drop()
        self._layers = None
