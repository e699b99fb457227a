"""Stage and transcript of a recording: side by side where there is room, else one above the other."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from workbench.ui.theme import scaled
from workbench.ui.viewers.captions import Captions
from workbench.ui.viewers.transcript import Transcript
from workbench.ui.viewers.video_stage import VideoStage

BESIDE_PX = 700
LOW_PX, LOW_BESIDE_PX = 240, 480
"""Where there is no height for two, narrower ones stand side by side as well."""
TRANSCRIPT_PX = 280


class VideoReading(QWidget):
    """The transcript is there when it is wanted and something is said."""

    transcript_shown = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = VideoStage(self)
        self.transcript = Transcript(self)
        self._is_sound = self._is_wanted = self._has_captions = False
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(scaled(8))
        self._row.addWidget(self.stage, 3)
        self._row.addWidget(self.transcript, 2)
        self.transcript.hide()

    def set_sound_alone(self, is_sound: bool) -> None:
        """With nothing to see, the transcript is open from the start, below the sound."""
        self._is_sound = self._is_wanted = is_sound
        self._settle()

    def set_captions(self, captions: Captions) -> None:
        """What is said."""
        self._has_captions = bool(captions)
        self.transcript.set_captions(captions)
        self._settle()

    def show_transcript(self, wanted: bool) -> None:
        """Open or close it."""
        self._is_wanted = wanted
        self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside, or below."""
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        is_low = self.height() < scaled(LOW_PX) and self.width() >= scaled(LOW_BESIDE_PX)
        beside = is_low or (not self._is_sound and self.width() >= scaled(BESIDE_PX))
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != direction:
            self._row.setDirection(direction)
        self.transcript.setMaximumWidth(scaled(TRANSCRIPT_PX) if beside else 16_777_215)
        is_shown = self._is_wanted and self._has_captions
        if self.transcript.isHidden() == is_shown:
            self.transcript.setVisible(is_shown)
            self.transcript_shown.emit(is_shown)
