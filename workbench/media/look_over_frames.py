"""The pictures of a stretch of a recording, small and grey: key frames where they are enough, else twice a second.

A stretch between two key frames is decoded only where something may begin, end or stand still in it. Judges nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

from workbench.decoding.frames import quarter_turns
from workbench.decoding.packets import PacketSource, pts_of
from workbench.decoding.recordings import Recording
from workbench.errors import EvidenceError
from workbench.media.look_over_measures import STILL_BELOW, difference_of, fitting, look_of

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

STEP_MS = 500
FINGERPRINT_EVERY_MS = 10_000
_QUIET_MOST_MS = 2_100
"""Two seconds are the shortest stretch that is told: between key frames so far apart it cannot lie unseen."""
_KEYS_ENOUGH_MS = 1_000
_THIN_SHARE, _THIN_BYTES = 0.05, 4096
"""A second of packets smaller than a twentieth of their key frame, or than this, may be a picture that stands still."""
_GROUP_MOST = 600
_BAD_PACKETS_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Look:
    """One picture: from when it is on screen, and how it looks."""

    at_ms: int
    grey: Any


@dataclass(slots=True)
class _Group:
    """Packets from a key frame to before the next one; of a very long group a piece. `first`: its key frame."""

    packets: "list[Packet[VideoStream]]"
    has_key: bool
    first: Look | None = None


def looks(recording: Recording, stream: "VideoStream", start_ms: int, end_ms: int) -> Iterator[Look]:
    """Pictures in their order, from one step before `start_ms` on. Raises EvidenceError where it is damaged."""
    decoder = _Decoder(recording, stream)
    next_ms = max(0, start_ms - STEP_MS)
    group: _Group | None = None
    for following in chain(decoder.groups(next_ms, end_ms), (None,)):
        if group is not None:
            is_quiet = _is_quiet(decoder, group, following)
            shown: Iterable[Look | None] = [group.first] if is_quiet else decoder.all_of(group, following)
            for look in shown:
                if look is None or look.at_ms < next_ms:
                    continue
                if look.at_ms >= end_ms:
                    return
                next_ms = (look.at_ms // STEP_MS + 1) * STEP_MS
                yield look
        group = following


def _is_quiet(decoder: "_Decoder", group: _Group, following: _Group | None) -> bool:
    """Whether what its two key frames show is enough."""
    # The decoder must be empty for a key frame alone: it is not between the pieces of a very long group.
    if following is None or not (group.has_key and following.has_key):
        return False
    first, after = decoder.first_of(group), decoder.first_of(following)
    if first is None or after is None or not 0 < after.at_ms - first.at_ms <= _QUIET_MOST_MS:
        return False
    last_ms = after.at_ms - 1
    # Fingerprints are of the same times in every copy, wherever its key frames are.
    if first.at_ms % FINGERPRINT_EVERY_MS and first.at_ms // FINGERPRINT_EVERY_MS != last_ms // FINGERPRINT_EVERY_MS:
        return False
    if look_of(first.grey) or look_of(after.grey) or difference_of(first.grey, after.grey) < STILL_BELOW:
        return False
    return not decoder.is_thin(group, after.at_ms - first.at_ms)


class _Decoder:
    """One thread of one core: the other is left to what is on screen."""

    def __init__(self, recording: Recording, stream: "VideoStream") -> None:
        stream.thread_type = "SLICE"
        self._codec = stream.codec_context
        self._codec.thread_count = 1
        self._codec.options = {"skip_loop_filter": "all"}
        if not self._codec.codec.name.startswith("lib"):
            self._codec.skip_frame = "NONREF"
        self._base = float(stream.time_base or 0)
        self._origin_s = recording.origin_s
        self._packets = PacketSource(recording, stream, lambda: None)
        self._bad = 0

    def groups(self, from_ms: int, end_ms: int) -> Iterator[_Group]:
        """From the key frame at or before a time to the one at or after another."""
        self._packets.seek(int((from_ms / 1000 + self._origin_s) / self._base) if self._base else 0)
        group: _Group | None = None
        for packet in self._packets.coming():
            begins = bool(packet.is_keyframe and packet.size)
            if group is None or begins or len(group.packets) >= _GROUP_MOST:
                if group is not None:
                    yield group
                    if self._time_ms(group.packets[0]) >= end_ms:
                        return
                group = _Group([], begins)
            group.packets.append(packet)
        if group is not None:
            yield group

    def all_of(self, group: _Group, following: _Group | None) -> Iterator[Look | None]:
        """A look for each step of the group. Raises EvidenceError when too much of it is damaged."""
        next_ms = -1
        for frame in self._frames(group, is_last=following is None or following.has_key):
            at_ms = self._time_ms(frame)
            if at_ms >= next_ms:
                next_ms = (at_ms // STEP_MS + 1) * STEP_MS
                yield Look(at_ms, _grey(frame))

    def is_thin(self, group: _Group, length_ms: int) -> bool:
        """Whether in some second after the key frame hardly anything was written."""
        written = [0] * (length_ms // STEP_MS)
        start = pts_of(group.packets[0])
        for packet in group.packets[1:]:
            step = int((pts_of(packet) - start) * self._base * 1000 / STEP_MS)
            if 0 <= step < len(written):
                written[step] += packet.size
        seconds = [before + after for before, after in pairwise(written)]
        return length_ms > _KEYS_ENOUGH_MS and min(seconds) < max(_THIN_BYTES, group.packets[0].size * _THIN_SHARE)

    def first_of(self, group: _Group) -> Look | None:
        """The key frame of a group, decoded alone; the decoder must be empty, and is so again."""
        if group.first is None:
            frames = [*self._frames(_Group(group.packets[:1], has_key=True), is_last=True)]
            group.first = Look(self._time_ms(group.packets[0]), _grey(frames[0])) if frames else None
        return group.first

    def _frames(self, group: _Group, *, is_last: bool) -> "Iterator[VideoFrame]":
        import av

        for packet in (*group.packets, None) if is_last else group.packets:
            if packet is not None and not packet.size:
                continue
            try:
                frames = packet.decode() if packet is not None else self._codec.decode(None)
            except av.FFmpegError as error:
                self._bad += 1
                if self._bad > _BAD_PACKETS_LIMIT:
                    raise EvidenceError("The recording is damaged from here on.") from error
                continue
            yield from (frame for frame in frames if frame.pts is not None or len(group.packets) == 1)
        if is_last:
            self._codec.flush_buffers()

    def _time_ms(self, timed: "VideoFrame | Packet[VideoStream]") -> int:
        return max(0, round((pts_of(timed) * self._base - self._origin_s) * 1000))


def _grey(frame: "VideoFrame") -> Any:
    """The frame upright, small, in grey of the full range."""
    import numpy as np

    width, height = fitting(frame.width, frame.height)
    small = frame.reformat(width=width, height=height, format="gray", interpolation="AREA", threads=1)
    plane = small.planes[0]
    rows = np.frombuffer(memoryview(plane), np.uint8)
    grey = rows.reshape(-1, plane.line_size)[:height, :width]
    return np.ascontiguousarray(np.rot90(grey, -quarter_turns(frame)))
