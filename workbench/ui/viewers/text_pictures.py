"""The pictures of a shown document: asked for when they come near the view, forgotten when they are far from it."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QImage, QTextCursor, QTextDocument, QTextImageFormat

from workbench.errors import KnownError
from workbench.media.jobs import Picture, ReadPicture
from workbench.ui.theme import scaled
from workbench.ui.viewers.pictures import copied
from workbench.ui.viewers.source import EvidenceSource
from workbench.ui.viewers.text_blocks import PictureSpot
from workbench.ui.viewers.text_body import TextBody

KEPT_MOST = 40
HIGHEST_PX = 600
_PALE = 0x180C0C0C
_IMAGE = QTextDocument.ResourceType.ImageResource


class TextPictures(QObject):
    """Puts pictures into the document of one body."""

    def __init__(self, body: TextBody) -> None:
        super().__init__(body)
        self._body = body
        self._source: EvidenceSource | None = None
        self._spots: tuple[PictureSpot, ...] = ()
        self._asked: dict[int, None] = {}
        self._shapes: dict[int, float] = {}
        self._later = QTimer(self, singleShot=True, interval=60)
        self._later.timeout.connect(self._ask)
        body.moved.connect(self._later.start)
        body.measured.connect(self._on_measured)

    def show(self, source: EvidenceSource, spots: Sequence[PictureSpot]) -> None:
        """The document is laid out: bring the pictures that are in view."""
        self._source, self._spots = source, tuple(spots)
        self._asked, self._shapes = {}, {}
        for spot in self._spots:
            self._put(spot.number, _nothing())
        self._on_measured()

    def clear(self) -> None:
        """There are none any more."""
        self._source, self._spots, self._asked, self._shapes = None, (), {}, {}

    def _on_measured(self) -> None:
        """Fit every picture into the width of the lines."""
        room = self._body.line_width
        for spot in self._spots:
            width = scaled(spot.width)
            # What was cropped in the document is shown whole, in its own shape.
            height = width * self._shapes.get(spot.number, spot.height / spot.width)
            factor = min(1.0, room / width, scaled(HIGHEST_PX) / max(1.0, height))
            cursor = QTextCursor(self._body.document())
            cursor.setPosition(spot.position)
            cursor.setPosition(spot.position + 1, QTextCursor.MoveMode.KeepAnchor)
            form = QTextImageFormat(cursor.charFormat().toImageFormat())
            if (round(form.width()), round(form.height())) != (round(width * factor), round(height * factor)):
                form.setWidth(width * factor)
                form.setHeight(height * factor)
                cursor.setCharFormat(form)
        if self._spots:
            self._later.start()

    def _ask(self) -> None:
        first, last = self._body.range_near_view()
        for spot in self._spots:
            if first <= spot.position <= last and spot.number not in self._asked and self._source is not None:
                self._ask_for(spot.number, self._source)

    def _ask_for(self, number: int, source: EvidenceSource) -> None:
        self._asked[number] = None
        if len(self._asked) > KEPT_MOST:
            oldest = next(iter(self._asked))
            del self._asked[oldest]
            self._put(oldest, _nothing())
        ratio = self._body.devicePixelRatioF()
        width, height = round(self._body.line_width * ratio), round(scaled(HIGHEST_PX) * ratio)

        def arrived(picture: Picture) -> None:
            image = copied(picture)
            self._shapes[number] = image.height() / max(1, image.width())
            self._put(number, image)
            self._on_measured()

        def refused(_problem: KnownError) -> None:
            self._put(number, _refused())

        source.decode(ReadPicture(number, max(1, width), max(1, height)), arrived, failed=refused, priority=1)

    def _put(self, number: int, image: QImage) -> None:
        document = self._body.document()
        document.addResource(_IMAGE, QUrl(f"picture:{number}"), image)
        for spot in self._spots:
            if spot.number == number:
                document.markContentsDirty(spot.position, 1)
        self._body.viewport().update()


def _nothing() -> QImage:
    """A pale ground that keeps the place."""
    image = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(_PALE)
    return image


def _refused() -> QImage:
    """Two crossed lines: a picture is here that cannot be shown."""
    image = QImage(64, 64, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(_PALE)
    for step in range(64):
        for column in (step, 63 - step):
            image.setPixel(column, step, 0x80404040)
    return image
