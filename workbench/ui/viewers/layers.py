"""The pictures of one page or image at the sharpness in use: a whole one, and a sharp part of it when zoomed in.

The former picture stays until its successor has come. Knows neither scrolling nor painting of anything else.
"""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from workbench.errors import KnownError
from workbench.media.jobs import Job, Picture
from workbench.model.citation import Box
from workbench.ui.viewers.pictures import HeldPicture
from workbench.ui.viewers.source import EvidenceSource

WHOLE_PIXELS_MOST = 5_000_000
"""Above this a picture is not rendered whole but only the part that is looked at."""
MakeJob = Callable[[int, Box | None], Job[Picture]]
"""From the width of the whole in device pixels and the part wanted."""


class Layers:
    """`make_job` says how to ask for this page or image; `changed` is called when there is more to paint."""

    def __init__(
        self,
        source: EvidenceSource,
        make_job: MakeJob,
        changed: Callable[[], None],
        failed: Callable[[KnownError], None],
    ) -> None:
        self._source = source
        self._make_job = make_job
        self._changed = changed
        self._failed = failed
        self._whole = _Layer()
        self._part = _Layer()

    @property
    def has_picture(self) -> bool:
        """Whether anything can be painted."""
        return self._whole.held is not None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the whole picture in device pixels; zeros while there is none."""
        held = self._whole.held
        return (held.image.width(), held.image.height()) if held else (0, 0)

    def want(self, width: int, height: int, seen: Box | None, priority: int) -> None:
        """Ask for `width` × `height` device pixels of the whole; `seen` is the part in view, None for none."""
        most = (WHOLE_PIXELS_MOST / max(1, width * height)) ** 0.5
        whole_width = width if most >= 1 else max(1, round(width * most))
        self._ask(self._whole, (whole_width, None), priority)
        if most >= 1:
            self._part.drop(self._source)
        elif seen is not None and not self._part.covers(width, seen):
            self._ask(self._part, (width, _around(seen, width * height)), priority)

    def stop(self) -> None:
        """Ask for nothing more; keep what is there."""
        self._whole.stop(self._source)
        self._part.stop(self._source)

    def drop(self) -> None:
        """Give everything back."""
        self._whole.drop(self._source)
        self._part.drop(self._source)

    def paint(self, painter: QPainter, target: QRectF) -> None:
        """Paint into `target`, which stands for the whole."""
        if self._whole.held is not None:
            painter.drawImage(target, self._whole.held.image)
        clip = self._part.shown[1] if self._part.shown else None
        if self._part.held is not None and clip is not None:
            part = QRectF(
                target.x() + clip.x * target.width(),
                target.y() + clip.y * target.height(),
                clip.width * target.width(),
                clip.height * target.height(),
            )
            painter.drawImage(part, self._part.held.image)

    def _ask(self, layer: "_Layer", wanted: tuple[int, Box | None], priority: int) -> None:
        if layer.wanted == wanted:
            return
        layer.stop(self._source)
        layer.wanted = wanted

        def arrived(picture: Picture) -> None:
            if layer.wanted != wanted:
                picture.release()
                return
            layer.take(picture)
            self._changed()

        def broke(problem: KnownError) -> None:
            if layer.wanted == wanted:
                layer.waiting = None
                self._failed(problem)

        layer.waiting = self._source.decode(self._make_job(*wanted), arrived, failed=broke, priority=priority)


class _Layer:
    """One picture on screen and the one that is asked for."""

    def __init__(self) -> None:
        self.held: HeldPicture | None = None
        self.shown: tuple[int, Box | None] | None = None
        self.wanted: tuple[int, Box | None] | None = None
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

    def take(self, picture: Picture) -> None:
        former, self.held = self.held, HeldPicture(picture)
        self.shown, self.waiting = self.wanted, None
        if former is not None:
            former.release()

    def stop(self, source: EvidenceSource) -> None:
        if self.waiting is not None:
            source.drop(self.waiting)
            self.waiting = None
            self.wanted = self.shown

    def drop(self, source: EvidenceSource) -> None:
        self.stop(source)
        former, self.held = self.held, None
        self.shown = self.wanted = None
        if former is not None:
            former.release()


def _around(seen: Box, whole_pixels: float) -> Box:
    """The part in view with a margin, so that small moves ask for nothing; within the memory allowed."""
    seen_pixels = max(1.0, seen.width * seen.height * whole_pixels)
    grow = min(1.6, max(1.0, (3 * WHOLE_PIXELS_MOST / seen_pixels) ** 0.5))
    left = max(0.0, seen.x - seen.width * (grow - 1) / 2)
    top = max(0.0, seen.y - seen.height * (grow - 1) / 2)
    right = min(1.0, seen.x + seen.width * (grow + 1) / 2)
    bottom = min(1.0, seen.y + seen.height * (grow + 1) / 2)
    return Box(x=left, y=top, width=right - left, height=bottom - top)
