"""Citations as W3C Web Annotations and back, without loss (docs/citations.md). Pure: opens no file and no store.

What the W3C model has no word for (criterion, stance, evidence, assignment) stands under terms of our own.
Terms of others are ignored; a place that would come back as another one is refused.
"""

import json
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from workbench.citations import fragments
from workbench.citations.json_node import JsonNode
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
    Unit,
)
from workbench.model.ids import AssignmentId, CitationId, CriterionId, EvidenceHash, EvidenceId
from workbench.wire.canonical import Json

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
NAMESPACE_ID = uuid.UUID("7b1d3f0e-5f0a-4c8e-9a55-2f6a3c1d9e40")
NAMESPACE = f"urn:uuid:{NAMESPACE_ID}#"
"""Where our own terms live. Nobody has to own a domain for it, and nobody can take it away."""
MEDIA_FRAGMENTS = "http://www.w3.org/TR/media-frags/"
PDF_FRAGMENTS = "http://tools.ietf.org/rfc/rfc3778"

_SAME_MEDIA = (MEDIA_FRAGMENTS, "https://www.w3.org/TR/media-frags/")
# RFC 8118 takes the place of 3778; `page=` means the same in both.
_SAME_PDF = tuple(
    f"{scheme}://{host}/rfc/rfc{number}"
    for scheme in ("http", "https")
    for host in ("tools.ietf.org", "www.rfc-editor.org")
    for number in (3778, 8118)
)
_PREFIX = "workbench"
_LOOKED = "lookedThrough"
_BYTES = "urn:sha256:"
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


Selected = TimeRange | PageBox | ImageBox | TextQuote | PageQuote
"""The places that a selector tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A citation and the assignment it was made for. `at` is where it stood in a file, as a JSON path."""

    assignment_id: AssignmentId
    citation: Citation
    at: str = field(default="", compare=False)


def write_page(cited: Sequence[Cited]) -> dict[str, Json]:
    """One AnnotationPage as JSON values, the same for the same citations."""
    items: list[Json] = [_annotation(each) for each in cited]
    told = json.dumps(items, sort_keys=True)
    return {
        "@context": [CONTEXT, {_PREFIX: NAMESPACE}],
        "id": _derived("page", told),
        "type": "AnnotationPage",
        "partOf": {
            "id": _derived("collection", told),
            "type": "AnnotationCollection",
            "label": "Citations",
            "total": len(items),
        },
        "startIndex": 0,
        "items": items,
    }


def read_page(value: Any, *, name: str) -> tuple[Cited, ...]:
    """All citations of a page. Raises DataError naming file (`name`), place and rule; then none of it counts."""
    page = JsonNode(value, "$", name)
    _check_context(page.child("@context"))
    if not page.has_type("AnnotationPage"):
        raise page.child("type").refused("it must be AnnotationPage")
    return tuple(_read_annotation(each) for each in page.child("items").elements())


def _annotation(cited: Cited) -> dict[str, Json]:
    made = cited.citation
    found: dict[str, Json] = {
        "id": f"urn:uuid:{made.id}" if _UUID.fullmatch(made.id) else _derived("citation", made.id),
        "type": "Annotation",
        "motivation": "assessing",
        _own("assignment"): cited.assignment_id,
        _own("citation"): made.id,
        _own("criterion"): made.criterion_id,
        _own("stance"): made.stance.value,
    }
    if made.note:
        found["body"] = {"type": "TextualBody", "value": made.note, "format": "text/plain", "purpose": "commenting"}
    return found | {
        "target": {
            "type": "SpecificResource",
            "source": _BYTES + made.sha256,
            _own("evidence"): made.evidence_id,
        }
        | _where(made.place)
    }


def _where(place: Place) -> dict[str, Json]:
    """Its selector; the whole resource, with how much of it was looked through, has none."""
    if isinstance(place, LookedThrough):
        return {_own(_LOOKED): {_own("seen"): place.seen, _own("total"): place.total, _own("unit"): place.unit}}
    return {"selector": _selector(place)}


