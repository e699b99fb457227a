"""Numbers about one grey picture, and where they begin to be a fact. Worker processes only; docs/facts.md has sources.

Grey is rows of bytes, 0 black to 255 white, full range.
"""

from typing import Any

from workbench.model.findings import FindingKind

SIDE_PX = 480
"""Pictures are looked at this large at most: a page's small print and a recording's edges are still there."""
BLACK_LEVEL = 26
BLACK_SHARE = 0.98
"""Of FFmpeg's blackdetect: a pixel is black up to 0.10 of the scale, a picture when 0.98 of its pixels are."""
DARK_MEAN = 36.0
"""Our own: half the light (linear) of a night scene's middle grey; a lit classroom lies at 80 to 150."""
BLURRED_FROM = 0.62
"""Of 1: sharp pictures lie below 0.45, one blurred over a hundredth of its width above 0.62 (made ones and photos)."""
STILL_BELOW = 0.255
"""Mean difference in grey levels: a thousandth of the scale, the -60 dB of FFmpeg's freezedetect."""
INK_FROM = 26
BLANK_BELOW = 0.0001
"""Share of pixels a tenth of the scale away from the paper: less than a comma on a page."""
_LEAST_CONTRAST = 8.0
_BLUR_SPAN = 9


def look_of(grey: Any) -> "tuple[FindingKind, float] | None":
    """The strongest fact about a picture and its measure; None when nothing stands out."""
    share = float((grey <= BLACK_LEVEL).mean())
    if share >= BLACK_SHARE:
        return FindingKind.BLACK, round(share, 4)
    mean = float(grey.mean())
    if mean < DARK_MEAN:
        return FindingKind.DARK, round(mean, 1)
    blur = blur_of(grey)
    return (FindingKind.BLURRED, round(blur, 3)) if blur >= BLURRED_FROM else None


def blur_of(grey: Any) -> float:
    """0 sharp to 1 blurred, after F. Crete et al., "The blur effect" (2007); 0 for a picture without contrast."""
    import cv2

    # A wall or a sheet of paper has nothing that could be sharp.
    if float(grey.std()) < _LEAST_CONTRAST:
        return 0.0
    sharp = grey.astype("float32")
    across = _lost(sharp, cv2.blur(sharp, (_BLUR_SPAN, 1)), axis=1)
    down = _lost(sharp, cv2.blur(sharp, (1, _BLUR_SPAN)), axis=0)
    return max(across, down)


def ink_of(grey: Any) -> float:
    """The share of a page that is not paper, whatever the paper's colour."""
    import numpy as np

    paper = np.bincount(grey.reshape(-1), minlength=256).argmax()
    return float((np.abs(grey.astype(np.int16) - int(paper)) >= INK_FROM).mean())


def difference_of(one: Any, other: Any) -> float:
    """Mean difference of two pictures of one size, in grey levels; 255 for two sizes."""
    import cv2

    return float(cv2.absdiff(one, other).mean()) if one.shape == other.shape else 255.0


def fitting(width: int, height: int) -> tuple[int, int]:
    """The size in which a picture is looked at."""
    factor = min(1.0, SIDE_PX / max(width, height))
    return max(1, round(width * factor)), max(1, round(height * factor))


def _lost(sharp: Any, blurred: Any, *, axis: int) -> float:
    """How little of the differences between neighbours a further blur takes away."""
    import numpy as np

    before, after = np.abs(np.diff(sharp, axis=axis)), np.abs(np.diff(blurred, axis=axis))
    total = float(before.sum())
    return 1.0 - float(np.maximum(0, before - after).sum()) / total if total > 0 else 0.0
