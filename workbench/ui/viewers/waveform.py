"""How a recording sounds, as bars over its time. Paints only; owns no sound."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from workbench.ui.viewers.sound_shape import SoundShape


def paint_waveform(
    painter: QPainter, box: QRectF, shape: SoundShape, colors: tuple[QColor, QColor], *, played: float, step: float
) -> None:
    """Bars every `step` pixels around the middle of `box`: `colors` for what was played and what comes.

    `played` is the fraction of the length. Where nothing has arrived yet there is a thin line.
    """
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    count = max(1, int(box.width() / step))
    thick = max(1.0, step * 0.62)
    for index in range(count):
        start, end = index / count, (index + 1) / count
        # The ear hears ratios: a root lifts quiet speech from the line.
        high = max(1.5, shape.peak(start, end) ** 0.6 * box.height())
        left = box.left() + start * box.width()
        painter.setBrush(colors[0] if end <= played else colors[1])
        bar = QRectF(left, box.center().y() - high / 2, thick, high)
        painter.drawRoundedRect(bar, thick / 2, thick / 2)
    painter.restore()
