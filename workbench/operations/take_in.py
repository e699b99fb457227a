"""Taking in citations that were made elsewhere, or earlier: all of them, or none. Overwrites nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench import store
from workbench.citations.web_annotations import Cited
from workbench.errors import DataError, StorageError
from workbench.model.changes import Changes
from workbench.model.ids import AssignmentId, CitationId
from workbench.operations.cite import MisfitError, cite_at
from workbench.queries.desk import Desk, NotEditableError, open_editable_desk
from workbench.wire.codec import encode

if TYPE_CHECKING:
    from workbench.model.citation import Citation
    from workbench.store.session import WriteSession

_LEAVE_OUT = "Leave it out of the file, and import again."
_Standing = tuple[AssignmentId, "Citation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """`added` are new, `known` stood here already, each exactly so."""

    added: int
    known: int
    changes: Changes


def take_in(session: "WriteSession", cited: Sequence[Cited], *, file: str) -> TakenIn:
    """Keep every citation that is not here yet, as `cite` does; one that is here, exactly so, is passed over.

    Raises DataError naming `file`, the place and why for the first that cannot be kept; then the transaction
    keeps none of them.
    """
    here = {citation.id: (assignment_id, citation) for assignment_id, citation in store.drafts.citations(session)}
    # Opened once each: opening a desk reads its whole draft, which grows with what is taken in.
    desks: dict[AssignmentId, Desk] = {}
    changes, added = Changes(), 0
    for each in cited:
        if _stands(each, here, file):
            continue
        changes |= _cite(session, each, desks, file)
        here[each.citation.id] = (each.assignment_id, each.citation)
        added += 1
    if added:
        session.audit("take_in", "citations", {"added": added, "known": len(cited) - added})
    return TakenIn(added=added, known=len(cited) - added, changes=changes)


def _stands(each: Cited, here: "dict[CitationId, _Standing]", file: str) -> bool:
    if (standing := here.get(each.citation.id)) is None:
        return False
    assignment_id, citation = standing
    if assignment_id != each.assignment_id:
        raise _refused(each, file, "a citation with this id stands in another assignment", _LEAVE_OUT)
    # As they are stored: two spellings of the same letters (é as one character or as two) are no difference.
    if encode(citation) != encode(each.citation):
        rule = "another citation with this id is here, and it is never overwritten"
        raise _refused(each, file, rule, "Leave it out of the file, or remove the one that is here; then import again.")
    return True


def _cite(session: "WriteSession", each: Cited, desks: dict[AssignmentId, Desk], file: str) -> Changes:
    try:
        if each.assignment_id not in desks:
            desks[each.assignment_id] = open_editable_desk(session, each.assignment_id)
        return cite_at(session, desks[each.assignment_id], each.citation)
    except NotEditableError as why:
        raise _refused(each, file, why.happened, why.do) from why
    except (MisfitError, StorageError) as why:
        raise _refused(each, file, why.happened, _LEAVE_OUT) from why


def _refused(each: Cited, file: str, why: str, do: str) -> DataError:
    return DataError(file=file, place=each.at, rule=why.removesuffix("."), do=do)
