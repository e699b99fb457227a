"""A PDF: its pages and the card with page field, zoom and citing. Renders nothing in this process."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from workbench.errors import KnownError
from workbench.media.jobs import Pages, PageSizes
from workbench.model.citation import PageBox, Place
from workbench.model.place import WorkPlace
from workbench.tasks import Tasks
from workbench.ui.theme import scaled
from workbench.ui.viewers.marks import Mark
from workbench.ui.viewers.pdf_pages import PdfPages
from workbench.ui.viewers.still_viewer import StillViewer
from workbench.ui.viewers.tools import ToolButton, muted, quiet


class PdfViewer(StillViewer):
    """Page numbers on screen count from 1; labels printed on pages ("iv") work in the field too."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, "pdfViewer", "pdfCiteButton", parent)
        self._labels: tuple[str, ...] = ()
        self.pages = PdfPages(self)
        self.setFocusProxy(self.pages)
        self._make_tools()
        self._fill_row()
        self.pages.page_changed.connect(self._on_page_changed)
        self.pages.zoom_changed.connect(self._on_zoom_changed)
        self.pages.moved.connect(self._on_moved)
        self.pages.first_page_shown.connect(self._on_page_shown)
        self.pages.broke.connect(self._on_broke)
        self.pages.box_drawn.connect(self._on_box_drawn)

    def _make_tools(self) -> None:
        self.page_field = _PageField(self.tr("Page"))
        self.page_count = muted("")
        self.repaired = muted("", "repairedLabel")
        self.back = quiet("‹", "previousPageButton", self.tr("Previous page"))
        self.forward = quiet("›", "nextPageButton", self.tr("Next page"))
        self.zoom_out = quiet("−", "zoomOutButton", self.tr("Zoom out (−)"))
        self.zoom_label = muted("100 %", "zoomLabel")
        self.zoom_in = quiet("+", "zoomInButton", self.tr("Zoom in (+)"))
        self.fit = ToolButton(self.tr("Fit width"), "fitWidthButton")
        self.fit.setCheckable(True)
        self.page_field.returnPressed.connect(self._on_page_entered)
        self.back.clicked.connect(lambda: self.pages.go_to_page(self.pages.page - 1))
        self.forward.clicked.connect(lambda: self.pages.go_to_page(self.pages.page + 1))
        self.zoom_out.clicked.connect(lambda: self.pages.zoom_by(-1))
        self.zoom_in.clicked.connect(lambda: self.pages.zoom_by(1))
        self.fit.clicked.connect(lambda: self.pages.set_zoom(0))

    def _fill_row(self) -> None:
        self.row.add(self.back, gives_way=2)
        self.row.add(self.page_field, self.page_count)
        self.row.add(self.forward, gives_way=2)
        self.row.add(self.repaired)
        self.row.add(self.zoom_out)
        self.row.add(self.zoom_label, gives_way=3)
        self.row.add(self.zoom_in)
        self.row.add(self.fit, gives_way=1)
        self.lay_out(self.pages, "chip", hint_gives_way=4)

    def clear(self) -> None:
        """Forget the document."""
        super().clear()
        self.pages.clear()
        self._labels = ()
        self._set_enabled(False)
        self.page_field.clear()
        self.page_count.setText("")
        self._tell_repair("")
        self.hint.setText("")

    def load(self) -> None:
        """Ask for the page sizes."""
        assert self.source is not None
        self.source.decode(PageSizes(), self._on_sizes, failed=self._on_broke, priority=3)

    def place(self) -> WorkPlace:
        """Page and zoom."""
        return WorkPlace(
            evidence_id=self.item.evidence.id if self.item else None,
            page=self.pages.page,
            zoom=self.pages.chosen_zoom,
        )

    def move_to(self, wanted: WorkPlace | Place) -> None:
        """Go to a remembered page at its zoom, or to a cited box."""
        if isinstance(wanted, WorkPlace):
            self.pages.set_zoom(wanted.zoom)
            self.pages.go_to_page(wanted.page)
        elif isinstance(wanted, PageBox):
            self.pages.go_to_box(wanted)

    def citation_place(self) -> Place | None:
        """The drawn box, else the page that is looked at."""
        return self.pages.current_box()

    def set_citations(self, marks: Sequence[Mark]) -> None:
        """Draw them; a drawn box that has just been cited is done."""
        super().set_citations(marks)
        self.pages.take_cited(self.marks)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that the buttons leave go to the pages."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.pages.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def _on_sizes(self, pages: Pages) -> None:
        assert self.source is not None
        self._labels = pages.labels
        self._set_enabled(True)
        self._tell_repair(pages.note)
        self.page_count.setText(self.tr("of {count}").format(count=len(pages.sizes)))
        self.pages.show_pages(self.source, pages.sizes)
        self._on_page_changed(self.pages.page)
        self._on_box_drawn()
        self.mark_ready()

    def _tell_repair(self, note: str) -> None:
        self.repaired.setText(self.tr("Repaired") if note else "")
        self.repaired.setToolTip(note)
        self.repaired.setAccessibleDescription(note)

    def _on_page_shown(self) -> None:
        self.shown.emit()

    def _on_broke(self, problem: KnownError) -> None:
        if self.source is not None:
            self.tell_failure(problem)

    def _on_page_changed(self, page: int) -> None:
        count = self.pages.page_count
        self.page_field.setText(str(page + 1) if count else "")
        self.pages.setAccessibleName(self.tr("Page {page} of {count}").format(page=page + 1, count=count))
        self.back.setEnabled(page > 0)
        self.forward.setEnabled(page + 1 < count)

    def _on_zoom_changed(self, zoom: float) -> None:
        self.zoom_label.setText(f"{round(zoom * 100)} %")
        self.fit.setChecked(self.pages.chosen_zoom == 0)

    def _on_moved(self) -> None:
        if self.is_ready:
            self.place_changed.emit()

    def _on_box_drawn(self) -> None:
        has_box = self.pages.drawn is not None
        self.hint.setText(self.tr("Cites the box") if has_box else self.tr("Drag a box, or cite the whole page"))

    def _on_page_entered(self) -> None:
        entered = self.page_field.text().strip()
        if entered in self._labels and not entered.isdigit():
            self.pages.go_to_page(self._labels.index(entered))
        elif entered.isdigit():
            self.pages.go_to_page(int(entered) - 1)
        self._on_page_changed(self.pages.page)
        self.pages.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_enabled(self, enabled: bool) -> None:
        for widget in (
            self.page_field, self.back, self.forward, self.zoom_in, self.zoom_out, self.fit, self.cite,
        ):  # fmt: skip
            widget.setEnabled(enabled)


class _PageField(QLineEdit):
    """Room for four digits."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("pageField")
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(self.sizeHint().width())

    def sizeHint(self) -> QSize:
        """As wide as its digits."""
        return QSize(QFontMetrics(self.font()).horizontalAdvance("00000") + scaled(20), super().sizeHint().height())
