"""Judging: levels, states, notes, feedback. Each act touches one field of one assignment."""

from typing import TYPE_CHECKING

from workbench import store
from workbench.model.changes import Changes
from workbench.model.decision import ScoreState
from workbench.model.ids import AssignmentId, CriterionId, LevelId
from workbench.model.rubric import Criterion
from workbench.queries.desk import Desk, NotEditableError, open_editable_desk

if TYPE_CHECKING:
    from workbench.store.session import WriteSession


def set_level(
    session: "WriteSession", assignment_id: AssignmentId, criterion_id: CriterionId, level_id: LevelId
) -> Changes:
    """Score one criterion at a level. Raises NotEditableError."""
    desk = open_editable_desk(session, assignment_id)
    criterion, attempt = _criterion(desk, criterion_id), desk.submission.attempt
    if level_id not in {level.id for level in criterion.levels}:
        raise _unknown("level")
    scored = store.drafts.put_score(session, assignment_id, criterion, attempt, ScoreState.SCORED, level_id, "")
    return _typed(session, assignment_id, f"level {criterion_id}", changed=scored)


def clear_level(session: "WriteSession", assignment_id: AssignmentId, criterion_id: CriterionId) -> Changes:
    """Forget level and state of one criterion; its note and citations stay. Raises NotEditableError."""
    open_editable_desk(session, assignment_id)
    cleared = store.drafts.clear_score(session, assignment_id, criterion_id)
    return _typed(session, assignment_id, f"level {criterion_id}", changed=cleared)


def set_state(
    session: "WriteSession", assignment_id: AssignmentId, criterion_id: CriterionId, state: ScoreState, reason: str = ""
) -> Changes:
    """Mark a criterion not applicable (where the rubric allows it) or as one that cannot be judged, with a reason."""
    desk = open_editable_desk(session, assignment_id)
    criterion, attempt = _criterion(desk, criterion_id), desk.submission.attempt
    if state is ScoreState.SCORED:
        raise ValueError("a scored criterion has a level: use set_level")
    if state is ScoreState.NOT_APPLICABLE and not criterion.allows_not_applicable:
        raise NotEditableError("The rubric does not allow “not applicable” here.", do="Choose a level.")
    marked = store.drafts.put_score(session, assignment_id, criterion, attempt, state, None, reason)
    return _typed(session, assignment_id, f"state {criterion_id}", changed=marked)


def set_note(session: "WriteSession", assignment_id: AssignmentId, criterion_id: CriterionId, text: str) -> Changes:
    """Keep the note of one criterion. Raises NotEditableError."""
    _criterion(open_editable_desk(session, assignment_id), criterion_id)
    noted = store.drafts.put_note(session, assignment_id, criterion_id, text)
    return _typed(session, assignment_id, f"note {criterion_id}", changed=noted)


def set_feedback(session: "WriteSession", assignment_id: AssignmentId, text: str) -> Changes:
    """Keep the feedback that the educator will read. Raises NotEditableError."""
    open_editable_desk(session, assignment_id)
    written = store.drafts.put_feedback(session, assignment_id, text)
    return _typed(session, assignment_id, "feedback", changed=written)


def set_private_note(session: "WriteSession", assignment_id: AssignmentId, text: str) -> Changes:
    """Keep the note that the educator never sees. Raises NotEditableError."""
    open_editable_desk(session, assignment_id)
    written = store.drafts.put_private_note(session, assignment_id, text)
    return _typed(session, assignment_id, "private note", changed=written)


def _criterion(desk: Desk, criterion_id: CriterionId) -> Criterion:
    try:
        return desk.offering.rubric.criterion(criterion_id)
    except KeyError:
        raise _unknown("criterion") from None


def _unknown(what: str) -> NotEditableError:
    return NotEditableError(
        f"The rubric has no such {what} any more.", safe="What you typed is kept.", do="Look at the rubric again."
    )


def _typed(session: "WriteSession", assignment_id: AssignmentId, field: str, *, changed: bool) -> Changes:
    if not changed:
        return Changes()
    session.audit("score", assignment_id, {"field": field})
    return Changes(drafts=frozenset({assignment_id}))
