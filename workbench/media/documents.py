"""Documents of word processors and slide programs as readable blocks with pictures. Runs in a worker only.

Nothing outside the file is ever asked for: links, linked pictures and templates are left where they are.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from workbench.errors import EvidenceError
from workbench.media.documents_blocks import Blocks, BlocksFullError
from workbench.media.documents_package import CONTENT_TYPES, PICTURE_LIMIT, SLIDES_MAIN, WORD_MAIN, Package
from workbench.media.identity import identity_of
from workbench.media.jobs import BlockKind, DocumentBlock, TextDocument
from workbench.sealed.reader import PlainFile, Reader, SealedFile, open_reader

if TYPE_CHECKING:
    import io

    from workbench.decoding.frames import Raster

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SLIDES_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
SHEETS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPEN_TEXT_TYPE = "application/vnd.oasis.opendocument.text"
DOCUMENT_TYPES = frozenset({WORD_TYPE, SLIDES_TYPE})
_DAMAGED = "The document is damaged and cannot be shown."
_CUT = "The document goes on: only its beginning is shown."
_NO_PICTURE = "There is no such picture in this document."


def read_document(reader: Reader, media_type: str) -> TextDocument:
    """All that is written in it. Raises EvidenceError."""
    return _read(Package(reader), media_type)[0]


class DocumentShelf:
    """Keeps the pictures' names of one document between jobs of this worker."""

    def __init__(self) -> None:
        self._kept: tuple[tuple[object, ...], tuple[str, ...]] | None = None

    def read(self, source: SealedFile | PlainFile, media_type: str) -> TextDocument:
        """All that is written in it. Raises EvidenceError."""
        document, pictures = _read(Package(open_reader(source)), media_type)
        self._kept = (identity_of(source), pictures)
        return document

    def picture(
        self, source: SealedFile | PlainFile, media_type: str, number: int, width: int, height: int
    ) -> "Raster":
        """One of its pictures, to fit. Raises EvidenceError."""
        from workbench.media.documents_pictures import render_picture

        if self._kept is None or self._kept[0] != identity_of(source):
            self.read(source, media_type)
        names = self._kept[1] if self._kept is not None else ()
        if not 0 <= number < len(names):
            raise EvidenceError(_NO_PICTURE)
        return render_picture(Package(open_reader(source)).read(names[number], PICTURE_LIMIT), width, height)


def _read(package: Package, media_type: str) -> tuple[TextDocument, tuple[str, ...]]:
    blocks, note = Blocks(), ""
    try:
        _reader_of(media_type)(package.readable(), blocks)
    except BlocksFullError:
        note = _CUT
    except (EvidenceError, MemoryError):
        raise
    except Exception as error:
        # The libraries raise whatever they meet in a damaged part.
        raise EvidenceError(_DAMAGED) from error
    found = tuple(blocks.found)
    words = "\n".join(filter(None, map(_said, found)))
    return TextDocument(text=words, is_markdown=False, blocks=found, note=note), tuple(blocks.pictures)


def _reader_of(media_type: str) -> "Callable[[io.BytesIO, Blocks], None]":
    if media_type == WORD_TYPE:
        from workbench.media.documents_word import read_word

        return read_word
    from workbench.media.documents_slides import read_slides

    return read_slides


def _said(block: DocumentBlock) -> str:
    if block.kind is BlockKind.TABLE:
        return "\n".join("\t".join(row) for row in block.rows)
    return "" if block.kind is BlockKind.PICTURE else block.text


def document_type(reader: Reader) -> str | None:
    """The media type of a zip file that is a document, by what lies inside; None for any other archive."""
    try:
        package = Package(reader)
        names = frozenset(package.names)
        if "mimetype" in names:
            return package.read("mimetype", 200).decode("ascii", "replace").strip() or None
        said = package.content_types() if CONTENT_TYPES in names else b""
    except EvidenceError:
        return None
    for mark, media_type in ((WORD_MAIN, WORD_TYPE), (SLIDES_MAIN, SLIDES_TYPE), (b"spreadsheetml.", SHEETS_TYPE)):
        if mark in said:
            return media_type
    return None
