"""The outbox: each finalized act leaves once it may, and its outcome becomes known exactly once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.store import world
from tests.store.world import Watch
from workbench.model.changes import Changes
from workbench.model.ids import AssignmentId, EventKey
from workbench.operations import finalize
from workbench.queries.queue import queue
from workbench.queries.sending import sync_state, to_send
from workbench.store import outbox
from workbench.store.account import Account
from workbench.wire.events import Event, EventOutcome, EventResult

ONE, TWO = AssignmentId("a1"), AssignmentId("a2")


def finalized(account: Account, number: int) -> None:
    account.store.write(world.score_fully, number)
    account.store.write(finalize.finalize, AssignmentId(f"a{number}"), active_ms=60_000, session_position=1)


def outcome(event: Event, result: EventResult, detail: str = "") -> EventOutcome:
    return EventOutcome(key=event.key, result=result, received_at=world.START, detail=detail)


def answer(account: Account, result: EventResult, detail: str = "") -> Changes:
    events = account.store.write(outbox.take_due)
    outcomes = [outcome(event, result, detail) for event in events]
    return account.store.write(outbox.record_outcomes, outcomes)


def state(account: Account, assignment_id: AssignmentId = ONE) -> str:
    row = account.store.read(outbox.latest, assignment_id)
    return row.state if row else ""


def test_that_a_decision_leaves_after_the_hold_and_under_one_key(account: Account, watch: Watch) -> None:
    finalized(account, 1)
    assert account.store.write(outbox.take_due) == ()
    assert account.store.read(outbox.next_due_at) == world.START + timedelta(minutes=10)
    assert account.store.read(queue).rows[0].status == "Sends in 10 min"
    watch.pass_minutes(10)
    (first,) = account.store.write(outbox.take_due)
    (again,) = account.store.write(outbox.take_due)
    assert first == again
    assert (first.subject, first.base_revision, first.device, first.seq) == (ONE, 1, "laptop-1", 1)
    assert state(account) == "sent"


def test_that_send_now_drops_the_hold(account: Account) -> None:
    finalized(account, 1)
    finalized(account, 2)
    assert account.store.write(finalize.send_now).assignments == {ONE, TWO}
    assert [event.seq for event in account.store.write(outbox.take_due)] == [1, 2]
    assert not account.store.write(finalize.send_now)


def test_that_a_batch_is_limited_and_keeps_the_order(account: Account) -> None:
    for number in (1, 2, 3):
        finalized(account, number)
    account.store.write(finalize.send_now)
    assert [event.seq for event in account.store.write(outbox.take_due, 2)] == [1, 2]


@pytest.mark.parametrize(
    ("result", "expected", "section"),
    [
        (EventResult.ACCEPTED, "confirmed", "scored"),
        (EventResult.DUPLICATE, "confirmed", "scored"),
        (EventResult.WITHDRAWN, "conflict", "needs_you"),
        (EventResult.RUBRIC_CHANGED, "conflict", "needs_you"),
        (EventResult.ATTEMPT_CHANGED, "conflict", "needs_you"),
        (EventResult.SUPERSEDED_ELSEWHERE, "conflict", "needs_you"),
        (EventResult.NOT_ALLOWED, "rejected", "needs_you"),
        (EventResult.INVALID, "rejected", "needs_you"),
        (EventResult.KEY_REUSED, "quarantined", "needs_you"),
        (EventResult.UNAVAILABLE, "sent", "scored"),
    ],
)
def test_that_each_outcome_has_its_state_and_its_place_in_the_queue(
    account: Account, result: EventResult, expected: str, section: str
) -> None:
    finalized(account, 1)
    account.store.write(finalize.send_now)
    changes = answer(account, result)
    assert (changes.assignments, changes.outbox) == (frozenset({ONE}), True)
    row = account.store.read(queue).rows[0]
    assert (state(account), row.section) == (expected, section)
    assert row.status
    assert account.store.read(sync_state).needs_you == (section == "needs_you")


def test_that_every_result_of_the_wire_is_provided_for() -> None:
    assert set(EventResult) == {*outbox._STATE_OF, EventResult.UNAVAILABLE}


def test_that_five_server_errors_for_one_row_set_it_aside(account: Account) -> None:
    finalized(account, 1)
    for _ in range(4):
        account.store.write(finalize.send_now)
        answer(account, EventResult.UNAVAILABLE, "tomorrow")
        assert state(account) == "sent"
        assert account.store.write(outbox.take_due) == ()
    account.store.write(finalize.send_now)
    answer(account, EventResult.UNAVAILABLE)
    assert state(account) == "quarantined"
    account.store.write(finalize.send_now)
    assert account.store.write(outbox.take_due) == ()


def test_that_an_outcome_that_is_known_stays(account: Account) -> None:
    finalized(account, 1)
    account.store.write(finalize.send_now)
    (event,) = account.store.write(outbox.take_due)
    account.store.write(outbox.record_outcomes, [outcome(event, EventResult.ACCEPTED)])
    account.store.write(outbox.record_outcomes, [outcome(event, EventResult.INVALID)])
    account.store.write(outbox.record_outcomes, [outcome(event, EventResult.UNAVAILABLE)])
    assert state(account) == "confirmed"


def test_that_an_outcome_of_an_unknown_event_changes_nothing(account: Account) -> None:
    stranger = EventOutcome(key=EventKey("who?"), result=EventResult.ACCEPTED, received_at=world.START)
    assert not account.store.write(outbox.record_outcomes, [stranger])


def test_that_a_round_that_broke_off_waits_and_sends_the_same_key_again(account: Account, watch: Watch) -> None:
    finalized(account, 1)
    account.store.write(finalize.send_now)
    (event,) = account.store.write(outbox.take_due)
    account.store.write(outbox.note_failure, [event.key], world.START + timedelta(minutes=3))
    assert account.store.write(outbox.take_due) == ()
    watch.pass_minutes(3)
    assert account.store.write(outbox.take_due) == (event,)
    row = account.store.read(outbox.latest, ONE)
    assert row is not None
    assert row.attempts == 1


def test_that_what_was_taken_back_before_it_left_is_not_marked_sent(account: Account) -> None:
    finalized(account, 1)
    account.store.write(finalize.send_now)
    (event,) = account.store.read(outbox.due, world.START)
    account.store.write(finalize.take_back, ONE)
    account.store.write(outbox.mark_sent, [event.key])
    assert state(account) == "taken_back"


def test_that_a_later_event_waits_behind_an_unknown_one_and_others_do_not(account: Account) -> None:
    finalized(account, 1)
    account.store.write(finalize.send_now)
    (event,) = account.store.write(outbox.take_due)
    second = replace(event, key=EventKey("k2"), seq=2)
    account.store.write(outbox.add, second, world.START)
    finalized(account, 2)
    account.store.write(finalize.send_now)
    assert [each.seq for each in account.store.write(outbox.take_due)] == [1, 3]
    assert [row.waits_behind for row in account.store.read(to_send)] == [False, True, False]
    account.store.write(outbox.record_outcomes, [outcome(event, EventResult.ACCEPTED)])
    assert [each.seq for each in account.store.write(outbox.take_due)] == [2, 3]
