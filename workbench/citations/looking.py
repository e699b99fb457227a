"""From what was looked at of an evidence to what can be cited of it, when a criterion is not shown there."""

from workbench.citations.fitting import looked_unit
from workbench.model.citation import LookedThrough
from workbench.model.looked import Looked
from workbench.model.submission import Evidence

_END_MS = 1_000
"""A player stops at the start of the last frame, and a container states its length roughly."""


def looked_through(looked: Looked, evidence: Evidence) -> LookedThrough | None:
    """How much of the evidence was looked through; None when nothing was, or when nobody knows how long it is."""
    match looked_unit(evidence):
        case "ms":
            seen, total = _seen_ms(looked, evidence.facts.duration_ms or 0), evidence.facts.duration_ms or 0
            return LookedThrough(seen=seen, total=total, unit="ms") if seen > 0 else None
        case "pages":
            total = evidence.facts.pages or 0
            seen = sum(page < total for page in looked.pages)
            return LookedThrough(seen=seen, total=total, unit="pages") if seen else None
        case "whole":
            return LookedThrough(seen=1, total=1, unit="whole") if looked.is_whole else None


def _seen_ms(looked: Looked, length_ms: int) -> int:
    ends = [(start, min(end, length_ms)) for start, end in looked.spans]
    if ends and ends[-1][1] >= length_ms - _END_MS:
        ends[-1] = (ends[-1][0], length_ms)
    return sum(max(0, end - start) for start, end in ends)
