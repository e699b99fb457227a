"""An image: its stage and the card with zoom, rotation and citing. Decodes nothing in this process."""

from collections.abc import Sequence

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from workbench.errors import KnownError
from workbench.media.jobs import Inspect, Inspection, Job, Picture, RenderImage
from workbench.model.citation import Box, ImageBox, Place
from workbench.model.place import WorkPlace
from workbench.tasks import Tasks
from workbench.ui.viewers.image_stage import ImageStage
from workbench.ui.viewers.layers import Layers
from workbench.ui.viewers.marks import Mark
from workbench.ui.viewers.still_viewer import StillViewer
from workbench.ui.viewers.tools import ToolButton, muted, quiet

NOW = 3


class ImageViewer(StillViewer):
    """Fitted at first; sharper pictures are fetched as the person zooms in."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, "imageViewer", "imageCiteButton", parent)
        self.stage = ImageStage(self)
        self.setFocusProxy(self.stage)
        self._make_tools()
        self.row.add(self.zoom_out)
        self.row.add(self.zoom_label, gives_way=2)
        self.row.add(self.zoom_in, self.fit)
        self.row.add(self.full, gives_way=1)
        self.row.add(self.turn)
        self.lay_out(self.stage, "stage", hint_gives_way=3)
        self.stage.zoom_changed.connect(self._on_zoom_changed)
        self.stage.moved.connect(self._on_moved)
        self.stage.box_drawn.connect(self._on_box_drawn)

    def _make_tools(self) -> None:
        self.zoom_out = quiet("−", "imageZoomOutButton", self.tr("Zoom out (−)"))
        self.zoom_label = muted("100 %", "imageZoomLabel")
        self.zoom_in = quiet("+", "imageZoomInButton", self.tr("Zoom in (+)"))
        self.fit = ToolButton(self.tr("Fit"), "fitImageButton")
        self.fit.setCheckable(True)
        self.full = ToolButton(self.tr("1:1"), "fullSizeButton")
        self.full.setAccessibleName(self.tr("Every pixel of the image"))
        self.turn = ToolButton(self.tr("Rotate"), "rotateButton", key="R")
        self.zoom_out.clicked.connect(lambda: self.stage.zoom_by(-1))
        self.zoom_in.clicked.connect(lambda: self.stage.zoom_by(1))
        self.fit.clicked.connect(lambda: self.stage.set_zoom(0))
        self.full.clicked.connect(lambda: self.stage.set_zoom(1.0))
        self.turn.clicked.connect(self.stage.rotate)

    def clear(self) -> None:
        """Forget the image."""
        super().clear()
        self.stage.clear()
        self._set_enabled(False)
        self.hint.setText("")

    def load(self) -> None:
        """Ask how large the image is upright, then for its pixels."""
        assert self.source is not None
        assert self.item is not None
        facts = self.item.evidence.facts
        if facts.width and facts.height:
            self._show(facts.width, facts.height)
            return
        job = Inspect(kind_hint=self.item.evidence.kind)
        self.source.decode(job, self._on_inspected, failed=self._on_broke, priority=NOW)

    def place(self) -> WorkPlace:
        """The zoom."""
        return WorkPlace(evidence_id=self.item.evidence.id if self.item else None, zoom=self.stage.chosen_zoom)

    def move_to(self, wanted: WorkPlace | Place) -> None:
        """Take a remembered zoom, or show a cited box."""
        if isinstance(wanted, WorkPlace):
            self.stage.set_zoom(wanted.zoom)
        elif isinstance(wanted, ImageBox):
            self.stage.show_box(wanted.box)

    def citation_place(self) -> Place | None:
        """The drawn box, else the whole image."""
        return self.stage.current_box()

    def set_citations(self, marks: Sequence[Mark]) -> None:
        """Draw them; a drawn box that has just been cited is done."""
        super().set_citations(marks)
        self.stage.take_cited(self.marks)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that the buttons leave go to the image."""
        event.ignore()
        if not self.stage.hasFocus():
            self.stage.keyPressEvent(event)
        if not event.isAccepted():
            super().keyPressEvent(event)

    def _on_inspected(self, found: Inspection) -> None:
        facts = found.facts
        if facts.reason or not facts.width or not facts.height:
            self.unreadable.emit(facts.reason or self.tr("This file is not an image."))
        else:
            self._show(facts.width, facts.height)

    def _show(self, width: int, height: int) -> None:
        assert self.source is not None
        layers = Layers(self.source, _MakeJob(width, height), self._on_picture, self._on_broke)
        self._set_enabled(True)
        self._on_box_drawn()
        self.stage.show_image(layers, width, height)
        self.mark_ready()

    def _on_picture(self) -> None:
        self.stage.picture_painted()
        self.shown.emit()

    def _on_broke(self, problem: KnownError) -> None:
        self.tell_failure(problem)

    def _on_zoom_changed(self, zoom: float) -> None:
        self.zoom_label.setText(f"{round(zoom * 100)} %")
        self.fit.setChecked(self.stage.chosen_zoom == 0)

    def _on_moved(self) -> None:
        if self.is_ready:
            self.place_changed.emit()

    def _on_box_drawn(self) -> None:
        has_box = self.stage.drawn is not None
        self.hint.setText(self.tr("Cites the box") if has_box else self.tr("Drag a box, or cite the whole image"))

    def _set_enabled(self, enabled: bool) -> None:
        for widget in (self.zoom_in, self.zoom_out, self.fit, self.full, self.turn, self.cite):
            widget.setEnabled(enabled)


class _MakeJob:
    """Maxima for a whole image `width` pixels wide, or for the part of it that is asked for."""

    def __init__(self, full_width: int, full_height: int) -> None:
        self._shape = full_height / full_width

    def __call__(self, width: int, clip: Box | None) -> Job[Picture]:
        height = width * self._shape
        wide = width * (clip.width if clip else 1.0)
        high = height * (clip.height if clip else 1.0)
        return RenderImage(max_width=max(1, round(wide)), max_height=max(1, round(high)), clip=clip)
