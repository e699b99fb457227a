"""The hub's tables. Times are aware UTC as ISO text of one width, so that they sort; bodies are canonical JSON."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    text,
)

VERSION = 1
metadata = MetaData()


class Moment(TypeDecorator[datetime]):
    """An aware UTC time with microseconds, stored as text of one width."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        return None if value is None else value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


# The programme's name and phone, the hub's key (pseudonyms, queue order), its epoch.
setting = Table(
    "setting",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

person = Table(
    "person",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("role", String, nullable=False),
    Column("home_district", String, nullable=False, default=""),
    Column("queue_seed", LargeBinary, nullable=False),
)

enrolment_code = Table(
    "enrolment_code",
    metadata,
    Column("code_hash", LargeBinary, primary_key=True),
    Column("person_id", String, ForeignKey("person.id"), nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

device = Table(
    "device",
    metadata,
    Column("person_id", String, ForeignKey("person.id"), primary_key=True),
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("refresh_hash", LargeBinary, nullable=False, unique=True),
    Column("refresh_expires_at", Moment, nullable=False),
    Column("enrolled_at", Moment, nullable=False),
    Column("revoked_at", Moment),
)

access_token = Table(
    "access_token",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("person_id", String, nullable=False),
    Column("device_id", String, nullable=False),
    Column("expires_at", Moment, nullable=False),
    ForeignKeyConstraint(["person_id", "device_id"], ["device.person_id", "device.id"]),
)

# Every text an offering version ever had, by its hash: a decision names the rubric it was made with.
offering_text = Table(
    "offering_text",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

offering = Table(
    "offering",
    metadata,
    Column("id", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("sha256", String, ForeignKey("offering_text.sha256"), nullable=False),
)

educator = Table(
    "educator",
    metadata,
    Column("name", String, primary_key=True),
    Column("pseudonym", String, nullable=False, unique=True),
)

# `body` is the submission as a laptop may know it; identity, district and school year stay in columns.
submission = Table(
    "submission",
    metadata,
    Column("id", String, primary_key=True),
    Column("attempt", Integer, primary_key=True),
    Column("offering_id", String, nullable=False),
    Column("offering_version", Integer, nullable=False),
    Column("educator", String, ForeignKey("educator.name"), nullable=False),
    Column("district", String, nullable=False),
    Column("school_year", String, nullable=False),
    Column("prior_attempt", Integer),
    Column("evidence_count", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    ForeignKeyConstraint(["offering_id", "offering_version"], ["offering.id", "offering.version"]),
)

# What inspection found, once per content. Inspected means that a decoder has looked at it.
evidence_file = Table(
    "evidence_file",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("facts", LargeBinary, nullable=False),
)

evidence = Table(
    "evidence",
    metadata,
    Column("id", String, primary_key=True),
    Column("submission_id", String, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("sha256", String, ForeignKey("evidence_file.sha256"), nullable=False),
    ForeignKeyConstraint(["submission_id", "attempt"], ["submission.id", "submission.attempt"]),
    Index("evidence_by_attempt", "submission_id", "attempt"),
    Index("evidence_by_content", "sha256"),
)

# `rater` (first, second, …) never leaves the hub.
assignment = Table(
    "assignment",
    metadata,
    Column("id", String, primary_key=True),
    Column("person_id", String, ForeignKey("person.id"), nullable=False),
    Column("submission_id", String, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("task", String, nullable=False),
    Column("rater", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("lease_until", Moment, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("decided", Boolean, nullable=False, default=False),
    Column("withdrawn_reason", String),
    ForeignKeyConstraint(["submission_id", "attempt"], ["submission.id", "submission.attempt"]),
    Index("assignment_by_person", "person_id", "submission_id", "attempt"),
    Index("assignment_by_attempt", "submission_id", "attempt"),
)

# What each person has to hear of, newest last. A row moves to the end when its subject changes; rows are never
# removed, so `seq` only rises. A reference always stands before what refers to it.
feed = Table(
    "feed",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("person_id", String, ForeignKey("person.id"), nullable=False),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("number", Integer, nullable=False),
    UniqueConstraint("person_id", "kind", "subject", "number"),
    Index("feed_by_person", "person_id", "seq"),
)

# Every event as it was received, refused ones too. `settles` marks the one that its key stands for.
event = Table(
    "event",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("key", String, nullable=False),
    Column("body_sha256", String, nullable=False),
    Column("person_id", String, ForeignKey("person.id"), nullable=False),
    Column("device_id", String, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("settles", Boolean, nullable=False),
    Column("result", String, nullable=False),
    Column("detail", String, nullable=False),
    Column("field", String, nullable=False),
    UniqueConstraint("person_id", "key", "body_sha256"),
    Index("event_by_key", "key", unique=True, sqlite_where=text("settles")),
)

decision = Table(
    "decision",
    metadata,
    Column("id", String, primary_key=True),
    Column("assignment_id", String, ForeignKey("assignment.id"), nullable=False, unique=True),
    Column("event_key", String, nullable=False, unique=True),
    Column("person_id", String, ForeignKey("person.id"), nullable=False),
    Column("sha256", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("received_at", Moment, nullable=False),
)
