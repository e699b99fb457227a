"""Quotations of a shown text and where they stand. Counts in characters (code points) and draws nothing.

Qt counts in UTF-16 units, which differ from characters as soon as a text holds an emoji.
"""

from workbench.model.citation import TextQuote

CONTEXT = 32
"""Characters kept on either side of a quotation."""


def quote_at(text: str, start: int, end: int) -> TextQuote | None:
    """The quotation of `text[start:end]` without white space at its edges; None when nothing is left."""
    start, end = max(0, start), min(len(text), end)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end:
        return None
    return TextQuote(
        exact=text[start:end],
        start=start,
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
    )


def find_quote(text: str, quote: TextQuote) -> tuple[int, int] | None:
    """Where the quotation stands now, as (start, end): at its place, else the fittest copy, else None."""
    length = len(quote.exact)
    if not length:
        return None
    if text[quote.start : quote.start + length] == quote.exact:
        return quote.start, quote.start + length
    found = _copies(text, quote.exact)
    if not found:
        return None
    best = max(found, key=lambda start: (_fit(text, quote, start), -abs(start - quote.start)))
    return best, best + length


def _copies(text: str, exact: str) -> list[int]:
    found: list[int] = []
    start = text.find(exact)
    while start >= 0 and len(found) < 1000:
        found.append(start)
        start = text.find(exact, start + 1)
    return found


def _fit(text: str, quote: TextQuote, start: int) -> int:
    before, after = text[:start], text[start + len(quote.exact) :]
    return (bool(quote.prefix) and before.endswith(quote.prefix)) + (
        bool(quote.suffix) and after.startswith(quote.suffix)
    )


def utf16_length(text: str) -> int:
    """How many UTF-16 units Qt counts for this text."""
    return len(text) + sum(ord(letter) > 0xFFFF for letter in text)


def characters_before(text: str, unit: int) -> int:
    """The number of characters that stand before Qt's position `unit`."""
    if text.isascii():
        return min(unit, len(text))
    return len(text.encode("utf-16-le", "surrogatepass")[: unit * 2].decode("utf-16-le", "ignore"))


def unit_of(text: str, character: int) -> int:
    """Qt's position of the character with that number."""
    return utf16_length(text[:character])
