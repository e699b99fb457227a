"""What was made from a recording and kept for its next opening."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from workbench import store
from workbench.model.ids import EvidenceId

if TYPE_CHECKING:
    from workbench.store.session import ReadSession

T = TypeVar("T")


def preview(session: "ReadSession", evidence_id: EvidenceId, name: str, read: Callable[[bytes], T | None]) -> T | None:
    """What `read` makes of the bytes kept under a name; None when there are none. Raises EvidenceError (not known)."""
    data = session.shelf.preview(store.evidence_rows.ref(session, evidence_id), name)
    return read(data) if data is not None else None
