"""Judging: what a person does touches what it names, and nothing else."""

from dataclasses import replace

import pytest

from tests.store import world
from tests.store.world import CRITERIA, ENOUGH, NOT_ENOUGH
from workbench.model.decision import CriterionScore, ScoreState
from workbench.model.ids import AssignmentId, CriterionId, LevelId
from workbench.operations import cite, score
from workbench.queries.desk import NotEditableError
from workbench.queries.score import score as score_view
from workbench.queries.views import ScoreView
from workbench.store import audit, drafts, platform_rows
from workbench.store.account import Account
from workbench.wire.exchange import AssignmentChange, SubmissionChange, Withdrawal

ONE, TWO = AssignmentId("a1"), AssignmentId("a2")
QUESTIONS, WAIT_TIME = CRITERIA


def view(account: Account, assignment_id: AssignmentId = ONE) -> ScoreView:
    return account.store.read(score_view, assignment_id)


def test_that_a_level_is_set_changed_and_cleared(account: Account) -> None:
    assert account.store.write(score.set_level, ONE, QUESTIONS, NOT_ENOUGH).drafts == {ONE}
    account.store.write(score.set_level, ONE, QUESTIONS, ENOUGH)
    assert view(account).draft.scores == {QUESTIONS: CriterionScore.at(QUESTIONS, ENOUGH)}
    account.store.write(score.clear_level, ONE, QUESTIONS)
    assert view(account).draft.scores == {}


def test_that_the_same_again_changes_nothing_and_is_not_logged_twice(account: Account) -> None:
    account.store.write(score.set_level, ONE, QUESTIONS, ENOUGH)
    before = len(account.store.read(audit.entries))
    assert not account.store.write(score.set_level, ONE, QUESTIONS, ENOUGH)
    assert len(account.store.read(audit.entries)) == before


def test_that_cannot_judge_carries_its_reason_and_a_level_takes_its_place(account: Account) -> None:
    account.store.write(score.set_state, ONE, QUESTIONS, ScoreState.CANNOT_JUDGE, "The sound is missing.")
    stands = view(account).draft.scores[QUESTIONS]
    assert (stands.state, stands.reason, stands.level_id) == (ScoreState.CANNOT_JUDGE, "The sound is missing.", None)
    account.store.write(score.set_level, ONE, QUESTIONS, ENOUGH)
    assert view(account).draft.scores[QUESTIONS] == CriterionScore.at(QUESTIONS, ENOUGH)


def test_that_not_applicable_is_refused_where_the_rubric_does_not_allow_it(account: Account) -> None:
    with pytest.raises(NotEditableError, match="not applicable"):
        account.store.write(score.set_state, ONE, QUESTIONS, ScoreState.NOT_APPLICABLE, "")


def test_that_a_note_stands_before_its_criterion_is_scored_and_stays_with_it(account: Account) -> None:
    account.store.write(score.set_note, ONE, QUESTIONS, "counts to four")
    assert view(account).draft.notes == {QUESTIONS: "counts to four"}
    account.store.write(score.set_level, ONE, QUESTIONS, ENOUGH)
    assert view(account).draft.scores[QUESTIONS].note == "counts to four"
    account.store.write(score.clear_level, ONE, QUESTIONS)
    assert view(account).draft.notes == {QUESTIONS: "counts to four"}


def test_that_feedback_and_private_note_are_kept_apart(account: Account) -> None:
    account.store.write(score.set_feedback, ONE, "You wait well.")
    account.store.write(score.set_private_note, ONE, "borderline")
    feedback = view(account).draft.feedback
    assert (feedback.overall, feedback.private) == ("You wait well.", "borderline")


def test_that_a_late_write_touches_only_its_own_assignment_and_field(account: Account) -> None:
    for number in (1, 2, 3):
        account.store.write(world.score_fully, number)
    others = {each: account.store.read(drafts.fields, each) for each in (TWO, AssignmentId("a3"))}
    before = account.store.read(drafts.fields, ONE)
    changes = account.store.write(score.set_note, ONE, WAIT_TIME, "typed in the last view, written now")
    assert (changes.drafts, changes.assignments) == (frozenset({ONE}), frozenset())
    after = account.store.read(drafts.fields, ONE)
    assert {name for name in after if after[name] != before.get(name)} == {f"note:{WAIT_TIME}"}
    assert {each: account.store.read(drafts.fields, each) for each in others} == others


