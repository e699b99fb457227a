"""Writes submission attempts and their evidence, within the import's one transaction.

What a laptop may know is put together here, once: `body` holds no educator, district, school year or file name.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from workbench.hub.assigning import move_to_attempt
from workbench.hub.feed import Feed
from workbench.hub.import_rows import ShelfFile, Tally
from workbench.hub.programme import EvidenceRow, SubmissionRow
from workbench.hub.pseudonyms import is_pseudonym, pseudonym_for
from workbench.hub.schema import evidence, submission
from workbench.model.ids import EvidenceHash, EvidenceId
from workbench.model.submission import Evidence, EvidenceKind, Submission
from workbench.wire.canonical import sha256_hex
from workbench.wire.codec import encode


def write_submissions(
    connection: Connection, feed: Feed, rows: Iterable[SubmissionRow], files: Mapping[Path, ShelfFile]
) -> Tally:
    """Keep every attempt with its evidence; whoever judges a changed one hears of it."""
    tally = Tally()
    ordered = sorted(rows, key=lambda row: (row.id, row.attempt))
    # A pseudonym that the programme gave comes first, lest a drawn one takes it.
    for name in sorted({row.educator for row in ordered}, key=lambda name: (not is_pseudonym(name), name)):
        pseudonym_for(connection, name)
    for row in ordered:
        item = _submission(row, pseudonym_for(connection, row.educator), files)
        _write(connection, feed, row, item, tally)
    return tally


def evidence_id(submission_id: str, attempt: int, order: int) -> EvidenceId:
    """The same for ever: a replaced file keeps its id and has another hash."""
    return EvidenceId(sha256_hex(f"{submission_id}\0{attempt}\0{order}".encode())[:32])


def _write(connection: Connection, feed: Feed, row: SubmissionRow, item: Submission, tally: Tally) -> None:
    same = (submission.c.id == row.id, submission.c.attempt == row.attempt)
    values = _values(row, item)
    before = connection.execute(select(submission).where(*same)).one_or_none()
    if before is None:
        connection.execute(insert(submission).values(id=row.id, attempt=row.attempt, **values))
        _write_evidence(connection, item)
        move_to_attempt(connection, feed, row.id, row.attempt)
        tally.new += 1
    elif {name: getattr(before, name) for name in values} == values:
        tally.same += 1
    else:
        connection.execute(update(submission).where(*same).values(values))
        _write_evidence(connection, item)
        tally.changed += 1
        if before.body != values["body"]:
            feed.submission_changed(row.id, row.attempt)


def _values(row: SubmissionRow, item: Submission) -> dict[str, Any]:
    return {
        "offering_id": row.offering_id,
        "offering_version": row.offering_version,
        "educator": row.educator,
        "district": row.district,
        "school_year": row.school_year,
        "prior_attempt": row.prior_attempt,
        "evidence_count": len(item.evidence),
        "body": encode(item),
    }


def _write_evidence(connection: Connection, item: Submission) -> None:
    of_attempt = (evidence.c.submission_id == item.id, evidence.c.attempt == item.attempt)
    connection.execute(delete(evidence).where(*of_attempt))
    for piece in item.evidence:
        row = {"id": piece.id, "submission_id": item.id, "attempt": item.attempt, "sha256": piece.sha256}
        connection.execute(insert(evidence).values(row))


def _submission(row: SubmissionRow, pseudonym: str, files: Mapping[Path, ShelfFile]) -> Submission:
    return Submission(
        id=row.id,
        attempt=row.attempt,
        offering_id=row.offering_id,
        offering_version=row.offering_version,
        pseudonym=pseudonym,
        submitted_at=row.submitted_at,
        evidence=tuple(_evidence(row, piece, files[piece.path]) for piece in row.evidence),
        students=row.students,
    )


def _evidence(row: SubmissionRow, piece: EvidenceRow, file: ShelfFile) -> Evidence:
    captions_for = None if piece.captions_for is None else evidence_id(row.id, row.attempt, piece.captions_for)
    stays = piece.kind in (EvidenceKind.CAPTIONS, EvidenceKind.LINK) and file.kind is EvidenceKind.TEXT
    return Evidence(
        id=evidence_id(row.id, row.attempt, piece.order),
        order=piece.order,
        label=piece.label,
        kind=piece.kind if stays and piece.kind else file.kind,
        sha256=EvidenceHash(file.sha256),
        size=file.size,
        language=piece.language,
        captions_for=captions_for,
        consent_scope=piece.consent_scope,
        facts=file.facts,
    )
