"""The ring of frames that the player process fills and the window empties. `SLOTS` frames of one size limit.

A slot belongs to the player until it announces it, then to the window until it gives it back. With no slot
free the player drops the frame: the window is never more than `SLOTS` frames behind.
"""

from dataclasses import dataclass
from typing import Any

from workbench.decoding.pixels import SharedBlock, TakenBlock

SLOTS = 3
LARGEST_VIEW = (3840, 2400)


def ring_size(width: int, height: int) -> int:
    """Bytes of a ring for frames up to this size."""
    return SLOTS * width * height * 4


class FilledRing:
    """The player process's end."""

    def __init__(self, block: TakenBlock, number: int) -> None:
        self.number = number
        self._block = block
        self._slot_size = len(block.view) // SLOTS
        self._free = list(range(SLOTS))

    def put(self, data: bytes | bytearray | memoryview) -> int | None:
        """Copy a frame into a free slot and return the slot's number; None: no slot is free, or it is too large."""
        if not self._free or len(data) > self._slot_size:
            return None
        slot = self._free.pop(0)
        start = slot * self._slot_size
        self._block.view[start : start + len(data)] = data
        return slot

    @property
    def is_full(self) -> bool:
        """Whether a frame would be dropped now."""
        return not self._free

    def give_back(self, slot: int) -> None:
        """The window has copied what was in the slot."""
        if slot not in self._free:
            self._free.append(slot)

    def close(self) -> None:
        """Let go of the memory."""
        self._block.close()


@dataclass(frozen=True, slots=True)
class FramePlace:
    """A checked announcement: where a frame lies. Rows follow each other without a gap."""

    slot: int
    width: int
    height: int
    at_ms: int


class EmptiedRing:
    """The window's end: it makes the memory and decides its size."""

    def __init__(self, width: int, height: int, number: int) -> None:
        self.number = number
        self.block = SharedBlock(ring_size(width, height))
        self._slot_size = width * height * 4

    def place(self, announced: dict[str, Any]) -> FramePlace:
        """Where the announced frame lies. Raises ValueError when that is outside the ring."""
        values = [announced.get(name) for name in ("slot", "width", "height", "at_ms")]
        slot, width, height, at_ms = (value if type(value) is int else -1 for value in values)
        fits = width > 0 and height > 0 and width * height * 4 <= self._slot_size
        if not (fits and 0 <= slot < SLOTS and at_ms >= 0):
            raise ValueError("a frame outside the ring")
        return FramePlace(slot, width, height, at_ms)

    def pixels(self, place: FramePlace) -> memoryview:
        """The frame's bytes, BGRA; release the view before the ring is closed."""
        start = place.slot * self._slot_size
        return self.block.view[start : start + place.width * place.height * 4]

    def close(self) -> None:
        """Free the memory."""
        self.block.close()
