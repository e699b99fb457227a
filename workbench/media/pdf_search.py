"""Searching the text of PDF pages as people mean it: any case, accent, kind of space or hyphen at a line's end."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.media.jobs import TextHit
from workbench.media.pdf_text import ReadLines
from workbench.model.citation import Box

QUERY_LIMIT = 500
HIT_LIMIT = 2000
_AROUND = 48
_HYPHENS = "-\u2010\u2011"
_TATWEEL = "\u0640"
_ALIKE = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"'})


@dataclass(frozen=True, slots=True)
class Folded:
    """Text as it is compared, and for each of its characters the place it came from."""

    text: str
    places: tuple[int, ...]


def fold(text: str) -> Folded:
    """Small letters without accents, marks and hyphens between letters; one space for any number of them."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if character.isspace():
            parts = "" if not letters or letters[-1] == " " or _joins(text, place - 1) else " "
        elif character in _HYPHENS and _joins(text, place):
            parts = ""
        else:
            parts = _fold_letter(character)
        letters.extend(parts)
        places.extend([place] * len(parts))
    return Folded("".join(letters), tuple(places))


def find(page: int, read: ReadLines, query: str, most: int) -> Iterator[TextHit]:
    """At most `most` finds of `query` on this page, in reading order."""
    wanted = fold(query[:QUERY_LIMIT].strip()).text.strip()
    if not wanted:
        return
    folded = fold(read.text)
    at = folded.text.find(wanted)
    while at >= 0 and most > 0:
        start, end = folded.places[at], folded.places[at + len(wanted) - 1] + 1
        while end < len(read.text) and unicodedata.combining(read.text[end]):
            end += 1
        yield _hit(page, read, start, end)
        most -= 1
        at = folded.text.find(wanted, at + len(wanted))


def _hit(page: int, read: ReadLines, start: int, end: int) -> TextHit:
    text = read.text
    return TextHit(
        page=page,
        start=start,
        length=end - start,
        boxes=tuple(_boxes(read, start, end)),
        before=_flat(text[max(0, start - _AROUND) : start], keep_left=start <= _AROUND),
        found=_flat(text[start:end]),
        after=_flat(text[end : end + _AROUND], keep_right=end + _AROUND >= len(text)),
    )


def _boxes(read: ReadLines, start: int, end: int) -> Iterator[Box]:
    for line in read.lines:
        first, last = max(start, line.start) - line.start, min(end - line.start, len(line.letters))
        if 0 <= first < last:
            yield line.box(first, last)


def _flat(text: str, *, keep_left: bool = True, keep_right: bool = True) -> str:
    """On one line, without the words that were cut in two."""
    flat = text.replace("\n", " ")
    if not keep_left and " " in flat:
        flat = flat[flat.index(" ") + 1 :]
    if not keep_right and " " in flat:
        flat = flat[: flat.rindex(" ")]
    return flat


def _joins(text: str, place: int) -> bool:
    """Whether the character at `place` is a hyphen between two letters, be it at the end of a line."""
    if place < 1 or text[place] not in _HYPHENS or not text[place - 1].isalpha():
        return False
    following = place + 1
    if following < len(text) and text[following] == "\n":
        following += 1
    return following < len(text) and text[following].isalpha()


def _fold_letter(character: str) -> str:
    if character < "\x80":
        return character.lower()
    plain = unicodedata.normalize("NFKD", character.casefold().translate(_ALIKE))
    return "".join(one for one in plain if unicodedata.category(one) not in ("Mn", "Cf") and one != _TATWEEL)
