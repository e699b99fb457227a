"""One image, fitted or zoomed, turned by quarters. Places stay those of the upright image however it is turned."""

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QWidget

from workbench.model.citation import Box, ImageBox
from workbench.ui.viewers.boxes import box_of, dragged, is_drag, rect_of
from workbench.ui.viewers.canvas import ZOOM_STEP, Canvas
from workbench.ui.viewers.layers import Layers
from workbench.ui.viewers.marks import WHOLE, paint_box, paint_drawn_box

SMALLEST_ZOOM, LARGEST_ZOOM = 0.05, 8.0
_UNIT = QRectF(0, 0, 1, 1)
_EDGE = 8


class ImageStage(Canvas[ImageBox]):
    """`zoom` 1.0 shows one pixel of the image on one of the screen; 0 fits the view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("imageStage", parent)
        self._layers: Layers | None = None
        self._size = QSizeF()
        self._chosen_zoom = 0.0
        self.rotation = 0

    def clear(self) -> None:
        """Forget the image and give it back."""
        self.forget_marks()
        if self._layers is not None:
            self._layers.drop()
        self._layers, self._size, self._chosen_zoom, self.rotation = None, QSizeF(), 0.0, 0
        self._lay_out()

    def show_image(self, layers: Layers, width: int, height: int) -> None:
        """Show an image that is so large upright, fitted to the view."""
        self._layers = layers
        self._size = QSizeF(width, height)
        self._lay_out()
        self.ask()

    @property
    def has_picture(self) -> bool:
        """Whether the image is on screen."""
        return self._layers is not None and self._layers.has_picture

    @property
    def chosen_zoom(self) -> float:
        """The zoom that was chosen; 0 while it fits the view."""
        return self._chosen_zoom

    @property
    def zoom(self) -> float:
        """The zoom in use."""
        return self._chosen_zoom or self._fit_zoom()

    def picture_painted(self) -> None:
        """There is more to paint."""
        self.viewport().update()

    def set_zoom(self, zoom: float, anchor: QPointF | None = None) -> None:
        """Zoom, 0 to fit; the point of the view at `anchor` (its middle when None) stays where it is."""
        if self._size.isEmpty():
            return
        at = anchor or QRectF(self.viewport().rect()).center()
        before = self._to_view().inverted()[0].map(at)
        self._chosen_zoom = max(SMALLEST_ZOOM, min(LARGEST_ZOOM, zoom)) if zoom > 0 else 0.0
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
        """Plus and minus zoom; R turns; arrows scroll; Escape forgets the box."""
        key = event.key()
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            event.ignore()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(1)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(-1)
        elif key == Qt.Key.Key_R:
            self.rotate()
        elif key == Qt.Key.Key_Escape and self.drawn is not None:
            self.clear_drawn()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the image, citations and the drawn box."""
        painter = QPainter(self.viewport())
        if self._layers is None or self._size.isEmpty():
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.save()
        painter.setTransform(self._turned())
        self._layers.paint(painter, QRectF(QPointF(0, 0), self._size * self._scale()))
        painter.restore()
        for mark in self.marks:
            if isinstance(mark.citation.place, ImageBox):
                paint_box(painter, self.view_rect(mark.citation.place.box).adjusted(1, 1, -1, -1), mark)
        if self.drawn is not None:
            paint_drawn_box(painter, self.view_rect(self.drawn.box))

    def box_between(self, start: QPointF, end: QPointF) -> ImageBox | None:
        """A box of the upright image."""
        rect = dragged(start, end)
        upright = self._to_view().inverted()[0].mapRect(rect)
        return ImageBox(box=box_of(upright, _UNIT)) if is_drag(rect) and upright.intersects(_UNIT) else None

    @property
    def has_content(self) -> bool:
        """Whether there is an image."""
        return not self._size.isEmpty()

    def _scale(self) -> float:
        """Logical pixels per pixel of the image."""
        return self.zoom / self.devicePixelRatioF()

    def _fit_zoom(self) -> float:
        size = self._size.transposed() if self.rotation % 180 else self._size
        if size.isEmpty():
            return 1.0
        room = self.viewport().size()
        fit = min((room.width() - 2 * _EDGE) / size.width(), (room.height() - 2 * _EDGE) / size.height())
        return max(0.001, min(1.0, fit * self.devicePixelRatioF()))

    def _extent(self) -> QSizeF:
        """The turned image in logical pixels."""
        size = self._size * self._scale()
        return size.transposed() if self.rotation % 180 else size

    def _origin(self) -> QPointF:
        """Where the top left corner of the turned image stands in the view."""
        extent, room = self._extent(), self.viewport().size()
        left = max(0.0, (room.width() - extent.width()) / 2) - self.horizontalScrollBar().value()
        top = max(0.0, (room.height() - extent.height()) / 2) - self.verticalScrollBar().value()
        return QPointF(left, top)

    def _turned(self) -> QTransform:
        """From the upright image in logical pixels to the view."""
        origin, extent, size = self._origin(), self._extent(), self._size * self._scale()
        turn = QTransform.fromTranslate(origin.x() + extent.width() / 2, origin.y() + extent.height() / 2)
        turn.rotate(self.rotation)
        return turn.translate(-size.width() / 2, -size.height() / 2)

    def _to_view(self) -> QTransform:
        """From fractions of the upright image to the view."""
        size = self._size * self._scale()
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
