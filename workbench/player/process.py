"""Entry of the playback process: confines itself, then serves the window's commands until the pipe closes.

Windowless: it needs no display and no sound device. A command is a tuple whose first item is its name.
"""

import os
import threading
from collections import deque
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any

from workbench.decoding import inside
from workbench.decoding.pixels import take

MEMORY_LIMIT = 4 * 1024**3
DESCRIPTOR_LIMIT = 256
# Loaded before the first file: its opening is watched by a clock.
_AHEAD = ("av", "PIL.Image", "cryptography.hazmat.primitives.ciphers.aead")
_SUPERSEDED_BY = {
    "seek": ("seek", "scrub", "open", "close"),
    "scrub": ("seek", "scrub", "open", "close"),
    "step": ("open", "close"),
    "view": ("view",),
}


def main(commands: Connection, answers: Connection) -> None:
    """Entry of the process."""
    inside.confine(memory_bytes=MEMORY_LIMIT, descriptors=DESCRIPTOR_LIMIT, for_sound=True)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_LOGGING_RULES"] = "qt.multimedia.*=false"
    # Frames go through ordinary memory anyway, and a driver is one thing less that outside bytes can reach.
    os.environ["QT_FFMPEG_DECODING_HW_DEVICE_TYPES"] = ","
    # What Qt takes for a playlist must lead nowhere: neither to another file nor to an address.
    os.environ["QT_FFMPEG_PROTOCOL_WHITELIST"] = "none"
    from PySide6.QtGui import QGuiApplication

    from workbench.player.playback import Playback
    from workbench.player.tongue import Tongue

    for name in _AHEAD:
        import_module(name)
    application = QGuiApplication([])
    inbox = Inbox(commands)
    playback = Playback(Tongue(answers), is_overtaken=inbox.holds)
    _serve(inbox, playback)
    inside.say_ready(answers, event="ready")
    inbox.start()
    application.exec()
    os._exit(0)


class Inbox:
    """Receives commands on a thread of its own, so that a newer seek is known while an older one decodes."""

    def __init__(self, commands: Connection) -> None:
        self._commands = commands
        self._waiting: deque[tuple[Any, ...]] = deque()
        self._thread = threading.Thread(target=self._receive, name="commands", daemon=True)
        self.on_arrival: Any = None

    def start(self) -> None:
        """Begin to receive; `on_arrival` is called from the receiving thread."""
        self._thread.start()

    def next(self) -> tuple[Any, ...] | None:
        """The next command that no later one makes pointless; None when there is none."""
        while self._waiting:
            command = self._waiting.popleft()
            later = _SUPERSEDED_BY.get(command[0], ())
            if not any(other[0] in later for other in list(self._waiting)):
                return command
        return None

    def holds(self, names: tuple[str, ...]) -> bool:
        """Whether a command of one of these names waits."""
        return any(command[0] in names for command in list(self._waiting))

    def _receive(self) -> None:
        while True:
            try:
                command = self._commands.recv()
                if command[0] == "open":
                    command = (*command, inside.receive_source(self._commands))
                elif command[0] == "ring":
                    command = (*command, take(self._commands))
            except (EOFError, OSError):
                os._exit(0)
            self._waiting.append(command)
            self.on_arrival()


def _serve(inbox: Inbox, playback: Any) -> None:
    from PySide6.QtCore import QObject, Qt, Signal

    class _Bell(QObject):
        rang = Signal()

    bell = _Bell(playback)

    def on_rang() -> None:
        while (command := inbox.next()) is not None:
            playback.obey(*command)

    bell.rang.connect(on_rang, Qt.ConnectionType.QueuedConnection)
    inbox.on_arrival = bell.rang.emit
