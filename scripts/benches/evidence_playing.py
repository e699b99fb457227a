"""The real player for the video rows: ask it for something, wait for the frame that comes of it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scripts.benches.evidence_desk import Desk

VIEW = (1280, 720)


class Playing:
    """A file in the player, paused on its first frame."""

    def __init__(self, place: Desk, source: Any) -> None:
        from workbench.player.client import Player

        self._place = place
        self.frames = 0
        self.failures: list[str] = []
        self.player = Player()
        self.player.frame_arrived.connect(self._on_frame)
        self.player.failed.connect(self.failures.append)
        self.player.set_view_size(*VIEW)
        self.open(source)

    def open(self, source: Any) -> float:
        """Open another file; milliseconds until its first frame."""
        return self.frame_after(lambda: self.player.open(source))

    def frame_after(self, ask: Callable[[], None]) -> float:
        """Milliseconds from asking to the frame in the window's process."""
        before = self.frames
        began = time.perf_counter()
        ask()
        self._place.until(lambda: self.frames > before or self.failures)
        if self.failures:
            raise SystemExit(f"the player refused a file of the benchmark: {self.failures[0]}")
        return (time.perf_counter() - began) * 1000

    def play_for(self, seconds: float) -> tuple[int, float]:
        """Frames shown, and milliseconds of processor time the player took for each second."""
        self.frame_after(self.player.play)
        frames, used_s, began = self.frames, cpu_s(self.player.pid), time.monotonic()
        self._place.until(lambda: time.monotonic() - began > seconds)
        passed_s = time.monotonic() - began
        used_s = cpu_s(self.player.pid) - used_s
        frames = self.frames - frames
        self.player.pause()
        self._place.until(lambda: not self.player.is_playing)
        return round(frames / passed_s), used_s * 1000 / passed_s

    def settle(self, seconds: float = 0.3) -> None:
        """Let frames arrive that nobody waits for."""
        began = time.monotonic()
        self._place.until(lambda: time.monotonic() - began > seconds)

    def _on_frame(self, _frame: object) -> None:
        self.frames += 1


@contextmanager
def playing(place: Desk, source: Any) -> Iterator[Playing]:
    """A player with this file, closed at the end."""
    made = Playing(place, source)
    try:
        made.settle()
        yield made
    finally:
        made.player.close()


def cpu_s(pid: int) -> float:
    """Processor time that a process has used."""
    import os

    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
