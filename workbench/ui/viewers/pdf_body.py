"""The pages of a PDF and the panel beside them; where both have no room, the panel covers the pages. Lays out only."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from workbench.ui.focus_order import stand_free
from workbench.ui.theme import scaled
from workbench.ui.viewers.pdf_pages import PdfPages
from workbench.ui.viewers.pdf_side import PdfSide

SIDE_PX, LEAST_PAGES_PX = 212, 240


class PdfBody(QWidget):
    """The panel is closed at first."""

    side_toggled = Signal(bool)

    def __init__(self, pages: PdfPages, side: PdfSide) -> None:
        super().__init__()
        self.pages, self.side = pages, side
        self._is_open = False
        side.setParent(self)
        pages.setParent(self)
        stand_free(side, pages)
        self._arrange()

    @property
    def is_side_open(self) -> bool:
        """Whether the panel is open."""
        return self._is_open

    @property
    def covers_pages(self) -> bool:
        """Whether the panel takes the room of the pages."""
        return self._is_open and self.width() < scaled(SIDE_PX + LEAST_PAGES_PX)

    def open_side(self, is_open: bool) -> None:
        """Open or close the panel; a closing panel gives the focus to the pages."""
        if is_open != self._is_open:
            focus = QApplication.focusWidget()
            had_focus = focus is not None and self.side.isAncestorOf(focus)
            self._is_open = is_open
            self._arrange()
            if had_focus:
                self.pages.setFocus(Qt.FocusReason.OtherFocusReason)
            self.side_toggled.emit(is_open)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room, is_covering = self.rect(), self.covers_pages
        width = room.width() if is_covering else scaled(SIDE_PX) if self._is_open else 0
        # Hidden pages keep their size: they would be laid out anew for nothing.
        if not is_covering:
            self.pages.setGeometry(QRect(width, 0, room.width() - width, room.height()))
        if self._is_open:
            self.side.setGeometry(QRect(0, 0, width, room.height()))
        self.side.setVisible(self._is_open)
        self.pages.setVisible(not is_covering)
