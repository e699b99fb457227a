"""Decisions as they were finalized: canonical JSON and its hash, never changed. The database refuses it too."""

from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from workbench.model.decision import Decision
from workbench.model.ids import AssignmentId, DecisionId
from workbench.store import failures
from workbench.store.tables import decision as table
from workbench.store.times import to_ms
from workbench.wire.canonical import sha256_hex
from workbench.wire.codec import decode, encode

if TYPE_CHECKING:
    from workbench.store.session import ReadSession, WriteSession


def add(session: "WriteSession", decision: Decision) -> str:
    """Keep a decision for good; returns the SHA-256 of its canonical JSON."""
    body = encode(decision)
    row = {
        "decision_id": decision.id,
        "assignment_id": decision.assignment_id,
        "finalized_at": to_ms(decision.finalized_at),
        "body": body.decode(),
        "sha256": sha256_hex(body),
    }
    session.connection.execute(insert(table), row)
    return sha256_hex(body)


def get(session: "ReadSession", decision_id: DecisionId) -> Decision:
    """The decision of that id, checked against its hash. Raises StorageError when it was altered, or is missing."""
    row = session.connection.execute(select(table).where(table.c.decision_id == decision_id)).first()
    if row is None or sha256_hex(row.body.encode()) != row.sha256:
        raise failures.altered_decision()
    return decode(Decision, row.body, source="this laptop's store")


def of_assignment(session: "ReadSession", assignment_id: AssignmentId) -> tuple[Decision, ...]:
    """All decisions of one assignment, oldest first; those taken back too."""
    asked = select(table.c.decision_id).where(table.c.assignment_id == assignment_id).order_by(table.c.decision_id)
    return tuple(get(session, DecisionId(each)) for each in session.connection.scalars(asked).all())
