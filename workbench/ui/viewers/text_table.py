"""A table to read: cells in a grid, the whole of the current one below it. Decides nothing about citations."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QScrollBar,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from workbench.model.citation import TextQuote
from workbench.ui import theme
from workbench.ui.theme import TextRole, scaled
from workbench.ui.viewers.marks import BAR_PX, Mark, bar_label_width, paint_bar
from workbench.ui.viewers.safe_document import bearable
from workbench.ui.viewers.text_finding import Span
from workbench.ui.viewers.text_quote import find_quote, quote_at
from workbench.ui.viewers.text_rows import TextRows

_SAMPLED_ROWS = 60
_WIDEST, _NARROWEST = 320, 64
COPIED_MOST = 200_000
"""Cells; a clipboard of more serves nobody and would stop the window."""
READ_MOST = 10_000
"""Characters of a cell below the table; one line of more takes the square of its length to lay out."""
Cell = tuple[int, int]


class TextTable(QWidget):
    """Cells can be selected; within one row a selection is those cells, over several rows it is the whole rows."""

    moved = Signal()
    selectionChanged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("textTable")
        self.rows = TextRows(self)
        self.grid = _Grid(self)
        self.grid.setModel(self.rows)
        self.reading = QTextEdit(self)
        self.reading.setReadOnly(True)
        self.reading.setObjectName("textCell")
        self.reading.setAccessibleName(self.tr("The whole cell"))
        self.reading.setFrameShape(QTextEdit.Shape.NoFrame)
        self.reading.setFixedHeight(scaled(72))
        self._line = QFrame(self)
        self._line.setFrameShape(QFrame.Shape.HLine)
        self._read("")
        self.setFocusProxy(self.grid)
        self._marks: tuple[Mark, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.grid, 1)
        column.addWidget(self._line)
        column.addWidget(self.reading)
        self.grid.verticalScrollBar().valueChanged.connect(self.moved)
        self.grid.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.grid.selectionModel().currentChanged.connect(self._on_current_changed)

    def show_table(self, text: str, *, has_header: bool) -> None:
        """Replace the table, from its beginning."""
        self.rows.show(text, has_header=has_header)
        self.grid.forget()
        self.grid.measure()
        self._read("")
        self.grid.scrollToTop()

    def clear_text(self) -> None:
        """Show nothing."""
        self.show_table("", has_header=False)
        self.set_marks(())

    @property
    def text(self) -> str:
        """What is shown, as characters: rows in lines, a tab between two cells."""
        return self.rows.text

    @property
    def has_selection(self) -> bool:
        """Whether cells are selected."""
        return self.grid.selectionModel().hasSelection()

    def verticalScrollBar(self) -> QScrollBar:
        """The bar of the rows."""
        return self.grid.verticalScrollBar()

    def quote(self) -> TextQuote | None:
        """The selected cells, else the first row in view; None in an empty table."""
        if not self.rows.rowCount():
            return None
        ranges = self.grid.chosen()
        if not ranges:
            row = max(0, self.grid.rowAt(0))
            return quote_at(self.text, *self.rows.span_of_rows(row, row))
        first, last = min(each.top() for each in ranges), max(each.bottom() for each in ranges)
        if first < last:
            return quote_at(self.text, *self.rows.span_of_rows(first, last))
        start, _ = self.rows.span_of_cell(first, min(each.left() for each in ranges))
        _, end = self.rows.span_of_cell(first, max(each.right() for each in ranges))
        return quote_at(self.text, start, end)

    def go_to_quote(self, quote: TextQuote) -> None:
        """Bring a quotation into view and select its cells."""
        found = find_quote(self.text, quote)
        if found is not None:
            self._select(found)

    def show_hits(self, hits: Sequence[Span], current: Span | None) -> None:
        """Mark the cells of what a search has found, and bring the current find into view."""
        self.grid.cells.hits = {self.rows.cell_at(start) for start, _ in hits}
        if current is not None:
            self._select(current)
        self.grid.viewport().update()

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Mark the cells of these citations."""
        cells: dict[Cell, list[Mark]] = {}
        first: dict[Cell, list[Mark]] = {}
        for mark in marks:
            place = mark.citation.place
            found = find_quote(self.text, place) if isinstance(place, TextQuote) else None
            if found is not None:
                corners = self._corners(found)
                first.setdefault(corners[0], []).append(mark)
                for cell in _between(*corners, self.rows.columnCount()):
                    cells.setdefault(cell, []).append(mark)
        self.grid.cells.marks, self.grid.cells.labels = cells, first
        self.grid.make_room_for_labels()
        self.grid.viewport().update()

    def _select(self, span: Span) -> None:
        (top, left), (bottom, right) = self._corners(span)
        if top < bottom:
            left, right = 0, self.rows.columnCount() - 1
        model = self.grid.selectionModel()
        model.setCurrentIndex(self.rows.index(top, left), QItemSelectionModel.SelectionFlag.NoUpdate)
        chosen = QItemSelection(self.rows.index(top, left), self.rows.index(bottom, right))
        model.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.grid.scrollTo(self.rows.index(top, left), QTableView.ScrollHint.PositionAtCenter)

    def _corners(self, span: Span) -> tuple[Cell, Cell]:
        return self.rows.cell_at(span[0]), self.rows.cell_at(max(span[0], span[1] - 1))

    def _on_selection_changed(self) -> None:
        self.selectionChanged.emit()

    def _on_current_changed(self, current: QModelIndex) -> None:
        """Show the whole of a cell that its column cuts."""
        whole = self.rows.cell(current.row(), current.column()) if current.isValid() else ""
        room = self.grid.columnWidth(max(0, current.column())) - scaled(16)
        is_cut = "\u2028" in whole or QFontMetrics(self.grid.font()).horizontalAdvance(whole[:500]) > room
        self._read(whole if is_cut else "")

    def _read(self, whole: str) -> None:
        self.reading.setPlainText(bearable(whole[:READ_MOST]).replace("\u2028", "\n"))
        for widget in (self._line, self.reading):
            widget.setVisible(bool(whole))


