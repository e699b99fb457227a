"""The calm line above the pictures of a recording that cannot be played. Decides nothing."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from workbench.ui.texts import label
from workbench.ui.theme import TextRole, scaled
from workbench.ui.viewers.tools import ToolButton


class StillsNote(QFrame):
    """Says what can be done, then why; offers to try playing again."""

    play_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stillsNote")
        self.setProperty("card", "true")
        self._says = label("", bold=True, wrap=True, name="stillsSentence")
        self._says.setText(self.tr("This recording cannot be played here; you can look at its pictures."))
        self._why = label("", TextRole.META, tint="muted", wrap=True, name="stillsReason")
        self.again = ToolButton(self.tr("Try to play it"), "playAgainButton")
        self.again.clicked.connect(self.play_asked)
        text = QVBoxLayout()
        text.setSpacing(scaled(1))
        text.addWidget(self._says)
        text.addWidget(self._why)
        row = QHBoxLayout(self)
        row.setContentsMargins(scaled(12), scaled(7), scaled(10), scaled(7))
        row.addLayout(text, 1)
        row.addWidget(self.again)
        self.hide()

    def show_reason(self, reason: str) -> None:
        """Appear with the player's reason."""
        self._why.setText(reason)
        self.setAccessibleName(f"{self._says.text()} {reason}")
        self.show()
