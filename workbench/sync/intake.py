"""Takes the bytes of one file in: hashes and seals them beside the network, in large blocks. Judges nothing.

One thread reads from the network (Python, holding the interpreter), one hashes and seals (both of which let
go of it), so that a fast network is not held up by the seal. The blocks are used again and again: fresh memory
for each would cost as much as the seal.
"""

import threading
from queue import SimpleQueue
from types import TracebackType
from typing import TYPE_CHECKING, Self

from workbench.sealed.layout import CHUNK_SIZE

if TYPE_CHECKING:
    from hashlib import _Hash

    from workbench.sealed.writer import SealedWriter

BLOCK_SIZE = 4 * CHUNK_SIZE
BLOCKS = 4


class Intake:
    """Bytes go in by `take`, in order; `settle` ends it, and then the writer and the digest have all of them.

    Errors of the writer (disk full, more than fits) are raised by a later `take` or by `settle`.
    """

    def __init__(self, writer: "SealedWriter", digest: "_Hash", offset: int) -> None:
        self.offset = offset
        self._writer = writer
        self._digest = digest
        self._free: SimpleQueue[bytearray] = SimpleQueue()
        self._full: SimpleQueue[memoryview | None] = SimpleQueue()
        self._made = 0
        self._block: bytearray | None = None
        self._filled = 0
        self._error: BaseException | None = None
        self._sealer = threading.Thread(target=self._seal_all, name="seal", daemon=True)

    def take(self, piece: bytes) -> bool:
        """The next bytes. True when a block was handed on, hence a good moment to tell of progress."""
        self.offset += len(piece)
        handed_on = False
        rest = memoryview(piece)
        while rest:
            block = self._block = self._block or self._free_block()
            length = min(len(rest), BLOCK_SIZE - self._filled)
            block[self._filled : self._filled + length] = rest[:length]
            self._filled += length
            rest = rest[length:]
            if self._filled == BLOCK_SIZE:
                self._hand_on()
                handed_on = True
        return handed_on

    def settle(self) -> None:
        """Hand on what is left, and wait until everything is hashed and sealed."""
        self._hand_on()
        self._end()
        self._raise_error()

    def __enter__(self) -> Self:
        self._sealer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def _free_block(self) -> bytearray:
        if self._made < BLOCKS and self._free.empty():
            self._made += 1
            return bytearray(BLOCK_SIZE)
        block = self._free.get()
        self._raise_error()
        return block

    def _hand_on(self) -> None:
        if self._block is not None:
            self._full.put(memoryview(self._block)[: self._filled])
        self._block, self._filled = None, 0

    def _end(self) -> None:
        self._full.put(None)
        self._sealer.join()

    def _raise_error(self) -> None:
        if self._error is not None:
            raise self._error

    def _seal_all(self) -> None:
        while (part := self._full.get()) is not None:
            # After a failed write nothing may follow: the file would have a hole.
            if self._error is None:
                self._seal(part)
            assert isinstance(part.obj, bytearray)
            self._free.put(part.obj)

    def _seal(self, part: memoryview) -> None:
        try:
            self._digest.update(part)
            self._writer.write(part)
        except BaseException as error:
            self._error = error
