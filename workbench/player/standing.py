"""The recording as it stands still: the exact frame at a place, and its neighbours."""

import time
from collections.abc import Callable

from workbench.decoding.frames import FrameSource, Raster, upright
from workbench.decoding.recordings import open_recording
from workbench.errors import EvidenceError
from workbench.sealed.reader import Reader

_PATIENCE_S = 20.0


class Standing:
    """Still frames of one recording. `on_progress` is called while a long way is decoded."""

    def __init__(self, reader: Reader, on_progress: Callable[[], None]) -> None:
        self.recording = open_recording(reader)
        self._on_progress = on_progress
        self._give_up_at_s = 0.0
        self._at_ms: int | None = None
        self._frames = FrameSource(self.recording, on_frame=self._on_frame) if self.recording.video else None

    def at(self, place_ms: int, max_width: int, max_height: int) -> Raster | None:
        """The frame at a place; None for a sound recording. Raises EvidenceError."""
        if self._frames is None:
            return None
        self._be_patient()
        frame = self._frames.at(place_ms)
        self._at_ms = place_ms
        return upright(frame, max_width, max_height, self._frames.time_ms(frame))

    def step(self, place_ms: int, frames: int, max_width: int, max_height: int) -> Raster | None:
        """The frame so many frames after (or, below 0, before) the one at a place, as far as there are any."""
        if self._frames is None:
            return None
        self._be_patient()
        if self._at_ms != place_ms:
            self._frames.at(place_ms)
        frame = None
        for _ in range(abs(frames)):
            neighbour = self._frames.next() if frames > 0 else self._frames.previous()
            if neighbour is None:
                break
            frame = neighbour
        if frame is None:
            self._at_ms = place_ms
            return None
        self._at_ms = self._frames.time_ms(frame)
        return upright(frame, max_width, max_height, self._at_ms)

    def close(self) -> None:
        """Free the decoder."""
        self.recording.close()

    def _be_patient(self) -> None:
        self._give_up_at_s = time.monotonic() + _PATIENCE_S

    def _on_frame(self) -> None:
        self._on_progress()
        if time.monotonic() > self._give_up_at_s:
            raise EvidenceError("This recording takes too long to decode.")
