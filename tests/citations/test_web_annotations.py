"""Citations leave as W3C Web Annotations and come back as exactly what they were."""

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.citations.web_annotations import CONTEXT, NAMESPACE, Cited, read_page, write_page
from workbench.errors import DataError
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
from workbench.model.ids import AssignmentId, CitationId, CriterionId, EvidenceHash, EvidenceId

UUID = "019ab3f2-7c11-7d32-8a55-0123456789ab"
BOX = Box(x=0.1, y=0.125, width=0.3, height=0.4)
MEDIA, PDF = "http://www.w3.org/TR/media-frags/", "http://tools.ietf.org/rfc/rfc3778"
PLACES: tuple[Place, ...] = (
    TimeRange(start_ms=260_000, end_ms=302_900),
    TimeRange(start_ms=5_040, end_ms=5_040),
    PageBox(page=2, box=BOX),
    ImageBox(box=BOX),
    TextQuote(exact="I waited", start=412, prefix="Then ", suffix=" four seconds"),
    PageQuote(page=2, exact="I waited", start=412, prefix="Then ", suffix=" four seconds"),
    LookedThrough(seen=576_000, total=600_000, unit="ms"),
)

names = st.text(min_size=1, max_size=40)
numbers = st.floats(allow_nan=False, allow_infinity=False)
boxes = st.builds(Box, x=numbers, y=numbers, width=numbers, height=numbers)
moments = st.integers(0, 10**11)
ranges = st.tuples(moments, moments).map(sorted).map(lambda ends: TimeRange(start_ms=ends[0], end_ms=ends[1]))
places = st.one_of(
    ranges,
    moments.map(lambda at: TimeRange(start_ms=at, end_ms=at)),
    st.builds(PageBox, page=st.integers(0, 10**6), box=boxes),
    st.builds(ImageBox, box=boxes),
    st.builds(TextQuote, exact=st.text(), start=st.integers(0, 2**53), prefix=st.text(), suffix=st.text()),
    st.builds(
        PageQuote,
        page=st.integers(0, 10**6),
        exact=st.text(),
        start=st.integers(0, 2**53),
        prefix=st.text(),
        suffix=st.text(),
    ),
    st.builds(LookedThrough, seen=moments, total=moments, unit=st.sampled_from(("ms", "pages", "whole"))),
)
citations = st.builds(
    Citation,
    id=st.one_of(st.uuids().map(str), names),
    criterion_id=names,
    evidence_id=names,
    sha256=st.binary(min_size=32, max_size=32).map(bytes.hex),
    stance=st.sampled_from(Stance),
    place=places,
    note=st.text(),
)
pages = st.lists(st.builds(Cited, assignment_id=names, citation=citations), max_size=4)


def cited(place: Place = PLACES[0], *, note: str = "She waits.", name: str = UUID) -> Cited:
    citation = Citation(
        id=CitationId(name),
        criterion_id=CriterionId("questions"),
        evidence_id=EvidenceId("e1-video"),
        sha256=EvidenceHash("0a" * 32),
        stance=Stance.CONTRADICTS,
        place=place,
        note=note,
    )
    return Cited(assignment_id=AssignmentId("a1"), citation=citation)


def there_and_back(sent: list[Cited]) -> tuple[Cited, ...]:
    """Through the very text of a file."""
    return read_page(json.loads(json.dumps(write_page(sent), ensure_ascii=False).encode()), name="cited.jsonld")


@given(pages)
def test_that_every_citation_comes_back_exactly_as_it_was(sent: list[Cited]) -> None:
    found = there_and_back(sent)
    assert found == tuple(sent)
    # Equal floats may still print differently (0.0 and -0.0): the very text must be the same.
    assert repr([each.citation for each in found]) == repr([each.citation for each in sent])
    assert [each.at for each in found] == [f"$.items[{number}]" for number in range(len(sent))]


@given(pages)
def test_that_the_same_citations_make_the_same_page(sent: list[Cited]) -> None:
    assert write_page(sent) == write_page(list(there_and_back(sent)))


def test_that_a_page_has_what_the_w3c_model_asks_of_it() -> None:
    page: Any = write_page([cited(), cited(name="not-a-uuid")])
    assert page["@context"] == [CONTEXT, {"workbench": NAMESPACE}]
    assert page["type"] == "AnnotationPage"
    assert page["id"].startswith("urn:uuid:")
    assert (page["partOf"]["type"], page["partOf"]["total"], page["startIndex"]) == ("AnnotationCollection", 2, 0)
    known, other = page["items"]
    assert known["id"] == f"urn:uuid:{UUID}"
    assert other["id"].startswith("urn:uuid:")
    assert len({page["id"], page["partOf"]["id"], known["id"], other["id"]}) == 4


