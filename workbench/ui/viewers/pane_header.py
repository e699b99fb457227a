"""The line above a pane while two stand side by side: what it shows, and a way to close it."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from workbench.ui import theme
from workbench.ui.buttons import Kind
from workbench.ui.icon_button import IconButton
from workbench.ui.texts import ElidedLabel
from workbench.ui.theme import TextRole, scaled

_LINE_PX = 2


class PaneHeader(QWidget):
    """The pane that keys and citing go to has a line of the accent colour below its name."""

    close_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paneHeader")
        self._is_active = False
        self.title = ElidedLabel("", TextRole.TEXT, bold=True)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.close_button = IconButton("close", self.tr("Close this pane"), "closePaneButton", kind=Kind.QUIET)
        self.close_button.clicked.connect(self.close_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(scaled(6), 0, 0, scaled(_LINE_PX))
        row.addWidget(self.title, 1)
        row.addWidget(self.close_button)

    def show_label(self, label: str) -> None:
        """What the pane shows."""
        self.title.setText(label)
        self._say()

    def set_active(self, is_active: bool) -> None:
        """Whether keys and citing go to this pane."""
        self._is_active = is_active
        self._say()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line."""
        look = theme.current()
        painter = QPainter(self)
        high = scaled(_LINE_PX) if self._is_active else 1
        color = look.color("accent" if self._is_active else "line")
        painter.fillRect(QRectF(0, self.height() - high, self.width(), high), color)

    def _say(self) -> None:
        name = self.title.text()
        self.setAccessibleName(self.tr("{name}, keys go here").format(name=name) if self._is_active else name)
