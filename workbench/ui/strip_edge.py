"""The end of the strip beyond which there is more evidence: the cards fade there, and a press goes on."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from workbench.ui import theme
from workbench.ui.icons import paint_icon
from workbench.ui.theme import scaled

EDGE_PX = 52
ROUND_PX = 26


class StripEdge(QAbstractButton):
    """`is_left` for what lies before. For the pointer only: with keys, evidence is chosen and scrolls into view."""

    def __init__(self, *, is_left: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._is_left = is_left
        self.setObjectName("stripBack" if is_left else "stripForward")
        self.setAccessibleName(self.tr("Evidence before these") if is_left else self.tr("Evidence after these"))
        self.setToolTip(self.accessibleName())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.hide()

    def sizeHint(self) -> QSize:
        """As wide as the fade."""
        return QSize(scaled(EDGE_PX), scaled(theme.BUTTON_PX))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the fade and a round button."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, none = look.color("background"), QColor(look.color("background"))
        none.setAlpha(0)
        fade = QLinearGradient(QPointF(0, 0), QPointF(self.width(), 0))
        fade.setColorAt(0.0, ground if self._is_left else none)
        # Behind the round button nothing of a card may show: half a letter beside it reads as a mistake.
        fade.setColorAt(0.65 if self._is_left else 0.35, ground)
        fade.setColorAt(1.0, none if self._is_left else ground)
        painter.fillRect(self.rect(), fade)
        side = scaled(ROUND_PX)
        left = 0.0 if self._is_left else float(self.width() - side)
        circle = QRectF(left, (self.height() - side) / 2, side, side).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(look.color("control"), 1))
        painter.setBrush(look.color("hover" if self.underMouse() else "surface"))
        painter.drawEllipse(circle)
        inset = side * 0.28
        icon = circle.adjusted(inset, inset, -inset, -inset)
        paint_icon(painter, "left" if self._is_left else "right", icon, look.color("ink"))
