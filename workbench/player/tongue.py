"""What the playback process says to the window. Every event carries the number of the opened file."""

import threading
import time
from multiprocessing.connection import Connection

from workbench.decoding import inside
from workbench.errors import EvidenceError

_ALIVE_EVERY_S = 0.25


class Tongue:
    """Speaks about the file opened last. Safe from several threads."""

    def __init__(self, answers: Connection) -> None:
        self._answers = answers
        self._alive_said_s = 0.0
        self._lock = threading.Lock()
        self.opening = 0

    def say(self, event: str, **fields: object) -> None:
        """Send one event."""
        with self._lock:
            inside.say(self._answers, event=event, opening=self.opening, **fields)

    def refuse(self, refusal: EvidenceError) -> None:
        """Say why the file cannot be played."""
        self.say("failed", sentence=refusal.happened)

    def alive(self) -> None:
        """Say, not too often, that work goes on."""
        now_s = time.monotonic()
        if now_s - self._alive_said_s >= _ALIVE_EVERY_S:
            self._alive_said_s = now_s
            self.say("alive")
