"""Where the assessor stopped in each assignment, and which bytes were looked at."""

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from workbench.model.ids import AssignmentId, EvidenceHash
from workbench.model.place import WorkPlace
from workbench.store.tables import looked_at
from workbench.store.tables import place as table
from workbench.store.times import to_ms
from workbench.wire.codec import decode, encode

if TYPE_CHECKING:
    from workbench.store.session import ReadSession, WriteSession


def put_place(session: "WriteSession", assignment_id: AssignmentId, place: WorkPlace) -> None:
    """Keep where the assessor is."""
    row = {"value": encode(place).decode(), "changed_at": to_ms(session.now())}
    statement = insert(table).values(assignment_id=assignment_id, **row)
    session.connection.execute(statement.on_conflict_do_update(index_elements=["assignment_id"], set_=row))


def place(session: "ReadSession", assignment_id: AssignmentId) -> WorkPlace | None:
    """Where the assessor stopped; None when the assignment was never opened."""
    value = session.connection.scalar(select(table.c.value).where(table.c.assignment_id == assignment_id))
    return None if value is None else decode(WorkPlace, value, source="this laptop's store")


def add_looked_at(session: "WriteSession", assignment_id: AssignmentId, sha256: EvidenceHash) -> bool:
    """Note that these bytes were shown; True the first time."""
    row = {"assignment_id": assignment_id, "sha256": sha256, "first_at": to_ms(session.now())}
    statement = insert(looked_at).values(row).on_conflict_do_nothing()
    return bool(session.connection.execute(statement).rowcount)


def all_looked_at(session: "ReadSession", assignment_id: AssignmentId) -> frozenset[EvidenceHash]:
    """The hashes of all bytes that were shown beside this assignment."""
    asked = select(looked_at.c.sha256).where(looked_at.c.assignment_id == assignment_id)
    return frozenset(EvidenceHash(each) for each in session.connection.scalars(asked))
