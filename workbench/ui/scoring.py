"""What a person does to one assignment, as operations. Bound for life to that assignment."""

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from workbench.errors import KnownError
from workbench.model.citation import Citation
from workbench.model.decision import CriterionScore, ScoreState
from workbench.model.ids import AssignmentId, CriterionId, EvidenceHash, EvidenceId, LevelId
from workbench.model.looked import Looked
from workbench.model.place import WorkPlace
from workbench.model.submission import Evidence
from workbench.tasks import Tasks


class _Step(NamedTuple):
    """One act that can be undone. Acts of the same name in a row are undone together; without a name, none are."""

    criterion_id: CriterionId
    bring_back: Callable[[], None]
    name: str = ""


class Scoring(QObject):
    """Every method hands one operation to the store writer and returns at once."""

    save_failed = Signal(object)
    saved = Signal()

    def __init__(self, tasks: Tasks, assignment_id: AssignmentId) -> None:
        # Without a parent: an answer that comes after the view is gone still finds it whole.
        super().__init__()
        self.assignment_id = assignment_id
        self._tasks = tasks
        self._waiting = 0
        self._undo: list[_Step] = []

    def set_level(self, criterion_id: CriterionId, level_id: LevelId, before: CriterionScore | None) -> None:
        """Score a criterion; `before` is what undo brings back."""
        from workbench.operations.score import set_level

        self._can_undo(criterion_id, lambda: self._bring_back(criterion_id, before))
        self._run(set_level, criterion_id, level_id)

    def clear_level(self, criterion_id: CriterionId, before: CriterionScore | None) -> None:
        """Take a level or a state away."""
        from workbench.operations.score import clear_level

        self._can_undo(criterion_id, lambda: self._bring_back(criterion_id, before))
        self._run(clear_level, criterion_id)

    def set_state(
        self, criterion_id: CriterionId, state: ScoreState, reason: str, before: CriterionScore | None
    ) -> None:
        """Say that a criterion does not apply or cannot be judged, and why."""
        from workbench.operations.score import set_state

        self._can_undo(criterion_id, lambda: self._bring_back(criterion_id, before))
        self._run(set_state, criterion_id, state, reason)

    def undo(self) -> CriterionId | None:
        """Take the last act on levels and citations back; returns its criterion, or None with nothing to undo."""
        if not self._undo:
            return None
        step = self._undo.pop()
        step.bring_back()
        return step.criterion_id

    def _can_undo(self, criterion_id: CriterionId, bring_back: Callable[[], None], name: str = "") -> None:
        if not (name and self._undo and self._undo[-1].name == name):
            self._undo.append(_Step(criterion_id, bring_back, name))

    def _bring_back(self, criterion_id: CriterionId, before: CriterionScore | None) -> None:
        from workbench.operations.score import clear_level, set_level, set_state

        if before is None:
            self._run(clear_level, criterion_id)
        elif before.level_id is not None:
            self._run(set_level, criterion_id, before.level_id)
        else:
            self._run(set_state, criterion_id, before.state, before.reason)

    def set_note(self, criterion_id: CriterionId, text: str) -> None:
        """Keep a criterion's note."""
        from workbench.operations.score import set_note

        self._run(set_note, criterion_id, text)

    def set_feedback(self, text: str) -> None:
        """Keep what the educator will read."""
        from workbench.operations.score import set_feedback

        self._run(set_feedback, text)

    def set_private_note(self, text: str) -> None:
        """Keep what the educator never sees."""
        from workbench.operations.score import set_private_note

        self._run(set_private_note, text)

    def cite(self, citation: Citation) -> None:
        """Add a citation."""
        self._can_undo(citation.criterion_id, lambda: self._take_out(citation))
        self._put(citation)

    def change_citation(self, before: Citation, after: Citation) -> None:
        """The same citation with another place, stance or note; changes in a row are undone together."""
        self._can_undo(before.criterion_id, lambda: self._put(before), f"change {before.id}")
        self._put(after)

    def uncite(self, citation: Citation) -> None:
        """Remove a citation."""
        self._can_undo(citation.criterion_id, lambda: self._put(citation))
        self._take_out(citation)

    def _put(self, citation: Citation) -> None:
        from workbench.operations.cite import cite

        self._run(cite, citation)

    def _take_out(self, citation: Citation) -> None:
        from workbench.operations.cite import uncite

        self._run(uncite, citation.id)

    def ask_looked(
        self, on_answer: Callable[[dict[tuple[EvidenceId, EvidenceHash], Looked]], None], *, owner: QObject
    ) -> None:
        """What was looked at of each evidence, with the bytes that it has, until now."""
        from workbench.queries.looking import looked

        self._tasks.ask(looked, self.assignment_id, on_answer=on_answer, owner=owner, failed=self.save_failed.emit)

    def note_looked(self, evidence: Evidence, more: Looked) -> None:
        """Keep what was looked at. Says nothing about it: the person typed nothing."""
        from workbench.operations.looking import note_looked

        if not self._tasks.is_attached:
            return  # The account is closed already; only the last seconds on screen are not counted.
        self._tasks.run(
            note_looked, self.assignment_id, evidence.id, evidence.sha256, more,
            initiator=self, failed=self.save_failed.emit,
        )  # fmt: skip

    def remember_place(self, place: WorkPlace) -> None:
        """Keep where the person stands."""
        from workbench.operations.place import remember_place

        self._run(remember_place, place)

    def finalize(
        self,
        *,
        active_ms: int,
        session_position: int,
        done: Callable[[Any], None],
        failed: Callable[[KnownError], None],
    ) -> None:
        """Finalize; `failed` gets an `Unfinished` when something is missing."""
        from workbench.operations.finalize import finalize

        self._tasks.run(
            finalize, self.assignment_id, active_ms=active_ms, session_position=session_position,
            initiator=self, done=done, failed=failed,
        )  # fmt: skip

    def take_back(self, *, failed: Callable[[KnownError], None]) -> None:
        """Make a draft of the decision again, while it has not been sent."""
        from workbench.operations.finalize import take_back

        self._tasks.run(take_back, self.assignment_id, initiator=self, failed=failed)

    def reopen(self, *, failed: Callable[[KnownError], None]) -> None:
        """Take up a refused decision again as a draft."""
        from workbench.operations.finalize import reopen

        self._tasks.run(reopen, self.assignment_id, initiator=self, failed=failed)

    @property
    def is_waiting(self) -> bool:
        """Whether something was handed over that is not written yet: a projection is older than the screen."""
        return self._waiting > 0

    def _run(self, operation: Callable[..., Any], *args: Any) -> None:
        self._waiting += 1
        self._tasks.run(
            operation, self.assignment_id, *args, initiator=self,
            done=lambda _changes: self._on_written(), failed=self._on_refused,
        )  # fmt: skip

    def _on_written(self) -> None:
        self._waiting -= 1
        self.saved.emit()

    def _on_refused(self, problem: KnownError) -> None:
        self._waiting -= 1
        self.save_failed.emit(problem)
