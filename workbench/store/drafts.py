"""What a person typed: one row per field of one assignment. Sync never writes here.

A score remembers for which words and which attempt it was given: once a criterion's text or levels change,
or the educator resubmits, it is asked again.
"""

import json
from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from workbench.model.citation import Citation
from workbench.model.decision import CriterionScore, Feedback, ScoreState
from workbench.model.draft import Draft
from workbench.model.ids import AssignmentId, CitationId, CriterionId, LevelId
from workbench.model.rubric import Criterion, Rubric
from workbench.store.tables import draft as table
from workbench.store.times import from_ms, to_ms
from workbench.wire.canonical import canonical, sha256_hex
from workbench.wire.codec import decode, encode

if TYPE_CHECKING:
    from workbench.store.session import ReadSession, WriteSession

SCORE, NOTE, CITATION = "score:", "note:", "citation:"
FEEDBACK, PRIVATE = "feedback", "private"


def put_score(
    session: "WriteSession",
    assignment_id: AssignmentId,
    criterion: Criterion,
    attempt: int,
    state: ScoreState,
    level_id: LevelId | None,
    reason: str,
) -> bool:
    """Keep a level or a state for one criterion; True when it differs."""
    value = {"state": state.value, "level_id": level_id, "reason": reason, "asked": _asked(criterion, attempt)}
    return _put(session, assignment_id, SCORE + criterion.id, canonical(value).decode())


def clear_score(session: "WriteSession", assignment_id: AssignmentId, criterion_id: CriterionId) -> bool:
    """Forget level and state of one criterion; True when there was one."""
    return _put(session, assignment_id, SCORE + criterion_id, "")


def put_note(session: "WriteSession", assignment_id: AssignmentId, criterion_id: CriterionId, text: str) -> bool:
    """Keep the note of one criterion; True when it differs."""
    return _put(session, assignment_id, NOTE + criterion_id, text)


def put_feedback(session: "WriteSession", assignment_id: AssignmentId, text: str) -> bool:
    """Keep the feedback that the educator will read; True when it differs."""
    return _put(session, assignment_id, FEEDBACK, text)


def put_private_note(session: "WriteSession", assignment_id: AssignmentId, text: str) -> bool:
    """Keep the note that the educator never sees; True when it differs."""
    return _put(session, assignment_id, PRIVATE, text)


def put_citation(session: "WriteSession", assignment_id: AssignmentId, citation: Citation) -> bool:
    """Keep a citation under its id; True when it differs."""
    return _put(session, assignment_id, CITATION + citation.id, encode(citation).decode())


def remove_citation(session: "WriteSession", assignment_id: AssignmentId, citation_id: CitationId) -> bool:
    """Forget a citation; True when there was one."""
    return _put(session, assignment_id, CITATION + citation_id, "")


def citations(
    session: "ReadSession", assignment_id: AssignmentId | None = None
) -> tuple[tuple[AssignmentId, Citation], ...]:
    """Every citation with its assignment, in the order in which they were made; of all assignments without an id."""
    asked = select(table.c.assignment_id, table.c.value).where(table.c.field.startswith(CITATION, autoescape=True))
    if assignment_id is not None:
        asked = asked.where(table.c.assignment_id == assignment_id)
    rows = session.connection.execute(asked.order_by(table.c.assignment_id, table.c.field))
    return tuple((AssignmentId(row[0]), decode(Citation, row[1], source="this laptop's store")) for row in rows)


def fields(session: "ReadSession", assignment_id: AssignmentId) -> dict[str, str]:
    """Every field as it was stored."""
    rows = session.connection.execute(select(table).where(table.c.assignment_id == assignment_id))
    return {row.field: row.value for row in rows}


def draft(session: "ReadSession", assignment_id: AssignmentId, rubric: Rubric, attempt: int) -> Draft:
    """The draft as it stands against this rubric and attempt; scores given for others are left out."""
    rows = session.connection.execute(select(table).where(table.c.assignment_id == assignment_id)).all()
    typed = {row.field: row.value for row in rows}
    notes = {each.id: typed[NOTE + each.id] for each in rubric.criteria if NOTE + each.id in typed}
    scores = {each.id: score for each in rubric.criteria if (score := _score(each, attempt, typed, notes)) is not None}
    # Ids of citations rise with time, so that their order is the order in which they were made.
    citations = (typed[name] for name in sorted(typed) if name.startswith(CITATION))
    return Draft(
        scores=scores,
        notes=notes,
        citations=tuple(decode(Citation, each, source="this laptop's store") for each in citations),
        feedback=Feedback(overall=typed.get(FEEDBACK, ""), private=typed.get(PRIVATE, "")),
        changed_at=from_ms(max(row.changed_at for row in rows)) if rows else None,
    )


def _score(
    criterion: Criterion, attempt: int, typed: dict[str, str], notes: dict[CriterionId, str]
) -> CriterionScore | None:
    stored = json.loads(typed.get(SCORE + criterion.id, "{}"))
    if stored.get("asked") != _asked(criterion, attempt):
        return None
    return CriterionScore(
        criterion_id=criterion.id,
        state=ScoreState(stored["state"]),
        level_id=stored["level_id"],
        reason=stored["reason"],
        note=notes.get(criterion.id, ""),
    )


def _asked(criterion: Criterion, attempt: int) -> str:
    return sha256_hex(canonical((criterion, attempt)))


def _put(session: "WriteSession", assignment_id: AssignmentId, field: str, value: str) -> bool:
    here = (table.c.assignment_id == assignment_id) & (table.c.field == field)
    if (session.connection.scalar(select(table.c.value).where(here)) or "") == value:
        return False
    if not value:
        session.connection.execute(delete(table).where(here))
        return True
    changed = {"value": value, "changed_at": to_ms(session.now())}
    statement = insert(table).values(assignment_id=assignment_id, field=field, **changed)
    session.connection.execute(statement.on_conflict_do_update(index_elements=["assignment_id", "field"], set_=changed))
    return True
