"""Checks a decision against what the hub holds and keeps it. A kept decision is never edited.

Conflicts (withdrawn, changed, decided elsewhere) are found before faults: they are tasks for a person.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from workbench.hub.assigning import change_assignment
from workbench.hub.changes import read_offering, read_submission
from workbench.hub.decision_checks import check_evidence, check_judgement
from workbench.hub.feed import Feed
from workbench.hub.schema import assignment, decision
from workbench.hub.sign_in import Caller, has_device
from workbench.hub.verdict import Refused, invalid
from workbench.model.decision import Decision
from workbench.model.offering import Offering
from workbench.wire.canonical import rubric_hash, sha256_hex
from workbench.wire.codec import encode
from workbench.wire.events import DecisionBody, Event, EventResult


def take_in(connection: Connection, caller: Caller, event: Event, body: DecisionBody, now: datetime) -> None:
    """Keep a decision. Raises Refused, and then nothing was written."""
    made = body.decision
    row = _assignment_of(connection, caller, event)
    _check_identity(connection, event, made, row)
    work = read_submission(connection, row.submission_id, row.attempt)
    offering = read_offering(connection, work.offering_id, work.offering_version)
    _check_rubric(made, offering)
    check_evidence(made, work)
    check_judgement(made, offering)
    _keep(connection, event, made, now)
    change_assignment(connection, row.id, decided=True)
    Feed(connection).assignment_changed(caller.person_id, row.id)


def _assignment_of(connection: Connection, caller: Caller, event: Event) -> Row[Any]:
    row = connection.execute(select(assignment).where(assignment.c.id == event.subject)).one_or_none()
    if row is None or row.person_id != caller.person_id:
        raise Refused(EventResult.NOT_ALLOWED, "This assignment is not yours.")
    if not has_device(connection, caller.person_id, event.device):
        raise Refused(EventResult.NOT_ALLOWED, "This was made on a laptop that you never signed in with.")
    if row.withdrawn_reason is not None:
        raise Refused(EventResult.WITHDRAWN, row.withdrawn_reason or "The programme took this assignment back.")
    return row


def _check_identity(connection: Connection, event: Event, made: Decision, row: Row[Any]) -> None:
    if made.assignment_id != event.subject:
        raise invalid("body.decision.assignment_id", "The decision belongs to another assignment than its event.")
    if made.submission_id != row.submission_id:
        raise invalid("body.decision.submission_id", "The assignment is about another submission.")
    if row.decided:
        detail = "This submission was already decided, on another laptop or before this one was set up again."
        raise Refused(EventResult.SUPERSEDED_ELSEWHERE, detail)
    if made.attempt != row.attempt:
        raise Refused(EventResult.ATTEMPT_CHANGED, "The educator has sent in a newer attempt.")
    if not 1 <= event.base_revision <= row.revision:
        raise invalid("base_revision", "The assignment never had this revision.")
    if connection.scalar(select(decision.c.id).where(decision.c.id == made.id)) is not None:
        raise invalid("body.decision.id", "Another decision has this id.")


def _check_rubric(made: Decision, offering: Offering) -> None:
    if made.rubric_hash != rubric_hash(offering.rubric):
        raise Refused(EventResult.RUBRIC_CHANGED, "The rubric was changed after this was scored.")


def _keep(connection: Connection, event: Event, made: Decision, now: datetime) -> None:
    body = encode(made)
    row = {
        "id": made.id,
        "assignment_id": event.subject,
        "event_key": event.key,
        "person_id": select(assignment.c.person_id).where(assignment.c.id == event.subject).scalar_subquery(),
        "sha256": sha256_hex(body),
        "body": body,
        "received_at": now,
    }
    connection.execute(insert(decision).values(row))
