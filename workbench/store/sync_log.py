"""How the last sync round went and when the next try is, kept over a restart."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from workbench.model.changes import Changes
from workbench.store.tables import sync_round
from workbench.store.times import from_ms, to_ms

if TYPE_CHECKING:
    from workbench.store.session import ReadSession, WriteSession


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRound:
    """`at`: the last good round. `problem` in words, empty after a good round; `attempts` that failed in a row."""

    at: datetime | None = None
    problem: str = ""
    next_try_at: datetime | None = None
    attempts: int = 0


def record_round(
    session: "WriteSession", *, at: datetime | None, problem: str, next_try_at: datetime | None, attempts: int
) -> Changes:
    """Keep how a round went. `at` None keeps the moment of the last good round."""
    before = last_round(session)
    row = {
        "at": _ms(at or before.at),
        "problem": problem,
        "next_try_at": _ms(next_try_at),
        "attempts": attempts,
    }
    statement = insert(sync_round).values(id=1, **row)
    session.connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=row))
    return Changes(sync=True)


def last_round(session: "ReadSession") -> LastRound:
    """How the last round went; all empty before the first."""
    row = session.connection.execute(select(sync_round)).first()
    if row is None:
        return LastRound()
    return LastRound(
        at=_moment(row.at), problem=row.problem, next_try_at=_moment(row.next_try_at), attempts=row.attempts
    )


def _ms(moment: datetime | None) -> int | None:
    return None if moment is None else to_ms(moment)


def _moment(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else from_ms(milliseconds)
