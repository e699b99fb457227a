"""The film at the foot of an image: the pages of its file, else the other images of the submission."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.queries.views import EvidenceItem
from workbench.tasks import Tasks
from workbench.ui.theme import scaled
from workbench.ui.viewers.image_film import PICTURE_HEIGHT_PX, PICTURE_WIDTH_PX, ImageFilm
from workbench.ui.viewers.page_pictures import PagePictures
from workbench.ui.viewers.source import EvidenceSource
from workbench.ui.viewers.thumbnails import Thumbnails

_LEAST_HEIGHT_PX = 420
"""A lower viewer keeps its room for the image; the keys still lead to pages and neighbours."""


class ImageFilms(QWidget):
    """One film at a time, so that it stays slim; hidden while there is nothing to choose."""

    page_chosen = Signal(int)
    sibling_chosen = Signal(str)

    def __init__(self, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._height_given = 0
        self._source: EvidenceSource | None = None
        self._page_count = 0
        self._siblings: tuple[EvidenceItem, ...] = ()
        self._current = ""
        self.pages = ImageFilm("pageFilm", self.tr("Pages"), self)
        self.siblings = ImageFilm("siblingFilm", self.tr("Images of this submission"), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        column.addWidget(self.siblings)
        self._page_pictures = PagePictures(self)
        self._thumbnails = Thumbnails(tasks, self)
        self.pages.chosen.connect(lambda key: self.page_chosen.emit(int(key)))
        self.pages.came_into_view.connect(self._want_pages)
        self.siblings.chosen.connect(self.sibling_chosen)
        self._page_pictures.arrived.connect(lambda page, image: self.pages.set_picture(str(page), image))
        self._thumbnails.arrived.connect(self._on_thumbnail)
        self.hide()

    def set_siblings(self, items: Sequence[EvidenceItem], current: str) -> None:
        """The images of the submission, and the one that is looked at."""
        self._siblings = tuple(items)
        self.siblings.show_items([(item.evidence.id, item.evidence.label) for item in items])
        self.mark_sibling(current)
        self._show_one()

    def sibling_beside(self, by: int) -> str | None:
        """The id of the image so many after the one that is looked at; None beyond the ends."""
        return self.siblings.neighbour(self._current, by)

    def show_pages(self, source: EvidenceSource, count: int) -> None:
        """The pages of an open file."""
        self._source, self._page_count = source, count
        self.pages.show_items([(str(page), str(page + 1)) for page in range(count)] if count > 1 else [])
        self._show_one()
        self._want_pages()

    def mark_page(self, page: int) -> None:
        """Show which page is looked at."""
        self.pages.mark(str(page))

    def clear(self) -> None:
        """Forget pages and neighbours; nothing of them is fetched any more."""
        self._thumbnails.clear()
        self._siblings, self._current = (), ""
        self.siblings.show_items([])
        self.forget_pages()

    def forget_pages(self) -> None:
        """The file is closed: none of its pictures stays."""
        self._page_pictures.clear()
        self._source, self._page_count = None, 0
        self.pages.show_items([])
        self._show_one()

    def has_sibling(self, evidence_id: str) -> bool:
        """Whether this is one of the images that were set."""
        return any(item.evidence.id == evidence_id for item in self._siblings)

    def mark_sibling(self, evidence_id: str) -> None:
        """Show which image is looked at."""
        self._current = evidence_id
        self.siblings.mark(evidence_id)

    def fit_into(self, viewer_height: int) -> None:
        """Give way in a viewer of little height."""
        self._height_given = viewer_height
        self._show_one()

    def _show_one(self) -> None:
        has_room = self._height_given >= scaled(_LEAST_HEIGHT_PX)
        has_pages, has_siblings = self._page_count > 1, len(self._siblings) > 1
        self.pages.setVisible(has_pages)
        self.siblings.setVisible(has_siblings and not has_pages)
        self.setVisible(has_room and (has_pages or has_siblings))
        if not self.isHidden() and not self.siblings.isHidden():
            self._thumbnails.want(self._unpictured(), self.devicePixelRatioF())

    def _unpictured(self) -> tuple[EvidenceItem, ...]:
        wanting = set(self.siblings.wanting())
        return tuple(item for item in self._siblings if item.evidence.id in wanting)

    def _want_pages(self) -> None:
        if self._source is None or not self._source.is_open or self.isHidden():
            return
        ratio = self.devicePixelRatioF()
        size = round(scaled(PICTURE_WIDTH_PX) * ratio), round(scaled(PICTURE_HEIGHT_PX) * ratio)
        self._page_pictures.want(self._source, [int(key) for key in self.pages.wanting()], *size)

    def _on_thumbnail(self, evidence_id: str, image: QImage) -> None:
        self.siblings.set_picture(evidence_id, image)
