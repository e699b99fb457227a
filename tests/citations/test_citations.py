"""Citations in words, in order, and only where they fit."""

from dataclasses import replace

import pytest

from workbench.citations.fitting import is_stale, looked_unit, misfit, objection
from workbench.citations.ordering import in_reading_order
from workbench.citations.words import clock_time, in_words, percent
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
from workbench.model.ids import CitationId, CriterionId, EvidenceHash, EvidenceId
from workbench.model.submission import Evidence, EvidenceFacts, EvidenceKind

HERE = Box(x=0.1, y=0.1, width=0.2, height=0.2)


def evidence(kind: EvidenceKind, order: int = 1) -> Evidence:
    return Evidence(
        id=EvidenceId(f"{kind.value}-{order}"),
        order=order,
        label="Lesson plan",
        kind=kind,
        sha256=EvidenceHash("0" * 64),
        size=9,
        facts=EvidenceFacts(pages=4, duration_ms=600_000),
    )


def citation(place: Place, item: Evidence, name: str = "c1") -> Citation:
    return Citation(
        id=CitationId(name),
        criterion_id=CriterionId("q"),
        evidence_id=item.id,
        sha256=item.sha256,
        stance=Stance.SUPPORTS,
        place=place,
    )


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (TimeRange(start_ms=260_000, end_ms=302_900), "▶ 04:20–05:02"),
        (TimeRange(start_ms=260_000, end_ms=260_400), "▶ 04:20"),
        (TimeRange(start_ms=3_600_000, end_ms=3_661_000), "▶ 1:00:00–1:01:01"),
        (PageBox(page=2, box=HERE), "Lesson plan, page 3"),
        (ImageBox(box=HERE), "Lesson plan, top left"),
        (ImageBox(box=Box(x=0.4, y=0.4, width=0.2, height=0.2)), "Lesson plan, middle"),
        (ImageBox(box=Box(x=0, y=0, width=1, height=1)), "Lesson plan"),
        (TextQuote(exact="I waited\nfour seconds", start=0), "Lesson plan, “I waited four seconds”"),
        (PageQuote(page=2, exact="I\nwaited", start=0), "Lesson plan, page 3, “I waited”"),
        (LookedThrough(seen=576_999, total=600_000, unit="ms"), "Lesson plan, 96 % looked through"),
        (LookedThrough(seen=8, total=8, unit="pages"), "Lesson plan, 8 of 8 pages looked through"),
        (LookedThrough(seen=1, total=1, unit="whole"), "Lesson plan, looked through"),
    ],
)
def test_that_a_citation_reads_as_a_person_would_say_it(place: Place, words: str) -> None:
    assert in_words(place, "Lesson plan") == words


@pytest.mark.parametrize(
    ("facts", "fits"),
    [(EvidenceFacts(), True), (EvidenceFacts(width=9, height=9), False), (EvidenceFacts(width=9, pages=4), True)],
)
def test_that_a_page_of_an_image_fits_unless_it_is_known_to_have_only_one(facts: EvidenceFacts, fits: bool) -> None:
    image = replace(evidence(EvidenceKind.IMAGE), facts=facts)
    assert (misfit(PageBox(page=3, box=HERE), image) == "") is fits


