"""What the sync chip opens: progress, when was checked, what went wrong, and what waits to be sent."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from workbench.errors import KnownError
from workbench.model.sync_status import SyncPhase, SyncStatus
from workbench.queries.views import SyncState, ToSendRow
from workbench.ui import words
from workbench.ui.buttons import Button, Kind
from workbench.ui.icon_button import IconButton
from workbench.ui.sign_in_again import SignInAgain
from workbench.ui.sync_chip import is_reached, network_words
from workbench.ui.texts import label
from workbench.ui.theme import TextRole, scaled
from workbench.ui.to_send_list import ToSendList


class SyncPopover(QFrame):
    """A panel under the chip, inside the window; Escape closes it."""

    sync_now_asked = Signal()
    send_now_asked = Signal()
    take_back_asked = Signal(str)
    sign_in_asked = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("syncPopover")
        self.setProperty("popover", "true")
        self.setFixedWidth(scaled(380))
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(14), scaled(10), scaled(14), scaled(12))
        column.setSpacing(scaled(6))
        column.addLayout(self._build_head())
        self._checked = label("", tint="muted", wrap=True, name="lastChecked")
        self._fetched = label("", tint="muted", wrap=True, name="fetchProgress")
        self._progress = QProgressBar(self)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("Evidence on this laptop"))
        self._problem = label("", wrap=True, name="syncProblem")
        self._again = SignInAgain(self)
        self._again.asked.connect(self.sign_in_asked)
        self._again.hide()
        for widget in (self._checked, self._fetched, self._progress, self._problem, self._again):
            column.addWidget(widget)
        column.addWidget(self._build_to_send())
        self.hide()

    def show_state(self, state: SyncState, status: SyncStatus | None) -> None:
        """Show the last round, and what is being fetched now."""
        problem = _problem(state, status)
        self._checked.setText(self._checked_words(state, has_problem=bool(problem)))
        is_whole = state.ready_submissions >= state.submissions
        self._fetched.setText(
            self.tr("{ready} of {all} submissions are ready offline.").format(
                ready=state.ready_submissions, all=state.submissions
            )
        )
        self._progress.setMaximum(max(1, state.submissions))
        self._progress.setValue(state.ready_submissions)
        self._progress.setVisible(not is_whole)
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self._again.setVisible(status is not None and status.phase is SyncPhase.SIGNED_OUT)
        self._title.setText(network_words(status))
        self._show_files(status)
        self.refit()

    def show_rows(self, rows: tuple[ToSendRow, ...]) -> None:
        """Show what waits to be sent."""
        self._to_send.show_rows(rows)
        self._send_now.setVisible(any(row.state in ("pending", "sent") for row in rows))
        self._to_send_title.setText(self.tr("To send ({count})").format(count=len(rows)))
        self.refit()

    def show_sign_in_problem(self, problem: KnownError | None) -> None:
        """Why a new code did not do; None when it did."""
        self._again.show_problem(problem)
        self.refit()

    def refit(self) -> None:
        """As high as what it says, within the window."""
        column = self.layout()
        assert column is not None
        column.activate()
        room = self.window().height() - self.y() - scaled(8)
        self.resize(self.width(), min(column.totalHeightForWidth(self.width()), max(room, scaled(120))))

    def _show_files(self, status: SyncStatus | None) -> None:
        if status is None or not status.files:
            return
        said = self.tr("Fetching evidence: {done} of {all} files").format(done=status.files_done, all=status.files)
        if status.arriving is not None and status.arriving.size:
            here, size = words.amount(status.arriving.bytes_here), words.amount(status.arriving.size)
            said += self.tr(", {here} of {size}").format(here=here, size=size)
        self._fetched.setText(said + ".")

    def event(self, event: QEvent) -> bool:
        """Whatever grows or shrinks inside changes the height."""
        is_handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.refit()
        return is_handled

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self._on_close()
        else:
            super().keyPressEvent(event)

    def focus_first(self) -> None:
        """Put the focus on the first thing to do."""
        target = self._send_now if self._send_now.isVisible() else self._sync_now
        target.setFocus(Qt.FocusReason.PopupFocusReason)

    def _build_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        self._title = label("", TextRole.HEADING, bold=True)
        self._sync_now = Button(self.tr("Check now"), "syncNowButton")
        self._sync_now.clicked.connect(self.sync_now_asked)
        close = IconButton("close", self.tr("Close"), "syncClose", kind=Kind.QUIET)
        close.clicked.connect(self._on_close)
        head.addWidget(self._title, 1)
        head.addWidget(self._sync_now)
        head.addWidget(close)
        return head

    def _build_to_send(self) -> QWidget:
        box = QWidget(self)
        box.setObjectName("toSendPage")
        column = QVBoxLayout(box)
        column.setContentsMargins(0, scaled(6), 0, 0)
        column.setSpacing(scaled(4))
        head = QHBoxLayout()
        self._to_send_title = label(self.tr("To send"), bold=True)
        self._send_now = Button(self.tr("Send now"), "sendNowButton")
        self._send_now.clicked.connect(self.send_now_asked)
        head.addWidget(self._to_send_title, 1)
        head.addWidget(self._send_now)
        column.addLayout(head)
        self._to_send = ToSendList(box)
        self._to_send.take_back_asked.connect(self.take_back_asked)
        column.addWidget(self._to_send)
        return box

    def _checked_words(self, state: SyncState, *, has_problem: bool) -> str:
        if state.last_round_at is None:
            return self.tr("Not checked yet.")
        said = self.tr("Last checked {time}.").format(time=words.time_of_day(state.last_round_at))
        if state.next_try_at is not None and has_problem:
            next_try = words.time_of_day(state.next_try_at)
            said += " " + self.tr("Next try {time}.").format(time=next_try)
        return said

    def _on_close(self) -> None:
        self.hide()
        self.closed.emit()


def _problem(state: SyncState, status: SyncStatus | None) -> str:
    """What is wrong now: what the store remembers of an earlier round is over once the platform was reached."""
    if status is None:
        return state.problem
    return "" if is_reached(status) else status.words or state.problem
