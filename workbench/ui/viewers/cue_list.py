"""Lines of what is said, with their times; words that were searched for are marked. Keeps no captions of its own."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from workbench.media.jobs import Cue
from workbench.ui import theme, words
from workbench.ui.theme import TextRole, scaled

_START = Qt.ItemDataRole.UserRole
_TEXT = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex


class CueList(QListWidget):
    """Enter or a press on a line chooses it; moving with the arrows alone does not."""

    chosen = Signal(int)
    """Where the line begins, in ms."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transcriptList")
        self.setAccessibleName(self.tr("Lines of the transcript"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setLayoutMode(QListWidget.LayoutMode.Batched)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        theme.dress(self, TextRole.DESCRIPTOR)
        self._delegate = _CueDelegate(self)
        self.setItemDelegate(self._delegate)
        self.itemClicked.connect(self._on_clicked)

    def show_cues(self, cues: Sequence[Cue], query: str) -> None:
        """Show these lines; the words of the query are marked in them."""
        self._delegate.needles = tuple(query.casefold().split())
        self._delegate.said = -1
        self.clear()
        for cue in cues:
            text = " ".join(cue.text.split())
            item = QListWidgetItem(self)
            item.setData(_START, cue.start_ms)
            item.setData(_TEXT, text)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{words.clock(cue.start_ms)} {text}")

    def mark_said(self, row: int) -> None:
        """This line is being said now; -1 for none. It comes into view unless the person looks around here."""
        if row == self._delegate.said:
            return
        self._delegate.said = row
        self.viewport().update()
        if row >= 0 and not self.hasFocus():
            self.scrollToItem(self.item(row))

    @property
    def said(self) -> int:
        """The row that is being said."""
        return self._delegate.said

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self._on_clicked(item)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Escape) or event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines break anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _on_clicked(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(_START))


class _CueDelegate(QStyledItemDelegate):
    """Time at the left, text beside it."""

    def __init__(self, view: CueList) -> None:
        super().__init__(view)
        self._view = view
        self.needles: tuple[str, ...] = ()
        self.said = -1

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """As many lines as the text needs."""
        width = self._view.viewport().width()
        layout = self._layout(index, width)
        return QSize(width, max(scaled(theme.TARGET_PX), round(layout.boundingRect().height()) + scaled(8)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint ground, time and text."""
        look = theme.current()
        box = QRect(option.rect)
        painter.save()
        is_said = index.row() == self.said
        self._paint_ground(painter, box, option, is_said=is_said)
        painter.setFont(look.font(TextRole.META, bold=is_said))
        painter.setPen(look.color("accent" if is_said else "muted"))
        time_box = box.adjusted(scaled(8), scaled(4), 0, 0)
        painter.drawText(
            time_box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, words.clock(index.data(_START))
        )
        painter.setPen(look.color("ink"))
        self._layout(index, box.width()).draw(painter, QPointF(box.left() + self._time_width(), box.top() + scaled(4)))
        painter.restore()

    def _paint_ground(self, painter: QPainter, box: QRect, option: QStyleOptionViewItem, *, is_said: bool) -> None:
        look = theme.current()
        state = option.state
        if is_said:
            painter.fillRect(box, look.color("accent_soft"))
            painter.fillRect(QRect(box.left(), box.top(), scaled(3), box.height()), look.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, look.color("hover"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(look.color("accent"))
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), scaled(4), scaled(4))

    def _layout(self, index: _Index, width: int) -> QTextLayout:
        text = str(index.data(_TEXT))
        layout = QTextLayout(text, self._view.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._found(text))
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(scaled(40), width - self._time_width() - scaled(8)))
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        return layout

    def _found(self, text: str) -> list[QTextLayout.FormatRange]:
        look = theme.current()
        found = QTextCharFormat()
        found.setBackground(look.color("caution_soft"))
        found.setForeground(look.color("caution"))
        found.setFontUnderline(True)
        plain, ranges = text.casefold(), []
        # Folding may lengthen a text (ß): then places would not fit, and nothing is marked.
        for needle in self.needles if len(plain) == len(text) else ():
            start = plain.find(needle)
            while start >= 0:
                marked = QTextLayout.FormatRange()
                marked.start, marked.length, marked.format = start, len(needle), found
                ranges.append(marked)
                start = plain.find(needle, start + len(needle))
        return ranges

    def _time_width(self) -> int:
        metrics = QFontMetrics(theme.current().font(TextRole.META, bold=True))
        return scaled(8) + metrics.horizontalAdvance("0:00:00") + scaled(8)
