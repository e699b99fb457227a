"""Keeping what was made from a recording for its next opening. Nothing here is more than could be made again."""

from typing import TYPE_CHECKING

from workbench import store
from workbench.model.changes import Changes
from workbench.model.ids import EvidenceId

if TYPE_CHECKING:
    from workbench.store.session import WriteSession


def keep_preview(session: "WriteSession", evidence_id: EvidenceId, name: str, data: bytes) -> Changes:
    """Seal `data` beside the evidence under a name. Raises EvidenceError (not known here), StorageError."""
    session.shelf.keep_preview(store.evidence_rows.ref(session, evidence_id), name, data)
    return Changes()
