"""Signs for kinds of evidence, painted so that no font has to hold them. Own no state."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from workbench.model.submission import EvidenceKind
from workbench.ui.icons import paint_icon

_ICONS = {EvidenceKind.VIDEO: "time", EvidenceKind.IMAGE: "image", EvidenceKind.TEXT: "text"}


def paint_sound(painter: QPainter, box: QRectF, color: QColor) -> None:
    """A sign for sound: bars of different height."""
    heights = (0.3, 0.65, 1.0, 0.5, 0.8, 0.35)
    step = box.width() / len(heights)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    for index, part in enumerate(heights):
        high = box.height() * part
        bar = QRectF(box.left() + index * step, box.center().y() - high / 2, step * 0.55, high)
        painter.drawRoundedRect(bar, step / 4, step / 4)


def paint_kind(painter: QPainter, kind: EvidenceKind, box: QRectF, color: QColor) -> None:
    """A sign for a kind of evidence."""
    if kind is EvidenceKind.AUDIO:
        paint_sound(painter, box, color)
    else:
        paint_icon(painter, _ICONS.get(kind, "page"), box, color)
