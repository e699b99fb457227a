"""The outcome rule: conjunctive, in words, without points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rubrics.rubric_samples import LEVELS, criterion, rubric, scored
from workbench.model.decision import Result
from workbench.rubrics.outcome import decide

TWO = rubric(criterion("plan"), criterion("talk", may_skip=True))


def test_that_nothing_is_decided_before_every_criterion_is_settled() -> None:
    assert decide(TWO, scored(plan="demonstrated")) is None
    assert decide(TWO, {}) is None


def test_that_every_required_level_reached_is_an_award() -> None:
    outcome = decide(TWO, scored(plan="demonstrated", talk="demonstrated"))
    assert outcome is not None
    assert outcome.result is Result.AWARD


def test_that_one_criterion_below_is_not_yet_and_says_which() -> None:
    outcome = decide(TWO, scored(plan="demonstrated", talk="progressing"))
    assert outcome is not None
    assert outcome.result is Result.NOT_YET
    assert outcome.reasons == ("B, “The talk”: “Progressing” is below the required level “Demonstrated”.",)


def test_that_a_required_criterion_that_cannot_be_judged_returns_the_work() -> None:
    outcome = decide(TWO, scored(plan="cannot", talk="demonstrated"))
    assert outcome is not None
    assert outcome.result is Result.RETURNED
    assert outcome.reasons == ("A, “The plan”: could not be judged (The sound is missing).",)


def test_that_below_wins_over_cannot_judge_with_both_reasons() -> None:
    outcome = decide(TWO, scored(plan="cannot", talk="not-met"))
    assert outcome is not None
    assert outcome.result is Result.NOT_YET
    assert [reason[0] for reason in outcome.reasons] == ["B", "A"]


def test_that_not_applicable_is_left_out_where_the_rubric_allows_it() -> None:
    outcome = decide(TWO, scored(plan="demonstrated", talk="skip"))
    assert outcome is not None
    assert outcome.result is Result.AWARD
    assert decide(TWO, scored(plan="skip", talk="demonstrated")) is None


def test_that_leaving_everything_out_is_never_an_award() -> None:
    outcome = decide(rubric(criterion("talk", may_skip=True)), scored(talk="skip"))
    assert outcome is not None
    assert outcome.result is Result.RETURNED
    assert outcome.reasons


def test_that_a_criterion_without_a_required_level_has_no_say() -> None:
    free = rubric(criterion("plan"), criterion("talk", required=None))
    for level in (*LEVELS, "cannot"):
        outcome = decide(free, scored(plan="demonstrated", talk=level))
        assert outcome is not None
        assert outcome.result is Result.AWARD


def test_that_a_level_of_another_criterion_settles_nothing() -> None:
    assert decide(rubric(criterion("plan")), scored(plan="excellent")) is None


@pytest.mark.parametrize("count", [2, 4, 7])
def test_that_any_number_of_levels_works(count: int) -> None:
    levels = tuple(str(number) for number in range(count))
    one = rubric(criterion("plan", levels, required=levels[1]))
    results = [outcome.result for level in levels if (outcome := decide(one, scored(plan=level))) is not None]
    assert results == [Result.NOT_YET] + [Result.AWARD] * (count - 1)


@given(st.lists(st.sampled_from((*LEVELS, "cannot")), min_size=1, max_size=6))
def test_that_raising_a_level_never_costs_the_award(levels: list[str]) -> None:
    many = rubric(*(criterion(f"c{number}") for number in range(len(levels))))
    worth = {Result.RETURNED: 0, Result.NOT_YET: 0, Result.AWARD: 1}
    before = decide(many, scored(**{f"c{number}": level for number, level in enumerate(levels)}))
    raised = ["demonstrated", *levels[1:]]
    after = decide(many, scored(**{f"c{number}": level for number, level in enumerate(raised)}))
    assert before is not None
    assert after is not None
    assert worth[after.result] >= worth[before.result]
    assert (before.result is Result.AWARD) == all(level == "demonstrated" for level in levels)
