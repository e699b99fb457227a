"""How much of each evidence was looked at beside each assignment. Only grows, until other bytes take their place."""

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from workbench.model.ids import AssignmentId, EvidenceHash, EvidenceId
from workbench.model.looked import Looked
from workbench.store.tables import looked_through as table
from workbench.store.times import to_ms
from workbench.wire.codec import decode, encode

if TYPE_CHECKING:
    from workbench.store.session import ReadSession, WriteSession


def add(
    session: "WriteSession", assignment_id: AssignmentId, evidence_id: EvidenceId, sha256: EvidenceHash, more: Looked
) -> bool:
    """Add to what was looked at of these bytes; True when it is more than before."""
    here = (table.c.assignment_id == assignment_id) & (table.c.evidence_id == evidence_id)
    row = session.connection.execute(select(table).where(here)).one_or_none()
    before = _value(row.value) if row is not None and row.sha256 == sha256 else Looked()
    if (after := before | more) == before:
        return False
    kept = {"sha256": sha256, "value": encode(after).decode(), "changed_at": to_ms(session.now())}
    statement = insert(table).values(assignment_id=assignment_id, evidence_id=evidence_id, **kept)
    keys = ["assignment_id", "evidence_id"]
    session.connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=kept))
    return True


def looked(session: "ReadSession", assignment_id: AssignmentId) -> tuple[tuple[EvidenceId, EvidenceHash, Looked], ...]:
    """What was looked at of each evidence, and of which bytes of it."""
    rows = session.connection.execute(select(table).where(table.c.assignment_id == assignment_id))
    return tuple((EvidenceId(row.evidence_id), EvidenceHash(row.sha256), _value(row.value)) for row in rows)


def _value(text: str) -> Looked:
    return decode(Looked, text, source="this laptop's store")
