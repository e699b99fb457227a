"""Reads and writes an offering file (`format: 1`). Refuses what breaks the schema or contradicts itself."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from workbench.errors import DataError
from workbench.model.offering import Offering
from workbench.model.rubric import Criterion
from workbench.rubrics.json_file import check, json_path, load_schema, read_json
from workbench.wire.canonical import to_json
from workbench.wire.codec import decode

FORMAT = 1
_Breach = tuple[str, str]


def offering_schema() -> dict[str, Any]:
    """The JSON Schema of an offering file."""
    return load_schema("workbench.rubrics", "offering.schema.json")


def load_offering(path: Path, *, name: str = "") -> Offering:
    """The offering in a file. Raises DataError naming the file (`name`, else its own), place and rule."""
    called = name or path.name
    return parse_offering(read_json(path, name=called), name=called)


def parse_offering(value: Any, *, name: str) -> Offering:
    """The offering in a JSON value. Raises DataError naming `name`, place and rule."""
    check(value, offering_schema(), name=name)
    content = {key: item for key, item in value.items() if key not in ("format", "$schema")}
    offering = decode(Offering, json.dumps(content), source=name)
    for place, rule in _contradictions(offering):
        raise DataError(file=name, place=place, rule=rule)
    return offering


def dump_offering(offering: Offering) -> str:
    """The offering as the text of a file, readable and the same every time. Raises DataError if it breaks a rule."""
    content = to_json(offering)
    assert isinstance(content, dict)
    text = json.dumps({"format": FORMAT} | _without_empty(content), ensure_ascii=False, indent=2) + "\n"
    parse_offering(json.loads(text), name=f"{offering.id}.json")
    return text


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_empty(item) for key, item in value.items() if item is not None}
    return [_without_empty(item) for item in value] if isinstance(value, list) else value


def _contradictions(offering: Offering) -> Iterator[_Breach]:
    criteria = offering.rubric.criteria
    yield from _twins("part", [part.id for part in offering.parts], ["parts"])
    yield from _twins("criterion", [criterion.id for criterion in criteria], ["rubric", "criteria"])
    for number, criterion in enumerate(criteria):
        yield from _of_criterion(criterion, ["rubric", "criteria", number])
    if all(criterion.required_level is None for criterion in criteria):
        yield json_path(["rubric", "criteria"]), "at least one criterion must have a required_level"


def _of_criterion(criterion: Criterion, steps: list[str | int]) -> Iterator[_Breach]:
    known = [level.id for level in criterion.levels]
    yield from _twins("level", known, [*steps, "levels"])
    if criterion.required_level is not None and criterion.required_level not in known:
        rule = f"“{criterion.required_level}” is not a level of this criterion (it has {_listed(known)})"
        yield json_path([*steps, "required_level"]), rule


def _twins(what: str, ids: Iterable[str], steps: list[str | int]) -> Iterator[_Breach]:
    seen: set[str] = set()
    for number, item in enumerate(ids):
        if item in seen:
            yield json_path([*steps, number, "id"]), f"another {what} already has the id “{item}”"
        seen.add(item)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)
