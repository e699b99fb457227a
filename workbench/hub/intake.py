"""Takes events in. Each row has a transaction of its own, is kept as it was received, and gets one outcome.

A key settles once: the same event again gets the same answer, another event under that key is refused.
"""

import json
import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import OperationalError

from workbench.errors import DataError
from workbench.hub import decision_intake
from workbench.hub.database import writing
from workbench.hub.schema import event as event_table
from workbench.hub.sign_in import Caller
from workbench.hub.verdict import Refused, Verdict, invalid
from workbench.model.ids import EventKey
from workbench.wire.canonical import canonical, sha256_hex
from workbench.wire.codec import decode, encode
from workbench.wire.events import Event, EventOutcome, EventResult

LONGEST_KEY = 200
_log = logging.getLogger(__name__)


def receive(engine: Engine, caller: Caller, rows: Iterable[Any], now: datetime) -> tuple[EventOutcome, ...]:
    """One outcome per row, in order. `rows` are JSON values; what is accepted is on disk when this returns."""
    return tuple(_receive_alone(engine, caller, row, now) for row in rows)


def _receive_alone(engine: Engine, caller: Caller, row: Any, now: datetime) -> EventOutcome:
    try:
        with writing(engine) as connection:
            return _receive(connection, caller, row, now)
    except OperationalError:
        # Locked or full concerns every row: the whole round is answered with 503 and sent again.
        raise
    except Exception as error:
        # Whatever goes wrong with one row must not take the others down. Its content must not reach the log.
        _log.error("an event could not be handled: %s", type(error).__name__)
        detail = "The hub could not handle this now; it will be sent again."
        return EventOutcome(key=_key(row), result=EventResult.UNAVAILABLE, received_at=now, detail=detail)


def _receive(connection: Connection, caller: Caller, row: Any, now: datetime) -> EventOutcome:
    key, body = _key(row), _as_received(row)
    sha256 = sha256_hex(body)
    before = _settled(connection, key) if key else None
    if before is not None and (before.person_id, before.body_sha256) == (caller.person_id, sha256):
        return _again(key, before)
    verdict = _judge(connection, caller, row, now) if before is None else _reused()
    _keep(
        connection,
        key=key,
        body_sha256=sha256,
        person_id=caller.person_id,
        device_id=caller.device_id,
        received_at=now,
        body=body,
        settles=bool(key) and before is None,
        result=verdict.result.value,
        detail=verdict.detail,
        field=verdict.field,
    )
    return EventOutcome(key=key, result=verdict.result, received_at=now, detail=verdict.detail, field=verdict.field)


def _judge(connection: Connection, caller: Caller, row: Any, now: datetime) -> Verdict:
    try:
        event = _parsed(row)
        # The one kind so far; a further member of EventBody needs a branch here, and mypy will say so.
        decision_intake.take_in(connection, caller, event, event.body, now)
    except Refused as refusal:
        return refusal.verdict
    return Verdict(result=EventResult.ACCEPTED)


def _parsed(row: Any) -> Event:
    if not _key(row):
        raise invalid("key", f"An event needs a key of 1 to {LONGEST_KEY} characters.")
    try:
        event = decode(Event, json.dumps(row), source="the event")
        encode(event)
    except DataError as error:
        raise invalid(error.place, f"{error.rule}.") from error
    except (TypeError, ValueError) as error:
        raise invalid("event", "A time has no zone, or a text is not Unicode.") from error
    return event


def _settled(connection: Connection, key: str) -> Row[Any] | None:
    query = select(event_table).where(event_table.c.key == key, event_table.c.settles)
    return connection.execute(query).one_or_none()


def _again(key: EventKey, before: Row[Any]) -> EventOutcome:
    result = EventResult(before.result)
    result = EventResult.DUPLICATE if result is EventResult.ACCEPTED else result
    return EventOutcome(
        key=key, result=result, received_at=before.received_at, detail=before.detail, field=before.field
    )


def _reused() -> Verdict:
    return Verdict(result=EventResult.KEY_REUSED, detail="Another event was sent under this key before.", field="key")


def _keep(connection: Connection, **values: object) -> None:
    statement = insert(event_table).values(**values)
    connection.execute(statement.on_conflict_do_nothing(index_elements=["person_id", "key", "body_sha256"]))


def _key(row: Any) -> EventKey:
    key = row.get("key") if isinstance(row, dict) else None
    fits = isinstance(key, str) and 0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()
    return EventKey(key if fits and isinstance(key, str) else "")


def _as_received(row: Any) -> bytes:
    try:
        return canonical(row)
    except (TypeError, ValueError):
        return json.dumps(row, sort_keys=True).encode()
