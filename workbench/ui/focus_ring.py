"""The focus ring: 2 px, with a gap of 2 px, above everything in its window. Drawn when the keyboard moved the focus.

Owns nothing but its own painting; never takes the focus or a mouse event.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from workbench.ui import theme

RING_PX = 2
GAP_PX = 2
_REACH = RING_PX + GAP_PX
_MOVES = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide}
_POINTER = {QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin}


class FocusRing(QWidget):
    """Follows the focus inside `window`, which must outlive it as its parent."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self._by_keyboard = False
        self._handle: QObject | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def watch_input(self) -> None:
        """Learn from the window's own events whether the person uses keys or a pointer; call once it is shown."""
        self._handle = self.window().windowHandle()
        if self._handle is not None:
            self._handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the target's moves, and the kind of input."""
        if watched is self._handle:
            self._note_input(event.type())
        elif event.type() in _MOVES:
            self._settle()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.current().color("accent"), RING_PX))
        inset = RING_PX / 2
        radius = theme.scaled(6) + GAP_PX
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius)

    def _note_input(self, kind: QEvent.Type) -> None:
        if kind == QEvent.Type.KeyPress:
            self._by_keyboard = True
        elif kind in _POINTER:
            self._by_keyboard = False
            self._settle()

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        for widget in self._watched:
            widget.removeEventFilter(self)
        self._target = new if new is not None and new.window() is self.window() else None
        self._watched = self._line_of(self._target)
        for widget in self._watched:
            widget.installEventFilter(self)
        self._settle()

    def _line_of(self, widget: QWidget | None) -> list[QWidget]:
        line = []
        while widget is not None and widget is not self.window():
            line.append(widget)
            widget = widget.parentWidget()
        return line

    def _settle(self) -> None:
        target = self._target
        if target is None or not self._by_keyboard or not target.isVisible():
            self.hide()
            return
        box = self._visible_box(target)
        self.setVisible(not box.isEmpty())
        self.setGeometry(box)
        self.raise_()

    def _visible_box(self, target: QWidget) -> QRect:
        window = self.window()
        box = QRect(target.mapTo(window, QPoint(0, 0)), target.size()).adjusted(-_REACH, -_REACH, _REACH, _REACH)
        for widget in self._watched[1:]:
            if isinstance(widget.parentWidget(), QAbstractScrollArea):
                view = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
                box &= view.adjusted(-_REACH, -_REACH, _REACH, _REACH)
        return box & window.rect()
