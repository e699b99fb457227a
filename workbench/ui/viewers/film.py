"""The pictures of a filmstrip: asked from the workers coarse to fine, kept by time. Paints nothing."""

from bisect import bisect_left
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from workbench.media.jobs import Filmstrip, Picture
from workbench.ui.viewers.pictures import HeldPicture
from workbench.ui.viewers.source import EvidenceSource

COARSE = 4
MOST = 60
_BEHIND_THE_VIEW = -1


class Film(QObject):
    """Emits `grew` when there is more to paint."""

    grew = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._held: list[HeldPicture] = []
        self._times: list[int] = []
        self._waiting: Future[Any] | None = None
        self._source: EvidenceSource | None = None
        self._count = 0

    def clear(self) -> None:
        """Forget and give back every picture."""
        if self._waiting is not None and self._source is not None:
            self._source.drop(self._waiting)
        self._waiting = self._source = None
        self._take(())
        self._count = 0

    def load(self, source: EvidenceSource, count: int, height: int) -> None:
        """Ask for a few pictures of the whole recording, then for `count` of `height` device pixels."""
        self._source = source
        self._ask(source, COARSE, height, then=min(MOST, max(count, COARSE)))

    def __len__(self) -> int:
        return len(self._held)

    def nearest(self, at_ms: float) -> QImage:
        """The picture whose time is nearest; a null image while there is none."""
        if not self._times:
            return QImage()
        after = bisect_left(self._times, at_ms)
        around = [index for index in (after - 1, after) if 0 <= index < len(self._times)]
        return self._held[min(around, key=lambda index: abs(self._times[index] - at_ms))].image

    def _ask(self, source: EvidenceSource, count: int, height: int, then: int) -> None:
        def arrived(pictures: tuple[Picture, ...]) -> None:
            self._waiting = None
            self._take(pictures)
            # Fewer than asked for: the recording has no more key frames, a finer question brings the same.
            if then > count and len(pictures) >= count:
                self._ask(source, then, height, then)

        job = Filmstrip(count=count, height=height)
        self._waiting = source.decode(job, arrived, failed=lambda _problem: None, priority=_BEHIND_THE_VIEW)

    def _take(self, pictures: tuple[Picture, ...]) -> None:
        former = self._held
        self._held = [HeldPicture(picture) for picture in pictures]
        self._times = [held.at_ms for held in self._held]
        for held in former:
            held.release()
        self.grew.emit()