def test_that_an_annotation_carries_criterion_stance_note_evidence_and_bytes() -> None:
    page: Any = write_page([cited()])
    (item,) = page["items"]
    assert item == {
        "id": f"urn:uuid:{UUID}",
        "type": "Annotation",
        "motivation": "assessing",
        "workbench:assignment": "a1",
        "workbench:citation": UUID,
        "workbench:criterion": "questions",
        "workbench:stance": "contradicts",
        "body": {"type": "TextualBody", "value": "She waits.", "format": "text/plain", "purpose": "commenting"},
        "target": {
            "type": "SpecificResource",
            "source": "urn:sha256:" + "0a" * 32,
            "workbench:evidence": "e1-video",
            "selector": {"type": "FragmentSelector", "conformsTo": MEDIA, "value": "t=260.000,302.900"},
        },
    }
    assert "body" not in json.dumps(write_page([cited(note="")]))


def test_that_each_place_is_told_by_the_selector_that_the_w3c_names_for_it() -> None:
    page: Any = write_page([cited(place, name=str(number)) for number, place in enumerate(PLACES[:-1])])
    box = {"type": "FragmentSelector", "conformsTo": MEDIA, "value": "xywh=percent:10,12.5,30,40"}
    words = [
        {"type": "TextQuoteSelector", "exact": "I waited", "prefix": "Then ", "suffix": " four seconds"},
        {"type": "TextPositionSelector", "start": 412, "end": 420},
    ]
    assert [item["target"]["selector"] for item in page["items"][1:]] == [
        {"type": "FragmentSelector", "conformsTo": MEDIA, "value": "t=5.040,5.041", "workbench:moment": True},
        {"type": "FragmentSelector", "conformsTo": PDF, "value": "page=3", "refinedBy": box},
        box,
        words,
        {"type": "FragmentSelector", "conformsTo": PDF, "value": "page=3", "refinedBy": words},
    ]


def test_that_what_was_looked_through_is_the_whole_resource_without_a_selector() -> None:
    page: Any = write_page([cited(PLACES[-1])])
    assert page["items"][0]["target"] == {
        "type": "SpecificResource",
        "source": "urn:sha256:" + "0a" * 32,
        "workbench:evidence": "e1-video",
        "workbench:lookedThrough": {"workbench:seen": 576_000, "workbench:total": 600_000, "workbench:unit": "ms"},
    }


def changed(path: str, value: object, place: Place = PLACES[0]) -> Any:
    """A page of one citation with one value replaced, or taken out where the new one is None."""
    page: Any = deepcopy(write_page([cited(place)]))
    *way, last = [int(step) if step.isdigit() else step for step in path.split("/")]
    inside = page
    for step in way:
        inside = inside[step]
    if value is None:
        del inside[last]
    else:
        inside[last] = value
    return page


SELECTOR = "items/0/target/selector"


@pytest.mark.parametrize(
    ("path", "value", "place", "rule"),
    [
        ("@context", "http://iiif.io/api/presentation/3/context.json", "$.@context", "anno.jsonld” is missing"),
        ("@context/1/workbench", "urn:x:other#", "$.@context", "must stand for"),
        ("type", "Annotation", "$.type", "must be AnnotationPage"),
        ("items", None, "$", "“items” is missing"),
        ("items", {}, "$.items", "must be a list"),
        ("items/0", "urn:uuid:1", "$.items[0]", "must be an object"),
        ("items/0/type", "Note", "$.items[0].type", "must be Annotation"),
        ("items/0/workbench:criterion", None, "$.items[0]", "“workbench:criterion” is missing"),
        ("items/0/workbench:citation", "", "$.items[0].workbench:citation", "must not be empty"),
        ("items/0/workbench:assignment", 7, "$.items[0].workbench:assignment", "must be a text"),
        ("items/0/workbench:stance", "likes", "$.items[0].workbench:stance", "“supports”, “contradicts”, “absent”"),
        ("items/0/body", "http://example.org/note", "$.items[0].body", "must be an object"),
        ("items/0/body/value", "\ud800", "$.items[0].body.value", "half a character"),
        ("items/0/bodyValue", "two notes", "$.items[0].bodyValue", "one note at most"),
        ("items/0/target/source", "urn:sha256:00", "$.items[0].target.source", "64 lower-case"),
        ("items/0/target/source", "lesson.mp4", "$.items[0].target.source", "urn:sha256:"),
        ("items/0/target", [], "$.items[0].target", "exactly one"),
        (f"{SELECTOR}/type", "SvgSelector", "$.items[0].target.selector", "must be a FragmentSelector"),
        (f"{SELECTOR}/conformsTo", "http://example.org/", "$.items[0].target.selector.conformsTo", "media-frags"),
        (f"{SELECTOR}/refinedBy", {}, "$.items[0].target.selector.refinedBy", "only a page is refined"),
        (f"{SELECTOR}/workbench:moment", True, "$.items[0].target.selector.workbench:moment", "one millisecond"),
    ],
)
def test_that_a_page_that_breaks_a_rule_is_refused_with_file_place_and_rule(
    path: str, value: object, place: str, rule: str
) -> None:
    with pytest.raises(DataError, match=rule) as caught:
        read_page(changed(path, value), name="cited.jsonld")
    assert (caught.value.file, caught.value.place) == ("cited.jsonld", place)


