"""When playing has come to the end of a range that is played round and round. Plays nothing; knows no widget."""

_BEFORE_THE_END_MS = 50
_NEAR_THE_END_MS = 500


class Loop:
    """Only crossing the end counts: whoever goes beyond the range may watch on there."""

    def __init__(self) -> None:
        self._start_ms = self._end_ms = 0
        self._last_ms: int | None = None

    @property
    def is_on(self) -> bool:
        """Whether there is a range."""
        return self._end_ms > self._start_ms

    @property
    def start_ms(self) -> int:
        """Where it goes on after the end."""
        return self._start_ms

    def set_range(self, start_ms: int, end_ms: int, duration_ms: int) -> None:
        """From now on this range; an empty one is none. The very end is never reached by playing: a little earlier."""
        self._start_ms = start_ms
        self._end_ms = min(end_ms, duration_ms - _BEFORE_THE_END_MS)
        self._last_ms = None

    def stop(self) -> None:
        """No range."""
        self._start_ms = self._end_ms = 0

    def forget_place(self) -> None:
        """It was moved: what was before says nothing any more."""
        self._last_ms = None

    def has_crossed(self, position_ms: int) -> bool:
        """Take the next place while playing; True when the end of the range was crossed just now."""
        last, self._last_ms = self._last_ms, position_ms
        return self.is_on and last is not None and last < self._end_ms <= position_ms

    def is_at_end(self, duration_ms: int) -> bool:
        """Whether the recording has ended where the range ends: its last frame may begin well before."""
        return self.is_on and self._last_ms is not None and self._end_ms >= duration_ms - _NEAR_THE_END_MS
