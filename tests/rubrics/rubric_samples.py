"""Rubrics for the tests of this room."""

from workbench.model.decision import CriterionScore, ScoreState
from workbench.model.ids import CriterionId, LevelId, OfferingId
from workbench.model.offering import Demand, Offering, Policy
from workbench.model.rubric import Criterion, Level, Rubric

LEVELS = ("not-met", "progressing", "demonstrated")
NEVER = Policy(citation_required=Demand.NEVER, feedback_required=Demand.NEVER)


def criterion(
    name: str, levels: tuple[str, ...] = LEVELS, required: str | None = "demonstrated", *, may_skip: bool = False
) -> Criterion:
    """A criterion with levels of these ids, lowest first."""
    return Criterion(
        id=CriterionId(name),
        title=f"The {name}",
        levels=tuple(Level(id=LevelId(level), label=level.title(), descriptor=f"It is {level}.") for level in levels),
        required_level=None if required is None else LevelId(required),
        allows_not_applicable=may_skip,
    )


def rubric(*criteria: Criterion) -> Rubric:
    """A rubric of these criteria."""
    return Rubric(version="1", criteria=criteria)


def offering(*criteria: Criterion, policy: Policy | None = None) -> Offering:
    """An offering with these criteria."""
    return Offering(
        id=OfferingId("questioning"),
        version=1,
        title="Questioning",
        competency="Asks questions that make learners think.",
        rubric=rubric(*criteria),
        policy=policy or Policy(),
    )


def scored(**levels: str) -> dict[CriterionId, CriterionScore]:
    """Scores at levels by criterion id; the words `cannot` and `skip` stand for the other two states."""
    return {CriterionId(name): _score(name, level) for name, level in levels.items()}


def _score(name: str, level: str) -> CriterionScore:
    states = {"cannot": ScoreState.CANNOT_JUDGE, "skip": ScoreState.NOT_APPLICABLE}
    if level in states:
        reason = "The sound is missing." if level == "cannot" else ""
        return CriterionScore(criterion_id=CriterionId(name), state=states[level], reason=reason)
    return CriterionScore.at(CriterionId(name), LevelId(level))
