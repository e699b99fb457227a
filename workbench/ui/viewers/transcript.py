"""What is said in a recording, line by line: read along, searched, jumped from. Knows neither player nor store."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.ui import words
from workbench.ui.texts import label
from workbench.ui.theme import TextRole, scaled
from workbench.ui.viewers.captions import Captions
from workbench.ui.viewers.cue_list import CueList


class Transcript(QFrame):
    """Emits the time of the line that was chosen."""

    seek_asked = Signal(int)
    left = Signal()
    """Esc was pressed in the empty field, or in the list: back to the recording."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transcript")
        self.setAccessibleName(self.tr("Transcript"))
        self.setProperty("card", "true")
        self._captions = Captions()
        self._rows: tuple[int, ...] = ()
        self._position_ms = 0
        self.field = QLineEdit()
        self.field.setObjectName("transcriptField")
        self.field.setPlaceholderText(self.tr("Find words in what is said"))
        self.field.setAccessibleName(self.field.placeholderText())
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._on_query_changed)
        self.field.returnPressed.connect(self._on_return)
        self.count = label("", TextRole.META, tint="muted", name="transcriptCount")
        self.list = CueList()
        self.list.chosen.connect(self.seek_asked)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(scaled(8), scaled(8), scaled(8), 0)
        head.addWidget(self.field, 1)
        head.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(scaled(6))
        column.addLayout(head)
        column.addWidget(self.list, 1)

    def set_captions(self, captions: Captions) -> None:
        """Show these; what was searched for before is forgotten with the recording."""
        if not captions:
            self.field.clear()
        self._captions = captions
        self._fill()

    def show_position(self, position_ms: int) -> None:
        """Mark the line that is being said."""
        self._position_ms = position_ms
        number = self._captions.index_at(position_ms) if self._captions else -1
        self.list.mark_said(self._rows.index(number) if number in self._rows else -1)

    def begin_search(self) -> None:
        """Let the person type what to find."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down leads from the field to the lines, Esc back step by step."""
        if event.key() == Qt.Key.Key_Down and self.field.hasFocus() and self.list.count():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            self.list.setCurrentRow(max(0, self.list.currentRow()))
        elif event.key() == Qt.Key.Key_Escape:
            self._on_escape()
        else:
            super().keyPressEvent(event)

    def _on_escape(self) -> None:
        if self.field.text():
            self.field.clear()
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit()

    def _on_return(self) -> None:
        """Enter goes from one find to the next, beginning after the place of now."""
        if not self._rows:
            return
        starts = [self._captions.cues[number].start_ms for number in self._rows]
        self.seek_asked.emit(next((start for start in starts if start > self._position_ms), starts[0]))

    def _on_query_changed(self) -> None:
        self._fill()

    def _fill(self) -> None:
        query = self.field.text()
        self._rows = self._captions.find(query)
        self.list.show_cues([self._captions.cues[number] for number in self._rows], query)
        found = words.counted(len(self._rows), self.tr("line"), self.tr("lines"))
        self.count.setText((found if self._rows else self.tr("Not said")) if query.strip() else "")
        self.count.setVisible(bool(query.strip()))
        self.show_position(self._position_ms)