def _selector(place: Selected) -> Json:
    match place:
        case TimeRange():
            selector = _fragment(MEDIA_FRAGMENTS, fragments.time_fragment(place))
            return selector | ({_own("moment"): True} if fragments.is_moment(place) else {})
        case PageBox():
            page = _fragment(PDF_FRAGMENTS, fragments.page_fragment(place.page))
            return page | {"refinedBy": _box(place.box)}
        case ImageBox():
            return _box(place.box)
        case TextQuote():
            return _text_selectors(place)
        case PageQuote():
            page = _fragment(PDF_FRAGMENTS, fragments.page_fragment(place.page))
            return page | {"refinedBy": _text_selectors(place)}


def _text_selectors(place: TextQuote | PageQuote) -> list[Json]:
    end = place.start + len(place.exact)
    return [
        {"type": "TextQuoteSelector", "exact": place.exact, "prefix": place.prefix, "suffix": place.suffix},
        {"type": "TextPositionSelector", "start": place.start, "end": end},
    ]


def _box(box: Box) -> dict[str, Json]:
    return _fragment(MEDIA_FRAGMENTS, fragments.box_fragment(box))


def _fragment(specification: str, value: str) -> dict[str, Json]:
    return {"type": "FragmentSelector", "conformsTo": specification, "value": value}


def _own(term: str) -> str:
    return f"{_PREFIX}:{term}"


def _derived(what: str, text: str) -> str:
    return f"urn:uuid:{uuid.uuid5(NAMESPACE_ID, f'{what} {text}')}"


def _check_context(context: JsonNode) -> None:
    named = [each.value for each in context.one_or_more()]
    if CONTEXT not in named:
        raise context.refused(f"“{CONTEXT}” is missing")
    if {each[_PREFIX] for each in named if isinstance(each, dict) and _PREFIX in each} != {NAMESPACE}:
        raise context.refused(f"“{_PREFIX}” must stand for “{NAMESPACE}”")


def _read_annotation(node: JsonNode) -> Cited:
    if not node.has_type("Annotation"):
        raise node.child("type").refused("it must be Annotation")
    target = node.child("target").only()
    citation = Citation(
        id=CitationId(node.child(_own("citation")).name()),
        criterion_id=CriterionId(node.child(_own("criterion")).name()),
        evidence_id=EvidenceId(target.child(_own("evidence")).name()),
        sha256=_read_source(target.child("source")),
        stance=_read_stance(node.child(_own("stance"))),
        place=_read_place(target),
        note=_read_note(node),
    )
    assignment_id = AssignmentId(node.child(_own("assignment")).name())
    return Cited(assignment_id=assignment_id, citation=citation, at=node.place)


def _read_source(node: JsonNode) -> EvidenceHash:
    named = node.child("id") if isinstance(node.value, dict) else node
    digits = named.text().removeprefix(_BYTES)
    if not (named.text().startswith(_BYTES) and _SHA256.fullmatch(digits)):
        raise named.refused(f"it must be {_BYTES} and 64 lower-case hexadecimal digits")
    return EvidenceHash(digits)


def _read_stance(node: JsonNode) -> Stance:
    try:
        return Stance(node.text())
    except ValueError as error:
        raise node.refused("it must be one of " + ", ".join(f"“{each.value}”" for each in Stance)) from error


def _read_note(node: JsonNode) -> str:
    body, plain = node.optional("body"), node.optional("bodyValue")
    if plain is not None and body is not None:
        raise plain.refused("a citation has one note at most")
    if plain is not None:
        return plain.text()
    if body is None or body.value == []:
        return ""
    if not body.only().has_type("TextualBody"):
        raise body.refused("the note must be a TextualBody")
    return body.only().child("value").text()


