"""Places as fragments of an address: `t=` and `xywh=percent:` of W3C Media Fragments, `page=` of RFC 3778 and 8118.

Numbers are written as exact decimals, never with an exponent, so that the same floats come back.
A string that is no such fragment gives None; why, the caller says.
"""

import re
from decimal import Decimal, localcontext
from math import isfinite

from workbench.model.citation import Box, TimeRange

TIME_RULE = "a time range reads t=START,END in seconds with at most three decimals, START before END"
BOX_RULE = "a box reads xywh=percent:X,Y,WIDTH,HEIGHT in decimals without an exponent"
PAGE_RULE = "a page reads page=N, counted from 1"

_SECONDS = r"(\d{1,12})(?:\.(\d{1,3}))?"
_TIME = re.compile(rf"t=(?:npt:)?{_SECONDS},{_SECONDS}", re.ASCII)
# The longest that a double can be written: 309 digits before the point, 1,074 after it.
_PERCENT = r"(-?\d{1,312}(?:\.\d{1,1080})?)"
_BOX = re.compile(rf"xywh=percent:{_PERCENT},{_PERCENT},{_PERCENT},{_PERCENT}", re.ASCII)
_PAGE = re.compile(r"page=(\d{1,9})", re.ASCII)
_DIGITS = 1_500


def time_fragment(place: TimeRange) -> str:
    """`t=260.000,302.900`; a single moment is written one millisecond long, for an empty range means nothing."""
    end_ms = place.start_ms + 1 if is_moment(place) else place.end_ms
    return f"t={_seconds(place.start_ms)},{_seconds(end_ms)}"


def is_moment(place: TimeRange) -> bool:
    """Whether the range has no length: a still picture was cited."""
    return place.start_ms == place.end_ms


def read_time(fragment: str) -> TimeRange | None:
    """The range of a `t=` fragment."""
    if (found := _TIME.fullmatch(fragment)) is None:
        return None
    start_ms, end_ms = _milliseconds(*found.group(1, 2)), _milliseconds(*found.group(3, 4))
    return TimeRange(start_ms=start_ms, end_ms=end_ms) if start_ms < end_ms else None


def box_fragment(box: Box) -> str:
    """`xywh=percent:10,12.5,30,40`."""
    return "xywh=percent:" + ",".join(_percent(each) for each in (box.x, box.y, box.width, box.height))


def read_box(fragment: str) -> Box | None:
    """The box of an `xywh=percent:` fragment, in fractions of 1."""
    if (found := _BOX.fullmatch(fragment)) is None:
        return None
    x, y, width, height = edges = [_fraction(each) for each in found.groups()]
    return Box(x=x, y=y, width=width, height=height) if all(map(isfinite, edges)) else None


def page_fragment(page: int) -> str:
    """`page=1` for page 0: here pages count from 0, in an address from 1."""
    return f"page={page + 1}"


def read_page_number(fragment: str) -> int | None:
    """The page of a `page=` fragment, counted from 0."""
    found = _PAGE.fullmatch(fragment)
    return int(found[1]) - 1 if found and int(found[1]) > 0 else None


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds // 1000}.{milliseconds % 1000:03}"


def _milliseconds(whole: str, decimals: str | None) -> int:
    return int(whole) * 1000 + int((decimals or "").ljust(3, "0"))


def _percent(fraction: float) -> str:
    # repr() is the shortest decimal that gives this very float; moving its point by two loses nothing.
    text = format(Decimal(repr(float(fraction))).scaleb(2), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _fraction(percent: str) -> float:
    with localcontext() as context:
        context.prec = _DIGITS
        return float(Decimal(percent).scaleb(-2))