def test_that_a_long_quotation_is_shortened() -> None:
    assert len(in_words(TextQuote(exact="word " * 99, start=0), "R")) < 75
    assert clock_time(59_999) == "00:59"


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        (TimeRange(start_ms=0, end_ms=600_500), EvidenceKind.VIDEO),
        (TimeRange(start_ms=5, end_ms=5), EvidenceKind.AUDIO),
        (PageBox(page=3, box=HERE), EvidenceKind.PDF),
        (ImageBox(box=Box(x=0, y=0, width=1, height=1)), EvidenceKind.IMAGE),
        (TextQuote(exact="a word", start=3), EvidenceKind.TEXT),
        (TextQuote(exact="a word", start=3), EvidenceKind.PDF),
        (PageQuote(page=3, exact="a word", start=0), EvidenceKind.PDF),
        (PageBox(page=3, box=HERE), EvidenceKind.IMAGE),
        (LookedThrough(seen=1, total=600_900, unit="ms"), EvidenceKind.VIDEO),
        (LookedThrough(seen=600_000, total=600_000, unit="ms"), EvidenceKind.AUDIO),
        (LookedThrough(seen=4, total=4, unit="pages"), EvidenceKind.PDF),
        (LookedThrough(seen=2, total=4, unit="pages"), EvidenceKind.IMAGE),
        (LookedThrough(seen=1, total=1, unit="whole"), EvidenceKind.TEXT),
    ],
)
def test_that_a_place_inside_its_evidence_fits(place: Place, kind: EvidenceKind) -> None:
    assert misfit(place, evidence(kind)) == ""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        (TimeRange(start_ms=0, end_ms=602_000), EvidenceKind.VIDEO),
        (TimeRange(start_ms=9, end_ms=5), EvidenceKind.VIDEO),
        (TimeRange(start_ms=-1, end_ms=5), EvidenceKind.VIDEO),
        (TimeRange(start_ms=0, end_ms=5), EvidenceKind.IMAGE),
        (PageBox(page=4, box=HERE), EvidenceKind.PDF),
        (PageBox(page=-1, box=HERE), EvidenceKind.PDF),
        (PageBox(page=4, box=HERE), EvidenceKind.IMAGE),
        (PageBox(page=0, box=HERE), EvidenceKind.TEXT),
        (PageQuote(page=4, exact="a", start=0), EvidenceKind.PDF),
        (PageQuote(page=0, exact=" ", start=0), EvidenceKind.PDF),
        (PageQuote(page=0, exact="a", start=-1), EvidenceKind.PDF),
        (PageQuote(page=0, exact="a", start=0), EvidenceKind.TEXT),
        (PageQuote(page=0, exact="a", start=0), EvidenceKind.IMAGE),
        (LookedThrough(seen=0, total=600_000, unit="ms"), EvidenceKind.VIDEO),
        (LookedThrough(seen=600_001, total=600_000, unit="ms"), EvidenceKind.VIDEO),
        (LookedThrough(seen=9, total=9_000, unit="ms"), EvidenceKind.VIDEO),
        (LookedThrough(seen=1, total=4, unit="pages"), EvidenceKind.VIDEO),
        (LookedThrough(seen=3, total=3, unit="pages"), EvidenceKind.PDF),
        (LookedThrough(seen=1, total=1, unit="whole"), EvidenceKind.PDF),
        (LookedThrough(seen=2, total=2, unit="whole"), EvidenceKind.TEXT),
        (ImageBox(box=Box(x=0.9, y=0, width=0.2, height=1)), EvidenceKind.IMAGE),
        (ImageBox(box=Box(x=0, y=0, width=0, height=1)), EvidenceKind.IMAGE),
        (ImageBox(box=HERE), EvidenceKind.PDF),
        (TextQuote(exact=" ", start=0), EvidenceKind.TEXT),
        (TextQuote(exact="a", start=0), EvidenceKind.VIDEO),
    ],
)
def test_that_a_place_outside_its_evidence_is_refused_with_a_sentence(place: Place, kind: EvidenceKind) -> None:
    assert misfit(place, evidence(kind)).endswith(".")


def test_that_an_image_of_one_page_is_cited_by_a_box_alone() -> None:
    photo = replace(evidence(EvidenceKind.IMAGE), facts=EvidenceFacts(width=9, height=9))
    assert misfit(PageBox(page=0, box=HERE), photo)
    assert (looked_unit(photo), looked_unit(evidence(EvidenceKind.IMAGE))) == ("whole", "pages")


def test_that_what_was_looked_through_only_says_that_something_is_absent() -> None:
    made = citation(LookedThrough(seen=4, total=4, unit="pages"), evidence(EvidenceKind.PDF))
    assert objection(made, evidence(EvidenceKind.PDF)).endswith("absent.")
    assert objection(replace(made, stance=Stance.ABSENT), evidence(EvidenceKind.PDF)) == ""


def test_that_only_the_whole_is_a_hundred_per_cent_and_something_is_never_none() -> None:
    amounts = [LookedThrough(seen=seen, total=1000, unit="ms") for seen in (1, 995, 999, 1000)]
    assert [percent(each) for each in amounts] == [1, 99, 99, 100]


def test_that_a_citation_of_other_bytes_is_stale() -> None:
    item = evidence(EvidenceKind.PDF)
    cited = citation(PageBox(page=0, box=HERE), item)
    assert not is_stale(cited, item)
    assert is_stale(cited, None)
    assert is_stale(citation(cited.place, evidence(EvidenceKind.PDF)), None)


def test_that_citations_are_read_by_evidence_and_then_by_place() -> None:
    video, plan = evidence(EvidenceKind.VIDEO, 1), evidence(EvidenceKind.PDF, 2)
    late = citation(TimeRange(start_ms=9_000, end_ms=9_500), video, "c1")
    early = citation(TimeRange(start_ms=1_000, end_ms=9_500), video, "c3")
    page = citation(PageBox(page=0, box=HERE), plan, "c2")
    quote = citation(PageQuote(page=0, exact="a", start=7), plan, "c0")
    none = citation(LookedThrough(seen=1, total=600_000, unit="ms"), video, "c00")
    made = [quote, page, none, late, early]
    assert in_reading_order(made, [plan, video]) == (early, late, none, page, quote)
