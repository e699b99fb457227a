"""Brightness and contrast of what is looked at, with words for their values. Changes no file and no pixel itself."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSlider, QWidget

from workbench.ui.buttons import Button
from workbench.ui.focus_order import stand_free
from workbench.ui.texts import label
from workbench.ui.theme import TextRole, scaled

MOST, STEP, PAGE = 100, 5, 20


class TonePanel(QFrame):
    """A panel above its button, inside the viewer; Escape, `T` and the button close it."""

    changed = Signal(int, int)
    closed = Signal()

    def __init__(self, viewer: QWidget) -> None:
        super().__init__(viewer)
        self._viewer = viewer
        self.setObjectName("tonePanel")
        self.setProperty("popover", "true")
        stand_free(self)
        self.setAccessibleName(self.tr("Tone"))
        grid = QGridLayout(self)
        grid.setContentsMargins(scaled(14), scaled(10), scaled(14), scaled(10))
        grid.setHorizontalSpacing(scaled(10))
        grid.setVerticalSpacing(scaled(6))
        contrast = self.tr("{amount} % stronger"), self.tr("{amount} % softer")
        brightness = self.tr("{amount} % lighter"), self.tr("{amount} % darker")
        self.contrast = ToneSlider("contrastSlider", self.tr("Contrast"), contrast)
        self.brightness = ToneSlider("brightnessSlider", self.tr("Brightness"), brightness)
        for row, slider in enumerate((self.contrast, self.brightness)):
            grid.addWidget(label(slider.accessibleName()), row, 0)
            grid.addWidget(slider, row, 1)
            grid.addWidget(slider.words, row, 2)
            slider.valueChanged.connect(self._on_moved)
        self.reset = Button(self.tr("As it is"), "resetToneButton")
        self.reset.setToolTip(self.tr("Show the image as it is (Backspace)"))
        self.reset.clicked.connect(self.clear)
        foot = QHBoxLayout()
        foot.addWidget(label(self.tr("Only here: the file stays as it is."), TextRole.META, tint="muted"), 1)
        foot.addWidget(self.reset)
        grid.addLayout(foot, 2, 0, 1, 3)
        self._told = (0, 0)
        self.reset.setEnabled(False)
        self.hide()

    @property
    def tone(self) -> tuple[int, int]:
        """Brightness and contrast, -100 to 100 each."""
        return self.brightness.value(), self.contrast.value()

    def clear(self) -> None:
        """Back to the image as it is."""
        self.brightness.setValue(0)
        self.contrast.setValue(0)

    def open_above(self, button: QWidget) -> None:
        """Show it above a button, within the parent, with the focus on the contrast."""
        self.adjustSize()
        corner = button.mapTo(self._viewer, QPoint(0, 0))
        left = max(0, min(corner.x(), self._viewer.width() - self.width()))
        self.move(left, max(0, corner.y() - self.height() - scaled(8)))
        self.show()
        self.raise_()
        self.contrast.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_panel(self) -> None:
        """Hide it."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape and T close, Backspace resets."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_T):
            self.close_panel()
        elif event.key() == Qt.Key.Key_Backspace:
            self.clear()
        else:
            super().keyPressEvent(event)

    def _on_moved(self) -> None:
        self.reset.setEnabled(self.tone != (0, 0))
        if self.tone != self._told:
            self._told = self.tone
            self.changed.emit(*self.tone)


class ToneSlider(QSlider):
    """`says`: what a value above and below 0 means; `words` shows it."""

    def __init__(self, name: str, title: str, says: tuple[str, str]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setRange(-MOST, MOST)
        self.setSingleStep(STEP)
        self.setPageStep(PAGE)
        self.setMinimumSize(scaled(130), scaled(24))
        self._says = says
        self.words = label("", tint="muted", name=f"{name}Words")
        longest = max((each.format(amount=100) for each in says), key=len)
        self.words.setMinimumWidth(self.words.fontMetrics().horizontalAdvance(longest))
        self.valueChanged.connect(self._say)
        self._say(0)

    def _say(self, value: int) -> None:
        plain = self.tr("as it is")
        text = plain if value == 0 else self._says[0 if value > 0 else 1].format(amount=abs(value))
        self.words.setText(text)
        self.setAccessibleDescription(text)
