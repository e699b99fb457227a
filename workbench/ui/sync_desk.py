"""Keeps the sync chip and its popover true, and carries out what is asked there."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QWidget

from workbench.errors import KnownError
from workbench.model.changes import Changes
from workbench.model.sync_status import SyncStatus
from workbench.tasks import Tasks
from workbench.ui.header_bar import HEADER_PX
from workbench.ui.sync_chip import SyncChip
from workbench.ui.theme import scaled

if TYPE_CHECKING:
    from workbench.queries.views import SyncState, ToSendRow
    from workbench.ui.sync_popover import SyncPopover

REFRESH_MS = 30_000
"""Words like "sends in 4 min" go stale by themselves."""


class SyncDesk(QObject):
    """Between the store's sync state and the two widgets that show it."""

    round_asked = Signal()
    sign_in_asked = Signal(str)
    state_changed = Signal(object)

    def __init__(self, tasks: Tasks, chip: SyncChip, window: QWidget) -> None:
        super().__init__(window)
        self._tasks = tasks
        self._chip = chip
        self._window = window
        self._state: SyncState | None = None
        self._rows: tuple[ToSendRow, ...] = ()
        self._status: SyncStatus | None = None
        self._popover: SyncPopover | None = None
        chip.clicked.connect(self.toggle)
        tasks.changed.connect(self._on_changed)
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self.refresh)

    def begin(self) -> None:
        """An account is open: show how it stands."""
        self._timer.start()
        self.refresh()

    def refresh(self) -> None:
        """Ask how things stand."""
        from workbench.queries.sending import sync_state, to_send

        if self._tasks.is_attached:
            self._tasks.ask(sync_state, on_answer=self._on_state, owner=self)
            self._tasks.ask(to_send, on_answer=self._on_rows, owner=self)

    def show_status(self, status: SyncStatus) -> None:
        """What the sync loop is doing now."""
        self._status = status
        self._show()

    def show_sign_in_problem(self, problem: KnownError | None) -> None:
        """Why a new code did not do; None when it did."""
        if self._popover is not None:
            self._popover.show_sign_in_problem(problem)

    def toggle(self) -> None:
        """Open or close the popover."""
        if self._popover is not None and self._popover.isVisible():
            self._popover.hide()
            return
        popover = self._need_popover()
        self.refresh()
        self._show()
        self.place()
        popover.show()
        popover.raise_()
        popover.focus_first()

    def place(self) -> None:
        """Keep the popover under the chip, inside the window."""
        if self._popover is None:
            return
        corner = self._chip.mapTo(self._window, QPoint(self._chip.width(), self._chip.height() + scaled(4)))
        left = min(corner.x(), self._window.width() - scaled(8)) - self._popover.width()
        self._popover.move(max(scaled(8), left), scaled(HEADER_PX + 4))
        self._popover.refit()

    def close(self) -> None:
        """Close the popover."""
        if self._popover is not None:
            self._popover.hide()

    def _need_popover(self) -> "SyncPopover":
        if self._popover is None:
            from workbench.ui.sync_popover import SyncPopover

            self._popover = popover = SyncPopover(self._window)
            popover.sync_now_asked.connect(self.round_asked)
            popover.send_now_asked.connect(self._on_send_now)
            popover.take_back_asked.connect(self._on_take_back)
            popover.sign_in_asked.connect(self.sign_in_asked)
            popover.closed.connect(lambda: self._chip.setFocus())
            popover.show_rows(self._rows)
        return self._popover

    def _show(self) -> None:
        self._chip.show_state(self._state, self._status)
        if self._popover is not None and self._state is not None:
            self._popover.show_state(self._state, self._status)
            self.place()

    def _on_state(self, state: "SyncState") -> None:
        self._state = state
        self._show()
        self.state_changed.emit(state)

    def _on_rows(self, rows: "tuple[ToSendRow, ...]") -> None:
        self._rows = rows
        if self._popover is not None:
            self._popover.show_rows(rows)
            self.place()

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.sync or changes.outbox or changes.evidence or changes.assignments:
            self.refresh()

    def _on_send_now(self) -> None:
        from workbench.operations.finalize import send_now

        self._tasks.run(send_now, initiator=self, done=lambda _changes: self.round_asked.emit())

    def _on_take_back(self, assignment_id: str) -> None:
        from workbench.operations.finalize import take_back

        self._tasks.run(take_back, assignment_id, initiator=self)
