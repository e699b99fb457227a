"""The packets of a recording's picture: from a place on, or its key frame alone. Decodes nothing."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from workbench.decoding.recordings import Recording, packets_of
from workbench.errors import EvidenceError

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

_STEP_BACK_S = 5.0


class PacketSource:
    """Reads packets of one stream; `read_to` is the decoding time of the last, None after a seek."""

    def __init__(self, recording: Recording, stream: "VideoStream", on_packet: Callable[[], None]) -> None:
        """`on_packet` is called for each packet on the way; it may raise to give up."""
        from av.stream import Discard

        self.read_to: int | None = None
        self._recording = recording
        self._stream = stream
        self._on_packet = on_packet
        for other in recording.container.streams:
            # Sound between the pictures is passed over without being read.
            other.discard = Discard.default if other is stream else Discard.all

    def seek(self, pts: int) -> None:
        """Go to the key frame at or before a time. Decoders are empty afterwards. Raises EvidenceError."""
        import av

        self.read_to = None
        try:
            self._recording.container.seek(max(0, pts), stream=self._stream, backward=True)
        except av.FFmpegError as error:
            raise EvidenceError("The recording breaks off here.") from error

    def coming(self) -> "Iterator[Packet[VideoStream]]":
        """Packets from here on, and at the end the empty one that makes a decoder give what it holds back."""
        for packet in packets_of(self._recording, self._stream, is_strict=True):
            self._on_packet()
            if packet.dts is not None:
                self.read_to = packet.dts
            yield packet

    def key_packet(self, target: int) -> "Packet[VideoStream] | None":
        """The key frame's packet at or nearest before a time; None when there is none. Raises EvidenceError."""
        packet = None
        for start in self.starts(target):
            self.seek(start)
            packet = next((packet for packet in self.coming() if packet.is_keyframe), None)
            if packet is not None and pts_of(packet) <= target:
                break
        return packet

    def starts(self, target: int) -> Iterator[int]:
        """Where to look for a key frame: at the place, then farther and farther before it; the last is 0."""
        step = int(_STEP_BACK_S / (self._stream.time_base or 1))
        start = target
        while start > 0:
            yield start
            start, step = start - step, step * 4
        yield 0

    def reaches(self, target: int) -> bool:
        """Whether no key frame lies between what was read last and a time, as far as the file tells."""
        index = self._stream.index_entries
        key = index.search_timestamp(target, backward=True) if self.read_to is not None and len(index) else -1
        return key >= 0 and self.read_to is not None and index[key].timestamp <= self.read_to


def pts_of(timed: "VideoFrame | Packet[VideoStream]") -> int:
    """When it is shown, or where that is left unsaid, when it is decoded; in the stream's time base."""
    return next((time for time in (timed.pts, timed.dts) if time is not None), 0)
