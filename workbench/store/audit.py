"""The chain of what was done. Each entry's hash covers the one before; entries are never changed or dropped."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from workbench.store import tables
from workbench.store.times import from_ms, to_ms
from workbench.wire.canonical import canonical, sha256_hex

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.store.session import ReadSession
    from workbench.wire.canonical import Json

BEGINNING = "0" * 64


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One link. `payload` is canonical JSON text; `prev` the hash of the link before."""

    seq: int
    at: datetime
    kind: str
    subject: str
    payload: str
    prev: str
    hash: str

    def is_whole(self, prev: str, seq: int) -> bool:
        """Whether this link belongs right after the link `prev`, and nobody changed it."""
        expected = _hash(self.seq, to_ms(self.at), self.kind, self.subject, self.payload, prev)
        return (self.prev, self.seq, self.hash) == (prev, seq, expected)


def append(connection: "Connection", at: datetime, kind: str, subject: str, payload: "Json") -> None:
    """Add one entry at the end of the chain."""
    last = select(tables.audit.c.seq, tables.audit.c.hash).order_by(tables.audit.c.seq.desc()).limit(1)
    before = connection.execute(last).first()
    seq, prev = (before.seq + 1, before.hash) if before else (1, BEGINNING)
    text = canonical(payload).decode()
    row = {"seq": seq, "at": to_ms(at), "kind": kind, "subject": subject, "payload": text, "prev": prev}
    row["hash"] = _hash(seq, to_ms(at), kind, subject, text, prev)
    connection.execute(insert(tables.audit), row)


def entries(session: "ReadSession") -> tuple[AuditEntry, ...]:
    """The whole chain, oldest first."""
    rows = session.connection.execute(select(tables.audit).order_by(tables.audit.c.seq))
    return tuple(
        AuditEntry(row.seq, from_ms(row.at), row.kind, row.subject, row.payload, row.prev, row.hash) for row in rows
    )


def first_broken(session: "ReadSession") -> int | None:
    """The place of the first link that was changed or follows a gap; None when the chain is whole."""
    prev = BEGINNING
    for seq, entry in enumerate(entries(session), start=1):
        if not entry.is_whole(prev, seq):
            return seq
        prev = entry.hash
    return None


def _hash(seq: int, at_ms: int, kind: str, subject: str, payload: str, prev: str) -> str:
    return sha256_hex(canonical([prev, seq, at_ms, kind, subject, payload]))
