"""Zip files from strangers: their entries counted and measured before, and while, anything is unpacked."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from workbench.errors import EvidenceError
from workbench.sealed.reader import Reader, SealedStream

ENTRIES_LIMIT = 10_000
XML_LIMIT = 24 * 1024 * 1024
ALL_XML_LIMIT = 64 * 1024 * 1024
PICTURE_LIMIT = 64 * 1024 * 1024
DECLARED_LIMIT = 2 * 1024**3
RATIO_LIMIT = 300
_RATIO_FROM = 4 * 1024 * 1024
_STEP = 256 * 1024
_DAMAGED = "The document is damaged and cannot be shown."
_TOO_LARGE = "The document would grow too large when it is unpacked, so it is not opened."
_DECLARES = "The document declares things of its own that no word processor writes, so it is not opened."
CONTENT_TYPES = "[Content_Types].xml"
WORD_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SLIDES_MAIN = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_READ_AS = {
    b"application/vnd.ms-word.document.macroEnabled.main+xml": WORD_MAIN,
    b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml": WORD_MAIN,
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml": WORD_MAIN,
    b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml": SLIDES_MAIN,
    b"application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml": SLIDES_MAIN,
    b"application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml": SLIDES_MAIN,
    b"application/vnd.openxmlformats-officedocument.presentationml.template.main+xml": SLIDES_MAIN,
}
"""Templates, shows and files with macros are written alike; their programs are left out with all that is no XML."""
_UNPACKED = (".xml", ".rels", ".vml")


class Package:
    """Raises EvidenceError when it is no zip file, is damaged, or claims to grow beyond reason."""

    def __init__(self, reader: Reader) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BufferedReader(SealedStream(reader), 65536))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise EvidenceError(_DAMAGED) from error
        # On Python 3.11 an entry without a name does not know whether it is a folder.
        named = (entry for entry in self._zip.infolist() if entry.filename)
        self._entries = {entry.filename: entry for entry in named if not entry.is_dir()}
        if len(self._entries) > ENTRIES_LIMIT:
            raise EvidenceError(_TOO_LARGE)

    @property
    def names(self) -> tuple[str, ...]:
        """The files inside, as the archive names them."""
        return tuple(self._entries)

    @property
    def size(self) -> int:
        """Bytes that it claims to hold unpacked."""
        return sum(entry.file_size for entry in self._entries.values())

    def read(self, name: str, limit: int) -> bytes:
        """One file, at most `limit` bytes, however little it claims to be. Raises EvidenceError."""
        entry = self._entries.get(name)
        if entry is None:
            raise EvidenceError(_DAMAGED)
        if entry.file_size > limit or _is_bomb(entry):
            raise EvidenceError(_TOO_LARGE)
        unpacked = bytearray()
        for piece in self._pieces(entry):
            unpacked += piece
            if len(unpacked) > limit:
                raise EvidenceError(_TOO_LARGE)
        return bytes(unpacked)

    def content_types(self) -> bytes:
        """What it says of its files, templates and shows as plain documents. Raises EvidenceError."""
        said = self.read(CONTENT_TYPES, XML_LIMIT)
        for former, plain in _READ_AS.items():
            said = said.replace(former, plain)
        return said

    def readable(self) -> io.BytesIO:
        """The same archive, checked and unpacked: only what is written in it, everything else left empty.

        A library may read it without measuring. Raises EvidenceError.
        """
        if self.size > DECLARED_LIMIT:
            raise EvidenceError(_TOO_LARGE)
        plain, left = io.BytesIO(), ALL_XML_LIMIT
        with zipfile.ZipFile(plain, "w", zipfile.ZIP_STORED) as archive:
            for name in self._entries:
                data = b""
                if name.lower().endswith(_UNPACKED):
                    data = self.content_types() if name == CONTENT_TYPES else self.read(name, min(XML_LIMIT, left))
                    left -= len(data)
                    _expect_no_declarations(data)
                archive.writestr(zipfile.ZipInfo(name), data)
        plain.seek(0)
        return plain

    def _pieces(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        try:
            with self._zip.open(entry) as stream:
                while piece := stream.read(_STEP):
                    yield piece
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError) as error:
            raise EvidenceError(_DAMAGED) from error
        except (RuntimeError, NotImplementedError) as error:
            raise EvidenceError("The document is protected or packed in a way that is not read here.") from error


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > _RATIO_FROM and entry.file_size > RATIO_LIMIT * max(1, entry.compress_size)


def _expect_no_declarations(data: bytes) -> None:
    # Neither format needs a document type, and entities serve nobody but an attacker. Zeros go for UTF-16's sake.
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"<!DOCTYPE" in data.replace(b"\x00", b""):
        raise EvidenceError(_DECLARES)
