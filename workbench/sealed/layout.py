"""The bytes of a sealed file: header, then AES-256-GCM chunks. Pure arithmetic and packing; touches no file.

    header  magic, version, chunk size, plaintext size, 16 random salt bytes, SHA-256 of the file id
    chunk   ciphertext of 262144 bytes of plaintext (the last one shorter), then a tag of 16 bytes

The file's key is HKDF-SHA256 of the submission key and the salt. A chunk's nonce is its number; the file id,
the chunk's number and the total size are associated data, so that chunks cannot be moved, dropped or swapped.
An empty file has one empty chunk, so that emptiness is authenticated too.
"""

import hashlib
import os
import struct
from dataclasses import dataclass

from workbench.errors import EvidenceError

CHUNK_SIZE = 262_144
TAG_SIZE = 16
SALT_SIZE = 16
SEALED_CHUNK_SIZE = CHUNK_SIZE + TAG_SIZE
_MAGIC = b"AWSEALED"
_VERSION = 1
_HEADER = struct.Struct(">8sHIQ16s32s")
HEADER_SIZE = _HEADER.size
_KEY_PURPOSE = b"assessor-workbench sealed file 1"


@dataclass(frozen=True, slots=True)
class Header:
    """The public facts of a sealed file. `size` in bytes of plaintext; `file_tag` is SHA-256 of the file id."""

    size: int
    salt: bytes
    file_tag: bytes

    @classmethod
    def fresh(cls, file_id: str, size: int) -> "Header":
        """A header with new salt, hence with a key of its own."""
        return cls(size, os.urandom(SALT_SIZE), tag_of(file_id))

    @classmethod
    def unpack(cls, data: bytes) -> "Header":
        """The header in `data`. Raises EvidenceError when this is no sealed file of a version we know."""
        if len(data) < HEADER_SIZE:
            raise damaged("its beginning is missing")
        magic, version, chunk_size, size, salt, file_tag = _HEADER.unpack(data[:HEADER_SIZE])
        if magic != _MAGIC or version != _VERSION or chunk_size != CHUNK_SIZE:
            raise damaged("its beginning is not the one we wrote")
        return cls(size, salt, file_tag)

    def pack(self) -> bytes:
        """The header's bytes, `HEADER_SIZE` of them."""
        return _HEADER.pack(_MAGIC, _VERSION, CHUNK_SIZE, self.size, self.salt, self.file_tag)

    @property
    def chunks(self) -> int:
        """How many chunks the whole file has, at least 1."""
        return max(1, -(-self.size // CHUNK_SIZE))

    @property
    def sealed_size(self) -> int:
        """The length of the whole file on disk, in bytes."""
        return HEADER_SIZE + self.size + self.chunks * TAG_SIZE

    def chunk_length(self, index: int) -> int:
        """Plaintext bytes of chunk `index`."""
        return min(CHUNK_SIZE, self.size - index * CHUNK_SIZE)

    def associated_data(self, index: int) -> bytes:
        """What chunk `index` is bound to."""
        return self.file_tag + struct.pack(">QQ", index, self.size)


def tag_of(file_id: str) -> bytes:
    """The 32 bytes by which a header names its file without telling the id."""
    return hashlib.sha256(file_id.encode()).digest()


def nonce(index: int) -> bytes:
    """The 12-byte nonce of chunk `index`."""
    return index.to_bytes(12)


def chunk_offset(index: int) -> int:
    """Where chunk `index` begins on disk."""
    return HEADER_SIZE + index * SEALED_CHUNK_SIZE


def file_key(submission_key: bytes, salt: bytes) -> bytes:
    """The 32-byte key of one file, from its submission's key and its salt."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=_KEY_PURPOSE).derive(submission_key)


def damaged(why: str) -> EvidenceError:
    """The error for a file whose bytes on this laptop are not the ones that were written."""
    return EvidenceError(
        f"This file cannot be read on this laptop: {why}.",
        safe="Your levels, notes and citations are not touched.",
        do="Ask for it again; it will be fetched anew.",
    )
