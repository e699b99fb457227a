"""Protect this laptop: the system's keyring where a real one exists, else a passphrase; and what forgetting means."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from workbench.errors import VaultError
from workbench.ui.buttons import Button, Kind
from workbench.ui.page_frame import PageFrame
from workbench.ui.texts import label
from workbench.ui.theme import TextRole


class ProtectPage(PageFrame):
    """Never chooses a weaker way in silence: without a keyring a passphrase is needed."""

    protect_asked = Signal(str)
    """The passphrase; empty: the keyring."""

    def __init__(self, parent: QWidget | None = None) -> None:
        title = self.tr("Protect this laptop")
        intro = self.tr(
            "Evidence shows children and decisions are about people's licenses, so everything kept here is encrypted."
        )
        super().__init__("protectPage", title, intro, parent)
        self.keyring = QCheckBox(self.tr("Let this computer's keyring unlock it when I am signed in"))
        self.keyring.setObjectName("keyringChoice")
        self.keyring.toggled.connect(self._on_keyring_toggled)
        self.column.addWidget(self.keyring)
        self.passphrase = self.field("passphraseField", self.tr("Passphrase"), secret=True)
        self.again = self.field("passphraseAgainField", self.tr("The passphrase again"), secret=True)
        self._hint = label("", TextRole.META, tint="muted", wrap=True, name="passphraseHint")
        self._hint.hide()
        self.column.addWidget(self._hint)
        forgotten = self.tr(
            "If it is forgotten, nobody can open what is kept here: evidence is fetched again, but work that was not "
            "sent is lost."
        )
        self.column.addWidget(label(forgotten, TextRole.META, tint="muted", wrap=True))
        self.protect = Button(self.tr("Protect and continue"), "protectButton", kind=Kind.PRIMARY)
        self.column.addWidget(self.protect)
        self.protect.clicked.connect(self._on_protect)
        self.again.returnPressed.connect(self._on_protect)
        self.passphrase.returnPressed.connect(self.again.setFocus)

    def begin(self, *, has_keyring: bool, hint: str = "") -> None:
        """Offer what this computer has."""
        self.keyring.setVisible(has_keyring)
        self.keyring.setChecked(has_keyring)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.set_busy(False)
        if not has_keyring:
            self.passphrase.setFocus()

    def _on_keyring_toggled(self, uses_keyring: bool) -> None:
        self.passphrase.setEnabled(not uses_keyring)
        self.again.setEnabled(not uses_keyring)

    def _on_protect(self) -> None:
        uses_keyring = not self.keyring.isHidden() and self.keyring.isChecked()
        passphrase = "" if uses_keyring else self.passphrase.text()
        if not uses_keyring and not passphrase:
            self.show_problem(VaultError(self.tr("Choose a passphrase first.")))
            self.passphrase.setFocus()
        elif not uses_keyring and passphrase != self.again.text():
            self.show_problem(VaultError(self.tr("The two passphrases differ. Type the same one twice.")))
            self.again.setFocus()
        else:
            self.clear_problem()
            self.set_busy(True)
            self.protect_asked.emit(passphrase)
