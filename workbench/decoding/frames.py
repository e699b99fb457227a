"""Decoded frames: the one at a time, the next, the one before; upright, scaled, as BGRA bytes.

Frames are addressed by their time stamp, never by number: phones record with a varying rate.
"""

from collections import deque
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.decoding.packets import PacketSource, pts_of
from workbench.decoding.recordings import BAD_PACKETS_LIMIT, DAMAGED_FROM_HERE, LONGEST_MS, Recording
from workbench.errors import EvidenceError

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

_NO_FRAME = "No picture can be decoded from this recording."
_BT709 = 1
_PIXELS_OF_1080P = 1920 * 1088
_SEEK_REACH = 6


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


def upright(
    frame: "VideoFrame", max_width: int, max_height: int, at_ms: int = 0, *, turns: int | None = None
) -> Raster:
    """The frame turned upright (by `turns` quarters clockwise, where it does not know) and scaled to fit."""
    turns = quarter_turns(frame) if turns is None else turns
    if turns % 2:
        max_width, max_height = max_height, max_width
    width, height = fit(*_square_size(frame), max_width, max_height)
    scaled = frame.reformat(
        width=width,
        height=height,
        format="bgra",
        src_colorspace=_colorspace(frame),
        interpolation="AREA" if width * 2 < frame.width else "BILINEAR",
        threads=2,
    )
    if turns:
        return _turned(scaled, turns, at_ms)
    return Raster(width, height, _rows_of(scaled), at_ms)


def _turned(frame: "VideoFrame", turns: int, at_ms: int) -> Raster:
    from PIL import Image

    plane, size = frame.planes[0], (frame.width, frame.height)
    # The bytes only pass through: Pillow is told RGBA, and turns four bytes at a time.
    image = Image.frombuffer("RGBA", size, _bytes_of(plane), "raw", "RGBA", plane.line_size, 1)
    turn = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}[turns]
    turned = image.transpose(turn)
    return Raster(turned.width, turned.height, turned.tobytes(), at_ms)


