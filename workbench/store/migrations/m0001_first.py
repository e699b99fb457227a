"""The first form of the store. Frozen: later changes are later steps."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection

_STATEMENTS = (
    """CREATE TABLE audit ( seq INTEGER NOT NULL, at BIGINT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
    payload TEXT NOT NULL, prev TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (seq) )""",
    """CREATE TABLE decision ( decision_id TEXT NOT NULL, assignment_id TEXT NOT NULL, finalized_at BIGINT NOT NULL,
    body TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (decision_id) )""",
    "CREATE INDEX decision_by_assignment ON decision (assignment_id)",
    """CREATE TABLE draft ( assignment_id TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, changed_at BIGINT
    NOT NULL, PRIMARY KEY (assignment_id, field) )""",
    """CREATE TABLE evidence_here ( evidence_id TEXT NOT NULL, submission_id TEXT NOT NULL, attempt INTEGER NOT NULL,
    sha256 TEXT NOT NULL, arrived_at BIGINT, unreadable TEXT NOT NULL, replaced_sha256 TEXT NOT NULL, PRIMARY KEY
    (evidence_id) )""",
    """CREATE TABLE looked_at ( assignment_id TEXT NOT NULL, sha256 TEXT NOT NULL, first_at BIGINT NOT NULL, PRIMARY
    KEY (assignment_id, sha256) )""",
    """CREATE TABLE outbox ( seq INTEGER NOT NULL, event_key TEXT NOT NULL, assignment_id TEXT NOT NULL, decision_id
    TEXT NOT NULL, base_revision INTEGER NOT NULL, device TEXT NOT NULL, client_at BIGINT NOT NULL, body TEXT NOT
    NULL, state TEXT NOT NULL, not_before_at BIGINT NOT NULL, attempts INTEGER NOT NULL, refusals INTEGER NOT
    NULL, next_try_at BIGINT, received_at BIGINT, result TEXT NOT NULL, detail TEXT NOT NULL, field TEXT NOT NULL,
    reopened BOOLEAN NOT NULL, PRIMARY KEY (seq), UNIQUE (event_key) )""",
    "CREATE INDEX outbox_by_assignment ON outbox (assignment_id, seq)",
    "CREATE INDEX outbox_by_state ON outbox (state)",
    """CREATE TABLE place ( assignment_id TEXT NOT NULL, value TEXT NOT NULL, changed_at BIGINT NOT NULL, PRIMARY KEY
    (assignment_id) )""",
    """CREATE TABLE platform_assignment ( assignment_id TEXT NOT NULL, submission_id TEXT NOT NULL, attempt INTEGER
    NOT NULL, task TEXT NOT NULL, position INTEGER NOT NULL, due_at BIGINT NOT NULL, decided BOOLEAN NOT NULL,
    withdrawn TEXT NOT NULL, reading INTEGER NOT NULL, PRIMARY KEY (assignment_id) )""",
    "CREATE INDEX platform_assignment_by_submission ON platform_assignment (submission_id, attempt)",
    """CREATE TABLE platform_evidence ( evidence_id TEXT NOT NULL, submission_id TEXT NOT NULL, attempt INTEGER NOT
    NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL, PRIMARY KEY (evidence_id) )""",
    "CREATE INDEX platform_evidence_by_submission ON platform_evidence (submission_id, attempt)",
    """CREATE TABLE platform_offering ( offering_id TEXT NOT NULL, version INTEGER NOT NULL, title TEXT NOT NULL,
    criteria INTEGER NOT NULL, PRIMARY KEY (offering_id, version) )""",
    """CREATE TABLE platform_record ( kind TEXT NOT NULL, id TEXT NOT NULL, number INTEGER NOT NULL, body TEXT NOT
    NULL, PRIMARY KEY (kind, id, number) )""",
    """CREATE TABLE platform_submission ( submission_id TEXT NOT NULL, attempt INTEGER NOT NULL, offering_id TEXT NOT
    NULL, offering_version INTEGER NOT NULL, pseudonym TEXT NOT NULL, evidence_total INTEGER NOT NULL,
    evidence_bytes INTEGER NOT NULL, video_ms INTEGER NOT NULL, pages INTEGER NOT NULL, PRIMARY KEY
    (submission_id, attempt) )""",
    """CREATE TABLE remembered ( name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (name) )""",
    """CREATE TABLE sync_round ( id INTEGER NOT NULL, at BIGINT, problem TEXT NOT NULL, next_try_at BIGINT, attempts
    INTEGER NOT NULL, PRIMARY KEY (id) )""",
    "CREATE TRIGGER decision_refuses_update BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'final'); END",
    "CREATE TRIGGER decision_refuses_delete BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'final'); END",
    "CREATE TRIGGER audit_refuses_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'final'); END",
    "CREATE TRIGGER audit_refuses_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'final'); END",
)


def migrate(connection: "Connection") -> None:
    """Create every table."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
