"""One recording in the player: what plays, where, how fast. Coalesces seeks; paints nothing."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from workbench.sealed.reader import PlainFile, SealedFile

if TYPE_CHECKING:
    from workbench.player.client import Player

SEEK_EVERY_MS = 40
_AT_THE_END_MS = 50
PlayerFactory = Callable[[], "Player"]


class Playback(QObject):
    """The player is made when the first file is opened. Nothing of a former file is ever passed on."""

    frame_arrived = Signal(QImage)
    moved = Signal()
    """The position has changed, by playing or by asking."""
    duration_changed = Signal(int)
    playing_changed = Signal(bool)
    sought = Signal()
    failed = Signal(str)
    """The decoder has refused the file."""
    stopped = Signal(str)
    """The player itself gave up; the file may be fine."""

    def __init__(self, player_factory: PlayerFactory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player_factory = player_factory
        self._player: Player | None = None
        self._has_file = False
        self._resume = False
        self._sought_ms: int | None = None
        self._view = (0, 0)
        self.rate = 1.0
        self.is_playing = False
        self.is_ready = False
        self.duration_ms = 0
        self.position_ms = 0
        self._seek_timer = QTimer(self, singleShot=True, interval=SEEK_EVERY_MS)
        self._seek_timer.timeout.connect(self._on_seek_due)

    def clear(self) -> None:
        """Stop, and forget the file."""
        if self._player is not None and self._has_file:
            self._player.pause()
        self._has_file = self.is_ready = self._resume = False
        self._sought_ms = None
        self._seek_timer.stop()
        self.position_ms = self.duration_ms = 0
        self._on_playing_changed(False)

    def open(self, file: SealedFile | PlainFile) -> None:
        """Open a file, paused at its beginning; `duration_changed` says that it can be moved in."""
        player = self._need_player()
        player.open(file)
        player.set_rate(self.rate)
        self._has_file = True

    def end(self) -> None:
        """End the player's process."""
        player, self._player = self._player, None
        self._has_file = self.is_ready = False
        if player is not None:
            player.close()

    def toggle(self) -> None:
        """Play or pause."""
        if self.is_playing:
            self.pause()
        else:
            self.play()

    def play(self) -> None:
        """Play, from the beginning when the end is reached."""
        if self.is_ready and self._player is not None:
            if self.position_ms >= self.duration_ms - _AT_THE_END_MS:
                self.seek(0)
            self._player.play()

    def pause(self) -> None:
        """Stand still."""
        if self.is_ready and self._player is not None:
            self._player.pause()

    def pause_for_typing(self) -> None:
        """Pause, and remember to go on."""
        self._resume = self.is_playing
        self.pause()

    def resume_after_typing(self) -> None:
        """Go on if typing had paused it."""
        if self._resume:
            self._resume = False
            self.play()

    def jump(self, by_ms: int) -> None:
        """Go forward or back from where it is or was last asked to be."""
        self.seek(self.position_ms + by_ms)

    def seek(self, position_ms: int) -> None:
        """Go to a time; of many in a row the player gets the last."""
        if self.is_ready:
            self._sought_ms = self.position_ms = max(0, min(position_ms, self.duration_ms))
            self.moved.emit()
            if not self._seek_timer.isActive():
                self._on_seek_due()

    def step(self, frames: int) -> None:
        """So many frames on or back; pauses."""
        if self.is_ready and self._player is not None:
            self._player.step(frames)

    def set_rate(self, rate: float) -> None:
        """Play at this speed."""
        self.rate = rate
        if self._player is not None:
            self._player.set_rate(rate)

    def set_view_size(self, width: int, height: int) -> None:
        """Frames should fit so many device pixels."""
        self._view = (width, height)
        if self._player is not None:
            self._player.set_view_size(width, height)

    def _need_player(self) -> "Player":
        if self._player is None:
            player = self._player = self._player_factory()
            player.frame_arrived.connect(self._on_frame_arrived)
            player.position_changed.connect(self._on_position_changed)
            player.duration_changed.connect(self._on_duration_changed)
            player.playing_changed.connect(self._on_playing_changed)
            player.failed.connect(self._on_failed)
            player.set_view_size(*self._view)
        return self._player

    def _on_frame_arrived(self, frame: QImage) -> None:
        if self._has_file:
            self.frame_arrived.emit(frame)

    def _on_position_changed(self, position_ms: int) -> None:
        if self._has_file and not self._seek_timer.isActive():
            self.position_ms = position_ms
            self.moved.emit()

    def _on_duration_changed(self, duration_ms: int) -> None:
        if self._has_file and duration_ms > 0:
            self.duration_ms = duration_ms
            self.is_ready = True
            self.duration_changed.emit(duration_ms)

    def _on_playing_changed(self, playing: bool) -> None:
        if playing != self.is_playing and (self._has_file or not playing):
            self.is_playing = playing
            self.playing_changed.emit(playing)

    def _on_failed(self, reason: str) -> None:
        if self._has_file:
            self._has_file = self.is_ready = False
            is_refusal = self._player is not None and self._player.has_refused
            (self.failed if is_refusal else self.stopped).emit(reason)

    def _on_seek_due(self) -> None:
        sought, self._sought_ms = self._sought_ms, None
        if sought is not None and self._player is not None:
            self._player.seek(sought)
            self._seek_timer.start()
            self.sought.emit()
