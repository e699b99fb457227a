"""A decision: one assessor's judgement of one assignment. Never edited once final, only superseded."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self

from workbench.model.citation import Citation
from workbench.model.ids import AssignmentId, CriterionId, DecisionId, EvidenceHash, LevelId, SubmissionId


class ScoreState(StrEnum):
    """How a criterion stands."""

    SCORED = "scored"
    NOT_APPLICABLE = "not_applicable"
    CANNOT_JUDGE = "cannot_judge"


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionScore:
    """`level_id` is set exactly when the state is `scored`; `reason` when it is `cannot_judge`."""

    criterion_id: CriterionId
    state: ScoreState
    level_id: LevelId | None = None
    reason: str = ""
    note: str = ""

    @classmethod
    def at(cls, criterion_id: CriterionId, level_id: LevelId, note: str = "") -> Self:
        """A criterion scored at a level."""
        return cls(criterion_id=criterion_id, state=ScoreState.SCORED, level_id=level_id, note=note)


class Result(StrEnum):
    """What a decision comes to."""

    AWARD = "award"
    NOT_YET = "not_yet"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`reasons` are whole sentences, one per criterion that decided it."""

    result: Result
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """`overall` is read by the educator; `private` never is."""

    overall: str = ""
    private: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """`scores` in the rubric's order. `session_position` counts from 1; `active_ms` leaves idle time out."""

    id: DecisionId
    assignment_id: AssignmentId
    submission_id: SubmissionId
    attempt: int
    rubric_hash: str
    policy_hash: str
    scores: tuple[CriterionScore, ...]
    citations: tuple[Citation, ...]
    feedback: Feedback
    outcome: Outcome
    evidence_hashes: tuple[EvidenceHash, ...]
    session_position: int
    active_ms: int
    finalized_at: datetime
