"""What is missing before a decision can be finalized."""

from dataclasses import replace

from tests.rubrics.rubric_samples import NEVER, criterion, offering, scored
from workbench.model.citation import Citation, Stance, TimeRange
from workbench.model.decision import CriterionScore, Feedback, ScoreState
from workbench.model.ids import CitationId, CriterionId, EvidenceHash, EvidenceId
from workbench.model.offering import Demand, Policy
from workbench.rubrics.completeness import missing

NOTHING = Feedback()
TWO = (criterion("plan"), criterion("talk", may_skip=True))


def cited(name: str, stance: Stance = Stance.SUPPORTS) -> Citation:
    return Citation(
        id=CitationId(f"of {name}"),
        criterion_id=CriterionId(name),
        evidence_id=EvidenceId("video"),
        sha256=EvidenceHash("0" * 64),
        stance=stance,
        place=TimeRange(start_ms=0, end_ms=10),
    )


def test_that_every_criterion_without_a_level_is_named() -> None:
    found = missing(offering(*TWO, policy=NEVER), {}, (), NOTHING)
    assert [(item.criterion_id, item.what) for item in found] == [("plan", "level"), ("talk", "level")]
    assert found[0].sentence == "A, “The plan”: choose a level."


def test_that_by_default_every_scored_criterion_needs_a_citation_absence_included() -> None:
    scores = scored(plan="demonstrated", talk="demonstrated")
    found = missing(offering(*TWO), scores, (cited("plan", Stance.ABSENT),), NOTHING)
    assert [(item.criterion_id, item.what) for item in found] == [("talk", "citation")]


def test_that_below_the_required_level_the_educator_must_get_feedback() -> None:
    scores = scored(plan="not-met", talk="demonstrated")
    citations = (cited("plan"), cited("talk"))
    found = missing(offering(*TWO), scores, citations, Feedback(private="Only for the lead."))
    assert [(item.criterion_id, item.what) for item in found] == [("plan", "feedback")]


def test_that_a_note_or_the_overall_feedback_is_enough() -> None:
    scores = scored(plan="not-met", talk="demonstrated")
    citations = (cited("plan"), cited("talk"))
    plan = CriterionId("plan")
    noted = scores | {plan: replace(scores[plan], note="Show the plan's questions.")}
    assert missing(offering(*TWO), noted, citations, NOTHING) == ()
    assert missing(offering(*TWO), scores, citations, Feedback(overall="Show more.")) == ()
    assert missing(offering(*TWO), scores, citations, Feedback(overall=" \n")) != ()


def test_that_cannot_judge_needs_a_reason() -> None:
    plan = CriterionId("plan")
    silent = {plan: CriterionScore(criterion_id=plan, state=ScoreState.CANNOT_JUDGE, reason="  ")}
    found = missing(offering(criterion("plan")), silent, (), NOTHING)
    assert [item.what for item in found] == ["reason"]
    assert missing(offering(criterion("plan")), scored(plan="cannot"), (), NOTHING) == ()


def test_that_not_applicable_is_refused_where_the_rubric_does_not_allow_it() -> None:
    found = missing(offering(*TWO, policy=NEVER), scored(plan="skip", talk="skip"), (), NOTHING)
    assert [(item.criterion_id, item.what) for item in found] == [("plan", "level")]


def test_that_a_policy_may_ask_for_feedback_everywhere_or_nowhere() -> None:
    scores = scored(plan="demonstrated", talk="demonstrated")
    always = Policy(citation_required=Demand.BELOW_REQUIRED, feedback_required=Demand.EVERY_SCORED)
    assert len(missing(offering(*TWO, policy=always), scores, (), NOTHING)) == 2
    assert missing(offering(*TWO, policy=NEVER), scored(plan="not-met", talk="not-met"), (), NOTHING) == ()
