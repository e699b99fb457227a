"""What the platform says: offerings, submissions, evidence records, assignments. Written only by the sync round.

Nothing here touches what a person typed. A withdrawn assignment stays, marked, with its draft and decision.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, and_, delete, func, select, tuple_, update
from sqlalchemy.dialects.sqlite import insert

from workbench.model.assignment import Assignment
from workbench.model.changes import Changes
from workbench.model.ids import AssignmentId, EvidenceId, OfferingId, SubmissionId
from workbench.model.offering import Offering
from workbench.model.submission import Evidence, EvidenceKind, Submission
from workbench.store import records, remembered, tables
from workbench.store.records import Key, batched
from workbench.store.times import to_ms
from workbench.wire.exchange import AssignmentChange, Change, Counts, OfferingChange, SubmissionChange, Withdrawal

if TYPE_CHECKING:
    from workbench.store.session import ReadSession, WriteSession

Row = Mapping[str, object]
_A, _S, _E, _O = (
    tables.platform_assignment.c,
    tables.platform_submission.c,
    tables.platform_evidence.c,
    tables.platform_offering.c,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentRow:
    """An assignment and, when it is no longer this person's, why in words."""

    assignment: Assignment
    withdrawn: str


def apply_changes(session: "WriteSession", changes: Sequence[Change]) -> Changes:
    """Take in what the platform sent; what is here already in the same words changes nothing.

    The rows beside the records are written again all the same, so that a full reading repairs them.
    """
    offerings = [change.offering for change in changes if isinstance(change, OfferingChange)]
    submissions = [change.submission for change in changes if isinstance(change, SubmissionChange)]
    assignments = [change.assignment for change in changes if isinstance(change, AssignmentChange)]
    withdrawals = [change for change in changes if isinstance(change, Withdrawal)]
    touched = _of_offerings(session, _keep_offerings(session, offerings))
    renewed = _keep_submissions(session, submissions)
    touched |= _of_submissions(session, [(each.id, each.attempt) for each in renewed])
    touched |= _keep_assignments(session, assignments) | _withdraw(session, withdrawals)
    if touched:
        session.audit("sync", "platform", {"assignments": [*sorted(touched)]})
    evidence = frozenset(item.id for each in renewed for item in each.evidence)
    return Changes(assignments=frozenset(touched), evidence=evidence)


def local_counts(session: "ReadSession") -> Counts:
    """How many of each this laptop holds for assignments that are still this person's."""
    mine = _mine().subquery()
    attempts = select(mine.c.submission_id, mine.c.attempt).distinct().subquery()
    has_evidence = and_(_E.submission_id == attempts.c.submission_id, _E.attempt == attempts.c.attempt)
    needs = and_(_S.submission_id == attempts.c.submission_id, _S.attempt == attempts.c.attempt)
    submissions = select(_S.offering_id, _S.offering_version).select_from(tables.platform_submission)
    held = submissions.join(attempts, needs).subquery()
    versions = select(held.c.offering_id, held.c.offering_version).distinct()
    offerings = select(_O.version).where(tuple_(_O.offering_id, _O.version).in_(versions)).subquery()
    evidence = select(_E.size).select_from(tables.platform_evidence).join(attempts, has_evidence).subquery()
    return Counts(
        offerings=_count(session, offerings),
        submissions=_count(session, held),
        evidence=_count(session, evidence),
        assignments=_count(session, mine),
    )


def cursor(session: "ReadSession") -> str:
    """How far this laptop has read; empty: nothing yet."""
    return remembered.get(session, "cursor")


def set_cursor(session: "WriteSession", value: str) -> None:
    """Keep how far this laptop has read; in the transaction that took in what was read."""
    remembered.put(session, "cursor", value)


def start_rereading(session: "WriteSession") -> None:
    """Begin from the empty cursor, noting which assignments the platform still names."""
    set_cursor(session, "")
    remembered.put(session, "reading", str(_reading(session) + 1))


def end_rereading(session: "WriteSession") -> Changes:
    """Withdraw the assignments that were not named since `start_rereading`; their drafts stay."""
    unnamed = select(_A.assignment_id).where(_A.reading < _reading(session), _A.withdrawn == "")
    gone = frozenset(AssignmentId(each) for each in session.connection.scalars(unnamed))
    reason = "The programme no longer lists it for you."
    withdrawn = _withdraw(session, [Withdrawal(assignment_id=each, reason=reason) for each in sorted(gone)])
    return Changes(assignments=frozenset(withdrawn))


def assignment(session: "ReadSession", assignment_id: AssignmentId) -> AssignmentRow:
    """One assignment, withdrawn or not. Raises StorageError when it never was on this laptop."""
    withdrawn = session.connection.scalar(select(_A.withdrawn).where(_A.assignment_id == assignment_id))
    known = records.get(session, records.Kind.ASSIGNMENT, assignment_id, 0, Assignment)
    return AssignmentRow(assignment=known, withdrawn=withdrawn or "")


def submission(session: "ReadSession", submission_id: SubmissionId, attempt: int) -> Submission:
    """One attempt with its evidence records. Raises StorageError."""
    return records.get(session, records.Kind.SUBMISSION, submission_id, attempt, Submission)


def offering(session: "ReadSession", offering_id: OfferingId, version: int) -> Offering:
    """One offering version with rubric and policy. Raises StorageError."""
    return records.get(session, records.Kind.OFFERING, offering_id, version, Offering)


def assignments_of_evidence(session: "ReadSession", evidence_id: EvidenceId) -> frozenset[AssignmentId]:
    """The assignments beside which this evidence is shown."""
    asked = (
        select(_A.assignment_id)
        .join(
            tables.platform_evidence,
            and_(_A.submission_id == _E.submission_id, _A.attempt == _E.attempt),
        )
        .where(_E.evidence_id == evidence_id)
    )
    return frozenset(AssignmentId(each) for each in session.connection.scalars(asked))


