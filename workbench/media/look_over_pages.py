"""Pages of a PDF or of an image file, looked over one by one: what fails is the fact about that page, not the end.

Judges nothing.
"""

from collections.abc import Callable
from typing import Any

from workbench.decoding.frames import Raster
from workbench.errors import EvidenceError, PasswordNeededError
from workbench.media.drawing import Drawing
from workbench.media.fingerprints import fingerprint
from workbench.media.look_over_measures import BLANK_BELOW, ink_of, look_of
from workbench.model.findings import PART_PAGES, Finding, FindingKind, Fingerprint, LookedOver, Unit

_DRAWN = Callable[[int], Raster | Drawing]


def look_over_pages(part: int, pages: int, draw: _DRAWN) -> LookedOver:
    """Part `part` (from 0) of a PDF with so many pages. Raises EvidenceError for a part that is not there."""
    return _part(part, pages, draw, "pages", _look_at_page)


def look_over_image(part: int, pages: int, draw: _DRAWN) -> LookedOver:
    """Part `part` of an image, or of a file of several; of a single one the facts are of the whole."""
    return _part(part, pages, draw, "whole" if pages == 1 else "pages", _look_at_image)


def _part(
    part: int, pages: int, draw: _DRAWN, unit: Unit, look: "Callable[[Any], tuple[FindingKind, float] | None]"
) -> LookedOver:
    if not 0 <= part * PART_PAGES < pages:
        raise EvidenceError("There is no such part of the document.")
    findings: list[Finding] = []
    prints: list[Fingerprint] = []
    for page in range(part * PART_PAGES, min(pages, (part + 1) * PART_PAGES)):
        place = None if unit == "whole" else page
        try:
            grey = _grey(draw(page))
        except PasswordNeededError:
            raise
        except EvidenceError:
            if unit == "whole":
                raise
            findings.append(Finding(kind=FindingKind.UNREADABLE, page=place))
            continue
        if (found := look(grey)) is not None:
            findings.append(Finding(kind=found[0], page=place, measure=found[1]))
        if (bits := fingerprint(grey)) is not None:
            prints.append(Fingerprint(at=page, bits=bits))
    return LookedOver(
        parts=-(-pages // PART_PAGES),
        unit=unit,
        length=pages,
        findings=tuple(findings),
        fingerprints=tuple(prints),
    )


def _look_at_page(grey: Any) -> tuple[FindingKind, float] | None:
    ink = ink_of(grey)
    return (FindingKind.BLANK, round(ink, 6)) if ink < BLANK_BELOW else None


def _look_at_image(grey: Any) -> tuple[FindingKind, float] | None:
    found = look_of(grey)
    # A still that is black is a very dark one: nobody waits for its picture to come.
    return (FindingKind.DARK, round(float(grey.mean()), 1)) if found and found[0] is FindingKind.BLACK else found


def _grey(picture: Raster | Drawing) -> Any:
    import cv2
    import numpy as np

    if isinstance(picture, Drawing):
        pixels = bytearray(picture.width * picture.height * 4)
        with memoryview(pixels) as room:
            picture.paint(room)
    else:
        pixels = bytearray(picture.data)
    colours = np.frombuffer(pixels, np.uint8).reshape(picture.height, picture.width, 4)
    return cv2.cvtColor(colours, cv2.COLOR_BGRA2GRAY)