def _rows_of(frame: "VideoFrame") -> bytes:
    """The frame's only plane, without what fills up its rows. Pillow would take twenty times as long."""
    plane = frame.planes[0]
    data, row = _bytes_of(plane), frame.width * 4
    if plane.line_size == row:
        return bytes(data)
    return b"".join(data[start : start + row] for start in range(0, plane.line_size * frame.height, plane.line_size))


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
    """Walks the frames of a recording, with the last ones kept in a ring. Not safe from several threads.

    The ring holds frames that follow each other without a gap; after an exception it is empty, and every
    question may be asked again.
    """

    def __init__(
        self, recording: Recording, *, walks: bool = True, on_frame: Callable[[], None] = lambda: None, kept: int = 16
    ) -> None:
        """`walks` False: for single key frames, small: quick and a little rough. `kept`: frames of 1080p in the ring.

        `on_frame` is called for each packet on the way; it may raise to give up.
        """
        if recording.video is None:
            raise EvidenceError("This recording has no picture.")
        self._recording = recording
        self._stream: VideoStream = recording.video
        self._stream.thread_type = "AUTO" if walks else "SLICE"
        self._stream.codec_context.thread_count = 2
        if not walks:
            self._stream.codec_context.options = {"skip_loop_filter": "all"}
        # Borrowed decoders (of AV1) hear only once, when they are opened, what they may pass over.
        self._may_hurry = not self._stream.codec_context.codec.name.startswith("lib")
        self._packets = PacketSource(recording, self._stream, on_frame)
        pixels = max(1, self._stream.codec_context.width * self._stream.codec_context.height)
        self._ring: deque[VideoFrame] = deque(maxlen=max(3, min(kept, kept * _PIXELS_OF_1080P // pixels)))
        self._index = 0
        self._coming: Iterator[VideoFrame] = iter(())
        self._ended = False
        self._whole_from = 0

    def at(self, at_ms: int) -> "VideoFrame":
        """The frame on screen at `at_ms` from the first; the last one beyond the end. Raises EvidenceError."""
        return self._go_to(self._pts(max(0, at_ms) / 1000), _SEEK_REACH)

    def holds(self, at_ms: int) -> bool:
        """Whether the frame on screen at a time is decoded already."""
        return self._holds(self._pts(max(0, at_ms) / 1000))

    def next(self) -> "VideoFrame | None":
        """The frame after the current one; None at the end, and the current one stays."""
        self.read_ahead()
        if self._index + 1 >= len(self._ring):
            return None
        self._index += 1
        return self._ring[self._index]

    def read_ahead(self) -> None:
        """Decode the frame after the current one, so that `next` has it at once; the current one stays."""
        if self._index + 1 < len(self._ring):
            return
        following = self._following()
        if following is not None and self._ring:
            self._ring.append(following)
            self._index = len(self._ring) - 2

    def beside(self, way: int) -> "VideoFrame | None":
        """The frame after the current one (1) or before it (-1), decoded if need be; the current one stays."""
        if way > 0:
            self.read_ahead()
        elif self._index == 0 and self.previous() is not None:
            self.next()
        place = self._index + way
        return self._ring[place] if 0 <= place < len(self._ring) else None

    def previous(self) -> "VideoFrame | None":
        """The frame before the current one; None at the beginning, and the current one stays."""
        if self._index == 0:
            if not self._ring:
                return None
            here = pts_of(self._ring[0])
            if pts_of(self._go_to(here - 1, (self._ring.maxlen or 0) + _SEEK_REACH)) >= here:
                return None
            return self._ring[self._index]
        self._index -= 1
        return self._ring[self._index]

    def time_ms(self, timed: "VideoFrame | Packet[VideoStream]") -> int:
        """When the frame appears, from the recording's first frame."""
        at_s = pts_of(timed) * float(self._stream.time_base or 0) - self._recording.origin_s
        return max(0, min(LONGEST_MS, round(at_s * 1000)))

    def key_packet(self, at_ms: int) -> "Packet[VideoStream] | None":
        """The key frame at or nearest before a time, not decoded yet. Empties the ring. Raises EvidenceError."""
        self._forget()
        return self._packets.key_packet(self._pts(max(0, at_ms) / 1000))

    def alone(self, packet: "Packet[VideoStream]") -> "VideoFrame | None":
        """The frame of the key packet read last, decoded without any other: cheap. None when it cannot be decoded."""
        import av

        try:
            # What waits for frames to be put in order comes out when the decoder is told that this is the end.
            frames = packet.decode() or self._stream.codec_context.decode(None)
        except av.FFmpegError:
            return None
        for frame in frames[:1]:
            frame.pts = pts_of(packet)
        return frames[0] if frames else None

    def key_frame(self, at_ms: int, known: Container[int] = ()) -> "VideoFrame | None":
        """The key frame at or nearest before a time; None when its time is `known`, or it cannot be decoded."""
        packet = self.key_packet(at_ms)
        return None if packet is None or self.time_ms(packet) in known else self.alone(packet)

    def _pts(self, seconds: float) -> int:
        base = self._stream.time_base
        # Half a millisecond forward: a time that was rounded down must still find its own frame.
        return int((seconds + 0.0005 + self._recording.origin_s) / base) if base else 0

    def _go_to(self, target: int, reach: int) -> "VideoFrame":
        """Stand at the frame on screen at `target`, with some `reach` frames before it in the ring, if it was not."""
        try:
            if not self._holds(target):
                self._travel(target, self._span(reach))
        except BaseException:
            self._forget()
            raise
        shown = [index for index, frame in enumerate(self._ring) if pts_of(frame) <= target]
        self._index = shown[-1] if shown else 0
        return self._ring[self._index]

    def _travel(self, target: int, span: int) -> None:
        self._whole_from = target - span
        if not self._leads_to(target):
            self._start_before(target)
        behind = self._walk_to(target)
        if behind is not None:
            # It stands longer than `span`, or is the last: it was passed in a hurry, so once more from before it.
            self._whole_from = behind - span
            self._start_before(behind)
            self._walk_to(target)

    def _holds(self, target: int) -> bool:
        if not self._ring or pts_of(self._ring[0]) > target:
            return False
        return self._ended or target < pts_of(self._ring[-1])

    def _leads_to(self, target: int) -> bool:
        """Whether decoding on is the shortest way: no key frame lies between."""
        if not self._ring or self._ended or target < pts_of(self._ring[0]):
            return False
        if target - pts_of(self._ring[-1]) <= self._span(_SEEK_REACH):
            return True
        return self._packets.reaches(target)

    def _span(self, frames: int) -> int:
        """So many frames as a time, roughly."""
        rate = float(self._stream.average_rate or 25)
        return int(frames / max(1.0, min(240.0, rate)) / float(self._stream.time_base or 1))

    def _walk_to(self, target: int) -> int | None:
        """Decode until the frame after `target`. The time of the last frame before it if that was not enough."""
        behind = None
        while pts_of(self._ring[-1]) <= target and (frame := self._following()) is not None:
            if pts_of(self._ring[-1]) < self._whole_from:
                behind = pts_of(self._ring[-1])
                self._ring.clear()
            self._ring.append(frame)
        if pts_of(self._ring[-1]) < self._whole_from:
            return pts_of(self._ring[-1])
        return behind if pts_of(self._ring[0]) > target else None

    def _following(self) -> "VideoFrame | None":
        try:
            frame = next(self._coming, None)
        except BaseException:
            self._forget()
            raise
        self._ended = frame is None and len(self._ring) > 0
        return frame

    def _start_before(self, target: int) -> None:
        """Begin the ring with a key frame at or before `target`, or the very first frame. Raises EvidenceError."""
        first = None
        for start in self._packets.starts(target):
            self._forget()
            self._packets.seek(start)
            self._coming = self._decode()
            first = self._following()
            if first is not None and pts_of(first) <= target:
                break
        if first is None:
            raise EvidenceError(_NO_FRAME)
        self._ring.append(first)

    def _forget(self) -> None:
        self._ring.clear()
        self._index = 0
        self._coming = iter(())
        self._ended = False

    def _decode(self) -> "Iterator[VideoFrame]":
        """Frames with time stamps; damaged packets are passed over, within reason."""
        import av

        bad = 0
        for packet in self._packets.coming():
            self._hurry(packet)
            try:
                frames = packet.decode()
            except av.FFmpegError as error:
                bad += 1
                if bad > BAD_PACKETS_LIMIT:
                    raise EvidenceError(DAMAGED_FROM_HERE) from error
                continue
            yield from (frame for frame in frames if frame.pts is not None)

    def _hurry(self, packet: "Packet[VideoStream]") -> None:
        """Pass over frames that nobody wants to see and no other frame is made from."""
        is_early = self._may_hurry and packet.pts is not None and packet.pts < self._whole_from
        wanted: Any = "NONREF" if is_early else "DEFAULT"
        if self._stream.codec_context.skip_frame != wanted:
            self._stream.codec_context.skip_frame = wanted
