"""Whether a place can be in a piece of evidence: the right kind, inside its length, pages and edges."""

from workbench.model.citation import (
    Box,
    Citation,
    ImageBox,
    LookedThrough,
    PageBox,
    PageQuote,
    Place,
    Stance,
    TextQuote,
    TimeRange,
    Unit,
)
from workbench.model.submission import Evidence, EvidenceKind

_SLACK_MS = 1_000
"""A container's stated length and the last frame differ by less than this."""
_EDGE = 1e-6
_TIMED = (EvidenceKind.VIDEO, EvidenceKind.AUDIO)
_WRITTEN = (EvidenceKind.TEXT, EvidenceKind.PDF, EvidenceKind.CAPTIONS, EvidenceKind.LINK)


def objection(citation: Citation, evidence: Evidence) -> str:
    """Why this citation cannot be made of this evidence, as a sentence; empty when it can."""
    if isinstance(citation.place, LookedThrough) and citation.stance is not Stance.ABSENT:
        return "What was looked through says only that something is absent."
    return misfit(citation.place, evidence)


def misfit(place: Place, evidence: Evidence) -> str:
    """Why this place cannot be in this evidence, as a sentence; empty when it fits."""
    match place:
        case TimeRange():
            return _time_misfit(place, evidence)
        case PageBox():
            return _page_misfit(place, evidence)
        case ImageBox():
            return _box_misfit(place.box) if evidence.kind is EvidenceKind.IMAGE else _wrong_kind(evidence)
        case TextQuote():
            return _quote_misfit(place, evidence) if evidence.kind in _WRITTEN else _wrong_kind(evidence)
        case PageQuote():
            return _page_quote_misfit(place, evidence)
        case LookedThrough():
            return _looked_misfit(place, evidence)


def looked_unit(evidence: Evidence) -> Unit:
    """What looking through this evidence is counted in."""
    if evidence.kind in _TIMED:
        return "ms"
    return "pages" if _has_pages(evidence) else "whole"


def is_stale(citation: Citation, evidence: Evidence | None) -> bool:
    """Whether the cited bytes are no longer the ones of the submission."""
    return evidence is None or evidence.sha256 != citation.sha256


def _time_misfit(place: TimeRange, evidence: Evidence) -> str:
    if evidence.kind not in _TIMED:
        return _wrong_kind(evidence)
    length_ms = evidence.facts.duration_ms
    if not 0 <= place.start_ms <= place.end_ms:
        return "A time range begins at 0 or later and ends after it begins."
    if length_ms is not None and place.end_ms > length_ms + _SLACK_MS:
        return f"The time range ends after the end of “{evidence.label}”."
    return ""


def _page_misfit(place: PageBox, evidence: Evidence) -> str:
    facts = evidence.facts
    # Nobody looked into this image when it was handed in: only its viewer has seen whether there are several.
    is_unknown = evidence.kind is EvidenceKind.IMAGE and facts.pages is None and facts.width is None
    if not (is_unknown or _has_pages(evidence)):
        return _wrong_kind(evidence)
    return _no_page(place.page, evidence) or _box_misfit(place.box)


def _page_quote_misfit(place: PageQuote, evidence: Evidence) -> str:
    if evidence.kind is not EvidenceKind.PDF:
        return _wrong_kind(evidence)
    return _no_page(place.page, evidence) or _quote_misfit(place, evidence)


def _quote_misfit(place: TextQuote | PageQuote, evidence: Evidence) -> str:
    if place.start < 0:
        return f"A quotation from “{evidence.label}” starts at 0 or later."
    return "" if place.exact.strip() else "A quotation needs some words."


def _looked_misfit(place: LookedThrough, evidence: Evidence) -> str:
    if place.unit != looked_unit(evidence):
        return _wrong_kind(evidence)
    if not 0 < place.seen <= place.total:
        return f"Of “{evidence.label}”, something was looked through, and not more than all."
    facts = evidence.facts
    known, slack = {
        "ms": (facts.duration_ms, _SLACK_MS),
        "pages": (facts.pages, 0),
        "whole": (1, 0),
    }[place.unit]
    is_all = known is None or abs(place.total - known) <= slack
    return "" if is_all else f"“{evidence.label}” is not as long as that."


def _has_pages(evidence: Evidence) -> bool:
    """A PDF, or an image of several pages."""
    is_stack = evidence.kind is EvidenceKind.IMAGE and (evidence.facts.pages or 1) > 1
    return evidence.kind is EvidenceKind.PDF or is_stack


def _no_page(page: int, evidence: Evidence) -> str:
    pages = evidence.facts.pages
    is_there = page >= 0 and (pages is None or page < pages)
    return "" if is_there else f"“{evidence.label}” has no page {page + 1}."


def _box_misfit(box: Box) -> str:
    across = box.x >= -_EDGE and box.width > 0 and box.x + box.width <= 1 + _EDGE
    down = box.y >= -_EDGE and box.height > 0 and box.y + box.height <= 1 + _EDGE
    return "" if across and down else "The box reaches over the edge."


def _wrong_kind(evidence: Evidence) -> str:
    return f"“{evidence.label}” has no place of this kind."
