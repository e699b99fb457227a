"""How many criteria are scored, as one segment each."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui import theme
from workbench.ui.theme import scaled


class ProgressSegments(QWidget):
    """Decorative beside its label, which says the same in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settled: tuple[bool, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_settled(self, settled: tuple[bool, ...]) -> None:
        """Whether each criterion is scored, in the rubric's order."""
        if settled != self._settled:
            self._settled = settled
            self.update()

    def sizeHint(self) -> QSize:
        """A thin line."""
        return QSize(scaled(120), scaled(5))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the segments, scored ones first."""
        if not self._settled:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        gap, count = scaled(4), len(self._settled)
        width = (self.width() - gap * (count - 1)) / count
        look = theme.current()
        for index in range(count):
            painter.setBrush(look.color("accent" if index < sum(self._settled) else "line"))
            painter.drawRoundedRect(QRectF(index * (width + gap), 0, width, self.height()), 2, 2)
