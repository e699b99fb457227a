"""A button of 28 px that shows an icon, with its name for those who hear it and as its tool tip."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from workbench.ui import theme
from workbench.ui.buttons import Button, Kind
from workbench.ui.icons import paint_icon
from workbench.ui.theme import scaled


class IconButton(Button):
    """`icon` is a name in `icons.SHAPES`."""

    def __init__(
        self, icon: str, text: str, name: str, *, kind: Kind = Kind.PLAIN, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, name, kind=kind, parent=parent)
        self._icon_name = icon
        self.setToolTip(text)

    def sizeHint(self) -> QSize:
        """A square, a little wider."""
        return QSize(scaled(30), scaled(theme.BUTTON_PX))

    def minimumSizeHint(self) -> QSize:
        """The same: an icon does not shrink."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, edge and icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        side = scaled(13)
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        paint_icon(painter, self._icon_name, box, self._ink())

    def keep_width(self) -> None:
        """Never wider than its hint."""
        self.setFixedWidth(self.sizeHint().width())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
