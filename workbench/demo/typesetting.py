"""Sets text, headings and tables on PDF pages from top to bottom. Knows nothing of what they say."""

from collections.abc import Sequence
from functools import cache

import pymupdf

WIDTH, HEIGHT = 595.0, 842.0
LEFT, TOP, WIDE, BOTTOM = 62.0, 70.0, 471.0, 776.0
Color = tuple[float, float, float]
INK: Color = (0.10, 0.13, 0.19)
GREY: Color = (0.38, 0.42, 0.48)
ACCENT: Color = (0.14, 0.36, 0.42)
PALE: Color = (0.93, 0.95, 0.95)


@cache
def font(bold: bool) -> pymupdf.Font:
    """The sans serif that every MuPDF carries."""
    return pymupdf.Font("hebo" if bold else "helv")


def lines_of(text: str, size: float, width: float, bold: bool = False) -> list[str]:
    """The text in lines that fit `width` points."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font(bold).text_length(longer, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


class Sheet:
    """The page being filled and how far down it is; opens a new page when something does not fit."""

    def __init__(self, document: pymupdf.Document, footer: str) -> None:
        self._document = document
        self._footer = footer
        self._writers: dict[Color, pymupdf.TextWriter] = {}
        self.headings: list[tuple[str, int]] = []
        self.page = document.new_page(width=WIDTH, height=HEIGHT)
        self._y = TOP

    def new_page(self) -> None:
        """Go on at the top of a fresh page."""
        self.finish()
        self.page = self._document.new_page(width=WIDTH, height=HEIGHT)
        self._y = TOP

    def finish(self) -> None:
        """Put the collected text and the footer on the page."""
        number = self._document.page_count
        self.text(LEFT, HEIGHT - 34, self._footer, 8, color=GREY)
        self.text(LEFT + WIDE - 8, HEIGHT - 34, str(number), 8, color=GREY)
        for color, writer in self._writers.items():
            writer.write_text(self.page, color=color)
        self._writers = {}

    def room(self, high: float) -> float:
        """Claim `high` points; returns their top, on a new page if need be."""
        if self._y + high > BOTTOM:
            self.new_page()
        top = self._y
        self._y += high
        return top

    def back_to(self, y: float) -> None:
        """Go on at `y` of this page."""
        self._y = y

    def text(self, x: float, y: float, text: str, size: float, *, bold: bool = False, color: Color = INK) -> None:
        """One line of text whose base line starts at (x, y)."""
        writer = self._writers.setdefault(color, pymupdf.TextWriter(self.page.rect))
        writer.append((x, y), text, font=font(bold), fontsize=size)

    def band(self, title: str, below: str) -> None:
        """The coloured head of the first page."""
        lines = lines_of(title, 22, WIDE, bold=True)
        high = 74 + 27 * len(lines)
        self.page.draw_rect((0, 0, WIDTH, high), color=None, fill=ACCENT)
        for index, line in enumerate(lines):
            self.text(LEFT, 56 + index * 27, line, 22, bold=True, color=(1, 1, 1))
        self.text(LEFT, high - 20, below, 10, color=(0.86, 0.93, 0.93))
        self._y = high + 22

    def heading(self, title: str) -> None:
        """A heading, kept together with some of what follows."""
        if self._y + 90 > BOTTOM:
            self.new_page()
        top = self.room(34)
        self.text(LEFT, top + 20, title, 14, bold=True, color=ACCENT)
        self.headings.append((title, self._document.page_count))

    def paragraph(self, text: str, *, bold: bool = False, indent: float = 0, color: Color = INK) -> None:
        """A paragraph, as wide as the page allows."""
        for line in lines_of(text, 11.5, WIDE - indent, bold):
            self.text(LEFT + indent, self.room(17) + 12, line, 11.5, bold=bold, color=color)
        self._y += 8

    def bullet(self, text: str) -> None:
        """One entry of a list."""
        top = self._y
        self.paragraph(text, indent=16)
        if self._y > top:
            self.page.draw_circle((LEFT + 6, top + 7.5), 1.9, color=None, fill=ACCENT)

    def table(self, rows: Sequence[Sequence[str]], *, head: bool) -> None:
        """A ruled table of equal columns, its first row shaded when `head`."""
        wide = WIDE / len(rows[0]) if head else 120.0
        widths = [wide] * len(rows[0]) if head else [wide, WIDE - wide]
        for number, row in enumerate(rows):
            bold_row = head and number == 0
            cells = [lines_of(cell, 9.5, width - 12, bold_row) for cell, width in zip(row, widths, strict=True)]
            high = 10 + 13.5 * max(map(len, cells))
            self._row(cells, widths, self.room(high), high, bold_row, head)
        self._y += 14

    def _row(
        self, cells: list[list[str]], widths: list[float], top: float, high: float, bold_row: bool, head: bool
    ) -> None:
        x = LEFT
        for column, (lines, width) in enumerate(zip(cells, widths, strict=True)):
            shaded = bold_row or (not head and column == 0)
            box = (x, top, x + width, top + high)
            self.page.draw_rect(box, color=(0.78, 0.8, 0.84), fill=PALE if shaded else None, width=0.6)
            for index, line in enumerate(lines):
                self.text(x + 6, top + 14.5 + index * 13.5, line, 9.5, bold=shaded)
            x += width
