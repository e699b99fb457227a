"""Picture in picture: a recording goes on in the corner while something else is read. Owns no playback."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from workbench.ui import words
from workbench.ui.buttons import Kind
from workbench.ui.focus_order import stand_free
from workbench.ui.icon_button import IconButton
from workbench.ui.texts import label
from workbench.ui.theme import TextRole, scaled
from workbench.ui.viewers.tools import PlayButton
from workbench.ui.viewers.video import VideoViewer
from workbench.ui.viewers.video_stage import VideoStage
from workbench.ui.viewers.viewer import Viewer

PICTURE_PX = (256, 144)
EDGE_PX = 14
_MEDIA_KEYS = (Qt.Key.Key_F7, Qt.Key.Key_F8, Qt.Key.Key_F9)


class Corner(QFrame):
    """Floats over the lower right of `room`; a press on the picture plays or pauses."""

    return_asked = Signal(object)
    """The VideoViewer whose recording is to be shown large again."""

    def __init__(self, room: QWidget) -> None:
        super().__init__(room)
        self.setObjectName("videoCorner")
        self.setProperty("card", "true")
        stand_free(self)
        self._room = room
        self._viewer: VideoViewer | None = None
        self._build()
        room.installEventFilter(self)
        self.hide()

    def _build(self) -> None:
        self.stage = VideoStage(self)
        self.stage.setObjectName("cornerStage")
        self.stage.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.stage.setFixedSize(scaled(PICTURE_PX[0]), scaled(PICTURE_PX[1]))
        self.play = PlayButton("cornerPlayButton")
        self.time = label("", TextRole.META, tint="muted")
        self.enlarge = IconButton("enlarge", self.tr("Back to the recording"), "cornerReturnButton", kind=Kind.QUIET)
        self.away = IconButton("close", self.tr("Pause and put away"), "cornerCloseButton", kind=Kind.QUIET)
        row = QHBoxLayout()
        row.setSpacing(scaled(4))
        row.addWidget(self.play)
        row.addWidget(self.time, 1)
        row.addWidget(self.enlarge)
        row.addWidget(self.away)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(6), scaled(6), scaled(6), scaled(4))
        column.setSpacing(scaled(4))
        column.addWidget(self.stage)
        column.addLayout(row)
        self.stage.pressed.connect(self._on_toggle_asked)
        self.play.clicked.connect(self._on_toggle_asked)
        self.enlarge.clicked.connect(lambda: self.return_asked.emit(self._viewer))
        self.away.clicked.connect(self.put_away)

    @property
    def viewer(self) -> VideoViewer | None:
        """Whose recording it shows."""
        return self._viewer

    def follow(self, viewer: VideoViewer) -> None:
        """Show this recording from now on; another one that was here pauses."""
        if not viewer.is_ready or not viewer.timeline.has_film:
            viewer.leave()
            return
        self.put_away()
        self._viewer = viewer
        viewer.playback.frame_arrived.connect(self._on_frame_arrived)
        viewer.playback.moved.connect(self._on_moved)
        viewer.playback.playing_changed.connect(self.play.set_playing)
        viewer.playback.failed.connect(self.let_go)
        viewer.playback.stopped.connect(self.let_go)
        self.play.set_playing(viewer.playback.is_playing)
        self.stage.show_frame(viewer.stage.frame)
        viewer.playback.set_view_size(*self._picture_size())
        self._on_moved()
        self._name(viewer)
        self._settle()
        self.show()
        self.raise_()

    def put_away(self) -> None:
        """Pause it; it stays where it is."""
        viewer = self._viewer
        self.let_go()
        if viewer is not None:
            viewer.leave()

    def let_go_of(self, viewer: Viewer | None) -> None:
        """This viewer is shown large, or shows something else now."""
        if viewer is not None and viewer is self._viewer:
            self.let_go()

    def let_go(self) -> None:
        """Nothing is in the corner any more."""
        viewer, self._viewer = self._viewer, None
        if viewer is None:
            return
        viewer.playback.frame_arrived.disconnect(self._on_frame_arrived)
        viewer.playback.moved.disconnect(self._on_moved)
        viewer.playback.playing_changed.disconnect(self.play.set_playing)
        viewer.playback.failed.disconnect(self.let_go)
        viewer.playback.stopped.disconnect(self.let_go)
        viewer.stage.tell_size()
        self.stage.clear()
        self.hide()

    def handle_key(self, event: QKeyEvent) -> bool:
        """F7, F8 and F9 go to the recording in the corner."""
        return self._viewer is not None and event.key() in _MEDIA_KEYS and self._viewer.handle_key(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner when the room changes."""
        if watched is self._room and event.type() == QEvent.Type.Resize:
            self._settle()
        return super().eventFilter(watched, event)

    def _settle(self) -> None:
        self.adjustSize()
        edge = scaled(EDGE_PX)
        # Above the card with the tools of whatever is read.
        below = scaled(58)
        corner = QPoint(self._room.width() - self.width() - edge, self._room.height() - self.height() - edge - below)
        self.move(max(0, corner.x()), max(0, corner.y()))

    def _picture_size(self) -> tuple[int, int]:
        ratio = self.devicePixelRatioF()
        return round(self.stage.width() * ratio), round(self.stage.height() * ratio)

    def _name(self, viewer: VideoViewer) -> None:
        evidence = viewer.item.evidence if viewer.item is not None else None
        name = self.tr("{name}, in the corner").format(name=evidence.label if evidence else "")
        self.setAccessibleName(name)
        self.stage.setAccessibleName(name)

    def _on_toggle_asked(self) -> None:
        if self._viewer is not None:
            self._viewer.playback.toggle()

    def _on_frame_arrived(self, frame: QImage) -> None:
        self.stage.show_frame(frame)

    def _on_moved(self) -> None:
        if self._viewer is not None:
            playback = self._viewer.playback
            self.time.setText(f"{words.clock(playback.position_ms)} / {words.clock(playback.duration_ms)}")
