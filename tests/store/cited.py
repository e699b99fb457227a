"""An assignment with evidence of every kind, and citations of every place in it."""

from tests.store import world
from workbench.model.citation import (
    Box,
    Citation,
    ImageBox,
    LookedThrough,
    PageBox,
    PageQuote,
    Place,
    Stance,
    TextQuote,
    TimeRange,
)
from workbench.model.ids import CitationId, CriterionId, EvidenceHash, EvidenceId, new_id
from workbench.model.submission import Evidence, EvidenceFacts, EvidenceKind
from workbench.wire.exchange import Change, SubmissionChange

QUESTIONS, WAIT_TIME = world.CRITERIA
KINDS = {"video": EvidenceKind.VIDEO, "plan": EvidenceKind.PDF, "photo": EvidenceKind.IMAGE, "words": EvidenceKind.TEXT}
THIRD = Box(x=0.1, y=1 / 3, width=0.7, height=0.30000000000000004)
PLACES: dict[str, tuple[Place, ...]] = {
    "video": (
        TimeRange(start_ms=260_000, end_ms=302_900),
        TimeRange(start_ms=7, end_ms=7),
        LookedThrough(seen=576_000, total=600_000, unit="ms"),
    ),
    "plan": (
        PageBox(page=2, box=THIRD),
        TextQuote(exact="“Wait”", start=3, prefix="1. ", suffix=" four\nseconds"),
        PageQuote(page=1, exact="“Wait”", start=40, prefix="1. ", suffix=" four\nseconds"),
        LookedThrough(seen=4, total=4, unit="pages"),
    ),
    "photo": (ImageBox(box=THIRD),),
    "words": (TextQuote(exact="I waited 🙂", start=0),),
}


def evidence(number: int, which: str) -> Evidence:
    return Evidence(
        id=EvidenceId(f"e{number}-{which}"),
        order=list(KINDS).index(which),
        label=which.title(),
        kind=KINDS[which],
        sha256=EvidenceHash(world.evidence(number, which).sha256),
        size=9,
        facts=EvidenceFacts(duration_ms=600_000 if which == "video" else None, pages=4 if which == "plan" else None),
    )


def made(number: int) -> list[Citation]:
    """One citation of every place, with notes in several scripts."""
    return [
        Citation(
            id=CitationId(new_id()),
            criterion_id=CriterionId(QUESTIONS if turn % 2 else WAIT_TIME),
            evidence_id=EvidenceId(f"e{number}-{which}"),
            sha256=evidence(number, which).sha256,
            stance=Stance.ABSENT if isinstance(place, LookedThrough) else list(Stance)[turn % 3],
            place=place,
            note=("", "She waits ‘long’ – é, ж, 問", 'a "quoted"\nline')[turn % 3],
        )
        for turn, (which, place) in enumerate((which, place) for which, places in PLACES.items() for place in places)
    ]


def programme(count: int) -> list[Change]:
    """The small programme, each submission with a file of every kind."""
    work = [
        SubmissionChange(submission=world.submission(each, *(evidence(each, which) for which in KINDS)))
        for each in range(1, count + 1)
    ]
    return [*world.programme(count), *work]
