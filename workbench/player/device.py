"""Sealed evidence as a QIODevice, for the multimedia backend. Reads; never writes, never closes the descriptor."""

from collections.abc import Callable

from PySide6.QtCore import QIODevice

from workbench.errors import EvidenceError
from workbench.sealed.reader import Reader


class EvidenceDevice(QIODevice):
    """Random access over a reader. The backend calls it from a thread of its own; keep a reference to it."""

    def __init__(self, reader: Reader, on_refusal: Callable[[EvidenceError], None]) -> None:
        super().__init__()
        self._reader = reader
        self._on_refusal = on_refusal
        # The backend has a buffer of its own.
        self.open(QIODevice.OpenModeFlag.ReadOnly | QIODevice.OpenModeFlag.Unbuffered)

    def isSequential(self) -> bool:
        """False: it can be read anywhere."""
        return False

    def size(self) -> int:
        """Bytes of plaintext."""
        return self._reader.size

    def readData(self, maxlen: int) -> bytes:
        """Up to `maxlen` bytes from the present position; an unreadable place looks like the end."""
        try:
            return self._reader.read_at(self.pos(), maxlen)
        except EvidenceError as refusal:
            self._on_refusal(refusal)
            return b""

    def writeData(self, data: bytes | bytearray | memoryview, maxlen: int) -> int:
        """Refused."""
        return -1
