"""Which words are selected: from a caret on one page to a caret on the same or another. Pure; draws nothing."""

from typing import NamedTuple


class Caret(NamedTuple):
    """Before the character `at` of the text of `page`."""

    page: int
    at: int


class Selection(NamedTuple):
    """`anchor` is where it began, `end` where it goes on; either may come first."""

    anchor: Caret
    end: Caret

    @property
    def is_empty(self) -> bool:
        """Whether nothing is selected."""
        return self.anchor == self.end

    @property
    def first(self) -> Caret:
        """Its beginning in reading order."""
        return min(self.anchor, self.end)

    @property
    def last(self) -> Caret:
        """Its end in reading order."""
        return max(self.anchor, self.end)

    @property
    def pages(self) -> range:
        """The pages over which it reaches."""
        return range(self.first.page, self.last.page + 1)

    def part_on(self, page: int, length: int) -> tuple[int, int] | None:
        """The characters of a page of `length` characters that are selected; None for none."""
        if self.is_empty or page not in self.pages:
            return None
        start = self.first.at if page == self.first.page else 0
        end = min(length, self.last.at) if page == self.last.page else length
        return (start, end) if start < end else None
