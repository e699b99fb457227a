"""Facts about an evidence as plain sentences, with where they lead. Knows no widget, and no word of judgement."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from workbench.model.findings import EvidenceFindings, Finding, FindingKind, SameEvidence
from workbench.model.ids import EvidenceId
from workbench.model.submission import Evidence
from workbench.ui import words
from workbench.ui.viewers import facts

MOST_LINES = 200


def _tr(text: str) -> str:
    return QCoreApplication.translate("factWords", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """A sentence, and the time, the page or the other evidence that it leads to."""

    text: str
    at_ms: int | None = None
    page: int | None = None
    evidence_id: EvidenceId | None = None

    @property
    def leads(self) -> bool:
        """Whether there is somewhere to go."""
        return self.at_ms is not None or self.page is not None or self.evidence_id is not None


def measures(evidence: Evidence, known: EvidenceFindings) -> str:
    """`Video · 12:04 · 34.5 MB`: kind, length or pages, size."""
    length = facts.measure(evidence)
    if known.length and known.unit == "ms":
        length = words.clock(known.length)
    elif known.length and known.unit == "pages":
        length = words.counted(known.length, _tr("page"), _tr("pages"))
    parts = dict.fromkeys([facts.kind_name(evidence.kind), length, words.amount(evidence.size)])
    return " · ".join(parts)


def state(known: EvidenceFindings, problem: str, *, has_more: bool) -> str:
    """How far the looking is. `has_more`: some fact is listed below."""
    if problem:
        return problem
    if not known.parts:
        return _tr("Not looked over yet.")
    if not known.is_whole:
        return _tr("Looking: {done} of {all}.").format(done=_looked_at(known, known.done), all=_looked_at(known))
    if has_more:
        return _tr("Looked at all {all}.").format(all=_looked_at(known)) if known.unit != "whole" else ""
    if known.unit == "whole" or not known.length:
        return _tr("Nothing stands out.")
    return _tr("Nothing stands out. Looked at all {all}.").format(all=_looked_at(known))


def lines(known: EvidenceFindings, same: Sequence[SameEvidence]) -> tuple[FactLine, ...]:
    """One sentence for each fact, in the order of the evidence, then where else it is."""
    told = [*_told(known.findings), *(_same(each) for each in same)]
    if len(told) <= MOST_LINES:
        return tuple(told)
    rest = _tr("And {count} more.").format(count=len(told) - MOST_LINES)
    return (*told[:MOST_LINES], FactLine(text=rest))


def _looked_at(known: EvidenceFindings, parts: int | None = None) -> str:
    """So many parts of it as a time or as pages; without a number, all of it."""
    share = 1.0 if parts is None else parts / max(1, known.parts)
    if known.unit == "ms":
        return words.clock(round(known.length * share))
    count = round(known.length * share)
    return words.counted(count, _tr("page"), _tr("pages"))


def _told(findings: Sequence[Finding]) -> Iterator[FactLine]:
    """Pages of a kind that follow each other make one sentence."""
    place = 0
    while place < len(findings):
        first = findings[place]
        count = 1
        while first.page is not None and _follows(findings, place + count, first, count):
            count += 1
        yield _line(first, count)
        place += count


def _follows(findings: Sequence[Finding], place: int, first: Finding, count: int) -> bool:
    if place >= len(findings) or first.page is None:
        return False
    return findings[place].kind is first.kind and findings[place].page == first.page + count


def _line(finding: Finding, count: int) -> FactLine:
    if finding.start_ms is not None and finding.end_ms is not None:
        start, end = words.clock(finding.start_ms), words.clock(finding.end_ms)
        text = _of_time(finding.kind).format(start=start, end=end)
        return FactLine(text=text, at_ms=finding.start_ms)
    if finding.page is not None:
        one, many = _of_pages(finding.kind)
        text = (one if count == 1 else many).format(first=finding.page + 1, last=finding.page + count)
        return FactLine(text=text, page=finding.page)
    return FactLine(text=_of_whole(finding.kind))


def _of_time(kind: FindingKind) -> str:
    return {
        FindingKind.BLACK: _tr("Black {start} to {end}"),
        FindingKind.DARK: _tr("Very dark {start} to {end}"),
        FindingKind.FROZEN: _tr("The picture stands still {start} to {end}"),
        FindingKind.BLURRED: _tr("Blurred {start} to {end}"),
        FindingKind.SILENT: _tr("Silent {start} to {end}"),
    }.get(kind, _tr("Cannot be decoded {start} to {end}"))


def _of_pages(kind: FindingKind) -> tuple[str, str]:
    return {
        FindingKind.BLANK: (_tr("Page {first} is blank"), _tr("Pages {first} to {last} are blank")),
        FindingKind.DARK: (_tr("Page {first} is very dark"), _tr("Pages {first} to {last} are very dark")),
        FindingKind.BLURRED: (_tr("Page {first} is blurred"), _tr("Pages {first} to {last} are blurred")),
    }.get(kind, (_tr("Page {first} cannot be drawn"), _tr("Pages {first} to {last} cannot be drawn")))


def _of_whole(kind: FindingKind) -> str:
    return {
        FindingKind.NO_SOUND: _tr("There is no sound in this recording"),
        FindingKind.DARK: _tr("The image is very dark"),
        FindingKind.BLURRED: _tr("The image is blurred"),
    }.get(kind, _tr("It cannot be decoded"))


def _same(other: SameEvidence) -> FactLine:
    if other.is_same_attempt:
        where = _tr("in this submission")
    elif other.is_same_educator:
        where = _tr("in attempt {attempt} of this educator").format(attempt=other.attempt)
    else:
        where = _tr("in {pseudonym}'s submission").format(pseudonym=other.pseudonym)
    if other.is_exact:
        text = _tr("The same file as “{label}” {where}")
    elif other.pictures > 1:
        text = _tr("Looks like “{label}” {where}, in {alike} of {pictures} pictures")
    else:
        text = _tr("Looks like “{label}” {where}")
    said = text.format(label=other.label, where=where, alike=other.alike, pictures=other.pictures)
    return FactLine(text=said, evidence_id=other.evidence_id if other.is_same_attempt else None)
