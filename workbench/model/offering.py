"""An offering: one competency, its parts, its rubric and its policy; versioned."""

from dataclasses import dataclass, field
from enum import StrEnum

from workbench.model.ids import OfferingId, PartId
from workbench.model.rubric import Rubric


class Approval(StrEnum):
    """Whether a lead approves decisions before they are released."""

    NONE = "none"
    SAMPLE = "sample"
    ALL = "all"


class Demand(StrEnum):
    """On which criteria something (feedback, a citation) is asked for."""

    NEVER = "never"
    BELOW_REQUIRED = "below_required"
    EVERY_SCORED = "every_scored"


class ShowPrior(StrEnum):
    """What the assessor of a resubmission sees of the earlier decision."""

    NONE = "none"
    FEEDBACK = "feedback"
    LEVELS = "levels"


class ShowOutcome(StrEnum):
    """When the assessor sees what the levels add up to."""

    AFTER_ALL_SCORED = "after_all_scored"
    LIVE = "live"


class QueueOrder(StrEnum):
    """How an assessor's queue is ordered."""

    RANDOM = "random"
    DUE = "due"


@dataclass(frozen=True, slots=True, kw_only=True)
class DisagreementRule:
    """When two decisions go to adjudication; otherwise the second is measurement only."""

    outcome_differs: bool = True
    crosses_required_level: bool = True
    level_distance: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The rules of an offering version. Fractions are 0 to 1; every field has the field's usual value."""

    raters_required: int = 1
    approval: Approval = Approval.NONE
    double_score_fraction: float = 0.2
    double_score_fraction_later: float = 0.1
    double_score_fraction_until: int = 200
    first_n_double: int = 10
    benchmark_seeding_one_in: int = 20
    blind_to: tuple[str, ...] = ("candidate_identity", "partner_scores")
    disagreement_rule: DisagreementRule = field(default_factory=DisagreementRule)
    feedback_required: Demand = Demand.BELOW_REQUIRED
    citation_required: Demand = Demand.EVERY_SCORED
    show_prior: ShowPrior = ShowPrior.NONE
    show_outcome: ShowOutcome = ShowOutcome.AFTER_ALL_SCORED
    turnaround_business_days: int = 5
    holidays: tuple[str, ...] = ()
    max_attempts_before_coach: int = 3
    send_hold_minutes: float = 10
    lease_days: int = 14
    retention_days_after_receipt: int = 0
    order: QueueOrder = QueueOrder.RANDOM
    qualification_valid_days: int = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of evidence that the offering asks for. `kinds` holds the kinds that fit; empty: any."""

    id: PartId
    label: str
    kinds: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Offering:
    """One version of a micro-credential."""

    id: OfferingId
    version: int
    title: str
    competency: str
    rubric: Rubric
    parts: tuple[Part, ...] = ()
    policy: Policy = field(default_factory=Policy)
