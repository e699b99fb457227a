"""Unlock what is kept on this laptop with the passphrase."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from workbench.errors import KnownError
from workbench.ui.buttons import Button, Kind
from workbench.ui.page_frame import PageFrame
from workbench.ui.texts import label
from workbench.ui.theme import TextRole


class UnlockPage(PageFrame):
    """Asks again after a wrong passphrase; keeps nothing of what was typed."""

    unlock_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        title = self.tr("Unlock your work")
        super().__init__("unlockPage", title, self.tr("Your passphrase opens what is kept on this laptop."), parent)
        self.passphrase = self.field("unlockPassphrase", self.tr("Passphrase"), secret=True)
        self._hint = label("", TextRole.META, tint="muted", wrap=True, name="unlockHint")
        self._hint.hide()
        self.column.addWidget(self._hint)
        self.unlock = Button(self.tr("Unlock"), "unlockButton", kind=Kind.PRIMARY)
        self.column.addWidget(self.unlock)
        self.unlock.clicked.connect(self._on_unlock)
        self.passphrase.returnPressed.connect(self._on_unlock)

    def begin(self, address: str, hint: str = "") -> None:
        """Name the programme whose work this is."""
        self._intro.setText(
            self.tr("Your passphrase opens what is kept on this laptop for {address}.").format(address=address)
        )
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.set_busy(False)
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, problem: KnownError) -> None:
        """Say why, and let the person type again."""
        super().show_problem(problem)
        self.passphrase.clear()
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_unlock(self) -> None:
        if self.passphrase.text():
            self.clear_problem()
            self.set_busy(True)
            self.unlock_asked.emit(self.passphrase.text())
