"""The look: colour tokens, fonts and the one scale function. Never holds state of a view.

Widgets read `current()` when they paint and `scaled()` when they lay out; `apply()` is called by the
composition root and again when the person or the system changes the theme.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget


class Mode(StrEnum):
    """What the person chose. `SYSTEM` follows the desktop, its high contrast included."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


class TextRole(StrEnum):
    """What a text is for; decides its size."""

    TEXT = "text"
    DESCRIPTOR = "descriptor"
    HEADING = "heading"
    META = "meta"
    DISPLAY = "display"


TEXT_PX = {
    TextRole.TEXT: 13,
    TextRole.DESCRIPTOR: 14,
    TextRole.HEADING: 15,
    TextRole.META: 12,
    TextRole.DISPLAY: 22,
}
RADIUS_PX = 8
BUTTON_PX = 28
TARGET_PX = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Colours by role, as `#RRGGBB`. `*_soft` is the ground on which that role's text stands."""

    background: str
    surface: str
    line: str
    control: str
    ink: str
    body: str
    muted: str
    accent: str
    accent_soft: str
    on_accent: str
    good: str
    good_soft: str
    caution: str
    caution_soft: str
    bad: str
    bad_soft: str
    stage: str
    on_stage: str
    badge: str
    on_badge: str
    chip: str
    hover: str


LIGHT = Tokens(
    background="#F4F5F7",
    surface="#FFFFFF",
    line="#E1E4EA",
    control="#757F8E",
    ink="#1A2230",
    body="#384252",
    muted="#556070",
    accent="#2B5FD9",
    accent_soft="#E8EFFE",
    on_accent="#FFFFFF",
    good="#166B43",
    good_soft="#E3F4EA",
    caution="#8F4E00",
    caution_soft="#FFF1DC",
    bad="#A2261B",
    bad_soft="#F9E3E1",
    stage="#12161D",
    on_stage="#E7ECF3",
    badge="#4A5560",
    on_badge="#FFFFFF",
    chip="#EEF0F4",
    hover="#F0F2F6",
)
DARK = Tokens(
    background="#13171E",
    surface="#1B212B",
    line="#2E3745",
    control="#7D899B",
    ink="#E9EDF4",
    body="#D3DAE5",
    muted="#A9B4C4",
    accent="#86ABFF",
    accent_soft="#22345E",
    on_accent="#0D1730",
    good="#7FD6A5",
    good_soft="#16341F",
    caution="#F3C078",
    caution_soft="#3B2B12",
    bad="#F5A59C",
    bad_soft="#46211D",
    stage="#0B0E13",
    on_stage="#E7ECF3",
    badge="#566273",
    on_badge="#FFFFFF",
    chip="#2A3341",
    hover="#242C38",
)
HIGH_CONTRAST = Tokens(
    background="#000000",
    surface="#000000",
    line="#FFFFFF",
    control="#FFFFFF",
    ink="#FFFFFF",
    body="#FFFFFF",
    muted="#FFFFFF",
    accent="#FFE15A",
    accent_soft="#2B2600",
    on_accent="#000000",
    good="#7CFFB2",
    good_soft="#000000",
    caution="#FFC56B",
    caution_soft="#000000",
    bad="#FF9D94",
    bad_soft="#000000",
    stage="#000000",
    on_stage="#FFFFFF",
    badge="#FFFFFF",
    on_badge="#000000",
    chip="#1C1C1C",
    hover="#262626",
)

TEXT_PAIRS = tuple(
    (text, ground)
    for text, grounds in {
        "ink": ("background", "surface", "accent_soft", "chip", "hover"),
        "body": ("surface", "accent_soft", "hover"),
        "muted": ("background", "surface", "accent_soft", "chip", "hover"),
        "accent": ("surface", "background", "accent_soft"),
        "on_accent": ("accent",),
        "good": ("good_soft", "surface"),
        "caution": ("caution_soft", "surface", "background"),
        "bad": ("bad_soft", "surface"),
        "on_stage": ("stage",),
        "on_badge": ("badge",),
    }.items()
    for ground in grounds
)
"""Every text on every ground it is drawn on: 4.5:1."""
EDGE_PAIRS = (
    ("control", "surface"),
    ("control", "background"),
    ("accent", "surface"),
    ("accent", "background"),
    ("accent", "accent_soft"),
)
"""Every edge of a control on its ground: 3:1."""


