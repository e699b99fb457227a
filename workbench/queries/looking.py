"""What was looked at beside one assignment."""

from typing import TYPE_CHECKING

from workbench import store
from workbench.model.ids import AssignmentId, EvidenceHash, EvidenceId
from workbench.model.looked import Looked

if TYPE_CHECKING:
    from workbench.store.session import ReadSession


def looked(session: "ReadSession", assignment_id: AssignmentId) -> dict[tuple[EvidenceId, EvidenceHash], Looked]:
    """By evidence and the bytes that it has now; what was replaced since has to be looked at again.

    Raises StorageError when the assignment is not on this laptop.
    """
    work = store.platform_rows.assignment(session, assignment_id).assignment
    now = store.platform_rows.submission(session, work.submission_id, work.attempt)
    bytes_now = {each.id: each.sha256 for each in now.evidence}
    rows = store.looked.looked(session, assignment_id)
    return {(which, sha256): found for which, sha256, found in rows if bytes_now.get(which) == sha256}
