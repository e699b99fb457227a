"""One level of a criterion as a choice with its whole descriptor. Neutral: no level looks better than another."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from workbench.model.rubric import Level
from workbench.ui import theme
from workbench.ui.buttons import key_badge_width, paint_key_badge
from workbench.ui.theme import TextRole, scaled

_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}


class LevelChoice(QRadioButton):
    """Shows a level and its key. Being pressed asks for it; the panel decides what is checked."""

    neighbor_asked = Signal(int)

    def __init__(self, level: Level, letter: str, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.level = level
        self._key = str(number) if number <= 9 else ""
        self.setObjectName(f"level_{letter}_{number}")
        self.setAccessibleName(f"{level.label}. {level.descriptor}")
        self.setAutoExclusive(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        # Not Fixed: that would make the hint at a middling width the least height.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def nextCheckState(self) -> None:
        """Nothing: what is checked comes from the draft."""

    def hitButton(self, position: QPoint) -> bool:
        """The whole box is the target."""
        return self.rect().contains(position)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the focus without choosing; Enter chooses like Space."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step:
            self.neighbor_asked.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """The height at a middling width."""
        return QSize(scaled(300), self.heightForWidth(scaled(300)))

    def minimumSizeHint(self) -> QSize:
        """Two words wide."""
        return QSize(scaled(140), scaled(36))

    def hasHeightForWidth(self) -> bool:
        """The descriptor wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Label, descriptor and their air."""
        label, text = self._fonts()
        width = width - self._left() - self._right()
        height = _wrapped_height(label, self.level.label, width)
        if self.level.descriptor:
            height += scaled(1) + _wrapped_height(text, self.level.descriptor, width)
        return height + 2 * scaled(6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint box, mark, label, descriptor and key."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_box(painter)
        self._paint_mark(painter)
        self._paint_words(painter)
        if self._key and self.isEnabled():
            width = key_badge_width(self._key)
            box = QRect(self.width() - scaled(9) - width, scaled(7), width, scaled(16))
            paint_key_badge(painter, box, self._key)

    def _paint_box(self, painter: QPainter) -> None:
        look = theme.current()
        edge = "accent" if self.isChecked() else "control" if self.isEnabled() else "line"
        ground = "accent_soft" if self.isChecked() else "surface"
        if self.isEnabled() and self.underMouse() and not self.isChecked():
            ground = "hover"
        painter.setPen(QPen(look.color(edge), 1))
        painter.setBrush(look.color(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), scaled(6), scaled(6))

    def _paint_mark(self, painter: QPainter) -> None:
        look = theme.current()
        side = scaled(14)
        circle = QRectF(scaled(10), scaled(8), side, side).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("accent"))
            painter.drawEllipse(circle)
            painter.setBrush(look.color("on_accent"))
            painter.drawEllipse(circle.center(), side * 0.2, side * 0.2)
            return
        painter.setPen(QPen(look.color("control"), 1.2))
        painter.setBrush(look.color("surface"))
        painter.drawEllipse(circle)

    def _paint_words(self, painter: QPainter) -> None:
        look = theme.current()
        label, _text = self._fonts()
        box = QRect(self._left(), scaled(6), self.width() - self._left() - self._right(), self.height())
        self._write(painter, box, self.level.label, bold=True, color=look.color("ink"))
        box.setTop(box.top() + _wrapped_height(label, self.level.label, box.width()) + scaled(1))
        self._write(painter, box, self.level.descriptor, bold=False, color=look.color("body"))

    def _write(self, painter: QPainter, box: QRect, text: str, *, bold: bool, color: QColor) -> None:
        painter.setFont(theme.current().font(TextRole.TEXT if bold else TextRole.DESCRIPTOR, bold=bold))
        painter.setPen(color)
        painter.drawText(box, int(_WRAP), text)

    def _fonts(self) -> tuple[QFontMetrics, QFontMetrics]:
        look = theme.current()
        return QFontMetrics(look.font(TextRole.TEXT, bold=True)), QFontMetrics(look.font(TextRole.DESCRIPTOR))

    def _left(self) -> int:
        return scaled(34)

    def _right(self) -> int:
        return scaled(34)


def _wrapped_height(metrics: QFontMetrics, text: str, width: int) -> int:
    return metrics.boundingRect(QRect(0, 0, max(width, 1), 100_000), int(_WRAP), text).height()
