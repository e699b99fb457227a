"""Lays the blocks of a document out in a safe document. Loads no picture: it only makes room for each."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import (
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextImageFormat,
    QTextLength,
    QTextList,
    QTextListFormat,
    QTextTableFormat,
)

from workbench.media.jobs import BlockKind, DocumentBlock
from workbench.ui.viewers.safe_document import HEADINGS, LINE_HEIGHT, SafeDocument

CELLS_MOST = 4000
"""Of all tables together: what is more stands in lines, since laying tables out would stop the window."""
COLUMNS_MOST = 16
PIXELS_PER_POINT = 96 / 72
UNSAID_SIZE = (320.0, 240.0)


def _tr(text: str) -> str:
    return QCoreApplication.translate("text_blocks", text)


@dataclass(frozen=True, slots=True)
class PictureSpot:
    """Where a picture stands in the document, its number, and its size in pixels at 100 %."""

    position: int
    number: int
    width: float
    height: float

    @property
    def name(self) -> str:
        """The name of its resource."""
        return f"picture:{self.number}"


def lay_out_blocks(document: SafeDocument, blocks: Sequence[DocumentBlock], font: QFont) -> list[PictureSpot]:
    """Replace what the document shows; returns the places of its pictures."""
    document.clear()
    document.setDefaultFont(font)
    writer = _BlockWriter(document)
    for block in blocks:
        writer.add(block)
    writer.end()
    return writer.spots


class _BlockWriter:
    def __init__(self, document: SafeDocument) -> None:
        self.spots: list[PictureSpot] = []
        self._cursor = QTextCursor(document)
        self._cursor.beginEditBlock()
        self._unit = float(document.defaultFont().pixelSize())
        self._is_first = True
        self._cells_left = CELLS_MOST
        self._lists: dict[int, tuple[QTextList, int]] = {}

    def add(self, block: DocumentBlock) -> None:
        """One more block at the end."""
        if block.kind is not BlockKind.ITEM:
            self._lists.clear()
        match block.kind:
            case BlockKind.HEADING:
                self._add_heading(block.text, block.level)
            case BlockKind.SLIDE:
                self._add_slide(block)
            case BlockKind.ITEM:
                self._add_item(block)
            case BlockKind.TABLE:
                self._add_table(block.rows)
            case BlockKind.PICTURE:
                self._add_picture(block)
            case BlockKind.NOTES:
                self._begin(before=0.5, after=0.25, indent=1)
                self._cursor.insertText(_tr("Speaker notes"), _letters(bold=True, size=-1))
            case BlockKind.NOTE:
                self._begin(indent=1)
                self._insert(block.text)
            case _:
                self._begin()
                self._insert(block.text)

    def end(self) -> None:
        """No more blocks."""
        self._cursor.endEditBlock()

    def _begin(self, *, before: float = 0.0, after: float = 0.75, indent: int = 0, is_picture: bool = False) -> None:
        """A new paragraph; its margins in sizes of the text."""
        form = QTextBlockFormat()
        if not is_picture:
            form.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        form.setTopMargin(0 if self._is_first else before * self._unit)
        form.setBottomMargin(after * self._unit)
        form.setLeftMargin(indent * 2 * self._unit)
        if self._is_first:
            self._cursor.setBlockFormat(form)
            self._cursor.setBlockCharFormat(QTextCharFormat())
        else:
            self._cursor.insertBlock(form, QTextCharFormat())
        self._is_first = False

    def _insert(self, text: str, letters: QTextCharFormat | None = None) -> None:
        # A line end within a paragraph is no paragraph of its own.
        self._cursor.insertText(text.replace("\n", "\u2028"), letters or QTextCharFormat())

    def _add_heading(self, text: str, level: int) -> None:
        self._begin(before=1.0, after=0.5)
        self._mark_heading(level)
        self._insert(text, _letters(bold=True, size=HEADINGS[min(max(level, 1), 3) - 1]))

    def _add_slide(self, block: DocumentBlock) -> None:
        self._begin(before=2.0, after=0.75)
        self._mark_heading(2)
        form = self._cursor.blockFormat()
        form.setProperty(
            QTextFormat.Property.BlockTrailingHorizontalRulerWidth, QTextLength(QTextLength.Type.PercentageLength, 100)
        )
        self._cursor.setBlockFormat(form)
        said = _tr("Slide {number} (hidden)") if block.sign else _tr("Slide {number}")
        self._cursor.insertText(said.format(number=block.level), _letters(bold=not block.text))
        if block.text:
            self._cursor.insertText("   ", QTextCharFormat())
            self._insert(block.text, _letters(bold=True, size=1))

    def _mark_heading(self, level: int) -> None:
        form = self._cursor.blockFormat()
        form.setHeadingLevel(min(max(level, 1), 6))
        self._cursor.setBlockFormat(form)

    def _add_item(self, block: DocumentBlock) -> None:
        self._begin(after=0.25)
        style, number = _sign(block.sign)
        for deeper in [level for level in self._lists if level > block.level]:
            del self._lists[deeper]
        former, following = self._lists.get(block.level, (None, 0))
        is_bullet = style is QTextListFormat.Style.ListDisc
        if former is not None and former.format().style() is style and (is_bullet or following == number):
            former.add(self._cursor.block())
        else:
            form = QTextListFormat()
            form.setStyle(style)
            form.setIndent(block.level + 1)
            if not is_bullet:
                form.setStart(number)
            former = self._cursor.createList(form)
        self._lists[block.level] = (former, number + 1)
        self._insert(block.text)

    def _add_table(self, rows: Sequence[tuple[str, ...]]) -> None:
        columns = max(map(len, rows), default=0)
        self._cells_left -= len(rows) * columns
        if self._cells_left < 0 or columns > COLUMNS_MOST:
            for row in rows:
                self._begin(after=0.1)
                self._insert("\t".join(row))
            return
        form = QTextTableFormat()
        form.setBorderCollapse(True)
        form.setBorder(1)
        form.setBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
        form.setCellPadding(self._unit * 0.4)
        form.setTopMargin(self._unit * 0.25)
        form.setBottomMargin(self._unit * 0.75)
        if self._is_first:
            self._begin(after=0)
        table = self._cursor.insertTable(len(rows), columns, form)
        for number, row in enumerate(rows):
            for place, text in enumerate(row):
                table.cellAt(number, place).firstCursorPosition().insertText(text.replace("\n", "\u2028"))
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._is_first = True

    def _add_picture(self, block: DocumentBlock) -> None:
        if block.picture is None:
            self._begin()
            said = block.text or _tr("a picture that is not inside the file")
            self._cursor.insertText(f"[{said}]", _letters(italic=True))
            return
        self._begin(after=0.75, is_picture=True)
        width, height = (block.width * PIXELS_PER_POINT, block.height * PIXELS_PER_POINT)
        if width < 8 or height < 8:
            width, height = UNSAID_SIZE
        spot = PictureSpot(self._cursor.position(), block.picture, width, height)
        form = QTextImageFormat()
        form.setName(spot.name)
        form.setWidth(width)
        form.setHeight(height)
        form.setProperty(QTextFormat.Property.ImageAltText, block.text)
        self._cursor.insertImage(form)
        self.spots.append(spot)


def _letters(*, bold: bool = False, italic: bool = False, size: int = 0) -> QTextCharFormat:
    form = QTextCharFormat()
    if bold:
        form.setFontWeight(QFont.Weight.DemiBold)
    form.setFontItalic(italic)
    if size:
        form.setProperty(QTextFormat.Property.FontSizeAdjustment, size)
    return form


def _sign(sign: str) -> tuple[QTextListFormat.Style, int]:
    """Style and number of "3." or "c."; a disc for everything else."""
    mark = sign.removesuffix(".")
    if mark.isdecimal():
        return QTextListFormat.Style.ListDecimal, int(mark[:6])
    if len(mark) == 1 and "a" <= mark.lower() <= "z":
        style = QTextListFormat.Style.ListLowerAlpha if mark.islower() else QTextListFormat.Style.ListUpperAlpha
        return style, ord(mark.lower()) - ord("a") + 1
    return QTextListFormat.Style.ListDisc, 0
