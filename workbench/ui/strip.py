"""The evidence of one submission as a row of cards. Chooses; shows no evidence itself."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShortcut,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from workbench.model.ids import EvidenceId
from workbench.queries.views import EvidenceItem
from workbench.ui import theme
from workbench.ui.strip_edge import EDGE_PX, StripEdge
from workbench.ui.theme import TextRole, scaled
from workbench.ui.viewers.facts import meta
from workbench.ui.viewers.kind_signs import paint_kind

CARD_PX = 48
THUMB_PX = (44, 28)
WIDEST_LABEL_PX = 150
LEAST_LABEL_PX = 72


class EvidenceCard(QAbstractButton):
    """Thumbnail, label, and in a few words how much it is. Checked while it is looked at."""

    def __init__(self, item: EvidenceItem, number: int, *, has_captions: bool) -> None:
        super().__init__()
        self.item = item
        self._number = number
        self._thumbnail = QImage()
        self._meta = ""
        self._may_shrink = False
        self.setObjectName(f"evidenceCard_{number}")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_item(item, has_captions=has_captions)

    def show_item(self, item: EvidenceItem, *, has_captions: bool) -> None:
        """Show how this evidence stands now."""
        self.item = item
        self._meta = meta(item, has_captions=has_captions)
        name = f"{item.evidence.label}, {self._meta}"
        self.setAccessibleName(name)
        key = f" (Alt+{self._number})" if self._number <= 9 else ""
        self.setToolTip(name + key)
        self.updateGeometry()
        self.update()

    @property
    def meta(self) -> str:
        """The second line."""
        return self._meta

    @property
    def thumbnail(self) -> QImage:
        """The small picture; null where there is none."""
        return self._thumbnail

    def set_thumbnail(self, image: QImage) -> None:
        """Show a small picture instead of the sign of the kind."""
        self._thumbnail = image
        self.update()

    def sizeHint(self) -> QSize:
        """Thumbnail beside two lines."""
        look = theme.current()
        wide = QFontMetrics(look.font(bold=True)).horizontalAdvance(self.item.evidence.label)
        second = QFontMetrics(look.font(TextRole.META)).horizontalAdvance(self._meta)
        text = max(min(wide, scaled(WIDEST_LABEL_PX)), second)
        return QSize(scaled(7 + THUMB_PX[0] + 8) + text + scaled(10), scaled(CARD_PX))

    def minimumSizeHint(self) -> QSize:
        """With its label shortened, where that keeps the strip from scrolling."""
        return QSize(self.least_width(), scaled(CARD_PX)) if self._may_shrink else self.sizeHint()

    def set_may_shrink(self, may_shrink: bool) -> None:
        """Whether the label may be shortened."""
        if may_shrink != self._may_shrink:
            self._may_shrink = may_shrink
            self.updateGeometry()

    def least_width(self) -> int:
        """The width with a shortened label."""
        look = theme.current()
        second = QFontMetrics(look.font(TextRole.META)).horizontalAdvance(self._meta)
        text = min(max(second, scaled(LEAST_LABEL_PX)), self.sizeHint().width())
        return min(scaled(7 + THUMB_PX[0] + 8) + text + scaled(10), self.sizeHint().width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint card, thumbnail and both lines."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        edge = 2 if chosen else 1
        painter.setPen(QPen(look.color("accent" if chosen else "line"), edge))
        painter.setBrush(look.color("hover" if self.underMouse() and not chosen else "surface"))
        inset = edge / 2
        radius = scaled(theme.RADIUS_PX)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius)
        self._paint_thumbnail(painter)
        self._paint_lines(painter)

    def _paint_thumbnail(self, painter: QPainter) -> None:
        look = theme.current()
        wide, high = scaled(THUMB_PX[0]), scaled(THUMB_PX[1])
        box = QRectF(scaled(7), (self.height() - high) / 2, wide, high)
        outline = QPainterPath()
        outline.addRoundedRect(box, scaled(4), scaled(4))
        painter.setPen(QPen(look.color("line"), 1))
        painter.setBrush(look.color("chip"))
        painter.drawPath(outline)
        if self._thumbnail.isNull():
            side = scaled(14)
            sign = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
            paint_kind(painter, self.item.evidence.kind, sign, look.color("muted"))
            return
        painter.save()
        painter.setClipPath(outline)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        part = _filling(QRectF(self._thumbnail.rect()), box)
        painter.drawImage(box, self._thumbnail, part)
        painter.restore()
        # A white page on a white card needs its edge.
        painter.setPen(QPen(look.color("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(outline)

    def _paint_lines(self, painter: QPainter) -> None:
        look = theme.current()
        left = scaled(7 + THUMB_PX[0] + 8)
        room = self.width() - left - scaled(8)
        half = self.height() // 2
        title, second = look.font(bold=True), look.font(TextRole.META)
        painter.setPen(look.color("ink"))
        painter.setFont(title)
        shown = QFontMetrics(title).elidedText(self.item.evidence.label, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, scaled(5), room, half - scaled(5)), Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setPen(look.color("muted"))
        painter.setFont(second)
        painter.drawText(QRectF(left, half, room, half - scaled(4)), Qt.AlignmentFlag.AlignVCenter, self._meta)


class EvidenceStrip(QScrollArea):
    """`chosen` when a person picks a card or presses `Alt+1`–`9` or `Ctrl+PgUp`/`PgDn`."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("evidenceStrip")
        self.setAccessibleName(self.tr("Evidence"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setProperty("ground", "none")
        self._row = QHBoxLayout(inner)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(scaled(6))
        self._row.addStretch(1)
        self.setWidget(inner)
        self.setFixedHeight(scaled(CARD_PX))
        self.cards: list[EvidenceCard] = []
        self._back, self._forward = StripEdge(is_left=True, parent=self), StripEdge(is_left=False, parent=self)
        self._back.clicked.connect(lambda: self._scroll(-1))
        self._forward.clicked.connect(lambda: self._scroll(1))
        bar = self.horizontalScrollBar()
        bar.rangeChanged.connect(self._show_edges)
        bar.rangeChanged.connect(self._keep_chosen_in_view)
        bar.valueChanged.connect(self._show_edges)
        self._make_shortcuts()

    def _make_shortcuts(self) -> None:
        for number in range(1, 10):
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self)
            shortcut.activated.connect(lambda index=number - 1: self._choose(index))
        for keys, step in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda by=step: self._choose(self.current_index() + by))

    def show_items(self, items: Sequence[EvidenceItem], with_captions: frozenset[EvidenceId]) -> None:
        """Show these; the same evidence in the same order only changes its words."""
        if [card.item.evidence.id for card in self.cards] != [item.evidence.id for item in items]:
            self._rebuild(items, with_captions)
        for card, item in zip(self.cards, items, strict=True):
            card.show_item(item, has_captions=item.evidence.id in with_captions)
        self._fit()

    def card(self, evidence_id: EvidenceId) -> EvidenceCard | None:
        """The card of an evidence."""
        return next((card for card in self.cards if card.item.evidence.id == evidence_id), None)

    def show_thumbnail(self, evidence_id: str, image: QImage) -> None:
        """Show the small picture of an evidence on its card."""
        card = self.card(EvidenceId(evidence_id))
        if card is not None:
            card.set_thumbnail(image)

    def current_index(self) -> int:
        """The number of the chosen card from 0; -1 for none."""
        return next((index for index, card in enumerate(self.cards) if card.isChecked()), -1)

    def mark(self, evidence_id: EvidenceId) -> None:
        """Show which evidence is looked at."""
        card = self.card(evidence_id)
        if card is not None:
            card.setChecked(True)
            self._keep_chosen_in_view()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the ends in place."""
        super().resizeEvent(event)
        width = scaled(EDGE_PX)
        self._back.setGeometry(0, 0, width, self.height())
        self._forward.setGeometry(self.width() - width, 0, width, self.height())
        self._show_edges()
        self._fit()

    def _fit(self) -> None:
        """Shorten labels only when all cards are then in view at once."""
        gaps = self._row.spacing() * max(0, len(self.cards) - 1)
        helps = sum(card.least_width() for card in self.cards) + gaps <= self.viewport().width()
        for card in self.cards:
            card.set_may_shrink(helps)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The strip scrolls sideways."""
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - event.angleDelta().y() - event.angleDelta().x())
        event.accept()

    def _rebuild(self, items: Sequence[EvidenceItem], with_captions: frozenset[EvidenceId]) -> None:
        for card in self.cards:
            self._row.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
        for number, item in enumerate(items, start=1):
            card = EvidenceCard(item, number, has_captions=item.evidence.id in with_captions)
            card.clicked.connect(lambda _on=False, index=number - 1: self._choose(index))
            self._row.insertWidget(number - 1, card)
            self.cards.append(card)

    def _keep_chosen_in_view(self) -> None:
        """Clear of both ends; also when cards have got wider by what they say."""
        index = self.current_index()
        if index >= 0:
            card = self.cards[index]
            bar, room = self.horizontalScrollBar(), self.viewport().width()
            # Not ensureWidgetVisible: it keeps its margin only from a card that is cut already.
            beside = min(scaled(EDGE_PX), max(0, room - card.width()) // 2)
            least, most = card.geometry().right() + 1 + beside - room, card.x() - beside
            bar.setValue(min(max(bar.value(), least), most))

    def _show_edges(self) -> None:
        bar = self.horizontalScrollBar()
        self._back.setVisible(bar.value() > bar.minimum())
        self._forward.setVisible(bar.value() < bar.maximum())
        for edge in (self._back, self._forward):
            edge.raise_()

    def _scroll(self, direction: int) -> None:
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() + direction * (self.viewport().width() - 2 * scaled(EDGE_PX)))

    def _choose(self, index: int) -> None:
        if 0 <= index < len(self.cards):
            self.chosen.emit(self.cards[index].item.evidence.id)


def _filling(picture: QRectF, box: QRectF) -> QRectF:
    """The middle part of a picture that fills a box of another shape; pages keep their top."""
    scale = min(picture.width() / box.width(), picture.height() / box.height())
    wide, high = box.width() * scale, box.height() * scale
    top = 0.0 if picture.height() > picture.width() else (picture.height() - high) / 2
    return QRectF((picture.width() - wide) / 2, top, wide, high)
