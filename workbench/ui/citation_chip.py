"""A citation as a chip of 26 px: press it to go there; its keys and its menu change or remove it."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from workbench.model.citation import Citation, ImageBox, LookedThrough, PageBox, PageQuote, Stance, TextQuote, TimeRange
from workbench.model.submission import Evidence
from workbench.ui import theme, words
from workbench.ui.icons import paint_icon
from workbench.ui.theme import TextRole, scaled

CHIP_PX = 26
STEP_MS = 1000
_ICONS = {PageBox: "page", ImageBox: "image", TextQuote: "text", PageQuote: "text", LookedThrough: "search"}
_STANCE_KEYS = {
    Qt.Key.Key_Plus: Stance.SUPPORTS,
    Qt.Key.Key_Equal: Stance.SUPPORTS,
    Qt.Key.Key_Minus: Stance.CONTRADICTS,
    Qt.Key.Key_O: Stance.ABSENT,
}
_SIDEWAYS = {Qt.Key.Key_Left: -STEP_MS, Qt.Key.Key_Right: STEP_MS}


class CitationChip(QAbstractButton):
    """`clicked` asks to go there; the mark at its right opens the menu, as the menu key does."""

    changed = Signal(object)
    """The Citation as the person wants it now."""
    removal_asked = Signal(object)
    move_here_asked = Signal(object)
    note_asked = Signal(object)

    def __init__(self, citation: Citation, evidence: Evidence | None, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_editable = True
        self._is_current = False
        self.setObjectName(name)
        self.show_citation(citation, evidence)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.dress(self, TextRole.TEXT)

    def show_citation(self, citation: Citation, evidence: Evidence | None) -> None:
        """Say this citation; the chip keeps its focus."""
        self.citation, self._evidence = citation, evidence
        self._words = words.place(citation.place, evidence)
        self.setText(self._words.replace("&", "&&"))
        said = words.citation(citation, evidence)
        self.setAccessibleName(f"{said}. {citation.note}" if citation.note else said)
        self.setToolTip(self.accessibleName())
        self.updateGeometry()
        self.update()

    def set_current(self, is_current: bool) -> None:
        """Whether this is the citation that was gone to last."""
        if is_current != self._is_current:
            self._is_current = is_current
            self.update()

    def sizeHint(self) -> QSize:
        """Icon, words and mark."""
        text = min(QFontMetrics(self.font()).horizontalAdvance(self._words), scaled(230))
        return QSize(scaled(28) + text + scaled(27) + self._note_room(), scaled(CHIP_PX))

    def minimumSizeHint(self) -> QSize:
        """Narrower where the line is short: the words end in an ellipsis."""
        return QSize(min(self.sizeHint().width(), scaled(150)), scaled(CHIP_PX))

    def event(self, event: QEvent) -> bool:
        """Its own keys come before the window's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._wants(event):
            event.accept()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The mark opens the menu."""
        if event.position().x() > self.width() - scaled(26) and event.button() == Qt.MouseButton.LeftButton:
            self.open_menu(self.mapToGlobal(QPoint(0, self.height())))
        else:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu key and the other mouse button."""
        self.open_menu(self.mapToGlobal(QPoint(0, self.height())))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there; Delete removes; Down opens the menu; + − O, Alt with an arrow and F2 change it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Down:
            self.open_menu(self.mapToGlobal(QPoint(0, self.height())))
        elif self._wants(event):
            self._change_by(event)
        else:
            super().keyPressEvent(event)

    def open_menu(self, where: QPoint) -> None:
        """Show what can be done with this citation."""
        if not self.is_editable:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for stance in Stance:
            action = menu.addAction(f"{words.stance_mark(stance)}   {words.stance(stance)}")
            action.setCheckable(True)
            action.setChecked(stance is self.citation.stance)
            action.setEnabled(self._can_be(stance))
            action.triggered.connect(lambda _on=False, chosen=stance: self._set_stance(chosen))
        menu.addSeparator()
        here = menu.addAction(self.tr("Cite here instead"))
        here.triggered.connect(lambda: self.move_here_asked.emit(self.citation))
        menu.addAction(self.tr("Note…\tF2")).triggered.connect(lambda: self.note_asked.emit(self.citation))
        remove = menu.addAction(self.tr("Remove citation\tDel"))
        remove.triggered.connect(lambda: self.removal_asked.emit(self.citation))
        menu.popup(where)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint edge, icon, words and mark."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QPen(look.color("accent" if self._is_current else "control"), 2 if self._is_current else 1)
        painter.setPen(edge)
        ground = "hover" if self.underMouse() else "accent_soft" if self._is_current else "surface"
        painter.setBrush(look.color(ground))
        inset = edge.widthF() / 2
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, scaled(6), scaled(6))
        side = scaled(10)
        paint_icon(painter, self._icon(), QRectF(scaled(10), (self.height() - side) / 2, side, side), look.color("ink"))
        painter.setFont(self.font())
        painter.setPen(look.color("ink"))
        room = QRect(scaled(26), 0, self.width() - scaled(52) - self._note_room(), self.height())
        mode = Qt.TextElideMode.ElideRight if self._icon() != "search" else Qt.TextElideMode.ElideMiddle
        shown = QFontMetrics(self.font()).elidedText(self._words, mode, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        self._paint_marks(painter)

    def _paint_marks(self, painter: QPainter) -> None:
        look = theme.current()
        if self.citation.note:
            side = scaled(9)
            left = self.width() - scaled(24) - self._note_room()
            paint_icon(painter, "text", QRectF(left, (self.height() - side) / 2, side, side), look.color("muted"))
        painter.setFont(look.font(TextRole.TEXT, bold=True))
        painter.setPen(look.color("ink"))
        mark = QRect(self.width() - scaled(24), 0, scaled(20), self.height())
        painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, words.stance_mark(self.citation.stance))

    def _note_room(self) -> int:
        return scaled(15) if self.citation.note else 0

    def _icon(self) -> str:
        return _ICONS.get(type(self.citation.place), "time")

    def _wants(self, event: QKeyEvent) -> bool:
        if not self.is_editable:
            return False
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return event.key() in _SIDEWAYS and isinstance(self.citation.place, TimeRange)
        has_control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ours = (*_STANCE_KEYS, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_F2)
        return not has_control and event.key() in ours

    def _change_by(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _SIDEWAYS:
            moves_end = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._move(_SIDEWAYS[key], moves_end=moves_end)
        elif key in _STANCE_KEYS:
            self._set_stance(_STANCE_KEYS[key])
        elif key == Qt.Key.Key_F2:
            self.note_asked.emit(self.citation)
        else:
            self.removal_asked.emit(self.citation)

    def _move(self, by_ms: int, *, moves_end: bool) -> None:
        place = self.citation.place
        assert isinstance(place, TimeRange)
        length_ms = self._evidence.facts.duration_ms if self._evidence is not None else None
        if moves_end:
            most = length_ms if length_ms is not None else place.end_ms + abs(by_ms)
            moved = replace(place, end_ms=max(place.start_ms, min(place.end_ms + by_ms, max(most, place.end_ms))))
        else:
            moved = replace(place, start_ms=max(0, min(place.start_ms + by_ms, place.end_ms)))
        if moved != place:
            self.changed.emit(replace(self.citation, place=moved))

    def _can_be(self, stance: Stance) -> bool:
        return stance is Stance.ABSENT or not isinstance(self.citation.place, LookedThrough)

    def _set_stance(self, stance: Stance) -> None:
        if stance is not self.citation.stance and self._can_be(stance):
            self.changed.emit(replace(self.citation, stance=stance))
