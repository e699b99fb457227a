"""Reads the CSV tables of a programme folder against the schema: header, cells and their rules, with line numbers."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.errors import DataError
from workbench.rubrics.json_file import first_broken, load_schema, read_text

MOST_ROWS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a table: its cells by column, empty ones left out."""

    file: str
    line: int
    cells: dict[str, str]

    def error(self, column: str, rule: str) -> DataError:
        """The refusal of this row's cell."""
        return DataError(file=self.file, place=f"line {self.line}, column {column}", rule=rule)

    def text(self, column: str) -> str:
        """The cell's text, empty when it is empty."""
        return self.cells.get(column, "")

    def number(self, column: str) -> int:
        """The cell's whole number; its pattern was checked on reading."""
        return int(self.cells[column])


def programme_schema(part: str) -> dict[str, Any]:
    """The schema of programme.json ("programme") or of a table's row ("people", "submissions", "evidence")."""
    found: dict[str, Any] = load_schema("workbench.hub", "programme.schema.json")["$defs"][part]
    return found


def read_table(folder: Path, table: str) -> list[Row]:
    """The rows of a table. Raises DataError naming file, line, column and rule."""
    schema = programme_schema(table)
    name: str = schema["file"]
    reader = csv.reader(io.StringIO(read_text(folder / name, name=name), newline=""), strict=True)
    rows: list[Row] = []
    try:
        header = _header(next(reader, []), schema, name)
        for line, cells in _numbered(reader):
            rows.append(_row(header, cells, schema, name=name, line=line))
    except csv.Error as error:
        raise DataError(file=name, place=f"line {reader.line_num}", rule=f"this is not CSV: {error}") from error
    if len(rows) > MOST_ROWS:
        raise DataError(file=name, place=f"line {MOST_ROWS + 2}", rule=f"a table has at most {MOST_ROWS:,} lines")
    return rows


def _numbered(reader: Any) -> Iterator[tuple[int, list[str]]]:
    line = reader.line_num + 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield line, cells
        line = reader.line_num + 1


def _header(cells: list[str], schema: dict[str, Any], name: str) -> list[str]:
    header = [cell.strip() for cell in cells]
    known = list(schema["properties"])
    for column in header:
        if column not in known:
            rule = f"there is no column “{column}” here; the columns are {', '.join(known)}"
            raise DataError(file=name, place="line 1", rule=rule)
        if header.count(column) > 1:
            raise DataError(file=name, place="line 1", rule=f"the column “{column}” stands twice")
    for column in schema["required"]:
        if column not in header:
            raise DataError(file=name, place="line 1", rule=f"the column “{column}” is missing")
    return header


def _row(header: list[str], cells: list[str], schema: dict[str, Any], *, name: str, line: int) -> Row:
    if len(cells) > len(header):
        rule = f"there are {len(cells)} cells but {len(header)} columns"
        raise DataError(file=name, place=f"line {line}", rule=rule)
    filled = {column: cell.strip() for column, cell in zip(header, cells, strict=False) if cell.strip()}
    for column in schema["required"]:
        if column not in filled:
            raise DataError(file=name, place=f"line {line}, column {column}", rule="it must not be empty")
    found = first_broken(filled, schema)
    if found is not None:
        place, rule = found
        raise DataError(file=name, place=f"line {line}, column {place.removeprefix('$.')}", rule=rule)
    return Row(file=name, line=line, cells=filled)
