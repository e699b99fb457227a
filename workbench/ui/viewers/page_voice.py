"""What those hear who do not see the pages: which page it is, its words, what is selected. Shows nothing."""

from PySide6.QtCore import QObject, QTimer

from workbench.ui.announcing import announce
from workbench.ui.viewers.pdf_pages import PdfPages

SAY_AFTER_MS = 350
WORDS_MOST, SELECTED_MOST = 6_000, 200


class PageVoice(QObject):
    """Speaks once moves pause."""

    def __init__(self, pages: PdfPages) -> None:
        super().__init__(pages)
        self._pages = pages
        self._said = ""
        self._timer = QTimer(self, singleShot=True, interval=SAY_AFTER_MS)
        self._timer.timeout.connect(self._say)
        pages.page_changed.connect(self.show_page)
        pages.text_arrived.connect(self._on_text)
        pages.selection_changed.connect(self._timer.start)

    def show_page(self, page: int) -> None:
        """The page that is looked at now."""
        pdf = self._pages.pdf
        if pdf is None:
            self._pages.setAccessibleName("")
            self._pages.setAccessibleDescription("")
            return
        words = self.tr("Page {page} of {count}")
        if pdf.label(page) != str(page + 1):
            words = self.tr("Page {label}, {page} of {count}")
        self._pages.setAccessibleName(words.format(label=pdf.label(page), page=page + 1, count=pdf.page_count))
        self._on_text(page)
        self._timer.start()

    def _on_text(self, page: int) -> None:
        words = self._pages.words
        if words is not None and page == self._pages.page:
            text = words.texts.get(page)
            self._pages.setAccessibleDescription(text.text[:WORDS_MOST] if text is not None else "")

    def _say(self) -> None:
        words = self._pages.words
        text = self._pages.accessibleName()
        if words is not None and words.has_selection:
            text = self.tr("Selected: {words}").format(words=words.words()[-SELECTED_MOST:])
        if text != self._said:
            self._said = text
            announce(self._pages, text)
