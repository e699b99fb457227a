"""Evidence beside the rubric for one assignment. Shows projections; every act goes out through `Scoring`."""

from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.errors import KnownError
from workbench.model.changes import Changes
from workbench.model.ids import AssignmentId, CriterionId
from workbench.model.place import WorkPlace
from workbench.queries.views import ScoreView as Projection
from workbench.tasks import Tasks
from workbench.ui.active_clock import ActiveClock
from workbench.ui.citing import Citing
from workbench.ui.focus_order import chain
from workbench.ui.rubric_panel import RubricPanel
from workbench.ui.score_bar import ScoreBar
from workbench.ui.scoring import Scoring
from workbench.ui.viewers.stage import EvidenceStage

PLACE_AFTER_MS = 800


class ScoreView(QWidget):
    """One submission at a time, with two panes side by side or one of them."""

    opened = Signal(str)
    left = Signal()
    next_asked = Signal()
    keys_asked = Signal()
    problem_met = Signal(object)

    def __init__(self, tasks: Tasks, clock: ActiveClock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._clock = clock
        self._view: Projection | None = None
        self._scoring: Scoring | None = None
        self._assignment_id: AssignmentId | None = None
        self._finalized_in_session = 0
        self._has_one_pane = False
        self._is_behind = False
        self._order_timer = QTimer(self, singleShot=True, interval=0)
        self._order_timer.timeout.connect(self._order_focus)
        self._place_timer = QTimer(self, singleShot=True, interval=PLACE_AFTER_MS)
        self._place_timer.timeout.connect(self.keep_place)
        self._build()
        tasks.changed.connect(self._on_changed)

    @property
    def assignment_id(self) -> AssignmentId | None:
        """What is open, or None."""
        return self._assignment_id

    def open(self, assignment_id: AssignmentId) -> None:
        """Open another submission; what was typed into the last one is saved first."""
        if assignment_id == self._assignment_id:
            return
        self.flush()
        self._assignment_id = assignment_id
        self._view, self._scoring = None, None
        self._clock.begin(assignment_id)
        self._ask()

    def leave(self) -> None:
        """Close the submission; everything is saved first."""
        self.flush()
        self._assignment_id, self._view, self._scoring = None, None, None
        self.citing.begin(None)
        self._clock.begin(None)
        self.stage.clear()
        self.left.emit()

    def flush(self) -> None:
        """Save everything typed, and the place."""
        self.rubric.flush()
        self.citing.flush()
        self.keep_place()

    def keep_place(self) -> None:
        """Remember where the person stands."""
        self._place_timer.stop()
        if self._scoring is None or self._view is None:
            return
        card = self.rubric.current
        where = self.stage.work_place()
        self._scoring.remember_place(
            WorkPlace(
                evidence_id=where.evidence_id,
                position_ms=where.position_ms,
                page=where.page,
                zoom=where.zoom,
                criterion_id=card.id if card else None,
                note_cursor=self.rubric.note_cursor(),
            )
        )

    def set_panes(self, *, is_single: bool, rubric_px: int) -> None:
        """Show evidence or rubric alone, with the bar that stays; or both, the rubric that wide."""
        self.rubric.setMaximumWidth(16_777_215 if is_single else rubric_px)
        self.rubric.setMinimumWidth(0 if is_single else rubric_px)
        if is_single == self._has_one_pane:
            return
        self._has_one_pane = is_single
        self.bar.setVisible(is_single)
        self.stage.setVisible(True)
        self.rubric.setVisible(not is_single)

    def swap_pane(self) -> None:
        """Move the focus between evidence and rubric; with one pane, show the other."""
        to_rubric = not self.rubric.isAncestorOf(self.focusWidget() or self) or not self.rubric.isVisible()
        if self._has_one_pane:
            to_rubric = not self.rubric.isVisible()
            self.rubric.setVisible(to_rubric)
            self.stage.setVisible(not to_rubric)
        card = self.rubric.current
        if to_rubric and card is not None:
            card.header.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.stage.focus_viewer()

    def undo(self) -> None:
        """Bring back how the criterion that was scored last stood before."""
        criterion_id = self._scoring.undo() if self._scoring is not None else None
        if criterion_id is not None:
            self.rubric.open_criterion(criterion_id)

    def open_feedback(self) -> None:
        """Show the feedback panel."""
        if self._has_one_pane and not self.rubric.isVisible():
            self.swap_pane()
        self.rubric.open_feedback()

    def finalize(self) -> None:
        """Finalize, or show what is missing."""
        if self._scoring is None or self._view is None or not self._view.editable:
            return
        self.flush()
        self._clock.touch()
        self._scoring.finalize(
            active_ms=self._clock.active_ms(self._scoring.assignment_id),
            session_position=self._finalized_in_session + 1,
            done=self._on_finalized,
            failed=self._on_finalize_failed,
        )

    def press_for_evidence(self, key: Qt.Key) -> None:
        """Hand a key of the evidence (F7 to F9, I, O) to the stage, wherever the focus is."""
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        self.stage.handle_key(event)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        panes = QHBoxLayout()
        panes.setSpacing(0)
        self.stage = EvidenceStage(self._tasks, self)
        self.stage.place_changed.connect(self._place_timer.start)
        self.stage.evidence_changed.connect(self._order_timer.start)
        self.rubric = RubricPanel(self)
        self.citing = Citing(self.stage, self.rubric, self)
        self.citing.rubric_wanted.connect(self.swap_pane)
        panes.addWidget(self.stage, 1)
        panes.addWidget(self.rubric)
        column.addLayout(panes, 1)
        self.bar = ScoreBar(self)
        self.bar.hide()
        column.addWidget(self.bar)
        self._connect_rubric()
        self.bar.level_asked.connect(self.rubric.choose_level)
        self.bar.cite_asked.connect(self.citing.cite)
        self.bar.swap_asked.connect(self.swap_pane)

    def _connect_rubric(self) -> None:
        self.rubric.criterion_changed.connect(self._on_criterion_changed)
        bar = self.rubric.bar
        bar.finalize_asked.connect(self.finalize)
        bar.take_back_asked.connect(self._on_take_back_asked)
        bar.reopen_asked.connect(self._on_reopen_asked)
        bar.next_asked.connect(self.next_asked)
        bar.leave_asked.connect(self.leave)
        bar.keys_asked.connect(self.keys_asked)

    def _order_focus(self) -> None:
        chain((self.stage, self.rubric, self.bar))

    def _ask(self) -> None:
        from workbench.queries.score import score

        self._tasks.ask(score, self._assignment_id, on_answer=self._on_view, owner=self, failed=self.problem_met.emit)

    def _on_view(self, view: Projection) -> None:
        if view.assignment.id != self._assignment_id:
            return
        is_first = self._view is None
        if not is_first and self._scoring is not None and self._scoring.is_waiting:
            self._is_behind = True
            return
        self._is_behind = False
        evidence_changed = self._view is not None and self._view.evidence != view.evidence
        self._view = view
        if is_first:
            self._begin(view)
        else:
            self.rubric.show_view(view)
            self.stage.set_editable(view.editable)
            if evidence_changed:
                self.stage.update_evidence(view)
        self._order_timer.start()
        self.citing.show_view(view)
        self.bar.show_view(view, self.rubric.current)

    def _begin(self, view: Projection) -> None:
        self._scoring = Scoring(self._tasks, view.assignment.id)
        self._scoring.save_failed.connect(self._on_save_failed)
        self._scoring.saved.connect(self._on_saved)
        self.citing.begin(self._scoring)
        self.rubric.begin(view, self._scoring)
        self.stage.show_submission(view)
        self.opened.emit(view.assignment.id)
        cursor = view.place.note_cursor if view.place else None
        if cursor is not None and self.rubric.current is not None:
            self.rubric.current.focus_note(cursor)
        else:
            self.stage.focus_viewer()

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if self._assignment_id is None:
            return
        touches = self._assignment_id in changes.drafts | changes.assignments
        shown = {item.evidence.id for item in self._view.evidence} if self._view else set()
        if touches or changes.outbox or shown & changes.evidence:
            self._ask()

    def _on_criterion_changed(self, _criterion_id: CriterionId) -> None:
        self._clock.touch()
        self._place_timer.start()
        if self._view is not None:
            self.bar.show_view(self._view, self.rubric.current)

    def _on_saved(self) -> None:
        if self._is_behind and self._scoring is not None and not self._scoring.is_waiting:
            self._ask()
        if self._view is not None and self._view.editable:
            self.rubric.bar.show_saved()

    def _on_save_failed(self, problem: KnownError) -> None:
        self.rubric.bar.show_unsaved(str(problem))
        self.problem_met.emit(problem)
        self._ask()

    def _on_finalized(self, _changes: Any) -> None:
        self._finalized_in_session += 1
        self.rubric.missing.hide()
        if self.rubric.feedback is not None:
            self.rubric.feedback.hide()

    def _on_finalize_failed(self, problem: KnownError) -> None:
        missing = getattr(problem, "missing", ())
        if missing:
            self.rubric.setVisible(True)
            self.rubric.show_missing(missing)
        else:
            self.problem_met.emit(problem)

    def _on_reopen_asked(self) -> None:
        if self._scoring is not None:
            self._scoring.reopen(failed=self.problem_met.emit)

    def _on_take_back_asked(self) -> None:
        if self._scoring is not None:
            self._scoring.take_back(failed=self.problem_met.emit)
