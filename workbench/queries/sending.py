"""What is on its way to the platform, and how this laptop stands with it."""

from typing import TYPE_CHECKING

from workbench import store
from workbench.model.ids import AssignmentId
from workbench.queries.desk import event_words, open_desk
from workbench.queries.queue import needs_you
from workbench.queries.views import SignedIn, SyncState, ToSendRow

if TYPE_CHECKING:
    from workbench.store.outbox import OutboxRow
    from workbench.store.session import ReadSession

_WAITS_BEHIND = "Waits for an earlier decision of the same submission"


def to_send(session: "ReadSession") -> tuple[ToSendRow, ...]:
    """Finalized decisions that are not confirmed, or need a person, in the order in which they leave."""
    seen: set[AssignmentId] = set()
    rows = []
    for event in store.outbox.unsettled(session):
        rows.append(_row(session, event, waits_behind=event.assignment_id in seen))
        seen.add(event.assignment_id)
    return tuple(rows)


def sync_state(session: "ReadSession") -> SyncState:
    """The figures behind the sync chip."""
    last = store.sync_log.last_round(session)
    ready, total = store.evidence_rows.ready_submissions(session)
    on_their_way = [event for event in store.outbox.unsettled(session) if event.state in ("pending", "sent")]
    return SyncState(
        last_round_at=last.at,
        problem=last.problem,
        to_send=len(on_their_way),
        ready_submissions=ready,
        submissions=total,
        needs_you=needs_you(session),
        next_try_at=last.next_try_at,
    )


def signed_in(session: "ReadSession") -> SignedIn:
    """Who works here and for which programme."""
    remembered = store.remembered
    return SignedIn(person=remembered.person(session), programme=remembered.programme(session))


def _row(session: "ReadSession", event: "OutboxRow", *, waits_behind: bool) -> ToSendRow:
    desk = open_desk(session, event.assignment_id)
    return ToSendRow(
        assignment_id=event.assignment_id,
        decision_id=event.decision_id,
        offering_title=desk.offering.title,
        pseudonym=desk.submission.pseudonym,
        attempt=desk.submission.attempt,
        state=event.state,
        finalized_at=event.client_at,
        not_before_at=event.not_before_at,
        words=_WAITS_BEHIND if waits_behind else event_words(session, desk, event),
        detail=event.detail,
        waits_behind=waits_behind,
        can_take_back=event.state == "pending",
    )
