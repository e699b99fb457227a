"""The text of a PDF page in reading order, with the place of each character on the upright page."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.media.jobs import PageText, TextLine
from workbench.media.pdf_file import mupdf
from workbench.model.citation import Box

CHARACTER_LIMIT = 100_000
_THIN = 1e-5
_DIGITS = 5


@dataclass(slots=True)
class Letter:
    """A character and its box, in fractions of the page."""

    character: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of letters; `start` is the place of the first in the page's text."""

    start: int
    letters: Sequence[Letter]

    def box(self, first: int = 0, last: int | None = None) -> Box:
        """Around the letters `first` to before `last`."""
        letters = self.letters[first:last]
        left, right = min(one.left for one in letters), max(one.right for one in letters)
        top, bottom = min(one.top for one in letters), max(one.bottom for one in letters)
        return Box(x=_cut(left), y=_cut(top), width=_cut(right - left), height=_cut(bottom - top))


@dataclass(frozen=True, slots=True)
class ReadLines:
    """A page that was read."""

    text: str
    lines: tuple[Line, ...]

    def told(self) -> PageText:
        """As an answer."""
        return PageText(text=self.text, lines=tuple(map(_told_line, self.lines)))


def read_lines(drawn: Any) -> ReadLines:
    """The text of a page that was laid out (a display list): what a form and its annotations say, too."""
    area = drawn.rect
    lines: list[Line] = []
    place = 0
    for raw in _raw_lines(drawn):
        letters = _letters(raw, area)[: CHARACTER_LIMIT - place]
        if letters:
            lines.append(Line(place, letters))
            place += len(letters) + 1
        if place >= CHARACTER_LIMIT:
            break
    text = "\n".join("".join(one.character for one in line.letters) for line in lines)
    return ReadLines(text, tuple(lines))


def _raw_lines(drawn: Any) -> Iterator[list[dict[str, Any]]]:
    pymupdf = mupdf()
    page = pymupdf.TextPage(drawn.get_textpage(pymupdf.TEXT_MEDIABOX_CLIP | pymupdf.TEXT_PRESERVE_WHITESPACE))
    for block in page.extractRAWDICT()["blocks"]:
        for line in block.get("lines", ()):
            yield [letter for span in line["spans"] for letter in span["chars"]]


def _letters(raw: Iterable[dict[str, Any]], area: Any) -> list[Letter]:
    width, height = max(1.0, area.width), max(1.0, area.height)
    letters = []
    for one in raw:
        x0, y0, x1, y1 = one["bbox"]
        left, right = _within((x0 - area.x0) / width), _within((x1 - area.x0) / width)
        top, bottom = _within((y0 - area.y0) / height), _within((y1 - area.y0) / height)
        letters.append(Letter(_clean(one["c"]), left, top, right, bottom))
    while letters and letters[-1].character == " ":
        letters.pop()
    _share_widths(letters)
    return letters


def _share_widths(letters: list[Letter]) -> None:
    """Letters that one glyph stands for (the f and i of a ligature) share its width, in their direction."""
    start = 0
    while start < len(letters):
        end = start + 1
        while end < len(letters) and letters[end].right - letters[end].left < _THIN:
            end += 1
        if end - start > 1 and letters[start].right - letters[start].left >= _THIN:
            _share(letters[start:end])
        start = end


def _share(group: Sequence[Letter]) -> None:
    left, right = group[0].left, group[0].right
    bases = sum(not unicodedata.combining(one.character) for one in group[1:]) + 1
    step = (right - left) / bases
    to_left = unicodedata.bidirectional(group[0].character) in ("R", "AL")
    place = -1
    for index, one in enumerate(group):
        if index == 0 or not unicodedata.combining(one.character):
            place += 1
        start = right - (place + 1) * step if to_left else left + place * step
        one.left, one.right = start, start + step


def _told_line(line: Line) -> TextLine:
    box = line.box()
    width = max(box.width, _THIN)
    return TextLine(
        start=line.start,
        box=box,
        lefts=tuple(round(_within((one.left - box.x) / width), _DIGITS) for one in line.letters),
        rights=tuple(round(_within((one.right - box.x) / width), _DIGITS) for one in line.letters),
    )


def _clean(character: str) -> str:
    kind = unicodedata.category(character)
    if kind in ("Zs", "Cc", "Zl", "Zp"):
        return " "
    return "\ufffd" if kind == "Cs" else character


def _within(fraction: float) -> float:
    return min(1.0, max(0.0, fraction))


def _cut(fraction: float) -> float:
    return round(_within(fraction), _DIGITS + 1)
