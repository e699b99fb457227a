"""Citing: tying a place in the evidence to a criterion. Refuses a place that the evidence does not have."""

from typing import TYPE_CHECKING

from workbench import store
from workbench.citations.fitting import is_stale, objection
from workbench.errors import KnownError
from workbench.model.changes import Changes
from workbench.model.citation import Citation
from workbench.model.ids import AssignmentId, CitationId
from workbench.queries.desk import Desk, open_editable_desk

if TYPE_CHECKING:
    from workbench.store.session import WriteSession


class MisfitError(KnownError):
    """A citation that does not fit the evidence or the rubric."""


def cite(session: "WriteSession", assignment_id: AssignmentId, citation: Citation) -> Changes:
    """Keep a citation under its id, new or changed. Raises MisfitError, NotEditableError."""
    return cite_at(session, open_editable_desk(session, assignment_id), citation)


def cite_at(session: "WriteSession", desk: Desk, citation: Citation) -> Changes:
    """The same at a desk that is open already, and may be changed. Raises MisfitError."""
    assignment_id = desk.assignment.id
    if why := _objection(desk, citation):
        raise MisfitError(why, safe="Nothing was changed.", do="Choose the place again.")
    store.places.add_looked_at(session, assignment_id, citation.sha256)
    if not store.drafts.put_citation(session, assignment_id, citation):
        return Changes()
    session.audit("cite", assignment_id, {"citation": citation.id, "criterion": citation.criterion_id})
    return Changes(drafts=frozenset({assignment_id}))


def uncite(session: "WriteSession", assignment_id: AssignmentId, citation_id: CitationId) -> Changes:
    """Remove a citation from the draft. Raises NotEditableError."""
    open_editable_desk(session, assignment_id)
    if not store.drafts.remove_citation(session, assignment_id, citation_id):
        return Changes()
    session.audit("uncite", assignment_id, {"citation": citation_id})
    return Changes(drafts=frozenset({assignment_id}))


def _objection(desk: Desk, citation: Citation) -> str:
    evidence = {item.id: item for item in desk.submission.evidence}.get(citation.evidence_id)
    if evidence is None:
        return "This submission has no such file."
    if is_stale(citation, evidence):
        return f"“{evidence.label}” was replaced since it was opened."
    if citation.criterion_id not in {criterion.id for criterion in desk.offering.rubric.criteria}:
        return "The rubric has no such criterion any more."
    return objection(citation, evidence)
