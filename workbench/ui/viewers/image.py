"""An image: its stage, the card with its tools, and a film of its pages or neighbours. Decodes nothing here."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.errors import KnownError
from workbench.media.jobs import Inspect, Inspection, Job, Pages, PageSizes, Picture, RenderImage
from workbench.model.citation import Box, ImageBox, PageBox, Place
from workbench.model.place import WorkPlace
from workbench.queries.views import EvidenceItem
from workbench.tasks import Tasks
from workbench.ui.viewers.image_films import ImageFilms
from workbench.ui.viewers.image_stage import FIT, FIT_WIDTH, ImageStage
from workbench.ui.viewers.image_tools import ImageTools
from workbench.ui.viewers.layers import Layers
from workbench.ui.viewers.marks import Mark
from workbench.ui.viewers.still_viewer import StillViewer
from workbench.ui.viewers.tone_panel import TonePanel

NOW = 3


class ImageViewer(StillViewer):
    """Fitted at first; sharper pictures are fetched as the person zooms in. Pages count from 0."""

    sibling_asked = Signal(str)
    """The id of the image evidence to look at instead."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, "imageViewer", "imageCiteButton", parent)
        self._sizes: tuple[tuple[int, int], ...] = ()
        self._page = 0
        self._moves_on = False
        self.stage = ImageStage(self)
        self.setFocusProxy(self.stage)
        self.tools = ImageTools(self.row, self)
        self.lay_out(self.stage, "stage", hint_gives_way=7)
        self.films = ImageFilms(tasks, self)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.addWidget(self.films)
        self.tone = TonePanel(self)
        self._connect_stage()
        self._connect_tools()
        self.tools.show_page(0, 1)

    def _connect_stage(self) -> None:
        self.stage.zoom_changed.connect(lambda zoom: self.tools.show_zoom(zoom, self.stage.chosen_zoom))
        self.stage.moved.connect(self._on_moved)
        self.stage.box_drawn.connect(self._on_box_drawn)
        self.stage.cite_asked.connect(self.cite_requested)
        self.stage.page_asked.connect(lambda by: self.go_to_page(self._page + by))
        self.stage.step_asked.connect(self._on_step_asked)
        self.stage.tone_asked.connect(self._on_tone_asked)
        self.films.page_chosen.connect(self.go_to_page)
        self.films.sibling_chosen.connect(self.sibling_asked)

    def _connect_tools(self) -> None:
        tools = self.tools
        tools.back.clicked.connect(lambda: self.go_to_page(self._page - 1))
        tools.forward.clicked.connect(lambda: self.go_to_page(self._page + 1))
        tools.zoom_out.clicked.connect(lambda: self.stage.zoom_by(-1))
        tools.zoom_in.clicked.connect(lambda: self.stage.zoom_by(1))
        tools.fit.clicked.connect(lambda: self.stage.set_zoom(FIT))
        tools.width.clicked.connect(lambda: self.stage.set_zoom(FIT_WIDTH))
        tools.full.clicked.connect(lambda: self.stage.set_zoom(1.0))
        tools.turn.clicked.connect(self.stage.rotate)
        tools.tone.clicked.connect(self._on_tone_asked)
        self.tone.changed.connect(self._on_tone_changed)
        self.tone.closed.connect(self._on_tone_closed)

    @property
    def page(self) -> int:
        """The page that is looked at."""
        return self._page

    @property
    def page_count(self) -> int:
        """How many pages there are; 0 while nothing is open."""
        return len(self._sizes)

    def set_siblings(self, items: Sequence[EvidenceItem], current: str) -> None:
        """The images of the submission, in order, and the one that is looked at; fewer than two make no film."""
        self.films.set_siblings(items, current)

    def show_evidence(self, item: EvidenceItem, captions: EvidenceItem | None = None) -> None:
        """Open this image; its neighbours stay when it is one of them."""
        self._moves_on = self.films.has_sibling(item.evidence.id)
        super().show_evidence(item, captions)
        self._moves_on = False
        self.films.mark_sibling(item.evidence.id)

    def clear(self) -> None:
        """Forget the image and its neighbours."""
        super().clear()
        self.stage.clear()
        self.tone.close_panel()
        self.tone.clear()
        if self._moves_on:
            self.films.forget_pages()
        else:
            self.films.clear()
        self._sizes, self._page = (), 0
        self._set_enabled(False)
        self.tools.show_page(0, 1)
        self.hint.setText("")

    def load(self) -> None:
        """Ask how large the image is upright, then for its pixels."""
        assert self.source is not None
        assert self.item is not None
        facts = self.item.evidence.facts
        if facts.width and facts.height:
            self._show(facts.width, facts.height, facts.pages or 1)
            return
        job = Inspect(kind_hint=self.item.evidence.kind)
        self.source.decode(job, self._on_inspected, failed=self._on_broke, priority=NOW)

    def go_to_page(self, page: int) -> None:
        """Show another page at the same zoom and turn; beyond the ends, nothing happens."""
        if 0 <= page < self.page_count and page != self._page:
            self._show_page(page)

    def place(self) -> WorkPlace:
        """Page and zoom."""
        evidence_id = self.item.evidence.id if self.item else None
        return WorkPlace(evidence_id=evidence_id, page=self._page, zoom=self.stage.chosen_zoom)

    def move_to(self, wanted: WorkPlace | Place) -> None:
        """Take a remembered page and zoom, or show a cited box."""
        if isinstance(wanted, WorkPlace):
            self.go_to_page(wanted.page)
            self.stage.set_zoom(wanted.zoom)
        elif isinstance(wanted, PageBox):
            self.go_to_page(wanted.page)
            self.stage.show_box(wanted.box)
        elif isinstance(wanted, ImageBox):
            self.stage.show_box(wanted.box)

    def citation_place(self) -> Place | None:
        """The drawn box, else the whole image or page."""
        box = self.stage.current_box()
        if box is None or self.page_count <= 1:
            return box
        return PageBox(page=self._page, box=box.box)

    def set_citations(self, marks: Sequence[Mark]) -> None:
        """Draw those of the page in view; a drawn box that has just been cited is done."""
        super().set_citations(marks)
        self.stage.take_cited(self._marks_here())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that the buttons leave go to the image."""
        event.ignore()
        if not self.stage.hasFocus():
            self.stage.keyPressEvent(event)
        if not event.isAccepted():
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The film gives its room to the image where there is little."""
        super().resizeEvent(event)
        self.films.fit_into(self.height())

    def minimumSizeHint(self) -> QSize:
        """Without the film, which gives way."""
        size = super().minimumSizeHint()
        return QSize(size.width(), size.height() - (0 if self.films.isHidden() else self.films.height()))

    def _on_inspected(self, found: Inspection) -> None:
        facts = found.facts
        if facts.reason or not facts.width or not facts.height:
            self.unreadable.emit(facts.reason or self.tr("This file is not an image."))
        else:
            self._show(facts.width, facts.height, facts.pages or 1)

    def _show(self, width: int, height: int, pages: int) -> None:
        assert self.source is not None
        self._sizes = ((width, height),)
        self._set_enabled(True)
        self._show_page(0)
        if pages == 1:
            self.mark_ready()
        else:
            self.source.decode(PageSizes(), self._on_sizes, failed=self._on_broke, priority=NOW)

    def _on_sizes(self, pages: Pages) -> None:
        assert self.source is not None
        self._sizes = tuple((max(1, round(width)), max(1, round(height))) for width, height in pages.sizes)
        self.stage.has_pages = self.page_count > 1
        self.films.show_pages(self.source, self.page_count)
        self.films.fit_into(self.height())
        self._tell_page()
        self.mark_ready()

    def _show_page(self, page: int) -> None:
        assert self.source is not None
        self._page = page
        width, height = self._sizes[page]

        def job(whole_width: int, clip: Box | None) -> Job[Picture]:
            return _job(page, (width, height), whole_width, clip, self.tone.tone)

        layers = Layers(self.source, job, self._on_picture, self._on_broke, QSize(width, height))
        self.stage.show_image(layers, width, height)
        self.stage.set_marks(self._marks_here())
        self._tell_page()
        self._on_moved()

    def _tell_page(self) -> None:
        self.tools.show_page(self._page, self.page_count)
        self.films.mark_page(self._page)
        page, count = self._page + 1, self.page_count
        words = self.tr("Page {page} of {count}").format(page=page, count=count) if count > 1 else ""
        self.stage.setAccessibleName(words or self.tr("Image"))
        self._on_box_drawn()

    def _marks_here(self) -> tuple[Mark, ...]:
        """Marks of this page, as boxes of the image that the stage shows."""
        here = []
        for mark in self.marks:
            place = mark.citation.place
            if isinstance(place, PageBox) and place.page == self._page:
                boxed = replace(mark.citation, place=ImageBox(box=place.box))
                here.append(mark._replace(citation=boxed))
            elif isinstance(place, ImageBox) and self._page == 0:
                here.append(mark)
        return tuple(here)

    def _on_picture(self) -> None:
        self.stage.viewport().update()
        self.shown.emit()

    def _on_broke(self, problem: KnownError) -> None:
        self.tell_failure(problem)

    def _on_moved(self) -> None:
        if self.is_ready:
            self.place_changed.emit()

    def _on_box_drawn(self) -> None:
        whole, short = self.tr("Drag a box (or press X), or cite the whole image"), self.tr("Cites the whole image")
        if self.page_count > 1:
            whole, short = self.tr("Drag a box (or press X), or cite the whole page"), self.tr("Cites the whole page")
        self.stage.say_hint(self.hint, whole, short=short)

    def _on_step_asked(self, by: int) -> None:
        sibling = self.films.sibling_beside(by)
        if sibling is not None:
            self.sibling_asked.emit(sibling)
        elif self.page_count > 1:
            self.go_to_page(self._page + by)

    def _on_tone_asked(self) -> None:
        if self.tone.isHidden() and self.stage.has_content:
            self.tone.open_above(self.tools.tone if self.tools.tone.isVisible() else self.row)
        else:
            self.tone.close_panel()
        self._on_tone_changed()

    def _on_tone_closed(self) -> None:
        self._on_tone_changed()
        self.stage.setFocus()

    def _on_tone_changed(self) -> None:
        self.tools.tone.setChecked(not self.tone.isHidden() or self.tone.tone != (0, 0))
        self.stage.ask()

    def _set_enabled(self, enabled: bool) -> None:
        self.tools.set_enabled(enabled)
        self.cite.setEnabled(enabled)


def _job(page: int, size: tuple[int, int], whole_width: int, clip: Box | None, tone: tuple[int, int]) -> Job[Picture]:
    """Maxima for a whole page `whole_width` pixels wide, or for the part of it that is asked for."""
    wide = whole_width * (clip.width if clip else 1.0)
    high = whole_width * size[1] / size[0] * (clip.height if clip else 1.0)
    most = max(1, round(wide)), max(1, round(high))
    return RenderImage(*most, clip=clip, page=page, brightness=tone[0], contrast=tone[1])
