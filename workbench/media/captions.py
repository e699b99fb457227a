"""Captions: WebVTT and SubRip as cues. Positions, styles and voices are left out: the window has its own look."""

import html
import re
from collections.abc import Iterator

from workbench.decoding.recordings import LONGEST_MS
from workbench.errors import EvidenceError
from workbench.media.jobs import Cue
from workbench.media.text import read_plainly
from workbench.sealed.reader import Reader

CUE_LIMIT = 50_000
CUE_LENGTH = 2000
_TIMING = re.compile(
    r"\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?\s*-->"
    r"\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?(?:\s.*)?$"
)
_TAG = re.compile(r"</?[a-zA-Z0-9][^<>]*>|\{\\[^{}]*\}")


def read_captions(reader: Reader) -> tuple[Cue, ...]:
    """The cues in time order. Raises EvidenceError when there are no captions in it."""
    text = read_plainly(reader).lstrip("\ufeff")
    cues = list(_cues(text.split("\n")))
    if not cues and not text.startswith("WEBVTT"):
        raise EvidenceError("There are no captions in this file.")
    if len(cues) > CUE_LIMIT:
        raise EvidenceError(f"There are more than {CUE_LIMIT:,} captions in this file.")
    return tuple(sorted(cues, key=lambda cue: (cue.start_ms, cue.end_ms)))


def _cues(lines: list[str]) -> Iterator[Cue]:
    """Each line of times begins a cue, which an empty line ends, or where that was forgotten the next cue."""
    times: tuple[int, int] | None = None
    said: list[str] = []
    for line in (*lines, ""):
        timing = _TIMING.match(line) if "-->" in line else None
        if times is not None and (timing is not None or not line.strip()):
            if timing is not None and said and said[-1].strip().isdecimal():
                said.pop()
            cue = whole(*times, plain("\n".join(said)))
            if cue is not None:
                yield cue
            times = None
        if timing is not None:
            parts = timing.groups()
            times, said = (_milliseconds(parts[:4]), _milliseconds(parts[4:])), []
        elif times is not None and sum(map(len, said)) < CUE_LENGTH:
            said.append(line)


def whole(start_ms: int, end_ms: int, words: str) -> Cue | None:
    """A cue that says something, lasts, and lies within what can be played; None for any other."""
    if not words or not 0 <= start_ms < end_ms <= LONGEST_MS:
        return None
    return Cue(start_ms=start_ms, end_ms=end_ms, text=words[:CUE_LENGTH])


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds = (int(part or 0) for part in parts[:3])
    thousandths = int((parts[3] or "0").ljust(3, "0"))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def plain(text: str) -> str:
    """Words without tags and style marks."""
    return html.unescape(_TAG.sub("", text)).strip()
