"""The bar that searches a text: words, how many there are, next and previous. Knows no text."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from workbench.ui.theme import scaled
from workbench.ui.viewers.text_finding import HITS_MOST
from workbench.ui.viewers.tools import muted, quiet


class TextFindBar(QFrame):
    """Hidden until `ask()`; Escape closes it, Enter and Shift+Enter walk the finds."""

    asked = Signal(str)
    """Search for these words; empty for none."""
    stepped = Signal(int)
    """1 to the next find, -1 to the one before."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        self.setObjectName("textFindBar")
        self.field = QLineEdit(self)
        self.field.setObjectName("textFindField")
        self.field.setPlaceholderText(self.tr("Find in this text"))
        self.field.setAccessibleName(self.tr("Find in this text"))
        self.field.setMinimumWidth(scaled(100))
        self.count = muted("", "textFindCount")
        self.previous = quiet("↑", "textFindPrevious", self.tr("Previous find (Shift+Enter)"))
        self.next = quiet("↓", "textFindNext", self.tr("Next find (Enter)"))
        self.shut = quiet("✕", "textFindClose", self.tr("Close the search (Esc)"))
        self._wait = QTimer(self, singleShot=True, interval=150)
        self._wait.timeout.connect(lambda: self.asked.emit(self.field.text()))
        self.field.textChanged.connect(self._wait.start)
        self.previous.clicked.connect(lambda: self._step(-1))
        self.next.clicked.connect(lambda: self._step(1))
        self.shut.clicked.connect(self.close_search)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(scaled(10), scaled(5), scaled(6), scaled(5))
        row.setSpacing(scaled(4))
        row.addWidget(self.field, 1)
        for widget in (self.count, self.previous, self.next, self.shut):
            row.addWidget(widget)

    def ask(self, words: str = "") -> None:
        """Open, with these words if there are any."""
        self.show()
        if words:
            self.field.setText(words)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self.asked.emit(self.field.text())

    def close_search(self) -> None:
        """Close and forget the finds."""
        if not self.isHidden():
            self._wait.stop()
            self.hide()
            self.closed.emit()

    def tell(self, number: int, total: int) -> None:
        """The find that is looked at, from 1, of how many."""
        if total:
            more = "+" if total >= HITS_MOST else ""
            self.count.setText(self.tr("{number} of {total}").format(number=number, total=f"{total:,}{more}"))
        else:
            self.count.setText(self.tr("Not found") if self.field.text().strip() else "")
        self.count.setAccessibleName(self.count.text())
        self.previous.setEnabled(total > 0)
        self.next.setEnabled(total > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter walks, Escape closes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_search()
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        if self._wait.isActive():
            self._wait.stop()
            self.asked.emit(self.field.text())
        else:
            self.stepped.emit(by)
