"""One assignment with all that judging it needs, and whether it may be edited now. Writes nothing."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench import store
from workbench.citations.fitting import is_stale
from workbench.errors import KnownError
from workbench.model.assignment import Assignment
from workbench.model.draft import Draft
from workbench.model.ids import AssignmentId
from workbench.model.offering import Offering
from workbench.model.submission import Submission
from workbench.queries.words import status_words
from workbench.rubrics.completeness import Missing, missing

if TYPE_CHECKING:
    from workbench.store.outbox import OutboxRow
    from workbench.store.session import ReadSession


class NotEditableError(KnownError):
    """This assignment cannot be changed now; what was typed is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """`withdrawn` says why it is no longer this person's; `event` is the last one on its way, if any."""

    assignment: Assignment
    withdrawn: str
    offering: Offering
    submission: Submission
    draft: Draft
    event: "OutboxRow | None"

    @property
    def refusal(self) -> NotEditableError | None:
        """Why nothing may be changed here; None when it may."""
        if self.withdrawn:
            return _refusal("This assignment is no longer yours.", self.withdrawn)
        if self.event is not None and self.event.holds_the_draft:
            return _refusal(*_AT_REST[self.event.state])
        if self.assignment.decided and self.event is None:
            return _refusal("This assignment was scored on another laptop.", "The programme has that decision.")
        return None

    @property
    def lacking(self) -> tuple[Missing, ...]:
        """What is missing before finalizing; a citation of bytes that were replaced counts as missing."""
        current = {item.id: item for item in self.submission.evidence}
        stale = [each for each in self.draft.citations if is_stale(each, current.get(each.evidence_id))]
        fresh = tuple(each for each in self.draft.citations if each not in stale)
        found = missing(self.offering, self.draft.scores, fresh, self.draft.feedback)
        sentence = "The file of a citation was replaced since: look again, and cite it anew or remove the citation."
        return found + tuple(
            Missing(criterion_id=each.criterion_id, what="citation", sentence=sentence) for each in stale
        )


_AT_REST = {
    "pending": ("This decision is finalized.", "Take it back to change it."),
    "sent": ("This decision is on its way.", "It can be changed once its outcome is known."),
    "confirmed": ("This decision has arrived at the programme.", "It is final."),
    "conflict": ("This decision needs you.", "Open it under Needs you."),
    "rejected": ("This decision was refused.", "Open it under Needs you, and take it up again from there."),
    "quarantined": ("This decision is set aside.", "Ask your programme's lead."),
}


def open_desk(session: "ReadSession", assignment_id: AssignmentId) -> Desk:
    """Everything about one assignment. Raises StorageError when it is not on this laptop."""
    rows = store.platform_rows
    row = rows.assignment(session, assignment_id)
    submission = rows.submission(session, row.assignment.submission_id, row.assignment.attempt)
    offering = rows.offering(session, submission.offering_id, submission.offering_version)
    return Desk(
        assignment=row.assignment,
        withdrawn=row.withdrawn,
        offering=offering,
        submission=submission,
        draft=store.drafts.draft(session, assignment_id, offering.rubric, submission.attempt),
        event=store.outbox.latest(session, assignment_id),
    )


def open_editable_desk(session: "ReadSession", assignment_id: AssignmentId) -> Desk:
    """The same, for changing something. Raises NotEditableError when nothing may be changed."""
    desk = open_desk(session, assignment_id)
    if (refusal := desk.refusal) is not None:
        raise refusal
    return desk


def _refusal(happened: str, do: str) -> NotEditableError:
    return NotEditableError(happened, safe="What you typed is kept.", do=do)


def event_words(session: "ReadSession", desk: Desk, event: "OutboxRow") -> str:
    """Where an event of this desk stands, in a few words."""
    return status_words(
        state=event.state,
        result=event.result,
        not_before_at=event.not_before_at,
        now=session.now(),
        withdrawn=desk.withdrawn,
        decided=desk.assignment.decided,
    )
