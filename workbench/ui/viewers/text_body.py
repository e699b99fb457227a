"""The surface on which a text is read: about 66 characters to a line, citations marked at its edge."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from workbench.media.jobs import DocumentBlock
from workbench.model.citation import TextQuote
from workbench.ui import theme
from workbench.ui.theme import TextRole, scaled
from workbench.ui.viewers.marks import BAR_PX, Mark, bar_label_width, paint_bar
from workbench.ui.viewers.safe_document import SafeDocument
from workbench.ui.viewers.text_blocks import PictureSpot, lay_out_blocks
from workbench.ui.viewers.text_finding import Span
from workbench.ui.viewers.text_quote import characters_before, find_quote, quote_at, unit_of

MEASURE = 66
HITS_MARKED = 400
_EDGE = 28
_SAMPLE = "the quick brown fox jumps over a lazy dog and eats the other one"


class TextBody(QTextEdit):
    """Read only; the text can be selected with the mouse and the keyboard."""

    moved = Signal()
    measured = Signal()
    """The lines have another width now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("textBody")
        self.setAccessibleName(self.tr("Text"))
        self.setReadOnly(True)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._marks: tuple[Mark, ...] = ()
        self._spots: list[tuple[Mark, int]] = []
        self._hits: tuple[Span, ...] = ()
        self._hit: Span | None = None
        self._text = ""
        self.setDocument(SafeDocument(self))
        self.verticalScrollBar().valueChanged.connect(self.moved)

    def show_text(self, text: str, *, is_markdown: bool) -> None:
        """Replace what is read, from its beginning."""
        document = SafeDocument(self)
        document.show_text(text, is_markdown=is_markdown, font=theme.current().font(TextRole.DESCRIPTOR))
        self._take(document)

    def show_blocks(self, blocks: Sequence[DocumentBlock]) -> list[PictureSpot]:
        """Replace what is read by a document; returns where it wants its pictures."""
        document = SafeDocument(self)
        spots = lay_out_blocks(document, blocks, theme.current().font(TextRole.DESCRIPTOR))
        self._take(document)
        return spots

    def _take(self, document: SafeDocument) -> None:
        former = self.document()
        self.setDocument(document)
        former.deleteLater()
        self._text = document.toPlainText()
        self._hits, self._hit = (), None
        self._set_measure()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    @property
    def text(self) -> str:
        """What is shown, as characters."""
        return self._text

    def clear_text(self) -> None:
        """Show nothing."""
        self.show_text("", is_markdown=False)
        self.set_marks(())

    @property
    def line_width(self) -> float:
        """How wide a line may be, in logical pixels."""
        form = self.document().rootFrame().frameFormat()
        return max(scaled(80), self.viewport().width() - form.leftMargin() - form.rightMargin())

    @property
    def has_selection(self) -> bool:
        """Whether words are selected."""
        return self.textCursor().hasSelection()

    def range_near_view(self) -> tuple[int, int]:
        """The document positions from one view above what is seen to one view below it."""
        height, right = self.viewport().height(), self.viewport().width()
        first = self.cursorForPosition(QPoint(0, -height)).position()
        return first, self.cursorForPosition(QPoint(right, 2 * height)).position() + 1

    def quote(self) -> TextQuote | None:
        """The selection, else the first paragraph in view; None in an empty text."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            start, end = cursor.selectionStart(), cursor.selectionEnd()
        else:
            block = self.cursorForPosition(QPoint(self.viewport().width() // 2, 1)).block()
            while block.isValid() and not block.text().strip():
                block = block.next()
            start, end = block.position(), block.position() + block.length() - 1
        return quote_at(self._text, characters_before(self._text, start), characters_before(self._text, end))

    def go_to_quote(self, quote: TextQuote) -> None:
        """Bring a quotation into view and select it."""
        found = find_quote(self._text, quote)
        if found is not None:
            self.setTextCursor(self._cursor(*found))
            self._bring_to_view(found)

    def show_hits(self, hits: Sequence[Span], current: Span | None) -> None:
        """Mark what a search has found, and bring the current find into view."""
        self._hits, self._hit = tuple(hits), current
        self._mark_all()
        if current is not None:
            self._bring_to_view(current)

    def _bring_to_view(self, span: Span) -> None:
        top = self.cursorRect(self._cursor(span[0], span[0])).top()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + top - self.viewport().height() // 4)

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Mark these citations."""
        self._marks = tuple(marks)
        self._mark_all()

    def _mark_all(self) -> None:
        selections, self._spots = [], []
        for mark in self._marks:
            place = mark.citation.place
            found = find_quote(self._text, place) if isinstance(place, TextQuote) else None
            if found is not None:
                selections.append(self._highlight(found, is_current=mark.is_current))
                self._spots.append((mark, unit_of(self._text, found[0])))
        selections += self._hit_selections()
        self.setExtraSelections(selections)
        self.viewport().update()

    def _hit_selections(self) -> list[QTextEdit.ExtraSelection]:
        """At most a few hundred finds around the current one: each costs time whenever the text is painted."""
        here = self._hits.index(self._hit) if self._hit in self._hits else 0
        made = []
        for span in self._hits[max(0, here - HITS_MARKED // 2) : here + HITS_MARKED // 2]:
            selection = QTextEdit.ExtraSelection()
            selection.cursor = self._cursor(*span)
            is_here = span == self._hit
            selection.format.setBackground(theme.current().color("accent" if is_here else "accent_soft"))
            selection.format.setForeground(theme.current().color("on_accent" if is_here else "ink"))
            made.append(selection)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the measure."""
        self._set_measure()
        super().resizeEvent(event)
        self.measured.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, then letter and stance beside each citation."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        margin = self.document().rootFrame().frameFormat().leftMargin()
        taken: dict[int, float] = {}
        for mark, position in self._spots:
            cursor = QTextCursor(self.document())
            cursor.setPosition(position)
            line = self.cursorRect(cursor)
            width = bar_label_width(mark) + scaled(4)
            right = taken.get(line.top(), margin - scaled(8))
            middle = line.center().y() - scaled(BAR_PX) / 2
            paint_bar(painter, QRectF(right - width, middle, width, scaled(BAR_PX)), mark)
            taken[line.top()] = right - width - scaled(2)

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(unit_of(self._text, start))
        cursor.setPosition(unit_of(self._text, end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _highlight(self, found: tuple[int, int], *, is_current: bool) -> QTextEdit.ExtraSelection:
        look = theme.current()
        form = QTextCharFormat()
        form.setBackground(look.color("accent_soft" if is_current else "chip"))
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        form.setUnderlineColor(QColor(look.color("accent" if is_current else "badge")))
        selection = QTextEdit.ExtraSelection()
        selection.cursor = self._cursor(*found)
        selection.format = form
        return selection

    def _set_measure(self) -> None:
        room = self.width() - self.verticalScrollBar().sizeHint().width()
        wide = QFontMetricsF(self.document().defaultFont()).horizontalAdvance(_SAMPLE) / len(_SAMPLE) * MEASURE
        side = max(scaled(_EDGE), (room - wide) / 2)
        frame = self.document().rootFrame()
        form = frame.frameFormat()
        form.setLeftMargin(max(side, scaled(_EDGE) + scaled(28)))
        form.setRightMargin(side)
        form.setTopMargin(scaled(24))
        form.setBottomMargin(scaled(24))
        if form != frame.frameFormat():
            frame.setFrameFormat(form)
