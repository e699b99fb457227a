"""What stands above film, sound and lane: the marked range, its loop, the playhead. Takes no key and no press."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from workbench.ui import theme
from workbench.ui.theme import scaled

_HALO_PX = 3


class TimelineOverlay(QWidget):
    """All places in pixels from its left edge."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._playhead: float | None = None
        self._in: float | None = None
        self._out: float | None = None
        self._is_looping = False

    def set_playhead(self, x: float | None) -> None:
        """Move the playhead; only where it was and is must be painted again."""
        if x != self._playhead:
            for at in (self._playhead, x):
                if at is not None:
                    self.update(self._playhead_box(at).adjusted(-1, 0, 1, 0))
            self._playhead = x

    def set_range(self, first: float | None, last: float | None, *, is_looping: bool) -> None:
        """Where the marks stand."""
        wanted = (first, last, is_looping)
        if wanted != (self._in, self._out, self._is_looping):
            self._in, self._out, self._is_looping = wanted
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint range, marks, playhead."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._in is not None and self._out is not None:
            self._paint_range(painter, QRectF(self._in, 0, self._out - self._in, self.height()))
        for at, turn in ((self._in, 1), (self._out, -1)):
            if at is not None:
                self._paint_mark(painter, at, turn * scaled(5))
        if self._playhead is not None:
            look = theme.current()
            x = self._inside(self._playhead)
            painter.fillRect(QRectF(x - 2, 0, 4, self.height()), look.color("surface"))
            painter.fillRect(QRectF(x - 1, 0, 2, self.height()), look.color("ink"))

    def _paint_range(self, painter: QPainter, box: QRectF) -> None:
        soft = QColor(theme.current().color("accent"))
        soft.setAlphaF(0.22)
        painter.fillRect(box, soft)
        if self._is_looping:
            self._paint_loop(painter, box)

    def _paint_loop(self, painter: QPainter, box: QRectF) -> None:
        """A band along the top with a sign that turns back: a shape, so that colour does not say it alone."""
        color = theme.current().color("accent")
        painter.fillRect(QRectF(box.left(), 0, box.width(), scaled(4)), color)
        side = scaled(14)
        if box.width() < side + scaled(8):
            return
        sign = QRectF(box.center().x() - side / 2, scaled(2), side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(sign)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.current().color("on_accent"), 1.6))
        ring = sign.adjusted(side * 0.27, side * 0.27, -side * 0.27, -side * 0.27)
        painter.drawArc(ring, 60 * 16, 290 * 16)
        tip = QPointF(ring.center().x() + ring.width() * 0.34, ring.top() + ring.height() * 0.1)
        painter.drawLine(tip, tip + QPointF(-side * 0.02, -side * 0.2))
        painter.drawLine(tip, tip + QPointF(-side * 0.2, side * 0.04))

    def _paint_mark(self, painter: QPainter, x: float, foot: float) -> None:
        painter.setPen(QPen(theme.current().color("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        path = QPainterPath(QPointF(x + foot, 1))
        for corner in ((x, 1), (x, self.height() - 1), (x + foot, self.height() - 1)):
            path.lineTo(*corner)
        painter.drawPath(path)

    def _inside(self, x: float) -> float:
        return min(max(x, 2.0), max(2.0, self.width() - 2.0))

    def _playhead_box(self, x: float) -> QRect:
        at = round(self._inside(x))
        return QRect(at - _HALO_PX, 0, 2 * _HALO_PX, self.height())
