"""Finalizing, taking back, taking up again: the decision is kept for ever, the draft is never lost."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.store import world
from tests.store.world import CRITERIA, Watch
from workbench.errors import StorageError
from workbench.model.decision import Decision, Result
from workbench.model.ids import AssignmentId
from workbench.model.offering import Policy
from workbench.model.place import WorkPlace
from workbench.operations import finalize, place, score
from workbench.queries.desk import NotEditableError
from workbench.queries.score import score as score_view
from workbench.queries.sending import to_send
from workbench.store import audit, decisions, drafts, outbox, platform_rows
from workbench.store.account import Account
from workbench.store.session import WriteSession
from workbench.wire.canonical import policy_hash, rubric_hash
from workbench.wire.codec import encode
from workbench.wire.events import EventOutcome, EventResult
from workbench.wire.exchange import OfferingChange, Withdrawal

ONE = AssignmentId("a1")


def finalize_one(account: Account) -> Decision:
    account.store.write(world.score_fully, 1)
    account.store.write(score.set_feedback, ONE, "You wait well.")
    account.store.write(finalize.finalize, ONE, active_ms=61_000, session_position=3)
    return account.store.read(decisions.of_assignment, ONE)[-1]


def answer(account: Account, result: EventResult) -> None:
    account.store.write(finalize.send_now)
    (event,) = account.store.write(outbox.take_due)
    outcome = EventOutcome(key=event.key, result=result, received_at=world.START)
    account.store.write(outbox.record_outcomes, [outcome])


def test_that_a_decision_carries_all_that_was_judged(account: Account) -> None:
    decision = finalize_one(account)
    assert decision.outcome.result is Result.AWARD
    assert [each.criterion_id for each in decision.scores] == list(CRITERIA)
    assert (decision.session_position, decision.active_ms, decision.attempt) == (3, 61_000, 1)
    assert decision.rubric_hash == rubric_hash(world.rubric())
    assert decision.policy_hash == policy_hash(Policy())
    assert decision.evidence_hashes == (world.evidence(1).sha256,)
    assert decision.feedback.overall == "You wait well."
    assert decision.finalized_at == world.START


def test_that_an_unfinished_decision_is_refused_with_what_is_missing(account: Account) -> None:
    account.store.write(score.set_level, ONE, CRITERIA[0], world.NOT_ENOUGH)
    with pytest.raises(finalize.Unfinished) as refused:
        account.store.write(finalize.finalize, ONE, active_ms=1, session_position=1)
    missing = {(each.criterion_id, each.what) for each in refused.value.missing}
    assert missing == {(CRITERIA[0], "citation"), (CRITERIA[0], "feedback"), (CRITERIA[1], "level")}
    assert account.store.read(decisions.of_assignment, ONE) == ()
    assert account.store.read(outbox.latest, ONE) is None


def test_that_decision_and_event_are_written_together_or_not_at_all(account: Account) -> None:
    account.store.write(world.score_fully, 1)

    def breaks(session: WriteSession) -> None:
        finalize.finalize(session, ONE, active_ms=1, session_position=1)
        raise RuntimeError("the power goes")

    with pytest.raises(RuntimeError):
        account.store.write(breaks)
    assert account.store.read(decisions.of_assignment, ONE) == ()
    assert account.store.read(outbox.latest, ONE) is None
    assert account.store.read(score_view, ONE).editable


def test_that_the_event_sends_the_very_decision_that_was_kept(account: Account) -> None:
    decision = finalize_one(account)
    account.store.write(finalize.send_now)
    (event,) = account.store.write(outbox.take_due)
    assert event.body.decision == decision
    assert encode(event.body.decision) == encode(decision)
    (entry,) = [each for each in account.store.read(audit.entries) if each.kind == "finalize"]
    assert json.loads(entry.payload)["decision"] == decision.id


def test_that_a_decided_assignment_refuses_edits_and_a_second_finalize(account: Account) -> None:
    finalize_one(account)
    view = account.store.read(score_view, ONE)
    assert not view.editable
    assert view.status is not None
    assert (view.status.words, view.status.can_take_back) == ("Sends in 10 min", True)
    with pytest.raises(NotEditableError, match="Take it back"):
        account.store.write(score.set_note, ONE, CRITERIA[0], "late")
    with pytest.raises(NotEditableError):
        account.store.write(finalize.finalize, ONE, active_ms=1, session_position=1)


def test_that_taking_back_returns_the_content_as_the_draft(account: Account) -> None:
    account.store.write(world.score_fully, 1)
    before = account.store.read(drafts.fields, ONE)
    account.store.write(finalize.finalize, ONE, active_ms=1, session_position=1)
    changes = account.store.write(finalize.take_back, ONE)
    assert (changes.drafts, changes.outbox) == (frozenset({ONE}), True)
    view = account.store.read(score_view, ONE)
    assert (view.editable, view.status) == (True, None)
    assert account.store.read(drafts.fields, ONE) == before
    account.store.write(finalize.finalize, ONE, active_ms=2, session_position=2)
    assert [each.active_ms for each in account.store.read(decisions.of_assignment, ONE)] == [1, 2]


def test_that_what_has_left_cannot_be_taken_back(account: Account) -> None:
    finalize_one(account)
    account.store.write(finalize.send_now)
    account.store.write(outbox.take_due)
    with pytest.raises(NotEditableError, match="left already"):
        account.store.write(finalize.take_back, ONE)
    assert account.store.read(score_view, ONE).editable is False


def test_that_a_hold_of_no_minutes_leaves_at_once(account: Account) -> None:
    eager = OfferingChange(offering=world.offering(Policy(send_hold_minutes=0)))
    account.store.write(platform_rows.apply_changes, [eager])
    finalize_one(account)
    assert len(account.store.write(outbox.take_due)) == 1


@pytest.mark.parametrize(
    "result", [EventResult.INVALID, EventResult.RUBRIC_CHANGED, EventResult.ATTEMPT_CHANGED, EventResult.NOT_ALLOWED]
)
def test_that_a_refused_decision_can_be_taken_up_again_and_is_kept(account: Account, result: EventResult) -> None:
    first = finalize_one(account)
    answer(account, result)
    view = account.store.read(score_view, ONE)
    assert view.status is not None
    assert (view.editable, view.status.can_reopen) == (False, True)
    account.store.write(finalize.reopen, ONE)
    assert account.store.read(score_view, ONE).editable
    assert account.store.read(to_send) == ()
    account.store.write(finalize.finalize, ONE, active_ms=5, session_position=1)
    answer(account, EventResult.ACCEPTED)
    assert account.store.read(decisions.of_assignment, ONE)[0] == first
    assert len(account.store.read(decisions.of_assignment, ONE)) == 2


@pytest.mark.parametrize("result", [EventResult.ACCEPTED, EventResult.SUPERSEDED_ELSEWHERE, EventResult.KEY_REUSED])
def test_that_what_is_settled_otherwise_is_not_taken_up_again(account: Account, result: EventResult) -> None:
    finalize_one(account)
    answer(account, result)
    with pytest.raises(NotEditableError, match="cannot be taken up"):
        account.store.write(finalize.reopen, ONE)


def test_that_a_withdrawn_assignment_keeps_draft_and_decision(account: Account) -> None:
    decision = finalize_one(account)
    before = account.store.read(drafts.fields, ONE)
    account.store.write(platform_rows.apply_changes, [Withdrawal(assignment_id=ONE, reason="")])
    answer(account, EventResult.WITHDRAWN)
    assert account.store.read(drafts.fields, ONE) == before
    assert account.store.read(decisions.of_assignment, ONE) == (decision,)
    (row,) = account.store.read(to_send)
    assert (row.state, row.words) == ("conflict", "No longer yours")


def test_that_only_bytes_that_were_looked_at_stand_in_the_decision(account: Account) -> None:
    plan = world.evidence(1, "plan")
    account.store.write(place.remember_place, ONE, WorkPlace(evidence_id=plan.id))
    assert finalize_one(account).evidence_hashes == (world.evidence(1).sha256,)
    account.store.write(finalize.take_back, ONE)
    world.fetch(account, plan, world.content(1, "plan"))
    account.store.write(place.remember_place, ONE, WorkPlace(evidence_id=plan.id, page=2))
    account.store.write(finalize.finalize, ONE, active_ms=1, session_position=1)
    latest = account.store.read(decisions.of_assignment, ONE)[-1]
    assert latest.evidence_hashes == (world.evidence(1).sha256, plan.sha256)
    assert [entry.kind for entry in account.store.read(audit.entries)].count("view") == 1


def test_that_the_words_count_the_minutes_down(account: Account, watch: Watch) -> None:
    finalize_one(account)
    words = []
    for _ in range(4):
        words.append(account.store.read(to_send)[0].words)
        watch.pass_minutes(4)
    assert words == ["Sends in 10 min", "Sends in 6 min", "Sends in 2 min", "Waiting to be sent"]
    assert account.store.read(to_send)[0].not_before_at == world.START + timedelta(minutes=10)


def test_that_a_decision_altered_behind_its_back_is_not_passed_on(account: Account) -> None:
    decision = finalize_one(account)

    def tampers(session: WriteSession) -> None:
        session.connection.exec_driver_sql("DROP TRIGGER decision_refuses_update")
        altered = encode(replace(decision, active_ms=9)).decode()
        session.connection.exec_driver_sql("UPDATE decision SET body = ?", (altered,))

    account.store.write(tampers)
    with pytest.raises(StorageError, match="not the one that was finalized"):
        account.store.read(decisions.of_assignment, ONE)
