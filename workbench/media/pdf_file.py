"""Opening a PDF with MuPDF: its limits, its password, what can be saved of a damaged one. Never runs its scripts."""

import re
from importlib import import_module
from itertools import islice
from typing import Any

from workbench.errors import EvidenceError, PasswordNeededError
from workbench.media.jobs import PASSWORD_NEEDED
from workbench.media.pdf_labels import page_labels
from workbench.sealed.reader import PlainFile, SealedFile, open_reader

SIZE_LIMIT = 400_000_000
PAGE_LIMIT = 5000
SIDE_LIMIT = 20_000
"""Points, some 7 metres: as many such pages as we take still fit the numbers of a scroll bar at every zoom."""
LABEL_RULE_LIMIT = 5000
PASSWORD_LIMIT = 200
A4 = (595.0, 842.0)
_DAMAGED = "The PDF is damaged and cannot be read."
_PAGE_TYPE = re.compile(rb"/Type\s?/Page(?![A-Za-z])")
_OBJECT = re.compile(rb"(?<!\d)(\d{1,7}) (\d{1,5}) obj\s{0,4}<<")
_LONGEST_ENTRY = 4000


def mupdf() -> Any:
    """The library; mostly without annotations of its own."""
    return import_module("pymupdf")


def troubles() -> tuple[type[Exception], ...]:
    """What the library raises about damaged files."""
    return (RuntimeError, ValueError, TypeError, KeyError, mupdf().mupdf.FzErrorBase)


def open_pdf(source: SealedFile | PlainFile, password: str = "") -> Any:
    """An open document with at least one page; its `is_protected` says whether it took a password.

    Raises EvidenceError, and PasswordNeededError when `password` is not the one.
    """
    pymupdf = mupdf()
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    reader = open_reader(source)
    if reader.size > SIZE_LIMIT:
        raise EvidenceError(f"This PDF is larger than {SIZE_LIMIT // 1_000_000} MB.")
    data = reader.read_at(0, reader.size)
    document = _open(data, password)
    if document is None or document.page_count == 0:
        document = _salvaged(data, password)
    if document is None:
        raise EvidenceError(_DAMAGED if b"startxref" in data[-2048:] else "The file ends early.")
    if document.page_count > PAGE_LIMIT:
        raise EvidenceError(f"This PDF has more than {PAGE_LIMIT:,} pages.")
    return document


def sizes_of(document: Any) -> tuple[tuple[float, float], ...]:
    """(width, height) in points of every page as it stands upright, without reading what is on it.

    A page whose entry is damaged counts as A4. Raises EvidenceError for one too large to show.
    """
    low = mupdf().mupdf
    pdf = low.pdf_document_from_fz_document(document.this)
    box, turn = low.FzRect(), low.FzMatrix()
    return tuple(_size(low, pdf, page, box, turn) for page in range(document.page_count))


def labels_of(document: Any) -> tuple[str, ...]:
    """What is printed on each page."""
    try:
        rules = document.get_page_labels()
    except troubles():
        rules = []
    return page_labels(rules[:LABEL_RULE_LIMIT], document.page_count)


def check_size(width: float, height: float) -> None:
    """Raises EvidenceError for a page too large to show."""
    if not max(width, height) <= SIDE_LIMIT:
        raise EvidenceError("The PDF has a page that is too large to be shown.")


def _size(low: Any, pdf: Any, page: int, box: Any, turn: Any) -> tuple[float, float]:
    try:
        low.pdf_page_obj_transform(low.pdf_lookup_page_obj(pdf, page), box, turn)
    except troubles():
        return A4
    upright = low.fz_transform_rect(box, turn)
    width, height = float(upright.x1 - upright.x0), float(upright.y1 - upright.y0)
    check_size(width, height)
    return width, height


def _open(data: bytes, password: str) -> Any:
    """A document that may have no pages, or None. Raises PasswordNeededError."""
    try:
        document = _quiet_document()(stream=data, filetype="pdf")
    except troubles():
        return None
    # Asked once only: MuPDF answers by trying the empty password, and locks an opened document again.
    document.is_protected = bool(document.needs_pass)
    if document.is_protected:
        if not password:
            raise PasswordNeededError(PASSWORD_NEEDED)
        if len(password) > PASSWORD_LIMIT or not document.authenticate(password):
            raise PasswordNeededError("This is not the password of this PDF.")
    return document


def _quiet_document() -> Any:
    """MuPDF's Document, which does not read the table of contents to open: a hostile one would end the worker."""

    class Quiet(mupdf().Document):  # type: ignore[misc]
        def init_doc(self) -> None:
            self._outline = None
            self.metadata: dict[str, str] = {}

    return Quiet


def _salvaged(data: bytes, password: str) -> Any:
    """A document of the page objects that are left in a file without a list of its pages, or None."""
    found = _page_objects(data)
    if not found or b"/Encrypt" in data:
        return None
    kids = b" ".join(b"%d %d R" % number for number in found)
    free = max(number for number, _ in found) + 1
    tree = (
        b"\nendstream\nendobj\n%d 0 obj<</Type/Catalog/Pages %d 0 R>>endobj\n"
        b"%d 0 obj<</Type/Pages/Count %d/Kids[%s]>>endobj\ntrailer<</Root %d 0 R>>\n"
    )
    document = _open(data + tree % (free, free + 1, free + 1, len(found), kids, free), password)
    return document if document is not None and document.page_count else None


def _page_objects(data: bytes) -> list[tuple[int, int]]:
    """Number and generation of the pages in the file, in its order; the last of a number counts."""
    found: dict[int, int] = {}
    for page in islice(_PAGE_TYPE.finditer(data), PAGE_LIMIT):
        before = data[max(0, page.start() - _LONGEST_ENTRY) : page.start()]
        heads = list(_OBJECT.finditer(before))
        if heads and b"endobj" not in before[heads[-1].end() :]:
            found[int(heads[-1][1])] = int(heads[-1][2])
    return list(found.items())
