"""The row of tools below a PDF: page, zoom, fit, rotation, box. Tells what was pressed; moves no page itself."""

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from workbench.ui.buttons import Kind
from workbench.ui.icon_button import IconButton
from workbench.ui.theme import scaled
from workbench.ui.viewers.fitting_row import FittingRow
from workbench.ui.viewers.page_scroll import FIT_PAGE, FIT_WIDTH
from workbench.ui.viewers.tools import ToolButton, muted, quiet

_ARROWS = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}


class PdfTools(QObject):
    """Puts its controls into `row`; the least needed ones give way where room is short."""

    page_asked = Signal(int)
    """A step of pages, 1 or -1."""
    page_entered = Signal(str)
    zoom_stepped = Signal(int)
    zoom_asked = Signal(float)

    def __init__(self, row: FittingRow, parent: QObject) -> None:
        super().__init__(parent)
        self._make_page_tools()
        self._make_zoom_tools()
        self.rotate = ToolButton(self.tr("Rotate"), "rotatePdfButton", key="R")
        self.box = ToolButton(self.tr("Box"), "pdfBoxButton", key="X")
        self.box.setCheckable(True)
        says = self.tr("Draw boxes with the mouse, as with Alt. The key X begins a box that arrows move.")
        self.box.setToolTip(says)
        self.box.setAccessibleDescription(says)
        self._fill(row)

    def _make_page_tools(self) -> None:
        self.side = _ToolIcon("side_panel", self.tr("Pages, contents and search (F4)"), "pdfSideButton")
        self.side.setCheckable(True)
        self.page_field = _PageField(self.tr("Page"))
        self.page_count = muted("", "pageCount")
        self.repaired = muted("", "repairedLabel")
        self.back = quiet("‹", "previousPageButton", self.tr("Previous page"))
        self.forward = quiet("›", "nextPageButton", self.tr("Next page"))
        self.page_field.returnPressed.connect(lambda: self.page_entered.emit(self.page_field.text().strip()))
        self.back.clicked.connect(lambda: self.page_asked.emit(-1))
        self.forward.clicked.connect(lambda: self.page_asked.emit(1))

    def _make_zoom_tools(self) -> None:
        self.zoom_out = quiet("−", "zoomOutButton", self.tr("Zoom out (−)"))
        self.zoom_label = muted("100 %", "zoomLabel")
        self.zoom_in = quiet("+", "zoomInButton", self.tr("Zoom in (+)"))
        self.fit_width = ToolButton(self.tr("Fit width"), "fitWidthButton")
        self.fit_page = ToolButton(self.tr("Fit page"), "fitPageButton")
        for button, key in ((self.fit_width, "Ctrl+2"), (self.fit_page, "Ctrl+0")):
            button.setCheckable(True)
            button.setToolTip(f"{button.text()} ({key})")
        self.zoom_out.clicked.connect(lambda: self.zoom_stepped.emit(-1))
        self.zoom_in.clicked.connect(lambda: self.zoom_stepped.emit(1))
        self.fit_width.clicked.connect(lambda: self.zoom_asked.emit(FIT_WIDTH))
        self.fit_page.clicked.connect(lambda: self.zoom_asked.emit(FIT_PAGE))

    def _fill(self, row: FittingRow) -> None:
        row.add(self.side)
        row.add(self.back, gives_way=5)
        row.add(self.page_field)
        row.add(self.page_count, gives_way=2)
        row.add(self.forward, gives_way=5)
        row.add(self.repaired, gives_way=2)
        row.add(self.zoom_out, gives_way=3)
        row.add(self.zoom_label, gives_way=9)
        row.add(self.zoom_in, gives_way=3)
        row.add(self.fit_width, gives_way=4)
        row.add(self.fit_page, gives_way=8)
        row.add(self.rotate, gives_way=7)
        row.add(self.box, gives_way=1)

    def show_page(self, page: int, count: int, label: str) -> None:
        """The page that is looked at, from 0: `iv` `(4 of 12)`, or `4` `of 12` where nothing else is printed."""
        self.page_field.setText(label if count else "")
        words = self.tr("of {count}") if label == str(page + 1) else self.tr("({page} of {count})")
        self.page_count.setText(words.format(page=page + 1, count=count) if count else "")
        self.back.setEnabled(page > 0)
        self.forward.setEnabled(page + 1 < count)

    def show_zoom(self, zoom: float, chosen: float) -> None:
        """The zoom in use and what was chosen."""
        self.zoom_label.setText(f"{round(zoom * 100)} %")
        self.fit_width.setChecked(chosen == FIT_WIDTH)
        self.fit_page.setChecked(chosen == FIT_PAGE)

    def tell_repair(self, note: str) -> None:
        """Say that the file had to be mended; empty for a sound one."""
        self.repaired.setText(self.tr("Repaired") if note else "")
        self.repaired.setToolTip(note)
        self.repaired.setAccessibleDescription(note)

    def set_enabled(self, enabled: bool) -> None:
        """Whether there is a document."""
        controls: tuple[QWidget, ...] = (
            self.side, self.page_field, self.back, self.forward, self.zoom_in, self.zoom_out, self.fit_width,
            self.fit_page, self.rotate, self.box,
        )  # fmt: skip
        for control in controls:
            control.setEnabled(enabled)


class _ToolIcon(IconButton):
    """An icon whose arrow keys go to the evidence."""

    def __init__(self, icon: str, says: str, name: str) -> None:
        super().__init__(icon, says, name, kind=Kind.QUIET)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to the viewer."""
        if event.key() in _ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)


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