class Theme:
    """The tokens in use with a text scale of 1.0 to 2.0."""

    def __init__(self, tokens: Tokens, text_scale: float = 1.0, *, family: str = "") -> None:
        self.tokens = tokens
        self.text_scale = text_scale
        self.family = family
        self._colors = {field.name: QColor(getattr(tokens, field.name)) for field in fields(tokens)}

    @property
    def is_dark(self) -> bool:
        """Whether the ground is dark."""
        return self._colors["surface"].lightness() < 128

    def color(self, role: str) -> QColor:
        """The colour of a role of `Tokens`. Raises KeyError."""
        return self._colors[role]

    def font(self, role: TextRole = TextRole.TEXT, *, bold: bool = False) -> QFont:
        """The font for a role at the present scale."""
        font = QFont(self.family) if self.family else QFont(QGuiApplication.font())
        font.setPixelSize(max(12, round(TEXT_PX[role] * self.text_scale)))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font


class _Notifier(QObject):
    changed = Signal()


_theme = Theme(LIGHT)
notifier = _Notifier()
"""Emits `changed` after each `apply`."""


def current() -> Theme:
    """The theme in use."""
    return _theme


def scaled(px: float) -> int:
    """A length of the drawings at the present text scale, in logical pixels."""
    return round(px * _theme.text_scale)


def tokens_for(mode: Mode) -> Tokens:
    """The tokens that the mode stands for now; `SYSTEM` asks the desktop."""
    if mode is Mode.SYSTEM:
        return _system_tokens()
    return {Mode.LIGHT: LIGHT, Mode.DARK: DARK, Mode.HIGH_CONTRAST: HIGH_CONTRAST}[mode]


def _system_tokens() -> Tokens:
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return HIGH_CONTRAST
    return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


def apply(app: QApplication, mode: Mode = Mode.SYSTEM, text_scale: float = 1.0) -> Theme:
    """Dress the whole application; returns the theme now in use. `text_scale` is kept within 1 to 2."""
    from workbench.ui.stylesheet import style_sheet

    global _theme
    _theme = Theme(tokens_for(mode), min(2.0, max(1.0, text_scale)), family=_family())
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(_palette(_theme))
    app.setFont(_theme.font())
    app.setStyleSheet(style_sheet(_theme.tokens, scaled))
    for widget in _dressed_widgets(app):
        dress(widget, TextRole(widget.property("textRole")), bold=bool(widget.property("textBold")))
    notifier.changed.emit()
    return _theme


def dress(widget: QWidget, role: TextRole, *, bold: bool = False) -> None:
    """Give a widget the font of a role; it follows later changes of the scale."""
    widget.setProperty("textRole", role.value)
    widget.setProperty("textBold", bold)
    widget.setFont(_theme.font(role, bold=bold))


def tint(widget: QWidget, role: str) -> None:
    """Paint a label's text in the colour of a role of `Tokens`; it follows later changes of the theme."""
    widget.setProperty("tint", role)


def _dressed_widgets(app: QApplication) -> Iterator[QWidget]:
    return (widget for widget in app.allWidgets() if widget.property("textRole"))


def _family() -> str:
    return next((name for name in ("Inter", "Inter Variable") if QFontDatabase.hasFamily(name)), "")


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: "background",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "background",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ToolTipBase: "surface",
        QPalette.ColorRole.WindowText: "ink",
        QPalette.ColorRole.Text: "ink",
        QPalette.ColorRole.ButtonText: "ink",
        QPalette.ColorRole.ToolTipText: "ink",
        QPalette.ColorRole.PlaceholderText: "muted",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "on_accent",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.Accent: "accent",
    }
    for role, token in roles.items():
        palette.setColor(role, theme.color(token))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.color("muted"))
    return palette


def contrast(first: str, second: str) -> float:
    """WCAG 2 contrast ratio of two `#RRGGBB` colours, 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
