"""The recording as it plays: Qt's player over the evidence device. Shows nothing itself; hands frames on."""

from typing import Any

from PySide6.QtCore import Q_ARG, QMetaObject, QObject, Qt, QUrl, Signal
from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer, QVideoFrame, QVideoSink

from workbench.errors import EvidenceError
from workbench.player.device import EvidenceDevice
from workbench.player.stall import StallWatch
from workbench.sealed.reader import Reader

_BROKEN = "This recording cannot be played."
_STALLS = "This recording cannot be played from here on."
_FRAMELESS_MS = 300
_BLIND_MS, _BLIND_IF_DOUBTFUL_MS = 6000, 700
_SLOWEST, _FASTEST = 0.25, 4.0
_LOADED = (
    QMediaPlayer.MediaStatus.LoadedMedia,
    QMediaPlayer.MediaStatus.BufferingMedia,
    QMediaPlayer.MediaStatus.BufferedMedia,
    QMediaPlayer.MediaStatus.EndOfMedia,
)


class Moving(QObject):
    """Plays one recording at a time. `at_end`: it played to its end and was not moved since.

    `broken` carries the number of the load that it is about, and may come from another thread. `waited`: the
    backend is at work, but has nothing to show yet.
    """

    frame_shown = Signal(object, int)
    position_moved = Signal(int)
    duration_known = Signal(int)
    finished = Signal()
    broken = Signal(int, str)
    waited = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._sink = QVideoSink(self)
        self._sound = QAudioOutput(self)
        self._player = QMediaPlayer(self)
        self._player.setVideoSink(self._sink)
        self._player.setAudioOutput(self._sound)
        self._player.setPitchCompensation(True)
        self._device: EvidenceDevice | None = None
        self._has_video = False
        self._shown_ms = 0
        self._follows = False
        self._starts_at: int | None = None
        self._showed = False
        self._pictures_end_ms = 0
        self._plays_from_ms = 0
        self._blind_ms = _BLIND_MS
        self.at_end = False
        self.loads = 0
        self._stall = StallWatch(self)
        self._stall.waited.connect(self.waited)
        self._stall.stalled.connect(lambda: self.broken.emit(self.loads, _STALLS))
        self._sink.videoFrameChanged.connect(self._on_video_frame)
        self._player.positionChanged.connect(self._on_position)
        self._player.durationChanged.connect(self._on_duration)
        self._player.mediaStatusChanged.connect(self._on_status)
        self._player.errorOccurred.connect(self._on_error)

    @property
    def duration_ms(self) -> int:
        """As the player sees it; 0 while unknown."""
        return self._player.duration()

    def load(self, reader: Reader, *, has_video: bool, pictures_end_ms: int = 0, is_doubtful: bool = False) -> None:
        """Take a recording; returns before it is read. `pictures_end_ms`: how long there are frames, 0 for unknown.

        `is_doubtful`: the backend may have no decoder for it.
        """
        self.loads += 1
        self._has_video = has_video
        self._showed = not has_video
        self._pictures_end_ms = pictures_end_ms
        self._blind_ms = _BLIND_IF_DOUBTFUL_MS if is_doubtful else _BLIND_MS
        self._device = EvidenceDevice(reader, self._on_refusal)
        self._player.setSourceDevice(self._device)

    def unload(self) -> None:
        """Let the recording go."""
        self._stall.stop()
        self._starts_at = None
        self._follows = False
        self.at_end = False
        if self._device is not None:
            self._tell("stop")
            self._tell("setSource", Q_ARG(QUrl, QUrl()))
            self._device.close()
            self._device = None

    def play_from(self, place_ms: int) -> None:
        """Play as soon as the recording is loaded."""
        self.at_end = False
        self._shown_ms = place_ms
        if self._player.mediaStatus() not in _LOADED:
            self._starts_at = place_ms
            return
        self._starts_at = None
        if not self._follows:
            self._tell("setPosition", Q_ARG("qlonglong", place_ms))
        self._follows = True
        self._plays_from_ms = place_ms
        self._tell("play")
        self._stall.begin()

    def jump(self, place_ms: int) -> None:
        """Go on playing from another place."""
        self._shown_ms = self._plays_from_ms = place_ms
        if self._starts_at is not None:
            self._starts_at = place_ms
        else:
            self._stall.begin()
            self._tell("setPosition", Q_ARG("qlonglong", place_ms))

    def pause(self) -> int:
        """Stand still; returns where, in ms: at the frame shown last."""
        self._stall.stop()
        waiting, self._starts_at = self._starts_at, None
        self._tell("pause")
        if waiting is not None:
            return waiting
        return self._shown_ms if self._has_video else self._player.position()

    def forget_place(self) -> None:
        """The assessor moved on while it stood: the next play begins with a jump."""
        self._follows = False
        self.at_end = False

    def set_rate(self, rate: float) -> None:
        """Speed; the pitch is kept where the backend can."""
        self._tell("setPlaybackRate", Q_ARG("double", max(_SLOWEST, min(_FASTEST, rate))))

    def set_muted(self, muted: bool) -> None:
        """Sound off or on."""
        self._sound.setMuted(muted)

    def _tell(self, slot: str, *arguments: Any) -> None:
        # Scar: these slots wait for the backend's reading thread, which waits for the GIL to run our device.
        # A direct call keeps the GIL while it waits, for ever; invokeMethod lets it go.
        QMetaObject.invokeMethod(self._player, slot, Qt.ConnectionType.DirectConnection, *arguments)

    def _on_video_frame(self, frame: QVideoFrame) -> None:
        if frame.isValid() and self._starts_at is None:
            self._showed = True
            self._stall.heard()
            self._shown_ms = max(0, round(frame.startTime() / 1000))
            self.frame_shown.emit(frame, self._shown_ms)

    def _on_duration(self, ms: int) -> None:
        self.duration_known.emit(ms)

    def _on_position(self, ms: int) -> None:
        # Where there are frames, they say where we are; sound may go on after the last of them.
        self._stall.heard()
        if self._follows and self._is_blind(ms):
            self.broken.emit(self.loads, _BROKEN)
        elif not self._has_video or ms > self._shown_ms + _FRAMELESS_MS:
            self.position_moved.emit(ms)

    def _is_blind(self, ms: int) -> bool:
        """Whether it plays on without ever having shown a frame, where there should be some: Qt says nothing then."""
        last_ms = self._plays_from_ms + self._blind_ms
        return not self._showed and last_ms <= (self._pictures_end_ms or self._player.duration()) and ms > last_ms

    def _on_status(self, status: QMediaPlayer.MediaStatus) -> None:
        if status == QMediaPlayer.MediaStatus.EndOfMedia:
            self._stall.stop()
            if self._is_blind(self._player.position()):
                self.broken.emit(self.loads, _BROKEN)
                return
            self.at_end = True
            self._follows = False
            self.finished.emit()
        elif status == QMediaPlayer.MediaStatus.InvalidMedia:
            self.broken.emit(self.loads, _BROKEN)
        elif status in _LOADED and self._starts_at is not None:
            self.play_from(self._starts_at)

    def _on_error(self, error: QMediaPlayer.Error, _words: str) -> None:
        if error != QMediaPlayer.Error.NoError:
            self.broken.emit(self.loads, _BROKEN)

    def _on_refusal(self, refusal: EvidenceError) -> None:
        # Called from the backend's thread; whoever listens does so through a queue.
        self.broken.emit(self.loads, refusal.happened)
