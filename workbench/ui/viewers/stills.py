"""A recording that cannot be played, as still pictures: stands in for the player, through the decode workers.

Never plays. One picture is under way at a time; of the places asked for meanwhile only the last is fetched.
"""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from workbench.errors import KnownError
from workbench.media.jobs import Inspect, Inspection, Picture, VideoFrame
from workbench.ui.viewers.pictures import copied
from workbench.ui.viewers.source import EvidenceSource

STEP_MS = 1000
_ON_SCREEN = 3


class Stills(QObject):
    """Says what `Player` says. `failed` only for the first picture: then there are no stills either."""

    frame_arrived = Signal(QImage)
    position_changed = Signal(int)
    duration_changed = Signal(int)
    failed = Signal(str)

    def __init__(self, source: EvidenceSource, duration_ms: int, at_ms: int, view: tuple[int, int]) -> None:
        super().__init__()
        self._source = source
        self._duration_ms = duration_ms
        self._view = view
        self._at_ms = at_ms
        self._wanted_ms: int | None = None
        self._is_busy = self._has_shown = self._is_closed = False

    def start(self) -> None:
        """Fetch the first picture; how long the recording is, too, when that is not known."""
        self._fetch(self._at_ms)

    def seek(self, ms: int) -> None:
        """Go to a place; the frame that is on screen there arrives."""
        self._at_ms = ms
        self.position_changed.emit(ms)
        self._fetch(ms)

    def set_view_size(self, width: int, height: int) -> None:
        """Pictures arrive to fit this many device pixels."""
        if (width, height) != self._view:
            self._view = (width, height)
            if self._has_shown:
                self._fetch(self._at_ms)

    def close(self) -> None:
        """Say nothing more."""
        self._is_closed = True

    def _fetch(self, at_ms: int) -> None:
        if self._is_busy:
            self._wanted_ms = at_ms
        elif self._source.is_open and not self._is_closed:
            self._is_busy = True
            job = VideoFrame(at_ms=at_ms, max_width=max(16, self._view[0]), max_height=max(16, self._view[1]))
            self._source.decode(job, self._on_picture, failed=self._on_failed, priority=_ON_SCREEN)

    def _on_picture(self, picture: Picture) -> None:
        image = copied(picture)
        if self._is_closed:
            return
        self.frame_arrived.emit(image)
        if not self._has_shown:
            self._has_shown = True
            self._tell_duration()
        self._go_on()

    def _on_failed(self, problem: KnownError) -> None:
        if self._is_closed:
            return
        if not self._has_shown:
            self.failed.emit(problem.happened)
        # Later on the picture before stays: a place that cannot be decoded is not the end of the recording.
        self._go_on()

    def _go_on(self) -> None:
        self._is_busy = False
        wanted, self._wanted_ms = self._wanted_ms, None
        if wanted is not None:
            self._fetch(wanted)

    def _tell_duration(self) -> None:
        if self._duration_ms > 0:
            self.duration_changed.emit(self._duration_ms)
        else:
            self._source.decode(Inspect(), self._on_inspected, priority=_ON_SCREEN)

    def _on_inspected(self, inspection: Inspection) -> None:
        self._duration_ms = inspection.facts.duration_ms or 0
        if self._duration_ms > 0 and not self._is_closed:
            self.duration_changed.emit(self._duration_ms)
