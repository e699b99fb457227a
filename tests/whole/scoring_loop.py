"""The real app in a process of its own: scores, finalizes and sends by keys until its time is up or it is killed.

`python -m tests.whole.scoring_loop PROFILE SECONDS`, passphrase on standard input. Prints one JSON line for each
thing that the person has seen on screen: what is printed must survive.
"""

import json
import sys
import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QPlainTextEdit

from workbench.app import Desktop
from workbench.demo.driver import Driver, Steps, Wait

LETTERS = "AB"
NOTE = "Waits three seconds after each question"


def say(**what: object) -> None:
    """One line for whoever watches, with the time that a kill is compared with."""
    print(json.dumps({**what, "at_s": time.monotonic()}), flush=True)


class Loop:
    """A person in a hurry. The first submission is only begun: its draft must stay."""

    def __init__(self, driver: Driver, seconds: float) -> None:
        self._driver = driver
        self._seconds = seconds
        self._begun = ""

    def steps(self) -> Steps:
        """Begin one submission, then score and finalize others until the time is up."""
        drive = self._driver
        yield Wait(what="the queue", until=lambda: self._queue_length() > 0)
        self._open_first()
        yield Wait(what="a rubric", until=lambda: drive.is_on("level_A_1"))
        yield from self._begin()
        until_s = time.monotonic() + self._seconds
        say(said="begun")
        while time.monotonic() < until_s:
            yield from self._next()
            yield from self._score()
            yield from self._finalize()
        say(said="through")

    def _begin(self) -> Steps:
        drive = self._driver
        drive.press(Qt.Key.Key_1)
        yield Wait(what="the level", until=lambda: drive.is_checked("level_A_1"))
        drive.click("note_A")
        QTest.keyClicks(drive.widget("note_A"), NOTE)
        drive.press(Qt.Key.Key_Return)
        yield Wait(what="the note to be kept", until=lambda: not drive.widget("note_A").hasFocus())
        note = drive.widget("note_A")
        assert isinstance(note, QPlainTextEdit)
        self._begun = self._who()
        say(said="draft", submission=self._begun, level=1, note=note.toPlainText())

    def _next(self) -> Steps:
        drive, before = self._driver, self._who()
        drive.press(Qt.Key.Key_N)
        yield Wait(
            what="the next submission",
            until=lambda: self._who() not in ("", before) and drive.is_on("finalizeButton"),
        )
        if self._who() == self._begun:
            yield from self._next()

    def _score(self) -> Steps:
        drive = self._driver
        for letter in LETTERS:
            level = f"level_{letter}_2"
            yield Wait(what="the criterion", until=partial(drive.is_on, level))
            drive.press(Qt.Key.Key_2)
            yield Wait(what="the level", until=partial(drive.is_checked, level))
            if letter != LETTERS[-1]:
                drive.press(Qt.Key.Key_J)

    def _finalize(self) -> Steps:
        drive, who = self._driver, self._who()
        drive.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        yield Wait(what="the decision to be final", until=lambda: drive.is_on("nextButton"))
        say(said="finalized", submission=who)

    def _who(self) -> str:
        return self._driver.text("submissionMeta").split(" · ")[0]

    def _queue_length(self) -> int:
        rows = self._driver.seen("queueList")
        return rows.model().rowCount() if isinstance(rows, QListView) else 0

    def _open_first(self) -> None:
        rows = self._driver.widget("queueList")
        assert isinstance(rows, QListView)
        place: QPoint = rows.visualRect(rows.model().index(0, 0)).center()
        self._driver.click_inside(rows.viewport(), place)


def main() -> int:
    """Exit code 0 when the loop went through and the window closed."""
    app = QApplication([])
    profile, seconds = Path(sys.argv[1]), float(sys.argv[2])
    desktop = Desktop(profile, passphrase=sys.stdin.readline().rstrip("\n"))
    driver = Driver(profile)
    driver.finished.connect(desktop.close)
    desktop.start()
    desktop.window.activateWindow()
    driver.run(Loop(driver, seconds).steps())
    app.exec()
    if driver.problem is not None:
        print(driver.problem, file=sys.stderr)
    return int(driver.problem is not None)


if __name__ == "__main__":
    sys.exit(main())
