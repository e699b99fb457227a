"""Writes a sealed file from its beginning to its end, each chunk once and whole. Never rewrites a chunk.

A download that broke off may be resumed at a chunk boundary. A torn chunk, or another size or id than
before, means a new file with new salt: the same key and nonce never meet two plaintexts.
"""

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Self

from workbench.errors import EvidenceError
from workbench.sealed import layout
from workbench.sealed.reader import SealedReader

if TYPE_CHECKING:
    from hashlib import _Hash

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

Bytes = bytes | memoryview
CHUNKS_BETWEEN_FLUSHES = 16


class SealedWriter:
    """Seals `size` bytes as they arrive. OSError (disk full) passes through and leaves a file to resume."""

    _descriptor: int
    _header: layout.Header
    _cipher: "AESGCM"
    _index: int
    _taken: int
    _waiting: bytearray
    _sealed: bytearray

    def __init__(self, path: Path, submission_key: bytes, file_id: str, size: int) -> None:
        header = layout.Header.fresh(file_id, size)
        flags = os.O_CREAT | os.O_TRUNC | os.O_WRONLY
        self._begin(os.open(path, flags | getattr(os, "O_BINARY", 0), 0o600), submission_key, header, 0)
        self._put(header.pack())

    @classmethod
    def resume(cls, path: Path, submission_key: bytes, file_id: str, size: int) -> "tuple[SealedWriter, int, _Hash]":
        """(writer, plaintext bytes that are there, running SHA-256 of them); a fresh file when none fits."""
        try:
            descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
        except FileNotFoundError:
            return cls(path, submission_key, file_id, size), 0, hashlib.sha256()
        try:
            header, chunks = _whole_chunks(descriptor, file_id, size)
            digest = _digest(descriptor, layout.file_key(submission_key, header.salt), header, chunks)
        except EvidenceError:
            os.close(descriptor)
            return cls(path, submission_key, file_id, size), 0, hashlib.sha256()
        writer = cls.__new__(cls)
        writer._begin(descriptor, submission_key, header, chunks)
        os.lseek(descriptor, 0, os.SEEK_END)
        return writer, min(size, chunks * layout.CHUNK_SIZE), digest

    def write(self, data: Bytes) -> None:
        """Take the next bytes, any number. Raises EvidenceError when more arrive than the size that was named."""
        if self._taken + len(data) > self._header.size:
            raise EvidenceError("More arrived than this file should hold.", safe="Nothing of it is shown.")
        self._taken += len(data)
        if self._waiting or len(data) < layout.CHUNK_SIZE:
            self._waiting += data
            data = bytes(self._waiting) if len(self._waiting) >= layout.CHUNK_SIZE else b""
        if data:
            self._waiting = bytearray(self._seal_whole_chunks(data))

    def finish(self) -> None:
        """Seal the rest and wait until the disk has it. Raises EvidenceError when bytes are missing."""
        if self._taken != self._header.size:
            raise EvidenceError("The file ends early.", safe="What has arrived is kept.", do="It will be fetched on.")
        if self._index < self._header.chunks:
            self._seal(bytes(self._waiting))
        os.fsync(self._descriptor)
        self.close()

    def close(self) -> None:
        """Stop here; what is on disk can be resumed. Closing twice does no harm."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._descriptor = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _begin(self, descriptor: int, submission_key: bytes, header: layout.Header, index: int) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._descriptor = descriptor
        self._header = header
        self._cipher = AESGCM(layout.file_key(submission_key, header.salt))
        self._index = index
        self._taken = min(header.size, index * layout.CHUNK_SIZE)
        self._waiting = bytearray()
        self._sealed = bytearray(layout.SEALED_CHUNK_SIZE)

    def _seal_whole_chunks(self, data: Bytes) -> memoryview:
        rest = memoryview(data)
        while len(rest) >= layout.CHUNK_SIZE:
            self._seal(rest[: layout.CHUNK_SIZE])
            rest = rest[layout.CHUNK_SIZE :]
        return rest

    def _seal(self, chunk: Bytes) -> None:
        index, self._index = self._index, self._index + 1
        # One buffer for all chunks: fresh memory for each would cost as much as the seal.
        sealed = memoryview(self._sealed)[: len(chunk) + layout.TAG_SIZE]
        self._cipher.encrypt_into(layout.nonce(index), chunk, self._header.associated_data(index), sealed)
        self._put(sealed)
        if index % CHUNKS_BETWEEN_FLUSHES == CHUNKS_BETWEEN_FLUSHES - 1:
            self._begin_flush()

    def _begin_flush(self) -> None:
        # The disk works while more arrives, instead of all at once when the file is finished.
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(self._descriptor, 0, 0, os.POSIX_FADV_DONTNEED)

    def _put(self, data: Bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]


def _whole_chunks(descriptor: int, file_id: str, size: int) -> tuple[layout.Header, int]:
    header = layout.Header.unpack(os.read(descriptor, layout.HEADER_SIZE))
    length = os.fstat(descriptor).st_size
    chunks, torn = divmod(length - layout.HEADER_SIZE, layout.SEALED_CHUNK_SIZE)
    if length == header.sealed_size:
        chunks, torn = header.chunks, 0
    if torn or header.size != size or header.file_tag != layout.tag_of(file_id):
        raise layout.damaged("its last part was cut")
    return header, chunks


def _digest(descriptor: int, key: bytes, header: layout.Header, chunks: int) -> "_Hash":
    digest = hashlib.sha256()
    if chunks:
        reader = SealedReader(descriptor, key, whole=False)
        for index in range(chunks):
            digest.update(reader.read_at(index * layout.CHUNK_SIZE, header.chunk_length(index)))
    return digest
