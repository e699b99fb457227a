"""Moments as the database keeps them: whole milliseconds since 1970 in UTC. And the clock that never goes back."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)


def to_ms(moment: datetime) -> int:
    """Whole milliseconds since 1970. Raises TypeError for a time without a zone."""
    return (moment - _EPOCH) // _MS


def from_ms(milliseconds: int) -> datetime:
    """The moment, aware, in UTC."""
    return _EPOCH + timedelta(milliseconds=milliseconds)


def wall_clock() -> datetime:
    """What this laptop believes the time is, in UTC."""
    return datetime.now(UTC)


class Clock:
    """The laptop's time, never below the highest time seen, and still moving when somebody sets it back."""

    def __init__(
        self, wall: Callable[[], datetime] = wall_clock, ticks_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._wall = wall
        self._ticks_s = ticks_s
        self._lock = threading.Lock()
        self._floor = wall()
        self._floor_ticks_s = ticks_s()

    def seen(self, moment: datetime) -> None:
        """From here on the time is not before `moment`, which somebody has seen, nor before an earlier answer."""
        with self._lock:
            self._raise_floor(moment)

    def now(self) -> datetime:
        """Aware UTC, whole milliseconds; never below an earlier answer."""
        with self._lock:
            return from_ms(to_ms(self._raise_floor(self._wall())))

    def _raise_floor(self, moment: datetime) -> datetime:
        ticks_s = self._ticks_s()
        self._floor = max(moment, self._floor + timedelta(seconds=ticks_s - self._floor_ticks_s))
        self._floor_ticks_s = ticks_s
        return self._floor
