"""The search of a PDF: field, count, and all hits. Searches through `PdfSearch`; knows no page on screen."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from workbench.ui.announcing import announce
from workbench.ui.texts import ElidedLabel, label
from workbench.ui.theme import TextRole, scaled
from workbench.ui.viewers.pdf_hits import HitList
from workbench.ui.viewers.pdf_opened import OpenedPdf
from workbench.ui.viewers.pdf_search import PdfSearch
from workbench.ui.viewers.tools import quiet
from workbench.ui.words import counted

SEARCH_AFTER_MS = 250


class PdfSearchPanel(QWidget):
    """Enter goes to the next hit, Shift+Enter to the one before, Escape to the pages."""

    left = Signal()
    """Escape: the pages shall have the focus again."""
    chosen = Signal()
    """A hit was chosen in the list."""

    def __init__(self, search: PdfSearch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = search
        self._page = 0
        self._labels: tuple[str, ...] = ()
        self.field = _Field(self)
        self.field.setPlaceholderText(self.tr("Search this PDF"))
        self.field.setAccessibleName(self.tr("Search this PDF"))
        self.count = ElidedLabel("", TextRole.META, tint="muted", name="pdfHitCount")
        self.back = quiet("‹", "previousHitButton", self.tr("Previous hit (Shift+Enter, Shift+F3)"))
        self.forward = quiet("›", "nextHitButton", self.tr("Next hit (Enter, F3)"))
        self.list = HitList(search)
        self.words = label("", TextRole.TEXT, tint="muted", wrap=True, name="pdfSearchWords")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._timer = QTimer(self, singleShot=True, interval=SEARCH_AFTER_MS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(scaled(2))
        row.addWidget(self.count, 1)
        row.addWidget(self.back)
        row.addWidget(self.forward)
        inner = QWidget()
        self._stack = QStackedLayout(inner)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.words)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(6), scaled(6), scaled(6), 0)
        column.setSpacing(scaled(4))
        column.addWidget(self.field)
        column.addLayout(row)
        column.addWidget(inner, 1)

    def _connect(self) -> None:
        self._timer.timeout.connect(self._begin)
        self.field.textEdited.connect(lambda _text: self._timer.start())
        self.field.step_asked.connect(self.step)
        self.field.left.connect(self.left)
        self.field.down_asked.connect(self._on_down)
        self.back.clicked.connect(lambda: self.step(-1))
        self.forward.clicked.connect(lambda: self.step(1))
        self.list.chosen.connect(self.search.choose)
        self.list.entered_row.connect(lambda _row: self.chosen.emit())
        self.search.stepped.connect(self._on_stepped)
        self.search.restarted.connect(self._show_state)
        self.search.advanced.connect(self._show_state)

    def show_pdf(self, pdf: OpenedPdf | None) -> None:
        """Another document, or none."""
        self._timer.stop()
        self._page = 0
        self.field.clear()
        self.list.hits.labels = pdf.labels if pdf is not None else ()
        self.search.show_pdf(pdf)

    def set_page(self, page: int) -> None:
        """The page that is looked at: from there on is searched first."""
        self._page = page

    def clear(self) -> None:
        """Search nothing."""
        self.field.clear()
        self._begin()

    def step(self, by: int) -> None:
        """To the next (1) or former (-1) hit."""
        if self._timer.isActive() or self.field.text().strip() != self.search.query:
            self._begin()
        self.search.step(by, self._page)

    def _begin(self) -> None:
        self._timer.stop()
        query = self.field.text().strip()
        if query != self.search.query:
            self.search.start(query, self._page)

    def _on_down(self) -> None:
        if self.search.hits:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.search.choose(self.search.current or 0)

    def _on_stepped(self) -> None:
        if self.search.current is not None:
            self.list.mark_row(self.search.current)
        self._show_state()
        announce(self.count, self.count.text())

    def _show_state(self) -> None:
        search, count = self.search, len(self.search.hits)
        has_hits = count > 0
        self._stack.setCurrentWidget(self.list if has_hits else self.words)
        for button in (self.back, self.forward):
            button.setEnabled(has_hits)
        skipped = self._skipped_words()
        self.count.setText(f"{self._count_words()} {skipped}".strip() if has_hits else "")
        self.words.setText("" if not search.query or has_hits else self._no_hit_words())
        if search.is_done and search.query and search.current is None:
            announce(self.count, self.count.text() or self.words.text())

    def _count_words(self) -> str:
        search, count = self.search, len(self.search.hits)
        if not count:
            return ""
        more = "+" if search.is_cut else "" if search.is_done else "…"
        if search.current is not None:
            return self.tr("{number} of {count}").format(number=f"{search.current + 1:,}", count=f"{count:,}{more}")
        return (
            self.tr("1 hit{more}").format(more=more)
            if count == 1
            else self.tr("{count} hits").format(count=f"{count:,}{more}")
        )

    def _no_hit_words(self) -> str:
        if not self.search.is_done:
            return self.tr("Searching… {pages} pages left").format(pages=f"{self.search.pages_left:,}")
        words = self.tr("No hits. Words inside scanned pictures cannot be searched.")
        return f"{words} {self._skipped_words()}".strip()

    def _skipped_words(self) -> str:
        skipped = self.search.pages_skipped
        if not skipped:
            return ""
        return self.tr("({pages} not readable)").format(pages=counted(skipped, self.tr("page"), self.tr("pages")))


class _Field(QLineEdit):
    step_asked = Signal(int)
    left = Signal()
    down_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pdfSearchField")
        self.setClearButtonEnabled(True)
        self.setMaxLength(200)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter steps, Escape leaves, Down goes to the list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step_asked.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.down_asked.emit()
        else:
            super().keyPressEvent(event)
