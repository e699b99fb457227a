"""Small pictures of a PDF's pages beside it. Only those in view are asked from the workers, behind everything else."""

from collections import OrderedDict
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from workbench.media.jobs import Picture
from workbench.ui import theme
from workbench.ui.theme import TextRole, scaled
from workbench.ui.viewers.page_list import PageListView
from workbench.ui.viewers.pdf_hits import paint_row
from workbench.ui.viewers.pdf_opened import OpenedPdf
from workbench.ui.viewers.pictures import copied

WIDTH_PX, HEIGHT_PX = 108, 138
KEPT = 200
ASK_AFTER_MS = 60
IN_VIEW, NEAR = 1, -1
_AROUND = 4
IMAGE_ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class ThumbnailModel(QAbstractListModel):
    """A row for each page; remembers the pictures of late."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.pdf: OpenedPdf | None = None
        self._images: OrderedDict[int, QImage] = OrderedDict()

    def show_pdf(self, pdf: OpenedPdf | None) -> None:
        """Another document, or none."""
        self.beginResetModel()
        self.pdf = pdf
        self._images.clear()
        self.endResetModel()

    def forget_pictures(self) -> None:
        """They no longer show how the pages stand."""
        self._images.clear()

    def has(self, page: int) -> bool:
        """Whether the picture of a page is here."""
        return page in self._images

    def keep(self, page: int, image: QImage) -> None:
        """Show a picture."""
        self._images[page] = image
        if len(self._images) > KEPT:
            self._images.popitem(last=False)
        self.dataChanged.emit(self.index(page, 0), self.index(page, 0))

    def rowCount(self, parent: Index = _ROOT) -> int:
        """One for each page."""
        return 0 if parent.isValid() or self.pdf is None else self.pdf.page_count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The page's label, its picture, or its name for those who hear it."""
        if self.pdf is None or not index.isValid():
            return None
        if role == IMAGE_ROLE:
            return self._images.get(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.pdf.label(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("Page {label}").format(label=self.pdf.label(index.row()))
        return None


class ThumbnailDelegate(QStyledItemDelegate):
    """White paper with the page's label below."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Every page has the same room."""
        return QSize(scaled(WIDTH_PX + 16), scaled(HEIGHT_PX + 34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one page."""
        look, state, row = theme.current(), option.state, QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paint_row(painter, row, state)
        room = QRectF(row).adjusted(scaled(8), scaled(7), -scaled(8), -scaled(25))
        image = index.data(IMAGE_ROLE)
        paper = _fitted(image, room) if isinstance(image, QImage) else _blank(room)
        painter.fillRect(paper, Qt.GlobalColor.white)
        if isinstance(image, QImage):
            painter.drawImage(paper, image)
        painter.setPen(QPen(look.color("control"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(paper.adjusted(-0.5, -0.5, 0.5, 0.5))
        is_present = bool(state & QStyle.StateFlag.State_Selected)
        font = look.font(TextRole.META, bold=is_present)
        painter.setFont(font)
        painter.setPen(look.color("ink" if is_present else "muted"))
        line = QRectF(row).adjusted(scaled(4), row.height() - scaled(23), -scaled(4), -scaled(3))
        label = QFontMetrics(font).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, round(line.width()))
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, label)
        painter.restore()


class PdfThumbnails(PageListView):
    """`chosen` is told with the page from 0."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("pdfThumbnails", parent)
        self.setAccessibleName(self.tr("Pages"))
        self.pages = ThumbnailModel(self)
        self.setModel(self.pages)
        self.setItemDelegate(ThumbnailDelegate(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._rotation = 0
        self._waiting: dict[int, tuple[int, Future[Picture]]] = {}
        self._ask_timer = QTimer(self, singleShot=True, interval=ASK_AFTER_MS)
        self._ask_timer.timeout.connect(self._ask)
        self.verticalScrollBar().valueChanged.connect(self._ask_soon)

    def show_pdf(self, pdf: OpenedPdf | None) -> None:
        """Another document, or none."""
        self._drop(list(self._waiting))
        self._rotation = 0
        self.pages.show_pdf(pdf)
        self._ask_soon()

    def set_rotation(self, rotation: int) -> None:
        """The pages are turned."""
        if rotation != self._rotation:
            self._drop(list(self._waiting))
            self._rotation = rotation
            self.pages.forget_pictures()
            self.viewport().update()
            self._ask_soon()

    def showEvent(self, event: QShowEvent) -> None:
        """Now pictures are needed."""
        super().showEvent(event)
        self._ask_soon()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More may be in view."""
        super().resizeEvent(event)
        self._ask_soon()

    def rows_in_view(self) -> range:
        """The pages whose row is seen."""
        high = self.sizeHintForRow(0)
        count = self.pages.rowCount()
        if high <= 0 or not count:
            return range(0)
        top = self.verticalScrollBar().value()
        return range(min(count, top // high), min(count, (top + self.viewport().height()) // high + 1))

    def _ask_soon(self) -> None:
        if not self._ask_timer.isActive():
            self._ask_timer.start()

    def _ask(self) -> None:
        if self.pages.pdf is None or not self.isVisible():
            return
        seen = self.rows_in_view()
        near = range(max(0, seen.start - _AROUND), min(self.pages.rowCount(), seen.stop + _AROUND))
        wanted = {page: IN_VIEW if page in seen else NEAR for page in near if not self.pages.has(page)}
        self._drop([page for page, (rank, _future) in self._waiting.items() if wanted.get(page) != rank])
        for page in sorted(wanted, key=lambda page: -wanted[page]):
            if page not in self._waiting:
                self._ask_page(self.pages.pdf, page, wanted[page])

    def _ask_page(self, pdf: OpenedPdf, page: int, priority: int) -> None:
        job = pdf.picture_job(page, self._width_of(pdf.sizes[page]), rotation=self._rotation)

        def arrived(picture: Picture) -> None:
            if self._waiting.get(page, (0, None))[1] is future:
                del self._waiting[page]
                self.pages.keep(page, copied(picture))
            else:
                picture.release()

        future = pdf.source.decode(job, arrived, failed=lambda _problem: None, priority=priority)
        self._waiting[page] = priority, future

    def _width_of(self, size: tuple[float, float]) -> int:
        width, height = reversed(size) if self._rotation % 180 else size
        fit = min(scaled(WIDTH_PX) / max(1.0, width), scaled(HEIGHT_PX) / max(1.0, height))
        return max(1, round(width * fit * self.devicePixelRatioF()))

    def _drop(self, pages: list[int]) -> None:
        for page in pages:
            _rank, future = self._waiting.pop(page)
            if self.pages.pdf is not None:
                self.pages.pdf.drop(future)


def _fitted(image: QImage, room: QRectF) -> QRectF:
    fit = min(room.width() / max(1, image.width()), room.height() / max(1, image.height()))
    width, height = image.width() * fit, image.height() * fit
    return QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)


def _blank(room: QRectF) -> QRectF:
    width = min(room.width(), room.height() / 1.414)
    return QRectF(room.center().x() - width / 2, room.top(), width, room.height())
