"""Finalized acts on their way to the platform, each under one key for ever.

    pending ─→ sent (outcome unknown) ─→ confirmed | conflict | rejected | quarantined
       └─→ taken_back

A sent row is sent again under the same key until its outcome is known. Later events of an assignment wait
behind one whose outcome is unknown; other assignments never wait. Holds no network.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import ColumnElement, func, insert, or_, select, update

from workbench.model.changes import Changes
from workbench.model.ids import AssignmentId, DecisionId, DeviceId, EventKey
from workbench.store.tables import outbox as table
from workbench.store.times import from_ms, to_ms
from workbench.wire.codec import decode, encode
from workbench.wire.events import DecisionBody, Event, EventOutcome, EventResult
from workbench.wire.exchange import CLIENT_BATCH

if TYPE_CHECKING:
    from workbench.store.session import ReadSession, WriteSession

State = Literal["pending", "sent", "confirmed", "conflict", "rejected", "quarantined", "taken_back"]
REFUSALS_UNTIL_QUARANTINE = 5
_FIRST_PATIENCE = timedelta(seconds=30)
_STATE_OF: dict[EventResult, State] = {
    EventResult.ACCEPTED: "confirmed",
    EventResult.DUPLICATE: "confirmed",
    EventResult.WITHDRAWN: "conflict",
    EventResult.RUBRIC_CHANGED: "conflict",
    EventResult.ATTEMPT_CHANGED: "conflict",
    EventResult.SUPERSEDED_ELSEWHERE: "conflict",
    EventResult.NOT_ALLOWED: "rejected",
    EventResult.INVALID: "rejected",
    EventResult.KEY_REUSED: "quarantined",
}
_C = table.c
_EARLIER = table.alias("earlier")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow:
    """One event. `result` is the platform's word once it is known; `reopened` gave the draft back after it."""

    seq: int
    key: EventKey
    assignment_id: AssignmentId
    decision_id: DecisionId
    state: State
    client_at: datetime
    not_before_at: datetime
    attempts: int
    refusals: int
    next_try_at: datetime | None
    received_at: datetime | None
    result: str
    detail: str
    field: str
    reopened: bool

    @property
    def holds_the_draft(self) -> bool:
        """Whether the assignment is decided by this event, so that its draft rests."""
        return self.state != "taken_back" and not self.reopened


def add(session: "WriteSession", event: Event, not_before_at: datetime) -> None:
    """Put a finalized act into the outbox, to leave no earlier than `not_before_at`."""
    row = {
        "seq": event.seq,
        "event_key": event.key,
        "assignment_id": event.subject,
        "decision_id": event.body.decision.id,
        "base_revision": event.base_revision,
        "device": event.device,
        "client_at": to_ms(event.client_at),
        "body": encode(event.body).decode(),
        "state": "pending",
        "not_before_at": to_ms(not_before_at),
        "attempts": 0,
        "refusals": 0,
        "result": "",
        "detail": "",
        "field": "",
        "reopened": False,
    }
    session.connection.execute(insert(table), row)


def next_seq(session: "ReadSession") -> int:
    """The number of this device's next event."""
    return int(session.connection.scalar(select(func.max(_C.seq))) or 0) + 1


def due(session: "ReadSession", now: datetime, limit: int = CLIENT_BATCH) -> tuple[Event, ...]:
    """The events that may leave now, in their order, at most `limit`. A row sent before keeps its key."""
    asked = select(table).where(_may_leave(to_ms(now))).order_by(_C.seq).limit(limit)
    return tuple(_event(row) for row in session.connection.execute(asked))


def take_due(session: "WriteSession", limit: int = CLIENT_BATCH) -> tuple[Event, ...]:
    """The events that may leave now, marked sent: from here on nobody takes them back."""
    events = due(session, session.now(), limit)
    mark_sent(session, [event.key for event in events])
    return events


def next_due_at(session: "ReadSession") -> datetime | None:
    """When the next waiting event may leave; None when nothing waits. It may have passed already."""
    moment = func.max(_C.not_before_at, func.coalesce(_C.next_try_at, 0))
    asked = select(func.min(moment)).where(_C.state.in_(("pending", "sent")))
    milliseconds = session.connection.scalar(asked)
    return None if milliseconds is None else from_ms(milliseconds)


def mark_sent(session: "WriteSession", keys: Collection[EventKey]) -> Changes:
    """Note, before the request leaves, that the outcome of these is unknown. One that was taken back stays so."""
    mine = _C.event_key.in_(list(keys)) & _C.state.in_(("pending", "sent"))
    session.connection.execute(update(table).where(mine).values(state="sent"))
    return _changes(session, keys)


def note_failure(session: "WriteSession", keys: Collection[EventKey], next_try_at: datetime) -> Changes:
    """Note that a round with these broke off; their outcome stays unknown until they are sent again."""
    mine = _C.event_key.in_(list(keys)) & _C.state.in_(("pending", "sent"))
    values = {"attempts": _C.attempts + 1, "next_try_at": to_ms(next_try_at)}
    session.connection.execute(update(table).where(mine).values(**values))
    return _changes(session, keys)


