"""A worker's JSON as results. A worker may have been taken over by the file it read: everything is checked."""

import contextlib
import json
import threading
from dataclasses import dataclass
from typing import Any, cast

from workbench.decoding.pixels import SharedBlock
from workbench.errors import DataError, EvidenceError, PasswordNeededError
from workbench.media import jobs
from workbench.model.findings import LookedOver

_SENTENCE_MOST = 500
_MOST = 2**31
_NONSENSE = "The program that reads files gave no proper answer about this one, so it is not shown."


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturePlace:
    """Where a picture lies in the shared block, in bytes; its rows follow each other without a gap."""

    width: int
    height: int
    offset: int
    at_ms: int


_TYPES: dict[type[jobs.Job[Any]], Any] = {
    jobs.Inspect: jobs.Inspection,
    jobs.Recognise: jobs.Inspection,
    jobs.PageSizes: jobs.Pages,
    jobs.ReadOutline: tuple[jobs.OutlineEntry, ...],
    jobs.ReadPage: jobs.PageText,
    jobs.FindText: tuple[jobs.TextHit, ...],
    jobs.LookOver: LookedOver,
    jobs.ReadText: jobs.TextDocument,
    jobs.ReadCaptions: tuple[jobs.Cue, ...],
    jobs.ReadWaveform: jobs.Waveform,
    jobs.ReadTracks: tuple[jobs.TextTrack, ...],
}


def read_answer(job: jobs.Job[Any], answer: dict[str, Any], block: SharedBlock | None) -> Any:
    """The job's result. Raises EvidenceError: the worker's reason, or that it made no sense."""
    try:
        if "refused" in answer:
            happened, safe, do = (str(part)[:_SENTENCE_MOST] for part in answer["refused"])
            kind = PasswordNeededError if answer.get("asks_password") is True else EvidenceError
            raise kind(happened, safe=safe, do=do)
        if type(job) in _TYPES:
            found = _decode(_TYPES[type(job)], answer["result"])
            if not is_sound(found):
                raise ValueError("facts beyond any file")
            return found
        places = _decode(tuple[PicturePlace, ...], answer["result"])
        if not all(_are_numbers(place.width, place.height, place.at_ms) for place in places):
            raise ValueError("a picture beyond any file")
        if isinstance(job, jobs.FilmPictures) and job.known_ms and not places:
            return ()
        if block is None:
            raise ValueError("a picture without pixels")
        pictures = _pictures(places, block)
    except (DataError, ValueError, KeyError, TypeError) as error:
        raise EvidenceError(_NONSENSE) from error
    return pictures if isinstance(job, jobs.FilmPictures) else pictures[0]


def _decode(kind: Any, value: object) -> Any:
    from workbench.wire.codec import decode

    return decode(kind, json.dumps(value, allow_nan=False), source="a worker's answer")


def is_sound(found: object) -> bool:
    """Whether a window can count and measure with these numbers, as with those of an honest worker."""
    match found:
        case tuple():
            return all(is_sound(each) for each in found)
        case LookedOver():
            return found.is_sound
        case jobs.Inspection(facts=facts):
            sizes = (facts.duration_ms, facts.pages, facts.width, facts.height, facts.rotation, facts.words)
            return _are_numbers(*(size or 0 for size in sizes)) and len(facts.reason) <= _SENTENCE_MOST
        case jobs.Pages(sizes=pages):
            return len(found.labels) == len(pages) and all(0 < side < _MOST for page in pages for side in page)
        case jobs.PageText():
            return all(_fits(line, len(found.text)) for line in found.lines)
        case jobs.TextHit():
            return _are_numbers(found.page, found.start, found.length)
        case jobs.OutlineEntry():
            return _are_numbers(found.level, found.page or 0)
        case jobs.TextTrack():
            return is_sound(found.cues)
        case jobs.Cue():
            return _are_numbers(found.start_ms, found.end_ms)
        case jobs.Waveform():
            return all(0 <= peak <= 255 for peak in found.peaks)
        case jobs.TextDocument():
            return all(_are_numbers(block.level, block.picture or 0) for block in found.blocks)
    return False


def _fits(line: jobs.TextLine, length: int) -> bool:
    return len(line.lefts) == len(line.rights) and 0 <= line.start <= length - len(line.lefts)


def _are_numbers(*values: int) -> bool:
    return all(0 <= value < _MOST for value in values)


def _pictures(places: tuple[PicturePlace, ...], block: SharedBlock) -> tuple[jobs.Picture, ...]:
    for place in places:
        fits = place.offset >= 0 and place.offset + place.width * place.height * 4 <= block.size
        if place.width < 1 or place.height < 1 or not fits:
            raise ValueError("a picture outside its memory")
    if not places:
        raise ValueError("no picture")
    lease = _Lease(block, len(places))
    return tuple(lease.picture(place) for place in places)


class _Lease:
    """A block that goes back when the last of its pictures was released."""

    def __init__(self, block: SharedBlock, pictures: int) -> None:
        self._block = block
        self._held = pictures
        self._lock = threading.Lock()

    def picture(self, place: PicturePlace) -> jobs.Picture:
        """A picture over its part of the block."""
        size = place.width * place.height * 4
        pixels = self._block.view[place.offset : place.offset + size].toreadonly()
        given_back = cast("list[bool]", [])

        def release() -> None:
            if not given_back:
                given_back.append(True)
                self._give_back(pixels)

        return jobs.Picture(place.width, place.height, place.width * 4, pixels, release, place.at_ms)

    def _give_back(self, pixels: memoryview) -> None:
        # A buffer somebody still looks at cannot be freed now: it goes with the last reference.
        with contextlib.suppress(BufferError):
            pixels.release()
        with self._lock:
            self._held -= 1
            if self._held > 0:
                return
        with contextlib.suppress(BufferError):
            self._block.close()
