"""When the playback process counts as silent. Judges by signs of life alone, and knows no command's meaning."""

import time

from PySide6.QtCore import QObject, QTimer, Signal

LIMIT_MS = 2000


class SilenceWatch(QObject):
    """Watches while an answer is awaited or the recording plays. `hear` may be called from any thread."""

    broken = Signal()
    """Nothing was heard for too long."""

    def __init__(self, start_limit_ms: int, parent: QObject) -> None:
        """`start_limit_ms`: how long the process may take until it is `ready` for the first time."""
        super().__init__(parent)
        self.ready = False
        self._start_limit_ms = start_limit_ms
        self._awaited = 0
        self._heard_at_s = 0.0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._on_timeout)

    def hear(self) -> None:
        """The process gave a sign of life."""
        self._heard_at_s = time.monotonic()

    def expect(self, number: int) -> None:
        """The command of this number must be answered."""
        self._awaited = number
        self._timer.start(LIMIT_MS if self.ready else self._start_limit_ms)

    def go_on(self, *, playing: bool) -> None:
        """Something was heard, more must follow."""
        if self._timer.isActive() or playing:
            self._timer.start(LIMIT_MS)

    def rest(self, done: int, *, playing: bool) -> None:
        """The command of this number was answered (0: none was): stop watching when nothing more must come."""
        if done >= self._awaited:
            self._awaited = 0
        if not self._awaited and not playing:
            self._timer.stop()

    def stop(self) -> None:
        """Nothing is expected any more."""
        self._awaited = 0
        self._timer.stop()

    def _on_timeout(self) -> None:
        unheard_ms = round((time.monotonic() - self._heard_at_s) * 1000)
        if self.ready and unheard_ms < LIMIT_MS:
            # It was the window that was busy, not the process that was silent.
            self._timer.start(LIMIT_MS - unheard_ms)
            return
        self.broken.emit()
