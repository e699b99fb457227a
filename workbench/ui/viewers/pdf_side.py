"""What stands beside the pages of a PDF: thumbnails, table of contents, search. Chooses pages; shows none itself."""

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from workbench.ui.buttons import Button, Kind
from workbench.ui.theme import scaled
from workbench.ui.viewers.pdf_opened import OpenedPdf
from workbench.ui.viewers.pdf_outline import PdfOutline
from workbench.ui.viewers.pdf_search import PdfSearch
from workbench.ui.viewers.pdf_search_panel import PdfSearchPanel
from workbench.ui.viewers.pdf_thumbnails import PdfThumbnails


class SideTab(StrEnum):
    """What is shown beside the pages."""

    PAGES = "pages"
    OUTLINE = "outline"
    SEARCH = "search"


class PdfSide(QFrame):
    """`chosen` is told with a page from 0; hits are chosen through `search`."""

    chosen = Signal(int)
    left = Signal()
    """Escape: the pages shall have the focus again."""
    done = Signal()
    """Something was chosen for good: where there is no room for both, the pages shall be seen again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pdfSide")
        self.setProperty("edge", "right")
        self.search = PdfSearch(self)
        self.thumbnails, self.outline = PdfThumbnails(), PdfOutline()
        self.finder = PdfSearchPanel(self.search)
        self._stack = QStackedWidget()
        self._tabs: dict[SideTab, Button] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, scaled(6), 0, 0)
        column.setSpacing(scaled(4))
        column.addLayout(self._make_tabs())
        column.addWidget(self._stack, 1)
        for shown in (self.thumbnails, self.outline, self.finder):
            self._stack.addWidget(shown)
        self._connect()
        self.show_tab(SideTab.PAGES)

    def _make_tabs(self) -> QHBoxLayout:
        group = QFrame()
        group.setProperty("segments", "true")
        inner = QHBoxLayout(group)
        inner.setContentsMargins(scaled(2), scaled(2), scaled(2), scaled(2))
        inner.setSpacing(scaled(2))
        names = {
            SideTab.PAGES: (self.tr("Pages"), self.tr("Thumbnails of the pages")),
            SideTab.OUTLINE: (self.tr("Contents"), self.tr("Table of contents")),
            SideTab.SEARCH: (self.tr("Search"), self.tr("Search this PDF (Ctrl+F)")),
        }
        for tab, (name, says) in names.items():
            button = Button(name, f"pdfTab_{tab}", kind=Kind.SEGMENT)
            button.setToolTip(says)
            button.setAccessibleDescription(says)
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, shown=tab: self.show_tab(shown))
            inner.addWidget(button, 1)
            self._tabs[tab] = button
        row = QHBoxLayout()
        row.setContentsMargins(scaled(6), 0, scaled(6), 0)
        row.addWidget(group, 1)
        return row

    def _connect(self) -> None:
        self.thumbnails.chosen.connect(self.chosen)
        self.thumbnails.entered_row.connect(lambda _row: self.done.emit())
        self.outline.chosen.connect(self.chosen)
        self.outline.chosen.connect(lambda _page: self.done.emit())
        self.finder.chosen.connect(self.done)
        self.finder.left.connect(self.left)

    @property
    def tab(self) -> SideTab:
        """What is shown."""
        return tuple(SideTab)[self._stack.currentIndex()]

    def show_tab(self, tab: SideTab) -> None:
        """Show thumbnails, contents or search."""
        self._stack.setCurrentIndex(tuple(SideTab).index(tab))
        for each, button in self._tabs.items():
            button.setChecked(each is tab)

    def focus_search(self) -> None:
        """Show the search with its words selected, ready to be typed over."""
        self.show_tab(SideTab.SEARCH)
        self.finder.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.finder.field.selectAll()

    def focus_content(self) -> None:
        """Give the keyboard what is shown."""
        shown = {SideTab.PAGES: self.thumbnails, SideTab.OUTLINE: self.outline.tree, SideTab.SEARCH: self.finder.field}
        shown[self.tab].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_pdf(self, pdf: OpenedPdf | None) -> None:
        """Another document, or none."""
        self.thumbnails.show_pdf(pdf)
        self.outline.show_pdf(pdf)
        self.finder.show_pdf(pdf)

    def show_page(self, page: int) -> None:
        """The page that is looked at now."""
        self.thumbnails.mark_row(page)
        self.outline.mark_page(page)
        self.finder.set_page(page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the pages."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
