"""The order in which citations are read: by evidence, then by place, then as they were made."""

from collections.abc import Iterable, Sequence
from math import inf

from workbench.model.citation import Citation, ImageBox, LookedThrough, PageBox, PageQuote, Place, TextQuote, TimeRange
from workbench.model.submission import Evidence


def in_reading_order(citations: Iterable[Citation], evidence: Sequence[Evidence]) -> tuple[Citation, ...]:
    """Sorted by the evidence's order, then by time, page, height or character; unknown evidence comes last."""
    order = {item.id: item.order for item in evidence}
    last = max(order.values(), default=0) + 1

    def key(citation: Citation) -> tuple[int, float, float, str]:
        return (order.get(citation.evidence_id, last), *_along(citation.place), citation.id)

    return tuple(sorted(citations, key=key))


def _along(place: Place) -> tuple[float, float]:
    match place:
        case TimeRange():
            return place.start_ms, place.end_ms
        case PageBox():
            return place.page, place.box.y
        case ImageBox():
            return place.box.y, place.box.x
        case TextQuote():
            return place.start, 0
        case PageQuote():
            # After the page's boxes: where its words stand on the page, nobody knows here.
            return place.page, 2 + place.start
        case LookedThrough():
            return inf, 0
