"""A player and what it said, and small recordings to play."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop, QObject
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tests.media.making import make_clip
from workbench.player.client import Player
from workbench.sealed.reader import PlainFile, SealedFile

PATIENCE_MS = 20_000


class Listener:
    """Keeps everything that a player says."""

    def __init__(self, player: Player, qtbot: QtBot) -> None:
        self.player = player
        self._qtbot = qtbot
        self.frames: list[QImage] = []
        self.positions: list[int] = []
        self.durations: list[int] = []
        self.playing: list[bool] = []
        self.reasons: list[str] = []
        self.ends = 0
        self._connections = [
            player.frame_arrived.connect(self.frames.append),
            player.position_changed.connect(self.positions.append),
            player.duration_changed.connect(self.durations.append),
            player.playing_changed.connect(self.playing.append),
            player.failed.connect(self.reasons.append),
            player.ended.connect(self._on_ended),
        ]

    def until(self, condition: Callable[[], bool]) -> None:
        """Let the window live until it is so."""
        self._qtbot.waitUntil(condition, timeout=PATIENCE_MS)

    def open(self, path: Path, *, pictures: bool = True) -> None:
        """Open a file and wait until it stands at its beginning."""
        source = PlainFile(os.open(path, os.O_RDONLY))
        self.open_source(source, pictures=pictures)
        source.close()

    def open_source(self, source: PlainFile | SealedFile, *, pictures: bool = True) -> None:
        """Open a source and wait until it stands at its beginning."""
        frames, places = len(self.frames), len(self.positions)
        self.player.open(source)
        self.until(lambda: len(self.positions) > places and len(self.frames) >= frames + pictures)

    def refused(self, path: Path) -> str:
        """Open a file that cannot be played; returns the reason."""
        reasons = len(self.reasons)
        source = PlainFile(os.open(path, os.O_RDONLY))
        self.player.open(source)
        source.close()
        self.until(lambda: len(self.reasons) > reasons)
        return self.reasons[-1]

    def after(self, act: Callable[[], None]) -> tuple[QImage, int]:
        """Act on a standing recording; returns the frame and the place that follow."""
        frames, places = len(self.frames), len(self.positions)
        act()
        self.until(lambda: len(self.frames) > frames and len(self.positions) > places)
        return self.frames[-1], self.positions[-1]

    def leave(self) -> None:
        """Let the file go and listen no more."""
        self.player.close_file()
        for connection in self._connections:
            QObject.disconnect(connection)

    def _on_ended(self) -> None:
        self.ends += 1


@pytest.fixture(scope="package")
def shared_player(qapp: QCoreApplication, clip: Path) -> Iterator[Player]:
    """One player for all tests that treat it well; its process runs already."""
    player = Player()
    source = PlainFile(os.open(clip, os.O_RDONLY))
    player.open(source)
    source.close()
    arrived: list[QImage] = []
    player.frame_arrived.connect(arrived.append)
    deadline_s = time.monotonic() + PATIENCE_MS / 1000
    while not arrived and time.monotonic() < deadline_s:
        qapp.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
    player.frame_arrived.disconnect(arrived.append)
    yield player
    player.close()


@pytest.fixture
def listener(shared_player: Player, qtbot: QtBot) -> Iterator[Listener]:
    """A player with its listener."""
    shared_player.set_rate(1.0)
    shared_player.set_view_size(1280, 720)
    listener = Listener(shared_player, qtbot)
    yield listener
    listener.leave()


@pytest.fixture
def own_listener(qtbot: QtBot) -> Iterator[Listener]:
    """A player of this test's own, which it may mistreat."""
    player = Player()
    yield Listener(player, qtbot)
    player.close()


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds, a frame every 40 ms, with sound; each frame a little lighter than the last."""
    return make_clip(tmp_path_factory.mktemp("player") / "clip.mp4")
