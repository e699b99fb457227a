"""Selecting words with the mouse: by characters, a double click a word, a third the line; scrolls past the edges."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication

from workbench.ui.viewers import page_text
from workbench.ui.viewers.page_selection import Caret

if TYPE_CHECKING:
    from workbench.ui.viewers.pdf_pages import PdfPages

_SCROLL_EVERY_MS = 40


class PagePointer(QObject):
    """Each method says whether the event was about words; else it is the canvas's."""

    def __init__(self, pages: "PdfPages") -> None:
        super().__init__(pages)
        self._pages = pages
        self._at: QPointF | None = None
        self._double = (0, QPointF())
        self._timer = QTimer(self, interval=_SCROLL_EVERY_MS)
        self._timer.timeout.connect(self._scroll_on)

    def press(self, event: QMouseEvent) -> bool:
        """Begin to select; with Shift go on from where a selection began."""
        at, words = event.position(), self._pages.words
        if words is None or event.button() != Qt.MouseButton.LeftButton:
            return False
        if self._is_third_click(event):
            words.select_line(self.caret_at(at))
        elif not self.means_words(at, event.modifiers()):
            words.clear()
            return False
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier and words.selection is not None:
            words.select(words.selection.anchor, self.caret_at(at))
        else:
            self._at, caret = at, self.caret_at(at)
            words.select(caret, caret)
        return True

    def double_click(self, event: QMouseEvent) -> bool:
        """Select the word."""
        at, words = event.position(), self._pages.words
        if words is None or not self.means_words(at, event.modifiers()):
            return False
        self.release()
        self._double = event.timestamp(), at
        words.select_word(self.caret_at(at))
        return True

    def move(self, event: QMouseEvent) -> bool:
        """Select on; without a button show what a press would begin."""
        if self._at is not None:
            self._at = event.position()
            self._select_on()
            return True
        if not event.buttons():
            means_words = self.means_words(event.position(), event.modifiers())
            shape = Qt.CursorShape.IBeamCursor if means_words else Qt.CursorShape.CrossCursor
            self._pages.viewport().setCursor(shape)
        return False

    def release(self) -> None:
        """The selection is done."""
        self._at = None
        self._timer.stop()

    def means_words(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> bool:
        """Whether a press there would begin to select words."""
        pages = self._pages
        if pages.words is None or pages.pdf is None or pages.draws_boxes or modifiers & Qt.KeyboardModifier.AltModifier:
            return False
        page, x, y = pages.point_on(at)
        text, (width, height) = pages.words.texts.get(page), pages.pdf.sizes[page]
        return text is not None and page_text.touches(text, x, y, height / max(1.0, width))

    def caret_at(self, at: QPointF) -> Caret:
        """The caret nearest to a point of the view."""
        page, x, y = self._pages.point_on(at)
        text = self._pages.words.texts.get(page) if self._pages.words is not None else None
        return Caret(page, page_text.caret_at(text, x, y) if text is not None else 0)

    def _is_third_click(self, event: QMouseEvent) -> bool:
        when, where = self._double
        is_soon = when > 0 and event.timestamp() - when <= QApplication.doubleClickInterval()
        reach = QGuiApplication.styleHints().mouseDoubleClickDistance()
        return is_soon and (event.position() - where).manhattanLength() <= reach

    def _select_on(self) -> None:
        words, room = self._pages.words, self._pages.viewport().rect()
        if self._at is None or words is None or words.selection is None:
            return
        is_outside = not room.top() <= self._at.y() <= room.bottom()
        if is_outside and not self._timer.isActive():
            self._timer.start()
        elif not is_outside:
            self._timer.stop()
        words.select(words.selection.anchor, self.caret_at(self._at))

    def _scroll_on(self) -> None:
        if self._at is not None:
            room, y = self._pages.viewport().rect(), self._at.y()
            self._pages.scroll_by(0, y - room.bottom() if y > room.bottom() else y - room.top())
            self._select_on()
