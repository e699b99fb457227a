"""Answers what a person has not heard of yet: a page of changes since a cursor, and the counts of the whole."""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Row, and_, distinct, func, select

from workbench.hub.feed import ASSIGNMENT, OFFERING, SUBMISSION, assigned_work, is_live, newest
from workbench.hub.schema import assignment, feed, offering, offering_text, submission
from workbench.hub.settings_rows import read_setting
from workbench.model.assignment import Assignment, TaskKind
from workbench.model.ids import AssignmentId, SubmissionId
from workbench.model.offering import Offering
from workbench.model.submission import Submission
from workbench.wire.codec import decode
from workbench.wire.exchange import AssignmentChange, Change, Counts, OfferingChange, SubmissionChange, Withdrawal

PAGE = 500
_SOURCE = "the hub's database"
_ORDER = {OFFERING: 0, SUBMISSION: 1, ASSIGNMENT: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Changes, references first. `more`: ask again at once with this cursor."""

    changes: tuple[Change, ...]
    cursor: str
    more: bool


def changes_since(connection: Connection, person_id: str, cursor: str, *, page: int = PAGE) -> Page:
    """The next page for a person. A cursor that this hub did not give means from the beginning."""
    since = _position(connection, cursor)
    query = select(feed.c.seq, feed.c.kind, feed.c.subject, feed.c.number)
    query = query.where(feed.c.person_id == person_id, feed.c.seq > since).order_by(feed.c.seq).limit(page + 1)
    rows = connection.execute(query).all()
    more, rows = len(rows) > page, rows[:page]
    reached = rows[-1].seq if more else newest(connection)
    ordered = sorted(rows, key=lambda row: (_ORDER[row.kind], row.seq))
    changes = tuple(_changes(connection, person_id, ordered))
    return Page(changes=changes, cursor=_cursor(connection, reached), more=more)


def counts_of(connection: Connection, person_id: str) -> Counts:
    """Of the person's live assignments: they, their distinct submission attempts with evidence, and offerings."""
    mine = and_(assignment.c.person_id == person_id, is_live())
    attempts = (
        select(submission.c.evidence_count, submission.c.offering_id, submission.c.offering_version)
        .select_from(assigned_work())
        .where(mine)
        .group_by(submission.c.id, submission.c.attempt)
        .subquery()
    )
    version = attempts.c.offering_id + "@" + func.cast(attempts.c.offering_version, submission.c.id.type)
    query = select(func.count(), func.coalesce(func.sum(attempts.c.evidence_count), 0), func.count(distinct(version)))
    submissions, evidence, offerings = connection.execute(query.select_from(attempts)).one()
    assignments = connection.scalar(select(func.count()).select_from(assignment).where(mine)) or 0
    return Counts(offerings=offerings, submissions=submissions, evidence=evidence, assignments=assignments)


def read_offering(connection: Connection, offering_id: str, version: int) -> Offering:
    """An offering version as it is now. It must exist."""
    query = select(offering_text.c.body).join(offering, offering.c.sha256 == offering_text.c.sha256)
    query = query.where(offering.c.id == offering_id, offering.c.version == version)
    return decode(Offering, connection.execute(query).scalar_one(), source=_SOURCE)


def read_submission(connection: Connection, submission_id: str, attempt: int) -> Submission:
    """A submission attempt as a laptop may know it. It must exist."""
    query = select(submission.c.body).where(submission.c.id == submission_id, submission.c.attempt == attempt)
    return decode(Submission, connection.execute(query).scalar_one(), source=_SOURCE)


def _changes(connection: Connection, person_id: str, rows: list[Row[tuple[int, str, str, int]]]) -> Iterator[Change]:
    offerings, attempts = _live_references(connection, person_id)
    for _, kind, subject, number in rows:
        if kind == ASSIGNMENT:
            yield _assignment_change(connection, subject)
        elif kind == SUBMISSION and (subject, number) in attempts:
            yield SubmissionChange(submission=read_submission(connection, subject, number))
        elif kind == OFFERING and (subject, number) in offerings:
            yield OfferingChange(offering=read_offering(connection, subject, number))


def _live_references(connection: Connection, person_id: str) -> tuple[set[tuple[str, int]], set[tuple[str, int]]]:
    columns = (submission.c.offering_id, submission.c.offering_version, submission.c.id, submission.c.attempt)
    query = select(*columns).select_from(assigned_work()).where(assignment.c.person_id == person_id, is_live())
    rows = connection.execute(query).all()
    return {(row[0], row[1]) for row in rows}, {(row[2], row[3]) for row in rows}


def _assignment_change(connection: Connection, assignment_id: str) -> AssignmentChange | Withdrawal:
    row = connection.execute(select(assignment).where(assignment.c.id == assignment_id)).one()
    if row.withdrawn_reason is not None:
        return Withdrawal(assignment_id=AssignmentId(row.id), reason=row.withdrawn_reason)
    return AssignmentChange(
        assignment=Assignment(
            id=AssignmentId(row.id),
            submission_id=SubmissionId(row.submission_id),
            attempt=row.attempt,
            task=TaskKind(row.task),
            position=row.position,
            due_at=row.due_at,
            lease_until=row.lease_until,
            revision=row.revision,
            decided=row.decided,
        )
    )


def _cursor(connection: Connection, seq: int) -> str:
    epoch = (read_setting(connection, "epoch") or b"").hex()
    return base64.urlsafe_b64encode(f"{epoch}:{seq}".encode()).decode()


def _position(connection: Connection, cursor: str) -> int:
    # A hub that was restored from a copy, or made anew, must not skip what this laptop has not heard of.
    try:
        epoch, _, seq = base64.urlsafe_b64decode(cursor.encode()).decode().partition(":")
        position = int(seq)
    except (ValueError, binascii.Error):
        return 0
    known = epoch == (read_setting(connection, "epoch") or b"").hex()
    return position if known and 0 <= position <= newest(connection) else 0
