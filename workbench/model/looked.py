"""What was looked at of one evidence: stretches of time, pages, or the whole. Values only; counts nothing itself."""

from collections.abc import Iterable
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """`spans` are merged, ascending stretches in ms, end exclusive; `pages` ascend from 0. Add two with `|`."""

    spans: tuple[Span, ...] = ()
    pages: tuple[int, ...] = ()
    is_whole: bool = False

    def __or__(self, other: "Looked") -> "Looked":
        return Looked(
            spans=merged((*self.spans, *other.spans)),
            pages=tuple(sorted({*self.pages, *other.pages})),
            is_whole=self.is_whole or other.is_whole,
        )

    def __bool__(self) -> bool:
        return self.is_whole or bool(self.spans or self.pages)

    @property
    def seen_ms(self) -> int:
        """How long all stretches are together."""
        return sum(end - start for start, end in self.spans)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same stretches, ascending, those that overlap or touch as one; empty ones are left out."""
    found: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)
