"""Texts whose lines are rows of cells (CSV and its kin), told from prose by their content. Lays nothing out.

Formulas are words here like all others.
"""

import csv
import io
from collections import Counter
from dataclasses import dataclass

DELIMITERS = ",;\t|"
ROWS_LIMIT = 200_000
COLUMNS_LIMIT = 500
CELLS_LIMIT = 4_000_000
LINE_SEPARATOR = "\u2028"
_SAMPLE = 32_768
_SAMPLE_ROWS = 50
_PROSE_CELL = 60
"""Characters; sentences between commas are longer than most cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`text` has a row on each line and a tab between two cells; `note` says what of it is missing."""

    text: str
    has_header: bool
    note: str = ""


def table_of(text: str) -> Table | None:
    """The table that this text is; None for a text of sentences."""
    delimiter = _delimiter(text[:_SAMPLE], is_cut=len(text) > _SAMPLE)
    return None if delimiter is None else _read(text, delimiter)


def _delimiter(sample: str, *, is_cut: bool) -> str | None:
    best, most = None, 0.0
    for delimiter in DELIMITERS:
        rows = [row for row in _rows(sample, delimiter) if row][: _SAMPLE_ROWS + 1]
        fits = _regularity(rows[:-1] if is_cut and len(rows) > 2 else rows, delimiter)
        if fits > most:
            best, most = delimiter, fits
    return best


def _rows(text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(2**31 - 1)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return []


def _regularity(rows: list[list[str]], delimiter: str) -> float:
    """Above 0 for what looks like a table: the more rows agree about their columns, the more so."""
    if len(rows) < 2:
        return 0.0
    columns, agreeing = Counter(map(len, rows)).most_common(1)[0]
    share = agreeing / len(rows)
    if columns < 2 or share < 0.6 or _is_prose(rows, delimiter) or _is_drawn(rows, delimiter):
        return 0.0
    return share + columns / 1000


def _is_prose(rows: list[list[str]], delimiter: str) -> bool:
    """Sentences put a space behind their commas, cells hardly ever."""
    if delimiter not in ",;":
        return False
    inner = [cell for row in rows for cell in row[1:]]
    if sum(map(_is_number, inner)) * 4 > len(inner):
        return False
    spaced = sum(cell.startswith(" ") for cell in inner)
    length = sum(map(len, inner)) / max(1, len(inner))
    columns = max(map(len, rows))
    return spaced * 2 > len(inner) and (columns < 4 or length > _PROSE_CELL)


def _is_drawn(rows: list[list[str]], delimiter: str) -> bool:
    """A table of Markdown, drawn with bars and dashes, is laid out as such."""
    return delimiter == "|" and any(set("".join(row)) <= set("-: ") and "-" in "".join(row) for row in rows)


def _read(text: str, delimiter: str) -> Table:
    lines: list[str] = []
    first: list[str] = []
    note, left = "", CELLS_LIMIT
    csv.field_size_limit(2**31 - 1)
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        left -= len(row)
        if len(lines) >= ROWS_LIMIT or left < 0:
            note = f"The table goes on: only its first {len(lines):,} rows are shown."
            break
        if len(row) > COLUMNS_LIMIT:
            note = f"The table is wider: only its first {COLUMNS_LIMIT} columns are shown."
        cells = [_cell(cell) for cell in row[:COLUMNS_LIMIT]]
        first = first or cells
        lines.append("\t".join(cells))
    while lines and not lines[-1].strip():
        lines.pop()
    return Table(text="\n".join(lines), has_header=_is_header(first, lines), note=note)


def _cell(text: str) -> str:
    if "\t" in text or "\n" in text:
        text = text.replace("\t", " ").strip("\n").replace("\n", LINE_SEPARATOR)
    return text


def _is_header(first: list[str], lines: list[str]) -> bool:
    """Names of columns: none missing, none twice, none a number; and the table has more than them."""
    names = [cell.strip().casefold() for cell in first]
    if len(lines) < 2 or not lines[0].strip() or not all(names) or len(set(names)) < len(names):
        return False
    return not any(_is_number(name) for name in names)


def _is_number(text: str) -> bool:
    return text.strip().replace(",", "").replace(".", "").replace("%", "").strip("+-€$£ ").isdigit()
