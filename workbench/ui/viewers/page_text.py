"""The characters of one page: which one a point means, where a stretch stands, what a quotation of it is.

Pure; places are fractions of the upright page, and a caret `at` stands before the character of that number.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from workbench.media.jobs import PageText, TextLine
from workbench.model.citation import Box, PageQuote, TextQuote
from workbench.ui.viewers.text_quote import find_quote, quote_at

_WORD = re.compile(r"\w+(?:['’\-]\w+)*|[^\w\s]+|\s+")
_GAP_LINES = 1.0
"""In one line, characters further apart than its height are drawn as two stretches: columns of a table."""


def touches(text: PageText, x: float, y: float, shape: float) -> bool:
    """Whether a drag from this point means words. `shape` is the page's height divided by its width."""
    for line in text.lines:
        reach = line.box.height
        across = max(line.box.x - x, x - line.box.x - line.box.width, 0.0)
        down = max(line.box.y - y, y - line.box.y - line.box.height, 0.0)
        if across <= reach * shape and down <= reach * 0.3:
            return True
    return False


def caret_at(text: PageText, x: float, y: float) -> int:
    """The caret nearest to a point; 0 on a page without words."""
    if not text.lines:
        return 0
    return _caret_in(min(text.lines, key=lambda line: _distance(line.box, x, y)), x)


def boxes_between(text: PageText, start: int, end: int) -> tuple[Box, ...]:
    """Where the characters from `start` to before `end` stand: a box for each line or piece of it."""
    found: list[Box] = []
    for line in text.lines:
        first, last = max(start, line.start), min(end, line.start + len(line.lefts))
        if first < last:
            found.extend(_pieces(line, first - line.start, last - line.start))
    return tuple(found)


def word_around(text: PageText, at: int) -> tuple[int, int]:
    """The word, the punctuation or the space that the caret touches."""
    line = _line_of(text, at)
    if line is None:
        return at, at
    offset = min(max(0, at - line.start), max(0, len(line.lefts) - 1))
    words = text.text[line.start : line.start + len(line.lefts)]
    for found in _WORD.finditer(words):
        if found.start() <= offset < found.end():
            return line.start + found.start(), line.start + found.end()
    return at, at


def line_around(text: PageText, at: int) -> tuple[int, int]:
    """The whole line in which the caret stands."""
    line = _line_of(text, at)
    return (line.start, line.start + len(line.lefts)) if line is not None else (at, at)


def next_word(text: PageText, at: int, by: int) -> int:
    """The caret after (1) or before (-1) the next word."""
    if by > 0:
        found = re.compile(r"\s*\S+").match(text.text, at)
        return found.end() if found else len(text.text)
    found = re.search(r"\S+\s*$", text.text[:at])
    return found.start() if found else 0


def other_line(text: PageText, at: int, by: int) -> int | None:
    """The caret straight below (1) or above (-1); None behind the last or before the first line."""
    number = _number_of(text, at)
    if not 0 <= number + by < len(text.lines):
        return None
    line, other = text.lines[number], text.lines[number + by]
    return _caret_in(other, _edge(line, at - line.start))


def page_quote(page: int, text: PageText, start: int, end: int) -> PageQuote | None:
    """The quotation of a stretch without white space at its edges; None when nothing is left."""
    quote = quote_at(text.text, start, end)
    if quote is None:
        return None
    return PageQuote(page=page, exact=quote.exact, start=quote.start, prefix=quote.prefix, suffix=quote.suffix)


def find_on_page(text: PageText, quote: PageQuote) -> tuple[int, int] | None:
    """Where a quotation stands on this page now: where it was, else the copy whose surroundings fit best."""
    wanted = TextQuote(exact=quote.exact, start=quote.start, prefix=quote.prefix, suffix=quote.suffix)
    found = find_quote(text.text, wanted)
    if found is not None or not quote.exact.split():
        return found
    # Another reader of the file breaks lines elsewhere: the same words with other white space are the same words.
    loose = re.search(r"\s+".join(re.escape(word) for word in quote.exact.split()), text.text)
    return (loose.start(), loose.end()) if loose else None


def _number_of(text: PageText, at: int) -> int:
    return max(0, bisect_right(text.lines, at, key=lambda line: line.start) - 1)


def _line_of(text: PageText, at: int) -> TextLine | None:
    return text.lines[_number_of(text, at)] if text.lines else None


def _distance(box: Box, x: float, y: float) -> tuple[float, float]:
    down = max(box.y - y, y - box.y - box.height, 0.0)
    return down, max(box.x - x, x - box.x - box.width, 0.0)


def _caret_in(line: TextLine, x: float) -> int:
    if not line.lefts:
        return line.start
    away = (max(left - x, x - right, 0.0) for left, right in _spans(line))
    distances = list(away)
    nearest = distances.index(min(distances))
    left, right = _span(line, nearest)
    is_behind = x < (left + right) / 2 if _is_leftward(line, nearest) else x > (left + right) / 2
    return line.start + nearest + is_behind


def _edge(line: TextLine, offset: int) -> float:
    """Where the caret before the character of that number stands, across."""
    if not line.lefts:
        return line.box.x
    number = min(offset, len(line.lefts) - 1)
    left, right = _span(line, number)
    return left if _is_leftward(line, number) is (offset > number) else right


def _span(line: TextLine, number: int) -> tuple[float, float]:
    first, second = line.lefts[number], line.rights[number]
    return line.box.x + min(first, second) * line.box.width, line.box.x + max(first, second) * line.box.width


def _spans(line: TextLine) -> Iterator[tuple[float, float]]:
    return (_span(line, number) for number in range(len(line.lefts)))


def _is_leftward(line: TextLine, number: int) -> bool:
    """Whether reading goes from right to left at this character."""
    before, after = max(0, number - 1), min(len(line.lefts) - 1, number + 1)
    return line.lefts[after] < line.lefts[before]


def _pieces(line: TextLine, first: int, last: int) -> Iterator[Box]:
    spans = [_span(line, number) for number in range(first, last)]
    gap = line.box.height * _GAP_LINES
    left, right = spans[0]
    for next_left, next_right in spans[1:]:
        if next_left > right + gap or next_right < left - gap:
            yield _box(line, left, right)
            left, right = next_left, next_right
        else:
            left, right = min(left, next_left), max(right, next_right)
    yield _box(line, left, right)


def _box(line: TextLine, left: float, right: float) -> Box:
    return Box(x=left, y=line.box.y, width=max(0.0, right - left), height=line.box.height)
