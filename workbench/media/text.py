"""Texts in whatever Unicode encoding they came. Decides nothing about how they are laid out."""

import codecs
import re
from collections.abc import Iterator

from workbench.errors import EvidenceError
from workbench.media.jobs import TextDocument
from workbench.media.text_tables import table_of
from workbench.sealed.reader import Reader

SIZE_LIMIT = 32 * 1024 * 1024
TEXT_LIMIT = 2_000_000
LINE_LIMIT = 100_000
"""More than this, and the window would stand still while it lays the text out."""
RUN_LENGTH, LINE_LENGTH = 1000, 10_000
"""Longer ones than people write are broken: laying one out takes the square of its length."""
_CLUSTER = re.compile(r"(?:[^\s\u200d]\u200d|\u200d|[\u0300-\u036f\u20d0-\u20f0\ufe00-\ufe0f]){40,}")
"""Joiners and marks that pile up on one sign: beyond what any script needs, a line end parts them."""
_CLUSTER_LENGTH = 40
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_RUN = re.compile(r"\S+")
_HEADING = re.compile(r"^#{1,6} \S|^\|[ :]?-{3,}[-: |]{0,400}$", re.MULTILINE)
"""A heading, or the line under the head of a drawn table."""
# No mark may run over the beginning of another one: on hostile texts the search would take its square.
_MARKS = (
    re.compile(r"^\s{0,3}([-*+]|\d+\.) \S", re.MULTILINE),
    re.compile(r"\*\*\S[^*\n]*\*\*|__\S[^_\n]*__"),
    re.compile(r"\[[^\[\]\n]+\]\([^()\s]+\)"),
    re.compile(r"^```", re.MULTILINE),
    re.compile(r"^> \S", re.MULTILINE),
)
_NOT_TEXT = "This is not a text."


def read_text(reader: Reader) -> TextDocument:
    """The whole text, in lines that a window can lay out. Raises EvidenceError when it is too long or no text."""
    text = read_plainly(reader)
    is_markdown = _is_markdown(text[:TEXT_LIMIT])
    table = None if is_markdown else table_of(text)
    if table is not None:
        cells = _CLUSTER.sub(_broken_cluster, table.text)
        return TextDocument(text=cells, is_markdown=False, is_table=True, has_header=table.has_header, note=table.note)
    if len(text) > TEXT_LIMIT:
        raise EvidenceError(f"This text has more than {TEXT_LIMIT:,} characters.")
    text = folded(text)
    if text.count("\n") >= LINE_LIMIT:
        raise EvidenceError(f"This text has more than {LINE_LIMIT:,} lines.")
    return TextDocument(text=text, is_markdown=is_markdown)


def read_plainly(reader: Reader) -> str:
    """The whole text as it was written. Raises EvidenceError when it is too long or no text."""
    if reader.size > SIZE_LIMIT:
        raise EvidenceError(f"This text is longer than {SIZE_LIMIT // 1024 // 1024} MB.")
    return tidy(decode_text(reader.read_at(0, reader.size)))


def decode_text(data: bytes, *, cut: bool = False) -> str:
    """Bytes as text; `cut` when they are only the beginning of a file. Raises EvidenceError for what is no text."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, cut=cut)
    if b"\x00" in data:
        return _strictly(data, _utf16_without_mark(data), cut=cut)
    try:
        return _strictly(data, "utf-8", cut=cut)
    except EvidenceError:
        return _western(data)


def tidy(text: str) -> str:
    """Line ends as \\n, without control characters that no reader shows."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n"))


def folded(text: str) -> str:
    """With line ends where a run of signs, a line or a cluster is longer than a window can lay out."""
    text = _CLUSTER.sub(_broken_cluster, text)
    text = _RUN.sub(lambda run: _in_pieces(run[0]), text)
    return "\n".join(part for line in text.split("\n") for part in _parts(line))


def _broken_cluster(found: re.Match[str]) -> str:
    signs = found[0]
    return "\n".join(signs[start : start + _CLUSTER_LENGTH] for start in range(0, len(signs), _CLUSTER_LENGTH))


def _in_pieces(run: str) -> str:
    return "\n".join(run[start : start + RUN_LENGTH] for start in range(0, len(run), RUN_LENGTH))


def _parts(line: str) -> Iterator[str]:
    while len(line) > LINE_LENGTH:
        end = max(line.rfind(" ", 0, LINE_LENGTH), LINE_LENGTH - RUN_LENGTH)
        yield line[:end]
        line = line[end:]
    yield line


def _strictly(data: bytes, encoding: str, *, cut: bool) -> str:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        text = decoder.decode(data, final=not cut)
    except UnicodeDecodeError as error:
        raise EvidenceError(_NOT_TEXT) from error
    if len(_CONTROLS.findall(text)) * 50 > len(text):
        raise EvidenceError(_NOT_TEXT)
    return text


def _utf16_without_mark(data: bytes) -> str:
    even, odd = data[0::2].count(0), data[1::2].count(0)
    half = max(1, len(data) // 2)
    if odd > half * 0.4 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.1:
        return "utf-16-be"
    raise EvidenceError(_NOT_TEXT)


def _western(data: bytes) -> str:
    # What an old editor on Windows saves: mostly ASCII with some accented letters.
    if _CONTROLS.search(data.decode("latin-1")) or sum(byte > 127 for byte in data) * 4 > len(data):
        raise EvidenceError(_NOT_TEXT)
    return data.decode("cp1252", errors="replace")


def _is_markdown(text: str) -> bool:
    return bool(_HEADING.search(text)) or sum(bool(mark.search(text)) for mark in _MARKS) >= 2
