"""Pauses a recording while a note is typed. Knows no note and no widget."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.ui.viewers.playback import Playback


class TypingPause:
    """Goes on afterwards only if it was typing that paused."""

    def __init__(self, playback: "Playback") -> None:
        self._playback = playback
        self._goes_on = False

    def begin(self) -> None:
        """Pause, and remember to go on."""
        self._goes_on = self._playback.is_playing
        self._playback.pause()

    def end(self) -> None:
        """Go on if typing had paused it."""
        if self._goes_on:
            self._goes_on = False
            self._playback.play()

    def forget(self) -> None:
        """Another recording."""
        self._goes_on = False
