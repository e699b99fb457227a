"""Finalizing and taking back. A decision and its place in the outbox are written together, or not at all."""

from datetime import timedelta
from typing import TYPE_CHECKING

from workbench import store
from workbench.citations.ordering import in_reading_order
from workbench.errors import KnownError
from workbench.model.changes import Changes
from workbench.model.decision import Decision
from workbench.model.ids import AssignmentId, DecisionId, EventKey, EvidenceHash, new_id
from workbench.queries.desk import Desk, NotEditableError, open_desk, open_editable_desk
from workbench.queries.words import can_be_redone
from workbench.rubrics.completeness import Missing
from workbench.rubrics.outcome import decide

if TYPE_CHECKING:
    from workbench.store.session import WriteSession


class Unfinished(KnownError):
    """Not all is there that a decision needs; `missing` says what, in sentences."""

    def __init__(self, missing: tuple[Missing, ...]) -> None:
        self.missing = missing
        super().__init__(
            "This decision is not complete yet.",
            safe="What you typed is kept.",
            do=" ".join(each.sentence for each in missing),
        )


def finalize(session: "WriteSession", assignment_id: AssignmentId, *, active_ms: int, session_position: int) -> Changes:
    """Make the draft a decision and put it into the outbox. Raises Unfinished, NotEditableError."""
    from workbench.wire.events import DecisionBody, Event

    desk = open_editable_desk(session, assignment_id)
    decision = _decision(session, desk, active_ms, session_position)
    event = Event(
        key=EventKey(new_id()),
        subject=assignment_id,
        base_revision=desk.assignment.revision,
        device=session.device,
        client_at=decision.finalized_at,
        seq=store.outbox.next_seq(session),
        body=DecisionBody(decision=decision),
    )
    sha256 = store.decisions.add(session, decision)
    hold = timedelta(minutes=desk.offering.policy.send_hold_minutes)
    store.outbox.add(session, event, decision.finalized_at + hold)
    session.audit("finalize", assignment_id, {"decision": decision.id, "sha256": sha256})
    return _moved(assignment_id)


def take_back(session: "WriteSession", assignment_id: AssignmentId) -> Changes:
    """Before it has left: the decision's content is the draft again. Raises NotEditableError when it has left."""
    if not store.outbox.take_back(session, assignment_id):
        raise NotEditableError("This decision has left already.", safe="Nothing was changed.")
    session.audit("take_back", assignment_id)
    return _moved(assignment_id)


def reopen(session: "WriteSession", assignment_id: AssignmentId) -> Changes:
    """Take up a refused decision again as a draft; the refused one is kept. Raises NotEditableError."""
    event = open_desk(session, assignment_id).event
    if event is None or not event.holds_the_draft or not can_be_redone(event.state, event.result):
        raise NotEditableError("This decision cannot be taken up again.", safe="Nothing was changed.")
    store.outbox.reopen(session, event.key)
    session.audit("reopen", assignment_id, {"event": event.key})
    return _moved(assignment_id)


def send_now(session: "WriteSession") -> Changes:
    """Let everything that is finalized leave with the next round; nothing of it can be taken back then."""
    freed = store.outbox.drop_hold(session)
    if not freed:
        return Changes()
    session.audit("send_now", "outbox", {"assignments": [*sorted(freed)]})
    return Changes(assignments=freed, outbox=True)


def _decision(session: "WriteSession", desk: Desk, active_ms: int, session_position: int) -> Decision:
    from workbench.wire.canonical import policy_hash, rubric_hash

    rubric, draft = desk.offering.rubric, desk.draft
    lacking, outcome = desk.lacking, decide(desk.offering.rubric, draft.scores)
    if lacking or outcome is None:
        raise Unfinished(lacking)
    return Decision(
        id=DecisionId(new_id()),
        assignment_id=desk.assignment.id,
        submission_id=desk.submission.id,
        attempt=desk.submission.attempt,
        rubric_hash=rubric_hash(rubric),
        policy_hash=policy_hash(desk.offering.policy),
        scores=tuple(draft.scores[criterion.id] for criterion in rubric.criteria),
        citations=in_reading_order(draft.citations, desk.submission.evidence),
        feedback=draft.feedback,
        outcome=outcome,
        evidence_hashes=_looked_at(session, desk),
        session_position=session_position,
        active_ms=active_ms,
        finalized_at=session.now(),
    )


def _looked_at(session: "WriteSession", desk: Desk) -> tuple[EvidenceHash, ...]:
    seen = store.places.all_looked_at(session, desk.assignment.id)
    return tuple(item.sha256 for item in desk.submission.evidence if item.sha256 in seen)


def _moved(assignment_id: AssignmentId) -> Changes:
    touched = frozenset({assignment_id})
    return Changes(drafts=touched, assignments=touched, outbox=True)