def _read_place(target: JsonNode) -> Place:
    if (looked := target.optional(_own(_LOOKED))) is None:
        return _read_selector(target.child("selector"))
    if (selector := target.optional("selector")) is not None:
        raise selector.refused("what was looked through is the whole, and has no selector")
    unit = looked.child(_own("unit"))
    if unit.text() not in (units := get_args(Unit)):
        raise unit.refused("it must be one of " + ", ".join(f"“{each}”" for each in units))
    seen, total = looked.child(_own("seen")).count(), looked.child(_own("total")).count()
    return LookedThrough(seen=seen, total=total, unit=unit.value)


def _read_selector(node: JsonNode) -> Place:
    if isinstance(node.value, list) and len(node.value) > 1:
        return _read_text_quote(node)
    only = node.only()
    if not only.has_type("FragmentSelector"):
        raise only.refused("it must be a FragmentSelector, or a TextQuoteSelector with a TextPositionSelector")
    specification = only.child("conformsTo")
    if specification.text() in _SAME_PDF:
        return _read_page(only)
    if specification.text() not in _SAME_MEDIA:
        raise specification.refused(f"it must be “{MEDIA_FRAGMENTS}” or “{PDF_FRAGMENTS}”")
    _check_not_refined(only)
    return _read_time(only) if only.child("value").text().startswith("t=") else ImageBox(box=_read_box(only))


def _read_time(node: JsonNode) -> TimeRange:
    value = node.child("value")
    if (found := fragments.read_time(value.text())) is None:
        raise value.refused(fragments.TIME_RULE)
    if (moment := node.optional(_own("moment"))) is None or moment.value is False:
        return found
    if moment.value is not True or found.end_ms != found.start_ms + 1:
        raise moment.refused("a moment is true, and one millisecond long")
    return TimeRange(start_ms=found.start_ms, end_ms=found.start_ms)


def _read_page(node: JsonNode) -> PageBox | PageQuote:
    value = node.child("value")
    if (page := fragments.read_page_number(value.text())) is None:
        raise value.refused(fragments.PAGE_RULE)
    refined = node.child("refinedBy")
    if isinstance(refined.value, list) and len(refined.value) > 1:
        quote = _read_text_quote(refined)
        return PageQuote(page=page, exact=quote.exact, start=quote.start, prefix=quote.prefix, suffix=quote.suffix)
    refined = refined.only()
    if not refined.has_type("FragmentSelector") or refined.child("conformsTo").text() not in _SAME_MEDIA:
        raise refined.refused(f"it must be a FragmentSelector of “{MEDIA_FRAGMENTS}”")
    _check_not_refined(refined)
    return PageBox(page=page, box=_read_box(refined))


def _read_box(node: JsonNode) -> Box:
    value = node.child("value")
    if (found := fragments.read_box(value.text())) is None:
        raise value.refused(fragments.BOX_RULE)
    return found


def _read_text_quote(node: JsonNode) -> TextQuote:
    quote = _of_type(node, "TextQuoteSelector")
    position = _of_type(node, "TextPositionSelector")
    exact, start, end = quote.child("exact").text(), position.child("start").count(), position.child("end")
    if end.count() != start + len(exact):
        raise end.refused(f"it must be {start + len(exact)}, where the quotation ends")
    prefix, suffix = (found.text() if (found := quote.optional(key)) else "" for key in ("prefix", "suffix"))
    return TextQuote(exact=exact, start=start, prefix=prefix, suffix=suffix)


def _of_type(node: JsonNode, wanted: str) -> JsonNode:
    found = [each for each in node.elements() if each.has_type(wanted)]
    if len(found) != 1 or len(node.elements()) != 2:
        raise node.refused("it must hold one TextQuoteSelector and one TextPositionSelector")
    _check_not_refined(found[0])
    return found[0]


def _check_not_refined(node: JsonNode) -> None:
    if (found := node.optional("refinedBy")) is not None:
        raise found.refused("only a page is refined, by its box or its words")
