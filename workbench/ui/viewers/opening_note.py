"""One quiet word over a viewer whose content keeps a person waiting. Knows nothing of why."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from workbench.ui import theme
from workbench.ui.theme import TextRole

AFTER_MS = 400
"""Most evidence is there before anybody could read a word; for that one nothing flashes."""


class OpeningNote(QLabel):
    """Stands in the middle of `over`; takes no press and no focus."""

    def __init__(self, over: QWidget, tint: str) -> None:
        super().__init__(over)
        self.setObjectName("openingNote")
        self.setText(self.tr("Opening…"))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.dress(self, TextRole.DESCRIPTOR)
        theme.tint(self, tint)
        self._timer = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._timer.timeout.connect(self._on_late)
        over.installEventFilter(self)
        self._over = over
        self.hide()

    def begin(self) -> None:
        """Something is being opened."""
        self._timer.start()

    def end(self) -> None:
        """It is there, or something else is to be seen."""
        self._timer.stop()
        self.hide()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Stay in the middle."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self.setGeometry(self._over.rect())
        return False

    def _on_late(self) -> None:
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
