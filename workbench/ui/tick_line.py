"""A line that can be ticked: a box, a name, and what there is to say about it at the right."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from workbench.ui import theme
from workbench.ui.icons import paint_icon
from workbench.ui.theme import TextRole, scaled

LINE_PX = 26
_BOX_PX = 15


class TickLine(QAbstractButton):
    """The whole line is the target. The name gives way before the amount does."""

    def __init__(self, text: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setText(text.replace("&", "&&"))
        self._name, self._amount = text, ""
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.dress(self, TextRole.TEXT)

    def show_amount(self, amount: str, *, can_tick: bool) -> None:
        """Say how much, and whether that can be ticked."""
        self._amount = amount
        self.setEnabled(can_tick)
        self.setAccessibleName(f"{self._name}, {amount}")
        self.setToolTip(self.accessibleName())
        self.update()

    def sizeHint(self) -> QSize:
        """Box, name and amount."""
        metrics = QFontMetrics(self.font())
        width = metrics.horizontalAdvance(self._name) + metrics.horizontalAdvance(self._amount) + scaled(60)
        return QSize(width, max(scaled(LINE_PX), metrics.height() + scaled(4)))

    def minimumSizeHint(self) -> QSize:
        """The amount and a little of the name."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self._amount) + scaled(90), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint box, name and amount."""
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), scaled(5), scaled(5))
        self._paint_box(painter)
        painter.setFont(self.font())
        metrics = QFontMetrics(self.font())
        room = self.rect().adjusted(scaled(_BOX_PX + 14), 0, -scaled(6), 0)
        amount = QRect(room)
        amount.setLeft(max(room.left(), room.right() - metrics.horizontalAdvance(self._amount)))
        painter.setPen(look.color("muted"))
        painter.drawText(amount, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._amount)
        room.setRight(amount.left() - scaled(8))
        painter.setPen(look.color("ink" if self.isEnabled() else "muted"))
        name = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_box(self, painter: QPainter) -> None:
        look, side = theme.current(), scaled(_BOX_PX)
        box = QRectF(scaled(4) + 0.5, (self.height() - side) / 2, side, side)
        is_on = self.isChecked()
        edge = "accent" if is_on else "control" if self.isEnabled() else "line"
        painter.setPen(QPen(look.color(edge), 1))
        painter.setBrush(look.color("accent" if is_on else "surface"))
        painter.drawRoundedRect(box, scaled(3), scaled(3))
        if is_on:
            inset = side * 0.2
            paint_icon(painter, "check", box.adjusted(inset, inset, -inset, -inset), look.color("on_accent"))
