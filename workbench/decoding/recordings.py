"""Opens recordings safely: the container is named by content, so that no playlist can lead a decoder astray.

FFmpeg would follow a playlist or a reference inside a file to other files and addresses. Here it is told the
one container format that the first bytes show, and is given a stream instead of a name.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from workbench.errors import EvidenceError
from workbench.sealed.reader import Reader, SealedStream

if TYPE_CHECKING:
    import av
    import av.container
    import av.stream
    import av.video.stream
    from av.packet import Packet
    from av.stream import Stream

PIXEL_LIMIT = 8192 * 4352
LONGEST_MS = 2**31 - 1
"""Almost 25 days: what claims to be longer has a damaged clock, and would not fit the window's numbers."""
_BUFFER_SIZE = 65536
BAD_PACKETS_LIMIT = 200
DAMAGED_FROM_HERE = "The recording is damaged from here on."
_EBML = b"\x1aE\xdf\xa3"
_ASF = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
_STILL_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")
_BOXES = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
_ENDS_EARLY = "The file ends early."
_DAMAGED = "The recording is damaged and cannot be played."


def container_of(head: bytes) -> str | None:
    """FFmpeg's name of the container that begins with `head` (4 KB are enough), None for anything else."""
    if head[4:8] in _BOXES:
        return None if head[4:8] == b"ftyp" and head[8:12] in _STILL_BRANDS else "mov"
    if head[:4] == b"RIFF":
        return {b"AVI ": "avi", b"WAVE": "wav"}.get(head[8:12])
    starts = {_EBML: "matroska", b"OggS": "ogg", b"fLaC": "flac", _ASF: "asf", b"ID3": "mp3", b"FLV\x01": "flv"}
    for start, name in starts.items():
        if head.startswith(start):
            return name
    return _container_by_pattern(head)


def _container_by_pattern(head: bytes) -> str | None:
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return "aiff"
    if head.startswith(b"\x00\x00\x01\xba"):
        return "mpeg"
    if len(head) > 376 and head[0] == head[188] == head[376] == 0x47:
        return "mpegts"
    return _bare_sound(head)


def _bare_sound(head: bytes) -> str | None:
    if len(head) < 4 or head[0] != 0xFF:
        return None
    if head[1] & 0xF6 == 0xF0:
        return "aac"
    # MPEG sound, layer II or III. Layer I looks like the byte-order mark of UTF-16.
    is_layer = head[1] & 0xE0 == 0xE0 and head[1] & 0x06 in (0x02, 0x04)
    return "mp3" if is_layer and head[2] & 0xF0 != 0xF0 and head[2] & 0x0C != 0x0C else None


@dataclass(frozen=True, slots=True)
class Recording:
    """An open recording. `video` None: sound only. Times count from `origin_s`, where its first frame is."""

    container: "av.container.InputContainer"
    video: "av.video.stream.VideoStream | None"
    has_audio: bool
    duration_ms: int | None
    origin_s: float
    media_type: str

    def close(self) -> None:
        """Free the decoders."""
        self.container.close()


def open_recording(reader: Reader) -> Recording:
    """Open a recording. Raises EvidenceError with the reason when it is damaged, cut short or no recording."""
    import av

    av.logging.set_level(None)
    head = reader.read_at(0, 4096)
    name = container_of(head)
    if name is None:
        raise EvidenceError("This is not a recording that can be played.")
    if ends_early(reader, name):
        raise EvidenceError(_ENDS_EARLY)
    stream = io.BufferedReader(SealedStream(reader), _BUFFER_SIZE)
    try:
        container = av.open(
            stream,
            mode="r",
            format=name,
            metadata_errors="ignore",
            options={"protocol_whitelist": "none", "max_streams": "64"},
        )
    except (av.FFmpegError, ValueError) as error:
        raise EvidenceError(_DAMAGED) from error
    return _describe(container, name)


def packets_of(recording: Recording, *streams: "Stream", is_strict: bool = False) -> "Iterator[Packet[Any]]":
    """Packets from here on, of all streams without any; unreadable ones are passed over, within reason.

    Beyond that they end, or `is_strict` raises EvidenceError.
    """
    import av

    packets = recording.container.demux(*streams)
    bad = 0
    while bad <= BAD_PACKETS_LIMIT:
        try:
            packet = next(packets, None)
        except av.FFmpegError:
            bad += 1
            continue
        if packet is None:
            return
        yield packet
    if is_strict:
        raise EvidenceError(DAMAGED_FROM_HERE)


