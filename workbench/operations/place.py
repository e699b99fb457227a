"""Remembering where the assessor is, so that the exact place comes back."""

from typing import TYPE_CHECKING

from workbench import store
from workbench.errors import EvidenceError
from workbench.model.changes import Changes
from workbench.model.ids import AssignmentId, EvidenceId
from workbench.model.place import WorkPlace

if TYPE_CHECKING:
    from workbench.store.session import WriteSession


def remember_place(session: "WriteSession", assignment_id: AssignmentId, place: WorkPlace) -> Changes:
    """Keep the place; allowed for decided and withdrawn assignments too."""
    store.places.put_place(session, assignment_id, place)
    if place.evidence_id is not None:
        _note_view(session, assignment_id, place.evidence_id)
    return Changes()


def remember_open(session: "WriteSession", assignment_id: AssignmentId | None) -> Changes:
    """Keep which assignment is open; None: the queue."""
    store.remembered.set_last_open(session, assignment_id)
    return Changes()


def _note_view(session: "WriteSession", assignment_id: AssignmentId, evidence_id: EvidenceId) -> None:
    try:
        ref = store.evidence_rows.ref(session, evidence_id)
    except EvidenceError:
        return  # The platform took the file away meanwhile; the place itself is still worth keeping.
    here = session.shelf.look(ref).state == "ready"
    if here and store.places.add_looked_at(session, assignment_id, ref.sha256):
        session.audit("view", assignment_id, {"evidence": evidence_id, "sha256": ref.sha256})
