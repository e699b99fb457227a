"""A scrolled surface on which a box is drawn with the left button or with keys, and that the middle button moves."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QWidget

from workbench.model.citation import ImageBox, PageBox
from workbench.ui.texts import ElidedLabel
from workbench.ui.theme import scaled
from workbench.ui.viewers.box_keys import away, first_box, is_step, stepped
from workbench.ui.viewers.marks import Mark

B = TypeVar("B", PageBox, ImageBox)
ASK_AFTER_MS = 25
ZOOM_STEP = 1.25


class Canvas(QAbstractScrollArea, Generic[B]):
    """`drawn` is the box that the person has drawn and not yet cited. Pictures are asked for once moves pause.

    `X` puts a box into the middle of the view, or takes hold of the drawn one: then arrows move it, Shift+arrows
    resize it, with Ctrl in small steps; Enter cites it and Escape drops it.
    """

    zoom_changed = Signal(float)
    moved = Signal()
    box_drawn = Signal()
    """`drawn` is another one now, or None."""
    cite_asked = Signal()
    """Enter, while the keys hold the drawn box."""

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
        self._holds_box = False
        self._drag: QPointF | None = None
        self._pan: tuple[QPoint, int, int] | None = None

    def box_between(self, start: QPointF, end: QPointF) -> B | None:
        """The box of a drag in the view; None when it was too small or beside the evidence."""
        raise NotImplementedError

    def box_rect(self, box: B) -> QRectF:
        """Where a box stands in the view."""
        raise NotImplementedError

    def ground_of(self, box: B | None) -> QRectF:
        """Where the page or image stands in the view that holds `box`; with None, the one that is looked at."""
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
        self._holds_box = False

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Draw these citations."""
        self.marks = tuple(marks)
        self.viewport().update()

    @property
    def holds_box(self) -> bool:
        """Whether arrow keys move the drawn box instead of the view."""
        return self._holds_box and self.drawn is not None

    def say_hint(self, line: ElidedLabel, otherwise: str, *, short: str) -> None:
        """Say beside the cite button what becomes of the drawn box; `otherwise` while there is none."""
        if self.drawn is None:
            line.say(otherwise, short=short)
        elif self.holds_box:
            line.say(
                self.tr("Arrows move the box, Shift+arrows resize it, Enter cites it"),
                short=self.tr("Enter cites it"),
            )
        else:
            line.say(self.tr("Cites the box"), short="")

    def begin_box(self) -> None:
        """Give the keys a box: the drawn one, else a new one in the middle of the view."""
        if not self.has_content:
            return
        view = QRectF(self.viewport().rect())
        if self.drawn is None:
            rect = first_box(self.ground_of(None), view)
            self.drawn = None if rect.isNull() else self.box_between(rect.topLeft(), rect.bottomRight())
        self._holds_box = self.drawn is not None
        self._reveal_box()

    def clear_drawn(self) -> None:
        """Forget the drawn box."""
        self.drawn, self._holds_box = None, False
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """X begins a box; then arrows, Enter and Escape are about it. Everything else scrolls."""
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_X and modifiers == Qt.KeyboardModifier.NoModifier and self.has_content:
            self.begin_box()
        elif key == Qt.Key.Key_Escape and self.drawn is not None:
            self.clear_drawn()
        elif self.holds_box and is_step(key) and not modifiers & Qt.KeyboardModifier.AltModifier:
            self._step_box(key, modifiers)
        elif self.holds_box and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not modifiers:
            self.cite_asked.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a box or a move."""
        if event.button() == Qt.MouseButton.MiddleButton:
            across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
            self._pan = (event.position().toPoint(), across, down)
        elif event.button() == Qt.MouseButton.LeftButton and self.has_content:
            self._drag, self._holds_box = event.position(), False

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

    def _step_box(self, key: int, modifiers: Qt.KeyboardModifier) -> None:
        assert self.drawn is not None
        rect = stepped(self.box_rect(self.drawn), self.ground_of(self.drawn), key, modifiers)
        self.drawn = self.box_between(rect.topLeft(), rect.bottomRight()) or self.drawn
        self._reveal_box()

    def _reveal_box(self) -> None:
        if self.drawn is not None:
            by = away(self.box_rect(self.drawn), QRectF(self.viewport().rect()))
            self.scroll_by(by.x(), by.y())
        self.viewport().update()
        self.box_drawn.emit()


def _set_bar(bar: QScrollBar, length: float, view: int) -> None:
    bar.setRange(0, max(0, round(length) - view))
    bar.setPageStep(view)
    bar.setSingleStep(scaled(40))
