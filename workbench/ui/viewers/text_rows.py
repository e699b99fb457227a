"""A table's rows for a view, straight from its text. Paints nothing.

The text has a row on each line and a tab between two cells, so that every cell is a span of it.
"""

from bisect import bisect_right
from itertools import accumulate, repeat
from operator import add
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from workbench.ui.viewers.text_finding import Span

SHOWN_MOST = 400
"""Characters of a cell that are painted; the whole of it stands below the table."""
_Index = QModelIndex | QPersistentModelIndex


class TextRows(QAbstractTableModel):
    """`first` is the line of the first row: 1 when the line before it holds the names of the columns."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.text = ""
        self.first = 0
        self._lines: list[str] = []
        self._starts: list[int] = []
        self._columns = 0
        self._names: list[str] = []
        self.marked: dict[int, Any] = {}

    def show(self, text: str, *, has_header: bool) -> None:
        """Replace the table."""
        self.beginResetModel()
        self.text = text
        self._lines = text.split("\n") if text else []
        # In few Python steps: there may be a hundred thousand lines.
        self._starts = list(map(add, accumulate(map(len, self._lines), initial=0), range(len(self._lines))))
        self._columns = max(map(str.count, self._lines, repeat("\t")), default=-1) + 1
        self.first = 1 if has_header else 0
        self._names = self._lines[0].split("\t") if has_header else []
        self.endResetModel()

    def rowCount(self, _parent: _Index | None = None) -> int:
        """Lines without the names."""
        return max(0, len(self._lines) - self.first)

    def columnCount(self, _parent: _Index | None = None) -> int:
        """Of the widest row."""
        return self._columns

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell, shortened."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index.row(), index.column())[:SHOWN_MOST].replace("\u2028", " ")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of columns as the table has them, else letters; rows by their number in the file."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + self.first + 1)
        named = self._names[section] if section < len(self._names) else ""
        return named[:SHOWN_MOST].replace("\u2028", " ") or column_letters(section)

    def cell(self, row: int, column: int) -> str:
        """All of a cell; empty where the row is too short."""
        cells = self._lines[row + self.first].split("\t")
        return cells[column] if column < len(cells) else ""

    def span_of_cell(self, row: int, column: int) -> Span:
        """Where a cell stands in the text; at the end of its row where the row is too short."""
        line, start = self._lines[row + self.first], self._starts[row + self.first]
        cells = line.split("\t")
        before = sum(len(cell) + 1 for cell in cells[:column])
        if column >= len(cells):
            return start + len(line), start + len(line)
        return start + before, start + before + len(cells[column])

    def span_of_rows(self, first: int, last: int) -> Span:
        """Where these rows stand in the text, both included."""
        end = last + self.first
        return self._starts[first + self.first], self._starts[end] + len(self._lines[end])

    def cell_at(self, character: int) -> tuple[int, int]:
        """Row and column of a character of the text; the first row for one in the names of the columns."""
        line = max(0, bisect_right(self._starts, character) - 1)
        column = self._lines[line][: character - self._starts[line]].count("\t") if self._lines else 0
        return max(0, line - self.first), column


def column_letters(number: int) -> str:
    """A, B, … Z, AA as spreadsheets count; from 0."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
