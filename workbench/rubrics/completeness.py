"""Owns what is still missing before a decision can be finalized, by the offering's policy, in sentences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from workbench.model.citation import Citation
from workbench.model.decision import CriterionScore, Feedback, ScoreState
from workbench.model.ids import CriterionId
from workbench.model.offering import Demand, Offering
from workbench.model.rubric import Criterion, Rubric
from workbench.rubrics.outcome import is_below, is_settled, name_of

What = Literal["level", "reason", "citation", "feedback"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One thing to do before finalizing. `criterion_id` None: it belongs to the whole submission."""

    criterion_id: CriterionId | None
    what: What
    sentence: str


def missing(
    offering: Offering,
    scores: Mapping[CriterionId, CriterionScore],
    citations: Sequence[Citation],
    feedback: Feedback,
) -> tuple[Missing, ...]:
    """What is missing, in the rubric's order; empty: the decision can be finalized."""
    cited = {citation.criterion_id for citation in citations}
    found: list[Missing] = []
    for criterion in offering.rubric.criteria:
        score = scores.get(criterion.id)
        if score is None or not is_settled(criterion, score):
            found.append(_no_level(offering.rubric, criterion, score))
        else:
            found.extend(_by_policy(offering, criterion, score, cited=criterion.id in cited, feedback=feedback))
    return tuple(found)


def _by_policy(
    offering: Offering, criterion: Criterion, score: CriterionScore, *, cited: bool, feedback: Feedback
) -> Iterator[Missing]:
    name, policy = name_of(offering.rubric, criterion), offering.policy
    if score.state is ScoreState.CANNOT_JUDGE and not score.reason.strip():
        yield _needs(criterion, "reason", f"{name}: say why it cannot be judged.")
    if not cited and _demanded(policy.citation_required, criterion, score):
        yield _needs(criterion, "citation", f"{name}: cite a place in the evidence.")
    told = bool(feedback.overall.strip() or score.note.strip())
    if not told and _demanded(policy.feedback_required, criterion, score):
        yield _needs(criterion, "feedback", f"{name}: write feedback for the educator{_why(criterion, score)}.")


def _demanded(demand: Demand, criterion: Criterion, score: CriterionScore) -> bool:
    match demand:
        case Demand.NEVER:
            return False
        case Demand.BELOW_REQUIRED:
            return is_below(criterion, score)
        case Demand.EVERY_SCORED:
            return score.state is ScoreState.SCORED


def _why(criterion: Criterion, score: CriterionScore) -> str:
    return ", since it is below the required level" if is_below(criterion, score) else ""


def _no_level(rubric: Rubric, criterion: Criterion, score: CriterionScore | None) -> Missing:
    name = name_of(rubric, criterion)
    if score is None:
        return _needs(criterion, "level", f"{name}: choose a level.")
    if score.state is ScoreState.NOT_APPLICABLE:
        return _needs(criterion, "level", f"{name}: choose a level; the rubric does not allow “not applicable” here.")
    return _needs(criterion, "level", f"{name}: choose one of this criterion's levels.")


def _needs(criterion: Criterion, what: What, sentence: str) -> Missing:
    return Missing(criterion_id=criterion.id, what=what, sentence=sentence)
