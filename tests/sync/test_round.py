"""The round against a real hub, over a good and over a bad network."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import httpx
import pytest
from sqlalchemy import update

from tests.sync import faults
from tests.sync.laptop import Laptop
from tests.sync.live_hub import LiveHub
from workbench.errors import DataError, NetworkError, PlatformError, SignedOutError
from workbench.hub import setup
from workbench.hub.decisions import read_decisions
from workbench.model.ids import AssignmentId, CriterionId, LevelId
from workbench.operations import score
from workbench.operations.finalize import send_now
from workbench.store import drafts, outbox, platform_rows, sync_log, tables
from workbench.store.outbox import OutboxRow
from workbench.store.session import WriteSession

SYNC = "/v1/sync"
SignIn = Callable[[LiveHub], Laptop]


def state(laptop: Laptop, assignment_id: AssignmentId) -> OutboxRow:
    row = laptop.account.store.read(outbox.latest, assignment_id)
    assert row is not None
    return row


def states(laptop: Laptop) -> list[str]:
    return [state(laptop, each).state for each in laptop.assignments()]


def events_sent(laptop: Laptop) -> list[int]:
    """How many events each exchange carried."""
    return [len(json.loads(each.content)["events"]) for each in laptop.network.sent if each.url.path == SYNC]


def decided(hub: LiveHub) -> list[str]:
    """The assignments that the hub has decisions for, one entry a decision."""
    return sorted(str(each["assignment"]) for each in read_decisions(hub.folder))


def test_that_after_the_first_round_the_counts_equal_the_hubs(laptop: Laptop) -> None:
    report = laptop.round()
    assert report.whole
    assert report.received == report.hub == report.here
    assert (report.hub.assignments, report.hub.submissions, report.hub.evidence, report.hub.offerings) == (3, 3, 5, 1)


def test_that_a_second_round_changes_nothing(laptop: Laptop) -> None:
    laptop.round()
    before = laptop.account.store.read(platform_rows.cursor)
    report = laptop.round()
    assert not report.changes.assignments
    assert not report.changes.evidence
    assert report.received.assignments == report.received.submissions == 0
    assert laptop.account.store.read(platform_rows.cursor) == before


def test_that_a_due_date_changed_at_the_hub_arrives(laptop: Laptop, hub: LiveHub) -> None:
    laptop.round()
    first = laptop.assignments()[0]
    later = datetime(2027, 1, 8, 17, tzinfo=UTC)
    setup.change_due(hub.folder, first, later)
    report = laptop.round()
    assert report.changes.assignments == {first}
    assert laptop.account.store.read(platform_rows.assignment, first).assignment.due_at == later


def test_that_a_withdrawn_assignment_keeps_what_was_typed(laptop: Laptop, hub: LiveHub) -> None:
    laptop.round()
    first, *others = laptop.assignments()
    laptop.finalize(first)
    setup.withdraw(hub.folder, first, "Somebody else judges it.")
    report = laptop.round()
    assert report.conflicts == 1
    assert state(laptop, first).state == "conflict"
    assert laptop.account.store.read(platform_rows.assignment, first).withdrawn == "Somebody else judges it."
    assert report.hub == report.here
    assert others == laptop.assignments()[1:]


def test_that_a_decision_arrives_once(laptop: Laptop, hub: LiveHub) -> None:
    laptop.round()
    first = laptop.assignments()[0]
    laptop.finalize(first)
    report = laptop.round()
    assert (report.sent, report.confirmed) == (1, 1)
    assert state(laptop, first).state == "confirmed"
    assert decided(hub) == [first]


def test_that_a_row_is_marked_sent_on_disk_before_the_request_leaves(laptop: Laptop) -> None:
    laptop.round()
    first = laptop.assignments()[0]
    laptop.finalize(first)
    seen: list[str] = []

    def look(request: httpx.Request, send: faults.Send) -> httpx.Response:
        seen.append(state(laptop, first).state)
        return send(request)

    laptop.network.plan(SYNC, look)
    laptop.round()
    assert seen == ["sent"]


def test_that_a_lost_answer_leaves_the_outcome_unknown_and_the_same_key_brings_it_exactly_once(
    laptop: Laptop, hub: LiveHub
) -> None:
    laptop.round()
    first = laptop.assignments()[0]
    laptop.finalize(first)
    key = state(laptop, first).key
    laptop.network.plan(SYNC, faults.dropped_after)
    with pytest.raises(NetworkError):
        laptop.round()
    assert (state(laptop, first).state, state(laptop, first).attempts) == ("sent", 1)
    assert decided(hub) == [first]
    report = laptop.round()
    assert report.confirmed == 1
    assert (state(laptop, first).key, state(laptop, first).state) == (key, "confirmed")
    assert decided(hub) == [first]


def test_that_a_request_that_never_left_is_sent_again_even_after_a_restart(laptop: Laptop, hub: LiveHub) -> None:
    laptop.round()
    first = laptop.assignments()[0]
    laptop.finalize(first)
    laptop.network.plan(SYNC, faults.dropped_before)
    with pytest.raises(NetworkError):
        laptop.round()
    assert decided(hub) == []
    laptop.restart()
    assert state(laptop, first).state == "sent"
    assert laptop.round().confirmed == 1
    assert decided(hub) == [first]


def test_that_a_doubled_request_makes_one_decision(laptop: Laptop, hub: LiveHub) -> None:
    laptop.round()
    laptop.finalize(laptop.assignments()[0])
    laptop.network.plan(SYNC, faults.doubled)
    assert laptop.round().confirmed == 1
    assert len(decided(hub)) == 1


def test_that_an_old_request_that_arrives_late_changes_nothing(laptop: Laptop, hub: LiveHub) -> None:
    laptop.round()
    one, two, _ = laptop.assignments()
    laptop.finalize(one)
    laptop.network.plan(SYNC, faults.dropped_before)
    with pytest.raises(NetworkError):
        laptop.round()
    late = laptop.network.sent[-1]
    laptop.finalize(two)
    laptop.round()
    answer = laptop.network.deliver(late)
    answer.read()
    answer.close()
    report = laptop.round()
    assert not report.changes.assignments
    assert decided(hub) == sorted([one, two])
    assert [state(laptop, each).state for each in (one, two)] == ["confirmed", "confirmed"]


def test_that_25_finalized_decisions_go_in_two_batches(large_hub: LiveHub, sign_in: SignIn) -> None:
    laptop = sign_in(large_hub)
    laptop.round()
    for each in laptop.assignments():
        laptop.finalize(each)
    laptop.network.sent.clear()
    report = laptop.round()
    assert report.confirmed == 25
    assert [each for each in events_sent(laptop) if each] == [20, 5]
    assert decided(large_hub) == sorted(laptop.assignments())


def test_that_one_invalid_row_among_three_does_not_keep_the_others(laptop: Laptop, hub: LiveHub) -> None:
    laptop.round()
    one, two, three = laptop.assignments()
    for each in (one, two, three):
        laptop.finalize(each)
    _spoil(laptop, two)
    report = laptop.round()
    assert (report.confirmed, report.rejected) == (2, 1)
    assert states(laptop) == ["confirmed", "rejected", "confirmed"]
    assert state(laptop, two).result == "invalid"
    assert state(laptop, two).field
    assert decided(hub) == sorted([one, three])


def test_that_a_row_the_hub_stumbles_over_is_found_left_out_and_set_aside_after_five_times(
    laptop: Laptop, hub: LiveHub
) -> None:
    laptop.round()
    one, two, three = laptop.assignments()
    for each in (one, two, three):
        laptop.finalize(each)
    poison = state(laptop, two).key.encode()
    error = faults.problem(500, "The hub made a mistake")
    for _ in range(60):
        laptop.network.plan(
            SYNC, lambda request, send: (error if poison in request.content else faults.untouched)(request, send)
        )
    assert laptop.round().confirmed == 2
    assert states(laptop) == ["confirmed", "sent", "confirmed"]
    for _ in range(4):
        laptop.account.store.write(send_now)
        laptop.round()
    assert states(laptop) == ["confirmed", "quarantined", "confirmed"]
    assert decided(hub) == sorted([one, three])


def test_that_an_error_of_the_whole_hub_is_blamed_on_no_row(laptop: Laptop) -> None:
    laptop.round()
    for each in laptop.assignments():
        laptop.finalize(each)
    laptop.network.plan(SYNC, *[faults.problem(500, "The hub made a mistake")] * 2)
    with pytest.raises(PlatformError):
        laptop.round()
    assert [(state(laptop, each).state, state(laptop, each).refusals) for each in laptop.assignments()] == [
        ("sent", 0),
        ("sent", 0),
        ("sent", 0),
    ]
    assert laptop.round().confirmed == 3


def test_that_an_answer_that_breaks_a_rule_changes_nothing_and_names_the_place(laptop: Laptop) -> None:
    def misspelt(request: httpx.Request, send: faults.Send) -> httpx.Response:
        answer = send(request)
        body = answer.read().replace(b'"pseudonym"', b'"pseudonyn"')
        return httpx.Response(200, content=body, headers={"content-type": "application/json"})

    laptop.network.plan(SYNC, misspelt)
    with pytest.raises(DataError) as error:
        laptop.round()
    assert error.value.file.startswith("The answer from 127.0.0.1")
    assert "pseudonym" in error.value.place
    assert laptop.account.store.read(platform_rows.cursor) == ""
    assert laptop.assignments() == []
    assert laptop.round().whole


def test_that_an_answer_cut_short_moves_no_cursor(laptop: Laptop) -> None:
    laptop.network.plan(SYNC, faults.cut(200), faults.cut(200, quietly=True))
    with pytest.raises(NetworkError):
        laptop.round()
    with pytest.raises(DataError):
        laptop.round()
    assert laptop.account.store.read(platform_rows.cursor) == ""
    assert laptop.round().received.assignments == 3


def test_that_rows_which_never_came_are_noticed_by_the_counts_and_read_again_once(laptop: Laptop) -> None:
    laptop.network.plan(SYNC, _forgetful("assignment"))
    report = laptop.round()
    assert report.reread
    assert report.hub == report.here
    assert len(laptop.assignments()) == 3
    assert not laptop.round().reread


def test_that_a_withdrawal_which_was_never_told_is_found_out_and_keeps_the_draft(laptop: Laptop, hub: LiveHub) -> None:
    laptop.round()
    first = laptop.assignments()[0]
    place = (first, CriterionId("plan"), LevelId("shown"))
    laptop.account.store.write(score.set_level, *place)

    setup.withdraw(hub.folder, first, "Somebody else judges it.")
    laptop.network.plan(SYNC, *[_forgetful("withdrawal")] * 2)
    report = laptop.round()
    assert report.reread
    assert report.hub == report.here
    assert laptop.account.store.read(platform_rows.assignment, first).withdrawn
    assert "score:plan" in laptop.account.store.read(drafts.fields, first)


def test_that_counts_which_never_fit_are_told_after_one_full_reading(laptop: Laptop) -> None:
    def boasting(request: httpx.Request, send: faults.Send) -> httpx.Response:
        answer = json.loads(send(request).read())
        answer["counts"]["assignments"] += 1
        return httpx.Response(200, json=answer)

    laptop.network.plan(SYNC, *[boasting] * 5)
    with pytest.raises(PlatformError, match=r"4 assignments .* 3 assignments"):
        laptop.round()
    assert len(laptop.network.paths(SYNC)) == 2
    assert len(laptop.assignments()) == 3


def test_that_an_access_token_that_ran_out_is_renewed_unseen(laptop: Laptop) -> None:
    _spoil_tokens(laptop, refresh=False)
    assert laptop.round().whole
    assert laptop.network.paths() == [SYNC, "/v1/token", SYNC]
    laptop.round()
    assert laptop.network.paths()[3:] == [SYNC]


def test_that_a_device_signed_out_by_the_programme_says_so_and_keeps_its_decisions(laptop: Laptop) -> None:
    laptop.round()
    laptop.finalize(laptop.assignments()[0])
    _spoil_tokens(laptop, refresh=True)
    with pytest.raises(SignedOutError) as error:
        laptop.round()
    assert error.value.happened == "Your programme has signed this laptop out."
    assert "enrolment code" in error.value.do
    assert states_of_finalized(laptop) == ["sent"]


def states_of_finalized(laptop: Laptop) -> list[str]:
    return [row.state for row in laptop.account.store.read(outbox.unsettled)]


def test_that_a_wait_outlives_a_restart_and_a_good_round_ends_it(laptop: Laptop, hub: LiveHub) -> None:
    laptop.network.plan(SYNC, faults.dropped_before, faults.problem(503, "Busy", retry_after="90"))
    with pytest.raises(NetworkError):
        laptop.round()
    with pytest.raises(PlatformError) as busy:
        laptop.round()
    assert busy.value.retry_after_s == 90
    before = laptop.account.store.read(sync_log.last_round)
    laptop.restart()
    last = laptop.account.store.read(sync_log.last_round)
    assert last == before
    assert last.attempts == 2
    assert last.next_try_at is not None
    assert (last.next_try_at - laptop.account.store.read(lambda session: session.now())).total_seconds() > 60
    assert "asks for patience" in last.problem
    laptop.round()
    last = laptop.account.store.read(sync_log.last_round)
    assert (last.attempts, last.problem, last.next_try_at) == (0, "", None)


def _spoil(laptop: Laptop, assignment_id: AssignmentId) -> None:
    """As if an older workbench had written a level that never was."""
    row = state(laptop, assignment_id)

    def act(session: WriteSession) -> None:
        table = tables.outbox
        body = session.connection.scalar(table.select().with_only_columns(table.c.body).where(table.c.seq == row.seq))
        assert body is not None
        spoilt = body.replace('"level_id":"shown"', '"level_id":"unheard-of"')
        session.connection.execute(update(table).where(table.c.seq == row.seq).values(body=spoilt))

    laptop.account.store.write(act)


def _spoil_tokens(laptop: Laptop, *, refresh: bool) -> None:
    from dataclasses import replace

    held = laptop.account.tokens.get()
    refresh_token = "awb-refresh-unknown" if refresh else held.refresh_token
    laptop.account.tokens.put(replace(held, access_token="awb-access-unknown", refresh_token=refresh_token))


def _forgetful(kind: str) -> faults.Fault:
    """A hub that leaves out the changes of one kind."""

    def fault(request: httpx.Request, send: faults.Send) -> httpx.Response:
        answer = json.loads(send(request).read())
        answer["changes"] = [each for each in answer["changes"] if each["type"] != kind]
        return httpx.Response(200, json=answer)

    return fault
