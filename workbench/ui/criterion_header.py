"""The head of a criterion's card: its letter, its title and how it stands, in a neutral chip."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from workbench.ui import theme
from workbench.ui.buttons import paint_letter
from workbench.ui.theme import TextRole, scaled

_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class CriterionHeader(QAbstractButton):
    """Press it to open the criterion."""

    def __init__(self, letter: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letter = letter
        self._title = title
        self._standing = ""
        self._is_settled = False
        self._is_current = False
        self.setObjectName(f"criterion_{letter}")
        self.setText(title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # Not Fixed: that would make the hint at a middling width the least height.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_standing("", is_settled=False, is_current=False)

    def set_standing(self, words: str, *, is_settled: bool, is_current: bool) -> None:
        """Say how the criterion stands; the current one is shown without the chip, since its levels are open."""
        self._standing, self._is_settled, self._is_current = words, is_settled, is_current
        self.setAccessibleName(f"{self._letter}. {self._title}. {words}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The height at a middling width."""
        return QSize(scaled(260), self.heightForWidth(scaled(260)))

    def minimumSizeHint(self) -> QSize:
        """Letter and a word."""
        return QSize(scaled(90), scaled(theme.TARGET_PX))

    def hasHeightForWidth(self) -> bool:
        """A long title wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """At least the letter."""
        room = QRect(0, 0, max(1, self._title_width(width)), 10_000)
        height = QFontMetrics(self._title_font()).boundingRect(room, int(_WRAP), self._title).height()
        return max(scaled(theme.TARGET_PX), height + scaled(4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint letter, title and chip."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = scaled(20)
        top = (min(self.height(), scaled(theme.TARGET_PX)) - side) // 2
        paint_letter(painter, QRect(0, top, side, side), self._letter, is_current=self._is_current)
        painter.setFont(self._title_font())
        painter.setPen(look.color("ink"))
        metrics = QFontMetrics(self._title_font())
        lines_top = (scaled(theme.TARGET_PX) - metrics.height()) // 2
        box = QRect(scaled(28), lines_top, self._title_width(self.width()), self.height())
        painter.drawText(box, int(_WRAP), self._title)
        if self._standing and not self._is_current:
            self._paint_standing(painter)

    def _paint_standing(self, painter: QPainter) -> None:
        look = theme.current()
        font = self._standing_font()
        width, height = self._standing_width(), scaled(20)
        box = QRect(self.width() - width, (self.height() - height) // 2, width, height)
        if self._is_settled:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("chip"))
            painter.drawRoundedRect(QRectF(box), height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(look.color("ink" if self._is_settled else "muted"))
        shown = QFontMetrics(font).elidedText(self._standing, Qt.TextElideMode.ElideRight, width - scaled(14))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)

    def _title_width(self, width: int) -> int:
        chip = 0 if self._is_current or not self._standing else self._standing_width() + scaled(8)
        return width - scaled(28) - chip

    def _standing_width(self) -> int:
        wanted = QFontMetrics(self._standing_font()).horizontalAdvance(self._standing) + scaled(18)
        return min(wanted, scaled(150))

    def _title_font(self) -> QFont:
        return theme.current().font(TextRole.TEXT, bold=True)

    def _standing_font(self) -> QFont:
        return theme.current().font(TextRole.META, bold=self._is_settled)
