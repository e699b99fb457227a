"""The labels printed on the pages of a PDF, from its rules ("iv", "A-12"). Never longer than a field can show."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

LABEL_LIMIT = 24
_LARGEST_ROMAN = 3999
_LARGEST_NUMBER = 10**9
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def page_labels(rules: Sequence[dict[str, Any]], count: int) -> tuple[str, ...]:
    """A label for each of `count` pages; its number where no rule says otherwise."""
    ordered = sorted(rules, key=lambda rule: int(rule["startpage"]))
    starts = [int(rule["startpage"]) for rule in ordered]
    labels = []
    for page in range(count):
        at = bisect_right(starts, page) - 1
        labels.append((_label(ordered[at], page - starts[at]) if at >= 0 else "") or str(page + 1))
    return tuple(labels)


def _label(rule: dict[str, Any], number: int) -> str:
    number = max(1, min(_LARGEST_NUMBER, number + int(rule.get("firstpagenum", 1))))
    prefix = "".join(letter for letter in str(rule.get("prefix", ""))[:LABEL_LIMIT] if letter.isprintable())
    return (prefix + _number(str(rule.get("style", "")), number))[:LABEL_LIMIT]


def _number(style: str, number: int) -> str:
    written = {"r": _roman, "a": _letters}.get(style.lower(), str)(number) if style else ""
    return written.upper() if style.isupper() else written


def _roman(number: int) -> str:
    if number > _LARGEST_ROMAN:
        return str(number)
    written = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        written += letters * times
    return written


def _letters(number: int) -> str:
    """a to z, then aa to zz: the same letter again, as PDFs count."""
    return _LETTERS[(number - 1) % 26] * min(LABEL_LIMIT, (number - 1) // 26 + 1)
