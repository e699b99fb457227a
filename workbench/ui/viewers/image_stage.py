"""One image, fitted or zoomed, turned by quarters. Places stay those of the upright image however it is turned."""

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QWidget

from workbench.model.citation import Box, ImageBox
from workbench.ui.viewers.box_keys import is_step
from workbench.ui.viewers.boxes import box_of, dragged, is_drag, rect_of
from workbench.ui.viewers.canvas import ZOOM_STEP, Canvas
from workbench.ui.viewers.layers import Layers
from workbench.ui.viewers.marks import WHOLE, paint_box, paint_drawn_box

SMALLEST_ZOOM, LARGEST_ZOOM = 0.05, 16.0
FIT, FIT_WIDTH = 0.0, -1.0
PIXELS_SEEN_ABOVE = 4.0
"""From here on each pixel of the image is shown as the square that it is."""
_UNIT = QRectF(0, 0, 1, 1)
_EDGE = 8


class ImageStage(Canvas[ImageBox]):
    """`zoom` 1.0 shows one pixel of the image on one of the screen; 0 fits the view, -1 its width."""

    step_asked = Signal(int)
    """Left or right where there is nothing to scroll: the image before (-1) or after (1)."""
    page_asked = Signal(int)
    """Page up (-1) or down (1), in a file of several pages."""
    tone_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("imageStage", parent)
        self._layers: Layers | None = None
        self._size = QSizeF()
        self._chosen_zoom = 0.0
        self.rotation = 0
        self.has_pages = False

    def clear(self) -> None:
        """Forget the image and give it back."""
        self.forget_marks()
        if self._layers is not None:
            self._layers.drop()
        self._layers, self._size, self._chosen_zoom, self.rotation = None, QSizeF(), FIT, 0
        self.has_pages = False
        self._lay_out()

    def show_image(self, layers: Layers, width: int, height: int) -> None:
        """Show an image that is so large upright, at the zoom and turn in use; the former one is given back."""
        if self._layers is not None:
            self._layers.drop()
        self.drawn, self._layers = None, layers
        self._size = QSizeF(width, height)
        self._lay_out()
        self.ask()

    @property
    def has_picture(self) -> bool:
        """Whether the image is on screen."""
        return self._layers is not None and self._layers.has_picture

    @property
    def chosen_zoom(self) -> float:
        """The zoom that was chosen; 0 while it fits the view, -1 while it fits its width."""
        return self._chosen_zoom

    @property
    def zoom(self) -> float:
        """The zoom in use."""
        return self._chosen_zoom if self._chosen_zoom > 0 else self._fit_zoom()

    def set_zoom(self, zoom: float, anchor: QPointF | None = None) -> None:
        """Zoom, 0 or -1 to fit; the point of the view at `anchor` (its middle when None) stays where it is."""
        if self._size.isEmpty():
            return
        at = anchor or QRectF(self.viewport().rect()).center()
        before = self._to_view().inverted()[0].map(at)
        is_fitted = zoom <= 0
        self._chosen_zoom = max(FIT_WIDTH, zoom) if is_fitted else max(SMALLEST_ZOOM, min(LARGEST_ZOOM, zoom))
        self._lay_out()
        moved = self._to_view().map(before) - at
        self.scroll_by(moved.x(), moved.y())

    def zoom_by(self, steps: float, anchor: QPointF | None = None) -> None:
        """Zoom in (positive) or out by quarters."""
        self.set_zoom(self.zoom * ZOOM_STEP**steps, anchor)

    def rotate(self) -> None:
        """Turn by a quarter, clockwise."""
        self.rotation = (self.rotation + 90) % 360
        self._lay_out()

    def look_like(self, other: "ImageStage") -> None:
        """Show the same part of this image that another stage shows of its own, turned like it."""
        self.rotation = other.rotation
        self.set_zoom(other.zoom * other._size.width() / self._size.width() if other.chosen_zoom else 0.0)
        middle = QRectF(other.viewport().rect()).center()
        there = self._to_view().map(other._to_view().inverted()[0].map(middle))
        away = there - QRectF(self.viewport().rect()).center()
        self.scroll_by(away.x(), away.y())
        self._settle()

    def show_box(self, box: Box) -> None:
        """Bring a box into the middle of the view."""
        target = self.view_rect(box).center()
        away = target - QRectF(self.viewport().rect()).center()
        self.scroll_by(away.x(), away.y())

    def current_box(self) -> ImageBox | None:
        """The drawn box, else the whole image."""
        if self._size.isEmpty():
            return None
        return self.drawn or ImageBox(box=WHOLE)

    def view_rect(self, box: Box) -> QRectF:
        """Where a box of the upright image stands in the view."""
        return self._to_view().mapRect(rect_of(box, _UNIT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._lay_out()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Paint elsewhere and sharpen what came into view."""
        self._settle()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom to the pointer; with Shift or a trackpad's sideways move, scroll."""
        down = event.angleDelta().y()
        if down and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.zoom_by(down / 120, event.position())
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus and minus zoom; R turns; T is the tone; then other images and pages, the box, and scrolling."""
        key = event.key()
        with_box = self.holds_box and is_step(key)
        plain = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        if event.modifiers() & ~plain and not with_box:
            event.ignore()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(1)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(-1)
        elif key == Qt.Key.Key_R:
            self.rotate()
        elif key == Qt.Key.Key_T:
            self.tone_asked.emit()
        elif self._is_step(key):
            self.step_asked.emit(-1 if key == Qt.Key.Key_Left else 1)
        elif self.has_pages and key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.page_asked.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the image, citations and the drawn box."""
        painter = QPainter(self.viewport())
        if self._layers is None or self._size.isEmpty():
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.zoom <= PIXELS_SEEN_ABOVE)
        self._paint_image(painter, self._layers)
        for mark in self.marks:
            if isinstance(mark.citation.place, ImageBox):
                paint_box(painter, self.view_rect(mark.citation.place.box).adjusted(1, 1, -1, -1), mark)
        if self.drawn is not None:
            paint_drawn_box(painter, self.view_rect(self.drawn.box))

    def _paint_image(self, painter: QPainter, layers: Layers) -> None:
        painter.save()
        painter.setTransform(self._turned())
        target = QRectF(QPointF(0, 0), self._shown_size())
        seen = self._turned().inverted()[0].mapRect(QRectF(self.viewport().rect())).intersected(target)
        if layers.has_picture:
            # Where an image is transparent it was drawn to be seen on paper.
            painter.fillRect(seen, Qt.GlobalColor.white)
        layers.paint(painter, target, seen)
        painter.restore()

    def _is_step(self, key: int) -> bool:
        is_sideways = key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        return is_sideways and not self.holds_box and self.horizontalScrollBar().maximum() == 0

    def box_between(self, start: QPointF, end: QPointF) -> ImageBox | None:
        """A box of the upright image."""
        rect = dragged(start, end)
        upright = self._to_view().inverted()[0].mapRect(rect)
        return ImageBox(box=box_of(upright, _UNIT)) if is_drag(rect) and upright.intersects(_UNIT) else None

    def box_rect(self, box: ImageBox) -> QRectF:
        """Where a box of the upright image stands."""
        return self.view_rect(box.box)

    def ground_of(self, _box: ImageBox | None) -> QRectF:
        """The image."""
        return self.view_rect(WHOLE)

    @property
    def has_content(self) -> bool:
        """Whether there is an image."""
        return not self._size.isEmpty()

    def _fit_zoom(self) -> float:
        size = self._size.transposed() if self.rotation % 180 else self._size
        if size.isEmpty():
            return 1.0
        room = self.viewport().size()
        fit = min((room.width() - 2 * _EDGE) / size.width(), (room.height() - 2 * _EDGE) / size.height())
        if self._chosen_zoom == FIT_WIDTH:
            fit = (room.width() - 2 * _EDGE) / size.width()
        return max(0.001, min(1.0, fit * self.devicePixelRatioF()))

    def _shown_size(self) -> QSizeF:
        """The upright image in logical pixels; while it is reduced, on whole pixels of the screen."""
        if self.zoom >= 1:
            return self._size * (self.zoom / self.devicePixelRatioF())
        width, height = round(self._size.width() * self.zoom), round(self._size.height() * self.zoom)
        return QSizeF(max(1, width), max(1, height)) / self.devicePixelRatioF()

    def _extent(self) -> QSizeF:
        """The turned image in logical pixels."""
        size = self._shown_size()
        return size.transposed() if self.rotation % 180 else size

    def _origin(self) -> QPointF:
        """Where the top left corner of the turned image stands in the view."""
        extent, room = self._extent(), self.viewport().size()
        left = max(0.0, (room.width() - extent.width()) / 2) - self.horizontalScrollBar().value()
        top = max(0.0, (room.height() - extent.height()) / 2) - self.verticalScrollBar().value()
        ratio = self.devicePixelRatioF()
        return QPointF(round(left * ratio) / ratio, round(top * ratio) / ratio)

    def _turned(self) -> QTransform:
        """From the upright image in logical pixels to the view."""
        origin, extent, size = self._origin(), self._extent(), self._shown_size()
        turn = QTransform.fromTranslate(origin.x() + extent.width() / 2, origin.y() + extent.height() / 2)
        turn.rotate(self.rotation)
        return turn.translate(-size.width() / 2, -size.height() / 2)

    def _to_view(self) -> QTransform:
        """From fractions of the upright image to the view."""
        size = self._shown_size()
        return self._turned().scale(size.width(), size.height())

    def _lay_out(self) -> None:
        extent = self._extent()
        self.set_bars(extent.width(), extent.height())
        self.zoom_changed.emit(self.zoom)
        self._settle()

    def _settle(self) -> None:
        self.viewport().update()
        self.ask_timer.start()
        self.moved.emit()

    def ask(self) -> None:
        """Ask for the image as sharp as it is shown."""
        if self._layers is None or self._size.isEmpty():
            return
        seen = self._to_view().inverted()[0].mapRect(QRectF(self.viewport().rect())).intersected(_UNIT)
        clip = None if seen.isEmpty() else Box(x=seen.x(), y=seen.y(), width=seen.width(), height=seen.height())
        pixels = min(1.0, self.zoom)
        self._layers.want(
            max(1, round(self._size.width() * pixels)), max(1, round(self._size.height() * pixels)), clip, 2
        )
