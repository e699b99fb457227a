"""How loud a recording is over its time: from what was kept, else from the workers in parts. Paints nothing."""

from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QObject, Signal

from workbench.media.jobs import ReadWaveform, Waveform
from workbench.tasks import Tasks
from workbench.ui.viewers.keepsake import Keepsake
from workbench.ui.viewers.source import EvidenceSource

COUNT = 1200
MOST_PARTS = 30
_PART_MS = 60_000
_FAINT = 24


class SoundShape(QObject):
    """`COUNT` peaks over the whole length, from the beginning on. Emits `grew` when there are more."""

    grew = Signal()

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept = Keepsake(tasks, "waveform", self)
        self._waiting: Future[Any] | None = None
        self._source: EvidenceSource | None = None
        self._duration_ms = 0
        self._priority = 0
        self._loudest = _FAINT
        self.peaks = b""

    def clear(self) -> None:
        """Forget the recording, and want nothing."""
        if self._waiting is not None and self._source is not None:
            self._source.drop(self._waiting)
        self._waiting = self._source = None
        self._take(b"")

    def load(self, source: EvidenceSource, duration_ms: int, priority: int) -> None:
        """Bring the peaks of a recording of this length; a second call for the same one changes nothing."""
        if duration_ms <= 0 or self._source is source:
            return
        self._source, self._duration_ms, self._priority = source, duration_ms, priority
        self._kept.ask(source.evidence_id, bytes, lambda peaks: self._on_kept(source, peaks))

    @property
    def is_complete(self) -> bool:
        """Whether the whole length is there."""
        return len(self.peaks) >= COUNT

    def peak(self, start: float, end: float) -> float:
        """The loudest between two fractions of the length, 1 for the loudest of all; 0 where nothing has arrived."""
        first = int(start * COUNT)
        return max(self.peaks[first : max(first + 1, int(end * COUNT))], default=0) / self._loudest

    def _on_kept(self, source: EvidenceSource, peaks: bytes | None) -> None:
        if self._source is not source:
            return
        if peaks is not None and len(peaks) == COUNT:
            self._take(peaks)
        else:
            self._ask_next(source)

    def _ask_next(self, source: EvidenceSource) -> None:
        if not source.is_open:
            return
        parts = max(1, min(MOST_PARTS, self._duration_ms // _PART_MS))
        first = len(self.peaks)
        last = min(COUNT, first + -(-COUNT // parts))
        job = ReadWaveform(
            start_ms=self._duration_ms * first // COUNT, end_ms=self._duration_ms * last // COUNT, count=last - first
        )
        self._waiting = source.decode(
            job,
            lambda part: self._on_part(source, part),
            failed=lambda _problem: self._on_broken(source),
            priority=self._priority,
        )

    def _on_part(self, source: EvidenceSource, part: Waveform) -> None:
        if self._source is not source:
            return
        self._waiting = None
        self._take((self.peaks + bytes(max(0, min(255, peak)) for peak in part.peaks))[:COUNT])
        if self.is_complete:
            peaks = self.peaks
            self._kept.keep(source.evidence_id, lambda: peaks)
        elif part.peaks:
            self._ask_next(source)

    def _on_broken(self, source: EvidenceSource) -> None:
        if self._source is source:
            self._waiting = None

    def _take(self, peaks: bytes) -> None:
        self.peaks = peaks
        # Quiet speech is seen as well as loud speech; mere hiss stays a line.
        self._loudest = max(_FAINT, max(peaks, default=0))
        self.grew.emit()
