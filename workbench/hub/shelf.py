"""The hub's evidence files, each named by the SHA-256 of its bytes. A file appears whole or not at all."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from workbench.errors import EvidenceError, StorageError
from workbench.hub.database import evidence_folder
from workbench.model.ids import EvidenceHash

CHUNK_BYTES = 1 << 20


class Shelf:
    """Content-addressed files in the hub's folder."""

    def __init__(self, folder: Path) -> None:
        self._root = evidence_folder(folder)

    def path(self, sha256: str) -> Path:
        """Where the bytes of that hash stand, or would stand."""
        return self._root / sha256[:2] / sha256

    def holds(self, sha256: str) -> bool:
        """Whether the bytes of that hash are here."""
        return self.path(sha256).is_file()

    def take_in(self, source: Path) -> tuple[EvidenceHash, int, bool]:
        """Copy a file here unless its bytes are here already: (hash, size, whether it is new).

        Raises EvidenceError when the file cannot be read or changes meanwhile, StorageError when it cannot be kept.
        """
        sha256, size = _measured(source)
        if self.holds(sha256):
            return sha256, size, False
        target = self.path(sha256)
        incoming = target.with_suffix(f".{os.getpid()}.incoming")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _copy(source, incoming, sha256)
            incoming.replace(target)
            _sync_folder(target.parent)
        except OSError as error:
            raise StorageError(
                f"The hub's folder cannot keep a file ({error.strerror}).",
                safe="Nothing was changed.",
                do="Check the free space and the permissions of the hub's folder.",
            ) from error
        finally:
            incoming.unlink(missing_ok=True)
        return sha256, size, True

    def remove(self, sha256: str) -> None:
        """Take a file away again."""
        self.path(sha256).unlink(missing_ok=True)

    def read(self, sha256: str, start: int, end: int) -> Iterator[bytes]:
        """The bytes from `start` until before `end`. The file is opened at the first step."""
        with self.path(sha256).open("rb") as file:
            file.seek(start)
            left = end - start
            while left > 0:
                piece = file.read(min(CHUNK_BYTES, left))
                if not piece:
                    return
                left -= len(piece)
                yield piece


def _measured(source: Path) -> tuple[EvidenceHash, int]:
    try:
        with source.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256")
            return EvidenceHash(digest.hexdigest()), file.tell()
    except OSError as error:
        raise EvidenceError(f"the file cannot be read ({error.strerror})") from error


def _copy(source: Path, incoming: Path, sha256: str) -> None:
    digest = hashlib.sha256()
    with source.open("rb") as reader, incoming.open("wb") as writer:
        while piece := reader.read(CHUNK_BYTES):
            digest.update(piece)
            writer.write(piece)
        _settle(writer)
    if digest.hexdigest() != sha256:
        raise EvidenceError("the file changed while it was being read")


def _settle(writer: BinaryIO) -> None:
    writer.flush()
    os.fsync(writer.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
