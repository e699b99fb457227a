"""From the painted window to an open account: sign in, protect this laptop, unlock. Keeps nothing once it is open."""

import platform
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from workbench.errors import KnownError
from workbench.tasks import Tasks
from workbench.ui.main_window import MainWindow

if TYPE_CHECKING:
    from workbench.store.account import Account, AccountRef
    from workbench.sync.sign_in import Enrolled
    from workbench.ui.first_run_page import FirstRunPage
    from workbench.ui.protect_page import ProtectPage
    from workbench.ui.unlock_page import UnlockPage

_LAPTOP = "laptop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """What the sign-in pages are filled with (by the demo). `passphrase` is shown as a hint, never used."""

    address: str
    code: str
    passphrase: str = ""


class Entrance(QObject):
    """One way in. `opened(Account)` ends it."""

    opened = Signal(object)
    demo_asked = Signal()

    def __init__(
        self, profile: Path, tasks: Tasks, window: MainWindow, invitation: Invitation | None, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._profile = profile
        self._tasks = tasks
        self._window = window
        self._invitation = invitation
        self._enrolled: Enrolled | None = None

    def ask_sign_in(self, *, has_demo: bool) -> None:
        """Show the first-run page."""
        from workbench.ui.first_run_page import FirstRunPage

        page = FirstRunPage()
        page.sign_in_asked.connect(lambda address, code: self._sign_in(page, address, code))
        page.demo_asked.connect(self.demo_asked)
        page.demo.setVisible(has_demo)
        self._window.show_page(page)
        if self._invitation is not None:
            hint = self.tr("This is the demo: the address and the code are filled in.")
            page.invite(self._invitation.address, self._invitation.code, hint)

    def find_account(self, passphrase: str | None) -> None:
        """Open the profile's account, asking for the passphrase where one is needed and none is given."""

        def found(accounts: "tuple[tuple[AccountRef, bool], ...]") -> None:
            if not accounts:
                self.ask_sign_in(has_demo=False)
                return
            ref, needs_passphrase = accounts[-1]
            if needs_passphrase and passphrase is None:
                self._ask_unlock(ref)
            else:
                failed = self._ask_unlock_again(ref) if needs_passphrase else self._window.show_problem
                self._open(ref, passphrase or "", failed)

        self._tasks.on_writer(lambda: _accounts(self._profile), done=found, failed=self._window.show_problem)

    def _sign_in(self, page: "FirstRunPage", address: str, code: str) -> None:
        def enrolled(result: "Enrolled") -> None:
            self._enrolled = result
            page.set_busy(False)
            self._ask_protection()

        self._tasks.wait_for(lambda: _enrol(address, code), done=enrolled, failed=page.show_problem)

    def _ask_protection(self) -> None:
        from workbench.ui.protect_page import ProtectPage

        page = ProtectPage()
        page.set_busy(True)
        page.protect_asked.connect(lambda passphrase: self._protect(page, passphrase))
        self._window.show_page(page)
        hint = self._hint()
        self._tasks.wait_for(_has_keyring, done=lambda has: page.begin(has_keyring=has, hint=hint))

    def _protect(self, page: "ProtectPage", passphrase: str) -> None:
        enrolled = self._enrolled
        assert enrolled is not None
        self._tasks.on_writer(
            lambda: _create(self._profile, enrolled, passphrase), done=self.opened.emit, failed=page.show_problem
        )

    def _ask_unlock(self, ref: "AccountRef") -> "UnlockPage":
        from workbench.ui.unlock_page import UnlockPage

        page = UnlockPage()
        page.unlock_asked.connect(lambda passphrase: self._open(ref, passphrase, page.show_problem))
        self._window.show_page(page)
        page.begin(ref.address, self._hint())
        # Typing takes longer than loading the database, so it may as well be there when the passphrase is.
        self._tasks.on_writer(lambda: import_module("workbench.store.store"))
        return page

    def _ask_unlock_again(self, ref: "AccountRef") -> Callable[[KnownError], None]:
        return lambda problem: self._ask_unlock(ref).show_problem(problem)

    def _open(self, ref: "AccountRef", passphrase: str, failed: Callable[[KnownError], None]) -> None:
        self._tasks.on_writer(lambda: _open(ref, passphrase), done=self.opened.emit, failed=failed)

    def _hint(self) -> str:
        if self._invitation is None or not self._invitation.passphrase:
            return ""
        return self.tr("The demo's passphrase is “{word}”.").format(word=self._invitation.passphrase)


def _accounts(profile: Path) -> "tuple[tuple[AccountRef, bool], ...]":
    from workbench.store.account import list_accounts, needs_passphrase

    return tuple((ref, needs_passphrase(ref)) for ref in list_accounts(profile))


def sign_in_again(account: "Account", code: str) -> None:
    """Replace the tokens of an account that was signed out; its work stays. Raises KnownError."""
    from workbench.sync import sign_in

    sign_in.sign_in_again(account, code, platform.node() or _LAPTOP)


def _enrol(address: str, code: str) -> "Enrolled":
    from workbench.sync.sign_in import enrol

    return enrol(address, code, platform.node() or _LAPTOP)


def _has_keyring() -> bool:
    from workbench.store.account import keyring_available

    return keyring_available()


def _create(profile: Path, enrolled: "Enrolled", passphrase: str) -> "Account":
    from workbench.store.account import KeyringProtection, PassphraseProtection, create_account

    protection = PassphraseProtection(passphrase) if passphrase else KeyringProtection()
    return create_account(
        profile, address=enrolled.address, device=enrolled.device, sign_in=enrolled.sign_in, protection=protection
    )


def _open(ref: "AccountRef", passphrase: str) -> "Account":
    from workbench.store.account import open_account

    return open_account(ref, ask_passphrase=lambda: passphrase)
