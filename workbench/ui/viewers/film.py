"""The pictures of a recording, coarse to fine: from what was kept, else from the workers. Paints nothing."""

from bisect import bisect_left
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from workbench.media.jobs import FilmPictures, Picture
from workbench.tasks import Tasks
from workbench.ui.viewers.film_reel import Reel, in_time_order, packed, unpacked
from workbench.ui.viewers.keepsake import Keepsake
from workbench.ui.viewers.pictures import copied
from workbench.ui.viewers.source import EvidenceSource

COARSE = 10
LEVELS = 4
HEIGHT_PX = 108
"""Device pixels: enough for the small picture above the timeline on a fine screen."""
BATCH = 10
_CLOSEST_MS = 500
_IN_VIEW, _BEHIND_THE_VIEW = 0, -1


class Film(QObject):
    """Emits `grew` when there is more to paint. What was fetched is sealed beside the evidence."""

    grew = Signal()

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept = Keepsake(tasks, "film", self)
        self._waiting: Future[Any] | None = None
        self._source: EvidenceSource | None = None
        self._duration_ms = 0
        self._level = self._before = 0
        self._due: list[int] = []
        self._pictures: tuple[tuple[int, QImage], ...] = ()
        self._times: list[int] = []

    def clear(self) -> None:
        """Forget every picture, and want none."""
        if self._waiting is not None and self._source is not None:
            self._source.drop(self._waiting)
        self._waiting = self._source = None
        self._level = 0
        self._due = []
        self._show(())

    def load(self, source: EvidenceSource, duration_ms: int) -> None:
        """Bring the pictures of a recording of this length; a second call for the same one changes nothing."""
        if duration_ms <= 0 or self._source is source:
            return
        self._source, self._duration_ms = source, duration_ms
        self._kept.ask(source.evidence_id, unpacked, lambda reel: self._on_kept(source, reel))

    def __len__(self) -> int:
        return len(self._times)

    @property
    def is_complete(self) -> bool:
        """Whether nothing more will come."""
        return self._source is not None and self._level >= LEVELS

    def nearest(self, at_ms: float) -> QImage:
        """The picture whose time is nearest; a null image while there is none."""
        if not self._times:
            return QImage()
        after = bisect_left(self._times, at_ms)
        around = [index for index in (after - 1, after) if 0 <= index < len(self._times)]
        return self._pictures[min(around, key=lambda index: abs(self._times[index] - at_ms))][1]

    def _on_kept(self, source: EvidenceSource, reel: Reel | None) -> None:
        if self._source is not source:
            return
        if reel is not None:
            self._show(reel.pictures)
        self._begin_level(reel.levels if reel is not None else 0)

    def _begin_level(self, level: int) -> None:
        self._level, self._before = level, len(self._times)
        self._due = _times(level, self._duration_ms)
        self._ask_next()

    def _ask_next(self) -> None:
        source = self._source
        if source is None or not source.is_open or not self._due:
            return
        batch, self._due = self._due[:BATCH], self._due[BATCH:]
        job = FilmPictures(times_ms=tuple(batch), height=HEIGHT_PX, known_ms=tuple(self._times))
        priority = _IN_VIEW if self._level == 0 else _BEHIND_THE_VIEW
        self._waiting = source.decode(
            job,
            lambda pictures: self._on_pictures(source, pictures),
            failed=lambda _problem: self._on_broken(source),
            priority=priority,
        )

    def _on_pictures(self, source: EvidenceSource, pictures: tuple[Picture, ...]) -> None:
        arrived = [(picture.at_ms, copied(picture)) for picture in pictures]
        if self._source is not source:
            return
        self._waiting = None
        self._show(in_time_order((*self._pictures, *arrived)))
        if self._due:
            self._ask_next()
        else:
            self._end_level(source)

    def _on_broken(self, source: EvidenceSource) -> None:
        # What is there stays; the next opening tries again, for a worker may fail for want of time.
        if self._source is source:
            self._waiting, self._due = None, []

    def _end_level(self, source: EvidenceSource) -> None:
        # No new key frame: the recording has no more of them, and asking more finely would bring the same.
        level = self._level + 1 if len(self._times) > self._before else LEVELS
        if not _times(level, self._duration_ms):
            level = LEVELS
        if self._pictures:
            reel = Reel(level, self._pictures)
            self._kept.keep(source.evidence_id, lambda: packed(reel))
        self._begin_level(level)

    def _show(self, pictures: tuple[tuple[int, QImage], ...]) -> None:
        self._pictures = pictures
        self._times = [at_ms for at_ms, _ in pictures]
        self.grew.emit()


def _times(level: int, duration_ms: int) -> list[int]:
    """The times that a level adds: tenths first, then what lies half way between; none when that is too close."""
    count = COARSE << level
    if level >= LEVELS or (level > 0 and duration_ms // count < _CLOSEST_MS):
        return []
    return [duration_ms * index // count for index in range(count) if level == 0 or index % 2]
