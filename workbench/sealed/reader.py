"""Reads sealed files in place, any part at any time, and plain files through the same door.

Used by the window's side and by both child processes: a child gets a descriptor and a key, never a path.
Nothing here writes plaintext anywhere, and a chunk that was tampered with is an error, never data.
"""

import io
import os
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from workbench.errors import EvidenceError
from workbench.sealed import layout

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CACHED_CHUNKS = 16


@dataclass(frozen=True, slots=True)
class SealedFile:
    """What is handed to whoever may read: an open descriptor and the file's own key. The holder closes it."""

    descriptor: int
    key: bytes = field(repr=False)
    size: int

    def close(self) -> None:
        """Close the descriptor; once, by whoever asked for the file."""
        os.close(self.descriptor)


@dataclass(frozen=True, slots=True)
class PlainFile:
    """A file that is not sealed (import at the hub, the command line). The holder closes the descriptor."""

    descriptor: int

    def close(self) -> None:
        """Close the descriptor; once, by whoever opened it."""
        os.close(self.descriptor)


class Reader(Protocol):
    """Random access to the plaintext of one file."""

    @property
    def size(self) -> int:
        """Bytes of plaintext."""

    def read_at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`; fewer only at the end. Raises EvidenceError."""


class SealedReader:
    """Decrypts only the chunks that are asked for and keeps the last 16. Safe from several threads.

    Raises EvidenceError at once when the end is missing, unless `whole` is False (a download under way).
    """

    def __init__(self, descriptor: int, key: bytes, *, whole: bool = True) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._source = _Descriptor(descriptor)
        self._cipher = AESGCM(key)
        self._header = layout.Header.unpack(self._source.read_at(0, layout.HEADER_SIZE))
        self._cache: OrderedDict[int, bytes] = OrderedDict()
        self._lock = threading.Lock()
        if whole:
            self._chunk(self._header.chunks - 1)

    @property
    def size(self) -> int:
        """Bytes of plaintext."""
        return self._header.size

    def read_at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`; fewer only at the end. Raises EvidenceError when tampered with."""
        end = min(offset + length, self.size)
        if offset < 0 or offset >= end:
            return b""
        first, last = offset // layout.CHUNK_SIZE, (end - 1) // layout.CHUNK_SIZE
        data = b"".join(self._chunk(index) for index in range(first, last + 1))
        start = offset - first * layout.CHUNK_SIZE
        return data[start : start + end - offset]

    def _chunk(self, index: int) -> bytes:
        with self._lock:
            if index in self._cache:
                self._cache.move_to_end(index)
                return self._cache[index]
            chunk = self._cache[index] = self._decrypt(index)
            if len(self._cache) > CACHED_CHUNKS:
                self._cache.popitem(last=False)
            return chunk

    def _decrypt(self, index: int) -> bytes:
        from cryptography.exceptions import InvalidTag

        length = self._header.chunk_length(index) + layout.TAG_SIZE
        sealed = self._source.read_at(layout.chunk_offset(index), length)
        try:
            return self._cipher.decrypt(layout.nonce(index), sealed, self._header.associated_data(index))
        except (InvalidTag, ValueError) as error:
            raise layout.damaged("a part of it is not what was stored") from error


class PlainReader:
    """The same door to a file that is not sealed. Safe from several threads."""

    def __init__(self, descriptor: int) -> None:
        self._source = _Descriptor(descriptor)
        self._size = os.fstat(descriptor).st_size

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return self._size

    def read_at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`; fewer only at the end. Raises EvidenceError when unreadable."""
        if offset < 0 or length <= 0:
            return b""
        return self._source.read_at(offset, min(length, max(0, self._size - offset)))


class SealedStream(io.RawIOBase):
    """A reader as a seekable binary file, for libraries that want one. Closing it leaves the descriptor open."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self._reader = reader
        self._position = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """The position in bytes of plaintext."""
        return self._position

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move; a position past the end is allowed and reads nothing. Raises ValueError below 0."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._reader.size}[whence]
        if base + offset < 0:
            raise ValueError("a position cannot be negative")
        self._position = base + offset
        return self._position

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill `buffer` as far as the file goes; returns the number of bytes."""
        view = memoryview(buffer).cast("B")
        data = self._reader.read_at(self._position, len(view))
        view[: len(data)] = data
        self._position += len(data)
        return len(data)


def open_reader(source: SealedFile | PlainFile) -> Reader:
    """The reader that fits. Raises EvidenceError when the file is not what it should be."""
    if isinstance(source, SealedFile):
        return SealedReader(source.descriptor, source.key)
    return PlainReader(source.descriptor)


class _Descriptor:
    """Reads at an offset without moving anybody's position; where the system cannot, one at a time."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lock = threading.Lock()

    def read_at(self, offset: int, length: int) -> bytes:
        parts = []
        try:
            while length > 0 and (part := self._read_once(offset, length)):
                parts.append(part)
                offset, length = offset + len(part), length - len(part)
        except OSError as error:
            raise EvidenceError("This file could not be read from the disk.", do="Ask for it again.") from error
        return b"".join(parts)

    def _read_once(self, offset: int, length: int) -> bytes:
        if hasattr(os, "pread"):
            return os.pread(self._descriptor, length, offset)
        with self._lock:
            os.lseek(self._descriptor, offset, os.SEEK_SET)
            return os.read(self._descriptor, length)
