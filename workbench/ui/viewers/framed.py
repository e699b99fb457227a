"""A rounded frame of one pixel around a scrolled surface. Owns nothing inside it."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.ui import theme
from workbench.ui.theme import scaled


class _Frame(QWidget):
    def __init__(self, inner: QWidget, ground: str) -> None:
        super().__init__()
        self._ground = ground
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(2), scaled(2), scaled(2), scaled(2))
        column.addWidget(inner)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("line"), 1))
        painter.setBrush(look.color(self._ground))
        radius = scaled(theme.RADIUS_PX)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def framed(inner: QWidget, ground: str) -> QWidget:
    """`inner` on the ground of a role of `Tokens`, with the line and radius of a card."""
    return _Frame(inner, ground)
