"""The style sheet of the whole application, made from the tokens. Holds no font size: fonts come from theme."""

from collections.abc import Callable
from dataclasses import asdict
from string import Template

from workbench.ui.theme import Tokens

_SHEET = Template(
    """
QWidget { color: $ink; }
QMainWindow, QDialog, QWidget[ground="background"] { background: $background; }
QWidget[ground="surface"] { background: $surface; }
QWidget[ground="stage"] { background: $stage; }
QFrame[card="true"] { background: $surface; border: 1px solid $line; border-radius: ${r8}px; }
QFrame[banner="caution"] { background: $caution_soft; border: 0; border-bottom: 1px solid $caution; }
QFrame[edge="bottom"] { background: $surface; border: 0; border-bottom: 1px solid $line; }
QFrame[edge="top"] { background: $surface; border: 0; border-top: 1px solid $line; }
QFrame[edge="right"] { background: $surface; border: 0; border-right: 1px solid $line; }
QFrame[edge="left"] { background: $surface; border: 0; border-left: 1px solid $line; }
QFrame[popover="true"] { background: $surface; border: 1px solid $control; border-radius: ${r8}px; }
QFrame[segments="true"] { background: $chip; border: 0; border-radius: ${r8}px; }
QLabel { background: transparent; }
QLabel[tint="muted"] { color: $muted; }
QLabel[tint="accent"] { color: $accent; }
QLabel[tint="good"] { color: $good; }
QLabel[tint="caution"] { color: $caution; }
QLabel[tint="bad"] { color: $bad; }
QLabel[tint="on_stage"] { color: $on_stage; }
QLineEdit, QPlainTextEdit, QTextEdit[editable="true"] {
    background: $surface; border: 1px solid $control; border-radius: ${r6}px;
    padding: ${p2}px ${p4}px; placeholder-text-color: $muted;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit { min-height: ${p22}px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit[editable="true"]:focus { border: 2px solid $accent;
    padding: ${p1}px ${p3}px; }
QLineEdit:disabled, QPlainTextEdit:disabled { background: $background; color: $muted; }
QMenu { background: $surface; border: 1px solid $control; border-radius: ${r6}px; padding: ${p4}px; }
QMenu::item { padding: ${p6}px ${p24}px ${p6}px ${p12}px; border-radius: ${r4}px; background: transparent; }
QMenu::item:selected { background: $accent_soft; color: $ink; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: ${p4}px ${p8}px; }
QToolTip { background: $surface; color: $ink; border: 1px solid $control; padding: ${p4}px; }
QScrollArea { background: transparent; border: 0; }
QScrollArea > QWidget > QWidget[ground="none"] { background: transparent; }
QListView { background: transparent; border: 0; outline: 0; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: ${p10}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${p10}px; margin: 0; }
QScrollBar::handle { background: $control; border-radius: ${p3}px; border: 2px solid transparent; }
QScrollBar::handle:vertical { min-height: ${p24}px; margin: 1px ${p2}px; }
QScrollBar::handle:horizontal { min-width: ${p24}px; margin: ${p2}px 1px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $line; border: 0; border-radius: ${p2}px; min-height: ${p4}px; max-height: ${p4}px; }
QProgressBar::chunk { background: $accent; border-radius: ${p2}px; }
QSlider::groove:horizontal { background: $control; height: ${p2}px; border-radius: 1px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 1px; }
QSlider::handle:horizontal { background: $surface; border: 2px solid $control; width: ${p12}px;
    margin: -${p8}px 0; border-radius: ${r6}px; }
QSlider::handle:horizontal:focus, QSlider::handle:horizontal:hover { border-color: $accent; }
QSplitter::handle { background: transparent; }
QRadioButton, QCheckBox { spacing: ${p8}px; background: transparent; }
"""
)


def style_sheet(tokens: Tokens, scaled: Callable[[float], int]) -> str:
    """The sheet for these tokens; lengths go through `scaled`."""
    lengths = {f"p{px}": scaled(px) for px in (1, 2, 3, 4, 6, 8, 10, 12, 22, 24)}
    radii = {f"r{px}": scaled(px) for px in (4, 6, 8)}
    return _SHEET.substitute(asdict(tokens) | {key: str(value) for key, value in (lengths | radii).items()})
