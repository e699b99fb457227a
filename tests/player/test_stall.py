from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from workbench.player.stall import StallWatch


def test_that_an_idle_player_is_given_up_and_one_that_was_stopped_is_not(qtbot: QtBot) -> None:
    parent = QObject()
    idle, stopped = StallWatch(parent), StallWatch(parent)
    given_up: list[str] = []
    idle.stalled.connect(lambda: given_up.append("idle"))
    stopped.stalled.connect(lambda: given_up.append("stopped"))
    stopped.begin()
    stopped.stop()
    with qtbot.waitSignal(idle.stalled, timeout=20_000):
        idle.begin()
    assert given_up == ["idle"]
