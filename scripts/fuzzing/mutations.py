"""Breaks bytes, always in the same way for the same random numbers. Knows nothing of any format but its lengths."""

import io
import random
import zipfile
import zlib
from collections.abc import Callable

Mutation = Callable[[random.Random, bytearray, bytes], None]

_MOST_AT_ONCE = 4
_NASTY_BYTES = (0x00, 0x01, 0x7F, 0x80, 0xFE, 0xFF)
_NASTY_NUMBERS = (0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFF0)
_DIGITS = frozenset(b"0123456789")


def mutate(
    numbers: random.Random, data: bytes, other: bytes, *, in_place: bool = False
) -> tuple[bytes, tuple[str, ...]]:
    """A broken copy of `data`, and the names of what was done to it; `other` is a file to splice from.

    `in_place` moves nothing: a format that counts its bytes is then not refused for its length alone.
    """
    broken, done = bytearray(data), []
    for _ in range(numbers.choice((1, 1, 1, 2, _MOST_AT_ONCE))):
        name = numbers.choice(_IN_PLACE) if in_place else numbers.choices(_NAMES, _WEIGHTS)[0]
        MUTATIONS[name](numbers, broken, other)
        done.append(name)
    return bytes(broken), tuple(done)


def _place(numbers: random.Random, data: bytearray) -> int:
    """Somewhere; often near the beginning, where the headers are."""
    most = len(data) if numbers.random() < 0.65 else min(len(data), 1024)
    return numbers.randrange(max(1, most))


def _stretch(numbers: random.Random, data: bytearray) -> slice:
    start = _place(numbers, data)
    return slice(start, start + numbers.choice((1, 4, 16, 64, 512, 4096)))


def _flip_bits(numbers: random.Random, data: bytearray, _other: bytes) -> None:
    for _ in range(numbers.choice((1, 4, 16, 64))):
        if data:
            data[_place(numbers, data)] ^= 1 << numbers.randrange(8)


def _set_bytes(numbers: random.Random, data: bytearray, _other: bytes) -> None:
    for _ in range(numbers.choice((1, 4, 16))):
        if data:
            data[_place(numbers, data)] = numbers.choice(_NASTY_BYTES)


def _cut(numbers: random.Random, data: bytearray, _other: bytes) -> None:
    del data[numbers.randrange(len(data) // 4, len(data) + 1) if data else 0 :]


def _double(numbers: random.Random, data: bytearray, _other: bytes) -> None:
    where = _stretch(numbers, data)
    data[where.start : where.start] = data[where] * numbers.choice((1, 2, 16))


def _drop(numbers: random.Random, data: bytearray, _other: bytes) -> None:
    del data[_stretch(numbers, data)]


def _insert(numbers: random.Random, data: bytearray, _other: bytes) -> None:
    place = _place(numbers, data)
    data[place:place] = numbers.randbytes(numbers.choice((1, 4, 64, 1024)))


def _shuffle(numbers: random.Random, data: bytearray, _other: bytes) -> None:
    first, second = _stretch(numbers, data), _stretch(numbers, data)
    taken = bytes(data[first])[: max(0, len(data) - second.start)]
    data[second.start : second.start + len(taken)] = taken


def _edit_length(numbers: random.Random, data: bytearray, _other: bytes) -> None:
    """A number of four bytes becomes another one: sizes, counts and offsets stand in such."""
    if len(data) < 4:
        return
    place = min(_place(numbers, data), len(data) - 4)
    order = numbers.choice(("big", "little"))
    value = int.from_bytes(data[place : place + 4], order)  # type: ignore[arg-type]
    changed = numbers.choice((*_NASTY_NUMBERS, value + 1, value * 2, value - 1, value // 2)) % 2**32
    data[place : place + 4] = changed.to_bytes(4, order)  # type: ignore[arg-type]


def _edit_digits(numbers: random.Random, data: bytearray, _other: bytes) -> None:
    """A written number becomes another one: in PDF, captions and XML."""
    places = [place for place in (_place(numbers, data) for _ in range(40)) if place < len(data)]
    for place in places:
        if data[place] in _DIGITS:
            data[place] = numbers.choice(b"0123456789-")


def _splice(numbers: random.Random, data: bytearray, other: bytes) -> None:
    """A piece of another file of the same kind, over or into this one."""
    start = numbers.randrange(max(1, len(other)))
    piece = other[start : start + numbers.choice((16, 256, 4096, 65536))]
    place = _place(numbers, data)
    data[place : place + (len(piece) if numbers.random() < 0.5 else 0)] = piece


MUTATIONS: dict[str, Mutation] = {
    "bits flipped": _flip_bits,
    "bytes set": _set_bytes,
    "cut": _cut,
    "chunk doubled": _double,
    "chunk dropped": _drop,
    "noise inserted": _insert,
    "chunk moved": _shuffle,
    "length edited": _edit_length,
    "digits edited": _edit_digits,
    "spliced": _splice,
}
_NAMES = tuple(MUTATIONS)
_IN_PLACE = ("bits flipped", "bytes set", "chunk moved", "length edited")
# What is cut is mostly refused at once, and teaches nothing about the decoders.
_WEIGHTS = [1 if name == "cut" else 3 for name in _NAMES]


def mend_png(data: bytes) -> bytes:
    """The same PNG with check sums that fit: otherwise no broken byte of it reaches the decoder."""
    mended, place = bytearray(data), 8
    while place + 12 <= len(mended):
        length = int.from_bytes(mended[place : place + 4], "big")
        end = place + 8 + length
        if end + 4 > len(mended):
            break
        mended[end : end + 4] = zlib.crc32(mended[place + 4 : end]).to_bytes(4, "big")
        place = end + 4
    return bytes(mended)


def mutate_package(numbers: random.Random, data: bytes, other: bytes) -> tuple[bytes, tuple[str, ...]]:
    """A document in a zip file, one part of which is broken and packed again with a right check sum."""
    stream = io.BytesIO()
    done: tuple[str, ...] = ()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        names = sorted(old.namelist())
        chosen = numbers.choice(names)
        for name in names:
            part = old.read(name)
            if name == chosen:
                part, done = mutate(numbers, part, other)
            new.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return stream.getvalue(), (f"in {chosen}", *done)
