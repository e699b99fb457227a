"""One recording in the playback process: moving through Qt's player, still through a decoder of its own.

While it plays, pictures come from the player. While it stands, they come from the frame source: that one is
exact, and a paused backend is not. The two never show at the same time.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer

from workbench.errors import EvidenceError
from workbench.player.moving import Moving
from workbench.player.screen import Screen
from workbench.player.standing import OvertakenError, Standing
from workbench.player.tongue import Tongue
from workbench.sealed.reader import PlainFile, Reader, SealedFile, open_reader

_SOUND_STEP_MS = 40
_PRESSING = ("open", "close")
_BROKEN = "This recording cannot be played."


class Playback(QObject):
    """Obeys the window's commands; each one is answered with `done` once its effect was sent."""

    def __init__(self, tongue: Tongue, *, is_overtaken: Callable[[tuple[str, ...]], bool]) -> None:
        """`is_overtaken`: whether one of the commands so named waits already."""
        super().__init__()
        self._tongue = tongue
        self._is_overtaken = is_overtaken
        self._screen = Screen(tongue)
        self._source: SealedFile | PlainFile | None = None
        self._standing: Standing | None = None
        self._place_ms = 0
        self._playing = False
        self._awaited = 0
        self._is_brief = False
        self._moving = Moving(self)
        self._moving.frame_shown.connect(self._on_frame_shown)
        self._moving.position_moved.connect(self._on_position_moved)
        self._moving.duration_known.connect(self._on_duration_known)
        self._moving.finished.connect(self._on_finished)
        self._moving.waited.connect(tongue.alive)
        self._moving.broken.connect(self._on_broken, Qt.ConnectionType.QueuedConnection)
        self._acts: dict[str, Callable[..., None]] = {
            "open": self._open,
            "close": self._close,
            "play": self._play,
            "pause": self._pause,
            "seek": self._seek,
            "scrub": self._scrub,
            "step": self._step,
            "rate": self._set_rate,
            "muted": self._set_muted,
            "view": self._set_view,
            "ring": self._screen.take_ring,
            "free": self._screen.free,
        }

    def obey(self, name: str, number: int, *arguments: Any) -> None:
        """Do one command. A reason to refuse the file goes to the window as an event."""
        self._is_brief = name in ("open", "scrub")
        try:
            self._acts[name](number, *arguments)
        except OvertakenError:
            self._done(number)
        except EvidenceError as refusal:
            self._give_up(refusal)
        except Exception:
            # Decoders raise whatever they like on damaged files.
            self._give_up(EvidenceError(_BROKEN))

    def _open(self, number: int, source: SealedFile | PlainFile) -> None:
        self._shut()
        self._tongue.opening = number
        self._source = source
        reader = open_reader(source)
        self._standing = Standing(reader, self._on_progress)
        facts = self._standing.recording
        self._tongue.say(
            "opened", duration_ms=facts.duration_ms or 0, has_video=facts.video is not None, has_audio=facts.has_audio
        )
        self._moving.load(
            self._second_reader(reader),
            has_video=facts.video is not None,
            pictures_end_ms=self._standing.pictures_end_ms,
            is_doubtful=self._standing.is_doubtful,
        )
        self._stand_at(0)
        self._done(number)

    def _close(self, number: int) -> None:
        self._shut()
        self._done(number)

    def _second_reader(self, first: Reader) -> Reader:
        # Its own cache: the backend reads ahead in another thread.
        return open_reader(self._source) if self._source is not None else first

    def _play(self, number: int) -> None:
        if self._standing is None or self._playing:
            self._done(number)
            return
        if self._moving.at_end:
            self._place_ms = 0
        self._playing = True
        self._awaited = number
        self._moving.play_from(self._place_ms)
        self._tongue.say("playing", value=True)

    def _pause(self, number: int) -> None:
        if self._playing:
            self._stop_moving()
        self._done(number)

    def _seek(self, number: int, ms: int) -> None:
        if self._standing is None:
            self._done(number)
            return
        place_ms = self._within(ms)
        if self._playing:
            self._place_ms = place_ms
            self._awaited = number
            self._moving.jump(place_ms)
        else:
            self._stand_at(place_ms)
            self._done(number)

    def _scrub(self, number: int, ms: int) -> None:
        if self._playing:
            self._screen.forget()
            self._stop_moving()
        if self._standing is not None:
            place_ms = self._within(ms)
            raster = self._standing.near(place_ms, *self._screen.view)
            if raster is not None:
                self._screen.show(raster)
            self._place(place_ms)
        self._done(number)

    def _within(self, ms: int) -> int:
        known_ms = self._standing.recording.duration_ms if self._standing is not None else 0
        return max(0, min(ms, self._moving.duration_ms or known_ms or ms))

    def _step(self, number: int, frames: int) -> None:
        if self._playing:
            self._stop_moving()
        if self._standing is not None:
            raster = self._standing.step(self._place_ms, frames, *self._screen.view)
            if raster is not None:
                self._screen.show(raster)
                self._place(raster.at_ms)
                QTimer.singleShot(0, partial(self._standing.prepare, 1 if frames > 0 else -1, *self._screen.view))
            elif self._standing.recording.video is None:
                self._place(max(0, self._place_ms + frames * _SOUND_STEP_MS))
        self._done(number)

    def _set_rate(self, number: int, rate: float) -> None:
        self._moving.set_rate(rate)
        self._done(number)

    def _set_muted(self, number: int, muted: bool) -> None:
        self._moving.set_muted(muted)
        self._done(number)

    def _set_view(self, number: int, width: int, height: int) -> None:
        self._screen.view = (width, height)
        if self._standing is not None and not self._playing:
            raster = self._standing.at(self._place_ms, width, height)
            if raster is not None:
                self._screen.show(raster)
        self._done(number)

    def _on_progress(self) -> None:
        self._tongue.alive()
        # A hand that never rests must see where it is.
        if self._is_overtaken(_PRESSING if self._is_brief else (*_PRESSING, "scrub")):
            raise OvertakenError

    def _stand_at(self, place_ms: int) -> None:
        if self._standing is None:
            return
        self._place(place_ms)
        raster = self._standing.at(place_ms, *self._screen.view)
        if raster is not None:
            self._screen.show(raster)

    def _place(self, place_ms: int) -> None:
        """We stand here now; the moving player follows when it is asked to play."""
        self._place_ms = place_ms
        self._moving.forget_place()
        self._tongue.say("position", ms=place_ms)

    def _stop_moving(self) -> None:
        self._playing = False
        self._place_ms = self._moving.pause()
        self._awaited = 0
        self._tongue.say("playing", value=False)
        self._tongue.say("position", ms=self._place_ms)
        self._make_up()

    def _done(self, number: int) -> None:
        self._tongue.say("done", number=number)

    def _reached(self) -> None:
        if self._awaited:
            self._done(self._awaited)
            self._awaited = 0

    def _on_frame_shown(self, frame: Any, at_ms: int) -> None:
        if not self._playing:
            return
        try:
            self._screen.show_moving(frame, at_ms)
        except Exception:
            self._give_up(EvidenceError(_BROKEN))
            return
        self._place_ms = at_ms
        self._tongue.say("position", ms=at_ms)
        self._reached()

    def _on_position_moved(self, ms: int) -> None:
        if not self._playing:
            return
        self._place_ms = ms
        self._tongue.say("position", ms=ms)
        self._reached()

    def _on_duration_known(self, ms: int) -> None:
        self._tongue.say("duration", ms=ms)

    def _on_finished(self) -> None:
        if not self._playing:
            return
        self._playing = False
        self._reached()
        self._tongue.say("playing", value=False)
        self._make_up()
        self._tongue.say("ended")

    def _make_up(self) -> None:
        """Show the frame we stand at when the window was too slow for it while it moved."""
        if self._screen.lacks_the_last() and self._standing is not None:
            with suppress(OvertakenError):
                raster = self._standing.at(self._place_ms, *self._screen.view)
                if raster is not None:
                    self._screen.show(raster)

    def _on_broken(self, load: int, sentence: str) -> None:
        if load == self._moving.loads and self._standing is not None:
            self._give_up(EvidenceError(sentence))

    def _give_up(self, refusal: EvidenceError) -> None:
        self._shut()
        self._tongue.refuse(refusal)

    def _shut(self) -> None:
        self._playing = False
        self._awaited = 0
        self._screen.forget()
        self._place_ms = 0
        self._moving.unload()
        if self._standing is not None:
            self._standing.close()
            self._standing = None
        if self._source is not None:
            self._source.close()
            self._source = None
