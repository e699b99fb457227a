"""In and out: set, nudged, dragged, played round and round. Cites nothing; paints nothing."""

from dataclasses import replace
from typing import Literal

from PySide6.QtCore import QObject, Signal

from workbench.model.citation import TimeRange
from workbench.ui.viewers.cite_range import CiteRange
from workbench.ui.viewers.playback import Playback

NUDGE_MS = 1000


class Marking(QObject):
    """The marks of the open recording. Emits `changed` when they, or the loop, are other than before."""

    changed = Signal()

    def __init__(self, playback: Playback, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._playback = playback
        self._is_editable = True
        self.range = CiteRange()
        self.is_looping = False

    def place(self) -> TimeRange:
        """What would be cited now."""
        return self.range.place(self._playback.position_ms, self._playback.duration_ms)

    def set_seconds(self, seconds: int) -> None:
        """How many seconds up to now a citation takes when nothing is marked."""
        self.range = replace(self.range, seconds=seconds)

    def set_editable(self, editable: bool) -> None:
        """Nothing is marked where nothing can be cited."""
        self._is_editable = editable
        if not editable:
            self.clear()

    def mark_in(self) -> None:
        """The next citation begins here."""
        if self._is_editable and self._playback.is_ready:
            self._take(self.range.with_in(self._playback.position_ms))

    def mark_out(self) -> None:
        """The next citation ends here."""
        if self._is_editable and self._playback.is_ready:
            self._take(self.range.with_out(self._playback.position_ms))

    def move(self, mark: Literal["in", "out"], at_ms: int) -> None:
        """Drag a mark."""
        self._take(self.range.moved(mark, at_ms, self._playback.duration_ms))

    def nudge(self, mark: Literal["in", "out"], by_ms: int) -> None:
        """Move a mark a little, and show what is there now."""
        before = self.range.in_ms if mark == "in" else self.range.out_ms
        if before is not None:
            self.move(mark, before + by_ms)
            after = self.range.in_ms if mark == "in" else self.range.out_ms
            if after is not None and not self.is_looping:
                self._playback.seek(after)

    def clear(self) -> None:
        """Cite the last seconds again, and play on beyond the range."""
        self.is_looping = False
        self._playback.stop_loop()
        self._take(self.range.unmarked())

    def toggle_loop(self) -> None:
        """Play what is marked (else the last seconds, which are marked then) round and round, or stop that."""
        if self.is_looping:
            self.is_looping = False
            self._playback.stop_loop()
        elif self._playback.is_ready and not self._playback.has_stills:
            wanted = self.place()
            if wanted.end_ms > wanted.start_ms:
                self.range = replace(self.range, in_ms=wanted.start_ms, out_ms=wanted.end_ms)
                self.is_looping = True
                self._playback.loop(wanted.start_ms, wanted.end_ms)
        self.changed.emit()

    def _take(self, marked: CiteRange) -> None:
        self.range = marked
        if self.is_looping:
            self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        first, last = self.range.in_ms, self.range.out_ms
        if first is None or last is None:
            self.is_looping = False
            self._playback.stop_loop()
        else:
            self._playback.change_loop(first, last)
