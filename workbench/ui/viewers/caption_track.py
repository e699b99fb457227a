"""Fetches the captions that belong to a recording. Draws nothing."""

from PySide6.QtCore import QObject, Signal

from workbench.media.jobs import Cue, ReadCaptions
from workbench.queries.views import EvidenceItem
from workbench.tasks import Tasks
from workbench.ui.viewers.captions import Captions
from workbench.ui.viewers.source import EvidenceSource


class CaptionTrack(QObject):
    """`captions` is empty until `arrived`. Captions that cannot be read stay away without a word."""

    arrived = Signal()

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.captions = Captions()
        self._tasks = tasks
        self._source: EvidenceSource | None = None

    def clear(self) -> None:
        """Forget them."""
        self.captions = Captions()
        if self._source is not None:
            self._source.opened.disconnect(self._on_opened)
            self._source.retire()
            self._source = None

    def load(self, item: EvidenceItem | None) -> None:
        """Fetch what is on this laptop."""
        if item is not None and item.state == "ready":
            self._source = EvidenceSource(self._tasks, item.evidence.id)
            self._source.opened.connect(self._on_opened)
            self._source.open()

    def _on_opened(self) -> None:
        assert self._source is not None
        self._source.decode(ReadCaptions(), self._on_cues, failed=lambda _problem: None)

    def _on_cues(self, cues: tuple[Cue, ...]) -> None:
        self.captions = Captions(cues)
        self.arrived.emit()
