"""Drives a window as a person would: finds widgets by name, presses keys and the mouse, waits, takes pictures.

Reaches nothing but widgets. A wait is looked at whenever the event loop comes to rest, and has a deadline.
"""

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QAbstractEventDispatcher, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMenu, QWidget

from workbench.errors import KnownError

LIMIT_S = 20.0
BEAT_MS = 100
SAMPLE, COLORS = 40, 24
NO_KEYS = Qt.KeyboardModifier.NoModifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """What a tour waits for before it goes on."""

    what: str
    until: Callable[[], bool]
    limit_s: float = LIMIT_S
    is_soft: bool = False
    """Go on without it when the time is up: only a picture would be poorer."""


Steps = Generator[Wait, None, None]


def until(what: str, is_so: Callable[[], bool], limit_s: float = LIMIT_S) -> Wait:
    """Wait for something to be so; `limit_s` later the tour is stuck."""
    return Wait(what=what, until=is_so, limit_s=limit_s)


class StuckError(KnownError):
    """A step of the tour did not come about in time."""


class Driver(QObject):
    """Runs the steps of a tour inside the application's event loop."""

    finished = Signal()

    def __init__(self, out: Path) -> None:
        super().__init__()
        self._out = out
        self._steps: Steps | None = None
        self._wait: Wait | None = None
        self._since_s = 0.0
        self._step = "the start"
        self._pictures = 0
        self.problem: Exception | None = None
        self._beat = QTimer(self, interval=BEAT_MS)
        self._beat.timeout.connect(self._look)

    def run(self, steps: Steps) -> None:
        """Begin; `finished` is told when the steps are through or one of them failed."""
        self._steps = steps
        # The beat is for what happens outside this process; everything else shows when the loop comes to rest.
        QAbstractEventDispatcher.instance().aboutToBlock.connect(self._look)
        self._beat.start()
        QTimer.singleShot(0, self, self._advance)

    def begin_step(self, name: str) -> None:
        """Name what comes now, for the message if it hangs."""
        self._step = name

    def picture(self, name: str) -> Steps:
        """Let the window come to rest, then save it as a numbered picture."""
        rests = iter((False, False, True))
        yield Wait(what="the window to come to rest", until=lambda: next(rests, True))
        self._save(name)

    def _save(self, name: str) -> None:
        self._pictures += 1
        window = self.widget("mainWindow")
        window.grab().save(str(self._out / f"{self._pictures:02d}-{name}.png"))

    def seen(self, name: str) -> QWidget | None:
        """The visible widget of that name, or None."""
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                if window.objectName() == name:
                    return window
                for found in window.findChildren(QWidget, name):
                    if found.isVisible():
                        return found
        return None

    def widget(self, name: str) -> QWidget:
        """The visible widget of that name. Raises StuckError."""
        found = self.seen(name)
        if found is None:
            raise StuckError(f"The tour stopped at “{self._step}”: there is no {name} to be seen.")
        return found

    def text(self, name: str) -> str:
        """What a visible label or button says; empty when it is not there."""
        found = self.seen(name)
        said = getattr(found, "text", None)
        return str(said()) if callable(said) else ""

    def is_on(self, name: str) -> bool:
        """Whether that widget is to be seen and can be used."""
        found = self.seen(name)
        return found is not None and found.isEnabled()

    def is_checked(self, name: str) -> bool:
        """Whether that button is to be seen and checked."""
        found = self.seen(name)
        said = getattr(found, "isChecked", None)
        return bool(said()) if callable(said) else False

    def is_painted(self, name: str) -> bool:
        """Whether more than a plain ground is to be seen there."""
        found = self.seen(name)
        if found is None:
            return False
        small = found.grab().toImage().scaled(SAMPLE, SAMPLE, mode=Qt.TransformationMode.SmoothTransformation)
        colors = {small.pixel(x, y) for x in range(SAMPLE) for y in range(SAMPLE)}
        return len(colors) > COLORS

    def click(self, name: str, at: QPoint | None = None) -> None:
        """Press the left mouse button once, in the middle unless told where."""
        widget = self.widget(name)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, NO_KEYS, at or widget.rect().center())

    def click_inside(self, widget: QWidget, at: QPoint) -> None:
        """Press the left mouse button once inside a part of a list that has no name."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, NO_KEYS, at)

    def click_card(self, number: int) -> None:
        """Choose a card of the evidence strip: by its key, or with the mouse where it has none."""
        if number <= 9:
            self.press(Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.AltModifier)
        else:
            self.click(f"evidenceCard_{number}")

    def drag(self, name: str, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Press, move, release; the places are fractions of the widget's inside."""
        widget = self.widget(name)
        inside = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
        first, last = (QPoint(int(x * inside.width()), int(y * inside.height())) for x, y in (start, end))
        QTest.mousePress(inside, Qt.MouseButton.LeftButton, NO_KEYS, first)
        QTest.mouseMove(inside, (first + last) / 2)
        QTest.mouseMove(inside, last)
        QTest.mouseRelease(inside, Qt.MouseButton.LeftButton, NO_KEYS, last)

    def type_into(self, name: str, text: str) -> None:
        """Click into a field, replace what stands there by typing."""
        widget = self.widget(name)
        self.click(name)
        QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(widget, text)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Press a key wherever the focus is."""
        target = QApplication.focusWidget() or self.widget("mainWindow")
        QTest.keyClick(target, key, modifiers)

    def choose(self, text: str) -> None:
        """Click an entry of the menu that is open."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(action for action in menu.actions() if action.text() == text)
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, NO_KEYS, menu.actionGeometry(action).center())

    def _look(self) -> None:
        wait = self._wait
        if wait is None:
            return
        try:
            is_there = wait.until()
        except Exception as problem:
            self._end(problem)
            return
        if is_there:
            self._wait = None
            QTimer.singleShot(0, self, self._advance)
        elif time.monotonic() - self._since_s > wait.limit_s:
            if wait.is_soft:
                self._wait = None
                QTimer.singleShot(0, self, self._advance)
            else:
                self._give_up(wait)

    def _give_up(self, wait: Wait) -> None:
        self._save("stuck")
        happened = f"The tour stopped at “{self._step}”: waited {wait.limit_s:.0f} s for {wait.what}."
        self._end(StuckError(happened, do=f"The last picture in {self._out} shows where."))

    def _advance(self) -> None:
        assert self._steps is not None
        try:
            self._wait = next(self._steps)
        except StopIteration:
            self._end(None)
        except Exception as problem:
            self._end(problem)
        else:
            self._since_s = time.monotonic()
            QTimer.singleShot(0, self, self._look)

    def _end(self, problem: Exception | None) -> None:
        self._wait = None
        self._beat.stop()
        self.problem = problem
        self.finished.emit()
