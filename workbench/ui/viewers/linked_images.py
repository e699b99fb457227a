"""Two images side by side that zoom, turn and move as one, so that they can be compared. Paints nothing."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from workbench.ui.viewers.image import ImageViewer
from workbench.ui.viewers.image_stage import ImageStage
from workbench.ui.viewers.pane import EvidencePane


class LinkedImages(QObject):
    """While on, what is in the middle of one image is in the middle of the other, at the same part of its width."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_on = False
        self._stages: tuple[ImageStage, ...] = ()
        self._slots: list[tuple[ImageStage, Callable[[], None]]] = []
        self._is_following = False

    @property
    def can_link(self) -> bool:
        """Whether two images stand side by side."""
        return len(self._stages) == 2

    def set_on(self, is_on: bool) -> None:
        """Link or unlink; linking brings the second to where the first one stands."""
        self._is_on = is_on
        if is_on and self.can_link:
            self._follow(self._stages[0])

    def watch(self, panes: Sequence[EvidencePane]) -> None:
        """These panes are on screen now."""
        for stage, slot in self._slots:
            stage.moved.disconnect(slot)
        self._slots = []
        stages = [pane.viewer.stage for pane in panes if isinstance(pane.viewer, ImageViewer)]
        self._stages = tuple(stages) if len(stages) == 2 else ()
        for stage in self._stages:
            slot = partial(self._follow, stage)
            stage.moved.connect(slot)
            self._slots.append((stage, slot))

    def _follow(self, moved: ImageStage) -> None:
        if not self._is_on or self._is_following or not self.can_link:
            return
        other = self._stages[1] if moved is self._stages[0] else self._stages[0]
        if not moved.has_content or not other.has_content:
            return
        self._is_following = True
        try:
            other.look_like(moved)
        finally:
            self._is_following = False