def _reading(session: "ReadSession") -> int:
    return int(remembered.get(session, "reading") or 0)


def _mine() -> Any:
    return select(_A.assignment_id, _A.submission_id, _A.attempt).where(_A.withdrawn == "")


def _count(session: "ReadSession", what: Any) -> int:
    return int(session.connection.scalar(select(func.count()).select_from(what)) or 0)


def _upsert(session: "WriteSession", table: Table, rows: Sequence[Row]) -> None:
    if not rows:
        return
    statement = insert(table)
    replaced = {name: statement.excluded[name] for name in rows[0]}
    keys = [column.name for column in table.primary_key.columns]
    session.connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=replaced), rows)


def _keep_offerings(session: "WriteSession", offerings: list[Offering]) -> list[Key]:
    new = records.keep(session, records.Kind.OFFERING, {(each.id, each.version): each for each in offerings})
    _upsert(session, tables.platform_offering, [_offering_row(each) for each in offerings])
    return [*new]


def _keep_submissions(session: "WriteSession", submissions: list[Submission]) -> list[Submission]:
    new = records.keep(session, records.Kind.SUBMISSION, {(each.id, each.attempt): each for each in submissions})
    _upsert(session, tables.platform_submission, [_submission_row(each) for each in submissions])
    _replace_evidence(session, submissions)
    return [each for each in submissions if (each.id, each.attempt) in new]


def _keep_assignments(session: "WriteSession", assignments: list[Assignment]) -> set[AssignmentId]:
    new = records.keep(session, records.Kind.ASSIGNMENT, {(each.id, 0): each for each in assignments})
    returned = _give_back(session, [each.id for each in assignments])
    reading = _reading(session)
    _upsert(session, tables.platform_assignment, [_assignment_row(each, reading) for each in assignments])
    return {AssignmentId(key[0]) for key in new} | returned


def _replace_evidence(session: "WriteSession", submissions: list[Submission]) -> None:
    for keys in batched([(each.id, each.attempt) for each in submissions]):
        named = tuple_(_E.submission_id, _E.attempt).in_(keys)
        session.connection.execute(delete(tables.platform_evidence).where(named))
    rows = [_evidence_row(submission, item) for submission in submissions for item in submission.evidence]
    _upsert(session, tables.platform_evidence, rows)


def _give_back(session: "WriteSession", ids: list[AssignmentId]) -> set[AssignmentId]:
    returned: set[AssignmentId] = set()
    for some in batched(ids):
        statement = update(tables.platform_assignment).where(_A.assignment_id.in_(some), _A.withdrawn != "")
        rows = session.connection.execute(statement.values(withdrawn="").returning(_A.assignment_id))
        returned.update(AssignmentId(row.assignment_id) for row in rows)
    return returned


def _withdraw(session: "WriteSession", withdrawals: list[Withdrawal]) -> set[AssignmentId]:
    gone = set()
    for each in withdrawals:
        reason = each.reason or "The programme gave it to somebody else."
        statement = update(tables.platform_assignment).where(_A.assignment_id == each.assignment_id)
        if session.connection.execute(statement.where(_A.withdrawn != reason).values(withdrawn=reason)).rowcount:
            gone.add(each.assignment_id)
    return gone


def _of_submissions(session: "ReadSession", keys: list[Key]) -> set[AssignmentId]:
    found: set[AssignmentId] = set()
    for some in batched(keys):
        named = tuple_(_A.submission_id, _A.attempt).in_(some)
        found.update(AssignmentId(each) for each in session.connection.scalars(select(_A.assignment_id).where(named)))
    return found


def _of_offerings(session: "ReadSession", keys: list[Key]) -> set[AssignmentId]:
    asked = select(_S.submission_id, _S.attempt).where(tuple_(_S.offering_id, _S.offering_version).in_(keys))
    return _of_submissions(session, [tuple(row) for row in session.connection.execute(asked)]) if keys else set()


def _offering_row(offering: Offering) -> Row:
    return {
        "offering_id": offering.id,
        "version": offering.version,
        "title": offering.title,
        "criteria": len(offering.rubric.criteria),
    }


def _submission_row(submission: Submission) -> Row:
    shown = [item for item in submission.evidence if item.kind is not EvidenceKind.CAPTIONS]
    played = [item for item in shown if item.kind in (EvidenceKind.VIDEO, EvidenceKind.AUDIO)]
    return {
        "submission_id": submission.id,
        "attempt": submission.attempt,
        "offering_id": submission.offering_id,
        "offering_version": submission.offering_version,
        "pseudonym": submission.pseudonym,
        "evidence_total": len(submission.evidence),
        "evidence_bytes": sum(item.size for item in submission.evidence),
        "video_ms": sum(item.facts.duration_ms or 0 for item in played),
        "pages": sum(item.facts.pages or 0 for item in shown),
    }


def _evidence_row(submission: Submission, item: Evidence) -> Row:
    return {
        "evidence_id": item.id,
        "submission_id": submission.id,
        "attempt": submission.attempt,
        "sha256": item.sha256,
        "size": item.size,
    }


def _assignment_row(assignment: Assignment, reading: int) -> Row:
    return {
        "assignment_id": assignment.id,
        "submission_id": assignment.submission_id,
        "attempt": assignment.attempt,
        "task": assignment.task.value,
        "position": assignment.position,
        "due_at": to_ms(assignment.due_at),
        "decided": assignment.decided,
        "withdrawn": "",
        "reading": reading,
    }
