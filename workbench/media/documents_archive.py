"""What an archive is and holds, in words, for a file that is not shown. Counts what lies inside and never names it."""

from collections import Counter
from pathlib import PurePosixPath

from workbench.errors import EvidenceError
from workbench.media.documents import OPEN_TEXT_TYPE, SHEETS_TYPE
from workbench.media.documents_package import Package
from workbench.sealed.reader import Reader

ZIP_TYPE = "application/zip"
_KINDS = {
    SHEETS_TYPE: "a spreadsheet (Excel)",
    OPEN_TEXT_TYPE: "a text document in an OpenDocument format",
    "application/vnd.oasis.opendocument.spreadsheet": "a spreadsheet in an OpenDocument format",
    "application/vnd.oasis.opendocument.presentation": "a presentation in an OpenDocument format",
    "application/epub+zip": "an electronic book (EPUB)",
}
_ENDINGS = {
    "picture": "jpg jpeg png gif heic webp tif tiff bmp svg",
    "video": "mp4 mov webm mkv avi m4v",
    "sound recording": "mp3 m4a wav ogg flac aac",
    "PDF": "pdf",
    "document": "doc docx odt rtf txt md ppt pptx odp",
    "spreadsheet": "xls xlsx ods csv",
}
_KIND_OF = {ending: kind for kind, endings in _ENDINGS.items() for ending in endings.split()}


def describe(reader: Reader, media_type: str | None) -> tuple[str, str]:
    """Its kind in words, as in "a Zip archive with 12 files", and its media type."""
    if media_type in _KINDS:
        return _KINDS[media_type], media_type
    try:
        package = Package(reader)
    except EvidenceError:
        return "a damaged document or archive in a packed format (such as Word, PowerPoint or Zip)", ZIP_TYPE
    names = [name for name in package.names if not name.startswith("__MACOSX/")]
    counts = Counter(_KIND_OF.get(PurePosixPath(name).suffix[1:].lower(), "other file") for name in names)
    inside = ", ".join(_counted(count, kind) for kind, count in counts.most_common())
    words = f"a Zip archive with {_counted(len(names), 'file')}"
    return (f"{words} ({inside})" if len(counts) > 1 or "other file" not in counts else words), ZIP_TYPE


def _counted(count: int, kind: str) -> str:
    return f"{count:,} {kind}" if count == 1 else f"{count:,} {kind}s"
