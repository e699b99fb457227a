"""Still images: their facts, their pages, and pictures of them. Never more pixels than the limit allows."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.decoding.frames import Raster, fit
from workbench.media.identity import identity_of
from workbench.media.image_colour import in_srgb, plain_mode, profile_of
from workbench.media.image_depth import (
    Deep,
    cut_to_8_bits,
    deep_colour,
    deep_grey,
    is_deep_colour,
    is_deep_grey,
)
from workbench.media.image_depth import turned_upright as deep_upright
from workbench.media.image_open import (
    load,
    open_image,
    orientation_of,
    pages_of,
    rotation_of,
    standing_size,
    turned,
    turned_upright,
)
from workbench.media.image_pages import PAGES_MOST, ImagePages
from workbench.media.image_tone import PLAIN, Tone
from workbench.media.jobs import Pages, RenderImage
from workbench.model.citation import Box
from workbench.model.submission import EvidenceFacts
from workbench.sealed.reader import PlainFile, Reader, SealedFile, open_reader

if TYPE_CHECKING:
    from PIL import Image

KEPT_PIXELS = 60_000_000
_KEPT_MOST = 2
_SMALL_PX = 320
"""Pictures of this size or less are not worth forgetting another page for."""
_REDUCING_GAP = 1.5
_WHOLE = Box(x=0.0, y=0.0, width=1.0, height=1.0)


def facts_of(reader: Reader, media_type: str) -> EvidenceFacts:
    """Facts of the image, after the pixels of its first page were decoded once. Raises EvidenceError."""
    pages = pages_of(reader, media_type)
    with open_image(reader, media_type, pages.frame(0)) as image:
        orientation = orientation_of(image)
        width, height = standing_size(image, orientation)
        load(image, (256, 256))
    count = pages.count if pages.count > 1 else None
    return EvidenceFacts(
        media_type=media_type, width=width, height=height, rotation=rotation_of(orientation), pages=count
    )


def note_of(reader: Reader, media_type: str) -> str:
    """A sentence when pages are left out."""
    has_more = media_type in ("image/tiff", "image/gif") and pages_of(reader, media_type).has_more
    return f"Only the first {PAGES_MOST} pages of this file are shown." if has_more else ""


class ImageShelf:
    """Keeps one image decoded between jobs of this worker: panning asks for part after part of the same one."""

    def __init__(self) -> None:
        self._kept: list[_Decoded] = []
        self._pages: tuple[tuple[object, ...], ImagePages] | None = None

    def pages(self, source: SealedFile | PlainFile, media_type: str) -> Pages:
        """Upright sizes of all pages in pixels; their labels are empty. Raises EvidenceError."""
        pages, reader = self._pages_of(source, media_type), open_reader(source)
        sizes = pages.sizes
        if not sizes and media_type == "image/heic":
            sizes = tuple(_size_of(reader, media_type, frame) for frame in pages.frames)
        elif not sizes:
            sizes = (_size_of(reader, media_type, pages.frame(0)),) * pages.count
        return Pages(
            sizes=tuple((float(width), float(height)) for width, height in sizes),
            labels=("",) * len(sizes),
            note=note_of(reader, media_type),
        )

    def render(self, source: SealedFile | PlainFile, media_type: str, job: RenderImage) -> Raster:
        """The upright image, turned and cut, to fit, with its tone. Raises EvidenceError."""
        tone = Tone.of(job.brightness, job.contrast)
        clip = _unturned(job.clip, job.rotation) if job.clip is not None else _WHOLE
        most = (job.max_width, job.max_height) if job.rotation % 180 == 0 else (job.max_height, job.max_width)
        wanted = round(most[0] / clip.width + 0.5), round(most[1] / clip.height + 0.5)
        decoded = self._decoded(source, media_type, job.page, wanted, deep=not tone.is_plain)
        return _raster(turned(decoded.part(clip, most, tone), job.rotation))

    def _pages_of(self, source: SealedFile | PlainFile, media_type: str) -> ImagePages:
        identity = identity_of(source)
        if self._pages is None or self._pages[0] != identity:
            self._pages = identity, pages_of(open_reader(source), media_type)
        return self._pages[1]

    def _decoded(
        self, source: SealedFile | PlainFile, media_type: str, page: int, wanted: tuple[int, int], *, deep: bool
    ) -> "_Decoded":
        key = (*identity_of(source), page)
        for kept in self._kept:
            if kept.key == key and kept.covers(wanted) and (kept.has_depth or not deep):
                return kept
        is_passing = self._kept and self._kept[0].key != key and max(wanted) <= _SMALL_PX
        if not is_passing:
            self._kept = [kept for kept in self._kept if kept.key == key][: _KEPT_MOST - 1]
        frame = 0 if page == 0 and media_type != "image/tiff" else self._pages_of(source, media_type).frame(page)
        decoded = _decode(open_reader(source), media_type, frame, wanted, deep=deep)
        decoded.key = key
        if not is_passing and decoded.pixels <= KEPT_PIXELS:
            self._kept = sorted([*self._kept, decoded], key=lambda kept: kept.pixels)
        return decoded


@dataclass(slots=True)
class _Decoded:
    """An upright image in its own colours, or with its whole depth; `whole` is its size at full resolution."""

    whole: tuple[int, int]
    size: tuple[int, int]
    profile: bytes = b""
    image: "Image.Image | None" = None
    deep: Deep | None = None
    has_depth: bool = True
    """False when the file holds more bits than were decoded."""
    key: tuple[object, ...] = ()
    _mean: float | None = field(default=None)

    @property
    def pixels(self) -> int:
        """How many there are in memory."""
        return self.size[0] * self.size[1] * (1 if self.deep is None else 2)

    def covers(self, wanted: tuple[int, int]) -> bool:
        """Whether it is as sharp as a whole image that fits `wanted`."""
        width, height = fit(*self.whole, *wanted)
        return self.size == self.whole or (self.size[0] >= width and self.size[1] >= height)

    def part(self, clip: Box, most: tuple[int, int], tone: Tone) -> "Image.Image":
        """That part of it to fit, in sRGB with the tone, 8 bits a channel."""
        (wide, high), right, bottom = self.size, clip.x + clip.width, clip.y + clip.height
        box = (_near(clip.x * wide), _near(clip.y * high), _near(right * wide), _near(bottom * high))
        size = fit(*_shape(box), *most)
        if self.deep is not None:
            return self._deep_part(box, size, tone)
        assert self.image is not None
        shown = in_srgb(_resized(self.image, box, size), self.profile)
        return shown if tone.is_plain else _toned(shown, tone.table(self.mean()))

    def mean(self) -> float:
        """Mean lightness of the whole image, 0 to 1."""
        if self._mean is None:
            self._mean = _mean_of(self._small())
        return self._mean

    def _deep_part(self, box: tuple[float, float, float, float], size: tuple[int, int], tone: Tone) -> "Image.Image":
        left, top, right, bottom = int(box[0]), int(box[1]), -int(-box[2] // 1), -int(-box[3] // 1)
        mean = 0.5 if tone.is_plain else self.mean()
        shown = cut_to_8_bits(self.deep[top:bottom, left:right], tone, mean)  # type: ignore[index]
        inner = (box[0] - left, box[1] - top, box[2] - left, box[3] - top)
        return in_srgb(_resized(shown, inner, size), self.profile)

    def _small(self) -> "Image.Image":
        if self.deep is not None:
            step = max(1, min(self.size) // 256)
            return in_srgb(cut_to_8_bits(self.deep[::step, ::step], PLAIN, 0.5), self.profile)
        from PIL import Image

        assert self.image is not None
        few = min(64, self.size[0]), min(64, self.size[1])
        return in_srgb(self.image.resize(few, Image.Resampling.BOX, reducing_gap=1.0), self.profile)


def _decode(reader: Reader, media_type: str, frame: int, wanted: tuple[int, int], *, deep: bool) -> _Decoded:
    with open_image(reader, media_type, frame) as image:
        # First of all: asking a PNG for its orientation decodes it, and then it no longer tells.
        is_deep = is_deep_colour(image)
        orientation = orientation_of(image)
        whole, lying = standing_size(image, orientation), image.size
        if media_type == "image/tiff" and orientation in (5, 6, 7, 8):
            lying = image.height, image.width
        profile = profile_of(image)
        pixels = deep_colour(reader, media_type, frame, lying) if is_deep and deep else None
        if pixels is not None:
            return _Decoded(whole, whole, profile, deep=deep_upright(pixels, orientation))
        load(image, wanted if lying == whole else wanted[::-1])
        if is_deep_grey(image):
            depth = deep_grey(image)
            depth = depth if media_type == "image/tiff" else deep_upright(depth, orientation)
            return _Decoded(whole, whole, profile, deep=depth)
        upright = turned_upright(plain_mode(image), orientation)
        # An image of several frames may still reach for its file; one of a single frame is done with it.
        is_done = upright.format is None or media_type in ("image/jpeg", "image/png")
        upright = upright if is_done else upright.copy()
        return _Decoded(whole, upright.size, profile, image=upright, has_depth=not is_deep or deep)


def _size_of(reader: Reader, media_type: str, frame: int) -> tuple[int, int]:
    with open_image(reader, media_type, frame) as image:
        return standing_size(image, orientation_of(image))


def _unturned(clip: Box, rotation: int) -> Box:
    """The part of the upright image that is `clip` once it is turned."""
    right, bottom = 1 - clip.x - clip.width, 1 - clip.y - clip.height
    match rotation % 360:
        case 90:
            return Box(x=clip.y, y=right, width=clip.height, height=clip.width)
        case 180:
            return Box(x=right, y=bottom, width=clip.width, height=clip.height)
        case 270:
            return Box(x=bottom, y=clip.x, width=clip.height, height=clip.width)
    return clip


def _near(edge: float) -> float:
    """An edge that is a pixel's own up to rounding is that."""
    return float(round(edge)) if abs(edge - round(edge)) < 0.02 else max(0.0, edge)


