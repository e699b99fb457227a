"""The sync chip in the header: a calm line that says how this laptop stands with the platform."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from workbench.model.sync_status import SyncPhase, SyncStatus
from workbench.ui import theme
from workbench.ui.icons import paint_icon
from workbench.ui.theme import TextRole, scaled

if TYPE_CHECKING:
    from workbench.queries.views import SyncState

_REACHED = (SyncPhase.UP_TO_DATE, SyncPhase.SYNCING)
_FOR_A_PERSON = (SyncPhase.SIGNED_OUT,)


def network_words(status: SyncStatus | None) -> str:
    """How the platform was last met, in one or two words; None: not tried since the window opened."""
    words = {
        SyncPhase.UP_TO_DATE: _tr("Online"),
        SyncPhase.SYNCING: _tr("Syncing"),
        SyncPhase.OFFLINE: _tr("Offline"),
        SyncPhase.SIGNED_OUT: _tr("Signed out"),
        SyncPhase.PROBLEM: _tr("Sync problem"),
    }
    return words[status.phase] if status is not None else _tr("Connecting")


def is_reached(status: SyncStatus) -> bool:
    """Whether the platform answered last time."""
    return status.phase in _REACHED


def _ready(state: "SyncState") -> str:
    if state.ready_submissions >= state.submissions:
        return _tr("{count} ready").format(count=f"{state.ready_submissions:,}")
    return _tr("{count} of {all} ready").format(count=f"{state.ready_submissions:,}", all=f"{state.submissions:,}")


def _needs_you(count: int) -> str:
    return _tr("1 needs you") if count == 1 else _tr("{count} need you").format(count=count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("sync", text)


class SyncChip(QAbstractButton):
    """Offline is a normal state and drawn in grey; only something a person must do has the caution colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("syncChip")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.dress(self, TextRole.TEXT)
        self._icon, self._role = "ring", "muted"
        self._say(self.tr("Opening…"))

    def show_state(self, state: "SyncState | None", status: SyncStatus | None) -> None:
        """Show the last round and what is under way."""
        parts = [network_words(status)]
        if state is not None:
            if state.submissions:
                parts.append(_ready(state))
            if state.to_send:
                parts.append(self.tr("{count} to send").format(count=state.to_send))
            if state.needs_you:
                parts.append(_needs_you(state.needs_you))
        self._icon = "dot" if status is not None and is_reached(status) else "ring"
        needs_person = (state is not None and state.needs_you) or (status is not None and status.phase in _FOR_A_PERSON)
        self._role = "caution" if needs_person else "muted"
        self._say(" · ".join(parts))

    def sizeHint(self) -> QSize:
        """Icon and words."""
        width = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(width + scaled(32), scaled(theme.BUTTON_PX))

    def minimumSizeHint(self) -> QSize:
        """Room for the first words."""
        return QSize(scaled(90), scaled(theme.BUTTON_PX))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint icon and words."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), scaled(6), scaled(6))
        side = scaled(9)
        paint_icon(
            painter, self._icon, QRectF(scaled(8), (self.height() - side) / 2, side, side), look.color("control")
        )
        painter.setFont(self.font())
        painter.setPen(look.color(self._role))
        room = self.rect().adjusted(scaled(23), 0, -scaled(6), 0)
        shown = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _say(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleName(self.tr("Sync: {state}").format(state=text))
        self.updateGeometry()
        self.update()
