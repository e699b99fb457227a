"""How each evidence stands on this laptop, kept in step with the shelf. Fetches nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.dialects.sqlite import insert

from workbench.model.changes import Changes
from workbench.model.ids import EvidenceHash, EvidenceId, SubmissionId
from workbench.store import platform_rows
from workbench.store.blobs import EvidenceRef, not_here
from workbench.store.tables import evidence_here, platform_assignment, platform_evidence
from workbench.store.times import from_ms, to_ms

if TYPE_CHECKING:
    from workbench.sealed.writer import SealedWriter
    from workbench.store.session import ReadSession, WriteSession

_A, _E, _H = platform_assignment.c, platform_evidence.c, evidence_here.c
_SAME_BYTES = and_(_H.evidence_id == _E.evidence_id, _H.sha256 == _E.sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An evidence to fetch, for the assignment that is due first."""

    ref: EvidenceRef
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of one evidence here. `unreadable` says why in words; `replaced` that other bytes came."""

    sha256: EvidenceHash
    arrived_at: datetime | None
    unreadable: str
    replaced: bool


def wanted(session: "ReadSession") -> tuple[Wanted, ...]:
    """What is not here, for undecided work of this person: due soonest first, small before large.

    A file that is whole on the shelf without its row (a crash in between) is listed too: `note_arrived` it.
    A row whose file has vanished from the folder is listed as well, so that it is fetched anew.
    """
    due_at = func.min(_A.due_at).label("due_at")
    asked = (
        select(_E.submission_id, _E.attempt, _E.evidence_id, _E.sha256, _E.size, _H.arrived_at, due_at)
        .join(platform_assignment, and_(_A.submission_id == _E.submission_id, _A.attempt == _E.attempt))
        .join(evidence_here, _SAME_BYTES, isouter=True)
        .where(_A.withdrawn == "", _A.decided.is_(False))
        .group_by(_E.evidence_id)
        .order_by(due_at, _E.submission_id, _E.size, _E.evidence_id)
    )
    rows = session.connection.execute(asked).all()
    return tuple(Wanted(ref=_ref(row), due_at=from_ms(row.due_at)) for row in rows if not _is_here(session, row))


def ref(session: "ReadSession", evidence_id: EvidenceId) -> EvidenceRef:
    """Where the shelf keeps this evidence. Raises EvidenceError when it is not known here."""
    columns = (_E.submission_id, _E.attempt, _E.evidence_id, _E.sha256, _E.size)
    row = session.connection.execute(select(*columns).where(_E.evidence_id == evidence_id)).first()
    if row is None:
        raise not_here()
    return _ref(row)


def publish(session: "WriteSession", ref: EvidenceRef, writer: "SealedWriter") -> Changes:
    """Make a verified download visible and note it. Raises EvidenceError (cut short), StorageError."""
    session.shelf.publish(ref, writer)
    return note_arrived(session, ref)


def note_arrived(session: "WriteSession", ref: EvidenceRef) -> Changes:
    """Note that these bytes stand whole on the shelf."""
    before = _standing(session, ref.evidence_id)
    replaced = before.sha256 if before and before.sha256 != ref.sha256 else ""
    _put(session, ref, arrived_at=to_ms(session.now()), unreadable="", replaced_sha256=replaced)
    return changed(session, ref.evidence_id)


def mark_unreadable(session: "WriteSession", evidence_id: EvidenceId, reason: str) -> Changes:
    """Note in words why these bytes cannot be shown."""
    known = ref(session, evidence_id)
    before = _standing(session, evidence_id)
    here = before if before and before.sha256 == known.sha256 else None
    arrived_at, replaced = (here.arrived_at, here.replaced_sha256) if here else (None, "")
    _put(session, known, arrived_at=arrived_at, unreadable=reason, replaced_sha256=replaced)
    return changed(session, evidence_id)


def forget(session: "WriteSession", evidence_id: EvidenceId) -> Changes:
    """Drop the bytes and what is known of them."""
    session.shelf.discard(ref(session, evidence_id))
    session.connection.execute(delete(evidence_here).where(_H.evidence_id == evidence_id))
    return changed(session, evidence_id)


def standing(session: "ReadSession", evidence_id: EvidenceId) -> Standing | None:
    """What is known here; None when it never arrived. The hash may be an earlier one's."""
    row = _standing(session, evidence_id)
    if row is None:
        return None
    arrived_at = from_ms(row.arrived_at) if row.arrived_at is not None else None
    return Standing(
        sha256=row.sha256, arrived_at=arrived_at, unreadable=row.unreadable, replaced=bool(row.replaced_sha256)
    )


def changed(session: "ReadSession", evidence_id: EvidenceId) -> Changes:
    """The Changes that tell every view of this evidence."""
    beside = platform_rows.assignments_of_evidence(session, evidence_id)
    return Changes(evidence=frozenset({evidence_id}), assignments=beside)


def ready_submissions(session: "ReadSession") -> tuple[int, int]:
    """(attempts whose evidence is all here, attempts) among undecided work of this person."""
    mine = select(_A.submission_id, _A.attempt).where(_A.withdrawn == "", _A.decided.is_(False)).distinct().subquery()
    lacks = or_(_H.arrived_at.is_(None), _H.evidence_id.is_(None))
    beside = and_(_E.submission_id == mine.c.submission_id, _E.attempt == mine.c.attempt)
    lacking = (
        select(mine.c.submission_id, mine.c.attempt)
        .join(platform_evidence, beside)
        .join(evidence_here, _SAME_BYTES, isouter=True)
        .where(lacks)
        .distinct()
        .subquery()
    )
    total, unready = (session.connection.scalar(select(func.count()).select_from(each)) for each in (mine, lacking))
    return (total or 0) - (unready or 0), total or 0


def _ref(row: Any) -> EvidenceRef:
    return EvidenceRef(
        submission_id=SubmissionId(row.submission_id),
        attempt=row.attempt,
        evidence_id=EvidenceId(row.evidence_id),
        sha256=EvidenceHash(row.sha256),
        size=row.size,
    )


def _is_here(session: "ReadSession", row: Any) -> bool:
    return row.arrived_at is not None and session.shelf.look(_ref(row)).state == "ready"


def _standing(session: "ReadSession", evidence_id: EvidenceId) -> Any:
    return session.connection.execute(select(evidence_here).where(_H.evidence_id == evidence_id)).first()


def _put(session: "WriteSession", ref: EvidenceRef, **found: object) -> None:
    row = {"submission_id": ref.submission_id, "attempt": ref.attempt, "sha256": ref.sha256, **found}
    statement = insert(evidence_here).values(evidence_id=ref.evidence_id, **row)
    session.connection.execute(statement.on_conflict_do_update(index_elements=["evidence_id"], set_=row))
