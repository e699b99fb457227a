"""A panel that opens above the foot of the rubric, and says when it opens and closes."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QWidget

_SHOWN_OR_NOT = {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}


class FootPanel(QFrame):
    """Hidden until it is needed. Never over anything: the cards above give it room."""

    visibility_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("edge", "top")

    def event(self, event: QEvent) -> bool:
        """Tell that the room is shared anew."""
        if event.type() in _SHOWN_OR_NOT:
            self.visibility_changed.emit()
        return super().event(event)
