"""Pictures in 64 bits: the signs of the coarsest waves in a small grey copy. Worker processes only.

The perceptual hash of C. Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions" (2010), 3.2.1.
"""

from typing import Any

SIDE = 32
_WAVES = 8
_LEAST_CONTRAST = 6.0
"""Standard deviation of the small copy, in grey levels: flatter ones (blank pages) are all alike."""


def fingerprint(grey: Any) -> int | None:
    """64 bits of a grey picture (rows of bytes); None for one too plain to be told from others."""
    import cv2
    import numpy as np

    small = cv2.resize(grey, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    if float(small.std()) < _LEAST_CONTRAST:
        return None
    # Without the first row and column, which hold but the lightness of the whole and of its bands.
    waves = cv2.dct(small)[1 : _WAVES + 1, 1 : _WAVES + 1].flatten()
    bits = 0
    for is_above in waves > np.median(waves):
        bits = bits << 1 | int(is_above)
    return bits
