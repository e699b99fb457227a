"""Which stretch of a recording a citation takes: the marked one, else the last seconds. Knows no widget."""

from dataclasses import dataclass, replace
from typing import Literal

from workbench.model.citation import TimeRange

DEFAULT_SECONDS = 10
SHORTEST_MS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class CiteRange:
    """`seconds` up to now are taken when nothing is marked."""

    in_ms: int | None = None
    out_ms: int | None = None
    seconds: int = DEFAULT_SECONDS

    @property
    def is_marked(self) -> bool:
        """Whether in or out was set."""
        return self.in_ms is not None or self.out_ms is not None

    def with_in(self, at_ms: int) -> "CiteRange":
        """Begin here; an end that lies before is dropped."""
        keeps_out = self.out_ms is not None and self.out_ms > at_ms
        return replace(self, in_ms=at_ms, out_ms=self.out_ms if keeps_out else None)

    def with_out(self, at_ms: int) -> "CiteRange":
        """End here; a beginning that lies behind is dropped."""
        keeps_in = self.in_ms is not None and self.in_ms < at_ms
        return replace(self, in_ms=self.in_ms if keeps_in else None, out_ms=at_ms)

    def moved(self, mark: Literal["in", "out"], at_ms: int, duration_ms: int) -> "CiteRange":
        """One mark moved to a time within the recording; it stops short of the other, and one never set stays unset."""
        at_ms = max(0, min(at_ms, duration_ms))
        if mark == "in" and self.in_ms is not None:
            last_ms = duration_ms if self.out_ms is None else self.out_ms - SHORTEST_MS
            return replace(self, in_ms=max(0, min(at_ms, last_ms)))
        if mark == "out" and self.out_ms is not None:
            first_ms = 0 if self.in_ms is None else self.in_ms + SHORTEST_MS
            return replace(self, out_ms=min(duration_ms, max(at_ms, first_ms)))
        return self

    def unmarked(self) -> "CiteRange":
        """The last seconds again."""
        return replace(self, in_ms=None, out_ms=None)

    def place(self, now_ms: int, duration_ms: int) -> TimeRange:
        """What would be cited at `now_ms`, within the recording."""
        end = now_ms if self.out_ms is None else self.out_ms
        if self.in_ms is not None and (self.out_ms is not None or self.in_ms <= now_ms):
            start = self.in_ms
        else:
            start = end - self.seconds * 1000
        end = min(end, duration_ms) if duration_ms > 0 else end
        return TimeRange(start_ms=max(0, min(start, end)), end_ms=max(0, end))
