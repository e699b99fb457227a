"""One criterion: its head, and when it is open every level in full, its citations and its note."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from workbench.model.citation import Citation
from workbench.model.decision import CriterionScore, ScoreState
from workbench.model.ids import CriterionId, EvidenceId
from workbench.model.rubric import Criterion
from workbench.model.submission import Evidence
from workbench.ui.absence_panel import AbsencePanel, LookedAt
from workbench.ui.autosave_edit import AutosaveEdit
from workbench.ui.buttons import Button, Kind
from workbench.ui.citation_chips import CitationChips
from workbench.ui.criterion_header import CriterionHeader
from workbench.ui.flow_layout import together
from workbench.ui.icon_button import IconButton
from workbench.ui.level_choice import LevelChoice
from workbench.ui.outlined_card import OutlinedCard
from workbench.ui.scoring import Scoring
from workbench.ui.texts import label
from workbench.ui.theme import scaled


class CriterionCard(OutlinedCard):
    """Made anew for each submission, and bound to its assignment through `scoring`."""

    opened = Signal(str)
    cite_asked = Signal(str)
    absence_asked = Signal(str)
    absence_confirmed = Signal(str, object)
    """`(criterion, the ids of the evidence that does not show it)`"""
    typing_began = Signal(str)
    typing_done = Signal()

    def __init__(
        self, criterion: Criterion, letter: str, scoring: Scoring, note: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.criterion = criterion
        self.letter = letter
        self._scoring = scoring
        self._score: CriterionScore | None = None
        self._is_editable = True
        self._build(note)
        self.set_open(False)

    @property
    def id(self) -> CriterionId:
        """The criterion's id."""
        return self.criterion.id

    def set_open(self, is_open: bool) -> None:
        """Show the whole, or only the head."""
        self._is_open = is_open
        self.set_current(is_open)
        self._body.setVisible(is_open)
        self._aid_button.setVisible(is_open and bool(self.criterion.guidance))
        self._show_standing()

    def show_score(self, score: CriterionScore | None, *, is_editable: bool) -> None:
        """Show level or state as the draft has them."""
        self._score, self._is_editable = score, is_editable
        chosen = score.level_id if score else None
        for choice in self.levels:
            with QSignalBlocker(choice):
                choice.setChecked(choice.level.id == chosen)
            choice.setEnabled(is_editable)
        self.note.setReadOnly(not is_editable)
        self._chip_end.setVisible(is_editable)
        self.chips.set_editable(is_editable)
        if not is_editable:
            self.absence.hide()
        self.note.setVisible(is_editable or bool(self.note.toPlainText()))
        self._show_reason()
        self._show_standing()

    def show_citations(self, citations: tuple[Citation, ...], evidence: dict[EvidenceId, Evidence]) -> None:
        """Show this criterion's citations as chips."""
        self.chips.show_citations(citations, evidence)

    def open_absence(self, looked: Sequence[LookedAt]) -> None:
        """Ask in which evidence the criterion is not shown."""
        if self._is_editable:
            self.absence.open_with(looked)

    def choose(self, index: int) -> None:
        """Choose the level at that place, counted from 0; beyond the last: nothing."""
        if self._is_editable and 0 <= index < len(self.levels):
            self._on_level_asked(self.levels[index])

    def clear(self) -> None:
        """Take level or state away."""
        if self._is_editable and self._score is not None:
            before, self._score = self._score, None
            self._scoring.clear_level(self.id, before)
            self.show_score(None, is_editable=True)

    def flush(self) -> None:
        """Save what is typed here."""
        self.note.flush()
        self._reason.flush()
        self.chips.flush()

    def focus_note(self, cursor: int | None) -> None:
        """Put the cursor back into the note, at that character."""
        if cursor is not None:
            place = self.note.textCursor()
            place.setPosition(min(cursor, len(self.note.toPlainText())))
            self.note.setTextCursor(place)
        else:
            self.note.moveCursor(QTextCursor.MoveOperation.End)
        self.note.setFocus()

    def focus_missing(self, what: str) -> None:
        """Put the focus where the missing thing is given."""
        targets = {"citation": self._cite, "feedback": self.note, "reason": self._reason}
        targets.get(what, self.levels[0]).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _build(self, note: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(11), scaled(7), scaled(11), scaled(7))
        column.setSpacing(scaled(4))
        column.addLayout(self._build_head())
        self._body = QWidget(self)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, scaled(2))
        body.setSpacing(scaled(5))
        self._aid = label(self.criterion.guidance, tint="muted", wrap=True, name=f"aid_{self.letter}")
        self._aid.hide()
        body.addWidget(self._aid)
        self.levels = [self._level(index) for index in range(len(self.criterion.levels))]
        for choice in self.levels:
            body.addWidget(choice)
        body.addLayout(self._build_reason())
        body.addWidget(self._build_chips())
        body.addWidget(self._build_absence())
        body.addWidget(self._build_note(note))
        column.addWidget(self._body)

    def _build_head(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(scaled(4))
        self.header = CriterionHeader(self.letter, self.criterion.title, self)
        self.header.clicked.connect(lambda: self.opened.emit(self.id))
        line.addWidget(self.header, 1, Qt.AlignmentFlag.AlignVCenter)
        self._aid_button = Button(self.tr("Scoring aid"), f"aidButton_{self.letter}", kind=Kind.QUIET)
        self._aid_button.setCheckable(True)
        self._aid_button.toggled.connect(self._on_aid_toggled)
        line.addWidget(self._aid_button, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _level(self, index: int) -> LevelChoice:
        choice = LevelChoice(self.criterion.levels[index], self.letter, index + 1, self)
        choice.clicked.connect(lambda: self._on_level_asked(choice))
        choice.neighbor_asked.connect(lambda step: self._on_neighbor_asked(choice, step))
        return choice

    def _build_reason(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(scaled(4))
        self._state_line = label("", bold=True)
        self._reason = AutosaveEdit(f"reason_{self.letter}", "", self._save_reason, lines=2, enter_is_done=True)
        self._reason.setAccessibleName(self.tr("Reason why this cannot be judged"))
        self._reason.setPlaceholderText(self.tr("Why can this not be judged from the evidence?"))
        self._reason.done.connect(self.typing_done)
        column.addWidget(self._state_line)
        column.addWidget(self._reason)
        self._state_line.hide()
        self._reason.hide()
        return column

    def _build_chips(self) -> CitationChips:
        self.chips = CitationChips(self.letter, self._scoring, self)
        self._cite = Button(self.tr("Cite"), f"cite_{self.letter}", key="C", kind=Kind.DASHED)
        self._cite.setAccessibleName(self.tr("Cite for criterion {letter}").format(letter=self.letter))
        self._cite.clicked.connect(lambda: self.cite_asked.emit(self.id))
        self._absent = Button(self.tr("Not shown…"), f"absent_{self.letter}", kind=Kind.QUIET)
        self._absent.setAccessibleName(self.tr("Criterion {letter} is not shown…").format(letter=self.letter))
        self._absent.setToolTip(self.tr("Cite what you looked through without finding it (Shift+C)"))
        self._absent.clicked.connect(lambda: self.absence_asked.emit(self.id))
        name = self.tr("More for criterion {letter}").format(letter=self.letter)
        self._menu_button = IconButton("more", name, f"criterionMenu_{self.letter}", kind=Kind.QUIET)
        self._menu_button.clicked.connect(self._on_menu_asked)
        # Together, so that no line ever holds the menu alone.
        self._chip_end = together(self._cite, self._absent, self._menu_button, gap=scaled(6))
        self.chips.add_end(self._chip_end)
        return self.chips

    def _build_absence(self) -> AbsencePanel:
        self.absence = AbsencePanel(self.letter, self)
        self.absence.confirmed.connect(lambda ids: self.absence_confirmed.emit(self.id, ids))
        self.absence.closed.connect(lambda: self._absent.setFocus(Qt.FocusReason.OtherFocusReason))
        return self.absence

    def _build_note(self, note: str) -> AutosaveEdit:
        self.note = AutosaveEdit(f"note_{self.letter}", note, self._save_note, lines=2, enter_is_done=True)
        self.note.setAccessibleName(self.tr("Note for criterion {letter}").format(letter=self.letter))
        self.note.setPlaceholderText(self.tr("What was seen, what is missing"))
        self.note.typing_began.connect(lambda: self.typing_began.emit(self.id))
        self.note.done.connect(self.typing_done)
        return self.note

    def _save_note(self, text: str) -> None:
        self._scoring.set_note(self.id, text)

    def _save_reason(self, text: str) -> None:
        if self._score is not None and self._score.state is ScoreState.CANNOT_JUDGE:
            self._scoring.set_state(self.id, ScoreState.CANNOT_JUDGE, text, self._score)

    def _show_standing(self) -> None:
        self.header.set_standing(self.standing(), is_settled=self._score is not None, is_current=self._is_open)

    def standing(self) -> str:
        """How the criterion stands, in words."""
        if self._score is None:
            return self.tr("not scored")
        if self._score.level_id is not None:
            return self.criterion.level(self._score.level_id).label
        if self._score.state is ScoreState.NOT_APPLICABLE:
            return self.tr("Not applicable")
        return self.tr("Cannot judge")

    def _show_reason(self) -> None:
        state = self._score.state if self._score else ScoreState.SCORED
        self._state_line.setVisible(state is not ScoreState.SCORED)
        self._state_line.setText(self.standing() if state is not ScoreState.SCORED else "")
        is_unjudged = state is ScoreState.CANNOT_JUDGE
        if is_unjudged and not self._reason.isVisibleTo(self._body) and self._score is not None:
            self._reason.set_saved(self._score.reason)
        self._reason.setVisible(is_unjudged)
        self._reason.setReadOnly(not self._is_editable)

    def _on_level_asked(self, choice: LevelChoice) -> None:
        before = self._score
        if before is not None and before.level_id == choice.level.id:
            return
        self._scoring.set_level(self.id, choice.level.id, before)
        note = before.note if before else ""
        self.show_score(CriterionScore.at(self.id, choice.level.id, note), is_editable=True)

    def _on_neighbor_asked(self, choice: LevelChoice, step: int) -> None:
        index = (self.levels.index(choice) + step) % len(self.levels)
        self.levels[index].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_aid_toggled(self, is_shown: bool) -> None:
        self._aid.setVisible(is_shown)

    def _on_menu_asked(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.criterion.allows_not_applicable:
            menu.addAction(self.tr("Not applicable here")).triggered.connect(
                lambda: self._on_state_asked(ScoreState.NOT_APPLICABLE)
            )
        menu.addAction(self.tr("Cannot judge, with a reason")).triggered.connect(
            lambda: self._on_state_asked(ScoreState.CANNOT_JUDGE)
        )
        clear = menu.addAction(self.tr("Clear the level"))
        clear.setEnabled(self._score is not None)
        clear.triggered.connect(self.clear)
        menu.popup(self._menu_button.mapToGlobal(self._menu_button.rect().bottomLeft()))

    def _on_state_asked(self, state: ScoreState) -> None:
        self._scoring.set_state(self.id, state, "", self._score)
        self.show_score(CriterionScore(criterion_id=self.id, state=state), is_editable=True)
        if state is ScoreState.CANNOT_JUDGE:
            self._reason.setFocus(Qt.FocusReason.ShortcutFocusReason)
