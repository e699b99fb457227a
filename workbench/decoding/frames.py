"""Decoded frames: the one at a time, the next, the one before; upright, scaled, as BGRA bytes.

Frames are addressed by their time stamp, never by number: phones record with a varying rate.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.decoding.recordings import LONGEST_MS, Recording
from workbench.errors import EvidenceError

if TYPE_CHECKING:
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

_NO_FRAME = "No picture can be decoded from this recording."
_BAD_PACKETS_LIMIT = 200
_STEP_BACK_S = 5.0
_BT709 = 1
_RING_PIXELS = 16 * 1920 * 1088


@dataclass(frozen=True, slots=True)
class Raster:
    """Pixels of our own: `height` rows of `width` times 4 bytes, BGRA premultiplied."""

    width: int
    height: int
    data: bytes
    at_ms: int = 0


def fit(width: int, height: int, max_width: int, max_height: int) -> tuple[int, int]:
    """The largest size of the same shape within the maxima, never enlarged, at least 1 by 1."""
    factor = min(1.0, max_width / width, max_height / height)
    return max(1, round(width * factor)), max(1, round(height * factor))


def quarter_turns(frame: "VideoFrame") -> int:
    """How many quarter turns clockwise make the frame upright, 0 to 3."""
    # PyAV reports degrees counter-clockwise.
    return round(-frame.rotation / 90) % 4


def upright(frame: "VideoFrame", max_width: int, max_height: int, at_ms: int = 0) -> Raster:
    """The frame turned upright and scaled to fit, square pixels."""
    from PIL import Image

    turns = quarter_turns(frame)
    if turns % 2:
        max_width, max_height = max_height, max_width
    width, height = fit(*_square_size(frame), max_width, max_height)
    scaled = frame.reformat(
        width=width,
        height=height,
        format="bgra",
        src_colorspace=_colorspace(frame),
        interpolation="AREA" if width * 2 < frame.width else "BILINEAR",
    )
    plane = scaled.planes[0]
    # The bytes only pass through: Pillow is told RGBA, and turns four bytes at a time.
    image = Image.frombuffer("RGBA", (width, height), _bytes_of(plane), "raw", "RGBA", plane.line_size, 1)
    if turns:
        turn = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}[turns]
        image = image.transpose(turn)
    return Raster(image.width, image.height, image.tobytes(), at_ms)


def _colorspace(frame: "VideoFrame") -> int | None:
    # Left unsaid, high definition is BT.709; the player assumes the same, so that pausing keeps the colours.
    unsaid = int(frame.colorspace) in (0, 2)
    return _BT709 if unsaid and frame.height >= 720 else None


def _bytes_of(plane: object) -> Any:
    # Pillow takes any buffer; its annotations know only some.
    return memoryview(plane)  # type: ignore[arg-type]


def _square_size(frame: "VideoFrame") -> tuple[int, int]:
    ratio = getattr(frame, "sample_aspect_ratio", None)
    if not ratio or ratio <= 0 or ratio == 1 or not 0.2 < ratio < 5:
        return frame.width, frame.height
    return max(1, round(frame.width * ratio)), frame.height


class FrameSource:
    """Walks the frames of a recording, with the last ones kept in a ring. Not safe from several threads."""

    def __init__(
        self, recording: Recording, *, walks: bool = True, on_frame: Callable[[], None] = lambda: None
    ) -> None:
        """`walks` False: for single key frames, without the delay that decoding in several threads brings.

        `on_frame` is called for each packet decoded on the way; it may raise to give up.
        """
        if recording.video is None:
            raise EvidenceError("This recording has no picture.")
        self._on_frame = on_frame
        self._recording = recording
        self._stream: VideoStream = recording.video
        self._stream.thread_type = "AUTO" if walks else "SLICE"
        self._stream.codec_context.thread_count = 2
        pixels = max(1, self._stream.codec_context.width * self._stream.codec_context.height)
        self._ring: deque[VideoFrame] = deque(maxlen=max(3, min(16, _RING_PIXELS // pixels)))
        self._index = 0
        self._coming: Iterator[VideoFrame] = iter(())

    def at(self, at_ms: int) -> "VideoFrame":
        """The frame on screen at `at_ms` from the first; the last one beyond the end. Raises EvidenceError."""
        return self._go_to(self._pts(max(0, at_ms) / 1000))

    def next(self) -> "VideoFrame | None":
        """The frame after the current one; None at the end, and the current one stays."""
        if self._index + 1 == len(self._ring):
            following = next(self._coming, None)
            if following is None:
                return None
            self._ring.append(following)
            self._index = len(self._ring) - 2
        if not self._ring:
            return None
        self._index += 1
        return self._ring[self._index]

    def previous(self) -> "VideoFrame | None":
        """The frame before the current one; None at the beginning, and the current one stays."""
        if self._index == 0:
            if not self._ring:
                return None
            here = _pts_of(self._ring[0])
            if _pts_of(self._go_to(here - 1)) >= here:
                return None
            return self._ring[self._index]
        self._index -= 1
        return self._ring[self._index]

    def time_ms(self, frame: "VideoFrame") -> int:
        """When the frame appears, from the recording's first frame."""
        at_s = _pts_of(frame) * float(self._stream.time_base or 0) - self._recording.origin_s
        return max(0, min(LONGEST_MS, round(at_s * 1000)))

    def key_frame_near(self, at_ms: int) -> "VideoFrame | None":
        """The key frame at or before a time: cheap, one decoded frame."""
        self._stream.codec_context.skip_frame = "NONKEY"
        try:
            self._seek(self._pts(at_ms / 1000))
            return next(self._coming, None)
        finally:
            self._stream.codec_context.skip_frame = "DEFAULT"

    def _pts(self, seconds: float) -> int:
        base = self._stream.time_base
        # Half a millisecond forward: a time that was rounded down must still find its own frame.
        return int((seconds + 0.0005 + self._recording.origin_s) / base) if base else 0

    def _go_to(self, target: int) -> "VideoFrame":
        self._start_before(target)
        while _pts_of(self._ring[-1]) <= target and (frame := next(self._coming, None)) is not None:
            self._ring.append(frame)
        shown = [index for index, frame in enumerate(self._ring) if _pts_of(frame) <= target]
        self._index = shown[-1] if shown else 0
        return self._ring[self._index]

    def _start_before(self, target: int) -> None:
        """Begin the ring with a key frame at or before `target`, or the very first frame. Raises EvidenceError."""
        step = int(_STEP_BACK_S / (self._stream.time_base or 1))
        start = target
        while True:
            self._seek(start)
            first = next(self._coming, None)
            if first is not None and (_pts_of(first) <= target or start <= 0):
                break
            if start <= 0:
                raise EvidenceError(_NO_FRAME)
            start, step = max(0, start - step), step * 4
        self._ring.clear()
        self._ring.append(first)

    def _seek(self, pts: int) -> None:
        import av

        try:
            self._recording.container.seek(max(0, pts), stream=self._stream, backward=True)
        except av.FFmpegError as error:
            raise EvidenceError("The recording breaks off here.") from error
        self._coming = self._decode()

    def _decode(self) -> "Iterator[VideoFrame]":
        """Frames with time stamps; damaged packets are passed over, within reason."""
        import av

        packets = self._recording.container.demux(self._stream)
        bad = 0
        while bad <= _BAD_PACKETS_LIMIT:
            try:
                packet = next(packets, None)
                frames = packet.decode() if packet is not None else []
            except av.FFmpegError:
                bad += 1
                continue
            if packet is None:
                return
            self._on_frame()
            yield from (frame for frame in frames if frame.pts is not None)
        raise EvidenceError("The recording is damaged from here on.")


def _pts_of(frame: "VideoFrame") -> int:
    return frame.pts or 0
