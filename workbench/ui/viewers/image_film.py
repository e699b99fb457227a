"""A slim strip of small pictures: the pages of one file, or the images of one submission. Decodes nothing."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from workbench.ui import theme
from workbench.ui.theme import TextRole, scaled

PICTURE_WIDTH_PX, PICTURE_HEIGHT_PX = 84, 46
_CAPTION_PX, _AIR_PX = 18, 4
_KEY, _PICTURE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class ImageFilm(QListWidget):
    """Arrows and clicks choose; `chosen(key)` is not told when `mark` moves the choice."""

    chosen = Signal(str)
    came_into_view = Signal()

    def __init__(self, name: str, says: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(says)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_FilmDelegate(self))
        self.viewport().setAutoFillBackground(False)
        self.currentItemChanged.connect(self._on_current)
        self.horizontalScrollBar().valueChanged.connect(lambda _value: self.came_into_view.emit())
        self.hide()

    def show_items(self, items: Sequence[tuple[str, str]]) -> None:
        """Key and words of each picture, in order; pictures of keys that stay are kept."""
        if items == self._items():
            return
        kept = {self._key(row): self.item(row).data(_PICTURE) for row in range(self.count())}
        with _Quiet(self):
            self.clear()
            for key, title in items:
                item = QListWidgetItem(title)
                item.setData(_KEY, key)
                item.setData(_PICTURE, kept.get(key))
                item.setToolTip(title)
                self.addItem(item)
        self.setFixedHeight(self.sizeHint().height())

    def mark(self, key: str) -> None:
        """Show which one is looked at."""
        for row in range(self.count()):
            if self._key(row) == key:
                with _Quiet(self):
                    self.setCurrentRow(row)
                self.scrollToItem(self.item(row))
                return

    def neighbour(self, key: str, by: int) -> str | None:
        """The key so many pictures after (before, when negative) another; None beyond the ends."""
        keys = [self._key(row) for row in range(self.count())]
        at = keys.index(key) + by if key in keys else -1
        return keys[at] if 0 <= at < len(keys) else None

    def set_picture(self, key: str, image: QImage) -> None:
        """Show the picture of a key."""
        for row in range(self.count()):
            if self._key(row) == key:
                self.item(row).setData(_PICTURE, image)

    def wanting(self) -> list[str]:
        """Keys in view that have no picture yet, in order."""
        room = self.viewport().rect()
        seen = (row for row in range(self.count()) if self.visualItemRect(self.item(row)).intersects(room))
        return [self._key(row) for row in seen if self.item(row).data(_PICTURE) is None]

    def sizeHint(self) -> QSize:
        """As high as a picture, its words and a scroll bar."""
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        return QSize(scaled(200), _cell().height() + bar)

    def minimumSizeHint(self) -> QSize:
        """Two pictures wide."""
        return QSize(scaled(2 * PICTURE_WIDTH_PX), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More may be in view."""
        super().resizeEvent(event)
        self.came_into_view.emit()

    def _items(self) -> list[tuple[str, str]]:
        return [(self._key(row), self.item(row).text()) for row in range(self.count())]

    def _key(self, row: int) -> str:
        return str(self.item(row).data(_KEY))

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(str(item.data(_KEY)))


class _Quiet:
    """No signals of a widget while it is changed by the program."""

    def __init__(self, widget: ImageFilm) -> None:
        self._widget = widget

    def __enter__(self) -> None:
        self._widget.blockSignals(True)

    def __exit__(self, *_: object) -> None:
        self._widget.blockSignals(False)


class _FilmDelegate(QStyledItemDelegate):
    """Paints the picture, its words below it, and a ring around the one that is looked at."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The same for all."""
        return _cell()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one."""
        look = theme.current()
        cell, state = QRect(option.rect), option.state
        is_current = bool(state & QStyle.StateFlag.State_Selected)
        air = scaled(_AIR_PX)
        frame = QRectF(cell.adjusted(air, air, -air, -air - scaled(_CAPTION_PX)))
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(QPen(look.color("accent" if is_current else "line"), 2 if is_current else 1))
        painter.setBrush(look.color("chip"))
        painter.drawRoundedRect(frame, scaled(4), scaled(4))
        _paint_picture(painter, frame.adjusted(2, 2, -2, -2), index.data(_PICTURE))
        self._paint_words(painter, cell, index.data(), is_current=is_current)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.color("accent"), 2))
            painter.drawRoundedRect(QRectF(cell).adjusted(1, 1, -1, -1), scaled(6), scaled(6))
        painter.restore()

    def _paint_words(self, painter: QPainter, cell: QRect, words: str, *, is_current: bool) -> None:
        look = theme.current()
        painter.setFont(look.font(TextRole.META, bold=is_current))
        painter.setPen(look.color("ink" if is_current else "muted"))
        line = cell.adjusted(scaled(_AIR_PX), cell.height() - scaled(_CAPTION_PX), -scaled(_AIR_PX), 0)
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, shown)


def _paint_picture(painter: QPainter, frame: QRectF, image: QImage | None) -> None:
    if image is None or image.isNull():
        return
    size = image.size().scaled(frame.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRectF(0, 0, size.width(), size.height())
    target.moveCenter(frame.center())
    outline = QPainterPath()
    outline.addRoundedRect(target, scaled(2), scaled(2))
    painter.setClipPath(outline)
    painter.fillRect(target, Qt.GlobalColor.white)
    painter.drawImage(target, image)
    painter.setClipping(False)


def _cell() -> QSize:
    air = 2 * _AIR_PX
    return QSize(scaled(PICTURE_WIDTH_PX + air), scaled(PICTURE_HEIGHT_PX + air + _CAPTION_PX))
