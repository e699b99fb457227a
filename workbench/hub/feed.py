"""Owns the order in which a person hears of changes: a reference always comes before what refers to it.

It speaks of live assignments only: a laptop is told nothing about a submission that is not its person's now.
"""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, and_, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.sql.selectable import FromClause

from workbench.hub.schema import assignment, feed, submission

OFFERING, SUBMISSION, ASSIGNMENT = "offering", "submission", "assignment"


class Feed:
    """Moves subjects to the end of people's feeds, within one write transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._next = newest(connection) + 1

    def assigned(self, person_id: str, assignment_id: str) -> None:
        """The person hears of a new assignment, after whatever of its submission and offering is new to them."""
        offering, attempt = self._references(assignment_id)
        other = assignment.c.id != assignment_id
        if not self._has_live(person_id, and_(_of_offering(*offering), other)):
            self._touch(person_id, OFFERING, *offering)
        if not self._has_live(person_id, and_(_of_attempt(*attempt), other)):
            self._touch(person_id, SUBMISSION, *attempt)
        self._touch(person_id, ASSIGNMENT, assignment_id)

    def assignment_changed(self, person_id: str, assignment_id: str) -> None:
        """The person hears of an assignment whose submission they know, or of its withdrawal."""
        self._touch(person_id, ASSIGNMENT, assignment_id)

    def submission_changed(self, submission_id: str, attempt: int) -> None:
        """Everybody who judges this attempt hears of it, and again of their assignments."""
        ours = _of_attempt(submission_id, attempt)
        for person_id, assignments in self._judges(ours):
            offering, _ = self._references(assignments[0])
            if not self._has_live(person_id, and_(_of_offering(*offering), ~ours)):
                self._touch(person_id, OFFERING, *offering)
            self._touch(person_id, SUBMISSION, submission_id, attempt)
            for assignment_id in assignments:
                self._touch(person_id, ASSIGNMENT, assignment_id)

    def offering_changed(self, offering_id: str, version: int) -> None:
        """Everybody who judges work for this version hears of it, and again of what refers to it."""
        for person_id, assignments in self._judges(_of_offering(offering_id, version)):
            self._touch(person_id, OFFERING, offering_id, version)
            attempts = dict.fromkeys(self._references(assignment_id)[1] for assignment_id in assignments)
            for submission_id, attempt in attempts:
                self._touch(person_id, SUBMISSION, submission_id, attempt)
            for assignment_id in assignments:
                self._touch(person_id, ASSIGNMENT, assignment_id)

    def _references(self, assignment_id: str) -> tuple[tuple[str, int], tuple[str, int]]:
        columns = (submission.c.offering_id, submission.c.offering_version, submission.c.id, submission.c.attempt)
        query = select(*columns).select_from(assigned_work()).where(assignment.c.id == assignment_id)
        row = self._connection.execute(query).one()
        return (row[0], row[1]), (row[2], row[3])

    def _has_live(self, person_id: str, condition: ColumnElement[bool]) -> bool:
        query = select(assignment.c.id).select_from(assigned_work())
        query = query.where(assignment.c.person_id == person_id, is_live(), condition).limit(1)
        return self._connection.scalar(query) is not None

    def _judges(self, condition: ColumnElement[bool]) -> Iterator[tuple[str, list[str]]]:
        query = select(assignment.c.person_id, assignment.c.id).select_from(assigned_work())
        found: dict[str, list[str]] = {}
        for person_id, assignment_id in self._connection.execute(
            query.where(is_live(), condition).order_by(assignment.c.person_id, assignment.c.id)
        ):
            found.setdefault(person_id, []).append(assignment_id)
        yield from found.items()

    def _touch(self, person_id: str, kind: str, subject: str, number: int = 0) -> None:
        row = {"seq": self._next, "person_id": person_id, "kind": kind, "subject": subject, "number": number}
        same = ["person_id", "kind", "subject", "number"]
        self._connection.execute(insert(feed).values(row).on_conflict_do_update(same, set_={"seq": self._next}))
        self._next += 1


def newest(connection: Connection) -> int:
    """The last number given out; it only rises."""
    return connection.scalar(select(func.max(feed.c.seq))) or 0


def is_live() -> ColumnElement[bool]:
    """Assignments that are their person's now, decided ones included."""
    return assignment.c.withdrawn_reason.is_(None)


def assigned_work() -> FromClause:
    """Assignments joined with their submission attempts."""
    same = and_(submission.c.id == assignment.c.submission_id, submission.c.attempt == assignment.c.attempt)
    return assignment.join(submission, same)


def _of_offering(offering_id: str, version: int) -> ColumnElement[bool]:
    return and_(submission.c.offering_id == offering_id, submission.c.offering_version == version)


def _of_attempt(submission_id: str, attempt: int) -> ColumnElement[bool]:
    return and_(assignment.c.submission_id == submission_id, assignment.c.attempt == attempt)
