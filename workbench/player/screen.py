"""What the window sees: puts pictures into the ring and announces them. Decodes nothing."""

from typing import TYPE_CHECKING

from workbench.decoding.frames import Raster
from workbench.decoding.pixels import TakenBlock
from workbench.errors import EvidenceError
from workbench.player.moving_picture import raster_of
from workbench.player.ring import FilledRing
from workbench.player.tongue import Tongue

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame


class Screen:
    """`view` is the size that pictures are made to fit. Moving pictures may be dropped, a still one never is."""

    def __init__(self, tongue: Tongue) -> None:
        self.view = (1280, 720)
        self._tongue = tongue
        self._ring: FilledRing | None = None
        self._late: Raster | None = None
        self._dropped = False

    def take_ring(self, number: int, block: TakenBlock) -> None:
        """Draw into other memory from now on."""
        if self._ring is not None:
            self._ring.close()
        self._ring = FilledRing(block, number)

    def free(self, number: int, slot: int) -> None:
        """The window has taken a picture out: one that waited follows."""
        if self._ring is None or self._ring.number != number:
            return
        self._ring.give_back(slot)
        if self._late is not None:
            self.show(self._late)

    def show(self, raster: Raster) -> None:
        """A still picture: when no slot is free it waits for one."""
        self._dropped = False
        self._late = None if self._put(raster.data, raster.width, raster.height, raster.at_ms) else raster

    def show_moving(self, frame: "QVideoFrame", at_ms: int) -> None:
        """A picture among many: when no slot is free it is dropped. Raises EvidenceError."""
        if self._ring is None:
            return
        self._late = None
        self._dropped = self._ring.is_full
        if self._dropped:
            return
        raster = raster_of(frame, *self.view, at_ms)
        if raster is None:
            raise EvidenceError("The player cannot show this kind of picture.")
        self._put(raster.data, raster.width, raster.height, at_ms)

    def lacks_the_last(self) -> bool:
        """Whether the window was too slow for the last moving picture; asked once."""
        dropped, self._dropped = self._dropped, False
        return dropped

    def forget(self) -> None:
        """Nothing waits any more."""
        self._late = None
        self._dropped = False

    def _put(self, data: bytes, width: int, height: int, at_ms: int) -> bool:
        slot = self._ring.put(data) if self._ring is not None else None
        if slot is None or self._ring is None:
            return False
        self._tongue.say("frame", ring=self._ring.number, slot=slot, width=width, height=height, at_ms=at_ms)
        return True
