"""Buttons with a key hint, key badges and criterion letters: painted, so that they look the same everywhere."""

from enum import StrEnum

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from workbench.ui import theme
from workbench.ui.theme import TextRole, scaled


class Kind(StrEnum):
    """How much a button asks for attention. One `PRIMARY` per window."""

    PLAIN = "plain"
    PRIMARY = "primary"
    QUIET = "quiet"
    DASHED = "dashed"
    SEGMENT = "segment"
    FIELD = "field"


_INKS = {
    Kind.PRIMARY: "on_accent",
    Kind.DASHED: "muted",
    Kind.SEGMENT: "muted",
    Kind.FIELD: "muted",
    Kind.QUIET: "muted",
}
CHIP_PX = 26


class Button(QPushButton):
    """A push button of 28 px with an optional key badge, which is dropped before the label when room is short."""

    def __init__(
        self, text: str, name: str, *, key: str = "", kind: Kind = Kind.PLAIN, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # Not Minimum: that would make the hint, key badge included, the least width.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._key = key
        self._shows_key = True
        self._kind = kind
        theme.dress(self, TextRole.TEXT, bold=kind is Kind.PRIMARY)
        self.set_key(key)

    def set_key(self, key: str) -> None:
        """Show another key, or none."""
        self._key = key
        if key:
            self.setToolTip(f"{self.accessibleName()} ({key})")
        self.updateGeometry()
        self.update()

    @property
    def key_room(self) -> int:
        """What the key badge adds to the width, in logical pixels; 0 without a key."""
        return self._badge_width() + scaled(6) if self._key else 0

    def set_shows_key(self, shows_key: bool) -> None:
        """Whether the badge is wanted where the button stands now."""
        if shows_key != self._shows_key:
            self._shows_key = shows_key
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Label, key badge and their air."""
        width = self._label_width() + (self.key_room if self._shows_key else 0)
        return QSize(max(width + 2 * scaled(9), scaled(theme.BUTTON_PX)), self._height())

    def minimumSizeHint(self) -> QSize:
        """Without the key badge."""
        return QSize(max(self._label_width() + 2 * scaled(9), scaled(theme.BUTTON_PX)), self._height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, edge, label and key."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        inner = self.rect().adjusted(scaled(9), 0, -scaled(9), 0)
        has_key = self._has_badge(inner.width())
        painter.setFont(self.font())
        painter.setPen(self._ink())
        is_left = has_key or self._kind is Kind.FIELD
        align = Qt.AlignmentFlag.AlignLeft if is_left else Qt.AlignmentFlag.AlignHCenter
        # A segment ends in its count, which says more than the middle of its name.
        mode = Qt.TextElideMode.ElideMiddle if self._kind is Kind.SEGMENT else Qt.TextElideMode.ElideRight
        shown = QFontMetrics(self.font()).elidedText(self.text(), mode, inner.width() + 1)
        painter.drawText(inner, align | Qt.AlignmentFlag.AlignVCenter, shown)
        if has_key:
            self._paint_key(painter, inner)

    def _has_badge(self, room: int) -> bool:
        return bool(self._key) and self._shows_key and room >= self._label_width() + self.key_room - 1

    def _paint_ground(self, painter: QPainter) -> None:
        ground, edge = self._ground()
        line = Qt.PenStyle.DashLine if self._kind is Kind.DASHED else Qt.PenStyle.SolidLine
        painter.setPen(QPen(edge, 1, line) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        inset = 0.5 if edge else 0.0
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, scaled(6), scaled(6))

    def _ground(self) -> tuple[QColor, QColor | None]:
        look = theme.current()
        pressed = self.isDown() or self.isChecked()
        if self._kind is Kind.PRIMARY and self.isEnabled():
            ground = look.color("accent")
            return (ground.darker(112) if self.underMouse() or pressed else ground), None
        hover = self.isEnabled() and self.underMouse()
        if self._kind is Kind.QUIET:
            still = QColor(Qt.GlobalColor.transparent)
            ground = look.color("accent_soft" if pressed else "hover") if pressed or hover else still
            return ground, look.color("accent") if self.isChecked() else None
        if self._kind is Kind.SEGMENT:
            role = "surface" if pressed else "hover" if hover else "chip"
            return look.color(role), look.color("line") if pressed else None
        edge = look.color("accent" if self.isChecked() else "control" if self.isEnabled() else "line")
        return look.color("accent_soft" if pressed else "hover" if hover else "surface"), edge

    def _ink(self) -> QColor:
        look = theme.current()
        if not self.isEnabled():
            return look.color("muted")
        if self._kind is Kind.SEGMENT and self.isChecked():
            return look.color("ink")
        return look.color(_INKS.get(self._kind, "ink"))

    def _height(self) -> int:
        return scaled(CHIP_PX if self._kind is Kind.DASHED else theme.BUTTON_PX)

    def _label_width(self) -> int:
        return QFontMetrics(self.font()).horizontalAdvance(self.text())

    def _badge_width(self) -> int:
        return key_badge_width(self._key)

    def _paint_key(self, painter: QPainter, inner: QRect) -> None:
        width, height = self._badge_width(), scaled(16)
        box = QRect(inner.right() - width + 1, (self.height() - height) // 2, width, height)
        if self._kind is Kind.PRIMARY and self.isEnabled():
            ink = theme.current().color("on_accent")
            paint_key_badge(painter, box, self._key, ink=ink, edge=ink)
        else:
            paint_key_badge(painter, box, self._key)


def key_badge_width(key: str) -> int:
    """The width of a key's badge, in logical pixels."""
    return max(scaled(16), QFontMetrics(_badge_font()).horizontalAdvance(key) + 2 * scaled(4))


def paint_key_badge(
    painter: QPainter, box: QRect, key: str, *, ink: QColor | None = None, edge: QColor | None = None
) -> None:
    """Paint a key as a small outlined cap."""
    look = theme.current()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(edge or _faint(look.color("control")), 1))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), scaled(3), scaled(3))
    painter.setFont(_badge_font())
    painter.setPen(ink or look.color("muted"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)


def _faint(color: QColor) -> QColor:
    """A key's cap is a hint, not a control's edge: it stays behind the words."""
    faint = QColor(color)
    faint.setAlphaF(0.55)
    return faint


def paint_letter(painter: QPainter, box: QRect, letter: str, *, is_current: bool) -> None:
    """Paint a criterion's letter on its badge: accent for the current criterion, grey for all others."""
    look = theme.current()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("accent" if is_current else "badge"))
    painter.drawRoundedRect(QRectF(box), scaled(4), scaled(4))
    painter.setFont(look.font(TextRole.META, bold=True))
    painter.setPen(look.color("on_accent" if is_current else "on_badge"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)


def _badge_font() -> QFont:
    return theme.current().font(TextRole.META)
