"""The window's player: sends commands, hands frames on, and replaces a process that dies or falls silent.

Never blocks the window and never decodes. Silence is judged by the process's own signs of life.
"""

import threading
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage

from workbench.decoding.child import START_LIMIT_S, HeldSource
from workbench.player.link import Link
from workbench.player.ring import LARGEST_VIEW
from workbench.player.silence import SilenceWatch
from workbench.sealed.reader import PlainFile, SealedFile

_MOST_WAITING = 2000
_SILENT = "The recording stopped answering, so the player was started anew."
_GONE = "The recording made the player stop, so it was started anew."
_UNABLE = "The player could not be started on this computer."


class Player(QObject):
    """Plays one file at a time; times are in ms from its first frame.

    After `open` the first frame arrives, paused. `seek` and `step` deliver the exact frame while paused.
    `failed` carries a sentence; the file is closed then, and the player is ready for another `open`.
    """

    frame_arrived = Signal(QImage)
    position_changed = Signal(int)
    duration_changed = Signal(int)
    playing_changed = Signal(bool)
    failed = Signal(str)
    ended = Signal()
    _heard = Signal(object, object)
    _frame_waits = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link: Link | None = None
        self._links: list[Link] = []
        self._number = 0
        self._opening = 0
        self._playing = False
        self._duration_ms = 0
        self.has_refused = False
        """Whether the last `failed` was about the file; else the process died, fell silent or never started."""
        self.has_shown = False
        """Whether a frame of the file opened last arrived: what cannot be played may still be shown as pictures."""
        self._rate = 1.0
        self._muted = False
        self._view = (1280, 720)
        self._ring_view = (0, 0)
        self._newest = _NewestFrame()
        self._heard_events = self._told_events = 0
        self._silence = SilenceWatch(round(START_LIMIT_S * 1000), self)
        self._silence.broken.connect(lambda: self._replace(_SILENT))
        self._heard.connect(self._on_heard, Qt.ConnectionType.QueuedConnection)
        self._frame_waits.connect(self._on_frame_waits, Qt.ConnectionType.QueuedConnection)

    @property
    def pid(self) -> int:
        """The playback process, 0 for none; for diagnosis."""
        return self._link.pid if self._link is not None else 0

    @property
    def is_playing(self) -> bool:
        """Whether the process said that it plays."""
        return self._playing

    @property
    def duration_ms(self) -> int:
        """Of the open file, 0 while unknown."""
        return self._duration_ms

    def prepare(self) -> None:
        """Start the process ahead of need; without it the first `open` does."""
        if self._link is None:
            self._silence.ready = False
            self._link = Link(self._hear)
            self._links.append(self._link)
            self._ring_view = (0, 0)
            self._fit_ring()
            self._send("rate", self._rate)
            self._send("muted", self._muted)

    def open(self, source: SealedFile | PlainFile) -> None:
        """Open a file, paused at its beginning. The caller may close `source` at once."""
        held = HeldSource(source)
        self.prepare()
        self._forget_file()
        self.has_shown = False
        self._number += 1
        self._opening = self._number
        if self._link is not None:
            self._link.post_open(self._number, held)
        self._silence.expect(self._number)

    def play(self) -> None:
        """Play from the present place; from the beginning after the end."""
        self._ask("play")

    def pause(self) -> None:
        """Stand still."""
        self._ask("pause")

    def seek(self, ms: int) -> None:
        """Go to a place; the frame that is on screen there arrives, paused or not."""
        self._ask("seek", ms)

    def scrub(self, ms: int) -> None:
        """Pause and show at once the key frame before it, or what is decoded. Only the newest of many calls counts."""
        self._ask("scrub", ms)

    def step(self, frames: int) -> None:
        """So many frames forward or, below 0, back; pauses."""
        self._ask("step", frames)

    def set_rate(self, rate: float) -> None:
        """Speed; 1 is the recording's own. The pitch is kept where the system can."""
        self._rate = rate
        self._send("rate", rate)

    def set_muted(self, muted: bool) -> None:
        """Sound off or on."""
        self._muted = muted
        self._send("muted", muted)

    def set_view_size(self, width: int, height: int) -> None:
        """Frames arrive to fit this many device pixels, never enlarged."""
        view = max(16, min(LARGEST_VIEW[0], width)), max(16, min(LARGEST_VIEW[1], height))
        if view != self._view:
            self._view = view
            self._fit_ring()

    def close_file(self) -> None:
        """Let the file go; the process stays for the next one."""
        self._forget_file()
        self._send("close")

    def close(self) -> None:
        """End the process and wait for it, briefly."""
        self._forget_file()
        self._drop_link()
        for link in self._links:
            link.join(3.0)
        self._links.clear()

    def _ask(self, name: str, *arguments: Any) -> None:
        if self._opening:
            self._silence.expect(self._send(name, *arguments))

    def _send(self, name: str, *arguments: Any) -> int:
        self._number += 1
        if self._link is not None:
            self._link.post(name, self._number, *arguments)
        return self._number

    def _fit_ring(self) -> None:
        if self._link is None:
            return
        if self._view[0] * self._view[1] > self._ring_view[0] * self._ring_view[1]:
            self._ring_view = self._view
            self._number += 1
            self._link.post_ring(self._number, *self._view)
        self._send("view", *self._view)

    def _hear(self, link: Link, event: dict[str, Any]) -> None:
        """Called from the link's threads. Frames overtake each other: only the newest waits for the window.

        Raises ValueError for a process that chatters faster than any window can listen.
        """
        self._silence.hear()
        image = event.pop("image", None)
        if image is not None and self._newest.put(event.get("opening", 0), image):
            self._frame_waits.emit()
        if event.get("event") != "gone" and self._heard_events - self._told_events >= _MOST_WAITING:
            raise ValueError("no recording has so much to say")
        self._heard_events += 1
        self._heard.emit(link, event)

    @Slot()
    def _on_frame_waits(self) -> None:
        newest = self._newest.take()
        if newest is not None and newest[0] == self._opening:
            self.frame_arrived.emit(newest[1])

    @Slot(object, object)
    def _on_heard(self, link: Link, event: dict[str, Any]) -> None:
        self._told_events += 1
        if link is not self._link:
            if event.get("event") == "gone" and link in self._links:
                self._links.remove(link)
            return
        name = event.get("event")
        if name == "gone":
            self._replace(_GONE)
            return
        if name == "ready":
            self._silence.ready = True
        self._silence.go_on(playing=self._playing)
        if event.get("opening") == self._opening:
            self._tell(str(name), event)

    def _tell(self, name: str, event: dict[str, Any]) -> None:
        match name:
            case "frame":
                self.has_shown = True
            case "position":
                self.position_changed.emit(_number(event, "ms"))
            case "opened" | "duration":
                self._take_duration(_number(event, "ms") or _number(event, "duration_ms"))
            case "playing":
                self._playing = event.get("value") is True
                self.playing_changed.emit(self._playing)
            case "ended":
                self.ended.emit()
            case "failed":
                self._fail(str(event.get("sentence", _GONE)))
        self._silence.rest(_number(event, "number") if name == "done" else 0, playing=self._playing)

    def _take_duration(self, ms: int) -> None:
        if ms > 0 and ms != self._duration_ms:
            self._duration_ms = ms
            self.duration_changed.emit(ms)

    def _fail(self, sentence: str) -> None:
        self._forget_file()
        self.has_refused = True
        self.failed.emit(sentence)

    def _replace(self, sentence: str) -> None:
        ready, had_file = self._silence.ready, self._opening != 0
        self._forget_file()
        self._drop_link()
        if ready:
            self.prepare()
        if had_file:
            self.has_refused = False
            self.failed.emit(sentence if ready else _UNABLE)

    def _drop_link(self) -> None:
        link, self._link = self._link, None
        self._silence.ready = False
        if link is not None:
            link.stop()

    def _forget_file(self) -> None:
        self._opening = 0
        self._duration_ms = 0
        self._silence.stop()
        self._newest.take()
        if self._playing:
            self._playing = False
            self.playing_changed.emit(False)


class _NewestFrame:
    """The one frame that waits for the window; put in by another thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._frame: tuple[int, QImage] | None = None

    def put(self, opening: int, image: QImage) -> bool:
        """Replace what waits; returns whether nothing did."""
        with self._lock:
            waited, self._frame = self._frame is not None, (opening, image)
        return not waited

    def take(self) -> tuple[int, QImage] | None:
        """What waits, which then waits no more."""
        with self._lock:
            frame, self._frame = self._frame, None
        return frame


def _number(event: dict[str, Any], name: str) -> int:
    value = event.get(name)
    return value if type(value) is int and 0 <= value < 2**31 else 0