@pytest.mark.parametrize(
    "value",
    [
        *("t=30", "t=30,20", "t=30,30", "t=1e3,2e3", "t=0:30,0:40", "t=1.0005,2", "t=-1,2", "t=1,2\n", "t=١,٢"),
        "xywh=1,2,3,4",
    ],
)
def test_that_a_time_or_a_box_that_would_come_back_as_another_is_refused(value: str) -> None:
    with pytest.raises(DataError, match="reads"):
        read_page(changed(f"{SELECTOR}/value", value), name="cited.jsonld")


@pytest.mark.parametrize(
    "value",
    [
        *("1,2,3", "1,2,3,4,5", "nan,0,1,1", "1e2,0,1,1", "inf,0,1,1", "+1,2,3,4", ",,,", "1.,2,3,4"),
        "9" * 312 + ",0,1,1",
    ],
)
def test_that_a_box_that_is_no_box_is_refused(value: str) -> None:
    page = changed(f"{SELECTOR}/value", f"xywh=percent:{value}", ImageBox(box=BOX))
    with pytest.raises(DataError, match="a box reads"):
        read_page(page, name="cited.jsonld")


def test_that_a_page_number_counts_from_one_and_needs_its_box() -> None:
    with pytest.raises(DataError, match="counted from 1"):
        read_page(changed(f"{SELECTOR}/value", "page=0", PLACES[2]), name="cited.jsonld")
    with pytest.raises(DataError, match="“refinedBy” is missing"):
        read_page(changed(f"{SELECTOR}/refinedBy", None, PLACES[2]), name="cited.jsonld")


def test_that_a_quotation_needs_both_selectors_and_ends_where_it_says() -> None:
    with pytest.raises(DataError, match="must be 420"):
        read_page(changed(f"{SELECTOR}/1/end", 421, PLACES[4]), name="cited.jsonld")
    with pytest.raises(DataError, match="must be a FragmentSelector, or a TextQuoteSelector"):
        read_page(changed(f"{SELECTOR}/1", None, PLACES[4]), name="cited.jsonld")
    with pytest.raises(DataError, match="0 or more"):
        read_page(changed(f"{SELECTOR}/1/start", True, PLACES[4]), name="cited.jsonld")


def test_that_a_quotation_on_a_page_is_refined_by_both_selectors() -> None:
    with pytest.raises(DataError, match="must be 420"):
        read_page(changed(f"{SELECTOR}/refinedBy/1/end", 7, PLACES[5]), name="cited.jsonld")
    with pytest.raises(DataError, match="must be a FragmentSelector of"):
        read_page(changed(f"{SELECTOR}/refinedBy/1", None, PLACES[5]), name="cited.jsonld")
    with pytest.raises(DataError, match="only a page is refined"):
        read_page(changed(f"{SELECTOR}/refinedBy/0/refinedBy", {}, PLACES[5]), name="cited.jsonld")


LOOKED = "items/0/target/workbench:lookedThrough"


@pytest.mark.parametrize(
    ("path", "value", "rule"),
    [
        (f"{LOOKED}/workbench:unit", "miles", "“ms”, “pages”, “whole”"),
        (f"{LOOKED}/workbench:seen", -1, "0 or more"),
        (f"{LOOKED}/workbench:total", None, "“workbench:total” is missing"),
        (SELECTOR, {"type": "FragmentSelector"}, "has no selector"),
        (LOOKED, None, "“selector” is missing"),
        (LOOKED, 96, "must be an object"),
    ],
)
def test_that_an_amount_that_is_none_is_refused(path: str, value: object, rule: str) -> None:
    with pytest.raises(DataError, match=rule):
        read_page(changed(path, value, PLACES[-1]), name="cited.jsonld")


def test_that_what_other_tools_may_write_differently_is_read_all_the_same() -> None:
    page = changed(f"{SELECTOR}/value", "t=npt:260,302.9")
    (item,) = page["items"]
    page |= {"type": ["AnnotationPage"], "next": "http://example.org/page2"}
    item |= {"type": ["Annotation"], "creator": "http://example.org/someone", "target": [item["target"]]}
    item["body"] = [item["body"]]
    item["target"][0]["source"] = {"id": item["target"][0]["source"], "format": "video/mp4"}
    item["target"][0]["selector"] = [item["target"][0]["selector"]]
    assert read_page(page, name="cited.jsonld") == (cited(),)
    del item["body"]
    item["bodyValue"] = "She waits."
    assert read_page(page, name="cited.jsonld") == (cited(),)
    newer = changed(f"{SELECTOR}/conformsTo", "https://www.rfc-editor.org/rfc/rfc8118", PLACES[2])
    assert read_page(newer, name="cited.jsonld") == (cited(PLACES[2]),)
