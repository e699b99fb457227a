"""The queue folded to 44 px: how many are to score, scored, and need the person."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QVBoxLayout, QWidget

from workbench.ui import theme
from workbench.ui.buttons import Kind
from workbench.ui.icon_button import IconButton
from workbench.ui.theme import TextRole, scaled

if TYPE_CHECKING:
    from workbench.queries.views import Queue, Section

RAIL_PX = 44


class QueueRail(QFrame):
    """Pressing anything on it unfolds the queue."""

    unfold_asked = Signal()
    section_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("queueRail")
        self.setProperty("edge", "right")
        self.setFixedWidth(scaled(RAIL_PX))
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(7), scaled(10), scaled(7), scaled(8))
        column.setSpacing(scaled(10))
        self.toggle = IconButton("menu", self.tr("Show the queue"), "queueRailToggle", kind=Kind.QUIET)
        self.toggle.clicked.connect(self.unfold_asked)
        column.addWidget(self.toggle)
        names: dict[Section, str] = {
            "to_score": self.tr("To score"), "scored": self.tr("Scored"), "needs_you": self.tr("Needs you"),
        }  # fmt: skip
        self._counts: dict[Section, RailCount] = {}
        for section, name in names.items():
            count = RailCount(name, f"rail_{section}", self)
            count.clicked.connect(lambda _on=False, chosen=section: self.section_asked.emit(chosen))
            column.addWidget(count)
            self._counts[section] = count
        column.addStretch(1)

    def show_queue(self, queue: "Queue", section: "Section") -> None:
        """Show the counts; `section` is the one the open submission came from."""
        numbers = {"to_score": queue.to_score, "scored": queue.scored, "needs_you": queue.needs_you}
        for each, count in self._counts.items():
            count.show_number(numbers[each], is_current=each == section)


class RailCount(QAbstractButton):
    """A number that is a button."""

    def __init__(self, name: str, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._number = 0
        self._is_current = False
        self.setObjectName(object_name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_number(0, is_current=False)

    def show_number(self, number: int, *, is_current: bool) -> None:
        """Show another number."""
        self._number, self._is_current = number, is_current
        self.setAccessibleName(f"{self._name}: {number:,}")
        self.setToolTip(self.accessibleName())
        self.update()

    def sizeHint(self) -> QSize:
        """28 px square."""
        return QSize(scaled(28), scaled(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the number on its ground."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_current or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("accent_soft" if self._is_current else "hover"))
            painter.drawRoundedRect(QRectF(self.rect()), scaled(6), scaled(6))
        painter.setFont(look.font(TextRole.META, bold=self._is_current))
        painter.setPen(look.color("accent" if self._is_current else "muted"))
        shown = str(self._number) if self._number < 1000 else f"{self._number // 1000}k"
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, shown)
