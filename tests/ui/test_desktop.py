"""The app as it starts and ends: pages before the work, one window per account, offline as a normal state."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import sample
from workbench.app import Desktop, Invitation
from workbench.model.citation import Citation, Stance
from workbench.model.ids import AssignmentId
from workbench.queries.score import score
from workbench.queries.views import ScoreView
from workbench.settings import Settings, load_settings, save_settings
from workbench.ui.citation_chip import CitationChip
from workbench.ui.first_window import raise_first_window

Start = Callable[..., Desktop]


@pytest.fixture
def start(qtbot: QtBot, qapp: object) -> Iterator[Start]:
    """Starts desktops and closes them at the end."""
    made: list[Desktop] = []

    def start_one(profile: Path, **options: object) -> Desktop:
        made.append(Desktop(profile, **options))  # type: ignore[arg-type]
        made[-1].start()
        return made[-1]

    yield start_one
    for desktop in made:
        desktop.close()


def find(desktop: Desktop, name: str) -> QWidget:
    found = [widget for widget in desktop.window.findChildren(QWidget, name) if widget.isVisible()]
    assert found, f"{name} is not on screen"
    return found[0]


def is_shown(desktop: Desktop, name: str) -> bool:
    return any(widget.isVisible() for widget in desktop.window.findChildren(QWidget, name))


def press(desktop: Desktop, name: str) -> None:
    QTest.mouseClick(find(desktop, name), Qt.MouseButton.LeftButton)


def test_that_the_first_start_offers_sign_in_and_the_demo(start: Start, tmp_path: Path, qtbot: QtBot) -> None:
    asked: list[bool] = []
    desktop = start(tmp_path / "profile", start_demo=lambda: asked.append(True))
    assert isinstance(find(desktop, "signInAddress"), QLineEdit)
    assert not is_shown(desktop, "syncChip")
    press(desktop, "demoChoiceButton")
    assert asked == [True]


def test_that_an_unreachable_programme_is_told_on_the_page_and_can_be_tried_again(
    start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    invitation = Invitation(address="http://127.0.0.1:9", code="not-a-code", passphrase="demo")
    desktop = start(tmp_path / "profile", invitation=invitation)
    press(desktop, "signInButton")
    qtbot.waitUntil(lambda: is_shown(desktop, "firstRunPageProblem"), timeout=15_000)
    problem = find(desktop, "firstRunPageProblem")
    assert isinstance(problem, QLabel)
    assert "Nothing was changed on this laptop." in problem.text()
    assert find(desktop, "signInButton").isEnabled()


def test_that_a_wrong_passphrase_is_told_and_the_right_one_opens_the_queue(
    start: Start, profile: Path, qtbot: QtBot
) -> None:
    desktop = start(profile)
    qtbot.waitUntil(lambda: is_shown(desktop, "unlockPassphrase"), timeout=10_000)
    QTest.keyClicks(find(desktop, "unlockPassphrase"), "wrong")
    press(desktop, "unlockButton")
    qtbot.waitUntil(lambda: is_shown(desktop, "unlockPageProblem"), timeout=10_000)
    field = find(desktop, "unlockPassphrase")
    QTest.keyClicks(field, sample.PASSPHRASE)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: is_shown(desktop, "queueList"), timeout=15_000)


def test_that_offline_is_said_calmly_and_scoring_goes_on(start: Start, profile: Path, qtbot: QtBot) -> None:
    desktop = start(profile, passphrase=sample.PASSPHRASE)
    chip = desktop.window.header.chip
    qtbot.waitUntil(lambda: chip.text().startswith("Offline"), timeout=20_000)
    assert not is_shown(desktop, "banner")
    qtbot.waitUntil(lambda: is_shown(desktop, "queueList"), timeout=10_000)
    press(desktop, "syncChip")
    assert is_shown(desktop, "syncPopover")


def test_that_a_second_start_raises_the_first_window(start: Start, profile: Path, qtbot: QtBot) -> None:
    desktop = start(profile, passphrase=sample.PASSPHRASE)
    qtbot.waitUntil(lambda: desktop.account is not None, timeout=15_000)
    assert desktop.account is not None
    first = desktop._first
    assert first is not None
    code = f"from workbench.ui.first_window import raise_first_window as r; exit(not r({desktop.account.ref.id!r}))"
    with qtbot.waitSignal(first.raised, timeout=15_000):
        second = subprocess.Popen([sys.executable, "-c", code])
    assert second.wait(15) == 0


def citations(desktop: Desktop) -> tuple[Citation, ...]:
    assert desktop.account is not None
    view: ScoreView = desktop.account.store.read(score, AssignmentId("assignment-0"))
    return view.draft.citations


def test_that_c_cites_what_is_on_the_stage_and_its_chip_changes_stance_leads_back_and_removes_it(
    start: Start, profile: Path, qtbot: QtBot
) -> None:
    desktop = start(profile, passphrase=sample.PASSPHRASE)
    qtbot.waitUntil(lambda: is_shown(desktop, "queueList"), timeout=15_000)
    desktop.window.workspace.open(AssignmentId("assignment-0"))
    qtbot.waitUntil(lambda: is_shown(desktop, "evidenceCard_2"), timeout=10_000)
    press(desktop, "evidenceCard_2")
    qtbot.waitUntil(lambda: is_shown(desktop, "textBody"), timeout=15_000)
    stage = desktop.window.workspace.need_score_view().stage
    qtbot.waitUntil(lambda: stage.citation_place() is not None, timeout=15_000)
    QTest.keyClicks(desktop.window, "C")
    qtbot.waitUntil(lambda: is_shown(desktop, "citation_A_1"), timeout=5000)
    assert [(cited.evidence_id, cited.stance) for cited in citations(desktop)] == [("text-0", Stance.SUPPORTS)]
    chip = find(desktop, "citation_A_1")
    assert isinstance(chip, CitationChip)
    QTest.keyClick(chip, Qt.Key.Key_Minus)
    qtbot.waitUntil(lambda: citations(desktop)[0].stance is Stance.CONTRADICTS, timeout=5000)
    press(desktop, "evidenceCard_1")
    qtbot.waitUntil(lambda: "Contradicts" in find(desktop, "citation_A_1").accessibleName(), timeout=5000)
    QTest.keyClick(find(desktop, "citation_A_1"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stage.current_evidence_id() == "text-0", timeout=5000)
    QTest.keyClick(find(desktop, "citation_A_1"), Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not citations(desktop), timeout=5000)


def test_that_without_a_first_window_a_start_is_the_first() -> None:
    assert not raise_first_window("nobody has this open")


def test_that_a_bigger_text_keeps_the_account_open_in_a_new_window(start: Start, profile: Path, qtbot: QtBot) -> None:
    desktop = start(profile, passphrase=sample.PASSPHRASE)
    qtbot.waitUntil(lambda: is_shown(desktop, "queueList"), timeout=15_000)
    before = desktop.window
    before.header.settings_changed.emit(Settings(text_percent=200))
    qtbot.waitUntil(lambda: desktop.window is not before and is_shown(desktop, "queueList"), timeout=10_000)
    assert load_settings(profile).text_percent == 200


def test_that_settings_that_cannot_be_read_are_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"text_percent": "big", "theme": "dark", "window": [1, 2], "x": 1}')
    assert load_settings(tmp_path) == Settings(theme="dark", window=(320, 320))
    (tmp_path / "settings.json").write_text("{")
    assert load_settings(tmp_path) == Settings()
    save_settings(tmp_path, Settings(text_percent=150))
    assert load_settings(tmp_path) == Settings(text_percent=150)
