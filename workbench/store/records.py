"""The platform's records as they came, in canonical JSON. Knows their keys, not their meaning."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from workbench.errors import StorageError
from workbench.store.tables import platform_record as table
from workbench.wire.codec import decode, encode

if TYPE_CHECKING:
    from workbench.store.session import ReadSession, WriteSession

Key = tuple[str, int]
T = TypeVar("T")
K = TypeVar("K")
_AT_ONCE = 200


class Kind(StrEnum):
    """What a record is about; its number is the version, the attempt, or 0."""

    OFFERING = "offering"
    SUBMISSION = "submission"
    ASSIGNMENT = "assignment"


def keep(session: "WriteSession", kind: Kind, records: Mapping[Key, object]) -> set[Key]:
    """Insert or replace; returns the keys of the records that differ from what was here."""
    rows = [
        {"kind": kind.value, "id": key[0], "number": key[1], "body": encode(record).decode()}
        for key, record in records.items()
    ]
    if not rows:
        return set()
    statement = insert(table)
    statement = statement.on_conflict_do_update(
        index_elements=["kind", "id", "number"],
        set_={"body": statement.excluded.body},
        where=statement.excluded.body != table.c.body,
    )
    new = session.connection.execute(statement.returning(table.c.id, table.c.number), rows)
    return {(row.id, row.number) for row in new}


def get(session: "ReadSession", kind: Kind, record_id: str, number: int, of: type[T]) -> T:
    """One record. Raises StorageError when it is not on this laptop."""
    named = (table.c.kind == kind.value) & (table.c.id == record_id) & (table.c.number == number)
    body = session.connection.scalar(select(table.c.body).where(named))
    if body is None:
        raise StorageError(f"This {kind.value} is not on this laptop.", do="Synchronize, and look again.")
    return decode(of, body, source="this laptop's store")


def batched(items: Sequence[K]) -> Iterator[Sequence[K]]:
    """`items` in runs short enough for one question to the database."""
    for start in range(0, len(items), _AT_ONCE):
        yield items[start : start + _AT_ONCE]
