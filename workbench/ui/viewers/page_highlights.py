"""Paints words that are found or selected on a page. Paper is white in every theme, so are its marks those of light."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from workbench.ui import theme


def paint_find(painter: QPainter, rect: QRectF, *, is_current: bool) -> None:
    """Paint words that were found; the find that is looked at has an edge."""
    painter.fillRect(rect, _soft(theme.LIGHT.caution, 0.36 if is_current else 0.2))
    if is_current:
        painter.setPen(QPen(QColor(theme.LIGHT.caution), 2))
        painter.drawRect(rect.adjusted(-1, -1, 1, 1))


def paint_selected(painter: QPainter, rect: QRectF) -> None:
    """Paint selected words."""
    painter.fillRect(rect, _soft(theme.LIGHT.accent, 0.28))


def _soft(color: str, share: float) -> QColor:
    soft = QColor(color)
    soft.setAlphaF(share)
    return soft
