"""What a key means while the pages of a PDF have the focus. Does nothing itself."""

from enum import Enum, auto

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from workbench.ui.viewers.page_words import Step

_K, _M = Qt.Key, Qt.KeyboardModifier


class Move(Enum):
    """What the pages can be told."""

    ROTATE = auto()
    SELECT_PAGE = auto()
    COPY = auto()
    ZOOM_IN = auto()
    ZOOM_OUT = auto()
    FIT_WIDTH = auto()
    FIT_PAGE = auto()
    FIRST = auto()
    LAST = auto()
    VIEW_DOWN = auto()
    VIEW_UP = auto()


_STEPS = {
    _K.Key_Left: (Step.CHARACTER_BACK, Step.WORD_BACK),
    _K.Key_Right: (Step.CHARACTER_ON, Step.WORD_ON),
    _K.Key_Up: (Step.LINE_UP, Step.LINE_UP),
    _K.Key_Down: (Step.LINE_DOWN, Step.LINE_DOWN),
    _K.Key_Home: (Step.LINE_START, Step.LINE_START),
    _K.Key_End: (Step.LINE_END, Step.LINE_END),
}
_PLAIN = {
    _K.Key_R: Move.ROTATE,
    _K.Key_Plus: Move.ZOOM_IN,
    _K.Key_Equal: Move.ZOOM_IN,
    _K.Key_Minus: Move.ZOOM_OUT,
    _K.Key_Home: Move.FIRST,
    _K.Key_End: Move.LAST,
    _K.Key_Space: Move.VIEW_DOWN,
    _K.Key_PageDown: Move.VIEW_DOWN,
    _K.Key_PageUp: Move.VIEW_UP,
}
_WITH_CTRL = {
    _K.Key_A: Move.SELECT_PAGE,
    _K.Key_C: Move.COPY,
    _K.Key_0: Move.FIT_PAGE,
    _K.Key_2: Move.FIT_WIDTH,
    _K.Key_Plus: Move.ZOOM_IN,
    _K.Key_Equal: Move.ZOOM_IN,
    _K.Key_Minus: Move.ZOOM_OUT,
    _K.Key_Home: Move.FIRST,
    _K.Key_End: Move.LAST,
}


def step_of(event: QKeyEvent) -> Step | None:
    """How a key with Shift moves an end of the selection; with Ctrl by words."""
    if not event.modifiers() & _M.ShiftModifier:
        return None
    steps = _STEPS.get(_K(event.key()))
    return steps[bool(event.modifiers() & _M.ControlModifier)] if steps is not None else None


def move_of(event: QKeyEvent) -> Move | None:
    """What any other key tells the pages; None when it is not for them."""
    key, modifiers = _K(event.key()), event.modifiers() & ~_M.KeypadModifier
    if key == _K.Key_Space and modifiers == _M.ShiftModifier:
        return Move.VIEW_UP
    if modifiers == _M.ControlModifier:
        return _WITH_CTRL.get(key)
    # A plus may need Shift to be typed.
    is_plain = modifiers == _M.NoModifier or (modifiers == _M.ShiftModifier and key == _K.Key_Plus)
    return _PLAIN.get(key) if is_plain else None
