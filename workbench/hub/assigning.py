"""Who judges what: giving out, changing the due date, taking back. Everything here stays at the hub but its result."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, and_, func, insert, select, update

from workbench.errors import KnownError
from workbench.hub.changes import read_offering
from workbench.hub.database import writing
from workbench.hub.feed import Feed, is_live
from workbench.hub.people import person_named
from workbench.hub.schema import assignment, person, submission
from workbench.model.assignment import TaskKind
from workbench.model.ids import AssignmentId, new_id
from workbench.model.offering import Policy
from workbench.model.person import Role
from workbench.wire.canonical import sha256_hex

_POSITIONS = 1 << 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """One assignment as the hub knows it. `state` is open, decided or withdrawn."""

    id: AssignmentId
    to: str
    submission_id: str
    attempt: int
    due_at: datetime
    state: str = "open"


def list_assignments(connection: Connection) -> tuple[Assigned, ...]:
    """Every assignment, by person and submission."""
    query = select(assignment, person.c.name).join(person, person.c.id == assignment.c.person_id)
    rows = connection.execute(query.order_by(person.c.name, assignment.c.submission_id, assignment.c.id))
    return tuple(
        Assigned(
            id=AssignmentId(row.id),
            to=row.name,
            submission_id=row.submission_id,
            attempt=row.attempt,
            due_at=row.due_at,
            state="withdrawn" if row.withdrawn_reason is not None else "decided" if row.decided else "open",
        )
        for row in rows
    )


def assign(
    engine: Engine,
    to: str,
    submission_id: str,
    *,
    attempt: int | None = None,
    due_at: datetime | None = None,
    now: datetime | None = None,
) -> Assigned:
    """Give an attempt to a person. Raises KnownError when there is no such work, or it is theirs or their own."""
    with writing(engine) as connection:
        judge = person_named(connection, to)
        work = _attempt(connection, submission_id, attempt)
        _refuse_conflict(connection, judge.id, judge.name, work)
        return _give(connection, Feed(connection), judge.id, work, due_at=due_at, now=now or datetime.now(UTC))


def assign_all(engine: Engine, *, due_at: datetime | None = None, now: datetime | None = None) -> tuple[Assigned, ...]:
    """Give every newest attempt its `raters_required` assessors, always to whoever has the fewest open ones.

    Raises KnownError when the programme has no assessor.
    """
    with writing(engine) as connection:
        load = _open_load(connection)
        if not load:
            raise KnownError(
                "There is no assessor yet.", safe="Nothing was changed.", do="Invite one with `workbench hub invite`."
            )
        feed, moment = Feed(connection), now or datetime.now(UTC)
        given: list[Assigned] = []
        for work in _newest_attempts(connection):
            for person_id in _choose(connection, work, load):
                load[person_id] += 1
                given.append(_give(connection, feed, person_id, work, due_at=due_at, now=moment))
        return tuple(given)


def change_due(engine: Engine, assignment_id: str, due_at: datetime) -> None:
    """Change when an assignment is due; the same time again changes nothing. Raises KnownError."""
    with writing(engine) as connection:
        row = _assignment(connection, assignment_id)
        if row.due_at != due_at:
            _change(connection, row, due_at=due_at)


def withdraw(engine: Engine, assignment_id: str, reason: str) -> None:
    """Take an undecided assignment back. Raises KnownError."""
    with writing(engine) as connection:
        row = _assignment(connection, assignment_id)
        if row.decided:
            raise KnownError(
                "This assignment is decided already.",
                safe="Nothing was changed.",
                do="A decision is never taken away; have the work judged again instead.",
            )
        _change(connection, row, withdrawn_reason=reason)


def move_to_attempt(connection: Connection, feed: Feed, submission_id: str, attempt: int) -> None:
    """Open assignments of earlier attempts go over to this newer one."""
    query = select(assignment).where(assignment.c.submission_id == submission_id, assignment.c.attempt < attempt)
    for row in connection.execute(query.where(is_live(), assignment.c.decided.is_(False))).all():
        change_assignment(connection, row.id, attempt=attempt)
        feed.assigned(row.person_id, row.id)


def change_assignment(connection: Connection, assignment_id: str, **values: object) -> None:
    """Change columns of an assignment; its revision rises."""
    changed = update(assignment).where(assignment.c.id == assignment_id)
    connection.execute(changed.values(**values, revision=assignment.c.revision + 1))


def due_after(submitted: datetime, policy: Policy) -> datetime:
    """The same time of day after the policy's business days; weekends and its holidays do not count."""
    holidays = {date.fromisoformat(day) for day in policy.holidays}
    moment, left = submitted, policy.turnaround_business_days
    while left:
        moment += timedelta(days=1)
        left -= moment.weekday() < 5 and moment.date() not in holidays
    return moment


