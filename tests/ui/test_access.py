"""Everything can be reached, named and pressed with the keyboard; nothing heavy loads before the window."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QListView, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Desk
from workbench.ui import theme
from workbench.ui.keymap import entries

INTERACTIVE = (QAbstractButton, QLineEdit, QPlainTextEdit, QListView)
HEAVY = ("sqlalchemy", "av", "pymupdf", "numpy", "httpx", "pydantic", "cryptography", "PIL", "fastapi")


def interactive(desk: Desk) -> list[QWidget]:
    return [
        widget
        for kind in INTERACTIVE
        for widget in desk.window.findChildren(kind)
        if widget.isVisible() and not widget.objectName().startswith("qt_") and widget.focusPolicy()
    ]


def show_everything(desk: Desk) -> None:
    desk.open(0)
    desk.press("F")
    desk.window.header.chip.click()


def test_that_every_control_has_a_name_for_people_and_for_scripts(desk: Desk) -> None:
    show_everything(desk)
    assert [widget for widget in interactive(desk) if not widget.objectName()] == []
    assert [widget.objectName() for widget in interactive(desk) if not widget.accessibleName()] == []


def test_that_every_button_is_at_least_24_px_high_and_wide(desk: Desk) -> None:
    show_everything(desk)
    buttons = [widget for widget in interactive(desk) if isinstance(widget, QAbstractButton)]
    small = [widget.objectName() for widget in buttons if min(widget.width(), widget.height()) < theme.TARGET_PX]
    assert small == []


def test_that_tab_reaches_every_control(desk: Desk) -> None:
    desk.open(0)
    wanted = {widget for widget in interactive(desk) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus}
    reached: set[QWidget] = set()
    widget: QWidget | None = desk.window
    for _ in range(2000):
        widget = widget.nextInFocusChain() if widget is not None else None
        if widget is None or widget is desk.window:
            break
        reached.add(widget)
    assert [each.objectName() for each in wanted - reached if each.isEnabled()] == []


def test_that_a_ring_stands_around_what_the_keyboard_has_focused(desk: Desk, qtbot: QtBot) -> None:
    desk.open(0)
    handle = desk.window.windowHandle()
    QTest.keyClick(handle, Qt.Key.Key_Tab)
    target = desk.find("level_A_2")
    target.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(desk.window.ring.isVisible, timeout=5000)
    box = QRect(target.mapTo(desk.window, QPoint(0, 0)), target.size())
    assert desk.window.ring.geometry() == box.adjusted(-4, -4, 4, 4)
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not desk.window.ring.isVisible()


def test_that_arrows_move_the_focus_among_levels_without_choosing(desk: Desk) -> None:
    desk.open(0)
    desk.find("level_A_1").setFocus()
    QTest.keyClick(desk.find("level_A_1"), Qt.Key.Key_Down)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "level_A_2"
    card = desk.score.rubric.current
    assert card is not None
    assert not any(choice.isChecked() for choice in card.levels)
    QTest.keyClick(focused, Qt.Key.Key_Space)
    assert [choice.isChecked() for choice in card.levels] == [False, True, False]


def test_that_no_key_is_taken_twice() -> None:
    keys = [key for entry in entries() for key in entry.keys]
    assert len(keys) == len(set(keys))


def test_that_single_letters_can_be_switched_off(desk: Desk) -> None:
    desk.open(0)
    desk.window.keymap.set_letters_on(False)
    desk.press("3")
    desk.press("J")
    card = desk.score.rubric.current
    assert card is not None
    assert (card.letter, any(choice.isChecked() for choice in card.levels)) == ("A", False)


@pytest.mark.parametrize(
    ("width", "rail", "panel", "rubric"),
    [(1366, True, False, True), (1000, True, False, True), (700, False, False, False)],
)
def test_that_each_width_has_its_panes(desk: Desk, width: int, rail: bool, panel: bool, rubric: bool) -> None:
    desk.open(0)
    desk.window.resize(width, 689)
    room = desk.window.workspace
    shown = (room.rail.isVisible(), room.queue.isVisible(), desk.score.rubric.isVisible())
    assert shown == (rail, panel, rubric)
    assert desk.score.bar.isVisible() == (not rubric)
    desk.press(Qt.Key.Key_F6)
    assert desk.score.rubric.isVisible()


def test_that_the_window_loads_nothing_heavy() -> None:
    code = f"import sys, workbench.app, workbench.ui.score_view; print([m for m in {HEAVY} if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert said.stdout.strip() == "[]"
