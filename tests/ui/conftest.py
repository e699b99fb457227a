"""Real windows on real stores; nothing here stands in for a module of ours."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import sample
from workbench.model.ids import AssignmentId
from workbench.settings import Settings
from workbench.store.account import Account
from workbench.tasks import Tasks
from workbench.ui import theme
from workbench.ui.main_window import MainWindow
from workbench.ui.score_view import ScoreView


class Desk:
    """A window at work on an open account."""

    def __init__(self, qtbot: QtBot, profile: Path) -> None:
        self.qtbot = qtbot
        self.profile = profile
        self.tasks = Tasks()
        self.account: Account | None = None
        self.tasks.on_writer(lambda: sample.open_again(profile), done=self._on_account)
        qtbot.waitUntil(lambda: self.account is not None, timeout=15_000)
        self.window = MainWindow(self.tasks, Settings())
        self.window.show()
        self.window.activateWindow()
        self.window.begin_work()
        self.queue = self.window.workspace.queue
        qtbot.waitUntil(lambda: self.queue.model.rowCount() > 0, timeout=10_000)

    def _on_account(self, account: Account) -> None:
        self.account = account
        self.tasks.attach(account.store, None)

    @property
    def score(self) -> ScoreView:
        """The score view."""
        return self.window.workspace.need_score_view()

    def find(self, name: str) -> QWidget:
        """The widget of that name that is on screen."""
        found = [widget for widget in self.window.findChildren(QWidget, name) if widget.isVisible()]
        assert found, f"{name} is not on screen"
        return found[0]

    def press(self, key: str | Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key in the window."""
        if not self.window.isActiveWindow():
            # Without a window manager nobody gives the focus back when a menu closes.
            self.window.activateWindow()
            self.qtbot.waitUntil(self.window.isActiveWindow, timeout=5000)
        if isinstance(key, str):
            QTest.keyClicks(self.window, key, modifier)
        else:
            QTest.keyClick(self.window, key, modifier)

    def open(self, place: int) -> None:
        """Open that assignment and wait until its rubric is there."""
        wanted = AssignmentId(f"assignment-{place}")
        self.window.workspace.open(wanted)
        self.qtbot.waitUntil(lambda: self.shown() == wanted, timeout=10_000)

    def shown(self) -> str:
        """The assignment whose rubric is on screen."""
        view = self.score._view
        return view.assignment.id if view is not None else ""

    def read(self, query: Callable[..., Any], *args: object) -> Any:
        """Ask the store once everything that was handed to the writer is written."""
        assert self.account is not None
        written: list[object] = []
        self.tasks.on_writer(lambda: None, done=lambda _: written.append(True))
        self.qtbot.waitUntil(lambda: bool(written), timeout=10_000)
        return self.account.store.read(query, *args)

    def close(self) -> None:
        """Close window and account as the app does."""
        self.window.close()
        self.window.workspace.close_evidence()
        account = self.account
        if account is not None:
            self.tasks.on_writer(account.close)
        self.account = None
        assert self.tasks.close(10.0)
        self.window.deleteLater()


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile with an account, to be copied."""
    profile = tmp_path_factory.mktemp("furnished")
    sample.furnish(profile)
    return profile


@pytest.fixture
def profile(furnished: Path, tmp_path: Path) -> Path:
    """A profile of the test's own."""
    return Path(shutil.copytree(furnished, tmp_path / "profile"))


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    """The light theme at 100 % for each test."""
    look = theme.current()
    if look.tokens is not theme.LIGHT or look.text_scale != 1.0 or not qapp.styleSheet():
        theme.apply(qapp, theme.Mode.LIGHT, 1.0)


@pytest.fixture
def open_desk(qtbot: QtBot, profile: Path) -> Iterator[Callable[[], Desk]]:
    """Opens windows at work, one after another."""
    made: list[Desk] = []

    def open_one() -> Desk:
        made.append(Desk(qtbot, profile))
        return made[-1]

    yield open_one
    for desk in made:
        if desk.account is not None:
            desk.close()


@pytest.fixture
def desk(open_desk: Callable[[], Desk]) -> Desk:
    """A window at work."""
    return open_desk()
