"""The tables of the laptop, as the newest migration leaves them. Times are whole milliseconds (see times.py)."""

from sqlalchemy import DDL, BigInteger, Boolean, Column, Index, Integer, MetaData, Table, Text, event

metadata = MetaData()


def _text(name: str, *, key: bool = False) -> "Column[str]":
    return Column(name, Text, primary_key=key, nullable=False)


def _number(name: str, *, key: bool = False) -> "Column[int]":
    return Column(name, Integer, primary_key=key, nullable=False)


def _moment(name: str, *, nullable: bool = False) -> "Column[int]":
    return Column(name, BigInteger, nullable=nullable)


def _flag(name: str) -> "Column[bool]":
    return Column(name, Boolean, nullable=False)


# What belongs to the account as a whole: cursor, person, programme, highest time seen, last open assignment.
remembered = Table("remembered", metadata, _text("name", key=True), _text("value"))

# Written only by the sync round. The records as they came, in canonical JSON, stand apart from the columns that
# lists need: every page of the file is decrypted when it is read, so that lists must not read past bodies.
platform_record = Table(
    "platform_record",
    metadata,
    _text("kind", key=True),
    _text("id", key=True),
    _number("number", key=True),
    _text("body"),
)
platform_offering = Table(
    "platform_offering",
    metadata,
    _text("offering_id", key=True),
    _number("version", key=True),
    _text("title"),
    _number("criteria"),
)
platform_submission = Table(
    "platform_submission",
    metadata,
    _text("submission_id", key=True),
    _number("attempt", key=True),
    _text("offering_id"),
    _number("offering_version"),
    _text("pseudonym"),
    _number("evidence_total"),
    _number("evidence_bytes"),
    _number("video_ms"),
    _number("pages"),
)
platform_evidence = Table(
    "platform_evidence",
    metadata,
    _text("evidence_id", key=True),
    _text("submission_id"),
    _number("attempt"),
    _text("sha256"),
    _number("size"),
    Index("platform_evidence_by_submission", "submission_id", "attempt"),
    Index("platform_evidence_by_sha256", "sha256"),
)
platform_assignment = Table(
    "platform_assignment",
    metadata,
    _text("assignment_id", key=True),
    _text("submission_id"),
    _number("attempt"),
    _text("task"),
    _number("position"),
    _moment("due_at"),
    _flag("decided"),
    _text("withdrawn"),
    _number("reading"),
    Index("platform_assignment_by_submission", "submission_id", "attempt"),
)

# How an evidence stands on this laptop; a row of an earlier sha256 means: replaced since it arrived.
evidence_here = Table(
    "evidence_here",
    metadata,
    _text("evidence_id", key=True),
    _text("submission_id"),
    _number("attempt"),
    _text("sha256"),
    _moment("arrived_at", nullable=True),
    _text("unreadable"),
    _text("replaced_sha256"),
)

# What a person typed: one row per field, so that a late write touches one field of one assignment.
draft = Table(
    "draft",
    metadata,
    _text("assignment_id", key=True),
    _text("field", key=True),
    _text("value"),
    _moment("changed_at"),
)
place = Table("place", metadata, _text("assignment_id", key=True), _text("value"), _moment("changed_at"))
looked_at = Table(
    "looked_at", metadata, _text("assignment_id", key=True), _text("sha256", key=True), _moment("first_at")
)
# How much of these bytes: grows while they are looked at, and begins anew with others.
looked_through = Table(
    "looked_through",
    metadata,
    _text("assignment_id", key=True),
    _text("evidence_id", key=True),
    _text("sha256"),
    _text("value"),
    _moment("changed_at"),
)

# What was found in the bytes of an evidence, part by part, whoever handed them in. `bits` are signed: SQLite's are.
looked_over = Table(
    "looked_over",
    metadata,
    _text("sha256", key=True),
    _number("part", key=True),
    _number("method"),
    _text("value"),
)
fingerprint = Table(
    "fingerprint",
    metadata,
    _text("sha256", key=True),
    _number("part", key=True),
    Column("at", BigInteger, primary_key=True, nullable=False),
    _text("unit"),
    Column("bits", BigInteger, nullable=False),
)

# Immutable: never updated, never deleted.
decision = Table(
    "decision",
    metadata,
    _text("decision_id", key=True),
    _text("assignment_id"),
    _moment("finalized_at"),
    _text("body"),
    _text("sha256"),
    Index("decision_by_assignment", "assignment_id"),
)
outbox = Table(
    "outbox",
    metadata,
    _number("seq", key=True),
    Column("event_key", Text, nullable=False, unique=True),
    _text("assignment_id"),
    _text("decision_id"),
    _number("base_revision"),
    _text("device"),
    _moment("client_at"),
    _text("body"),
    _text("state"),
    _moment("not_before_at"),
    _number("attempts"),
    _number("refusals"),
    _moment("next_try_at", nullable=True),
    _moment("received_at", nullable=True),
    _text("result"),
    _text("detail"),
    _text("field"),
    _flag("reopened"),
    Index("outbox_by_assignment", "assignment_id", "seq"),
    Index("outbox_by_state", "state"),
)
sync_round = Table(
    "sync_round",
    metadata,
    _number("id", key=True),
    _moment("at", nullable=True),
    _text("problem"),
    _moment("next_try_at", nullable=True),
    _number("attempts"),
)

# Each row's hash covers the row before: nothing can be left out or changed unseen.
audit = Table(
    "audit",
    metadata,
    _number("seq", key=True),
    _moment("at"),
    _text("kind"),
    _text("subject"),
    _text("payload"),
    _text("prev"),
    _text("hash"),
)


for _table in (decision, audit):
    for _act in ("UPDATE", "DELETE"):
        _name = f"{_table.name}_refuses_{_act.lower()}"
        _trigger = f"CREATE TRIGGER {_name} BEFORE {_act} ON {_table.name} BEGIN SELECT RAISE(ABORT, 'final'); END"
        event.listen(_table, "after_create", DDL(_trigger))  # type: ignore[no-untyped-call]
