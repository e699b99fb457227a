"""A list beside the pages of a PDF, for thumbnails or hits: letters are left to the window's keys."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOVES = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End,
)  # fmt: skip


class PageListView(QListView):
    """Arrows choose at once, as a click does; Enter chooses and is told by `entered_row`, too."""

    chosen = Signal(int)
    entered_row = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._on_clicked)

    def mark_row(self, row: int) -> None:
        """Show which row is the present one, without choosing it."""
        index = self.model().index(row, 0)
        if index.isValid() and index.row() != self.currentIndex().row():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def unmark(self) -> None:
        """No row is the present one."""
        self.selectionModel().clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let arrows and Enter choose, and everything typed pass by."""
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _ENTER and not modifiers and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex().row())
            self.entered_row.emit(self.currentIndex().row())
        elif key in _MOVES and not modifiers:
            super().keyPressEvent(event)
            if self.currentIndex().isValid():
                self.chosen.emit(self.currentIndex().row())
        else:
            event.ignore()

    def _on_clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(index.row())
        self.entered_row.emit(index.row())
