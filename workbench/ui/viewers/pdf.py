"""A PDF: its pages, what stands beside them, and the card with tools and citing. Renders nothing in this process."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from workbench.errors import KnownError
from workbench.model.citation import PageBox, PageQuote, Place
from workbench.model.ids import EvidenceId
from workbench.model.place import WorkPlace
from workbench.queries.views import EvidenceItem
from workbench.tasks import Tasks
from workbench.ui.viewers.marks import Mark
from workbench.ui.viewers.page_voice import PageVoice
from workbench.ui.viewers.pdf_body import PdfBody
from workbench.ui.viewers.pdf_opened import OpenedPdf
from workbench.ui.viewers.pdf_opening import PdfOpening
from workbench.ui.viewers.pdf_pages import PdfPages
from workbench.ui.viewers.pdf_password import PasswordCard
from workbench.ui.viewers.pdf_side import PdfSide, SideTab
from workbench.ui.viewers.pdf_tools import PdfTools
from workbench.ui.viewers.still_viewer import StillViewer


class PdfViewer(StillViewer):
    """Page numbers on screen are those printed on the pages ("iv"), with the place in the file beside them."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, "pdfViewer", "pdfCiteButton", parent)
        self._turned: dict[EvidenceId, int] = {}
        self.pages, self.side, self.password = PdfPages(self), PdfSide(self), PasswordCard(self)
        self.body = PdfBody(self.pages, self.side)
        self._opening = PdfOpening(tasks, self)
        self._voice = PageVoice(self.pages)
        self._content = QStackedWidget()
        self._content.addWidget(self.body)
        self._content.addWidget(self.password)
        self.tools = PdfTools(self.row, self)
        self.lay_out(self._content, "chip", hint_gives_way=6)
        self.setFocusProxy(self.pages)
        self._connect_pages()
        self._connect_side()
        self._connect_tools()

    def _connect_pages(self) -> None:
        pages = self.pages
        pages.page_changed.connect(self._on_page_changed)
        pages.zoom_changed.connect(lambda zoom: self.tools.show_zoom(zoom, pages.chosen_zoom))
        pages.moved.connect(self._on_moved)
        pages.first_page_shown.connect(self.shown)
        pages.broke.connect(self._on_broke)
        pages.box_drawn.connect(self._show_hint)
        pages.selection_changed.connect(self._show_hint)
        pages.cite_asked.connect(self.cite_requested)
        pages.turned.connect(self._on_turned)

    def _connect_side(self) -> None:
        self.side.chosen.connect(self.pages.go_to_page)
        self.side.left.connect(self._focus_pages)
        self.side.done.connect(self._on_side_done)
        search = self.side.search
        search.restarted.connect(self._show_finds)
        search.inserted.connect(self._show_finds)
        search.stepped.connect(self._on_find_stepped)
        self._opening.opened.connect(self._on_opened)
        self._opening.broke.connect(self._on_broke)
        self._opening.password_asked.connect(self.opening_note.end)
        self._opening.password_asked.connect(self._ask_password)
        self._opening.password_refused.connect(self.password.say_wrong)
        self.password.entered.connect(self._opening.try_password)

    def _connect_tools(self) -> None:
        tools = self.tools
        tools.side.clicked.connect(self.body.open_side)
        self.body.side_toggled.connect(tools.side.setChecked)
        tools.page_asked.connect(lambda by: self.pages.go_to_page(self.pages.page + by))
        tools.page_entered.connect(self._on_page_entered)
        tools.zoom_stepped.connect(self.pages.zoom_by)
        tools.zoom_asked.connect(self.pages.set_zoom)
        tools.rotate.clicked.connect(self.pages.rotate)
        tools.box.toggled.connect(self._on_box_toggled)

    def show_evidence(self, item: EvidenceItem, captions: EvidenceItem | None = None) -> None:
        """Open this evidence; the panel, and how a document was turned, last while the submission is open."""
        turned, is_open, tab = self._turned, self.body.is_side_open, self.side.tab
        super().show_evidence(item, captions)
        self._turned = turned
        self.side.show_tab(tab)
        self.body.open_side(is_open)

    def clear(self) -> None:
        """Forget the document, and how it was looked at."""
        super().clear()
        self._opening.stop()
        self.side.show_pdf(None)
        self.pages.clear()
        self.password.clear()
        self._turned = {}
        self.body.open_side(False)
        self.side.show_tab(SideTab.PAGES)
        self.tools.box.setChecked(False)
        self._show_pages_not_card(True)
        self._set_enabled(False)
        self.tools.show_page(0, 0, "")
        self.tools.tell_repair("")
        self.hint.setText("")

    def load(self) -> None:
        """Ask for the page sizes."""
        assert self.source is not None
        self._opening.open(self.source)

    def place(self) -> WorkPlace:
        """Page and zoom."""
        return WorkPlace(
            evidence_id=self.item.evidence.id if self.item else None,
            page=self.pages.page,
            zoom=self.pages.chosen_zoom,
        )

    def pages_in_view(self) -> tuple[int, ...]:
        """The pages (from 0) of which something is seen."""
        return tuple(self.pages.visible_pages())

    def move_to(self, wanted: WorkPlace | Place) -> None:
        """Go to a remembered page at its zoom, to a cited box, or to cited words."""
        if isinstance(wanted, WorkPlace):
            self.pages.set_zoom(wanted.zoom)
            self.pages.go_to_page(wanted.page)
        elif isinstance(wanted, PageBox):
            self.pages.go_to_place(wanted.page, wanted.box)
        elif isinstance(wanted, PageQuote):
            self.pages.go_to_quote(wanted)

    def citation_place(self) -> Place | None:
        """The selected words, else the drawn box, else the page that is looked at."""
        return self.pages.current_place()

    def set_citations(self, marks: Sequence[Mark]) -> None:
        """Draw them; a box or a selection that has just been cited is done."""
        super().set_citations(marks)
        self.pages.take_cited(self.marks)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F4 the panel, Ctrl+F the search, F3 the next hit; keys that the buttons leave go to the pages."""
        key, modifiers = event.key(), event.modifiers()
        if key == Qt.Key.Key_F4 and not modifiers and self.is_ready:
            self._toggle_side()
        elif key == Qt.Key.Key_F and modifiers == Qt.KeyboardModifier.ControlModifier and self.is_ready:
            self.body.open_side(True)
            self.side.focus_search()
        elif key == Qt.Key.Key_F3 and self.is_ready:
            self.side.finder.step(-1 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            self._hand_on(event)

    def _hand_on(self, event: QKeyEvent) -> None:
        event.ignore()
        if not self.pages.hasFocus():
            self.pages.keyPressEvent(event)
        if not event.isAccepted() and event.key() == Qt.Key.Key_Escape and self.side.search.query:
            self.side.finder.clear()
            event.accept()
        if not event.isAccepted():
            super().keyPressEvent(event)

    def _toggle_side(self) -> None:
        self.body.open_side(not self.body.is_side_open)
        if self.body.is_side_open:
            self.side.focus_content()

    def _on_side_done(self) -> None:
        if self.body.covers_pages:
            self.body.open_side(False)
            self._focus_pages()

    def _focus_pages(self) -> None:
        if self.body.covers_pages:
            self.body.open_side(False)
        self.pages.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_opened(self, pdf: OpenedPdf, note: str) -> None:
        assert self.item is not None
        self._show_pages_not_card(True)
        self.password.clear()
        self._set_enabled(True)
        self.tools.tell_repair(note)
        self.pages.show_pages(pdf, self._turned.get(self.item.evidence.id, 0))
        self.side.show_pdf(pdf)
        self.side.thumbnails.set_rotation(self.pages.rotation)
        self._on_page_changed(self.pages.page)
        self._voice.show_page(self.pages.page)
        self._show_hint()
        self.mark_ready()

    def _ask_password(self) -> None:
        self.password.ask()
        self._show_pages_not_card(False)

    def _show_pages_not_card(self, are_pages: bool) -> None:
        """Swap pages and card; the focus, when it is here, goes along."""
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self._content.isAncestorOf(focus)
        self._content.setCurrentWidget(self.body if are_pages else self.password)
        target: QWidget = self.pages if are_pages else self.password.field
        self.setFocusProxy(target)
        if had_focus:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_broke(self, problem: KnownError) -> None:
        if self.source is not None:
            self.tell_failure(problem)

    def _on_page_changed(self, page: int) -> None:
        pdf = self.pages.pdf
        self.tools.show_page(page, self.pages.page_count, pdf.label(page) if pdf is not None else "")
        self.side.show_page(page)

    def _on_moved(self) -> None:
        if self.is_ready:
            self.place_changed.emit()

    def _on_turned(self, rotation: int) -> None:
        if self.item is not None:
            self._turned[self.item.evidence.id] = rotation
        self.side.thumbnails.set_rotation(rotation)

    def _on_box_toggled(self, is_on: bool) -> None:
        self.pages.draws_boxes = is_on

    def _show_finds(self) -> None:
        self.pages.set_finds(self.side.search.hits, self.side.search.find)

    def _on_find_stepped(self) -> None:
        self._show_finds()
        if self.side.search.find is not None:
            self.pages.show_find(self.side.search.find)

    def _show_hint(self) -> None:
        words, pdf = self.pages.words, self.pages.pdf
        if words is None or pdf is None:
            self.hint.setText("")
        elif words.has_selection:
            quote, text = words.quote(), self.tr("Cites the selected words")
            if words.reaches_over_pages and quote is not None:
                text = self.tr("Cites the words on page {label}").format(label=pdf.label(quote.page))
            self.hint.say(text, short=self.tr("Cites the words"))
        else:
            text = self.tr("Cites the page. Select words or draw a box to cite less.")
            self.pages.say_hint(self.hint, text, short=self.tr("Cites the page"))

    def _on_page_entered(self, entered: str) -> None:
        pdf = self.pages.pdf
        if pdf is not None and entered in pdf.labels:
            self.pages.go_to_page(pdf.labels.index(entered))
        elif entered.isdigit():
            self.pages.go_to_page(int(entered) - 1)
        self._on_page_changed(self.pages.page)
        self.pages.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_enabled(self, enabled: bool) -> None:
        self.tools.set_enabled(enabled)
        self.cite.setEnabled(enabled)
