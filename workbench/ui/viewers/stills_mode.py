"""When the player cannot play a recording but the decoder can: still pictures take its place. Decodes nothing."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from workbench.ui.viewers.stills import Stills

if TYPE_CHECKING:
    from workbench.ui.viewers.video import VideoViewer


class StillsMode:
    """`begin` with the player's reason; when there are no pictures either, the viewer tells that reason."""

    def __init__(self, viewer: "VideoViewer") -> None:
        self._viewer = viewer

    def begin(self, reason: str, *, is_refusal: bool) -> None:
        """It cannot be played: look at its pictures, when there are any."""
        viewer = self._viewer
        tell = viewer.unreadable if is_refusal else viewer.stopped
        if viewer.source is None or not viewer.source.is_open or not viewer.timeline.has_film:
            tell.emit(reason)
            return
        playback = viewer.playback
        stills = Stills(viewer.source, viewer.timeline.maximum(), playback.position_ms, playback.view_size)
        stills.failed.connect(lambda _why: tell.emit(reason))
        stills.frame_arrived.connect(lambda _frame: self._say(reason))
        viewer.transport.set_stills(True)
        viewer.marking.clear()
        playback.use_stills(stills)

    def leave(self) -> None:
        """It is played again, or gone."""
        self._viewer.note.hide()
        self._viewer.transport.set_stills(False)

    def play_again(self) -> None:
        """Try the player once more."""
        self.leave()
        self._viewer.open_anew()
        self._viewer.stage.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, reason: str) -> None:
        if self._viewer.note.isHidden():
            self._viewer.note.show_reason(reason)