class _Grid(QTableView):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("textGrid")
        self.setAccessibleName(self.tr("Table"))
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setWordWrap(False)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.cells = _Cells(self)
        self.setItemDelegate(self.cells)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def forget(self) -> None:
        """Nothing is marked any more."""
        self.cells.hits, self.cells.marks, self.cells.labels = set(), {}, {}

    def measure(self) -> None:
        """Widths of columns by their first rows; rows of one height, so that a hundred thousand cost nothing."""
        self.setFont(theme.current().font(TextRole.TEXT))
        metrics = QFontMetrics(self.font())
        self.horizontalHeader().setFixedHeight(metrics.height() + scaled(12))
        self.verticalHeader().setDefaultSectionSize(max(scaled(26), metrics.height() + scaled(8)))
        model = self.model()
        for column in range(model.columnCount()):
            words = [model.headerData(column, Qt.Orientation.Horizontal)]
            words += [model.index(row, column).data() for row in range(min(_SAMPLED_ROWS, model.rowCount()))]
            wide = max((metrics.horizontalAdvance(str(each)[:80]) for each in words), default=0) + scaled(20)
            self.setColumnWidth(column, max(scaled(_NARROWEST), min(scaled(_WIDEST), wide)))

    def make_room_for_labels(self) -> None:
        """Widen columns in which a citation's letter would stand over the words."""
        metrics = QFontMetrics(self.font())
        for (row, column), marks in self.cells.labels.items():
            said = metrics.horizontalAdvance(str(self.model().index(row, column).data())[:80])
            wide = said + scaled(24) + sum(bar_label_width(mark) + scaled(6) for mark in marks)
            self.setColumnWidth(column, max(self.columnWidth(column), min(scaled(_WIDEST), wide)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy what is selected, rows in lines and a tab between two cells."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.copied())
        else:
            super().keyPressEvent(event)

    def chosen(self) -> list[QItemSelectionRange]:
        """What is selected, as rectangles."""
        chosen = self.selectionModel().selection()
        return [chosen.at(place) for place in range(chosen.size())]

    def copied(self) -> str:
        """The selected cells as text."""
        rows: dict[int, dict[int, str]] = {}
        model, left = self.model(), COPIED_MOST
        assert isinstance(model, TextRows)
        for part in self.chosen():
            for row in range(part.top(), part.bottom() + 1):
                left -= part.width()
                if left < 0:
                    break
                kept = rows.setdefault(row, {})
                kept.update((column, model.cell(row, column)) for column in range(part.left(), part.right() + 1))
        lines = ("\t".join(cells[column] for column in sorted(cells)) for _, cells in sorted(rows.items()))
        return "\n".join(lines).replace("\u2028", " ")


class _Cells(QStyledItemDelegate):
    """Paints what a search found and what is cited under the words of a cell."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hits: set[Cell] = set()
        self.marks: dict[Cell, list[Mark]] = {}
        self.labels: dict[Cell, list[Mark]] = {}

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The ground of the cell, its words, and the letter of a citation that begins in it."""
        cell = (index.row(), index.column())
        look = theme.current()
        rect: QRect = option.rect
        marks = self.marks.get(cell, ())
        if marks:
            is_current = any(mark.is_current for mark in marks)
            painter.fillRect(rect, look.color("accent_soft" if is_current else "chip"))
            painter.setPen(QPen(look.color("accent" if is_current else "badge"), 2))
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if cell in self.hits:
            painter.setPen(QPen(look.color("accent"), 1))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        super().paint(painter, option, index)
        right = float(rect.right() - scaled(3))
        for mark in self.labels.get(cell, ()):
            width = bar_label_width(mark) + scaled(4)
            middle = rect.center().y() - scaled(BAR_PX) / 2
            paint_bar(painter, QRectF(right - width, middle, width, scaled(BAR_PX)), mark)
            right -= width + scaled(2)


def _between(first: Cell, last: Cell, columns: int) -> list[Cell]:
    """The cells from the first to the last in reading order, within reason."""
    if first[0] == last[0]:
        return [(first[0], column) for column in range(first[1], last[1] + 1)]
    rows = range(first[0], min(last[0], first[0] + 2000) + 1)
    return [(row, column) for row in rows for column in range(columns)]
