"""Noting what was looked at, so that a criterion can be cited as absent by it. Judges nothing."""

from typing import TYPE_CHECKING

from workbench import store
from workbench.model.changes import Changes
from workbench.model.ids import AssignmentId, EvidenceHash, EvidenceId
from workbench.model.looked import Looked

if TYPE_CHECKING:
    from workbench.store.session import WriteSession


def note_looked(
    session: "WriteSession", assignment_id: AssignmentId, evidence_id: EvidenceId, sha256: EvidenceHash, looked: Looked
) -> Changes:
    """Add to what was looked at of these bytes; allowed for decided and withdrawn assignments too.

    Not in the audit, which tells acts: it comes every few seconds. The citation that says it is there.
    """
    store.looked.add(session, assignment_id, evidence_id, sha256, looked)
    return Changes()
