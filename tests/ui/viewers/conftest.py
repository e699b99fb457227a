"""The real stage on a real store, with a decode worker and a player that run already."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.store import keyrings, world
from tests.ui.viewers import evidence_files, pdf_reading
from workbench.media.client import MediaWorkers
from workbench.media.jobs import ReadText
from workbench.model.citation import Citation, Place, Stance
from workbench.model.ids import CitationId, CriterionId, EvidenceHash, new_id
from workbench.player.client import Player
from workbench.queries.evidence import open_evidence
from workbench.queries.score import score
from workbench.queries.views import ScoreView
from workbench.store import platform_rows
from workbench.store.account import Account, KeyringProtection
from workbench.tasks import Tasks
from workbench.ui.viewers.stage import EvidenceStage
from workbench.ui.viewers.viewer import Viewer

PATIENCE_MS = 20_000
W = TypeVar("W", bound=QWidget)


class Parts:
    """What outlives a test: store, bridge, worker and player."""

    def __init__(self, folder: Path, account: Account) -> None:
        self.folder = folder
        self.account = account
        self.workers = MediaWorkers(1)
        self.tasks = Tasks()
        self.tasks.attach(account.store, self.workers)
        self.player = Player()

    def warm(self, app: QCoreApplication) -> None:
        """Start the child processes, so that no test is taken for one that leaves them behind."""
        words = self.account.store.read(open_evidence, evidence_files.evidence_id("reflection.md"))
        self.workers.submit(ReadText(), words).result()
        words.close()
        frames: list[QImage] = []
        self.player.frame_arrived.connect(frames.append)
        lesson = self.account.store.read(open_evidence, evidence_files.evidence_id("lesson.mp4"))
        self.player.open(lesson)
        lesson.close()
        deadline_s = time.monotonic() + PATIENCE_MS / 1000
        while not frames and time.monotonic() < deadline_s:
            app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        self.player.frame_arrived.disconnect(frames.append)

    def close(self) -> None:
        """End everything."""
        self.player.close()
        self.workers.close()
        assert self.tasks.close()


class Viewing:
    """A stage with the submission open."""

    def __init__(self, qtbot: QtBot, parts: Parts, player: Player | None = None) -> None:
        self.qtbot = qtbot
        self.parts = parts
        self.stage = EvidenceStage(parts.tasks, player_factory=lambda: player or parts.player)
        qtbot.addWidget(self.stage)
        self.stage.resize(910, 647)
        self.stage.show()
        self.stage.show_submission(self.view())

    def view(self) -> ScoreView:
        """The submission as the store has it now."""
        return self.parts.account.store.read(score, evidence_files.ASSIGNMENT)

    def until(self, condition: Callable[[], bool]) -> None:
        """Let the window live until it is so."""
        self.qtbot.waitUntil(condition, timeout=PATIENCE_MS)

    def open(self, name: str, kind: type[W]) -> W:
        """Look at a file and wait until it can be moved in; returns its viewer."""
        self.stage.show_evidence(evidence_files.evidence_id(name))
        self.until(lambda: self.shown().is_ready)
        viewer = self.shown()
        assert isinstance(viewer, kind)
        return viewer

    def shown(self) -> Viewer:
        """The viewer on screen."""
        for viewer in self.stage.findChildren(Viewer):
            if viewer.isVisible():
                assert isinstance(viewer, Viewer)
                return viewer
        raise AssertionError("no viewer is on screen")

    def find(self, name: str, kind: type[W] = QWidget) -> W:  # type: ignore[assignment]
        """The widget of that name that is on screen."""
        found = [widget for widget in self.stage.findChildren(kind, name) if widget.isVisible()]
        assert found, f"{name} is not on screen"
        return found[0]

    def click(self, name: str) -> None:
        """Press a button."""
        QTest.mouseClick(self.find(name), Qt.MouseButton.LeftButton)

    def drag(self, surface: QWidget, start: QPoint, end: QPoint) -> None:
        """Draw with the left button."""
        QTest.mousePress(surface, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(surface, (start + end) / 2)
        QTest.mouseRelease(surface, Qt.MouseButton.LeftButton, pos=end)

    def cited(self, place: Place, name: str, stance: Stance = Stance.SUPPORTS) -> Citation:
        """A citation of a place in a file."""
        return Citation(
            id=CitationId(new_id()),
            criterion_id=CriterionId("questions"),
            evidence_id=evidence_files.evidence_id(name),
            sha256=EvidenceHash("0" * 64),
            stance=stance,
            place=place,
        )


@pytest.fixture(scope="package")
def parts(qapp: QCoreApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    """Store, worker and player for all tests of the viewers."""
    folder = tmp_path_factory.mktemp("evidence")
    evidence_files.make_files(folder)
    with keyrings.in_use(keyrings.DesktopKeyring()):
        account = world.new_account(tmp_path_factory.mktemp("profile"), world.Watch(), KeyringProtection())
        account.store.write(platform_rows.apply_changes, world.programme(1))
        evidence_files.furnish(account, folder)
        made = Parts(folder, account)
        made.warm(qapp)
        yield made
        made.close()
        account.close()


@pytest.fixture
def viewing(qtbot: QtBot, parts: Parts) -> Iterator[Viewing]:
    """A stage with the submission open."""
    viewing = Viewing(qtbot, parts)
    yield viewing
    viewing.stage.clear()


@pytest.fixture(scope="package")
def pdfs(parts: Parts, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A submission of PDFs in the store of all tests."""
    pdf_reading.furnish(parts.account, tmp_path_factory.mktemp("pdfs"))


@pytest.fixture
def reading(qtbot: QtBot, parts: Parts, pdfs: None) -> Iterator[pdf_reading.Reading]:
    """A viewer of PDFs in a window of its own."""
    made = pdf_reading.Reading(qtbot, parts.account, parts.tasks)
    yield made
    made.close()
