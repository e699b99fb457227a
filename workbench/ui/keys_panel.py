"""The list of keys under `?`, over the window and gone with the next key."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from workbench.ui.keymap import entries, shown_keys
from workbench.ui.texts import label
from workbench.ui.theme import TextRole, scaled


class KeysPanel(QFrame):
    """Escape, `?` or a click closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keysPanel")
        self.setProperty("popover", "true")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Keys"))
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(20), scaled(16), scaled(20), scaled(16))
        column.addWidget(label(self.tr("Keys"), TextRole.HEADING, bold=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(scaled(14))
        grid.setVerticalSpacing(scaled(4))
        rows = [(shown_keys(entry), entry.says) for entry in entries()]
        rows += [
            (self.tr("Space"), self.tr("play or pause, while the evidence has the focus")),
            (self.tr("← →"), self.tr("5 s back or forward, while the evidence has the focus")),
            (self.tr(", ."), self.tr("one frame back or forward, while the evidence has the focus")),
            (self.tr("[ ]"), self.tr("slower or faster, while the evidence has the focus")),
            (self.tr("Enter"), self.tr("keep the note and go on watching; Shift+Enter is a new line")),
        ]
        half = (len(rows) + 1) // 2
        for place, (keys, says) in enumerate(rows):
            line, side = place % half, place // half * 2
            grid.addWidget(label(keys, bold=True), line, side)
            grid.addWidget(label(says), line, side + 1)
        column.addLayout(grid)
        self.hide()

    def toggle(self) -> None:
        """Show it in the middle of the window, or hide it."""
        if self.isVisible():
            self.hide()
            return
        self.adjustSize()
        window = self.window().rect()
        self.resize(self.size().boundedTo(window.size()))
        self.move(window.center() - self.rect().center())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, _event: object) -> None:
        """A click closes."""
        self.hide()
