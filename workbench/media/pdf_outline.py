"""The table of contents that a PDF carries. Reads titles and page numbers; follows nothing outside the file."""

from typing import Any

from workbench.media.jobs import OutlineEntry
from workbench.media.pdf_file import mupdf, troubles

ENTRY_LIMIT = 5000
DEPTH_LIMIT = 64
TITLE_LIMIT = 300


def read_outline(document: Any) -> tuple[OutlineEntry, ...]:
    """Its entries in reading order, at most 5,000; none when it is damaged or nested beyond reason."""
    try:
        if not _is_reasonable(document):
            return ()
        first = mupdf().mupdf.fz_load_outline(document.this)
    except troubles():
        return ()
    entries: list[OutlineEntry] = []
    waiting = [(1, first)]
    while waiting and len(entries) < ENTRY_LIMIT:
        level, item = waiting.pop()
        if not item.m_internal:
            continue
        entries.append(_entry(document, item, level))
        waiting.append((level, item.next()))
        waiting.append((level + 1, item.down()))
    return tuple(entries)


def _entry(document: Any, item: Any, level: int) -> OutlineEntry:
    raw = item.m_internal
    title = " ".join("".join(letter if letter.isprintable() else " " for letter in raw.title or "").split())
    uri, page = raw.uri or "", int(raw.page.page)
    inside = uri.startswith("#") and 0 <= page < document.page_count
    return OutlineEntry(level=level, title=title[:TITLE_LIMIT], page=page if inside else None)


def _is_reasonable(document: Any) -> bool:
    """Whether MuPDF, which goes down level by level on its own stack, may read it."""
    root = document.xref_get_key(document.pdf_catalog(), "Outlines")
    waiting = [(1, root)]
    seen: set[str] = set()
    while waiting:
        level, (kind, value) = waiting.pop()
        if kind != "xref" or value in seen:
            continue
        seen.add(value)
        if level > DEPTH_LIMIT or len(seen) > 4 * ENTRY_LIMIT:
            return False
        number = int(value.split()[0])
        waiting.append((level, document.xref_get_key(number, "Next")))
        waiting.append((level + 1, document.xref_get_key(number, "First")))
    return True
