"""A citation: a place in the evidence that supports, contradicts or fails to show a criterion."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from workbench.model.ids import CitationId, CriterionId, EvidenceHash, EvidenceId

Unit = Literal["ms", "pages", "whole"]
"""What looking through is counted in: milliseconds, pages, or the one whole."""


class Stance(StrEnum):
    """What the place says about the criterion."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle in fractions (0 to 1) of the page or of the upright image, from its top left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRange:
    """From `start_ms` to `end_ms` (inclusive, start ≤ end) of a video or an audio, from its first frame."""

    start_ms: int
    end_ms: int
    type: Literal["time"] = "time"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBox:
    """A box on a page; pages count from 0."""

    page: int
    box: Box
    type: Literal["page"] = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageBox:
    """A box on an image as it stands upright."""

    box: Box
    type: Literal["image"] = "image"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextQuote:
    """An exact quotation with up to 32 characters around it; `start` in characters of the shown text."""

    exact: str
    start: int
    prefix: str = ""
    suffix: str = ""
    type: Literal["text"] = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageQuote:
    """An exact quotation from a page (from 0) with up to 32 characters around it; `start` in its text."""

    page: int
    exact: str
    start: int
    prefix: str = ""
    suffix: str = ""
    type: Literal["page_quote"] = "page_quote"


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedThrough:
    """What was looked through without finding the criterion: `seen` of `total` milliseconds, pages, or 1 of 1."""

    seen: int
    total: int
    unit: Unit
    type: Literal["looked_through"] = "looked_through"


Place = TimeRange | PageBox | ImageBox | TextQuote | PageQuote | LookedThrough


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """`sha256` names the bytes that were looked at."""

    id: CitationId
    criterion_id: CriterionId
    evidence_id: EvidenceId
    sha256: EvidenceHash
    stance: Stance
    place: Place
    note: str = ""