def measured(recording: Recording, on_packet: Callable[[], None] = lambda: None) -> Recording:
    """The recording with its length: read through where the file does not say, as when a browser recorded it.

    `on_packet` is called for each packet on the way; it may raise to give up. Seek before decoding.
    """
    if recording.duration_ms is not None:
        return recording
    end_s = recording.origin_s
    for packet in packets_of(recording):
        on_packet()
        if packet.pts is not None and packet.time_base is not None:
            end_s = max(end_s, float((packet.pts + (packet.duration or 0)) * packet.time_base))
    length_ms = round((end_s - recording.origin_s) * 1000)
    return replace(recording, duration_ms=length_ms if 0 < length_ms <= LONGEST_MS else None)


def _describe(container: "av.container.InputContainer", name: str) -> Recording:
    video = next((stream for stream in container.streams.video if not _is_cover(stream)), None)
    has_audio = len(container.streams.audio) > 0
    if video is None and not has_audio:
        container.close()
        raise EvidenceError("There is neither picture nor sound in this recording.")
    # PyAV's annotations do not know that a stream of an unknown form has none.
    if video is not None and getattr(video, "codec_context", None) is None:
        container.close()
        raise EvidenceError("The video's picture is in a form that cannot be decoded.")
    if video is not None and video.codec_context.width * video.codec_context.height > PIXEL_LIMIT:
        container.close()
        raise EvidenceError("The video's picture is too large to be shown safely.")
    return Recording(
        container=container,
        video=video,
        has_audio=has_audio,
        duration_ms=_duration_ms(container, video),
        origin_s=_origin_s(container, video),
        media_type=_media_type(_brand(container) or name, sound_only=video is None),
    )


def _is_cover(stream: "av.video.stream.VideoStream") -> bool:
    import av.stream

    return bool(stream.disposition & av.stream.Disposition.attached_pic)


def _duration_ms(container: "av.container.InputContainer", video: "av.video.stream.VideoStream | None") -> int | None:
    found = None
    if container.duration is not None and container.duration > 0:
        found = round(container.duration / 1000)
    elif video is not None and video.duration and video.time_base:
        found = round(video.duration * video.time_base * 1000)
    return found if found is not None and found <= LONGEST_MS else None


def _origin_s(container: "av.container.InputContainer", video: "av.video.stream.VideoStream | None") -> float:
    if video is not None and video.start_time is not None and video.time_base is not None:
        return float(video.start_time * video.time_base)
    return (container.start_time or 0) / 1_000_000


def _brand(container: "av.container.InputContainer") -> str:
    """QuickTime's own files name themselves; everything else of that family is told as MP4."""
    return "quicktime" if container.metadata.get("major_brand", "").strip() == "qt" else ""


def _media_type(name: str, *, sound_only: bool) -> str:
    subtypes = {
        "mov": "mp4",
        "matroska": "webm",
        "avi": "x-msvideo",
        "asf": "x-ms-asf",
        "mpegts": "mp2t",
        "mp3": "mpeg",
    }
    return f"{'audio' if sound_only else 'video'}/{subtypes.get(name, name)}"


def ends_early(reader: Reader, container: str) -> bool:
    """Whether the container's own account of its length says that bytes are missing at the end."""
    if container == "mov":
        return _boxes_end_early(reader)
    if container == "matroska":
        return _segment_ends_early(reader)
    if container in ("avi", "wav"):
        size = int.from_bytes(reader.read_at(4, 4), "little")
        # 0xFFFFFFFF and 0 mean "unknown" for a recorder that never came back to fill it in.
        return 0 < size < 0xFFFFFFF0 and size > reader.size and size - reader.size > 8
    return False


def _boxes_end_early(reader: Reader) -> bool:
    offset, found_index = 0, False
    while offset + 8 <= reader.size:
        header = reader.read_at(offset, 16)
        size, kind = int.from_bytes(header[:4]), header[4:8]
        if size == 1:
            size = int.from_bytes(header[8:16])
        if size == 0:
            return not (found_index or kind == b"moov")
        if size < 8:
            break
        found_index = found_index or kind == b"moov"
        offset += size
    return offset > reader.size or not found_index


def _segment_ends_early(reader: Reader) -> bool:
    head = reader.read_at(0, 4096)
    place = head.find(b"\x18\x53\x80\x67")
    if place < 0 or place + 5 > len(head) or head[place + 4] == 0:
        return False
    width = 9 - head[place + 4].bit_length()
    size = int.from_bytes(head[place + 4 : place + 4 + width]) & ((1 << 7 * width) - 1)
    unknown = (1 << 7 * width) - 1
    return size != unknown and place + 4 + width + size > reader.size
