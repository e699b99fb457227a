"""A programme signs a device out while its window is open; the person comes back without losing anything."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.sync.programme import ASSESSOR, write_programme
from workbench.app import Desktop, Invitation
from workbench.demo.hub_process import HubProcess
from workbench.hub import setup


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A hub's folder with one assignment."""
    folder = tmp_path / "hub"
    setup.init(folder)
    setup.import_programme(folder, write_programme(tmp_path / "programme", {"s-1": [b"A reflection\n"]}))
    setup.assign(folder, ASSESSOR, "s-1")
    return folder


@pytest.fixture
def desktop(folder: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Desktop]:
    """A window that has signed in and fetched its work, its hub beside it."""
    with HubProcess(folder) as hub:
        invitation = Invitation(address=hub.address, code=setup.invite(folder, ASSESSOR))
        made = Desktop(tmp_path / "profile", invitation=invitation)
        made.start()
        try:
            enter(made, qtbot)
            yield made
        finally:
            made.close()


def enter(made: Desktop, qtbot: QtBot) -> None:
    press(made, "signInButton")
    qtbot.waitUntil(lambda: any(each.isEnabled() for each in shown(made, "passphraseField")), timeout=15_000)
    for field in ("passphraseField", "passphraseAgainField"):
        QTest.keyClicks(shown(made, field)[0], "a long evening")
    press(made, "protectButton")
    qtbot.waitUntil(lambda: made.window.workspace.queue.model.rowCount() == 1, timeout=20_000)


def shown(desktop: Desktop, name: str) -> list[QWidget]:
    return [widget for widget in desktop.window.findChildren(QWidget, name) if widget.isVisible()]


def press(desktop: Desktop, name: str) -> None:
    QTest.mouseClick(shown(desktop, name)[0], Qt.MouseButton.LeftButton)


def test_that_a_signed_out_person_signs_in_again_with_a_new_code_and_goes_on(
    folder: Path, desktop: Desktop, qtbot: QtBot
) -> None:
    chip = desktop.window.header.chip
    setup.sign_out(folder, ASSESSOR)
    press(desktop, "syncChip")
    press(desktop, "syncNowButton")
    qtbot.waitUntil(lambda: bool(shown(desktop, "againCode")), timeout=15_000)
    assert chip.text().startswith("Signed out")
    QTest.keyClicks(shown(desktop, "againCode")[0], "NOT-A-CODE")
    press(desktop, "signInAgainButton")
    qtbot.waitUntil(lambda: bool(shown(desktop, "signInAgainProblem")), timeout=15_000)
    problem = shown(desktop, "signInAgainProblem")[0]
    assert isinstance(problem, QLabel)
    assert "Nothing was changed on this laptop." in problem.text()
    field = shown(desktop, "againCode")[0]
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, setup.invite(folder, ASSESSOR))
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: chip.text().startswith("Online"), timeout=15_000)
    assert not shown(desktop, "againCode")
