"""The card below a viewer: its buttons in one row, citing at the right. Holds no state of the evidence."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from workbench.ui import theme
from workbench.ui.buttons import Button, Kind
from workbench.ui.texts import ElidedLabel, label
from workbench.ui.theme import TextRole, scaled
from workbench.ui.viewers.fitting_row import FittingRow

_ARROWS = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}


class ToolButton(Button):
    """A button whose arrow keys go to the evidence: they seek or scroll, as everywhere in the viewer."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to the viewer."""
        if event.key() in _ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)


class CiteButton(ToolButton):
    """`Cite for B`, with its key."""

    def __init__(self, name: str) -> None:
        super().__init__("", name, key="C")
        self.set_criterion("")

    def set_criterion(self, letter: str) -> None:
        """Say for which criterion it cites."""
        text = self.tr("Cite for {letter}").format(letter=letter) if letter else self.tr("Cite")
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(f"{text} (C)")
        self.updateGeometry()


def quiet(text: str, name: str, says: str) -> ToolButton:
    """A borderless button; `says` is its name for those who hear it and its tool tip."""
    button = ToolButton(text, name, kind=Kind.QUIET)
    button.setAccessibleName(says)
    button.setToolTip(says)
    return button


def muted(text: str, name: str = "") -> QLabel:
    """A muted label for amounts."""
    return label(text, TextRole.TEXT, tint="muted", name=name)


class Hint(ElidedLabel):
    """A muted line beside the cite button that shortens itself. The buttons and their keys have the room first."""

    def __init__(self) -> None:
        super().__init__("", TextRole.TEXT, tint="muted")
        self.setMinimumWidth(scaled(120))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def sizeHint(self) -> QSize:
        """No more than it needs at least, however much it says."""
        return QSize(self.minimumWidth(), super().sizeHint().height())


class ToolCard(QFrame):
    """A white card with one row of 28-px buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        self.row = FittingRow(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(10), scaled(7), scaled(10), scaled(7))
        column.addWidget(self.row)


class PlayButton(ToolButton):
    """A round button of 30 px: a triangle to play, two bars to pause."""

    def __init__(self, name: str) -> None:
        super().__init__("", name)
        self.set_playing(False)

    def set_playing(self, playing: bool) -> None:
        """Show what a press would do."""
        self._playing = playing
        self.setAccessibleName(self.tr("Pause") if playing else self.tr("Play"))
        self.setToolTip(self.tr("{name} (F8)").format(name=self.accessibleName()))
        self.update()

    def sizeHint(self) -> QSize:
        """A circle."""
        return QSize(scaled(30), scaled(30))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the circle and its sign."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("ink" if self.isEnabled() else "control"))
        side = min(self.width(), self.height())
        circle = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter.drawEllipse(circle)
        painter.setBrush(look.color("surface"))
        middle, unit = circle.center(), side / 30
        if self._playing:
            for left in (-5.0, 1.5):
                painter.drawRect(QRectF(middle.x() + left * unit, middle.y() - 5 * unit, 3.5 * unit, 10 * unit))
        else:
            corners = ((-3.5, -5.5), (5.5, 0.0), (-3.5, 5.5))
            painter.drawPolygon(QPolygonF([middle + QPointF(x, y) * unit for x, y in corners]))
