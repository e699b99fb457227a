"""A citation as a chip of 26 px: press it to go there; its menu changes the stance or removes it."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from workbench.model.citation import Citation, ImageBox, PageBox, Stance, TextQuote
from workbench.model.submission import Evidence
from workbench.ui import theme, words
from workbench.ui.icons import paint_icon
from workbench.ui.theme import TextRole, scaled

CHIP_PX = 26


class CitationChip(QAbstractButton):
    """`clicked` asks to go there; the mark at its right opens the menu, as the menu key does."""

    stance_asked = Signal(object, object)
    """`(Citation, Stance)`"""
    removal_asked = Signal(object)

    def __init__(self, citation: Citation, evidence: Evidence | None, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.citation = citation
        self.is_editable = True
        self._words = words.place(citation.place, evidence)
        self.setObjectName(name)
        self.setText(self._words)
        self.setAccessibleName(words.citation(citation, evidence))
        self.setToolTip(self.accessibleName())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.dress(self, TextRole.TEXT)

    def sizeHint(self) -> QSize:
        """Icon, words and mark."""
        text = min(QFontMetrics(self.font()).horizontalAdvance(self._words), scaled(190))
        return QSize(scaled(28) + text + scaled(27), scaled(CHIP_PX))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

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
        """Enter goes there; Delete removes; Down opens the menu."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.is_editable:
            self.removal_asked.emit(self.citation)
        elif event.key() == Qt.Key.Key_Down:
            self.open_menu(self.mapToGlobal(QPoint(0, self.height())))
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
            action.triggered.connect(lambda _on=False, chosen=stance: self.stance_asked.emit(self.citation, chosen))
        menu.addSeparator()
        menu.addAction(self.tr("Remove citation")).triggered.connect(lambda: self.removal_asked.emit(self.citation))
        menu.popup(where)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint edge, icon, words and mark."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("control"), 1))
        painter.setBrush(look.color("hover" if self.underMouse() else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), scaled(6), scaled(6))
        side = scaled(10)
        paint_icon(painter, self._icon(), QRectF(scaled(10), (self.height() - side) / 2, side, side), look.color("ink"))
        painter.setFont(self.font())
        painter.setPen(look.color("ink"))
        room = QRect(scaled(26), 0, self.width() - scaled(26) - scaled(26), self.height())
        shown = QFontMetrics(self.font()).elidedText(self._words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setFont(look.font(TextRole.TEXT, bold=True))
        mark = QRect(self.width() - scaled(24), 0, scaled(20), self.height())
        painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, words.stance_mark(self.citation.stance))

    def _icon(self) -> str:
        kinds = {PageBox: "page", ImageBox: "image", TextQuote: "text"}
        return kinds.get(type(self.citation.place), "time")
