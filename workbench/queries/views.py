"""What views show: frozen view models, importable without the database. Must never import the store."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from workbench.model.assignment import Assignment, TaskKind
from workbench.model.decision import Outcome
from workbench.model.draft import Draft
from workbench.model.ids import AssignmentId, DecisionId
from workbench.model.offering import Offering
from workbench.model.person import Person, Programme
from workbench.model.place import WorkPlace
from workbench.model.submission import Evidence, Submission
from workbench.rubrics.completeness import Missing

Section = Literal["to_score", "scored", "needs_you"]
EvidenceState = Literal["missing", "partial", "ready", "unreadable", "changed"]
EventState = Literal["pending", "sent", "confirmed", "conflict", "rejected", "quarantined", "taken_back"]


class QueueRow(NamedTuple):
    """One assignment in the queue. `status` is in words, empty while there is nothing to say."""

    # A tuple, for there may be ten thousand, and each takes a fifth of the time.

    assignment_id: AssignmentId
    section: Section
    offering_title: str
    pseudonym: str
    attempt: int
    task: TaskKind
    due_at: datetime
    video_ms: int
    pages: int
    scored_criteria: int
    criteria: int
    evidence_ready: int
    evidence_total: int
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """`rows` fit the text asked for, in the assessor's drawn order; the counts are of everything."""

    rows: tuple[QueueRow, ...]
    to_score: int
    scored: int
    needs_you: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceItem:
    """One evidence and how it stands here. `reason` is in words; `bytes_here` counts what has arrived."""

    evidence: Evidence
    state: EvidenceState
    reason: str = ""
    bytes_here: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionStatus:
    """Where the decision is on its way. `words` say it; `can_take_back` and `can_reopen` what may be done."""

    decision_id: DecisionId
    state: EventState
    not_before_at: datetime
    received_at: datetime | None
    words: str
    detail: str = ""
    can_take_back: bool = False
    can_reopen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreView:
    """Everything beside one submission. `outcome` is None until the policy lets it be seen."""

    assignment: Assignment
    offering: Offering
    submission: Submission
    evidence: tuple[EvidenceItem, ...]
    draft: Draft
    editable: bool
    withdrawn: str
    status: DecisionStatus | None
    outcome: Outcome | None
    missing: tuple[Missing, ...]
    place: WorkPlace | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSendRow:
    """A finalized decision that the platform has not confirmed, or that needs a person."""

    assignment_id: AssignmentId
    decision_id: DecisionId
    offering_title: str
    pseudonym: str
    attempt: int
    state: EventState
    finalized_at: datetime
    not_before_at: datetime
    words: str
    detail: str = ""
    waits_behind: bool = False
    can_take_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncState:
    """How this laptop stands with the platform. `problem` is a sentence, empty after a good round."""

    last_round_at: datetime | None
    problem: str
    to_send: int
    ready_submissions: int
    submissions: int
    needs_you: int
    next_try_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Who works here and for which programme."""

    person: Person
    programme: Programme
