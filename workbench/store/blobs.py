"""The evidence shelf: sealed files in place, a key per submission. Never holds plaintext on disk.

A file becomes visible by one rename, after it was verified and the disk has it. Names on disk are hashes of
ids, so that the folder tells nothing.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from workbench.errors import EvidenceError
from workbench.model.ids import EvidenceHash, EvidenceId, SubmissionId
from workbench.sealed import layout
from workbench.sealed.reader import SealedFile, SealedReader
from workbench.sealed.writer import SealedWriter
from workbench.store import failures
from workbench.store.files import sync_folder

if TYPE_CHECKING:
    from hashlib import _Hash

    from workbench.store.keys import KeyStore


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRef:
    """All the shelf needs to know of one evidence. `size` in bytes."""

    submission_id: SubmissionId
    attempt: int
    evidence_id: EvidenceId
    sha256: EvidenceHash
    size: int

    @property
    def file_id(self) -> str:
        """Names these bytes of this evidence: other bytes under the same evidence id are another file."""
        return f"{self.evidence_id}:{self.sha256}"


@dataclass(frozen=True, slots=True)
class OnShelf:
    """What lies on the shelf. `bytes_here` is plaintext that has been stored whole."""

    state: Literal["missing", "partial", "ready"]
    bytes_here: int


@dataclass(frozen=True, slots=True)
class Incoming:
    """A download under way: `offset` bytes are stored already and `digest` is the running SHA-256 of them."""

    writer: SealedWriter
    offset: int
    digest: "_Hash"


class EvidenceShelf:
    """Safe from any thread, as long as one evidence has one writer at a time."""

    def __init__(self, folder: Path, keys: "KeyStore") -> None:
        self._folder = folder
        self._keys = keys

    def begin(self, ref: EvidenceRef) -> Incoming:
        """A new file with new salt; what had arrived before is dropped. Raises StorageError."""
        part = self._part(ref)
        with failures.explained(self._folder):
            part.unlink(missing_ok=True)
        return self.resume(ref)

    def resume(self, ref: EvidenceRef) -> Incoming:
        """Go on where the last download stopped, at a chunk boundary. Raises StorageError."""
        part = self._part(ref)
        with failures.explained(self._folder):
            part.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            return Incoming(*SealedWriter.resume(part, self._key(ref), ref.file_id, ref.size))

    def publish(self, ref: EvidenceRef, writer: SealedWriter) -> None:
        """Make a verified file visible, at once and whole. Raises EvidenceError (cut short), StorageError."""
        with failures.explained(self._folder):
            writer.finish()
            self._part(ref).replace(self._file(ref))
            sync_folder(self._file(ref).parent)

    def discard(self, ref: EvidenceRef) -> None:
        """Drop these bytes, whole or partial, so that they are fetched anew."""
        with failures.explained(self._folder):
            self._part(ref).unlink(missing_ok=True)
            self._file(ref).unlink(missing_ok=True)

    def look(self, ref: EvidenceRef) -> OnShelf:
        """What lies here of it: two looks at the folder, no reading."""
        if self._file(ref).exists():
            return OnShelf("ready", ref.size)
        try:
            length = self._part(ref).stat().st_size
        except OSError:
            return OnShelf("missing", 0)
        chunks = max(0, length - layout.HEADER_SIZE) // layout.SEALED_CHUNK_SIZE
        return OnShelf("partial", min(ref.size, chunks * layout.CHUNK_SIZE))

    def open(self, ref: EvidenceRef) -> SealedFile:
        """An open descriptor and the file's key; whoever asked closes it. Raises EvidenceError."""
        return self._open(self._file(ref), ref, ref.file_id)

    def keep_preview(self, ref: EvidenceRef, name: str, data: bytes) -> None:
        """Keep a picture made from the evidence, sealed like it. Raises StorageError."""
        file = self._preview(ref, name)
        part = file.with_suffix(".part")
        with failures.explained(self._folder):
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with SealedWriter(part, self._key(ref), f"{ref.file_id}:{name}", len(data)) as writer:
                writer.write(data)
                writer.finish()
            part.replace(file)

    def preview(self, ref: EvidenceRef, name: str) -> bytes | None:
        """A kept picture; None when there is none or it cannot be read, for it can be made again."""
        try:
            sealed = self._open(self._preview(ref, name), ref, f"{ref.file_id}:{name}")
        except EvidenceError:
            return None
        try:
            return SealedReader(sealed.descriptor, sealed.key).read_at(0, sealed.size)
        except EvidenceError:
            return None
        finally:
            sealed.close()

    def keep_password(self, ref: EvidenceRef, password: str) -> None:
        """Keep what opens these very bytes among the keys; empty forgets it. Raises StorageError."""
        self._keys.set_secret(f"password:{ref.file_id}", password)

    def password(self, ref: EvidenceRef) -> str:
        """What opens these bytes; empty when nobody told. Raises StorageError."""
        return self._keys.secret(f"password:{ref.file_id}")

    def _open(self, file: Path, ref: EvidenceRef, file_id: str) -> SealedFile:
        try:
            descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        except OSError as error:
            raise not_here() from error
        try:
            header = layout.Header.unpack(os.read(descriptor, layout.HEADER_SIZE))
            if header.file_tag != layout.tag_of(file_id):
                raise layout.damaged("it is another file")
            return SealedFile(descriptor, layout.file_key(self._key(ref), header.salt), header.size)
        except BaseException:
            os.close(descriptor)
            raise

    def _key(self, ref: EvidenceRef) -> bytes:
        return self._keys.submission_key(ref.submission_id, ref.attempt)

    def _file(self, ref: EvidenceRef) -> Path:
        submission = _hashed(f"{ref.submission_id}/{ref.attempt}")
        return self._folder / submission / f"{_hashed(ref.file_id)}.sealed"

    def _part(self, ref: EvidenceRef) -> Path:
        return self._file(ref).with_suffix(".part")

    def _preview(self, ref: EvidenceRef, name: str) -> Path:
        return self._file(ref).with_name(f"{_hashed(f'{ref.file_id}:{name}')}.preview")


def not_here() -> EvidenceError:
    """The error for evidence that has not arrived yet."""
    return EvidenceError("This file is not on this laptop yet.", do="It is fetched when you are online.")


def _hashed(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:32]
