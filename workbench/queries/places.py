"""Where the assessor stopped."""

from typing import TYPE_CHECKING

from workbench import store
from workbench.model.ids import AssignmentId

if TYPE_CHECKING:
    from workbench.store.session import ReadSession


def last_open(session: "ReadSession") -> AssignmentId | None:
    """The assignment that was open when the assessor stopped; None when the queue was."""
    return store.remembered.last_open(session)
