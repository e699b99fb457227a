"""An assignment: who judges what. The laptop never learns whether it is a first or second score."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workbench.model.ids import AssignmentId, SubmissionId


class TaskKind(StrEnum):
    """The kinds of task an assessor can tell apart."""

    COMPLETENESS_CHECK = "completeness_check"
    SCORE = "score"
    CALIBRATION = "calibration"
    ADJUDICATE = "adjudicate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """`revision` rises with each change at the platform; `position` is this assessor's drawn queue place."""

    id: AssignmentId
    submission_id: SubmissionId
    attempt: int
    task: TaskKind
    position: int
    due_at: datetime
    lease_until: datetime
    revision: int
    decided: bool = False
