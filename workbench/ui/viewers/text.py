"""A text, a table or a document to read. The file is read by a worker; only words and pixels arrive here."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from workbench.media.jobs import ReadText, TextDocument
from workbench.model.citation import Place, TextQuote
from workbench.model.place import WorkPlace
from workbench.tasks import Tasks
from workbench.ui import words
from workbench.ui.viewers.marks import Mark
from workbench.ui.viewers.safe_document import bearable
from workbench.ui.viewers.still_viewer import StillViewer
from workbench.ui.viewers.text_body import TextBody
from workbench.ui.viewers.text_find_bar import TextFindBar
from workbench.ui.viewers.text_finding import Span, find_all
from workbench.ui.viewers.text_pictures import TextPictures
from workbench.ui.viewers.text_table import TextTable
from workbench.ui.viewers.tools import muted, quiet

SHOWN_MOST = 1_000_000
"""Characters; laying out more would stop the window. A reflection has a few thousand."""


class TextViewer(StillViewer):
    """What is selected is cited, else the first paragraph or row in view."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, "textViewer", "textCiteButton", parent)
        self.body, self.table, self.find_bar = TextBody(self), TextTable(self), TextFindBar(self)
        self.surface: TextBody | TextTable = self.body
        self._pictures = TextPictures(self.body)
        self._stack = QStackedWidget(self)
        self._hits: list[Span] = []
        self._hit = 0
        self.words = muted("", "textWords")
        self.search_button = quiet(self.tr("Find"), "textFindButton", self.tr("Find in this text (Ctrl+F)"))
        self.row.add(self.words, gives_way=2)
        self.row.add(self.search_button)
        self.lay_out(self._stack, "surface", hint_gives_way=1)
        self._build()

    def _build(self) -> None:
        column = self.layout()
        assert column is not None
        column.addWidget(self.find_bar)
        for surface in (self.body, self.table):
            self._stack.addWidget(surface)
            surface.moved.connect(self._on_moved)
            surface.selectionChanged.connect(self._on_selection_changed)
        self.setFocusProxy(self.body)
        self.search_button.clicked.connect(self.open_search)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.open_search)
        self.find_bar.asked.connect(self._on_search_asked)
        self.find_bar.stepped.connect(self._on_search_stepped)
        self.find_bar.closed.connect(self._on_search_closed)

    def clear(self) -> None:
        """Forget the text."""
        super().clear()
        self.find_bar.field.clear()
        self.find_bar.hide()
        self._pictures.clear()
        self._hits = []
        self.body.clear_text()
        self.table.clear_text()
        self.words.setText("")
        self.hint.setText("")
        self.cite.setEnabled(False)

    def load(self) -> None:
        """Ask for the words."""
        assert self.source is not None
        self.source.decode(ReadText(), self._on_text, failed=self.tell_failure)

    def place(self) -> WorkPlace:
        """How far down, in thousandths of the text, as `page`."""
        bar = self.surface.verticalScrollBar()
        return WorkPlace(
            evidence_id=self.item.evidence.id if self.item else None,
            page=round(1000 * bar.value() / bar.maximum()) if bar.maximum() else 0,
        )

    def pages_in_view(self) -> tuple[int, ...]:
        """Page 0 once the end is in view: then the whole was there to be read."""
        bar = self.surface.verticalScrollBar()
        return (0,) if bar.value() >= bar.maximum() - bar.pageStep() // 20 else ()

    def move_to(self, wanted: WorkPlace | Place) -> None:
        """Scroll to a remembered height or to a quotation."""
        if isinstance(wanted, WorkPlace):
            bar = self.surface.verticalScrollBar()
            bar.setValue(round(bar.maximum() * min(1000, wanted.page) / 1000))
        elif isinstance(wanted, TextQuote):
            self.surface.go_to_quote(wanted)

    def citation_place(self) -> Place | None:
        """The selection, else the first paragraph or row in view."""
        return self.surface.quote() if self.is_ready else None

    def set_citations(self, marks: Sequence[Mark]) -> None:
        """Mark the quotations."""
        super().set_citations(marks)
        self.surface.set_marks(self.marks)

    def open_search(self) -> None:
        """Open the search, with the selected words if they are few."""
        if self.is_ready:
            selected = self.surface.quote() if self.surface.has_selection else None
            is_short = selected is not None and len(selected.exact) < 60 and "\n" not in selected.exact
            self.find_bar.ask(selected.exact if selected is not None and is_short else "")

    def _on_text(self, document: TextDocument) -> None:
        self._show(document)
        self.surface.set_marks(self.marks)
        self.words.setText(self._amount(document))
        self.words.setToolTip(document.note)
        self.cite.setEnabled(bool(self.surface.text.strip()))
        self._on_selection_changed()
        self.mark_ready()
        self.shown.emit()

    def _show(self, document: TextDocument) -> None:
        self.surface = self.table if document.is_table else self.body
        self._stack.setCurrentWidget(self.surface)
        self.setFocusProxy(self.surface)
        if document.is_table:
            self.table.show_table(document.text, has_header=document.has_header)
        elif document.blocks:
            spots = self.body.show_blocks(document.blocks)
            assert self.source is not None
            self._pictures.show(self.source, spots)
        else:
            self.body.show_text(bearable(document.text[:SHOWN_MOST]), is_markdown=document.is_markdown)

    def _amount(self, document: TextDocument) -> str:
        if document.is_table:
            rows = words.counted(self.table.rows.rowCount(), self.tr("row"), self.tr("rows"))
            columns = words.counted(self.table.rows.columnCount(), self.tr("column"), self.tr("columns"))
            amount, is_cut = f"{rows} · {columns}", bool(document.note)
        else:
            shown = document.text if document.blocks else bearable(document.text[:SHOWN_MOST])
            amount = words.counted(len(shown.split()), self.tr("word"), self.tr("words"))
            is_cut = len(shown) < len(document.text) or bool(document.note)
        return self.tr("Only the first {amount} are shown").format(amount=amount) if is_cut else amount

    def _on_moved(self) -> None:
        if self.is_ready:
            self.place_changed.emit()

    def _on_selection_changed(self) -> None:
        if self.surface.has_selection:
            self.hint.say(self.tr("Cites the selection"), short="")
        elif self.surface is self.table:
            self.hint.say(self.tr("Select cells, or cite the row in view"), short=self.tr("Cites the row"))
        else:
            whole, short = self.tr("Select words, or cite the paragraph in view"), self.tr("Cites the paragraph")
            self.hint.say(whole, short=short)

    def _on_search_asked(self, wanted: str) -> None:
        self._hits = find_all(self.surface.text, wanted)
        self._hit = 0
        self._show_hit()

    def _on_search_stepped(self, by: int) -> None:
        if self._hits:
            self._hit = (self._hit + by) % len(self._hits)
            self._show_hit()

    def _show_hit(self) -> None:
        self.surface.show_hits(self._hits, self._hits[self._hit] if self._hits else None)
        self.find_bar.tell(self._hit + 1, len(self._hits))

    def _on_search_closed(self) -> None:
        self._hits = []
        self.surface.show_hits((), None)
        self.surface.setFocus(Qt.FocusReason.OtherFocusReason)
