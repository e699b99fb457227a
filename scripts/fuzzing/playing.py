"""Plays broken recordings in the real player, on the window's thread, and feels that thread's pulse meanwhile."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer

from scripts.fuzzing.asking import Ears, open_sealed
from scripts.fuzzing.breaking import Broken
from scripts.fuzzing.tally import CRASHED, DECODED, PLAYER, REFUSED, TIMED_OUT, Incident, Tally
from workbench.player.client import Player

_PATIENCE_S = 60.0
_PLAYS_S = 0.25
_BEAT_MS = 20
_LIBRARY = "FFmpeg (PyAV or Qt)"


class Pulse(QObject):
    """The longest time for which the window's thread did not come round to a timer of 20 ms.

    `own_s` leaves out what the thread waited for a processor: that is the machine's business, not the window's.
    """

    def __init__(self) -> None:
        super().__init__()
        self._last_s = time.monotonic()
        self.gaps_s: list[float] = []
        self.longest_s = 0.0
        self.own_s = 0.0
        self._queued_s = _queued_s()
        self.beats = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_beat)
        self._timer.start(_BEAT_MS)

    def _on_beat(self) -> None:
        now_s = time.monotonic()
        gap_s, self._last_s = now_s - self._last_s, now_s
        self.beats += 1
        queued_s, self._queued_s = self._queued_s, _queued_s()
        self.longest_s = max(self.longest_s, gap_s)
        self.own_s = max(self.own_s, gap_s - (self._queued_s - queued_s))
        if gap_s > 0.1:
            self.gaps_s.append(round(gap_s, 3))


def _queued_s() -> float:
    """For how long this thread was ready to run and got no processor, since it began; 0 where nobody counts it."""
    try:
        return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e9
    except (OSError, IndexError):
        return 0.0


class Projector(QObject):
    """Shows one recording after the other: opens, seeks, steps both ways, plays a little, lets go."""

    def __init__(self, tally: Tally, ears: Ears) -> None:
        super().__init__()
        self._tally = tally
        self._ears = ears
        self._places: list[int] = []
        self._frames = 0
        self._ended = False
        self._sentence = ""
        self.player = Player(self)
        self.player.set_view_size(640, 360)
        self.player.set_muted(True)
        self.player.position_changed.connect(self._places.append)
        self.player.frame_arrived.connect(self._on_frame)
        self.player.ended.connect(self._on_end)
        self.player.failed.connect(self._on_failure)
        self.player.prepare()

    def show(self, file: Broken, path: Path) -> None:
        """Put a recording through the player and count what came of it."""
        self._places.clear()
        self._frames, self._ended, self._sentence = 0, False, ""
        source = open_sealed(path)
        self.player.open(source)
        source.close()
        acts = {"open": self._see_first, "seek and step": self._seek_and_step, "play": self._play}
        gave_up_at = next((name for name, act in acts.items() if not act()), "")
        self._tally.count(PLAYER, file, self._outcome(file, gave_up_at))
        self.player.close_file()

    def breathe(self) -> None:
        """Let the window's thread live for a moment."""
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, _BEAT_MS)
        threading.Event().wait(0.002)

    def _see_first(self) -> bool:
        return self._until(lambda: bool(self._places))

    def _seek_and_step(self) -> bool:
        self.player.seek(self.player.duration_ms // 2)
        for frames in (1, 1, -1):
            self.player.step(frames)
        places = len(self._places)
        if not self._until(lambda: len(self._places) > places):
            return False
        self.player.seek(0)
        return self._until(lambda: self._places[-1] == 0)

    def _play(self) -> bool:
        self.player.play()
        until_s = time.monotonic() + _PLAYS_S
        self._until(lambda: self._ended or time.monotonic() > until_s)
        return not self._sentence

    def _until(self, condition: Callable[[], bool]) -> bool:
        """Wait for it; False when the file was given up before."""
        until_s = time.monotonic() + _PATIENCE_S
        while not self._sentence and not condition():
            if time.monotonic() > until_s:
                self._sentence = "The player never answered."
            self.breathe()
        return not self._sentence

    def _outcome(self, file: Broken, act: str) -> str:
        if not self._sentence:
            return DECODED
        if self.player.has_refused and "never" not in self._sentence:
            self._tally.refuse(file, self._sentence)
            return REFUSED
        reason = self._ears.take_of_the_player() or self._sentence
        outcome = CRASHED if "made the player stop" in self._sentence else TIMED_OUT
        self._tally.add(Incident(file.number, PLAYER, file.seed.name, file.done, act, outcome, reason, _LIBRARY))
        return outcome

    def _on_frame(self) -> None:
        self._frames += 1

    def _on_end(self) -> None:
        self._ended = True

    def _on_failure(self, sentence: str) -> None:
        self._sentence = sentence
