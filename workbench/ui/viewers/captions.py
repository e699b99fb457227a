"""The captions of a recording by time and by word. Draws nothing."""

from bisect import bisect_right
from collections.abc import Sequence

from workbench.media.jobs import Cue


class Captions:
    """Cues in time order; overlapping ones are shown together."""

    def __init__(self, cues: Sequence[Cue] = ()) -> None:
        self.cues = tuple(sorted(cues, key=lambda cue: (cue.start_ms, cue.end_ms)))
        self._starts = [cue.start_ms for cue in self.cues]

    def __bool__(self) -> bool:
        return bool(self.cues)

    def at(self, position_ms: int) -> str:
        """What is said at that time; empty in a pause."""
        end = bisect_right(self._starts, position_ms)
        # Cues that began long ago and still run are rare: a dozen back is far enough.
        said = [cue.text for cue in self.cues[max(0, end - 12) : end] if cue.end_ms > position_ms]
        return "\n".join(said)

    def index_at(self, position_ms: int) -> int:
        """The number of the last cue that began by then; -1 before the first."""
        return bisect_right(self._starts, position_ms) - 1

    def find(self, query: str) -> tuple[int, ...]:
        """The numbers of the cues in which every word of the query stands, any case; all for an empty query."""
        words = query.casefold().split()
        said = (" ".join(cue.text.split()).casefold() for cue in self.cues)
        return tuple(number for number, text in enumerate(said) if all(word in text for word in words))
