"""The citations of one assignment or of all, as they stand on this laptop."""

from typing import TYPE_CHECKING

from workbench import store
from workbench.citations.web_annotations import Cited
from workbench.model.ids import AssignmentId

if TYPE_CHECKING:
    from workbench.store.session import ReadSession


def citations(session: "ReadSession", assignment_id: AssignmentId | None = None) -> tuple[Cited, ...]:
    """In the order in which they were made; of every assignment without an id, those that were sent and those
    withdrawn too. Raises StorageError when the assignment is not on this laptop."""
    if assignment_id is not None:
        store.platform_rows.assignment(session, assignment_id)
    rows = store.drafts.citations(session, assignment_id)
    return tuple(Cited(assignment_id=assignment, citation=citation) for assignment, citation in rows)