@pytest.mark.parametrize(
    ("criterion_id", "level_id"), [(QUESTIONS, LevelId("splendid")), (CriterionId("gone"), ENOUGH)]
)
def test_that_a_level_or_criterion_that_is_not_in_the_rubric_is_refused(
    account: Account, criterion_id: CriterionId, level_id: LevelId
) -> None:
    with pytest.raises(NotEditableError, match="no such"):
        account.store.write(score.set_level, ONE, criterion_id, level_id)


def test_that_a_withdrawn_assignment_refuses_every_edit_kindly(account: Account) -> None:
    account.store.write(platform_rows.apply_changes, [Withdrawal(assignment_id=ONE, reason="Given to a colleague.")])
    with pytest.raises(NotEditableError, match=r"no longer yours\. What you typed is kept"):
        account.store.write(score.set_feedback, ONE, "late")


def test_that_an_assignment_scored_on_another_laptop_refuses_every_edit(account: Account) -> None:
    decided = [AssignmentChange(assignment=world.assignment(1, decided=True))]
    account.store.write(platform_rows.apply_changes, decided)
    with pytest.raises(NotEditableError, match="another laptop"):
        account.store.write(score.set_level, ONE, QUESTIONS, ENOUGH)


def test_that_citations_come_back_in_the_order_in_which_they_were_made(account: Account) -> None:
    made = [world.citation(1, QUESTIONS, start_ms) for start_ms in (9_000, 1_000, 5_000)]
    for each in made:
        assert account.store.write(cite.cite, ONE, each).drafts == {ONE}
    assert view(account).draft.citations == tuple(made)
    account.store.write(cite.uncite, ONE, made[1].id)
    assert view(account).draft.citations == (made[0], made[2])
    assert not account.store.write(cite.uncite, ONE, made[1].id)


def test_that_a_place_outside_the_evidence_is_refused(account: Account) -> None:
    with pytest.raises(cite.MisfitError, match="after the end"):
        account.store.write(cite.cite, ONE, world.citation(1, QUESTIONS, 599_000))
    with pytest.raises(cite.MisfitError, match="no such file"):
        account.store.write(cite.cite, ONE, world.citation(2, QUESTIONS))
    with pytest.raises(cite.MisfitError, match="no such criterion"):
        account.store.write(cite.cite, ONE, world.citation(1, CriterionId("gone")))
    assert view(account).draft.citations == ()


def test_that_a_citation_of_bytes_that_were_replaced_is_asked_again(account: Account) -> None:
    account.store.write(world.score_fully, 1)
    assert view(account).missing == ()
    other = world.submission(1, world.evidence(1, data=b"other bytes"), world.evidence(1, "plan"))
    account.store.write(platform_rows.apply_changes, [SubmissionChange(submission=other)])
    assert {each.what for each in view(account).missing} == {"citation"}
    assert len(view(account).draft.citations) == 2
    with pytest.raises(cite.MisfitError, match="was replaced"):
        account.store.write(cite.cite, ONE, world.citation(1, QUESTIONS))


def test_that_every_act_stands_in_the_audit(account: Account) -> None:
    account.store.write(world.score_fully, 1)
    kinds = [entry.kind for entry in account.store.read(audit.entries)]
    assert kinds[-4:] == ["score", "cite", "score", "cite"]
    assert account.store.read(audit.first_broken) is None


def test_that_a_resubmission_asks_for_every_level_again_and_keeps_what_was_written(account: Account) -> None:
    account.store.write(score.set_level, ONE, QUESTIONS, ENOUGH)
    account.store.write(score.set_note, ONE, QUESTIONS, "counts to four")
    resubmitted = (
        SubmissionChange(submission=replace(world.submission(1), attempt=2)),
        AssignmentChange(assignment=replace(world.assignment(1, revision=2), attempt=2)),
    )
    account.store.write(platform_rows.apply_changes, resubmitted)
    assert view(account).draft.scores == {}
    assert view(account).draft.notes == {QUESTIONS: "counts to four"}
    account.store.write(score.set_level, ONE, QUESTIONS, NOT_ENOUGH)
    assert view(account).draft.scores[QUESTIONS].level_id == NOT_ENOUGH
