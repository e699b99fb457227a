"""What is said in a recording of sound, line by line; pressing a line goes there. Shown only where captions exist."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from workbench.ui import theme, words
from workbench.ui.theme import TextRole, scaled
from workbench.ui.viewers.captions import Captions


class Transcript(QListWidget):
    """Emits the time of the line that was chosen."""

    seek_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transcriptList")
        self.setAccessibleName(self.tr("Transcript"))
        self.setWordWrap(True)
        self.setSpacing(scaled(2))
        self.setProperty("card", "true")
        theme.dress(self, TextRole.DESCRIPTOR)
        self._captions = Captions()
        self.itemActivated.connect(self._on_chosen)
        self.itemClicked.connect(self._on_chosen)

    def set_captions(self, captions: Captions) -> None:
        """Show these; hidden when there are none."""
        self._captions = captions
        self.clear()
        for cue in captions.cues:
            QListWidgetItem(f"{words.clock(cue.start_ms)}   {' '.join(cue.text.split())}", self)
        self.setVisible(bool(captions))

    def show_position(self, position_ms: int) -> None:
        """Mark the line that is being said."""
        row = self._captions.index_at(position_ms) if self._captions else -1
        if row >= 0 and row != self.currentRow():
            self.setCurrentRow(row)
            self.scrollToItem(self.item(row))

    def _on_chosen(self, item: QListWidgetItem) -> None:
        self.seek_asked.emit(self._captions.cues[self.row(item)].start_ms)
