"""The real app in a process of its own: looks at every file of one submission, cites each, and goes on or ends.

`python -m tests.whole.evidence_loop PROFILE PICTURES stay|end`, passphrase on standard input. Prints one JSON line
for each file that was seen and cited; with `stay` the recording plays on until somebody kills the process.
"""

import json
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView

from workbench.app import Desktop
from workbench.demo.driver import Driver, Steps, Wait
from workbench.demo.tour_look import LookAround
from workbench.demo.tour_scoring import CITE_BUTTONS
from workbench.model.submission import EvidenceKind

NOTE = "zebra-note-4410 asks and waits"
KINDS = (EvidenceKind.PDF, EvidenceKind.IMAGE, EvidenceKind.TEXT, EvidenceKind.VIDEO)
PATIENCE_S = 40.0


def say(**what: object) -> None:
    """One line for whoever watches."""
    print(json.dumps(what), flush=True)


class Round:
    """A person who looks at everything: plays, seeks, pages, zooms, reads, cites, and writes a note."""

    def __init__(self, driver: Driver, *, stays: bool) -> None:
        self._driver = driver
        self._look = LookAround(driver)
        self._stays = stays

    def steps(self) -> Steps:
        """Every file once."""
        drive = self._driver
        yield Wait(what="the queue", until=lambda: self._queue_length() > 0, limit_s=PATIENCE_S)
        self._open_first()
        yield Wait(what="a rubric", until=lambda: drive.is_on("level_A_1"), limit_s=PATIENCE_S)
        drive.press(Qt.Key.Key_1)
        yield Wait(what="the level", until=lambda: drive.is_checked("level_A_1"))
        for number, kind in enumerate(KINDS, 1):
            yield from self._see(number, kind)
        yield from self._write_note()
        if self._stays:
            drive.press(Qt.Key.Key_F8)
            yield Wait(what="the recording to play", until=lambda: drive.text("positionLabel") != "00:00")
            say(said="stays")
            yield Wait(what="the kill", until=lambda: False, limit_s=600)

    def _see(self, number: int, kind: EvidenceKind) -> Steps:
        drive = self._driver
        drive.begin_step(f"See {kind.value}")
        drive.click_card(number)
        settled = partial(self._is_settled, number, CITE_BUTTONS[kind])
        yield Wait(what=f"the {kind.value}", until=settled, limit_s=PATIENCE_S)
        yield from self._look.look_at(kind)
        drive.press(Qt.Key.Key_C)
        chip = f"citation_A_{number}"
        yield Wait(what="the citation", until=lambda: drive.seen(chip) is not None)
        say(said="cited", kind=kind.value, words=drive.text(chip))

    def _is_settled(self, number: int, button: str) -> bool:
        return self._driver.is_checked(f"evidenceCard_{number}") and self._driver.is_on(button)

    def _write_note(self) -> Steps:
        drive = self._driver
        drive.click("note_A")
        QTest.keyClicks(drive.widget("note_A"), NOTE)
        drive.press(Qt.Key.Key_Return)
        yield Wait(what="the note to be kept", until=lambda: not drive.widget("note_A").hasFocus())

    def _queue_length(self) -> int:
        rows = self._driver.seen("queueList")
        return rows.model().rowCount() if isinstance(rows, QListView) else 0

    def _open_first(self) -> None:
        rows = self._driver.widget("queueList")
        assert isinstance(rows, QListView)
        place: QPoint = rows.visualRect(rows.model().index(0, 0)).center()
        self._driver.click_inside(rows.viewport(), place)


def main() -> int:
    """Exit code 0 when everything was seen and the window closed."""
    app = QApplication([])
    profile, pictures = Path(sys.argv[1]), Path(sys.argv[2])
    desktop = Desktop(profile, passphrase=sys.stdin.readline().rstrip("\n"))
    driver = Driver(pictures)
    driver.finished.connect(desktop.close)
    desktop.start()
    desktop.window.resize(1366, 768)
    desktop.window.activateWindow()
    driver.run(Round(driver, stays=sys.argv[3] == "stay").steps())
    app.exec()
    if driver.problem is not None:
        print(driver.problem, file=sys.stderr)
    return int(driver.problem is not None)


if __name__ == "__main__":
    sys.exit(main())
