"""A citation in words, for people and for the educator's feedback. Never a path or a file name."""

from workbench.model.citation import Box, ImageBox, LookedThrough, PageBox, PageQuote, Place, TextQuote, TimeRange

_QUOTED_CHARACTERS = 60


def in_words(place: Place, evidence_label: str) -> str:
    """Such as "▶ 04:20–05:02", "Lesson plan, page 3", "Student work, top left", "Reflection, “…”"."""
    match place:
        case TimeRange():
            return f"▶ {_time_range(place)}"
        case PageBox():
            return f"{evidence_label}, page {place.page + 1}"
        case ImageBox():
            return ", ".join(part for part in (evidence_label, _region(place.box)) if part)
        case TextQuote():
            return f"{evidence_label}, “{_shortened(place.exact)}”"
        case PageQuote():
            return f"{evidence_label}, page {place.page + 1}, “{_shortened(place.exact)}”"
        case LookedThrough():
            return f"{evidence_label}, {_amount_seen(place)}looked through"


def percent(place: LookedThrough) -> int:
    """How much of it was looked through; 100 only when it was all, 0 never."""
    return max(1, place.seen * 100 // max(1, place.total))


def clock_time(milliseconds: int) -> str:
    """Minutes and seconds, "04:20"; from an hour on "1:04:20"."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def _time_range(place: TimeRange) -> str:
    start, end = clock_time(place.start_ms), clock_time(place.end_ms)
    return start if start == end else f"{start}–{end}"


def _amount_seen(place: LookedThrough) -> str:
    if place.unit == "whole":
        return ""
    return f"{percent(place)} % " if place.unit == "ms" else f"{place.seen} of {place.total} pages "


def _region(box: Box) -> str:
    if box.width >= 0.9 and box.height >= 0.9:
        return ""
    column = _third(box.x + box.width / 2, ("left", "", "right"))
    row = _third(box.y + box.height / 2, ("top", "", "bottom"))
    return " ".join(part for part in (row, column) if part) or "middle"


def _third(middle: float, names: tuple[str, str, str]) -> str:
    return names[min(2, int(middle * 3))]


def _shortened(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _QUOTED_CHARACTERS else plain[:_QUOTED_CHARACTERS].rstrip() + "…"
