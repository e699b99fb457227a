"""The pictures of a film as bytes to be sealed, and back. Keeps nothing and asks for nothing."""

import struct
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

_SIGN = b"film1"
_HEAD = struct.Struct("<II")
_QUALITY = 82


@dataclass(frozen=True, slots=True)
class Reel:
    """`levels` counts how fine it was asked for; pictures by their time in ms."""

    levels: int
    pictures: tuple[tuple[int, QImage], ...]


def packed(reel: Reel) -> bytes:
    """Compressed, to be read by `unpacked`. Any thread; the images must be copies."""
    parts = [_SIGN, _HEAD.pack(reel.levels, len(reel.pictures))]
    for at_ms, image in reel.pictures:
        data = _compressed(image)
        parts += (_HEAD.pack(at_ms, len(data)), data)
    return b"".join(parts)


def unpacked(data: bytes) -> Reel | None:
    """The reel; None for bytes of another form. Any thread."""
    try:
        return _read(data)
    except (struct.error, ValueError):
        return None


def _read(data: bytes) -> Reel:
    if not data.startswith(_SIGN):
        raise ValueError("another form")
    levels, count = _HEAD.unpack_from(data, len(_SIGN))
    place = len(_SIGN) + _HEAD.size
    pictures = []
    for _ in range(count):
        at_ms, size = _HEAD.unpack_from(data, place)
        place += _HEAD.size
        if place + size > len(data):
            raise ValueError("cut short")
        pictures.append((at_ms, _expanded(data[place : place + size])))
        place += size
    return Reel(levels, tuple(pictures))


def _compressed(image: QImage) -> bytes:
    # Pictures of a recording are opaque, and this form knows no transparency.
    opaque = image.convertToFormat(QImage.Format.Format_RGB32)
    return _saved(opaque, b"JPG", _QUALITY) or _saved(opaque, b"PNG", -1)


def _saved(image: QImage, form: bytes, quality: int) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(form))
    writer.setQuality(quality)
    is_saved = writer.write(image)
    buffer.close()
    return bytes(held.data()) if is_saved else b""


def _expanded(data: bytes) -> QImage:
    image = QImage.fromData(data)
    if image.isNull():
        raise ValueError("not a picture")
    return image


def in_time_order(pictures: Iterable[tuple[int, QImage]]) -> tuple[tuple[int, QImage], ...]:
    """Sorted by time; of two at one time the first stays."""
    by_time: dict[int, QImage] = {}
    for at_ms, image in pictures:
        by_time.setdefault(at_ms, image)
    return tuple(sorted(by_time.items(), key=lambda item: item[0]))
