"""Still images through Pillow: upright, 8 bits a channel, scaled. Never more pixels than the limit allows."""

import io
import struct
import warnings
from typing import TYPE_CHECKING

from workbench.decoding.frames import Raster, fit
from workbench.errors import EvidenceError
from workbench.media.identity import identity_of
from workbench.model.citation import Box
from workbench.sealed.reader import PlainFile, Reader, SealedFile, SealedStream, open_reader

if TYPE_CHECKING:
    from PIL import Image

PIXEL_LIMIT = 120_000_000
KEPT_PIXELS = 60_000_000
_FORMATS = {
    "image/jpeg": ("JPEG", "MPO"),
    "image/png": ("PNG",),
    "image/gif": ("GIF",),
    "image/bmp": ("BMP",),
    "image/tiff": ("TIFF",),
    "image/webp": ("WEBP",),
    "image/avif": ("AVIF",),
    "image/heic": ("HEIF",),
}
_ENDS_EARLY = "The file ends early."
_DAMAGED = "The image is damaged and cannot be shown."
_TOO_LARGE = "The image is too large to be shown safely."
_ORIENTATION = 0x0112
_ROTATIONS = {3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270}


def upright_form(reader: Reader, media_type: str) -> tuple[int, int, int]:
    """Width, height and the degrees clockwise that made it stand upright, after its pixels were decoded once.

    Raises EvidenceError.
    """
    with _opened(reader, media_type) as image:
        width, height = _standing(image)
        rotation = _ROTATIONS.get(_orientation(image), 0)
        _load(image, (256, 256))
    return width, height, rotation


class ImageShelf:
    """Keeps one image decoded between jobs of this worker: panning asks for part after part of the same one."""

    def __init__(self) -> None:
        self._kept: tuple[tuple[object, ...], Image.Image] | None = None

    def render(
        self,
        source: SealedFile | PlainFile,
        media_type: str,
        max_width: int,
        max_height: int,
        *,
        rotation: int = 0,
        clip: Box | None = None,
    ) -> Raster:
        """The upright image, turned and cut to `clip`, to fit. Raises EvidenceError."""
        wanted = (max_width, max_height) if rotation % 180 == 0 else (max_height, max_width)
        turned = _turned(self._upright(source, media_type, wanted if clip is None else None), rotation)
        if clip is not None:
            turned = _cut(turned, clip)
        return _raster(turned, fit(turned.width, turned.height, max_width, max_height))

    def _upright(
        self, source: SealedFile | PlainFile, media_type: str, wanted: tuple[int, int] | None
    ) -> "Image.Image":
        identity = identity_of(source)
        if self._kept is not None and self._kept[0] == identity:
            return self._kept[1]
        self._kept = None
        with _opened(open_reader(source), media_type) as image:
            whole = image.size
            _load(image, wanted)
            upright = _upright(image)
            if image.size == whole and whole[0] * whole[1] <= KEPT_PIXELS:
                self._kept = (identity, upright)
        return upright


def _opened(reader: Reader, media_type: str) -> "Image.Image":
    from PIL import Image, UnidentifiedImageError

    if media_type == "image/heic":
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = PIXEL_LIMIT
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    stream = io.BufferedReader(SealedStream(reader), 65536)
    try:
        return Image.open(stream, formats=_FORMATS[media_type])
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise EvidenceError(_TOO_LARGE) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise EvidenceError(_reason(error)) from error


def _standing(image: "Image.Image") -> tuple[int, int]:
    sideways = _orientation(image) in (5, 6, 7, 8)
    return (image.height, image.width) if sideways else (image.width, image.height)


def _orientation(image: "Image.Image") -> int:
    """1 to 8 as EXIF says; 1, as the pixels lie, where it says nothing or is damaged."""
    try:
        found = image.getexif().get(_ORIENTATION, 1)
    except (SyntaxError, ValueError, OSError, KeyError, TypeError, struct.error):
        return 1
    return found if isinstance(found, int) and 1 <= found <= 8 else 1


def _load(image: "Image.Image", wanted: tuple[int, int] | None) -> None:
    """Decode; a JPEG at the smallest eighth that still covers `wanted` (of the upright image)."""
    from PIL import Image

    if wanted is not None and image.format in ("JPEG", "MPO") and image.mode in ("RGB", "L"):
        sideways = _standing(image) != (image.width, image.height)
        image.draft(image.mode, wanted[::-1] if sideways else wanted)
    try:
        image.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise EvidenceError(_TOO_LARGE) from error
    except (OSError, ValueError, SyntaxError, EOFError, IndexError) as error:
        raise EvidenceError(_reason(error)) from error


def _reason(error: Exception) -> str:
    words = str(error).lower()
    return _ENDS_EARLY if "truncated" in words or "end of" in words or "premature" in words else _DAMAGED


def _upright(image: "Image.Image") -> "Image.Image":
    from PIL import Image

    turn = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }.get(_orientation(image))
    shown = _eight_bits(image)
    # The image that comes back must not be the one that is about to be closed.
    return shown.transpose(turn) if turn is not None else shown.copy() if shown is image else shown


def _turned(image: "Image.Image", rotation: int) -> "Image.Image":
    from PIL import Image

    turns = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
    turn = turns.get(rotation % 360)
    return image.transpose(turn) if turn is not None else image


def _eight_bits(image: "Image.Image") -> "Image.Image":
    if image.mode.startswith("I") or image.mode == "F":
        highest = max(_extremes(image))
        scale = 1.0 if highest <= 255 else 255.0 / max(highest, 65535.0)
        return image.convert("F").point(lambda value: value * scale).convert("L")
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        return image.convert("RGBA")
    return image if image.mode in ("RGB", "L") else image.convert("RGB")


def _extremes(image: "Image.Image") -> list[float]:
    return [float(value) for value in image.convert("F").getextrema() if not isinstance(value, tuple)]


def _cut(image: "Image.Image", clip: Box) -> "Image.Image":
    left, top = round(clip.x * image.width), round(clip.y * image.height)
    right = max(left + 1, round((clip.x + clip.width) * image.width))
    bottom = max(top + 1, round((clip.y + clip.height) * image.height))
    return image.crop((left, top, right, bottom))


def _raster(image: "Image.Image", size: tuple[int, int]) -> Raster:
    from PIL import Image

    if size != image.size:
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    if image.mode == "RGBA":
        return Raster(image.width, image.height, image.convert("RGBa").tobytes("raw", "BGRa"))
    return Raster(image.width, image.height, image.convert("RGBA").tobytes("raw", "BGRA"))
