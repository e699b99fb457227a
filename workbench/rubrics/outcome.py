"""Owns the outcome rule: what the scores of a submission come to, with the reason in words.

The rule is conjunctive. It must never add points up, and never depend on labels or on the number of levels.
"""

from collections.abc import Iterator, Mapping

from workbench.model.decision import CriterionScore, Outcome, Result, ScoreState
from workbench.model.ids import CriterionId
from workbench.model.rubric import Criterion, Rubric

_Scores = Mapping[CriterionId, CriterionScore]


def decide(rubric: Rubric, scores: _Scores) -> Outcome | None:
    """The outcome of a rubric's scores; None until every criterion is settled.

    Any required criterion below its level is `not_yet`; else any that cannot be judged is `returned`; else
    `award`. Not-applicable is left out; when that leaves no required criterion, nothing was judged: `returned`.
    """
    if not all(is_settled(criterion, scores.get(criterion.id)) for criterion in rubric.criteria):
        return None
    required = [criterion for criterion in rubric.criteria if criterion.required_level is not None]
    below = list(_below(rubric, required, scores))
    unjudged = list(_unjudged(rubric, required, scores))
    if below:
        return Outcome(result=Result.NOT_YET, reasons=(*below, *unjudged))
    if unjudged:
        return Outcome(result=Result.RETURNED, reasons=tuple(unjudged))
    if required and all(scores[item.id].state is ScoreState.NOT_APPLICABLE for item in required):
        return Outcome(result=Result.RETURNED, reasons=(_NOTHING_JUDGED,))
    return Outcome(result=Result.AWARD, reasons=("Every required criterion is at its required level.",))


def is_settled(criterion: Criterion, score: CriterionScore | None) -> bool:
    """Whether this score says something final: a level of this criterion, cannot-judge, or an allowed absence."""
    if score is None:
        return False
    match score.state:
        case ScoreState.SCORED:
            return any(level.id == score.level_id for level in criterion.levels)
        case ScoreState.NOT_APPLICABLE:
            return criterion.allows_not_applicable
        case ScoreState.CANNOT_JUDGE:
            return True


def is_below(criterion: Criterion, score: CriterionScore) -> bool:
    """Whether the criterion is scored below its required level. Raises KeyError for a level of another criterion."""
    return score.state is ScoreState.SCORED and score.level_id is not None and not criterion.meets(score.level_id)


def name_of(rubric: Rubric, criterion: Criterion) -> str:
    """How sentences name a criterion: its letter and its title."""
    return f"{rubric.letter(criterion.id)}, “{criterion.title}”"


_NOTHING_JUDGED = "Every required criterion was marked not applicable, so there was nothing to judge."


def _below(rubric: Rubric, required: list[Criterion], scores: _Scores) -> Iterator[str]:
    for criterion in required:
        score = scores[criterion.id]
        if score.level_id is not None and criterion.required_level is not None and is_below(criterion, score):
            given = criterion.level(score.level_id).label
            wanted = criterion.level(criterion.required_level).label
            yield f"{name_of(rubric, criterion)}: “{given}” is below the required level “{wanted}”."


def _unjudged(rubric: Rubric, required: list[Criterion], scores: _Scores) -> Iterator[str]:
    for criterion in required:
        score = scores[criterion.id]
        if score.state is ScoreState.CANNOT_JUDGE:
            reason = score.reason.strip().rstrip(".")
            yield f"{name_of(rubric, criterion)}: could not be judged" + (f" ({reason})." if reason else ".")
