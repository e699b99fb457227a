"""A picture that is drawn only when its place in shared memory is there, so that its pixels are never copied."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Drawing:
    """`paint` fills `width` times `height` times 4 bytes, BGRA premultiplied, rows without a gap.

    It may raise EvidenceError, and must not keep the memory it was given.
    """

    width: int
    height: int
    paint: Callable[[memoryview], None]
    at_ms: int = 0
