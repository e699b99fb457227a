"""One recording in the player: what plays, where, how fast. Coalesces seeks; paints nothing."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from workbench.sealed.reader import PlainFile, SealedFile
from workbench.ui.viewers.loop import Loop
from workbench.ui.viewers.stills import STEP_MS, Stills
from workbench.ui.viewers.typing_pause import TypingPause

if TYPE_CHECKING:
    from workbench.player.client import Player

SEEK_EVERY_MS = 40
REST_MS = 120
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
        self._stills: Stills | None = None
        self._has_file = False
        self._plays_on = False
        self.typing = TypingPause(self)
        self._sought_ms: int | None = None
        self._loop = Loop()
        self.view_size = (0, 0)
        self.rate = 1.0
        self.is_playing = False
        self.is_ready = False
        self.duration_ms = 0
        self.position_ms = 0
        self.leaps = 0
        self._seek_timer = QTimer(self, singleShot=True, interval=SEEK_EVERY_MS)
        self._seek_timer.timeout.connect(self._on_seek_due)
        self._rest_timer = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest_timer.timeout.connect(lambda: self.seek(self.position_ms))

    def clear(self) -> None:
        """Stop, and forget the file."""
        if self._player is not None and self._has_file:
            self._player.close_file()
        self._drop_stills()
        self._has_file = self.is_ready = self._plays_on = False
        self.typing.forget()
        self._sought_ms = None
        self._loop.stop()
        self._seek_timer.stop()
        self._rest_timer.stop()
        self.position_ms = self.duration_ms = 0
        self._on_playing_changed(False)

    def open(self, file: SealedFile | PlainFile) -> None:
        """Open a file, paused at its beginning; `duration_changed` says that it can be moved in."""
        self._drop_stills()
        player = self._need_player()
        player.open(file)
        player.set_rate(self.rate)
        self._has_file = True

    def use_stills(self, stills: Stills) -> None:
        """Show still pictures from now on; the place stays."""
        self._drop_stills()
        self._stills = stills
        self._has_file = True
        stills.frame_arrived.connect(self._on_frame_arrived)
        stills.position_changed.connect(self._on_position_changed)
        stills.duration_changed.connect(self._on_duration_changed)
        stills.start()

    @property
    def has_stills(self) -> bool:
        """Whether still pictures stand in for the player."""
        return self._stills is not None

    def end(self) -> None:
        """End the player's process."""
        player, self._player = self._player, None
        self._has_file = self.is_ready = False
        self._drop_stills()
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
        if self._can_play and self._player is not None:
            if self.position_ms >= self.duration_ms - _AT_THE_END_MS:
                self.seek(self._loop.start_ms if self._loop.is_on else 0)
            self._player.play()

    def pause(self) -> None:
        """Stand still."""
        if self._can_play and self._player is not None:
            self._player.pause()

    def loop(self, start_ms: int, end_ms: int) -> None:
        """Play this range round and round, from now on and from its start."""
        self._loop.set_range(start_ms, end_ms, self.duration_ms)
        if self._loop.is_on and not start_ms <= self.position_ms < end_ms:
            self.seek(start_ms)
        self.play()

    def change_loop(self, start_ms: int, end_ms: int) -> None:
        """The range has other ends; play on where it plays."""
        self._loop.set_range(start_ms, end_ms, self.duration_ms)

    def stop_loop(self) -> None:
        """Play on beyond the range."""
        self._loop.stop()

    def jump(self, by_ms: int) -> None:
        """Go forward or back from where it is or was last asked to be."""
        self.seek(self.position_ms + by_ms)

    def seek(self, position_ms: int) -> None:
        """Go to a time, to the exact frame; of many in a row the player gets the last."""
        if self.is_ready:
            self._rest_timer.stop()
            self._sought_ms = self._go(position_ms)
            if not self._seek_timer.isActive():
                self._on_seek_due()

    def scrub(self, position_ms: int) -> None:
        """The hand moves: what is at hand fastest; the exact frame follows when it rests. Pauses meanwhile."""
        if not self.is_ready:
            return
        if self.is_playing:
            self._plays_on = True
            self.pause()
        self._go(position_ms)
        self._rest_timer.start()
        if self._stills is None and self._player is not None:
            self._sought_ms = None
            self._player.scrub(self.position_ms)

    def end_scrub(self, position_ms: int) -> None:
        """The hand lets go: the exact frame, and on if it had been playing."""
        self.seek(position_ms)
        plays_on, self._plays_on = self._plays_on, False
        if plays_on:
            self.play()

    def step(self, frames: int) -> None:
        """So many frames on or back (stills: seconds); pauses."""
        if self._stills is not None:
            self.jump(frames * STEP_MS)
        elif self.is_ready and self._player is not None:
            self._loop.forget_place()
            self._player.step(frames)

    def set_rate(self, rate: float) -> None:
        """Play at this speed."""
        self.rate = rate
        if self._player is not None:
            self._player.set_rate(rate)

    def set_view_size(self, width: int, height: int) -> None:
        """Frames should fit so many device pixels."""
        self.view_size = (width, height)
        for target in (self._stills, self._player):
            if target is not None:
                target.set_view_size(width, height)

    @property
    def _can_play(self) -> bool:
        return self.is_ready and self._stills is None

    def _need_player(self) -> "Player":
        if self._player is None:
            player = self._player = self._player_factory()
            player.frame_arrived.connect(self._on_player_frame)
            player.position_changed.connect(self._on_position_changed)
            player.duration_changed.connect(self._on_duration_changed)
            player.playing_changed.connect(self._on_playing_changed)
            player.ended.connect(self._on_ended)
            player.failed.connect(self._on_failed)
            player.set_view_size(*self.view_size)
        return self._player

    def _drop_stills(self) -> None:
        stills, self._stills = self._stills, None
        if stills is not None:
            stills.close()
            stills.deleteLater()

    def _go(self, position_ms: int) -> int:
        self.position_ms = max(0, min(position_ms, self.duration_ms))
        self.leaps += 1
        self._loop.forget_place()
        self.moved.emit()
        return self.position_ms

    def _on_player_frame(self, frame: QImage) -> None:
        if self._stills is None:
            self._on_frame_arrived(frame)

    def _on_frame_arrived(self, frame: QImage) -> None:
        if self._has_file:
            self.frame_arrived.emit(frame)

    def _on_position_changed(self, position_ms: int) -> None:
        if self._has_file and not self._seek_timer.isActive() and not self._rest_timer.isActive():
            self.position_ms = position_ms
            self.moved.emit()
            if self.is_playing and self._loop.has_crossed(position_ms):
                self.seek(self._loop.start_ms)

    def _on_duration_changed(self, duration_ms: int) -> None:
        if self._has_file and duration_ms > 0:
            self.duration_ms = duration_ms
            self.is_ready = True
            self.duration_changed.emit(duration_ms)

    def _on_playing_changed(self, playing: bool) -> None:
        if playing != self.is_playing and (self._has_file or not playing):
            self.is_playing = playing
            self.playing_changed.emit(playing)

    def _on_ended(self) -> None:
        if self._has_file and self._loop.is_at_end(self.duration_ms):
            self.seek(self._loop.start_ms)
            self.play()

    def _on_failed(self, reason: str) -> None:
        if self._has_file and self._stills is None:
            self._has_file = False
            self._seek_timer.stop()
            self._rest_timer.stop()
            is_refusal = self._player is not None and self._player.has_refused
            (self.failed if is_refusal else self.stopped).emit(reason)

    def _on_seek_due(self) -> None:
        sought, self._sought_ms = self._sought_ms, None
        target = self._stills or self._player
        if sought is not None and target is not None:
            target.seek(sought)
            self._seek_timer.start()
            self.sought.emit()
