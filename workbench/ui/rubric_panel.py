"""The rubric beside the evidence: heads and cards, feedback, what is missing, and the foot."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from workbench.citations.ordering import in_reading_order
from workbench.model.citation import Citation
from workbench.model.ids import CitationId, CriterionId
from workbench.queries.views import ScoreView as Projection
from workbench.rubrics.completeness import Missing
from workbench.ui import words
from workbench.ui.criterion_card import CriterionCard
from workbench.ui.feedback_panel import FeedbackPanel
from workbench.ui.finalize_bar import FinalizeBar
from workbench.ui.missing_panel import MissingPanel
from workbench.ui.scoring import Scoring
from workbench.ui.texts import ElidedLabel
from workbench.ui.theme import TextRole, scaled

SCROLL_PX = 10
SHORT_PX = 420


class RubricPanel(QFrame):
    """Holds the cards of one submission at a time; cards are made anew for the next."""

    cite_asked = Signal(str)
    citation_chosen = Signal(object)
    citation_moved = Signal(object)
    citation_move_here_asked = Signal(object)
    absence_asked = Signal(str)
    absence_confirmed = Signal(str, object)
    typing_began = Signal(str)
    typing_done = Signal()
    criterion_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rubricPanel")
        self.setProperty("edge", "left")
        self.cards: list[CriterionCard] = []
        self.feedback: FeedbackPanel | None = None
        self._current = 0
        self._view: Projection | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._build_head())
        self._column.addWidget(self._build_scroll(), 1)
        self.missing = MissingPanel(self)
        self.missing.chosen.connect(self._on_missing_chosen)
        self.missing.visibility_changed.connect(self._share_room)
        self._column.addWidget(self.missing)
        self.bar = FinalizeBar(self)
        self.bar.feedback_asked.connect(lambda: self.open_feedback())
        self.bar.private_note_asked.connect(lambda: self.open_feedback(private=True))
        self._column.addWidget(self.bar)

    @property
    def current(self) -> CriterionCard | None:
        """The open criterion's card."""
        return self.cards[self._current] if self.cards else None

    def begin(self, view: Projection, scoring: Scoring) -> None:
        """Make the cards of another submission; what was typed before is saved first."""
        self.flush()
        self._discard()
        rubric = view.offering.rubric
        for criterion in rubric.criteria:
            note = view.draft.notes.get(criterion.id, "")
            card = CriterionCard(criterion, rubric.letter(criterion.id), scoring, note, self._list)
            card.opened.connect(self.open_criterion)
            card.cite_asked.connect(self.cite_asked)
            card.chips.chosen.connect(self.citation_chosen)
            card.chips.moved.connect(self.citation_moved)
            card.chips.move_here_asked.connect(self.citation_move_here_asked)
            card.chips.note_opened.connect(self._bring_into_view)
            card.absence.opened.connect(self._bring_into_view)
            card.absence_asked.connect(self.absence_asked)
            card.absence_confirmed.connect(self.absence_confirmed)
            card.typing_began.connect(self.typing_began)
            card.typing_done.connect(self.typing_done)
            self._cards_column.insertWidget(len(self.cards), card)
            self.cards.append(card)
            card.show()
        self.feedback = FeedbackPanel(scoring, view.draft.feedback, self)
        self.feedback.done.connect(self.typing_done)
        self.feedback.visibility_changed.connect(self._share_room)
        self._column.insertWidget(self._column.indexOf(self.missing), self.feedback)
        self.missing.hide()
        self.bar.show_saved()
        self.show_view(view)
        self.open_criterion(self._first_criterion(view))

    def show_view(self, view: Projection) -> None:
        """Show a later projection of the same submission; editors keep what is typed in them."""
        self._view = view
        evidence = {item.evidence.id: item.evidence for item in view.evidence}
        for card in self.cards:
            card.show_score(view.draft.scores.get(card.id), is_editable=view.editable)
            card.show_citations(self._citations_of(card.id), evidence)
        if self.feedback is not None:
            self.feedback.set_editable(view.editable)
        if self.missing.isVisible():
            self.missing.update_missing(view.missing)
        self._title.setText(view.offering.title)
        self._meta.setText(self._about(view))
        self.bar.show_view(view)

    def flush(self) -> None:
        """Save everything that is typed in this panel."""
        for card in self.cards:
            card.flush()
        if self.feedback is not None:
            self.feedback.flush()

    def open_criterion(self, criterion_id: CriterionId) -> None:
        """Open that criterion and fold the one before."""
        for index, card in enumerate(self.cards):
            is_open = card.id == criterion_id
            card.set_open(is_open)
            if is_open:
                self._current = index
                QTimer.singleShot(0, self, self._show_current)
        self.criterion_changed.emit(criterion_id)

    def step_criterion(self, step: int) -> None:
        """Open the next (1) or the previous (-1) criterion."""
        if self.cards:
            index = min(len(self.cards) - 1, max(0, self._current + step))
            self.open_criterion(self.cards[index].id)

    def choose_level(self, number: int) -> None:
        """Level `number`, counted from 1, for the open criterion."""
        if self.current is not None:
            self.current.choose(number - 1)

    def clear_level(self) -> None:
        """Take the open criterion's level away."""
        if self.current is not None:
            self.current.clear()

    def open_feedback(self, *, private: bool = False) -> None:
        """Show the feedback panel and put the cursor into it."""
        if self.feedback is not None:
            self.missing.hide()
            self.feedback.open(private=private)

    def show_missing(self, missing: tuple[Missing, ...]) -> None:
        """Show what has to be done before finalizing."""
        if self.feedback is not None:
            self.feedback.hide()
        self.missing.show_missing(missing)

    def next_citation(self, last: Citation | None, step: int = 1) -> Citation | None:
        """The citation of the open criterion after `last` (step -1: before it), else its first or last."""
        own = self._citations_of(self.current.id) if self.current is not None else ()
        ids = [cited.id for cited in own]
        before_first = -1 if step > 0 else 0
        place = ids.index(last.id) if last is not None and last.id in ids else before_first
        return own[(place + step) % len(own)] if own else None

    def mark_citation(self, citation_id: CitationId | None) -> None:
        """Mark the chip of the citation that was gone to last."""
        for card in self.cards:
            card.chips.set_current(citation_id)

    def _citations_of(self, criterion_id: CriterionId) -> tuple[Citation, ...]:
        """In reading order, over all evidence."""
        if self._view is None:
            return ()
        own = [cited for cited in self._view.draft.citations if cited.criterion_id == criterion_id]
        return in_reading_order(own, [item.evidence for item in self._view.evidence])

    def note_cursor(self) -> int | None:
        """Where the cursor stands in the open criterion's note, when it is there."""
        card = self.current
        return card.note.textCursor().position() if card is not None and card.note.hasFocus() else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the room goes to what is worked on."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        is_short = self.height() < scaled(SHORT_PX)
        is_writing = self.missing.isVisibleTo(self)
        if self.feedback is not None:
            self.feedback.set_low(is_short)
            is_writing = is_writing or self.feedback.isVisibleTo(self)
        self._meta.setVisible(not is_short)
        self._head.setVisible(not (is_short and is_writing))
        self.bar.set_short(is_short)

    def _build_head(self) -> QWidget:
        self._head = head = QFrame(self)
        head.setProperty("edge", "bottom")
        column = QVBoxLayout(head)
        column.setContentsMargins(scaled(14), scaled(9), scaled(14), scaled(8))
        column.setSpacing(scaled(2))
        self._title = ElidedLabel("", TextRole.HEADING, bold=True, name="offeringTitle")
        self._meta = ElidedLabel("", TextRole.META, tint="muted", name="submissionMeta")
        column.addWidget(self._title)
        column.addWidget(self._meta)
        return head

    def _build_scroll(self) -> QScrollArea:
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setMinimumHeight(scaled(24))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list = QWidget()
        self._list.setProperty("ground", "surface")
        self._cards_column = QVBoxLayout(self._list)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        self._on_range_changed(0, 0)
        self._cards_column.setSpacing(scaled(8))
        self._cards_column.addStretch(1)
        self._scroll.setWidget(self._list)
        return self._scroll

    def _on_range_changed(self, _least: int, most: int) -> None:
        # The bar takes its room from the margin, so that cards keep their width when it comes and goes.
        right = scaled(12) - (scaled(SCROLL_PX) if most > 0 else 0)
        self._cards_column.setContentsMargins(scaled(12), scaled(8), right, scaled(8))

    def _discard(self) -> None:
        for card in self.cards:
            self._cards_column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
        if self.feedback is not None:
            self._column.removeWidget(self.feedback)
            self.feedback.hide()
            self.feedback.deleteLater()
            self.feedback = None

    def _first_criterion(self, view: Projection) -> CriterionId:
        ids = [card.id for card in self.cards]
        if view.place is not None and view.place.criterion_id in ids:
            return view.place.criterion_id
        return next((each for each in ids if each not in view.draft.scores), ids[0])

    def _about(self, view: Projection) -> str:
        submission = view.submission
        parts = [
            submission.pseudonym,
            self.tr("attempt {number}").format(number=submission.attempt),
            words.due(view.assignment.due_at, datetime.now(UTC)),
            self.tr("rubric v{version}").format(version=view.offering.rubric.version),
        ]
        return " · ".join(parts)

    def _show_current(self) -> None:
        if self.current is not None:
            self._scroll.ensureWidgetVisible(self.current, 0, scaled(8))

    def _bring_into_view(self, widget: QWidget) -> None:
        # Later, when the card has given it its place.
        QTimer.singleShot(0, widget, lambda: self._scroll.ensureWidgetVisible(widget, 0, scaled(8)))

    def _on_missing_chosen(self, item: Missing) -> None:
        if item.criterion_id is None:
            self.open_feedback()
            return
        self.open_criterion(item.criterion_id)
        card = self.current
        if card is not None:
            card.focus_missing(item.what)
