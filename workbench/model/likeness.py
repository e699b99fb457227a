"""When two evidences count as alike: by the fingerprints of their pictures. Says that they look alike, never why."""

from collections.abc import Iterable, Mapping

from workbench.model.findings import Fingerprint, Unit

NEAR: Mapping[Unit, int] = {"whole": 8, "pages": 2, "ms": 6}
"""Of 64 bits, how many may differ. Copies of photos (smaller, compressed, lighter) differ in 6 at most, other
pictures in 20 and more. A page drawn from the same PDF differs in 2 at most, pages of other text from 4 on. Frames of
one room and one camera are alike already: fewer may differ than between photos."""
LEAST_SHARE = 0.5
"""Of the pictures that can be compared, so many must have their like: a title page in common is no likeness."""
LEAST_FRAMES = 2
"""Of a recording: a single frame may be a title that many have."""

OWN_MOST = 60
"""So many of an evidence's own pictures are compared, evenly chosen: more would tell no more, and take longer."""


def alike(mine: Iterable[Fingerprint], theirs: Iterable[int], unit: Unit) -> int:
    """How many of my pictures have their like among theirs; 0 when too few have."""
    own = [each.bits for each in mine]
    others = list(theirs)
    near = NEAR[unit]
    found = sum(any((bits ^ other).bit_count() <= near for other in others) for bits in own)
    if unit == "ms" and found < LEAST_FRAMES:
        return 0
    return found if own and found >= LEAST_SHARE * min(len(own), len(others)) else 0
