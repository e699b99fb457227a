"""Shared memory for pixels. Always made by the window's side, which alone decides its size and its end.

Linux: an anonymous file (memfd), passed by descriptor and sealed, so that a child can neither shrink it
under the window (a crash) nor leave anything behind. Elsewhere: a named segment of multiprocessing.
Scar: on Python 3.11 a process outside the tracker's family that attaches a named segment unlinks it at its
exit; our children are spawned and share the window's tracker, so only the window's `close` unlinks.
"""

import mmap
import os
import sys
from multiprocessing.connection import Connection
from multiprocessing.shared_memory import SharedMemory

from workbench.decoding.descriptors import receive_descriptor, send_descriptor

ANONYMOUS = sys.platform == "linux"


class SharedBlock:
    """`size` bytes of memory that one child may be given."""

    def __init__(self, size: int, *, anonymous: bool = ANONYMOUS) -> None:
        self.size = size
        self._descriptor = -1
        self._segment: SharedMemory | None = None
        self._map: mmap.mmap | None = None
        if anonymous:
            self._descriptor = _sealed_memory(size)
            self._map = mmap.mmap(self._descriptor, size)
            self.view = memoryview(self._map)
        else:
            self._segment = SharedMemory(create=True, size=size)
            self.view = memoryview(self._segment.buf or b"")[:size]

    def give(self, connection: Connection, pid: int) -> None:
        """Send it to the child at the other end, which must be in `take`. Raises OSError if that one is gone."""
        connection.send((self.size, self._segment.name if self._segment else ""))
        if self._descriptor >= 0:
            send_descriptor(connection, self._descriptor, pid)
            self._close_descriptor()

    def close(self) -> None:
        """Free it. Slices of `view` must have been released; nothing happens the second time."""
        self.view.release()
        self._close_descriptor()
        if self._map is not None:
            self._map.close()
        if self._segment is not None:
            self._segment.close()
            self._segment.unlink()
            self._segment = None

    def __del__(self) -> None:
        # A descriptor and a named segment outlive a forgotten block; the mapping goes with its last reference.
        self._close_descriptor()
        if getattr(self, "_segment", None) is not None and self._segment is not None:
            self._segment.unlink()

    def _close_descriptor(self) -> None:
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)


class TakenBlock:
    """The child's end of a SharedBlock: `view` is writable."""

    def __init__(self, size: int, name: str, descriptor: int) -> None:
        self._segment: SharedMemory | None = None
        self._map: mmap.mmap | None = None
        if name:
            self._segment = SharedMemory(name=name)
            self.view = memoryview(self._segment.buf or b"")[:size]
        else:
            self._map = mmap.mmap(descriptor, size, mmap.MAP_SHARED | mmap.MAP_POPULATE)
            self.view = memoryview(self._map)

    def close(self) -> None:
        """Let go of the memory; the window still has it."""
        self.view.release()
        if self._map is not None:
            self._map.close()
        if self._segment is not None:
            self._segment.close()


def take(connection: Connection) -> TakenBlock:
    """Receive what the window gave. Raises EOFError when the window is gone."""
    size, name = connection.recv()
    if name:
        return TakenBlock(size, name, -1)
    descriptor = receive_descriptor(connection)
    try:
        return TakenBlock(size, "", descriptor)
    finally:
        os.close(descriptor)


def _sealed_memory(size: int) -> int:
    import fcntl

    descriptor = os.memfd_create("pixels", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        # All pages in one go: to meet them one by one while drawing takes longer than drawing a page of text.
        os.posix_fallocate(descriptor, 0, size)
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
