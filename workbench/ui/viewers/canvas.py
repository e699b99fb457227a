"""A scrolled surface on which a box can be drawn with the left button and that the middle button moves."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QWidget

from workbench.model.citation import ImageBox, PageBox
from workbench.ui.theme import scaled
from workbench.ui.viewers.marks import Mark

B = TypeVar("B", PageBox, ImageBox)
ASK_AFTER_MS = 25
ZOOM_STEP = 1.25


class Canvas(QAbstractScrollArea, Generic[B]):
    """`drawn` is the box that the person has drawn and not yet cited. Pictures are asked for once moves pause."""

    zoom_changed = Signal(float)
    moved = Signal()
    box_drawn = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        self.ask_timer = QTimer(self, singleShot=True, interval=ASK_AFTER_MS)
        self.ask_timer.timeout.connect(self.ask)
        self.marks: tuple[Mark, ...] = ()
        self.drawn: B | None = None
        self._drag: QPointF | None = None
        self._pan: tuple[QPoint, int, int] | None = None

    def box_between(self, start: QPointF, end: QPointF) -> B | None:
        """The box of a drag in the view; None when it was too small or beside the evidence."""
        raise NotImplementedError

    def ask(self) -> None:
        """Ask for the pictures that the view needs now."""
        raise NotImplementedError

    @property
    def has_content(self) -> bool:
        """Whether there is something to draw on."""
        raise NotImplementedError

    def forget_marks(self) -> None:
        """Forget citations and the drawn box."""
        self.ask_timer.stop()
        self.marks = ()
        self.drawn = self._drag = self._pan = None

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Draw these citations."""
        self.marks = tuple(marks)
        self.viewport().update()

    def clear_drawn(self) -> None:
        """Forget the drawn box."""
        self.drawn = None
        self.viewport().update()
        self.box_drawn.emit()

    def take_cited(self, marks: Sequence[Mark]) -> None:
        """Draw these citations; a drawn box that has just been cited is done."""
        self.set_marks(marks)
        if self.drawn is not None and any(mark.citation.place == self.drawn for mark in marks):
            self.clear_drawn()

    def set_bars(self, width: float, height: float) -> None:
        """Scroll over so many logical pixels."""
        room = self.viewport().size()
        _set_bar(self.horizontalScrollBar(), width, room.width())
        _set_bar(self.verticalScrollBar(), height, room.height())

    def scroll_by(self, dx: float, dy: float) -> None:
        """Scroll by logical pixels."""
        for bar, by in ((self.horizontalScrollBar(), dx), (self.verticalScrollBar(), dy)):
            bar.setValue(bar.value() + round(by))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a box or a move."""
        if event.button() == Qt.MouseButton.MiddleButton:
            across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
            self._pan = (event.position().toPoint(), across, down)
        elif event.button() == Qt.MouseButton.LeftButton and self.has_content:
            self._drag = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw or move."""
        if self._pan is not None:
            moved = event.position().toPoint() - self._pan[0]
            self.horizontalScrollBar().setValue(self._pan[1] - moved.x())
            self.verticalScrollBar().setValue(self._pan[2] - moved.y())
        elif self._drag is not None:
            self._draw_to(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The box is done; a click alone forgets it."""
        if self._drag is not None and event.button() == Qt.MouseButton.LeftButton:
            self._draw_to(event.position())
            self._drag = None
            self.box_drawn.emit()
        self._pan = None

    def _draw_to(self, end: QPointF) -> None:
        assert self._drag is not None
        self.drawn = self.box_between(self._drag, end)
        self.viewport().update()


def _set_bar(bar: QScrollBar, length: float, view: int) -> None:
    bar.setRange(0, max(0, round(length) - view))
    bar.setPageStep(view)
    bar.setSingleStep(scaled(40))