def _give(
    connection: Connection,
    feed: Feed,
    person_id: str,
    work: Row[Any],
    *,
    due_at: datetime | None,
    now: datetime,
) -> Assigned:
    policy = read_offering(connection, work.offering_id, work.offering_version).policy
    judge = connection.execute(select(person).where(person.c.id == person_id)).one()
    values = {
        "id": new_id(),
        "person_id": person_id,
        "submission_id": work.id,
        "attempt": work.attempt,
        "task": TaskKind.SCORE.value,
        "rater": 1 + len(_judges(connection, work)),
        "position": _position(judge.queue_seed, work.id, work.attempt),
        "due_at": due_at or due_after(now, policy),
        "lease_until": now + timedelta(days=policy.lease_days),
        "revision": 1,
    }
    connection.execute(insert(assignment).values(values))
    feed.assigned(person_id, values["id"])
    return Assigned(
        id=AssignmentId(values["id"]),
        to=judge.name,
        submission_id=work.id,
        attempt=work.attempt,
        due_at=values["due_at"],
    )


def _position(seed: bytes, submission_id: str, attempt: int) -> int:
    # A hash keeps the drawn order when work is added later, and differs from assessor to assessor.
    return int(sha256_hex(seed + f"\0{submission_id}\0{attempt}".encode())[:16], 16) % _POSITIONS


def _attempt(connection: Connection, submission_id: str, attempt: int | None) -> Row[Any]:
    query = select(submission).where(submission.c.id == submission_id).order_by(submission.c.attempt.desc())
    if attempt is not None:
        query = query.where(submission.c.attempt == attempt)
    row = connection.execute(query.limit(1)).one_or_none()
    if row is None:
        which = f"attempt {attempt} of submission" if attempt else "submission"
        raise KnownError(f"The hub has no {which} “{submission_id}”.", safe="Nothing was changed.")
    return row


def _refuse_conflict(connection: Connection, person_id: str, name: str, work: Row[Any]) -> None:
    if person_id in _judges(connection, work):
        raise KnownError(f"{name} has “{work.id}”, attempt {work.attempt}, already.", safe="Nothing was changed.")
    if work.educator in (person_id, name):
        raise KnownError(f"{name} submitted “{work.id}” and cannot judge it.", safe="Nothing was changed.")


def _judges(connection: Connection, work: Row[Any]) -> list[str]:
    query = select(assignment.c.person_id).where(
        assignment.c.submission_id == work.id, assignment.c.attempt == work.attempt, is_live()
    )
    return list(connection.scalars(query))


def _open_load(connection: Connection) -> dict[str, int]:
    open_ones = and_(assignment.c.person_id == person.c.id, is_live(), assignment.c.decided.is_(False))
    query = select(person.c.id, func.count(assignment.c.id)).outerjoin(assignment, open_ones)
    query = query.where(person.c.role == Role.ASSESSOR.value).group_by(person.c.id).order_by(person.c.name)
    return dict(connection.execute(query).tuples().all())


def _newest_attempts(connection: Connection) -> list[Row[Any]]:
    newest = select(submission.c.id, func.max(submission.c.attempt).label("attempt")).group_by(submission.c.id)
    latest = newest.subquery()
    query = select(submission).join(
        latest, and_(latest.c.id == submission.c.id, latest.c.attempt == submission.c.attempt)
    )
    return list(connection.execute(query.order_by(submission.c.id)))


def _choose(connection: Connection, work: Row[Any], load: dict[str, int]) -> Iterator[str]:
    policy = read_offering(connection, work.offering_id, work.offering_version).policy
    taken = set(_judges(connection, work))
    names = dict(connection.execute(select(person.c.id, person.c.name)).tuples().all())
    free = [one for one in load if one not in taken and work.educator not in (one, names[one])]
    free.sort(key=lambda one: load[one])
    yield from free[: max(0, policy.raters_required - len(taken))]


def _assignment(connection: Connection, assignment_id: str) -> Row[Any]:
    row = connection.execute(select(assignment).where(assignment.c.id == assignment_id, is_live())).one_or_none()
    if row is None:
        raise KnownError(f"The hub has no open assignment “{assignment_id}”.", safe="Nothing was changed.")
    return row


def _change(connection: Connection, row: Row[Any], **values: object) -> None:
    change_assignment(connection, row.id, **values)
    Feed(connection).assignment_changed(row.person_id, row.id)
