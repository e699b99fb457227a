"""A card whose edge says whether it is the current one; its content stands at the same place either way."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from workbench.ui import theme
from workbench.ui.theme import scaled


class OutlinedCard(QWidget):
    """One pixel of line, or two of accent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_current = False

    def set_current(self, is_current: bool) -> None:
        """Whether this is the one that is worked on."""
        self._is_current = is_current
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground and edge."""
        look, edge = theme.current(), 2 if self._is_current else 1
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("accent" if self._is_current else "line"), edge))
        painter.setBrush(look.color("surface"))
        inset, radius = edge / 2, scaled(theme.RADIUS_PX)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius)
