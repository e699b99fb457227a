"""What a person does to one assignment, as operations. Bound for life to that assignment."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from workbench.errors import KnownError
from workbench.model.citation import Citation, Stance
from workbench.model.decision import CriterionScore, ScoreState
from workbench.model.ids import AssignmentId, CriterionId, LevelId
from workbench.model.place import WorkPlace
from workbench.tasks import Tasks


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
        self._undo: list[tuple[CriterionId, CriterionScore | None]] = []

    def set_level(self, criterion_id: CriterionId, level_id: LevelId, before: CriterionScore | None) -> None:
        """Score a criterion; `before` is what undo brings back."""
        from workbench.operations.score import set_level

        self._undo.append((criterion_id, before))
        self._run(set_level, criterion_id, level_id)

    def clear_level(self, criterion_id: CriterionId, before: CriterionScore | None) -> None:
        """Take a level or a state away."""
        from workbench.operations.score import clear_level

        self._undo.append((criterion_id, before))
        self._run(clear_level, criterion_id)

    def set_state(
        self, criterion_id: CriterionId, state: ScoreState, reason: str, before: CriterionScore | None
    ) -> None:
        """Say that a criterion does not apply or cannot be judged, and why."""
        from workbench.operations.score import set_state

        self._undo.append((criterion_id, before))
        self._run(set_state, criterion_id, state, reason)

    def undo(self) -> CriterionId | None:
        """Bring back how the criterion that was changed last stood; returns it, or None with nothing to undo."""
        from workbench.operations.score import clear_level, set_level, set_state

        if not self._undo:
            return None
        criterion_id, before = self._undo.pop()
        if before is None:
            self._run(clear_level, criterion_id)
        elif before.level_id is not None:
            self._run(set_level, criterion_id, before.level_id)
        else:
            self._run(set_state, criterion_id, before.state, before.reason)
        return criterion_id

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
        from workbench.operations.cite import cite

        self._run(cite, citation)

    def change_stance(self, citation: Citation, stance: Stance) -> None:
        """The same place, saying something else."""
        self.cite(replace(citation, stance=stance))

    def uncite(self, citation: Citation) -> None:
        """Remove a citation."""
        from workbench.operations.cite import uncite

        self._run(uncite, citation.id)

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
