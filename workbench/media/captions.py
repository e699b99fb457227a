"""Captions: WebVTT and SubRip as cues. Positions, styles and voices are left out: the window has its own look."""

import html
import re

from workbench.errors import EvidenceError
from workbench.media.jobs import Cue
from workbench.media.text import read_plainly
from workbench.sealed.reader import Reader

CUE_LIMIT = 50_000
_TIMING = re.compile(
    r"^\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{3})\s*-->\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{3})(?:\s.*)?$"
)
_TAG = re.compile(r"</?[a-zA-Z0-9][^<>]*>|\{\\[^{}]*\}")


def read_captions(reader: Reader) -> tuple[Cue, ...]:
    """The cues in time order. Raises EvidenceError when there are no captions in it."""
    text = read_plainly(reader).lstrip("\ufeff")
    cues = [cue for block in re.split(r"\n[ \t]*\n+", text) if (cue := _cue(block.split("\n"))) is not None]
    if not cues and not text.startswith("WEBVTT"):
        raise EvidenceError("There are no captions in this file.")
    if len(cues) > CUE_LIMIT:
        raise EvidenceError(f"There are more than {CUE_LIMIT:,} captions in this file.")
    return tuple(sorted(cues, key=lambda cue: (cue.start_ms, cue.end_ms)))


def _cue(lines: list[str]) -> Cue | None:
    for index, line in enumerate(lines):
        timing = _TIMING.match(line)
        if timing is None:
            continue
        parts = timing.groups()
        start_ms, end_ms = _milliseconds(parts[:4]), _milliseconds(parts[4:])
        words = _plain("\n".join(lines[index + 1 :]))
        return Cue(start_ms=start_ms, end_ms=end_ms, text=words) if words and end_ms > start_ms else None
    return None


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _plain(text: str) -> str:
    return html.unescape(_TAG.sub("", text)).strip()
