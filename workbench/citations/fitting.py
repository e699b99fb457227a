"""Whether a place can be in a piece of evidence: the right kind, inside its length, pages and edges."""

from workbench.model.citation import Box, Citation, ImageBox, PageBox, Place, TextQuote, TimeRange
from workbench.model.submission import Evidence, EvidenceKind

_SLACK_MS = 1_000
"""A container's stated length and the last frame differ by less than this."""
_EDGE = 1e-6


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
            return _quote_misfit(place, evidence)


def is_stale(citation: Citation, evidence: Evidence | None) -> bool:
    """Whether the cited bytes are no longer the ones of the submission."""
    return evidence is None or evidence.sha256 != citation.sha256


def _time_misfit(place: TimeRange, evidence: Evidence) -> str:
    if evidence.kind not in (EvidenceKind.VIDEO, EvidenceKind.AUDIO):
        return _wrong_kind(evidence)
    length_ms = evidence.facts.duration_ms
    if not 0 <= place.start_ms <= place.end_ms:
        return "A time range begins at 0 or later and ends after it begins."
    if length_ms is not None and place.end_ms > length_ms + _SLACK_MS:
        return f"The time range ends after the end of “{evidence.label}”."
    return ""


def _page_misfit(place: PageBox, evidence: Evidence) -> str:
    if evidence.kind is not EvidenceKind.PDF:
        return _wrong_kind(evidence)
    pages = evidence.facts.pages
    if place.page < 0 or (pages is not None and place.page >= pages):
        return f"“{evidence.label}” has no page {place.page + 1}."
    return _box_misfit(place.box)


def _quote_misfit(place: TextQuote, evidence: Evidence) -> str:
    if evidence.kind not in (EvidenceKind.TEXT, EvidenceKind.PDF, EvidenceKind.LINK):
        return _wrong_kind(evidence)
    return "" if place.exact.strip() and place.start >= 0 else "A quotation needs some words."


def _box_misfit(box: Box) -> str:
    across = box.x >= -_EDGE and box.width > 0 and box.x + box.width <= 1 + _EDGE
    down = box.y >= -_EDGE and box.height > 0 and box.y + box.height <= 1 + _EDGE
    return "" if across and down else "The box reaches over the edge."


def _wrong_kind(evidence: Evidence) -> str:
    return f"“{evidence.label}” has no place of this kind."
