"""Small pictures for the strip, fetched one after the other behind everything else. Paints nothing."""

from collections import OrderedDict, deque

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from workbench.media.jobs import Picture, Thumbnail
from workbench.model.ids import EvidenceHash
from workbench.model.submission import EvidenceKind
from workbench.queries.views import EvidenceItem
from workbench.tasks import Tasks
from workbench.ui.theme import scaled
from workbench.ui.viewers.pictures import copied
from workbench.ui.viewers.source import EvidenceSource

KEPT = 200
WIDTH_PX, HEIGHT_PX = 88, 84
_HAVE_PICTURES = {EvidenceKind.VIDEO, EvidenceKind.PDF, EvidenceKind.IMAGE}
_LAST = -2


class Thumbnails(QObject):
    """Emits `arrived(evidence id, image)`; remembers what it has fetched by the hash of the bytes."""

    arrived = Signal(str, QImage)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._known: OrderedDict[EvidenceHash, QImage] = OrderedDict()
        self._waiting: deque[EvidenceItem] = deque()
        self._source: EvidenceSource | None = None
        self._item: EvidenceItem | None = None
        self._size = (0, 0)

    def want(self, items: tuple[EvidenceItem, ...], device_ratio: float) -> None:
        """Fetch these for the cards of the strip; replaces what was wanted before."""
        # Cards show the middle of a picture: more height leaves enough of a tall page.
        self._size = round(scaled(WIDTH_PX) * device_ratio), round(scaled(HEIGHT_PX) * device_ratio)
        self._waiting = deque(item for item in items if self._is_worth(item))
        if self._source is None:
            self._next()

    def clear(self) -> None:
        """Want nothing."""
        self._waiting.clear()
        self._done()

    def _is_worth(self, item: EvidenceItem) -> bool:
        has_picture = item.evidence.kind in _HAVE_PICTURES and not item.evidence.facts.reason
        if not has_picture or item.state != "ready":
            return False
        known = self._known.get(item.evidence.sha256)
        if known is not None:
            self.arrived.emit(item.evidence.id, known)
        return known is None and (self._item is None or self._item.evidence.id != item.evidence.id)

    def _next(self) -> None:
        if not self._waiting:
            return
        self._item = self._waiting.popleft()
        self._source = EvidenceSource(self._tasks, self._item.evidence.id)
        self._source.opened.connect(self._on_opened)
        self._source.failed.connect(self._on_failed)
        self._source.open()

    def _on_opened(self) -> None:
        assert self._source is not None
        # Cards show the middle of a picture: twice the height leaves enough of a tall page.
        width, height = self._size
        job = Thumbnail(max_width=width * 2, max_height=height * 3)
        self._source.decode(job, self._on_picture, failed=self._on_failed, priority=_LAST)

    def _on_picture(self, picture: Picture) -> None:
        assert self._item is not None
        item, image = self._item, copied(picture)
        self._known[item.evidence.sha256] = image
        if len(self._known) > KEPT:
            self._known.popitem(last=False)
        self.arrived.emit(item.evidence.id, image)
        self._on_failed()

    def _on_failed(self, _problem: object = None) -> None:
        self._done()
        self._next()

    def _done(self) -> None:
        source, self._source, self._item = self._source, None, None
        if source is not None:
            source.opened.disconnect(self._on_opened)
            source.failed.disconnect(self._on_failed)
            source.retire()