def record_outcomes(session: "WriteSession", outcomes: Iterable[EventOutcome]) -> Changes:
    """Take in what the platform did with each event. An outcome that is known already stays."""
    known = list(outcomes)
    for outcome in known:
        if outcome.result is EventResult.UNAVAILABLE:
            _refused_by_server(session, outcome)
        else:
            _settle(session, outcome, _STATE_OF[outcome.result])
    return _changes(session, [outcome.key for outcome in known])


def take_back(session: "WriteSession", assignment_id: AssignmentId) -> bool:
    """Take back a pending event; False when it has left or there is none."""
    mine = (_C.assignment_id == assignment_id) & (_C.state == "pending")
    return bool(session.connection.execute(update(table).where(mine).values(state="taken_back")).rowcount)


def reopen(session: "WriteSession", key: EventKey) -> None:
    """Give the draft back after a refusal; the refused event stays as it is."""
    session.connection.execute(update(table).where(_C.event_key == key).values(reopened=True))


def drop_hold(session: "WriteSession") -> frozenset[AssignmentId]:
    """Let everything that waits leave now; returns whose."""
    now = to_ms(session.now())
    waiting = _C.state.in_(("pending", "sent")) & or_(_C.not_before_at > now, _C.next_try_at > now)
    statement = update(table).where(waiting).returning(_C.assignment_id)
    rows = session.connection.execute(statement.values(not_before_at=now, next_try_at=None))
    return frozenset(AssignmentId(row.assignment_id) for row in rows)


def latest(session: "ReadSession", assignment_id: AssignmentId) -> OutboxRow | None:
    """The last event of an assignment, whatever became of it."""
    asked = select(table).where(_C.assignment_id == assignment_id).order_by(_C.seq.desc()).limit(1)
    row = session.connection.execute(asked).first()
    return None if row is None else _row(row)


def unsettled(session: "ReadSession") -> tuple[OutboxRow, ...]:
    """Events that are not confirmed and still hold their draft, in their order."""
    held = _C.state.not_in(("confirmed", "taken_back")) & _C.reopened.is_(False)
    return tuple(_row(row) for row in session.connection.execute(select(table).where(held).order_by(_C.seq)))


def _may_leave(now_ms: int) -> ColumnElement[bool]:
    earlier = _EARLIER.c
    unknown = earlier.state.in_(("pending", "sent", "quarantined"))
    behind = select(earlier.seq).where(earlier.assignment_id == _C.assignment_id, earlier.seq < _C.seq, unknown)
    rested = or_(_C.next_try_at.is_(None), _C.next_try_at <= now_ms)
    return _C.state.in_(("pending", "sent")) & (_C.not_before_at <= now_ms) & rested & ~behind.exists()


def _settle(session: "WriteSession", outcome: EventOutcome, state: State) -> None:
    values = {
        "state": state,
        "result": outcome.result.value,
        "detail": outcome.detail,
        "field": outcome.field,
        "received_at": to_ms(outcome.received_at),
        "next_try_at": None,
    }
    open_still = (_C.event_key == outcome.key) & _C.state.in_(("pending", "sent"))
    if session.connection.execute(update(table).where(open_still).values(**values)).rowcount:
        session.audit("outcome", outcome.key, {"result": outcome.result.value})


def _refused_by_server(session: "WriteSession", outcome: EventOutcome) -> None:
    open_still = (_C.event_key == outcome.key) & _C.state.in_(("pending", "sent"))
    refusals = session.connection.scalar(select(_C.refusals).where(open_still))
    if refusals is None:
        return
    if refusals + 1 >= REFUSALS_UNTIL_QUARANTINE:
        _settle(session, outcome, "quarantined")
    next_try_at = to_ms(session.now() + _FIRST_PATIENCE * 2**refusals)
    mine = update(table).where(_C.event_key == outcome.key)
    session.connection.execute(mine.values(refusals=refusals + 1, next_try_at=next_try_at, detail=outcome.detail))


def _changes(session: "ReadSession", keys: Collection[EventKey]) -> Changes:
    asked = select(_C.assignment_id).where(_C.event_key.in_(list(keys)))
    touched = frozenset(AssignmentId(each) for each in session.connection.scalars(asked))
    return Changes(assignments=touched, outbox=bool(touched))


def _event(row: Any) -> Event:
    return Event(
        key=EventKey(row.event_key),
        subject=AssignmentId(row.assignment_id),
        base_revision=row.base_revision,
        device=DeviceId(row.device),
        client_at=from_ms(row.client_at),
        seq=row.seq,
        body=decode(DecisionBody, row.body, source="this laptop's outbox"),
    )


def _row(row: Any) -> OutboxRow:
    return OutboxRow(
        seq=row.seq,
        key=EventKey(row.event_key),
        assignment_id=AssignmentId(row.assignment_id),
        decision_id=DecisionId(row.decision_id),
        state=row.state,
        client_at=from_ms(row.client_at),
        not_before_at=from_ms(row.not_before_at),
        attempts=row.attempts,
        refusals=row.refusals,
        next_try_at=None if row.next_try_at is None else from_ms(row.next_try_at),
        received_at=None if row.received_at is None else from_ms(row.received_at),
        result=row.result,
        detail=row.detail,
        field=row.field,
        reopened=row.reopened,
    )
