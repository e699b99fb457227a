"""The recording as it stands still: the exact frame at a place, its neighbours, and what is quickest to show."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from workbench.decoding.frames import FrameSource, Raster, upright
from workbench.decoding.recordings import measured, open_recording
from workbench.errors import EvidenceError
from workbench.sealed.reader import Reader

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

_PATIENCE_S = 20.0


class OvertakenError(Exception):
    """A newer command makes the picture that is being decoded pointless."""


class Standing:
    """Still frames of one recording. While a long way is decoded, `on_progress` is called, which may raise."""

    def __init__(self, reader: Reader, on_progress: Callable[[], None]) -> None:
        self._on_progress = on_progress
        self._give_up_at_s = time.monotonic() + _PATIENCE_S
        self.recording = measured(open_recording(reader), self._on_frame)
        self._at_ms: int | None = None
        self._shown_key_ms: tuple[int, ...] = ()
        self._ready: tuple[tuple[int, int, int], Raster] | None = None
        self._frames = FrameSource(self.recording, on_frame=self._on_frame) if self.recording.video else None

    @property
    def pictures_end_ms(self) -> int:
        """How long there are frames; 0 where the file does not say."""
        video = self.recording.video
        length = video.duration if video is not None else None
        return round(length * float(video.time_base or 0) * 1000) if video is not None and length else 0

    @property
    def is_doubtful(self) -> bool:
        """Whether the decoder is a borrowed one (of AV1), which Qt's FFmpeg may lack without saying so."""
        video = self.recording.video
        return video is not None and video.codec_context.codec.name.startswith("lib")

    def at(self, place_ms: int, max_width: int, max_height: int) -> Raster | None:
        """The frame at a place; None for a sound recording. Raises EvidenceError."""
        if self._frames is None:
            return None
        self._begin()
        frame = self._frames.at(place_ms)
        self._at_ms = place_ms
        return upright(frame, max_width, max_height, self._frames.time_ms(frame))

    def near(self, place_ms: int, max_width: int, max_height: int) -> Raster | None:
        """The key frame at or before a place, or at once the exact one where it is decoded already.

        None when there is nothing new to show. Raises EvidenceError.
        """
        if self._frames is None:
            return None
        if self._frames.holds(place_ms):
            return self.at(place_ms, max_width, max_height)
        known = self._shown_key_ms
        self._begin()
        frame = self._frames.key_frame(place_ms, known)
        if frame is None:
            self._shown_key_ms = known
            return None
        at_ms = self._frames.time_ms(frame)
        self._shown_key_ms = (at_ms,)
        return upright(frame, max_width, max_height, at_ms)

    def step(self, place_ms: int, frames: int, max_width: int, max_height: int) -> Raster | None:
        """The frame so many frames after (or, below 0, before) the one at a place, as far as there are any."""
        if self._frames is None:
            return None
        here_ms = self._at_ms
        self._begin()
        if here_ms != place_ms:
            self._frames.at(place_ms)
        frame = None
        for _ in range(abs(frames)):
            neighbour = self._frames.next() if frames > 0 else self._frames.previous()
            if neighbour is None:
                break
            frame = neighbour
        self._at_ms = place_ms if frame is None else self._frames.time_ms(frame)
        return None if frame is None else self._picture(frame, max_width, max_height)

    def prepare(self, way: int, max_width: int, max_height: int) -> None:
        """Decode and scale the next frame (1) or the one before (-1): a hand that steps on goes on."""
        here_ms = self._at_ms
        if self._frames is None or here_ms is None:
            return
        # What is wrong with that frame is told when somebody asks for it.
        with suppress(Exception):
            self._begin()
            frame = self._frames.beside(way)
            self._at_ms = here_ms
            if frame is not None:
                self._picture(frame, max_width, max_height)

    def _picture(self, frame: "VideoFrame", max_width: int, max_height: int) -> Raster:
        """The frame to fit; the last one is kept."""
        assert self._frames is not None
        wanted = (self._frames.time_ms(frame), max_width, max_height)
        if self._ready is None or self._ready[0] != wanted:
            self._ready = wanted, upright(frame, max_width, max_height, wanted[0])
        return self._ready[1]

    def close(self) -> None:
        """Free the decoder."""
        self._at_ms = None
        self.recording.close()

    def _begin(self) -> None:
        """A new picture: until it is decoded, the source stands nowhere."""
        self._at_ms = None
        self._shown_key_ms = ()
        self._give_up_at_s = time.monotonic() + _PATIENCE_S

    def _on_frame(self) -> None:
        self._on_progress()
        if time.monotonic() > self._give_up_at_s:
            raise EvidenceError("This recording takes too long to decode.")
