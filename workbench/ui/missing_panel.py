"""What is missing before a submission can be finalized: a list, each line a way to where it is given."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.rubrics.completeness import Missing
from workbench.ui.buttons import Kind
from workbench.ui.foot_panel import FootPanel
from workbench.ui.icon_button import IconButton
from workbench.ui.link_line import LinkLine
from workbench.ui.texts import label
from workbench.ui.theme import TextRole, scaled


class MissingPanel(FootPanel):
    """Hidden until finalizing was tried too early; then kept true until nothing is missing."""

    chosen = Signal(object)
    """The Missing whose line was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("missingList")
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(14), scaled(8), scaled(14), scaled(8))
        column.setSpacing(scaled(2))
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Still to do before you finalize"), TextRole.TEXT, bold=True), 1)
        close = IconButton("close", self.tr("Close this list"), "missingClose", kind=Kind.QUIET)
        close.clicked.connect(self.hide)
        head.addWidget(close)
        column.addLayout(head)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        column.addLayout(self._lines)
        self._missing: tuple[Missing, ...] = ()
        self._buttons: list[LinkLine] = []
        self.hide()

    def show_missing(self, missing: tuple[Missing, ...]) -> None:
        """Open the list and put the focus on its first line."""
        self.update_missing(missing)
        self.show()
        if self._buttons:
            self._buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def update_missing(self, missing: tuple[Missing, ...]) -> None:
        """Keep an open list true; close it when nothing is left."""
        if missing == self._missing:
            return
        self._missing = missing
        for button in self._buttons:
            self._lines.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [self._line(index, item) for index, item in enumerate(missing[:8], 1)]
        for button in self._buttons:
            self._lines.addWidget(button)
            button.show()
        if not missing:
            self.hide()

    def _line(self, index: int, item: Missing) -> LinkLine:
        button = LinkLine(item.sentence, f"missing_{index}", self)
        button.clicked.connect(lambda: self.chosen.emit(item))
        return button
