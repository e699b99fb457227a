"""The rows behind lists of assignments, each list in one question to the database. Decodes no JSON."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import and_, func, or_, select

from workbench.store import tables

if TYPE_CHECKING:
    from sqlalchemy import Select, Subquery

    from workbench.store.session import ReadSession

_A, _S, _O = tables.platform_assignment.c, tables.platform_submission.c, tables.platform_offering.c
_E, _H, _D, _X = tables.platform_evidence.c, tables.evidence_here.c, tables.draft.c, tables.outbox.c


class AssignmentLine(NamedTuple):
    """One assignment with what lists show. Times in milliseconds; the last event's fields None without one."""

    assignment_id: str
    task: str
    attempt: int
    due_at_ms: int
    decided: bool
    withdrawn: str
    offering_title: str
    criteria: int
    pseudonym: str
    video_ms: int
    pages: int
    evidence_total: int
    fields: int
    scored_criteria: int
    evidence_ready: int
    state: str | None
    result: str | None
    not_before_at_ms: int | None
    reopened: bool | None


def assignment_lines(session: "ReadSession") -> Iterator[AssignmentLine]:
    """All assignments in the assessor's drawn order, those withdrawn too."""
    return map(AssignmentLine._make, session.connection.execute(_assignment_lines()))


def uncommon_lines(session: "ReadSession") -> Iterator[AssignmentLine]:
    """Only those that were finalized or withdrawn: the few that can need a person."""
    finalized = _A.assignment_id.in_(select(_X.assignment_id))
    asked = _assignment_lines().where(or_(_A.withdrawn != "", finalized))
    return map(AssignmentLine._make, session.connection.execute(asked))


def _assignment_lines() -> "Select[tuple[object, ...]]":
    typed, ready, last = _typed(), _ready(), _last_events()
    platform = (_A.assignment_id, _A.task, _A.attempt, _A.due_at, _A.decided, _A.withdrawn, _O.title, _O.criteria)
    submission = (_S.pseudonym, _S.video_ms, _S.pages, _S.evidence_total)
    here = (func.coalesce(typed.c.fields, 0), func.coalesce(typed.c.scores, 0), func.coalesce(ready.c.files, 0))
    event = (last.c.state, last.c.result, last.c.not_before_at, last.c.reopened)
    return (
        select(*platform, *submission, *here, *event)
        .join(tables.platform_submission, and_(_S.submission_id == _A.submission_id, _S.attempt == _A.attempt))
        .join(tables.platform_offering, and_(_O.offering_id == _S.offering_id, _O.version == _S.offering_version))
        .outerjoin(typed, typed.c.assignment_id == _A.assignment_id)
        .outerjoin(ready, and_(ready.c.submission_id == _A.submission_id, ready.c.attempt == _A.attempt))
        .outerjoin(last, last.c.assignment_id == _A.assignment_id)
        .order_by(_A.position, _A.assignment_id)
    )


def _typed() -> "Subquery":
    scores = func.count().filter(_D.field.startswith("score:"))
    asked = select(_D.assignment_id, func.count().label("fields"), scores.label("scores"))
    return asked.group_by(_D.assignment_id).subquery()


def _ready() -> "Subquery":
    # Asked this way round, the few rows that are here are read and not all that the platform named.
    current = select(_E.sha256).where(_E.evidence_id == _H.evidence_id).scalar_subquery()
    asked = select(_H.submission_id, _H.attempt, func.count().label("files"))
    asked = asked.where(_H.arrived_at.is_not(None), _H.sha256 == current)
    return asked.group_by(_H.submission_id, _H.attempt).subquery()


def _last_events() -> "Subquery":
    last = select(func.max(_X.seq)).group_by(_X.assignment_id)
    columns = (_X.assignment_id, _X.state, _X.result, _X.not_before_at, _X.reopened)
    return select(*columns).where(_X.seq.in_(last)).subquery()
