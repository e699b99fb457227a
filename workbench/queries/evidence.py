"""Opening a piece of evidence where it lies."""

from typing import TYPE_CHECKING

from workbench import store
from workbench.model.ids import EvidenceId

if TYPE_CHECKING:
    from workbench.sealed.reader import SealedFile
    from workbench.store.session import ReadSession


def open_evidence(session: "ReadSession", evidence_id: EvidenceId) -> "SealedFile":
    """An open descriptor and the file's key; whoever asked closes it. Raises EvidenceError."""
    return session.shelf.open(store.evidence_rows.ref(session, evidence_id))


def kept_password(session: "ReadSession", evidence_id: EvidenceId) -> str:
    """What opens this file; empty when nobody told yet. Raises EvidenceError, StorageError."""
    return session.shelf.password(store.evidence_rows.ref(session, evidence_id))
