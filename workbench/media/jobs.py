"""The questions that a decode worker answers about one file, and the answers.

Stdlib only: a window imports this module without loading a decoder. A question says nothing about which
file: the descriptor travels beside it. Pictures are BGRA, 8 bits each, premultiplied, top row first,
which is `QImage.Format_ARGB32_Premultiplied` on a little-endian machine.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, Generic, TypeVar

from workbench.model.citation import Box
from workbench.model.findings import LookedOver
from workbench.model.submission import EvidenceFacts, EvidenceKind

R = TypeVar("R", covariant=True)

LONG_ANSWER = 64 * 1024 * 1024

PASSWORD_NEEDED = "This PDF asks for a password."
"""The reason that `Inspect` gives for a protected PDF: one that can be shown once its password was typed."""


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
class OutlineEntry:
    """`level` counts from 1; `page` from 0, None for an entry that leads nowhere in this document."""

    level: int
    title: str
    page: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """A line of a page: characters `start` to `start + len(lefts)` of its text, in reading order.

    `box` in fractions of the upright page. `lefts` and `rights` are each character's edges, in fractions of its width;
    in right-to-left text they fall instead of rise.
    """

    start: int
    box: Box
    lefts: tuple[float, ...]
    rights: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """The text of one page in reading order, lines separated by \\n, and its lines."""

    text: str
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextHit:
    """A find on a page: `start` and `length` in the page's text, its boxes there, and words around it to show."""

    page: int
    start: int
    length: int
    boxes: tuple[Box, ...]
    before: str = ""
    found: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTrack:
    """A text track inside a recording; `language` as the file names it ("eng"), `title` may be empty."""

    language: str
    title: str
    cues: tuple["Cue", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waveform:
    """Loudest sample of equal stretches of time, 0 (silence) to 255 (full scale)."""

    peaks: tuple[int, ...]


class BlockKind(StrEnum):
    """What a part of a document is. `SLIDE` begins a slide, `NOTES` what its speaker wrote beside it."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"
    PICTURE = "picture"
    SLIDE = "slide"
    NOTES = "notes"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentBlock:
    """One part of a document, in reading order; `text` in lines separated by \n.

    `level`: of a heading from 1, of a list item from 0, of a slide its number. `sign` stands before an item.
    A picture has a number to ask for it by (None: it cannot be shown), its size in points, and in `text` what the
    document says that it shows.
    """

    kind: BlockKind
    text: str = ""
    level: int = 0
    sign: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    picture: int | None = None
    width: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDocument:
    """Line ends are \n; no byte-order mark, no control characters but tab and line end.

    A table has a row on each line and a tab between two cells; a line end inside a cell is U+2028.
    Of a document with `blocks`, `text` is what they say, one after the other. `note`: a sentence about what is missing.
    """

    text: str
    is_markdown: bool
    is_table: bool = False
    has_header: bool = False
    blocks: tuple[DocumentBlock, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A caption from `start_ms` until before `end_ms`, without markup; lines are separated by \\n."""

    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class Job(Generic[R]):
    """A question with an answer of type R. `time_limit_s` is what one file may take before it is given up.

    `answer_limit`: more bytes than that are no honest answer.
    """

    time_limit_s: ClassVar[float] = 10.0
    answer_limit: ClassVar[int] = 16 * 1024 * 1024


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
    page: int = 0
    """Of a file that holds several images, from 0."""
    brightness: int = 0
    contrast: int = 0
    """-100 to 100; 0 is the image as it is."""


@dataclass(frozen=True, slots=True)
class RenderPage(Job[Picture]):
    """A page (from 0) `width` pixels wide as a whole; with `clip`, only that part of it at that scale.

    `rotation` (0, 90, 180, 270 clockwise) turns the upright page; `width` and `clip` are of the turned one.
    """

    page: int
    width: int
    clip: Box | None = None
    rotation: int = 0
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class PageSizes(Job[Pages]):
    """Sizes and labels of all pages. Fails with PasswordNeededError when `password` is not the one."""

    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ReadOutline(Job[tuple[OutlineEntry, ...]]):
    """The document's own table of contents; empty when it has none."""

    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ReadPage(Job[PageText]):
    """The text of a page (from 0) and where its characters stand."""

    page: int
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class FindText(Job[tuple[TextHit, ...]]):
    """Where `query` stands on the pages `first` to `last` (from 0, inclusive), any case, at most `most` hits."""

    query: str
    first: int
    last: int
    most: int = 500
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class VideoFrame(Job[Picture]):
    """The upright frame that is on screen `at_ms` after the first one, to fit; never enlarged."""

    at_ms: int
    max_width: int
    max_height: int


@dataclass(frozen=True, slots=True)
class FilmPictures(Job[tuple[Picture, ...]]):
    """The upright key frame at or nearest before each of these times (ms from the first frame), in their order.

    `at_ms` of each picture is the key frame's own time; of two times with one key frame only the first is answered.
    Those at `known_ms` are left out, so that the answer may be empty. Ask in batches of some ten: the worker keeps
    the recording open.
    """

    time_limit_s: ClassVar[float] = 30.0

    times_ms: tuple[int, ...]
    height: int
    known_ms: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadWaveform(Job[Waveform]):
    """The sound from `start_ms` to `end_ms` in `count` equal stretches; silence where there is none."""

    time_limit_s: ClassVar[float] = 30.0

    start_ms: int
    end_ms: int
    count: int


@dataclass(frozen=True, slots=True)
class ReadTracks(Job[tuple[TextTrack, ...]]):
    """The text tracks that a recording carries, in file order."""

    time_limit_s: ClassVar[float] = 30.0
    answer_limit: ClassVar[int] = LONG_ANSWER


@dataclass(frozen=True, slots=True)
class LookOver(Job[LookedOver]):
    """Facts of one part (from 0) of a file: twenty seconds, eight pages or the image; the answer says how many parts.

    `length`: what the first part said it is, so that no other part has to find it out anew.
    """

    time_limit_s: ClassVar[float] = 60.0

    part: int = 0
    length: int = 0
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ReadText(Job[TextDocument]):
    """The text of a text, a table or a document, in whatever encoding it came."""

    answer_limit: ClassVar[int] = LONG_ANSWER


@dataclass(frozen=True, slots=True)
class ReadPicture(Job[Picture]):
    """A picture inside a document, by the number in its block, to fit; never enlarged."""

    number: int
    max_width: int
    max_height: int


@dataclass(frozen=True, slots=True)
class ReadCaptions(Job[tuple[Cue, ...]]):
    """The cues of a WebVTT or SubRip file, in time order."""

    answer_limit: ClassVar[int] = LONG_ANSWER


@dataclass(frozen=True, slots=True)
class Thumbnail(Job[Picture]):
    """A small picture of a PDF's first page, an image or a recording, to fit; refused for sound and text."""

    max_width: int
    max_height: int
