"""Everything that the score view shows of one assignment."""

from typing import TYPE_CHECKING

from workbench import store
from workbench.media.jobs import PASSWORD_NEEDED
from workbench.model.ids import AssignmentId
from workbench.model.offering import ShowOutcome
from workbench.model.submission import Evidence
from workbench.queries.desk import Desk, event_words, open_desk
from workbench.queries.views import DecisionStatus, EvidenceItem, ScoreView
from workbench.queries.words import can_be_redone
from workbench.rubrics.outcome import decide

if TYPE_CHECKING:
    from workbench.model.decision import Outcome
    from workbench.store.session import ReadSession

_REPLACED = "This file was replaced by the programme. Citations made before belong to the earlier one."


def score(session: "ReadSession", assignment_id: AssignmentId) -> ScoreView:
    """One assignment as it stands now. Raises StorageError when it is not on this laptop."""
    desk = open_desk(session, assignment_id)
    return ScoreView(
        assignment=desk.assignment,
        offering=desk.offering,
        submission=desk.submission,
        evidence=tuple(_item(session, each) for each in sorted(desk.submission.evidence, key=_order)),
        draft=desk.draft,
        editable=desk.refusal is None,
        withdrawn=desk.withdrawn,
        status=_status(session, desk),
        outcome=_outcome(desk),
        missing=desk.lacking,
        place=store.places.place(session, assignment_id),
    )


def _order(evidence: Evidence) -> int:
    return evidence.order


def _outcome(desk: Desk) -> "Outcome | None":
    if desk.offering.policy.show_outcome is ShowOutcome.LIVE or not any(each.what == "level" for each in desk.lacking):
        return decide(desk.offering.rubric, desk.draft.scores)
    return None


def _status(session: "ReadSession", desk: Desk) -> DecisionStatus | None:
    event = desk.event
    if event is None or not event.holds_the_draft:
        return None
    return DecisionStatus(
        decision_id=event.decision_id,
        state=event.state,
        not_before_at=event.not_before_at,
        received_at=event.received_at,
        words=event_words(session, desk, event),
        detail=event.detail,
        can_take_back=event.state == "pending",
        can_reopen=can_be_redone(event.state, event.result),
    )


def _item(session: "ReadSession", evidence: Evidence) -> EvidenceItem:
    lies = session.shelf.look(store.evidence_rows.ref(session, evidence.id))
    known = store.evidence_rows.standing(session, evidence.id)
    same = known is not None and known.sha256 == evidence.sha256
    unreadable = (known.unreadable if known and same else "") or evidence.facts.reason
    if unreadable and unreadable != PASSWORD_NEEDED:
        return EvidenceItem(evidence=evidence, state="unreadable", reason=unreadable, bytes_here=lies.bytes_here)
    if lies.state == "ready":
        reason = _REPLACED if known and same and known.replaced else ""
        return EvidenceItem(evidence=evidence, state="ready", reason=reason, bytes_here=evidence.size)
    if known is not None and not same:
        return EvidenceItem(evidence=evidence, state="changed", reason=_REPLACED, bytes_here=lies.bytes_here)
    return EvidenceItem(evidence=evidence, state=lies.state, bytes_here=lies.bytes_here)
