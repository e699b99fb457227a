"""One write-read round: events in, each on its own; then what this person has not heard of, and the counts."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from workbench.errors import DataError
from workbench.hub.changes import changes_since, counts_of
from workbench.hub.database import reading
from workbench.hub.intake import receive
from workbench.hub.leases import renew_leases
from workbench.hub.problems import ProblemError, forbidden, unreadable
from workbench.hub.settings_rows import programme_of
from workbench.hub.sign_in import Caller
from workbench.wire.codec import decode
from workbench.wire.exchange import HUB_BATCH, PROTOCOL, ExchangeAnswer, ExchangeRequest

_SOURCE = "the request"


def exchange(engine: Engine, caller: Caller, body: bytes, now: datetime) -> ExchangeAnswer:
    """Answer a round. Raises ProblemError when the request as a whole cannot be read."""
    request, events = _read(body)
    if request.device != caller.device_id:
        raise forbidden("The token was given to another device.")
    renew_leases(engine, caller.person_id, now)
    outcomes = receive(engine, caller, events, now)
    with reading(engine) as connection:
        page = changes_since(connection, caller.person_id, request.cursor)
        return ExchangeAnswer(
            outcomes=outcomes,
            changes=page.changes,
            cursor=page.cursor,
            more=page.more,
            counts=counts_of(connection, caller.person_id),
            programme=programme_of(connection),
        )


def json_object(body: bytes) -> dict[str, Any]:
    """The request's JSON object. Raises ProblemError."""
    try:
        value = json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise unreadable("This is not JSON.") from error
    if not isinstance(value, dict):
        raise unreadable("A JSON object is expected.")
    return value


def _read(body: bytes) -> tuple[ExchangeRequest, list[Any]]:
    value = json_object(body)
    _check_protocol(value.get("protocol", PROTOCOL))
    events = value.get("events", [])
    if not isinstance(events, list):
        raise unreadable("At events: a list is expected.")
    if len(events) > HUB_BATCH:
        raise unreadable(f"At events: the hub takes at most {HUB_BATCH} at once.")
    try:
        # The rows are read one by one later: one that is malformed must not block the others.
        return decode(ExchangeRequest, json.dumps(value | {"events": []}), source=_SOURCE), events
    except DataError as error:
        raise unreadable(f"At {error.place}: {error.rule}.") from error


def _check_protocol(protocol: object) -> None:
    if not isinstance(protocol, int) or isinstance(protocol, bool) or protocol < 1:
        raise unreadable("At protocol: a whole number from 1 is expected.")
    if protocol > PROTOCOL:
        detail = "This workbench is newer than the programme's hub. Ask the programme to update its hub."
        raise ProblemError(400, "newer-protocol", "The workbench speaks a newer language than the hub", detail)


def _refuse_constant(constant: str) -> None:
    raise ValueError(f"{constant} is not a number of JSON")
