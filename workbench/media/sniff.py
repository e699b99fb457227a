"""What a file is, by its content. Names, and what the file was handed in as, serve only the wording of a refusal."""

import re
from dataclasses import dataclass

from workbench.decoding.recordings import container_of
from workbench.errors import EvidenceError
from workbench.model.submission import EvidenceKind
from workbench.sealed.reader import Reader

HEAD_SIZE = 8192
_IMAGE_STARTS = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
    b"BM": "image/bmp",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
}
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
_WORDS = {
    EvidenceKind.PDF: "a PDF",
    EvidenceKind.IMAGE: "an image",
    EvidenceKind.VIDEO: "a video",
    EvidenceKind.AUDIO: "a sound recording",
    EvidenceKind.TEXT: "a text",
    EvidenceKind.CAPTIONS: "captions",
}
_STRANGERS = {
    b"\xd0\xcf\x11\xe0": ("a document in an old Office format", "application/x-ole-storage"),
    b"{\\rtf": ("a document in Rich Text Format", "application/rtf"),
    b"MZ": ("a program", "application/vnd.microsoft.portable-executable"),
    b"\x7fELF": ("a program", "application/x-executable"),
    b"Rar!": ("a packed archive", "application/vnd.rar"),
    b"7z\xbc\xaf": ("a packed archive", "application/x-7z-compressed"),
    b"\x1f\x8b": ("a packed archive", "application/gzip"),
    b"SQLite format 3\x00": ("a database", "application/vnd.sqlite3"),
    b"%!PS": ("a document for printers (PostScript)", "application/postscript"),
}
_TIMING = re.compile(r"^\d{1,3}:\d\d(:\d\d)?[.,]\d{3}\s*-->", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Sniffed:
    """`kind` may still be VIDEO for a sound recording: only opening it tells."""

    kind: EvidenceKind
    media_type: str


class StrangerError(EvidenceError):
    """A file of a kind that is not shown; `media_type` says which, empty when nobody knows."""

    def __init__(self, happened: str, media_type: str) -> None:
        super().__init__(happened)
        self.media_type = media_type


def sniff(reader: Reader, hint: EvidenceKind | None = None) -> Sniffed:
    """What the file is. Raises EvidenceError with a sentence for what the workbench does not show."""
    if reader.size == 0:
        raise EvidenceError("The file is empty.")
    head = reader.read_at(0, HEAD_SIZE)
    found = _sniff_bytes(head) or _sniff_package(reader, head, hint) or _sniff_text(head, hint)
    if found is None:
        raise _not_known(head, hint)
    return found


def _sniff_bytes(head: bytes) -> Sniffed | None:
    if b"%PDF-" in head[:1024]:
        return Sniffed(EvidenceKind.PDF, "application/pdf")
    for start, media_type in _IMAGE_STARTS.items():
        if head.startswith(start):
            return Sniffed(EvidenceKind.IMAGE, media_type)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Sniffed(EvidenceKind.IMAGE, "image/webp")
    if head[4:8] == b"ftyp" and head[8:12] in (b"avif", b"avis"):
        return Sniffed(EvidenceKind.IMAGE, "image/avif")
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        return Sniffed(EvidenceKind.IMAGE, "image/heic")
    if container_of(head) is not None:
        return Sniffed(EvidenceKind.VIDEO, "")
    return None


def _sniff_package(reader: Reader, head: bytes, hint: EvidenceKind | None) -> Sniffed | None:
    """A document in a zip file; any other archive is refused with what lies inside."""
    if not head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return None
    from workbench.media.documents import DOCUMENT_TYPES, document_type
    from workbench.media.documents_archive import describe

    media_type = document_type(reader)
    if media_type in DOCUMENT_TYPES:
        return Sniffed(EvidenceKind.TEXT, media_type)
    words, media_type = describe(reader, media_type)
    raise _stranger(words, media_type, hint)


def _sniff_text(head: bytes, hint: EvidenceKind | None) -> Sniffed | None:
    from workbench.media.text import decode_text

    try:
        text = decode_text(head, cut=True).lstrip()
    except EvidenceError:
        return None
    start = _without_comments(text)[:200].lower()
    if start.startswith(("<!doctype html", "<html", "<head", "<body")):
        raise StrangerError(f"This is a web page, not {_words(hint)}.", "text/html")
    if start.startswith("<svg") or (start.startswith("<?xml") and "<svg" in start):
        raise StrangerError("This is an SVG drawing, which may hold a program and is not shown.", "image/svg+xml")
    if start.startswith(("{\\rtf", "%!ps")):
        return None
    if text.startswith("WEBVTT"):
        return Sniffed(EvidenceKind.CAPTIONS, "text/vtt")
    if _TIMING.search(text[:1000]):
        return Sniffed(EvidenceKind.CAPTIONS, "application/x-subrip")
    return Sniffed(EvidenceKind.TEXT, "text/plain")


def _words(hint: EvidenceKind | None) -> str:
    nothing_expected = "a file to show"
    return nothing_expected if hint is None else _WORDS.get(hint, nothing_expected)


def _without_comments(text: str) -> str:
    while text.startswith("<!--") and "-->" in text:
        text = text.split("-->", 1)[1].lstrip()
    return text


def _not_known(head: bytes, hint: EvidenceKind | None) -> StrangerError:
    for start, (words, media_type) in _STRANGERS.items():
        if head.startswith(start):
            return _stranger(words, media_type, hint)
    if hint in _WORDS:
        return StrangerError(f"This is not {_WORDS[hint]}: its content is of no kind that can be shown.", "")
    return StrangerError("The content is of no kind that can be shown.", "")


def _stranger(words: str, media_type: str, hint: EvidenceKind | None) -> StrangerError:
    expected = f", not {_WORDS[hint]}" if hint in _WORDS else ", which is not shown here"
    return StrangerError(f"This is {words}{expected}.", media_type)
