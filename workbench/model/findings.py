"""What a machine can say of a piece of evidence without judging it: facts of picture, sound and pages. Values only."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from workbench.model.ids import EvidenceId

Unit = Literal["ms", "pages", "whole"]
"""What an evidence is looked over in: milliseconds, pages, or as a whole."""

PART_MS = 20_000
"""A part takes a worker a second or two: what a person asks for meanwhile waits no longer than that."""
PART_PAGES = 8
MOST_PARTS = 200_000
METHOD = 1
"""Counts up when evidence must be looked over anew, because it would be found otherwise now."""


class FindingKind(StrEnum):
    """What was seen or heard; never what it means."""

    BLACK = "black"
    DARK = "dark"
    FROZEN = "frozen"
    BLURRED = "blurred"
    SILENT = "silent"
    NO_SOUND = "no_sound"
    BLANK = "blank"
    UNREADABLE = "unreadable"


SHORTEST_MS = {
    FindingKind.BLACK: 2_000,
    FindingKind.DARK: 2_000,
    FindingKind.FROZEN: 2_000,
    FindingKind.BLURRED: 2_000,
    FindingKind.SILENT: 5_000,
}
"""Shorter stretches are not told; docs/facts.md has the reasons."""
GAP_MS = 1_000
"""Stretches of a kind that are no farther apart are one: a second is as fine as the looking is."""
LOOSE_MS = 500
"""A stretch may be so much longer than it was seen to be: it began and ended between two looks."""
_IS_SAID_ALREADY = {
    FindingKind.DARK: (FindingKind.BLACK,),
    FindingKind.FROZEN: (FindingKind.BLACK,),
    FindingKind.BLURRED: (FindingKind.BLACK, FindingKind.DARK),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """In a recording from `start_ms` to `end_ms`, in a document on `page` (from 0), else of the whole.

    `measure` is the number that led to it, in the unit that docs/facts.md names for the kind.
    """

    kind: FindingKind
    start_ms: int | None = None
    end_ms: int | None = None
    page: int | None = None
    measure: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """A picture in 64 bits that stay much the same when it is resized or compressed again; `at` in the unit."""

    at: int
    bits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedOver:
    """What one part of an evidence showed. There are `parts`; `length` in ms or pages, 0 where it is not known."""

    parts: int
    unit: Unit
    length: int
    findings: tuple[Finding, ...] = ()
    fingerprints: tuple[Fingerprint, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether a worker that was taken over by a file could not have done harm with these numbers."""
        times = [time or 0 for each in self.findings for time in (each.start_ms, each.end_ms, each.page)]
        prints = self.fingerprints
        return (
            0 < self.parts <= MOST_PARTS
            and 0 <= self.length < 1 << 31
            and len(self.findings) + len(prints) <= 10_000
            and all(0 <= time < 1 << 32 for time in times)
            and all(0 <= each.bits < 1 << 64 and 0 <= each.at < 1 << 32 for each in prints)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFindings:
    """What is known so far: `done` parts of `parts` were looked over; 0 parts: nobody has looked yet."""

    done: int = 0
    parts: int = 0
    unit: Unit = "whole"
    length: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether everything was looked over."""
        return 0 < self.parts <= self.done


@dataclass(frozen=True, slots=True, kw_only=True)
class SameEvidence:
    """Another evidence on this laptop with the same bytes, or with pictures that look alike.

    `alike` of `pictures` fingerprints of the one that was asked about are found there; 0 of 0 for the same bytes.
    """

    evidence_id: EvidenceId
    label: str
    pseudonym: str
    attempt: int
    is_exact: bool
    is_same_educator: bool
    is_same_attempt: bool
    alike: int = 0
    pictures: int = 0


def told(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings of all parts as people are told them: touching stretches joined, short ones left out, in order."""
    timed: dict[FindingKind, list[Finding]] = {}
    others: list[Finding] = []
    for finding in findings:
        (others if finding.start_ms is None else timed.setdefault(finding.kind, [])).append(finding)
    joined = {kind: _long_enough(kind, _joined(each)) for kind, each in timed.items()}
    stretches = [each for kind, found in joined.items() for each in found if not _is_said(each, joined)]
    return tuple(sorted({*others, *stretches}, key=_order))


def unreadable(part: int, known: EvidenceFindings) -> LookedOver:
    """What is to be kept of a part that stopped the program that looked at it."""
    finding = Finding(kind=FindingKind.UNREADABLE)
    if known.unit == "ms":
        end_ms = min(known.length, (part + 1) * PART_MS)
        found: tuple[Finding, ...] = (replace(finding, start_ms=part * PART_MS, end_ms=end_ms),)
    else:
        pages = range(part * PART_PAGES, min(known.length, (part + 1) * PART_PAGES))
        found = tuple(replace(finding, page=page) for page in pages)
    return LookedOver(parts=known.parts, unit=known.unit, length=known.length, findings=found)


def _joined(findings: list[Finding]) -> list[Finding]:
    """Stretches of one kind in order, those that touch as one; its measure is that of the longest."""
    found: list[Finding] = []
    for finding in sorted(findings, key=lambda each: (each.start_ms or 0, each.end_ms or 0)):
        last = found[-1] if found else None
        if last is None or (finding.start_ms or 0) > (last.end_ms or 0) + GAP_MS:
            found.append(finding)
            continue
        longest = max(last, finding, key=_length)
        end_ms = max(last.end_ms or 0, finding.end_ms or 0)
        found[-1] = replace(last, end_ms=end_ms, measure=longest.measure)
    return found


def _long_enough(kind: FindingKind, findings: list[Finding]) -> list[Finding]:
    return [each for each in findings if _length(each) + LOOSE_MS >= SHORTEST_MS.get(kind, 0)]


def _is_said(finding: Finding, joined: dict[FindingKind, list[Finding]]) -> bool:
    """Whether a stronger fact about the same stretch says it already: what is black stands still as well."""
    stronger = [each for kind in _IS_SAID_ALREADY.get(finding.kind, ()) for each in joined.get(kind, [])]
    covered = sum(_shared(finding, each) for each in stronger)
    return covered * 2 > _length(finding)


def _shared(one: Finding, other: Finding) -> int:
    start = max(one.start_ms or 0, other.start_ms or 0)
    return max(0, min(one.end_ms or 0, other.end_ms or 0) - start)


def _length(finding: Finding) -> int:
    return (finding.end_ms or 0) - (finding.start_ms or 0)


def _order(finding: Finding) -> tuple[int, int, int, str]:
    # What is true of the whole comes first.
    return (
        finding.start_ms if finding.start_ms is not None else -1,
        finding.page if finding.page is not None else -1,
        finding.end_ms or 0,
        finding.kind.value,
    )
