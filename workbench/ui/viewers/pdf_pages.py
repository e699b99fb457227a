"""The pages of one PDF with what is on them for the assessor: selected words, finds, citations, the drawn box."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from workbench.media.jobs import TextHit
from workbench.model.citation import Box, PageBox, PageQuote
from workbench.ui import theme
from workbench.ui.viewers.marks import WHOLE, Mark, TagMargin, paint_box, paint_drawn_box, paint_quote
from workbench.ui.viewers.page_highlights import paint_find, paint_selected
from workbench.ui.viewers.page_keys import Move, move_of, step_of
from workbench.ui.viewers.page_pointer import PagePointer
from workbench.ui.viewers.page_scroll import FIT_PAGE, FIT_WIDTH, PageScroll
from workbench.ui.viewers.page_selection import Caret
from workbench.ui.viewers.page_texts import PageTexts
from workbench.ui.viewers.page_words import PageWords, Step
from workbench.ui.viewers.pdf_opened import OpenedPdf

_WITH_ALT = Qt.KeyboardModifier.AltModifier


class PdfPages(PageScroll):
    """A drag that begins on words selects them; elsewhere, with Alt or while `draws_boxes`, it draws a box."""

    selection_changed = Signal()
    text_arrived = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words: PageWords | None = None
        self.draws_boxes = False
        self._finds: dict[int, list[TextHit]] = {}
        self._find: TextHit | None = None
        self._sought_quote: PageQuote | None = None
        self._pointer = PagePointer(self)
        self.viewport().setMouseTracking(True)
        self.box_drawn.connect(self._on_box_drawn)

    def clear(self) -> None:
        """Forget the document and give everything back."""
        self._pointer.release()
        if self.words is not None:
            self.words.texts.drop()
        self.words = self._sought_quote = None
        self.set_finds((), None)
        super().clear()

    def show_pages(self, pdf: OpenedPdf, rotation: int = 0) -> None:
        """Show a document from its first page, turned by `rotation` degrees clockwise."""
        self.words = PageWords(PageTexts(pdf, self._on_text), pdf.page_count, self._on_selection_changed)
        super().show_pages(pdf, rotation)

    def ask(self) -> None:
        """Ask for pictures, then for the words of what is in view."""
        super().ask()
        if self.words is not None:
            self.words.texts.want([page for page in self.visible_pages() if self.has_picture(page)])

    def current_place(self) -> PageQuote | PageBox | None:
        """The selected words, else the drawn box, else the whole page that is looked at."""
        if self.words is None:
            return None
        return self.words.quote() or self.drawn or PageBox(page=self.page, box=WHOLE)

    def take_cited(self, marks: Sequence[Mark]) -> None:
        """Draw these citations; a selection or a box that has just been cited is done."""
        super().take_cited(marks)
        quote = self.words.quote() if self.words is not None else None
        if self.words is not None and quote is not None and any(mark.citation.place == quote for mark in marks):
            self.words.clear()

    def go_to_page(self, page: int) -> None:
        """Bring the top of a page (from 0) into view."""
        self._sought_quote = None
        super().go_to_page(page)

    def go_to_quote(self, quote: PageQuote) -> None:
        """Bring quoted words into view: their page at once, the words as soon as they are known."""
        if self.words is None or not 0 <= quote.page < self.page_count:
            return
        self.go_to_page(quote.page)
        self._sought_quote = quote
        self.words.texts.when_here((quote.page,), lambda: self._show_sought(quote))

    def set_finds(self, finds: Sequence[TextHit], current: TextHit | None) -> None:
        """Highlight what was found, and one of it more."""
        self._finds, self._find = {}, current
        for hit in finds:
            self._finds.setdefault(hit.page, []).append(hit)
        self.viewport().update()

    def show_find(self, hit: TextHit) -> None:
        """Go to a find and select it, so that it can be cited at once."""
        if hit.boxes:
            self.go_to_place(hit.page, hit.boxes[0])
        else:
            self.go_to_page(hit.page)
        if self.words is not None:
            self.words.select(Caret(hit.page, hit.start), Caret(hit.page, hit.start + hit.length))

    def clear_selection(self) -> None:
        """Select nothing."""
        if self.words is not None:
            self.words.clear()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to select, or a box, or a move."""
        if not self._pointer.press(event):
            super().mousePressEvent(event)
        elif self.drawn is not None:
            self.clear_drawn()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the word."""
        if not self._pointer.double_click(event):
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select on or draw on."""
        if not self._pointer.move(event):
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The selection or the box is done."""
        self._pointer.release()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Shift+arrows select (with Alt, from where it began); Ctrl+A, Ctrl+C; then what moves the pages."""
        step, move = step_of(event), move_of(event)
        if step is not None and not self.holds_box and self.words is not None:
            self._step_selection(step, at_start=bool(event.modifiers() & _WITH_ALT))
        elif event.key() == Qt.Key.Key_Escape and self.words is not None and self.words.has_selection:
            self.clear_selection()
        elif move is not None and self.words is not None:
            self._do(move)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and not self.holds_box:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint pages, then what is on them."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in self.visible_pages():
            self._paint_paper(painter, page)
            self._paint_words(painter, page)
            margin = TagMargin(self._page_rect(page) if self.rotation == 0 else None)
            for mark in self.marks:
                self._paint_mark(painter, page, mark, margin)
            if self.drawn is not None and self.drawn.page == page:
                paint_drawn_box(painter, self.box_rect(self.drawn))

    def _paint_paper(self, painter: QPainter, page: int) -> None:
        paper = self._page_rect(page)
        painter.fillRect(paper, Qt.GlobalColor.white)
        if self._layers is not None:
            self._layers.paint(painter, page, paper)
        painter.setPen(QPen(theme.current().color("line"), 1))
        painter.drawRect(paper.adjusted(-0.5, -0.5, 0.5, 0.5))

    def _paint_words(self, painter: QPainter, page: int) -> None:
        for hit in self._finds.get(page, ()):
            for box in hit.boxes:
                paint_find(painter, self.rect_on(page, box), is_current=hit == self._find)
        for box in self.words.boxes_on(page) if self.words is not None else ():
            paint_selected(painter, self.rect_on(page, box))

    def _paint_mark(self, painter: QPainter, page: int, mark: Mark, margin: TagMargin) -> None:
        place = mark.citation.place
        if isinstance(place, PageBox) and place.page == page:
            paint_box(painter, self.box_rect(place).adjusted(1, 1, -1, -1), mark)
        elif isinstance(place, PageQuote) and place.page == page:
            paint_quote(painter, self.quote_rects(place), mark, margin)

    def quote_rects(self, quote: PageQuote) -> list[QRectF]:
        """Where quoted words stand in the view, line by line; nothing while they are not known."""
        return [self.rect_on(quote.page, box) for box in self.words.boxes_of(quote)] if self.words is not None else []

    def _step_selection(self, step: Step, *, at_start: bool) -> None:
        assert self.words is not None
        if self.words.selection is None:
            paper = self.rect_on(self.page, WHOLE)
            caret = self._pointer.caret_at(QPointF(paper.left() + 1, max(1.0, paper.top() + 1)))
            self.words.select(caret, caret)
        if self.drawn is not None:
            self.clear_drawn()
        self.words.step(step, at_start=at_start)
        selection = self.words.selection
        if selection is not None:
            caret = selection.anchor if at_start else selection.end
            self.words.texts.when_here((caret.page,), lambda: self._reveal_caret(caret))

    def _reveal_caret(self, caret: Caret) -> None:
        box = self.words.box_at(caret) if self.words is not None else None
        if box is not None:
            self.reveal(caret.page, box)

    def _do(self, move: Move) -> None:
        assert self.words is not None
        match move:
            case Move.ROTATE:
                self.rotate()
            case Move.SELECT_PAGE:
                self.words.select_page(self.page)
            case Move.COPY:
                self.words.with_words(QGuiApplication.clipboard().setText)
            case Move.ZOOM_IN | Move.ZOOM_OUT:
                self.zoom_by(1 if move is Move.ZOOM_IN else -1)
            case Move.FIT_WIDTH | Move.FIT_PAGE:
                self.set_zoom(FIT_WIDTH if move is Move.FIT_WIDTH else FIT_PAGE)
            case Move.FIRST | Move.LAST:
                self.go_to_page(0 if move is Move.FIRST else self.page_count - 1)
            case Move.VIEW_DOWN | Move.VIEW_UP:
                self._move_view(1 if move is Move.VIEW_DOWN else -1)

    def _move_view(self, by: int) -> None:
        """By a page where pages fit whole, else by what is seen, a little less."""
        if self.chosen_zoom == FIT_PAGE:
            self.go_to_page(self.page + by)
        else:
            self.scroll_by(0, by * self.viewport().height() * 0.9)

    def _show_sought(self, quote: PageQuote) -> None:
        boxes = self.words.boxes_of(quote) if self.words is not None else ()
        if self._sought_quote is quote and self.page == quote.page and boxes:
            self.go_to_place(quote.page, self._first_part(quote, boxes[0]))

    def _first_part(self, quote: PageQuote, line: Box) -> Box:
        """The first line of a quotation, or its first character where the whole line has no room in the view."""
        rect, room = self.rect_on(quote.page, line), self.viewport().rect()
        is_seen = rect.width() < room.width() and rect.height() < room.height()
        return line if is_seen or self.words is None else self.words.first_box(quote) or line

    def _on_text(self, page: int) -> None:
        self.viewport().update()
        self.text_arrived.emit(page)

    def _on_box_drawn(self) -> None:
        """A box is cited instead of words, not beside them."""
        if self.drawn is not None:
            self.clear_selection()

    def _on_selection_changed(self) -> None:
        self.viewport().update()
        self.selection_changed.emit()
