"""A plain-text editor that saves as it is typed. Bound for life to the one field it was made for."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from workbench.ui import theme
from workbench.ui.theme import TextRole, scaled

SAVE_AFTER_MS = 350
"""From the first keystroke that is not saved yet; a second is the promise."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AutosaveEdit(QPlainTextEdit):
    """Calls `save(text)` soon after typing, when the focus leaves, and on `flush()`."""

    done = Signal()
    """The person is finished here: Enter (where it is not a new line), Ctrl+Enter or Escape."""
    typing_began = Signal()
    """The first character of an empty text."""

    def __init__(
        self,
        name: str,
        text: str,
        save: Callable[[str], None],
        *,
        lines: int,
        enter_is_done: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        theme.dress(self, TextRole.DESCRIPTOR)
        self.document().setDocumentMargin(scaled(3))
        self.setPlainText(text)
        self._save = save
        self._saved = text
        self._lines, self._most = lines, 2 * lines + 2
        self._enter_is_done = enter_is_done
        self._timer = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._timer.timeout.connect(self.flush)
        self.textChanged.connect(self._on_text_changed)

    @property
    def is_dirty(self) -> bool:
        """Whether something is typed that was not handed over yet."""
        return self.toPlainText() != self._saved

    def flush(self) -> None:
        """Hand over what is typed and was not handed over yet."""
        self._timer.stop()
        text = self.toPlainText()
        if text != self._saved:
            self._saved = text
            self._save(text)

    def set_saved(self, text: str) -> None:
        """Show a text that is saved already. Only for a field that the person is not typing into."""
        self._saved = text
        self.setPlainText(text)

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+Enter from becoming the window's shortcut."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_enter = event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if is_enter and not self.isReadOnly():
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Ctrl+Enter and Escape end the typing; Shift+Enter is always a new line."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        is_enter = event.key() in _ENTER
        if (is_enter and (control or (self._enter_is_done and not shift))) or event.key() == Qt.Key.Key_Escape:
            self.flush()
            self.done.emit()
            return
        if is_enter:
            self.insertPlainText("\n")
            self.ensureCursorVisible()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving saves."""
        self.flush()
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width makes other lines."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def set_lines(self, lines: int, most: int) -> None:
        """Be that many lines high, and up to `most` when the text is longer."""
        if (lines, most) != (self._lines, self._most):
            self._lines, self._most = lines, most
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As many lines as asked for, growing with the text up to twice that."""
        wanted = max(self._lines, min(round(self.document().size().height()), self._most))
        return QSize(scaled(200), self.fontMetrics().lineSpacing() * wanted + scaled(14))

    def minimumSizeHint(self) -> QSize:
        """The hint's height: a note is never squeezed."""
        return QSize(scaled(100), self.sizeHint().height())

    def _on_text_changed(self) -> None:
        self.updateGeometry()
        if self.isReadOnly() or not self.is_dirty:
            return
        if not self._saved and len(self.toPlainText()) == 1:
            self.typing_began.emit()
        if not self._timer.isActive():
            self._timer.start()
