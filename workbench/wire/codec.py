"""JSON to model values and back, the same at every edge: strict for the types, deaf to unknown fields."""

from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from workbench.errors import DataError
from workbench.wire.canonical import canonical

T = TypeVar("T")


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def encode(value: object) -> bytes:
    """Canonical JSON of a model value, the same bytes on every machine."""
    return canonical(value)


def decode(kind: type[T], data: bytes | str, *, source: str) -> T:
    """JSON text as a model value. Raises DataError that names `source`, the place and the rule."""
    try:
        value: T = _adapter(cast(Hashable, kind)).validate_json(data, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(step) for step in first["loc"]) or "the start"
        raise DataError(file=source, place=place, rule=first["msg"]) from error
    return value
