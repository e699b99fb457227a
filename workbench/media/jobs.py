"""The questions that a decode worker answers about one file, and the answers.

Stdlib only: a window imports this module without loading a decoder. A question says nothing about which
file: the descriptor travels beside it. Pictures are BGRA, 8 bits each, premultiplied, top row first,
which is `QImage.Format_ARGB32_Premultiplied` on a little-endian machine.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from workbench.model.citation import Box
from workbench.model.submission import EvidenceFacts, EvidenceKind

R = TypeVar("R", covariant=True)


class Picture:
    """`height` rows of `stride` bytes in shared memory.

    Copy what must live longer, then `release()`: afterwards `pixels` must not be touched, neither by a
    QImage that was made over it. A picture that is forgotten is released with its last reference.
    `at_ms` is the time from the first frame for pictures of a recording, else 0.
    """

    __slots__ = ("_release", "at_ms", "height", "pixels", "stride", "width")

    def __init__(
        self, width: int, height: int, stride: int, pixels: memoryview, release: Callable[[], None], at_ms: int = 0
    ) -> None:
        self.width = width
        self.height = height
        self.stride = stride
        self.pixels = pixels
        self.at_ms = at_ms
        self._release = release

    def release(self) -> None:
        """Give the memory back. Calling it twice does no harm."""
        self._release()


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """`kind` by content, never by name. `facts.reason` is a sentence when the file cannot be shown.

    `captions`: whether a recording carries a text track; true for captions, None where it is no question.
    `note`: a sentence about a file that is shown all the same.
    """

    kind: EvidenceKind
    facts: EvidenceFacts
    captions: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Per page, as it stands upright: (width, height) in points, and the label printed on it ("iv", "12").

    `note`: a sentence when the file had to be repaired, so that something may be missing.
    """

    sizes: tuple[tuple[float, float], ...]
    labels: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDocument:
    """Line ends are \\n; no byte-order mark, no control characters but tab and line end."""

    text: str
    is_markdown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A caption from `start_ms` until before `end_ms`, without markup; lines are separated by \\n."""

    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class Job(Generic[R]):
    """A question with an answer of type R. `time_limit_s` is what one file may take before it is given up."""

    time_limit_s: ClassVar[float] = 10.0


@dataclass(frozen=True, slots=True)
class Inspect(Job[Inspection]):
    """What the file is and whether it can be shown. `kind_hint` is what it was handed in as, for the reason."""

    time_limit_s: ClassVar[float] = 20.0

    kind_hint: EvidenceKind | None = None


@dataclass(frozen=True, slots=True)
class Recognise(Job[Inspection]):
    """The kind alone, by the first bytes: for a file that stopped the worker which looked further."""


@dataclass(frozen=True, slots=True)
class RenderImage(Job[Picture]):
    """The upright image, turned by `rotation` (0, 90, 180, 270 clockwise), to fit; never enlarged.

    `clip`: only this part of the turned image, in fractions; it is the part that fits the maxima.
    """

    max_width: int
    max_height: int
    rotation: int = 0
    clip: Box | None = None


@dataclass(frozen=True, slots=True)
class RenderPage(Job[Picture]):
    """A page (from 0) `width` pixels wide as a whole; with `clip`, only that part of it at that scale."""

    page: int
    width: int
    clip: Box | None = None


@dataclass(frozen=True, slots=True)
class PageSizes(Job[Pages]):
    """Sizes and labels of all pages."""


@dataclass(frozen=True, slots=True)
class VideoFrame(Job[Picture]):
    """The upright frame that is on screen `at_ms` after the first one, to fit; never enlarged."""

    at_ms: int
    max_width: int
    max_height: int


@dataclass(frozen=True, slots=True)
class Filmstrip(Job[tuple[Picture, ...]]):
    """Up to `count` upright key frames spread over the whole recording, `height` pixels high, in time order."""

    time_limit_s: ClassVar[float] = 30.0

    count: int
    height: int


@dataclass(frozen=True, slots=True)
class ReadText(Job[TextDocument]):
    """The text of a text file in whatever Unicode encoding it came."""


@dataclass(frozen=True, slots=True)
class ReadCaptions(Job[tuple[Cue, ...]]):
    """The cues of a WebVTT or SubRip file, in time order."""


@dataclass(frozen=True, slots=True)
class Thumbnail(Job[Picture]):
    """A small picture of a PDF's first page, an image or a recording, to fit; refused for sound and text."""

    max_width: int
    max_height: int
