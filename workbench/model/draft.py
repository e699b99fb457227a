"""A draft: what an assessor has typed for one assignment so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from workbench.model.citation import Citation
from workbench.model.decision import CriterionScore, Feedback
from workbench.model.ids import CriterionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What has been typed so far.

    `scores` holds only criteria with a level or a state; `notes` holds every note, also of a criterion
    that is not scored yet. `citations` stand in the order in which they were made.
    """

    scores: Mapping[CriterionId, CriterionScore] = field(default_factory=dict)
    notes: Mapping[CriterionId, str] = field(default_factory=dict)
    citations: tuple[Citation, ...] = ()
    feedback: Feedback = field(default_factory=Feedback)
    changed_at: datetime | None = None
