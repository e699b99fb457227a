"""What the platform says, taken in without touching what a person typed."""

from dataclasses import replace
from datetime import timedelta

from tests.store import world
from workbench.model.ids import AssignmentId, EvidenceId, SubmissionId
from workbench.operations import score
from workbench.queries.queue import queue
from workbench.queries.score import score as score_view
from workbench.store import drafts, platform_rows
from workbench.store.account import Account
from workbench.store.session import WriteSession
from workbench.wire.exchange import AssignmentChange, Counts, OfferingChange, SubmissionChange, Withdrawal

ONE, TWO = AssignmentId("a1"), AssignmentId("a2")


def test_that_the_counts_are_of_what_was_taken_in(account: Account) -> None:
    counts = Counts(offerings=1, submissions=3, evidence=6, assignments=3)
    assert account.store.read(platform_rows.local_counts) == counts


def test_that_the_same_again_changes_nothing(account: Account) -> None:
    assert not account.store.write(platform_rows.apply_changes, world.programme(3))


def test_that_a_new_due_date_arrives_and_touches_one_assignment(account: Account) -> None:
    later = replace(world.assignment(2), due_at=world.START + timedelta(days=9), revision=2)
    changes = account.store.write(platform_rows.apply_changes, [AssignmentChange(assignment=later)])
    assert changes.assignments == {TWO}
    assert account.store.read(platform_rows.assignment, TWO).assignment == later
    assert account.store.read(queue).rows[1].due_at == later.due_at


def test_that_a_changed_submission_replaces_its_evidence_records(account: Account) -> None:
    fewer = world.submission(1, world.evidence(1))
    changes = account.store.write(platform_rows.apply_changes, [SubmissionChange(submission=fewer)])
    assert changes.assignments == {ONE}
    assert changes.evidence == {EvidenceId("e1-video")}
    assert account.store.read(platform_rows.local_counts).evidence == 5
    assert account.store.read(platform_rows.submission, SubmissionId("s1"), 1) == fewer


def test_that_a_withdrawn_assignment_keeps_the_draft(account: Account) -> None:
    account.store.write(score.set_note, ONE, world.CRITERIA[0], "she waits")
    before = account.store.read(drafts.fields, ONE)
    gone = Withdrawal(assignment_id=ONE, reason="Given to a colleague.")
    assert account.store.write(platform_rows.apply_changes, [gone]).assignments == {ONE}
    assert not account.store.write(platform_rows.apply_changes, [gone])
    view = account.store.read(score_view, ONE)
    assert (view.withdrawn, view.editable) == ("Given to a colleague.", False)
    assert view.draft.notes == {world.CRITERIA[0]: "she waits"}
    assert account.store.read(drafts.fields, ONE) == before
    assert account.store.read(platform_rows.local_counts).assignments == 2


def test_that_an_assignment_given_back_is_to_score_again(account: Account) -> None:
    account.store.write(platform_rows.apply_changes, [Withdrawal(assignment_id=ONE, reason="")])
    assert account.store.read(queue).to_score == 2
    back = [AssignmentChange(assignment=world.assignment(1))]
    assert account.store.write(platform_rows.apply_changes, back).assignments == {ONE}
    assert account.store.read(queue).to_score == 3


def test_that_rereading_withdraws_what_the_platform_no_longer_names(account: Account) -> None:
    account.store.write(platform_rows.set_cursor, "17")
    account.store.write(platform_rows.start_rereading)
    assert account.store.read(platform_rows.cursor) == ""
    account.store.write(platform_rows.apply_changes, world.programme(2))
    assert account.store.write(platform_rows.end_rereading).assignments == {AssignmentId("a3")}
    assert account.store.read(platform_rows.local_counts).assignments == 2
    assert not account.store.write(platform_rows.end_rereading)


def test_that_a_full_reading_repairs_what_was_lost_beside_the_records(account: Account) -> None:
    counts, rows = account.store.read(platform_rows.local_counts), account.store.read(queue).rows
    account.store.write(_lose_projections)
    assert account.store.read(queue).rows == ()
    account.store.write(platform_rows.start_rereading)
    account.store.write(platform_rows.apply_changes, world.programme(3))
    account.store.write(platform_rows.end_rereading)
    assert account.store.read(platform_rows.local_counts) == counts
    assert account.store.read(queue).rows == rows


def _lose_projections(session: WriteSession) -> None:
    for name in ("assignment", "evidence", "offering", "submission"):
        session.connection.exec_driver_sql(f"DELETE FROM platform_{name}")


def test_that_a_changed_criterion_is_asked_again_and_an_unchanged_one_keeps_its_score(account: Account) -> None:
    for criterion in world.CRITERIA:
        account.store.write(score.set_level, ONE, criterion, world.ENOUGH)
    changed = OfferingChange(offering=world.offering(descriptor="Asks open questions of everyone."))
    assert ONE in account.store.write(platform_rows.apply_changes, [changed]).assignments
    view = account.store.read(score_view, ONE)
    assert set(view.draft.scores) == {world.CRITERIA[1]}
    account.store.write(platform_rows.apply_changes, [OfferingChange(offering=world.offering())])
    assert set(account.store.read(score_view, ONE).draft.scores) == set(world.CRITERIA)
