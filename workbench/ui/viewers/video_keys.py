"""The keys of a recording. Decides only which act a key means."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from workbench.ui.viewers.marking import NUDGE_MS

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
            Qt.Key.Key_I: viewer.marking.mark_in,
            Qt.Key.Key_O: viewer.marking.mark_out,
        }
        here: dict[int, _Act] = {
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
            Qt.Key.Key_L: viewer.marking.toggle_loop,
            Qt.Key.Key_T: viewer.toggle_transcript,
            Qt.Key.Key_Escape: viewer.marking.clear,
        }
        shifted: dict[int, _Act] = {
            Qt.Key.Key_Left: frame_back,
            Qt.Key.Key_Right: frame_on,
            Qt.Key.Key_Plus: faster,
        }
        kind = Qt.KeyboardModifier
        none, alt, shift = kind.NoModifier, kind.AltModifier, kind.ShiftModifier
        nudge = viewer.marking.nudge
        self._by_modifiers: dict[Qt.KeyboardModifier, dict[int, _Act]] = {
            none: self._anywhere | here,
            shift: shifted,
            Qt.KeyboardModifier.ControlModifier: {Qt.Key.Key_F: viewer.search_transcript},
            alt: {
                Qt.Key.Key_Left: lambda: nudge("in", -NUDGE_MS),
                Qt.Key.Key_Right: lambda: nudge("in", NUDGE_MS),
            },
            alt | shift: {
                Qt.Key.Key_Left: lambda: nudge("out", -NUDGE_MS),
                Qt.Key.Key_Right: lambda: nudge("out", NUDGE_MS),
            },
        }

    def use_here(self, event: QKeyEvent) -> bool:
        """A key that reached the viewer itself."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return _do(self._by_modifiers.get(modifiers, {}).get(event.key()))

    def use_anywhere(self, event: QKeyEvent) -> bool:
        """A key that was pressed elsewhere."""
        if event.modifiers() != Qt.KeyboardModifier.NoModifier:
            return False
        return _do(self._anywhere.get(event.key()))


def _do(act: _Act | None) -> bool:
    if act is not None:
        act()
    return act is not None