def _shape(box: tuple[float, float, float, float]) -> tuple[int, int]:
    return max(1, round(box[2] - box[0])), max(1, round(box[3] - box[1]))


def _resized(image: "Image.Image", box: tuple[float, float, float, float], size: tuple[int, int]) -> "Image.Image":
    from PIL import Image

    left, top = min(box[0], image.width - 1.0), min(box[1], image.height - 1.0)
    right, bottom = max(left + 1, min(box[2], image.width)), max(top + 1, min(box[3], image.height))
    if (float(size[0]), float(size[1])) != (right - left, bottom - top):
        # As sharp as Pillow's bicubic when it reduces, in half the time.
        kind, box = Image.Resampling.HAMMING, (left, top, right, bottom)
        return image.resize(size, kind, box=box, reducing_gap=_REDUCING_GAP)
    edges = (int(left), int(top), int(right), int(bottom))
    return image if edges == (0, 0, image.width, image.height) else image.crop(edges)


def _toned(image: "Image.Image", table: list[int]) -> "Image.Image":
    untouched = list(range(256))
    return image.point({"L": table, "RGB": table * 3}.get(image.mode) or table * 3 + untouched)


def _mean_of(image: "Image.Image") -> float:
    from PIL import Image, ImageStat

    if image.mode == "RGBA":
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image)
    return float(ImageStat.Stat(image.convert("L")).mean[0]) / 255


def _raster(image: "Image.Image") -> Raster:
    if image.mode == "RGBA":
        return Raster(image.width, image.height, image.convert("RGBa").tobytes("raw", "BGRa"))
    return Raster(image.width, image.height, image.convert("RGBA").tobytes("raw", "BGRA"))
