"""The composition root of the desktop app: makes every thread and child process, and ends them in order.

Owns no widget's content and no rule of the work. The window is painted before anything heavy is loaded.
"""

import logging
import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from workbench.entrance import Entrance, Invitation, sign_in_again
from workbench.model.changes import Changes
from workbench.paths import accounts_folder
from workbench.settings import Settings, load_settings, save_settings
from workbench.tasks import Tasks
from workbench.ui import theme
from workbench.ui.main_window import MainWindow

if TYPE_CHECKING:
    from workbench.media.client import MediaWorkers
    from workbench.model.sync_status import SyncStatus
    from workbench.store.account import Account
    from workbench.sync.loop import SyncLoop
    from workbench.ui.first_window import FirstWindow

__all__ = ["Desktop", "Invitation", "has_accounts", "run_desktop"]

log = logging.getLogger(__name__)
DRAIN_S = 5.0
WARM_AFTER_MS = 1500


class Desktop(QObject):
    """One window on one profile. `start()`, then the event loop; `closed` when everything has ended."""

    work_began = Signal()
    """An account is open and the workspace shows it."""
    closed = Signal()

    def __init__(
        self,
        profile: Path,
        *,
        invitation: Invitation | None = None,
        passphrase: str | None = None,
        start_demo: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self._profile = profile
        self._invitation = invitation
        self._passphrase = passphrase
        self._start_demo = start_demo
        self._settings = load_settings(profile)
        self.account: Account | None = None
        self.sync: SyncLoop | None = None
        self._media: MediaWorkers | None = None
        self._first: FirstWindow | None = None
        self._entrance: Entrance | None = None
        self._is_closing = False
        self.tasks = Tasks(self)
        self.tasks.changed.connect(self._on_changed)
        self._dress()
        _application().styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        self.window = self._make_window()

    def start(self) -> None:
        """Show the window; everything else begins once it is painted."""
        if has_accounts(self._profile):
            self.window.show_workspace()
        else:
            self._enter().ask_sign_in(has_demo=self._start_demo is not None)
        self.window.show()

    def close(self) -> None:
        """Close the window, and with it everything."""
        self.window.close()

    def _make_window(self) -> MainWindow:
        window = MainWindow(self.tasks, self._settings)
        window.closing.connect(self._on_closing)
        window.painted.connect(self._on_painted)
        window.header.settings_changed.connect(self._on_settings_changed)
        window.desk.round_asked.connect(self._on_round_asked)
        window.desk.sign_in_asked.connect(self._on_sign_in_asked)
        return window

    def _enter(self) -> Entrance:
        self._entrance = Entrance(self._profile, self.tasks, self.window, self._invitation, self)
        self._entrance.opened.connect(self._on_opened)
        self._entrance.demo_asked.connect(self._on_demo_asked)
        return self._entrance

    def _dress(self) -> None:
        theme.apply(_application(), theme.Mode(self._settings.theme), self._settings.text_percent / 100)

    def _on_painted(self) -> None:
        if has_accounts(self._profile) and self.account is None and self._entrance is None:
            self._enter().find_account(self._passphrase)

    def _on_opened(self, account: "Account") -> None:
        self.account = account
        self.tasks.attach(account.store, None)
        self.window.workspace.queue.counted.connect(self._on_first_queue)
        self.window.begin_work()
        self._hire_media(account)
        self._listen(account)
        self.work_began.emit()
        QTimer.singleShot(WARM_AFTER_MS, self, self._on_settled)

    def _hire_media(self, account: "Account") -> None:
        """After the first questions, which run meanwhile; before their answers, which may ask for pictures."""
        from workbench.media.client import MediaWorkers

        self._media = MediaWorkers(count=2)
        self.tasks.attach(account.store, self._media)

    def _on_first_queue(self) -> None:
        """The queue is there; what sync loads would only have kept it waiting."""
        self.window.workspace.queue.counted.disconnect(self._on_first_queue)
        self._start_sync()

    def _start_sync(self) -> None:
        account, media = self.account, self._media
        if account is None or media is None or self._is_closing:
            return
        self.tasks.wait_for(media.start)
        self.tasks.wait_for(lambda: _sync_loop(account, self.tasks.announce, self._tell_status), done=self._on_sync)

    def _on_settled(self) -> None:
        if not self._is_closing:
            self.tasks.on_writer(_warm)
            self.window.workspace.need_score_view()

    def _tell_status(self, status: "SyncStatus") -> None:
        self.tasks.post(lambda: self.window.desk.show_status(status))

    def _on_sync(self, loop: "SyncLoop") -> None:
        self.sync = loop
        loop.start()

    def _listen(self, account: "Account") -> None:
        from workbench.ui.first_window import FirstWindow

        self._first = FirstWindow(account.ref.id, self)
        self._first.raised.connect(self._on_raised)

    def _on_raised(self) -> None:
        if self.window.isMinimized():
            self.window.showNormal()
        self.window.raise_()
        self.window.activateWindow()

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.outbox and self.sync is not None:
            self.sync.outbox_changed()

    def _on_round_asked(self) -> None:
        if self.sync is not None:
            self.sync.request_now()

    def _on_sign_in_asked(self, code: str) -> None:
        account, show = self.account, self.window.desk.show_sign_in_problem

        def signed_in(_: object) -> None:
            show(None)
            self._on_round_asked()

        if account is not None:
            self.tasks.wait_for(lambda: sign_in_again(account, code), done=signed_in, failed=show)

    def _on_demo_asked(self) -> None:
        if self._start_demo is not None:
            self._start_demo()
            self.close()

    def _on_scheme_changed(self) -> None:
        if self._settings.theme == theme.Mode.SYSTEM and not self._is_closing:
            self._dress()

    def _on_settings_changed(self, settings: Settings) -> None:
        is_rescaled = settings.text_percent != self._settings.text_percent
        self._settings = settings
        save_settings(self._profile, settings)
        self.window.keymap.set_letters_on(settings.single_letter_keys)
        self._dress()
        if is_rescaled:
            QTimer.singleShot(0, self, self._replace_window)

    def _replace_window(self) -> None:
        """Lengths are laid out for one scale: another scale gets a new window at the same place."""
        old = self.window
        old.closing.disconnect(self._on_closing)
        self.window = self._make_window()
        self.window.setGeometry(old.geometry())
        self._entrance = None
        old.workspace.flush()
        old.workspace.close_evidence()
        self.start()
        old.close()
        old.deleteLater()
        if self.account is not None:
            self.window.begin_work()

    def _on_closing(self) -> None:
        """No new work, editors are flushed: cancel the network, drain the writer, end children, close the store."""
        if self._is_closing:
            return
        self._is_closing = True
        size = self.window.normalGeometry().size()
        save_settings(self._profile, self._settings.with_(window=(size.width(), size.height())))
        self.window.hide()
        if self._first is not None:
            self._first.close()
        if self.sync is not None:
            self.sync.stop()
        self.window.workspace.close_evidence()
        account, media = self.account, self._media
        if not self.tasks.close(DRAIN_S, last=lambda: _end(media, account)):
            log.warning("the store writer did not finish in time")
        self.closed.emit()
        QTimer.singleShot(0, _application().quit)


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def run_desktop(profile: Path, *, passphrase: str | None = None, start_demo: Callable[[], None] | None = None) -> int:
    """Open the window and stay until it is closed; a second start raises the first window instead. Exit code."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setApplicationName("assessor-workbench")
    app.setApplicationDisplayName("Assessor Workbench")
    if _raise_first(profile):
        return 0
    desktop = Desktop(profile, passphrase=passphrase, start_demo=start_demo)
    desktop.start()
    return app.exec()


def _raise_first(profile: Path) -> bool:
    from workbench.ui.first_window import raise_first_window

    return has_accounts(profile) and any(
        raise_first_window(entry.name) for entry in accounts_folder(profile).iterdir() if not entry.name.startswith(".")
    )


def has_accounts(profile: Path) -> bool:
    """Whether this profile holds an account, judged by its folder alone."""
    try:
        with os.scandir(accounts_folder(profile)) as entries:
            return any(entry.is_dir() and not entry.name.startswith(".") for entry in entries)
    except OSError:
        return False


def _sync_loop(
    account: "Account", on_changes: Callable[[Changes], None], on_status: "Callable[[SyncStatus], None]"
) -> "SyncLoop":
    from workbench.sync.loop import SyncLoop

    return SyncLoop(account, on_changes, on_status)


def _warm() -> None:
    """Load what the first decision needs, so that the first key press does not wait for it."""
    import_module("workbench.operations.cite")
    import_module("workbench.operations.finalize")
    import_module("workbench.wire.events")
    import_module("workbench.store.drafts")


def _end(media: "MediaWorkers | None", account: "Account | None") -> None:
    if media is not None:
        media.close()
    if account is not None:
        account.close()
