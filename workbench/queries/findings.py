"""Facts about one evidence, and where the same or one that looks alike was handed in. Judges nothing."""

from typing import TYPE_CHECKING

from workbench import store
from workbench.model.findings import EvidenceFindings, SameEvidence
from workbench.model.ids import EvidenceId

if TYPE_CHECKING:
    from workbench.model.submission import Submission
    from workbench.store.findings import Holder
    from workbench.store.session import ReadSession

MOST = 50
"""Copies told of one evidence; a form that everybody hands in has hundreds."""


def findings(session: "ReadSession", evidence_id: EvidenceId) -> EvidenceFindings:
    """What is known so far of the bytes it has now. Raises EvidenceError when it is not known here."""
    return store.findings.found(session, store.evidence_rows.ref(session, evidence_id).sha256)


def same_evidence(session: "ReadSession", evidence_id: EvidenceId) -> tuple[SameEvidence, ...]:
    """The same bytes first, then what looks most alike, on this laptop; only what was looked over can look alike.

    Raises EvidenceError when it is not known here.
    """
    ref = store.evidence_rows.ref(session, evidence_id)
    near = store.findings.near(session, ref.sha256)
    holders = [each for each in store.findings.holders(session, [ref.sha256, *near]) if each.evidence_id != evidence_id]
    holders.sort(key=lambda each: (each.sha256 != ref.sha256, -near.get(each.sha256, (0, 0))[0], each.evidence_id))
    here = store.platform_rows.submission(session, ref.submission_id, ref.attempt)
    return tuple(_same(session, each, here, near.get(each.sha256, (0, 0))) for each in holders[:MOST])


def _same(session: "ReadSession", holder: "Holder", here: "Submission", counted: tuple[int, int]) -> SameEvidence:
    there = store.platform_rows.submission(session, holder.submission_id, holder.attempt)
    label = next((each.label for each in there.evidence if each.id == holder.evidence_id), "")
    is_same = there.id == here.id
    return SameEvidence(
        evidence_id=holder.evidence_id,
        label=label,
        pseudonym=there.pseudonym,
        attempt=there.attempt,
        is_exact=counted == (0, 0),
        is_same_educator=is_same or there.pseudonym == here.pseudonym,
        is_same_attempt=is_same and there.attempt == here.attempt,
        alike=counted[0],
        pictures=counted[1],
    )
