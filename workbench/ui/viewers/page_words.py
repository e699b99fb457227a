"""Selecting and finding words on the pages of one PDF. Knows carets and boxes of upright pages, no pixel."""

from collections.abc import Callable
from enum import Enum

from workbench.media.jobs import PageText
from workbench.model.citation import Box, PageQuote
from workbench.ui.viewers import page_text
from workbench.ui.viewers.page_selection import Caret, Selection
from workbench.ui.viewers.page_texts import PageTexts


class Step(Enum):
    """How far a key moves an end of the selection, and which way."""

    CHARACTER_BACK = -1
    CHARACTER_ON = 1
    WORD_BACK = -2
    WORD_ON = 2
    LINE_UP = -3
    LINE_DOWN = 3
    LINE_START = -4
    LINE_END = 4


class PageWords:
    """`changed` is called when the selection is another one."""

    def __init__(self, texts: PageTexts, page_count: int, changed: Callable[[], None]) -> None:
        self.texts = texts
        self.selection: Selection | None = None
        self._page_count = page_count
        self._changed = changed

    @property
    def has_selection(self) -> bool:
        """Whether words are selected."""
        return self.selection is not None and not self.selection.is_empty

    def select(self, anchor: Caret, end: Caret) -> None:
        """Select from one caret to another."""
        self._set(Selection(anchor, end))

    def clear(self) -> None:
        """Select nothing."""
        self._set(None)

    def select_word(self, caret: Caret) -> None:
        """Select the word at a caret."""
        self._select_around(caret, page_text.word_around)

    def select_line(self, caret: Caret) -> None:
        """Select the line at a caret."""
        self._select_around(caret, page_text.line_around)

    def select_page(self, page: int) -> None:
        """Select all words of a page, as soon as they are here."""

        def select() -> None:
            self.select(Caret(page, 0), Caret(page, len(self._text(page).text)))

        self.texts.when_here((page,), select)

    def step(self, step: Step, *, at_start: bool = False) -> None:
        """Move the end of the selection, or with `at_start` the caret where it began."""
        if self.selection is None:
            return
        moved = self._moved(self.selection.anchor if at_start else self.selection.end, step)
        if moved is not None:
            anchor, end = self.selection
            self.select(*((moved, end) if at_start else (anchor, moved)))

    def quote(self) -> PageQuote | None:
        """What is selected as a quotation: of the first page with selected words, for a quotation has one page."""
        for page in self.selection.pages if self.selection is not None else ():
            text = self.texts.get(page)
            part = self._part(page, text) if text is not None else None
            if part is not None and text is not None:
                quote = page_text.page_quote(page, text, *part)
                if quote is not None:
                    return quote
        return None

    @property
    def reaches_over_pages(self) -> bool:
        """Whether words on more than one page are selected."""
        return self.selection is not None and len(self.selection.pages) > 1

    def words(self) -> str:
        """What is selected, as text; of pages that are not here, nothing."""
        parts = []
        for page in self.selection.pages if self.selection is not None else ():
            text = self._text(page)
            part = self._part(page, text)
            if part is not None:
                parts.append(text.text[part[0] : part[1]])
        return "\n".join(parts)

    def with_words(self, call: Callable[[str], None]) -> None:
        """Hand over what is selected, once all of it is here."""
        if self.selection is not None:
            self.texts.when_here(self.selection.pages, lambda: call(self.words()))

    def boxes_on(self, page: int) -> tuple[Box, ...]:
        """Where the selected words of a page stand."""
        text = self._text(page)
        part = self._part(page, text)
        return page_text.boxes_between(text, *part) if part is not None else ()

    def boxes_of(self, quote: PageQuote) -> tuple[Box, ...]:
        """Where a quotation stands on its page; nothing while the page's words are not here."""
        text = self._text(quote.page)
        found = page_text.find_on_page(text, quote)
        return page_text.boxes_between(text, *found) if found is not None else ()

    def first_box(self, quote: PageQuote) -> Box | None:
        """The first character of a quotation."""
        found = page_text.find_on_page(self._text(quote.page), quote)
        return self.box_at(Caret(quote.page, found[0])) if found is not None else None

    def box_at(self, caret: Caret) -> Box | None:
        """The character at a caret, to bring it into view."""
        text = self._text(caret.page)
        at = min(caret.at, max(0, len(text.text) - 1))
        boxes = page_text.boxes_between(text, at, at + 1) or page_text.boxes_between(text, max(0, at - 1), at)
        return boxes[0] if boxes else None

    def _set(self, selection: Selection | None) -> None:
        if selection != self.selection:
            self.selection = selection
            self._changed()

    def _select_around(self, caret: Caret, around: Callable[[PageText, int], tuple[int, int]]) -> None:
        start, end = around(self._text(caret.page), caret.at)
        self.select(Caret(caret.page, start), Caret(caret.page, end))

    def _text(self, page: int) -> PageText:
        return self.texts.get(page) or PageText(text="", lines=())

    def _part(self, page: int, text: PageText) -> tuple[int, int] | None:
        return self.selection.part_on(page, len(text.text)) if self.selection is not None else None

    def _moved(self, caret: Caret, step: Step) -> Caret | None:
        """Where a step leads; None while the words there are not here: they are asked for."""
        text = self.texts.get(caret.page)
        if text is None:
            self.texts.when_here((caret.page,), lambda: None)
            return None
        at = _stepped(text, caret.at, step)
        if at is not None:
            return Caret(caret.page, at)
        return self._over_the_edge(caret, 1 if step.value > 0 else -1)

    def _over_the_edge(self, caret: Caret, by: int) -> Caret | None:
        page = caret.page + by
        if not 0 <= page < self._page_count:
            return None
        if by > 0:
            return Caret(page, 0)
        text = self.texts.get(page)
        if text is None:
            self.texts.when_here((page,), lambda: None)
            return None
        return Caret(page, len(text.text))


def _stepped(text: PageText, at: int, step: Step) -> int | None:
    """The caret after a step on the same page; None over its edge."""
    match step:
        case Step.CHARACTER_BACK | Step.CHARACTER_ON:
            moved = at + step.value
            return moved if 0 <= moved <= len(text.text) else None
        case Step.WORD_BACK | Step.WORD_ON:
            moved = page_text.next_word(text, at, 1 if step is Step.WORD_ON else -1)
            return moved if moved != at else None
        case Step.LINE_UP | Step.LINE_DOWN:
            return page_text.other_line(text, at, 1 if step is Step.LINE_DOWN else -1)
        case _:
            start, end = page_text.line_around(text, at)
            return end if step is Step.LINE_END else start
