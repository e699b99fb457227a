"""Paints a row of the queue: what, whose, how much, until when, and whether it is here."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from workbench.ui import theme, words
from workbench.ui.icons import paint_icon
from workbench.ui.queue_model import ROW_ROLE, Index, progress, readiness
from workbench.ui.theme import TextRole, scaled

if TYPE_CHECKING:
    from workbench.queries.views import QueueRow

ROW_PX = 74


class QueueDelegate(QStyledItemDelegate):
    """Three lines in a card; the open row has the accent's edge."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Every row is as high as the next."""
        return QSize(scaled(220), scaled(ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        row: QueueRow | None = index.data(ROW_ROLE)
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRect(option.rect).adjusted(0, scaled(3), -scaled(4), -scaled(3))
        state: QStyle.StateFlag = option.state
        self._paint_card(painter, card, state)
        inner = card.adjusted(scaled(12), scaled(8), -scaled(12), -scaled(7))
        height = inner.height() // 3
        lines = [QRect(inner.x(), inner.y() + height * line, inner.width(), height) for line in range(3)]
        now = datetime.now(UTC)
        self._paint_title(painter, lines[0], row, now)
        about = f"{row.pseudonym} · {self.tr('attempt')} {row.attempt} · {words.task_kind(row.task)}"
        self._pair(painter, lines[1], about, row.status or progress(row), "muted")
        self._paint_effort(painter, lines[2], row)
        painter.restore()

    def _paint_card(self, painter: QPainter, card: QRect, state: QStyle.StateFlag) -> None:
        look = theme.current()
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        is_under = bool(state & QStyle.StateFlag.State_MouseOver)
        has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
        edge = "accent" if is_chosen or has_focus else "line"
        painter.setPen(QPen(look.color(edge), 2 if is_chosen or has_focus else 1))
        painter.setBrush(look.color("hover" if is_under and not is_chosen else "surface"))
        painter.drawRoundedRect(QRectF(card).adjusted(1, 1, -1, -1), scaled(8), scaled(8))

    def _paint_title(self, painter: QPainter, line: QRect, row: "QueueRow", now: datetime) -> None:
        due = "" if row.section == "scored" else words.due(row.due_at, now)
        self._pair(painter, line, row.offering_title, due, words.due_role(row.due_at, now), bold=True)

    def _paint_effort(self, painter: QPainter, line: QRect, row: "QueueRow") -> None:
        effort = words.effort(row.video_ms, row.pages)
        text, is_ready = readiness(row)
        if row.section == "scored":
            self._pair(painter, line, effort, "", "muted", left_role="muted")
            return
        self._pair(painter, line, effort, text, "muted", left_role="muted")
        look = theme.current()
        side = scaled(9)
        width = QFontMetrics(look.font(TextRole.META)).horizontalAdvance(text)
        left = line.right() - width - scaled(6) - side
        box = QRectF(left, line.center().y() - side / 2 + 1, side, side)
        paint_icon(painter, "check" if is_ready else "ring", box, look.color("muted"))

    def _pair(
        self,
        painter: QPainter,
        line: QRect,
        left: str,
        right: str,
        role: str,
        *,
        bold: bool = False,
        left_role: str = "",
    ) -> None:
        """A text at the left, shortened for the one at the right."""
        look = theme.current()
        small = look.font(TextRole.META)
        width = QFontMetrics(small).horizontalAdvance(right) if right else 0
        painter.setFont(small)
        painter.setPen(look.color(role))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, right)
        font = look.font(TextRole.TEXT, bold=True) if bold else small
        room = QRect(line.topLeft(), line.bottomRight() - QPoint(width + scaled(28) if right else 0, 0))
        painter.setFont(font)
        painter.setPen(look.color(left_role or ("ink" if bold else "muted")))
        shown = QFontMetrics(font).elidedText(left, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
