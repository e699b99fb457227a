"""A text or a Markdown file to read. The file is read by a worker; only the words arrive here."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from workbench.media.jobs import ReadText, TextDocument
from workbench.model.citation import Place, TextQuote
from workbench.model.place import WorkPlace
from workbench.tasks import Tasks
from workbench.ui import words
from workbench.ui.viewers.marks import Mark
from workbench.ui.viewers.still_viewer import StillViewer
from workbench.ui.viewers.text_body import TextBody
from workbench.ui.viewers.tools import muted

SHOWN_MOST = 1_000_000
"""Characters; laying out more would stop the window. A reflection has a few thousand."""


class TextViewer(StillViewer):
    """What is selected is cited, else the first paragraph in view."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, "textViewer", "textCiteButton", parent)
        self.body = TextBody(self)
        self.setFocusProxy(self.body)
        self.words = muted("", "textWords")
        self.row.add(self.words)
        self.lay_out(self.body, "surface", hint_gives_way=1)
        self.body.moved.connect(self._on_moved)
        self.body.selectionChanged.connect(self._on_selection_changed)

    def clear(self) -> None:
        """Forget the text."""
        super().clear()
        self.body.clear_text()
        self.words.setText("")
        self.hint.setText("")
        self.cite.setEnabled(False)

    def load(self) -> None:
        """Ask for the words."""
        assert self.source is not None
        self.source.decode(ReadText(), self._on_text, failed=self.tell_failure)

    def place(self) -> WorkPlace:
        """How far down, in thousandths of the text, as `page`."""
        bar = self.body.verticalScrollBar()
        return WorkPlace(
            evidence_id=self.item.evidence.id if self.item else None,
            page=round(1000 * bar.value() / bar.maximum()) if bar.maximum() else 0,
        )

    def move_to(self, wanted: WorkPlace | Place) -> None:
        """Scroll to a remembered height or to a quotation."""
        if isinstance(wanted, WorkPlace):
            bar = self.body.verticalScrollBar()
            bar.setValue(round(bar.maximum() * min(1000, wanted.page) / 1000))
        elif isinstance(wanted, TextQuote):
            self.body.go_to_quote(wanted)

    def citation_place(self) -> Place | None:
        """The selection, else the first paragraph in view."""
        return self.body.quote() if self.is_ready else None

    def set_citations(self, marks: Sequence[Mark]) -> None:
        """Mark the quotations."""
        super().set_citations(marks)
        self.body.set_marks(self.marks)

    def _on_text(self, document: TextDocument) -> None:
        self.body.show_text(document.text[:SHOWN_MOST], is_markdown=document.is_markdown)
        self.body.set_marks(self.marks)
        count = len(self.body.text.split())
        known = self.item.evidence.facts.words if self.item is not None else None
        amount = words.counted(known or count, self.tr("word"), self.tr("words"))
        is_cut = len(document.text) > SHOWN_MOST
        self.words.setText(self.tr("Only the first {amount} are shown").format(amount=amount) if is_cut else amount)
        self.cite.setEnabled(count > 0)
        self._on_selection_changed()
        self.mark_ready()
        self.shown.emit()

    def _on_moved(self) -> None:
        if self.is_ready:
            self.place_changed.emit()

    def _on_selection_changed(self) -> None:
        selected = self.body.textCursor().hasSelection()
        self.hint.setText(
            self.tr("Cites the selection") if selected else self.tr("Select words, or cite the paragraph in view")
        )
