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
    b"PK\x03\x04": "a document or archive in a packed format (such as Word, PowerPoint or Zip)",
    b"\xd0\xcf\x11\xe0": "a document in an old Office format",
    b"{\\rtf": "a document in Rich Text Format",
    b"MZ": "a program",
    b"\x7fELF": "a program",
    b"Rar!": "a packed archive",
    b"7z\xbc\xaf": "a packed archive",
    b"\x1f\x8b": "a packed archive",
}
_TIMING = re.compile(r"^\d{1,3}:\d\d(:\d\d)?[.,]\d{3}\s*-->", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Sniffed:
    """`kind` may still be VIDEO for a sound recording: only opening it tells."""

    kind: EvidenceKind
    media_type: str


def sniff(reader: Reader, hint: EvidenceKind | None = None) -> Sniffed:
    """What the file is. Raises EvidenceError with a sentence for what the workbench does not show."""
    if reader.size == 0:
        raise EvidenceError("The file is empty.")
    head = reader.read_at(0, HEAD_SIZE)
    found = _sniff_bytes(head) or _sniff_text(head, hint)
    if found is None:
        raise EvidenceError(_not_known(head, hint))
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


def _sniff_text(head: bytes, hint: EvidenceKind | None) -> Sniffed | None:
    from workbench.media.text import decode_text

    try:
        text = decode_text(head, cut=True).lstrip()
    except EvidenceError:
        return None
    start = _without_comments(text)[:200].lower()
    if start.startswith(("<!doctype html", "<html", "<head", "<body")):
        raise EvidenceError(f"This is a web page, not {_words(hint)}.")
    if start.startswith("<svg") or (start.startswith("<?xml") and "<svg" in start):
        raise EvidenceError("This is an SVG drawing, which may hold a program and is not shown.")
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


def _not_known(head: bytes, hint: EvidenceKind | None) -> str:
    expected = f", not {_WORDS[hint]}" if hint in _WORDS else ", which is not shown here"
    for start, words in _STRANGERS.items():
        if head.startswith(start):
            return f"This is {words}{expected}."
    if hint in _WORDS:
        return f"This is not {_WORDS[hint]}: its content is of no kind that can be shown."
    return "The content is of no kind that can be shown."
