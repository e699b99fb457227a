"""Where the pages of a document stand when they run continuously. Pure geometry in logical pixels; draws nothing."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

GAP = 12
"""Pixels between two pages and around them."""
POINTS_TO_PIXELS = 96 / 72
"""At 100 % a page has its size on paper, at 96 pixels an inch."""
SMALLEST_ZOOM, LARGEST_ZOOM = 0.25, 8.0


@dataclass(frozen=True, slots=True)
class PageSpot:
    """One page's rectangle within the scrolled area."""

    left: float
    top: float
    width: float
    height: float


class PageLayout:
    """Pages of `sizes` (points) one below the other at `zoom`, centred in `view_width` pixels."""

    def __init__(self, sizes: Sequence[tuple[float, float]], zoom: float, view_width: float) -> None:
        scale = zoom * POINTS_TO_PIXELS
        self.zoom = zoom
        widest = max((width for width, _height in sizes), default=0.0) * scale
        self.width = max(widest + 2 * GAP, view_width)
        self.spots: list[PageSpot] = []
        top = float(GAP)
        for points_wide, points_high in sizes:
            width, height = max(1.0, points_wide * scale), max(1.0, points_high * scale)
            self.spots.append(PageSpot((self.width - width) / 2, top, width, height))
            top += height + GAP
        self.height = top
        self._tops = [spot.top for spot in self.spots]

    def visible(self, top: float, height: float) -> range:
        """The pages of which a part stands between `top` and `top + height`."""
        first = max(0, bisect_right(self._tops, top) - 1)
        if first < len(self.spots) and self.spots[first].top + self.spots[first].height <= top:
            first += 1
        return range(first, max(first, bisect_right(self._tops, top + height)))

    def page_at(self, y: float) -> int:
        """The page at that height, or the nearest above it; 0 for an empty document."""
        return max(0, min(len(self.spots) - 1, bisect_right(self._tops, y) - 1))


def fit_width(sizes: Sequence[tuple[float, float]], view_width: float) -> float:
    """The zoom at which the widest page fills `view_width` pixels with the gap on both sides."""
    widest = max((width for width, _height in sizes), default=0.0) * POINTS_TO_PIXELS
    return clamp_zoom((view_width - 2 * GAP) / widest) if widest > 0 else 1.0


def fit_page(sizes: Sequence[tuple[float, float]], view_width: float, view_height: float) -> float:
    """The zoom at which the largest page is seen whole."""
    tallest = max((height for _width, height in sizes), default=0.0) * POINTS_TO_PIXELS
    across = fit_width(sizes, view_width)
    return clamp_zoom(min(across, (view_height - 2 * GAP) / tallest)) if tallest > 0 else across


def clamp_zoom(zoom: float) -> float:
    """The zoom within 25 to 800 %."""
    return max(SMALLEST_ZOOM, min(LARGEST_ZOOM, zoom))
