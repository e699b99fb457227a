"""Reads a JSON file and holds it against a JSON Schema. Every refusal names the file, the place and the rule."""

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from workbench.errors import DataError

MOST_BYTES = 8 * 1024 * 1024
_LONGEST_RULE = 240


def read_json(path: Path, *, name: str) -> Any:
    """The file's JSON value. `name` is what errors call the file. Raises DataError."""
    try:
        text = read_text(path, name=name)
        return json.loads(text, object_pairs_hook=_without_twins, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise DataError(file=name, place=place, rule=f"this is not JSON: {error.msg}") from error
    except RecursionError as error:
        raise DataError(file=name, place="the start", rule="the values are nested too deeply") from error
    except ValueError as error:
        raise DataError(file=name, place="the start", rule=str(error)) from error


def read_text(path: Path, *, name: str) -> str:
    """The file's text in UTF-8, without a byte order mark. Raises DataError when it is missing, huge or other."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise DataError(file=name, place="the start", rule=f"the file is larger than {MOST_BYTES >> 20} MB")
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise DataError(file=name, place="the start", rule="the file is missing") from error
    except UnicodeDecodeError as error:
        raise DataError(file=name, place=f"byte {error.start}", rule="the text is not UTF-8") from error
    except OSError as error:
        rule = f"the file cannot be read ({error.strerror})"
        raise DataError(file=name, place="the start", rule=rule) from error


@cache
def load_schema(package: str, resource: str) -> dict[str, Any]:
    """A JSON Schema that is shipped inside a package."""
    schema: dict[str, Any] = json.loads(files(package).joinpath(resource).read_text(encoding="utf-8"))
    return schema


def check(value: Any, schema: dict[str, Any], *, name: str) -> None:
    """Hold a value against a schema. Raises DataError for the first broken rule in the file's order."""
    found = first_broken(value, schema)
    if found is not None:
        place, rule = found
        raise DataError(file=name, place=place, rule=rule)


def first_broken(value: Any, schema: dict[str, Any]) -> tuple[str, str] | None:
    """The JSON path and the rule of the first breach, or None. A schema's own `rule` text wins over the library's."""
    import jsonschema

    checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
    errors = sorted(checker.iter_errors(value), key=lambda error: _sortable(error.absolute_path))
    if not errors:
        return None
    first = errors[0]
    own = first.schema.get("rule") if isinstance(first.schema, dict) and first.validator in _OWN_WORDS else None
    rule = f"it must be {own}" if own else first.message
    return json_path(first.absolute_path), _shortened(rule)


def json_path(steps: Iterable[str | int]) -> str:
    """A JSON path for people: `$.rubric.criteria[1].levels`."""
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)


_OWN_WORDS = ("pattern", "format", "enum", "type", "minLength", "maxLength", "minimum", "maximum")


def _sortable(steps: Iterable[str | int]) -> list[str]:
    return [f"{step:08d}" if isinstance(step, int) else step for step in steps]


def _shortened(rule: str) -> str:
    return rule if len(rule) <= _LONGEST_RULE else rule[:_LONGEST_RULE] + "…"


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the name “{key}” stands twice in one object")
        found[key] = value
    return found


def _refuse_constant(constant: str) -> None:
    raise ValueError(f"{constant} is not a number of JSON")
