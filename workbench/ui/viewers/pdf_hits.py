"""The list of all hits of a search: the page's label, and the words around each. Searches nothing itself."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from workbench.media.jobs import TextHit
from workbench.ui import theme
from workbench.ui.theme import TextRole, scaled
from workbench.ui.viewers.page_list import PageListView
from workbench.ui.viewers.pdf_search import PdfSearch

HIT_ROLE = Qt.ItemDataRole.UserRole
LABEL_ROLE = Qt.ItemDataRole.UserRole + 1
ROW_PX = 58
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class HitModel(QAbstractListModel):
    """A row for each hit; `labels` are those of the pages."""

    def __init__(self, search: PdfSearch, parent: QWidget) -> None:
        super().__init__(parent)
        self._search = search
        self.labels: tuple[str, ...] = ()
        search.restarted.connect(self._on_restarted)
        search.inserting.connect(lambda first, last: self.beginInsertRows(_ROOT, first, last))
        search.inserted.connect(self.endInsertRows)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """One for each hit."""
        return 0 if parent.isValid() else len(self._search.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The hit, its page's label, or both as a sentence."""
        if not index.isValid() or index.row() >= len(self._search.hits):
            return None
        hit = self._search.hits[index.row()]
        label = self.labels[hit.page] if hit.page < len(self.labels) else str(hit.page + 1)
        if role == HIT_ROLE:
            return hit
        if role == LABEL_ROLE:
            return label
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.tr("Page {label}: {words}").format(label=label, words=f"{hit.before}{hit.found}{hit.after}")
        return None

    def _on_restarted(self) -> None:
        self.beginResetModel()
        self.endResetModel()


class HitDelegate(QStyledItemDelegate):
    """The label above two lines of words, what was found in bold."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Every row is as high as the next."""
        return QSize(scaled(120), scaled(ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one hit."""
        hit = index.data(HIT_ROLE)
        if not isinstance(hit, TextHit):
            return
        look, state = theme.current(), option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row(painter, QRect(option.rect), state)
        inner = QRect(option.rect).adjusted(scaled(8), scaled(5), -scaled(8), -scaled(4))
        meta = look.font(TextRole.META)
        painter.setFont(meta)
        painter.setPen(look.color("muted"))
        high = QFontMetrics(meta).height()
        label = self.tr("p. {label}").format(label=index.data(LABEL_ROLE))
        painter.drawText(QRect(inner.left(), inner.top(), inner.width(), high), Qt.AlignmentFlag.AlignLeft, label)
        painter.setPen(look.color("ink"))
        _paint_words(painter, QRectF(inner).adjusted(0, high, 0, 0), hit)
        painter.restore()


class HitList(PageListView):
    """Choosing a row, by key or click, is told by `chosen`."""

    def __init__(self, search: PdfSearch, parent: QWidget | None = None) -> None:
        super().__init__("pdfHits", parent)
        self.setAccessibleName(self.tr("All hits"))
        self.hits = HitModel(search, self)
        self.setModel(self.hits)
        self.setItemDelegate(HitDelegate(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)


def paint_row(painter: QPainter, row: QRect, state: QStyle.StateFlag) -> None:
    """The ground of a row: the chosen one has the accent's edge."""
    look = theme.current()
    is_chosen, is_under = bool(state & QStyle.StateFlag.State_Selected), bool(state & QStyle.StateFlag.State_MouseOver)
    if is_chosen or is_under:
        painter.setPen(QPen(look.color("accent"), 1) if is_chosen else Qt.PenStyle.NoPen)
        painter.setBrush(look.color("accent_soft" if is_chosen else "hover"))
        painter.drawRoundedRect(QRectF(row).adjusted(1, 1, -1, -1), scaled(6), scaled(6))


def _paint_words(painter: QPainter, room: QRectF, hit: TextHit) -> None:
    """At most two lines that begin shortly before what was found."""
    font = theme.current().font()
    metrics = QFontMetrics(font)
    before = metrics.elidedText(hit.before, Qt.TextElideMode.ElideLeft, round(room.width() * 0.6))
    layout = QTextLayout(f"{before}{hit.found}{hit.after}", font)
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    layout.setTextOption(option)
    bold = QTextLayout.FormatRange()
    bold.start, bold.length = _units(before), _units(hit.found)
    form = QTextCharFormat()
    form.setFontWeight(theme.current().font(bold=True).weight())
    form.setForeground(theme.current().color("accent"))
    bold.format = form
    layout.setFormats([bold])
    layout.beginLayout()
    top = 0.0
    for _number in range(2):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(room.width())
        line.setPosition(QPointF(0, top))
        top += line.height()
    layout.endLayout()
    layout.draw(painter, room.topLeft())


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
