"""The pictures of one page or image at the sharpness in use: a whole one, and a sharp part of it when zoomed in.

The former picture stays until its successor has come. While a job for the same part runs, changes of how it is to
look wait and become one: a slider that is dragged shows as many pictures as the workers can make, each at once.
Knows neither scrolling nor painting of anything else.
"""

from collections.abc import Callable
from concurrent.futures import Future
from math import ceil, floor
from typing import Any, TypeAlias

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter

from workbench.errors import KnownError
from workbench.media.jobs import Job, Picture
from workbench.model.citation import Box
from workbench.ui.viewers.boxes import rect_of
from workbench.ui.viewers.pictures import HeldPicture
from workbench.ui.viewers.source import EvidenceSource

WHOLE_PIXELS_MOST = 5_000_000
"""Above this a picture is not rendered whole but only the part that is looked at."""
_PART_PIXELS_LEAST = 1_500_000
"""A part of an image holds at least so many pixels: far zoomed in, panning then seldom asks."""
Wanted: TypeAlias = tuple[int, Box | None]
"""Width of the whole in device pixels, and the part."""
MOSTLY = 0.7
MakeJob = Callable[[int, Box | None], Job[Picture]]
"""From the width of the whole in device pixels and the part wanted."""


class Layers:
    """`make_job` says how to ask for this page or image; `changed` is called when there is more to paint.

    `grid`: the pixels that an image has, between which no part is cut; None for what has no pixels of its own.
    """

    def __init__(
        self,
        source: EvidenceSource,
        make_job: MakeJob,
        changed: Callable[[], None],
        failed: Callable[[KnownError], None],
        grid: QSize | None = None,
    ) -> None:
        self._source = source
        self._grid = grid
        self._make_job = make_job
        self._changed = changed
        self._failed = failed
        self._whole = _Layer()
        self._part = _Layer()
        self._rest: tuple[int, int] | None = None
        """Width and priority of the whole that is asked for once what is in view has come."""

    @property
    def has_picture(self) -> bool:
        """Whether anything can be painted."""
        return self._whole.held is not None or self._part.held is not None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the whole picture in device pixels; zeros while there is none."""
        held = self._whole.held
        return (held.image.width(), held.image.height()) if held else (0, 0)

    def want(self, width: int, height: int, seen: Box | None, priority: int) -> None:
        """Ask for `width` × `height` device pixels of the whole; `seen` is the part in view, None for none."""
        most = (WHOLE_PIXELS_MOST / max(1, width * height)) ** 0.5
        whole_width = width if most >= 1 else max(1, round(width * most))
        if most >= 1 and seen is not None and self._hurries(width, seen, priority):
            return
        self._ask(self._whole, (whole_width, None), priority)
        if most >= 1:
            if self._whole.held is not None:
                self._part.drop(self._source)
        elif seen is not None and self._part.wanted is not None and self._part.covers(width, seen):
            self._ask(self._part, self._part.wanted, priority)
        elif seen is not None:
            self._ask(self._part, (width, _around(seen, width * height, self._grid)), priority)

    def stop(self) -> None:
        """Ask for nothing more; keep what is there."""
        self._rest = None
        self._whole.stop(self._source)
        self._part.stop(self._source)

    def drop(self) -> None:
        """Give everything back."""
        self._rest = None
        self._whole.drop(self._source)
        self._part.drop(self._source)

    def paint(self, painter: QPainter, target: QRectF, seen: QRectF | None = None) -> None:
        """Paint into `target`, which stands for the whole; `seen` is the part of it that is in view."""
        clip = self._part.shown[1] if self._part.shown else None
        part = QRectF()
        if self._part.held is not None and clip is not None:
            part = rect_of(clip, target)
        is_covered = seen is not None and part.adjusted(-0.5, -0.5, 0.5, 0.5).contains(seen.intersected(target))
        if self._whole.held is not None and not is_covered:
            painter.drawImage(target, self._whole.held.image)
        if self._part.held is not None and not part.isNull():
            painter.drawImage(part, self._part.held.image)

    def _hurries(self, width: int, seen: Box, priority: int) -> bool:
        """Whether nothing is on screen yet, so that what is in view comes before a whole that is mostly below it."""
        if self.has_picture or seen.width * seen.height >= MOSTLY:
            return False
        if self._part.waiting is None:
            self._rest = (width, priority)
            self._ask(self._part, (width, seen), priority)
        return True

    def _ask(self, layer: "_Layer", wanted: Wanted, priority: int) -> None:
        job = self._make_job(*wanted)
        if layer.wanted == wanted and layer.job == job:
            return
        if layer.wanted == wanted and layer.waiting is not None and layer.waiting.running():
            layer.job = job
            return
        layer.stop(self._source)
        layer.wanted, layer.job = wanted, job
        self._send(layer, wanted, job, priority)

    def _ask_the_rest(self) -> None:
        rest, self._rest = self._rest, None
        if rest is not None:
            width, priority = rest
            self._ask(self._whole, (width, None), priority)

    def _send(self, layer: "_Layer", wanted: Wanted, job: Job[Picture], priority: int) -> None:
        def arrived(picture: Picture) -> None:
            if layer.wanted != wanted:
                picture.release()
                return
            newest = layer.job
            layer.take(picture, job)
            if newest is not None and newest != job:
                layer.job = newest
                self._send(layer, wanted, newest, priority)
            self._ask_the_rest()
            self._changed()

        def broke(problem: KnownError) -> None:
            if layer.wanted == wanted:
                layer.waiting = None
                self._failed(problem)

        layer.waiting = self._source.decode(job, arrived, failed=broke, priority=priority)


class _Layer:
    """One picture on screen and the one that is asked for."""

    def __init__(self) -> None:
        self.held: HeldPicture | None = None
        self.shown: Wanted | None = None
        self.shown_job: Job[Picture] | None = None
        self.wanted: Wanted | None = None
        self.job: Job[Picture] | None = None
        """The newest question about `wanted`; it may still wait for an older one to be answered."""
        self.waiting: Future[Any] | None = None

    def covers(self, width: int, seen: Box) -> bool:
        """Whether what is asked for or shown is sharp and large enough for that part."""
        if self.wanted is None or self.wanted[0] != width or self.wanted[1] is None:
            return False
        clip, slack = self.wanted[1], 1e-6
        return (
            clip.x <= seen.x + slack
            and clip.y <= seen.y + slack
            and clip.x + clip.width >= seen.x + seen.width - slack
            and clip.y + clip.height >= seen.y + seen.height - slack
        )

    def take(self, picture: Picture, job: Job[Picture]) -> None:
        former, self.held = self.held, HeldPicture(picture)
        self.shown, self.shown_job, self.job, self.waiting = self.wanted, job, job, None
        if former is not None:
            former.release()

    def stop(self, source: EvidenceSource) -> None:
        if self.waiting is not None:
            source.drop(self.waiting)
            self.waiting = None
            self.wanted, self.job = self.shown, self.shown_job

    def drop(self, source: EvidenceSource) -> None:
        self.stop(source)
        former, self.held = self.held, None
        self.shown = self.wanted = None
        self.shown_job = self.job = None
        if former is not None:
            former.release()


def _around(seen: Box, whole_pixels: float, grid: QSize | None) -> Box:
    """The part in view with a margin, so that small moves ask for nothing; within the memory allowed."""
    seen_pixels = max(1.0, seen.width * seen.height * whole_pixels)
    grow = min(1.6, max(1.0, (3 * WHOLE_PIXELS_MOST / seen_pixels) ** 0.5))
    if grid is not None:
        grow = max(grow, (_PART_PIXELS_LEAST / seen_pixels) ** 0.5)
    left = max(0.0, seen.x - seen.width * (grow - 1) / 2)
    top = max(0.0, seen.y - seen.height * (grow - 1) / 2)
    right = min(1.0, seen.x + seen.width * (grow + 1) / 2)
    bottom = min(1.0, seen.y + seen.height * (grow + 1) / 2)
    if grid is not None:
        left, right = floor(left * grid.width()) / grid.width(), ceil(right * grid.width()) / grid.width()
        top, bottom = floor(top * grid.height()) / grid.height(), ceil(bottom * grid.height()) / grid.height()
    return Box(x=left, y=top, width=min(right, 1.0) - left, height=min(bottom, 1.0) - top)
