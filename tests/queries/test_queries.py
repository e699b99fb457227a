"""What views are told: in order, in words, in one question to the database."""

from datetime import timedelta

from sqlalchemy import Connection, event

from tests.store import world
from tests.store.world import CRITERIA, ENOUGH
from workbench.model.decision import Result
from workbench.model.ids import AssignmentId
from workbench.model.offering import Policy, ShowOutcome
from workbench.operations import finalize, score
from workbench.queries.queue import queue
from workbench.queries.score import score as score_view
from workbench.queries.sending import signed_in, sync_state, to_send
from workbench.queries.views import QueueRow
from workbench.store import outbox, platform_rows, sync_log
from workbench.store.account import Account
from workbench.store.session import ReadSession
from workbench.wire.events import EventOutcome, EventResult
from workbench.wire.exchange import AssignmentChange, OfferingChange, Withdrawal

ONE, TWO, THREE = AssignmentId("a1"), AssignmentId("a2"), AssignmentId("a3")


def rows(account: Account, text: str = "") -> dict[AssignmentId, QueueRow]:
    return {row.assignment_id: row for row in account.store.read(queue, text).rows}


def finalized(account: Account, number: int) -> None:
    account.store.write(world.score_fully, number)
    account.store.write(finalize.finalize, AssignmentId(f"a{number}"), active_ms=1, session_position=1)


def test_that_a_row_says_what_lies_behind_it(account: Account) -> None:
    account.store.write(score.set_level, ONE, CRITERIA[0], ENOUGH)
    row = rows(account)[ONE]
    assert (row.offering_title, row.pseudonym) == ("Asking questions", "Educator 4F-01")
    assert (row.section, row.status, row.due_at) == ("to_score", "", world.START + timedelta(days=5))
    assert (row.video_ms, row.pages, row.scored_criteria, row.criteria) == (600_000, 4, 1, 2)
    assert (row.evidence_ready, row.evidence_total) == (0, 2)


def test_that_the_queue_is_searched_by_offering_and_pseudonym_and_counts_everything(account: Account) -> None:
    found = account.store.read(queue, " 4f-02 ")
    assert [row.assignment_id for row in found.rows] == [TWO]
    assert (found.to_score, found.scored, found.needs_you) == (3, 0, 0)
    assert len(rows(account, "ASKING")) == 3
    assert rows(account, "nobody") == {}


def test_that_the_queue_keeps_the_drawn_order(account: Account) -> None:
    assert [*rows(account)] == [ONE, TWO, THREE]


def test_that_sections_and_words_follow_the_decision(account: Account) -> None:
    finalized(account, 1)
    assert (rows(account)[ONE].section, rows(account)[ONE].status) == ("scored", "Sends in 10 min")
    account.store.write(finalize.send_now)
    (sent,) = account.store.write(outbox.take_due)
    assert rows(account)[ONE].status == "Sent"
    outcome = EventOutcome(key=sent.key, result=EventResult.RUBRIC_CHANGED, received_at=world.START)
    account.store.write(outbox.record_outcomes, [outcome])
    assert (rows(account)[ONE].section, rows(account)[ONE].status) == ("needs_you", "The rubric changed")
    account.store.write(finalize.reopen, ONE)
    assert (rows(account)[ONE].section, rows(account)[ONE].status) == ("to_score", "")


def test_that_a_withdrawn_assignment_leaves_unless_something_was_typed(account: Account) -> None:
    account.store.write(score.set_note, TWO, CRITERIA[0], "mine")
    gone = [Withdrawal(assignment_id=each, reason="") for each in (ONE, TWO)]
    account.store.write(platform_rows.apply_changes, gone)
    left = rows(account)
    assert set(left) == {TWO, THREE}
    assert (left[TWO].section, left[TWO].status) == ("needs_you", "No longer yours; your draft is kept")


def test_that_work_decided_on_another_laptop_is_scored(account: Account) -> None:
    decided = [AssignmentChange(assignment=world.assignment(1, decided=True))]
    account.store.write(platform_rows.apply_changes, decided)
    assert (rows(account)[ONE].section, rows(account)[ONE].status) == ("scored", "Scored on another laptop")


def test_that_ten_thousand_assignments_are_one_question_without_a_record_decoded(account: Account) -> None:
    account.store.write(platform_rows.apply_changes, world.programme(10_000))
    asked: list[str] = []

    def listens(connection: Connection, cursor: object, statement: str, *rest: object) -> None:
        asked.append(statement)

    def counts(session: ReadSession) -> int:
        event.listen(session.connection, "before_cursor_execute", listens)
        return len(queue(session).rows)

    assert account.store.read(counts) == 10_000
    assert len(asked) == 1
    assert "platform_record" not in asked[0]


def test_that_the_outcome_is_shown_when_the_policy_lets_it(account: Account) -> None:
    account.store.write(score.set_level, ONE, CRITERIA[0], ENOUGH)
    assert account.store.read(score_view, ONE).outcome is None
    account.store.write(score.set_level, ONE, CRITERIA[1], ENOUGH)
    outcome = account.store.read(score_view, ONE).outcome
    assert outcome is not None
    assert outcome.result is Result.AWARD
    live = OfferingChange(offering=world.offering(Policy(show_outcome=ShowOutcome.LIVE)))
    account.store.write(platform_rows.apply_changes, [live])
    assert account.store.read(score_view, ONE).outcome == outcome


def test_that_what_is_missing_is_listed_in_sentences(account: Account) -> None:
    missing = account.store.read(score_view, ONE).missing
    assert [each.what for each in missing] == ["level", "level"]
    assert all(each.sentence.endswith(".") for each in missing)


def test_that_the_way_to_the_platform_is_told(account: Account) -> None:
    finalized(account, 2)
    finalized(account, 1)
    waiting = account.store.read(to_send)
    assert [(row.assignment_id, row.state, row.can_take_back) for row in waiting] == [
        (TWO, "pending", True),
        (ONE, "pending", True),
    ]
    assert waiting[0].pseudonym == "Educator 4F-02"
    account.store.write(finalize.take_back, TWO)
    assert [row.assignment_id for row in account.store.read(to_send)] == [ONE]


def test_that_the_sync_chip_has_its_figures(account: Account) -> None:
    finalized(account, 1)
    world.fetch(account, world.evidence(2), world.content(2))
    world.fetch(account, world.evidence(2, "plan"), world.content(2, "plan"))
    later = world.START + timedelta(minutes=2)
    account.store.write(sync_log.record_round, at=world.START, problem="", next_try_at=None, attempts=0)
    account.store.write(sync_log.record_round, at=None, problem="No network.", next_try_at=later, attempts=1)
    state = account.store.read(sync_state)
    assert (state.last_round_at, state.problem, state.next_try_at) == (world.START, "No network.", later)
    assert (state.to_send, state.ready_submissions, state.submissions, state.needs_you) == (1, 1, 3, 0)


def test_that_the_store_knows_who_works_here(account: Account) -> None:
    here = account.store.read(signed_in)
    assert (here.person.name, here.programme.name) == ("Assessor 7", "Evening Programme")
