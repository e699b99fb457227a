"""Canonical JSON and the hashes that both ends compute from it.

Canonical: UTF-8, keys sorted by code point, every string in NFC, no spare white space, no NaN.
"""

import dataclasses
import hashlib
import json
import unicodedata
from datetime import UTC, datetime
from enum import Enum

from workbench.model.offering import Policy
from workbench.model.rubric import Rubric

_EXACT = 2**53

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def to_json(value: object) -> Json:
    """Model values as JSON values: strings in NFC, times in UTC with a Z. Raises TypeError otherwise."""
    match value:
        case Enum():
            return to_json(value.value)
        case float() if value.is_integer() and abs(value) < _EXACT:
            # 10 and 10.0 are the same JSON number; without this a policy hashes differently after a journey.
            return int(value)
        case None | bool() | int() | float():
            return value
        case str():
            return unicodedata.normalize("NFC", value)
        case datetime():
            return _time_text(value)
        case dict():
            return {unicodedata.normalize("NFC", str(key)): to_json(item) for key, item in value.items()}
        case list() | tuple():
            return [to_json(item) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
    raise TypeError(f"{type(value).__name__} has no place in canonical JSON")


def canonical(value: object) -> bytes:
    """Canonical JSON of a model value. Raises ValueError for NaN and infinities."""
    text = json.dumps(to_json(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode()


def sha256_hex(data: bytes) -> str:
    """SHA-256 as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def rubric_hash(rubric: Rubric) -> str:
    """SHA-256 of the canonical JSON of criteria, levels and texts; the version's name is left out."""
    return sha256_hex(canonical(rubric.criteria))


def policy_hash(policy: Policy) -> str:
    """SHA-256 of the canonical JSON of an offering version's policy."""
    return sha256_hex(canonical(policy))


def _time_text(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise TypeError("a time without a zone has no place in canonical JSON")
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
