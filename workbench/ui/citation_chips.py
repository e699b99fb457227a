"""A criterion's citations as chips, and below them the note of one. Changes go out through `Scoring`."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.model.citation import Citation, TimeRange
from workbench.model.ids import CitationId, EvidenceId
from workbench.model.submission import Evidence
from workbench.ui.autosave_edit import AutosaveEdit
from workbench.ui.buttons import Button, Kind
from workbench.ui.citation_chip import CitationChip
from workbench.ui.flow_layout import FlowLayout
from workbench.ui.scoring import Scoring
from workbench.ui.theme import scaled

MOST = 12
"""More than so many are folded behind a button."""


class CitationChips(QWidget):
    """In reading order; a chip keeps its focus while its citation changes."""

    chosen = Signal(object)
    """Go to this Citation."""
    moved = Signal(object)
    """A Citation whose place was moved by keys: show the end that moved, and stay here."""
    move_here_asked = Signal(object)
    note_opened = Signal(object)
    """The field: bring it into view."""

    def __init__(self, letter: str, scoring: Scoring, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letter = letter
        self._scoring = scoring
        self._citations: tuple[Citation, ...] = ()
        self._evidence: dict[EvidenceId, Evidence] = {}
        self._chips: list[CitationChip] = []
        self._note: AutosaveEdit | None = None
        self._current: CitationId | None = None
        self._is_editable, self._is_unfolded = True, False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(scaled(5))
        self._box = QWidget(self)
        self._line = FlowLayout(self._box, gap=scaled(6))
        self._more = Button("", f"moreCitations_{letter}", kind=Kind.QUIET)
        self._more.clicked.connect(self._unfold)
        self._more.hide()
        self._line.addWidget(self._more)
        self._column.addWidget(self._box)

    def add_end(self, widget: QWidget) -> None:
        """What stands after the last chip."""
        self._line.addWidget(widget)

    def set_editable(self, is_editable: bool) -> None:
        """Whether the citations can be changed."""
        self._is_editable = is_editable
        for chip in self._chips:
            chip.is_editable = is_editable
        if self._note is not None:
            self._note.setReadOnly(not is_editable)

    def set_current(self, citation_id: CitationId | None) -> None:
        """Mark the citation that was gone to last."""
        self._current = citation_id
        place = next((at for at, cited in enumerate(self._citations) if cited.id == citation_id), 0)
        if place >= MOST:
            self._unfold()
        for chip in self._chips:
            chip.set_current(chip.citation.id == citation_id)

    def show_citations(self, citations: tuple[Citation, ...], evidence: dict[EvidenceId, Evidence]) -> None:
        """Show these; nothing flickers while they stay the same."""
        if citations == self._citations and evidence == self._evidence:
            return
        self._evidence = evidence
        is_same_row = [each.id for each in citations] == [each.id for each in self._citations]
        self._citations = citations
        if is_same_row:
            for chip, cited in zip(self._chips, citations, strict=True):
                chip.show_citation(cited, evidence.get(cited.evidence_id))
        else:
            self._rebuild()
        if self._note is not None and self._by_id(CitationId(self._note.property("citation"))) is None:
            self._close_note()

    def flush(self) -> None:
        """Save what is typed here."""
        if self._note is not None:
            self._note.flush()

    def _rebuild(self) -> None:
        focused = next((chip.citation.id for chip in self._chips if chip.hasFocus()), None)
        for chip in self._chips:
            self._line.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        ends = [self._line.takeAt(0) for _ in range(self._line.count())]
        self._chips = [self._chip(cited, index) for index, cited in enumerate(self._citations, 1)]
        for chip in self._chips:
            self._line.addWidget(chip)
        for end in ends:
            if end is not None:
                self._line.addItem(end)
        self._fold()
        again = next((chip for chip in self._chips if chip.citation.id == focused), None)
        if again is not None:
            again.setFocus(Qt.FocusReason.OtherFocusReason)
        self._box.updateGeometry()

    def _chip(self, citation: Citation, index: int) -> CitationChip:
        name = f"citation_{self._letter}_{index}"
        chip = CitationChip(citation, self._evidence.get(citation.evidence_id), name, self._box)
        chip.is_editable = self._is_editable
        chip.set_current(citation.id == self._current)
        chip.clicked.connect(lambda: self.chosen.emit(chip.citation))
        chip.changed.connect(self._change)
        chip.removal_asked.connect(self._scoring.uncite)
        chip.move_here_asked.connect(self.move_here_asked)
        chip.note_asked.connect(self._open_note)
        chip.show()
        return chip

    def _change(self, after: Citation) -> None:
        """Show it at once, so that the next key press goes on from here."""
        before = self._by_id(after.id)
        if before is None:
            return
        self._scoring.change_citation(before, after)
        changed = tuple(after if cited.id == after.id else cited for cited in self._citations)
        self.show_citations(changed, self._evidence)
        was, now = before.place, after.place
        if isinstance(was, TimeRange) and isinstance(now, TimeRange) and was != now:
            at_ms = now.start_ms if now.start_ms != was.start_ms else now.end_ms
            self.moved.emit(replace(after, place=TimeRange(start_ms=at_ms, end_ms=at_ms)))

    def _open_note(self, citation: Citation) -> None:
        self._close_note()
        note = AutosaveEdit(
            f"citationNote_{self._letter}", citation.note, lambda text: self._save_note(citation.id, text),
            lines=1, enter_is_done=True, parent=self,
        )  # fmt: skip
        note.setProperty("citation", citation.id)
        place = next((chip.text() for chip in self._chips if chip.citation.id == citation.id), "")
        note.setAccessibleName(self.tr("Note on the citation {place}").format(place=place))
        note.setPlaceholderText(self.tr("A short note on {place}").format(place=place))
        note.done.connect(lambda: self._close_note(citation.id))
        self._note = note
        self._column.addWidget(note)
        note.show()
        note.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.note_opened.emit(note)

    def _save_note(self, citation_id: CitationId, text: str) -> None:
        if (cited := self._by_id(citation_id)) is not None:
            self._change(replace(cited, note=text.strip()))

    def _close_note(self, back_to: CitationId | None = None) -> None:
        note, self._note = self._note, None
        if note is None:
            return
        note.flush()
        self._column.removeWidget(note)
        chip = next((chip for chip in self._chips if chip.citation.id == back_to), None)
        if chip is not None:
            chip.setFocus(Qt.FocusReason.OtherFocusReason)
        note.hide()
        note.deleteLater()

    def _by_id(self, citation_id: CitationId) -> Citation | None:
        return next((cited for cited in self._citations if cited.id == citation_id), None)

    def _unfold(self) -> None:
        self._is_unfolded = True
        self._fold()

    def _fold(self) -> None:
        hidden = 0 if self._is_unfolded else max(0, len(self._chips) - MOST)
        for at, chip in enumerate(self._chips):
            chip.setVisible(at < len(self._chips) - hidden)
        self._more.setText(self.tr("{count} more").format(count=hidden))
        self._more.setAccessibleName(self.tr("Show {count} more citations").format(count=hidden))
        self._more.setVisible(hidden > 0)
        self._box.updateGeometry()
