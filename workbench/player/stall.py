"""Notices that Qt's player should deliver and does not: it says nothing itself when a file's data ends early."""

import time

from PySide6.QtCore import QObject, QTimer, Signal

_TICK_MS = 500
_IDLE_TICKS, _MOST_TICKS = 3, 16
_IDLE_S = 0.02


class StallWatch(QObject):
    """Between `begin` and `stop`. A process that is at work, on a slow or busy computer, is given more time.

    `waited` is emitted while it may still come, `stalled` once when it is given up.
    """

    waited = Signal()
    stalled = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self._idle = self._ticks = 0
        self._worked_s = 0.0

    def begin(self) -> None:
        """Something should come now."""
        self.heard()
        self._worked_s = time.process_time()
        self._timer.start()

    def heard(self) -> None:
        """It came; the next is waited for."""
        self._idle = self._ticks = 0

    def stop(self) -> None:
        """Nothing is expected any more."""
        self._timer.stop()

    def _on_tick(self) -> None:
        worked_s, self._worked_s = time.process_time() - self._worked_s, time.process_time()
        self._ticks += 1
        self._idle = self._idle + 1 if worked_s < _IDLE_S else 0
        if self._idle < _IDLE_TICKS and self._ticks < _MOST_TICKS:
            self.waited.emit()
            return
        self._timer.stop()
        self.stalled.emit()
