"""Continuous pages of one PDF. Only the pages in view and their neighbours are asked from the workers."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from workbench.errors import KnownError
from workbench.model.citation import PageBox
from workbench.ui import theme
from workbench.ui.viewers.boxes import box_of, dragged, is_drag, rect_of
from workbench.ui.viewers.canvas import ZOOM_STEP, Canvas
from workbench.ui.viewers.marks import WHOLE, paint_box, paint_drawn_box
from workbench.ui.viewers.page_layers import PageLayers, PageWish
from workbench.ui.viewers.page_layout import GAP, PageLayout, clamp_zoom, fit_width
from workbench.ui.viewers.source import EvidenceSource


class PdfPages(Canvas[PageBox]):
    """`zoom` 1.0 is 100 %; 0 follows the width of the view."""

    page_changed = Signal(int)
    first_page_shown = Signal()
    broke = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("pdfPages", parent)
        self._sizes: Sequence[tuple[float, float]] = ()
        self._layers: PageLayers | None = None
        self._chosen_zoom = 0.0
        self._page = 0
        self._sought: int | None = None
        self.layout_ = PageLayout((), 1.0, 1.0)

    def clear(self) -> None:
        """Forget the document and give its pictures back."""
        self.forget_marks()
        if self._layers is not None:
            self._layers.drop()
        self._layers, self._sizes, self._sought = None, (), None
        self._chosen_zoom, self._page = 0.0, 0
        self._lay_out()

    def show_pages(self, source: EvidenceSource, sizes: Sequence[tuple[float, float]]) -> None:
        """Show a document of these page sizes (points), from its first page."""
        self._layers = PageLayers(source, self._on_picture, self._on_failed)
        self._sizes = sizes
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self.ask()

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

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
        """The zoom that was chosen; 0 while it follows the width."""
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

    def go_to_box(self, place: PageBox) -> None:
        """Bring a box into the middle of the view; a box as high as the page shows its top."""
        if not 0 <= place.page < self.page_count:
            return
        self.go_to_page(place.page)
        target = rect_of(place.box, self._page_rect(place.page))
        room = self.viewport().height()
        if target.bottom() > room:
            self.scroll_by(0, target.center().y() - room / 2 if target.height() < room else target.top() - GAP)
        self._sought = place.page
        self._settle()

    def set_zoom(self, zoom: float, anchor: QPointF | None = None) -> None:
        """Zoom, 0 to fit the width; the point of the view at `anchor` (its middle when None) stays where it is."""
        at = anchor or QPointF(self.viewport().width() / 2, self.viewport().height() / 2)
        page = self.layout_.page_at(at.y() + self.verticalScrollBar().value())
        before = self._page_rect(page) if self.page_count else QRectF()
        self._chosen_zoom = clamp_zoom(zoom) if zoom > 0 else 0.0
        self._lay_out()
        if self.page_count:
            self._keep(at, page, before)
        self._settle()

    def zoom_by(self, steps: float, anchor: QPointF | None = None) -> None:
        """Zoom in (positive) or out by quarters."""
        self.set_zoom(self.zoom * ZOOM_STEP**steps, anchor)

    def current_box(self) -> PageBox | None:
        """The drawn box, else the whole page that is looked at."""
        if not self.page_count:
            return None
        return self.drawn or PageBox(page=self._page, box=WHOLE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page in view when the width changes."""
        super().resizeEvent(event)
        page = self._page
        self._lay_out()
        if self._chosen_zoom == 0 and event.oldSize().width() != event.size().width():
            self.go_to_page(page)

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and page keys scroll; Home and End; plus and minus zoom; Escape forgets the box."""
        bar, key = self.verticalScrollBar(), event.key()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            event.ignore()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(1)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(-1)
        elif key == Qt.Key.Key_Home:
            self.go_to_page(0)
        elif key == Qt.Key.Key_End:
            self.go_to_page(self.page_count - 1)
        elif key == Qt.Key.Key_Space:
            bar.setValue(bar.value() + round(self.viewport().height() * 0.9))
        elif key == Qt.Key.Key_Escape and self.drawn is not None:
            self.clear_drawn()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint pages, citations and the drawn box."""
        look = theme.current()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in self._visible_pages():
            paper = self._page_rect(page)
            painter.fillRect(paper, Qt.GlobalColor.white)
            if self._layers is not None:
                self._layers.paint(painter, page, paper)
            painter.setPen(QPen(look.color("line"), 1))
            painter.drawRect(paper.adjusted(-0.5, -0.5, 0.5, 0.5))
            for mark in self.marks:
                place = mark.citation.place
                if isinstance(place, PageBox) and place.page == page:
                    paint_box(painter, rect_of(place.box, paper).adjusted(1, 1, -1, -1), mark)
            if self.drawn is not None and self.drawn.page == page:
                paint_drawn_box(painter, rect_of(self.drawn.box, paper))

    def box_between(self, start: QPointF, end: QPointF) -> PageBox | None:
        """A box on the page where the drag began."""
        page = self.layout_.page_at(start.y() + self.verticalScrollBar().value())
        rect, paper = dragged(start, end), self._page_rect(page)
        if not is_drag(rect) or not rect.intersects(paper):
            return None
        self._set_page(page)
        return PageBox(page=page, box=box_of(rect, paper))

    @property
    def has_content(self) -> bool:
        """Whether there is a page."""
        return self.page_count > 0

    def _lay_out(self) -> None:
        room = self.viewport().width()
        zoom = self._chosen_zoom or fit_width(self._sizes, room)
        self.layout_ = PageLayout(self._sizes, zoom, room)
        self.set_bars(self.layout_.width, self.layout_.height)
        self.zoom_changed.emit(zoom)
        self._settle()

    def _keep(self, at: QPointF, page: int, before: QRectF) -> None:
        """Scroll so that the point of the page that was at `at` is there again."""
        x = (at.x() - before.x()) / max(1.0, before.width())
        y = (at.y() - before.y()) / max(1.0, before.height())
        spot = self.layout_.spots[page]
        self.horizontalScrollBar().setValue(round(spot.left + x * spot.width - at.x()))
        self.verticalScrollBar().setValue(round(spot.top + y * spot.height - at.y()))

    def _page_rect(self, page: int) -> QRectF:
        spot = self.layout_.spots[page]
        left = spot.left - self.horizontalScrollBar().value()
        return QRectF(left, spot.top - self.verticalScrollBar().value(), spot.width, spot.height)

    def _visible_pages(self) -> range:
        return self.layout_.visible(self.verticalScrollBar().value(), self.viewport().height())

    def _settle(self) -> None:
        self.viewport().update()
        self._set_page(self._looked_at())
        self.ask_timer.start()
        self.moved.emit()

    def _looked_at(self) -> int:
        visible = self._visible_pages()
        if self._sought is not None and self._sought in visible:
            return self._sought
        room = QRectF(self.viewport().rect())
        return max(visible, key=lambda page: self._page_rect(page).intersected(room).height(), default=0)

    def _set_page(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)

    def ask(self) -> None:
        """Ask for the pages in view, then for their neighbours; give back what is far away."""
        if self._layers is None:
            return
        visible = self._visible_pages()
        near = range(max(0, visible.start - 1), min(self.page_count, visible.stop + 1))
        first_things_first = sorted(near, key=lambda page: page not in visible)
        self._layers.want(near, [self._wish(page) for page in first_things_first])

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

    def _on_failed(self, problem: KnownError) -> None:
        self.broke.emit(problem)
