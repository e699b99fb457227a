"""The keys of a recording. Decides only which act a key means."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from workbench.ui.viewers.video import VideoViewer

JUMP_MS = 5000
_Act = Callable[[], object]


class VideoKeys:
    """`use_here` while the evidence has the focus, `use_anywhere` for media keys; True when a key was used."""

    def __init__(self, viewer: "VideoViewer") -> None:
        back, on = (lambda: viewer.playback.jump(-JUMP_MS)), (lambda: viewer.playback.jump(JUMP_MS))
        frame_back, frame_on = (lambda: viewer.playback.step(-1)), (lambda: viewer.playback.step(1))
        slower, faster = (lambda: viewer.transport.faster(-1)), (lambda: viewer.transport.faster(1))
        self._anywhere: dict[int, _Act] = {
            Qt.Key.Key_F7: back,
            Qt.Key.Key_F8: viewer.playback.toggle,
            Qt.Key.Key_F9: on,
            Qt.Key.Key_I: viewer.mark_in,
            Qt.Key.Key_O: viewer.mark_out,
        }
        self._here: dict[int, _Act] = {
            Qt.Key.Key_Space: viewer.playback.toggle,
            Qt.Key.Key_Left: back,
            Qt.Key.Key_Right: on,
            Qt.Key.Key_Comma: frame_back,
            Qt.Key.Key_Period: frame_on,
            Qt.Key.Key_BracketLeft: slower,
            Qt.Key.Key_Minus: slower,
            Qt.Key.Key_BracketRight: faster,
            Qt.Key.Key_Plus: faster,
            Qt.Key.Key_Equal: faster,
            Qt.Key.Key_R: viewer.stage.rotate,
            Qt.Key.Key_Escape: viewer.clear_range,
        }
        self._shifted: dict[int, _Act] = {
            Qt.Key.Key_Left: frame_back,
            Qt.Key.Key_Right: frame_on,
            Qt.Key.Key_Plus: faster,
        }

    def use_here(self, event: QKeyEvent) -> bool:
        """A key that reached the viewer itself."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.ShiftModifier:
            return _do(self._shifted.get(event.key()))
        if modifiers != Qt.KeyboardModifier.NoModifier:
            return False
        return _do(self._here.get(event.key()) or self._anywhere.get(event.key()))

    def use_anywhere(self, event: QKeyEvent) -> bool:
        """A key that was pressed elsewhere."""
        if event.modifiers() != Qt.KeyboardModifier.NoModifier:
            return False
        return _do(self._anywhere.get(event.key()))


def _do(act: _Act | None) -> bool:
    if act is not None:
        act()
    return act is not None
