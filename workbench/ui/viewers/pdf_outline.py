"""A PDF's own table of contents as a tree. Asked for once, when it is first looked at."""

from bisect import bisect_right

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette, QShowEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QStackedLayout, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from workbench.errors import KnownError
from workbench.media.jobs import OutlineEntry
from workbench.ui import theme
from workbench.ui.texts import label
from workbench.ui.theme import TextRole
from workbench.ui.viewers.pdf_opened import OpenedPdf

_PAGE_ROLE = Qt.ItemDataRole.UserRole
OPEN_WHEN_FEWER = 60
"""Entries; a longer table begins with its chapters alone."""


class PdfOutline(QWidget):
    """`chosen` is told with the page from 0."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pdf: OpenedPdf | None = None
        self._is_asked = False
        self._page = 0
        self._by_page: list[tuple[int, QStandardItem]] = []
        self._model = QStandardItemModel(self)
        self.tree = _Tree(self)
        self.tree.setModel(self._model)
        self.tree.entered_entry.connect(self._on_entry)
        self.tree.clicked.connect(self._on_entry)
        self.words = label("", TextRole.TEXT, tint="muted", wrap=True, name="pdfOutlineWords")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.tree)
        self._stack.addWidget(self.words)

    def show_pdf(self, pdf: OpenedPdf | None) -> None:
        """Another document, or none."""
        self._pdf, self._is_asked = pdf, False
        self._by_page = []
        self._model.clear()
        self._say(self.tr("Reading the table of contents…") if pdf is not None else "")
        if self.isVisible():
            self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        """Now it is needed."""
        super().showEvent(event)
        self._ask()

    def mark_page(self, page: int) -> None:
        """Show the last entry that begins on this page or before it."""
        self._page = page
        best = self._last_before(page)
        if best is not None and not self.tree.hasFocus():
            self.tree.setCurrentIndex(best.index())

    def _ask(self) -> None:
        if self._pdf is not None and not self._is_asked:
            self._is_asked = True
            self._pdf.read_outline(self._on_outline, self._on_failed)

    def _on_outline(self, entries: tuple[OutlineEntry, ...]) -> None:
        if not entries:
            self._say(self.tr("This PDF has no table of contents."))
            return
        levels: list[tuple[int, QStandardItem]] = []
        for entry in entries:
            while levels and levels[-1][0] >= entry.level:
                levels.pop()
            item = self._item(entry)
            (levels[-1][1] if levels else self._model.invisibleRootItem()).appendRow(item)
            levels.append((entry.level, item))
            if entry.page is not None:
                self._by_page.append((entry.page, item))
        self._by_page.sort(key=lambda placed: placed[0])
        if len(entries) < OPEN_WHEN_FEWER:
            self.tree.expandAll()
        elif self._model.rowCount() == 1:
            self.tree.expandToDepth(0)
        self.mark_page(self._page)
        self._stack.setCurrentWidget(self.tree)

    def _on_failed(self, problem: KnownError) -> None:
        self._say(problem.happened)

    def _item(self, entry: OutlineEntry) -> QStandardItem:
        item = QStandardItem(entry.title or self.tr("Untitled"))
        item.setEditable(False)
        item.setData(entry.page, _PAGE_ROLE)
        item.setToolTip(item.text())
        if entry.page is None or self._pdf is None:
            said = self.tr("{title}, leads nowhere").format(title=item.text())
            item.setForeground(theme.current().color("muted"))
        else:
            said = self.tr("{title}, page {page}").format(title=item.text(), page=self._pdf.label(entry.page))
        item.setData(said, Qt.ItemDataRole.AccessibleTextRole)
        return item

    def _last_before(self, page: int) -> QStandardItem | None:
        """The last entry up to this page; inside a closed chapter, the chapter."""
        row = bisect_right(self._by_page, page, key=lambda entry: entry[0]) - 1
        item = self._by_page[row][1] if row >= 0 else None
        closed = item
        while item is not None and item.parent() is not None:
            item = item.parent()
            if not self.tree.isExpanded(item.index()):
                closed = item
        return closed

    def _on_entry(self, index: QModelIndex | QPersistentModelIndex) -> None:
        page = index.data(_PAGE_ROLE)
        if page is not None:
            self.chosen.emit(page)

    def _say(self, text: str) -> None:
        self.words.setText(text)
        self._stack.setCurrentWidget(self.words)


class _Rows(QStyledItemDelegate):
    """Rows that a finger or an unsteady hand can hit."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as a target needs."""
        return QSize(super().sizeHint(option, index).width(), theme.scaled(theme.TARGET_PX + 2))


class _Tree(QTreeView):
    """Enter goes to an entry; arrows open and close; letters are left to the window's keys."""

    entered_entry = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pdfOutline")
        self.setAccessibleName(self.tr("Table of contents"))
        self.setHeaderHidden(True)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setIndentation(theme.scaled(14))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformRowHeights(True)
        self.setItemDelegate(_Rows(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)

    def drawRow(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Chosen as elsewhere: on the accent's soft ground."""
        look, soft = theme.current(), QStyleOptionViewItem(option)
        soft.palette.setColor(QPalette.ColorRole.Highlight, look.color("accent_soft"))
        soft.palette.setColor(QPalette.ColorRole.HighlightedText, look.color("ink"))
        super().drawRow(painter, soft, index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let arrows move, Enter choose, and everything typed pass by."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered_entry.emit(self.currentIndex())
        elif event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another text size needs another indentation."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setIndentation(theme.scaled(14))
