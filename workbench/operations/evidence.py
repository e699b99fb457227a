"""What a person or a viewer finds out about a file."""

from typing import TYPE_CHECKING

from workbench import store
from workbench.model.changes import Changes
from workbench.model.ids import EvidenceId

if TYPE_CHECKING:
    from workbench.store.session import WriteSession


def mark_unreadable(session: "WriteSession", evidence_id: EvidenceId, reason: str) -> Changes:
    """Keep in words why this file cannot be shown. Raises EvidenceError when it is not known here."""
    session.audit("unreadable", evidence_id, {"reason": reason})
    return store.evidence_rows.mark_unreadable(session, evidence_id, reason)


def mark_readable(session: "WriteSession", evidence_id: EvidenceId) -> Changes:
    """It could be shown after all. Raises EvidenceError when it is not known here."""
    session.audit("readable", evidence_id)
    return store.evidence_rows.mark_unreadable(session, evidence_id, "")


def fetch_again(session: "WriteSession", evidence_id: EvidenceId) -> Changes:
    """Drop the bytes that are here, so that the next fetch brings them anew."""
    session.audit("fetch_again", evidence_id)
    return store.evidence_rows.forget(session, evidence_id)


def keep_password(session: "WriteSession", evidence_id: EvidenceId, password: str) -> Changes:
    """Keep what opens this file, for these bytes only, so that it is asked once. Raises EvidenceError, StorageError."""
    ref = store.evidence_rows.ref(session, evidence_id)
    session.shelf.keep_password(ref, password)
    session.audit("password_kept" if password else "password_forgotten", evidence_id, {"sha256": ref.sha256})
    return Changes()
