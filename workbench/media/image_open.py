"""Opening one image of a file with Pillow: no larger than the limit, standing upright, refused in words."""

import io
import struct
import warnings
from typing import TYPE_CHECKING

from workbench.errors import EvidenceError
from workbench.media.image_pages import ONE_PAGE, ImagePages, first_of, pages_of_gif, pages_of_tiff
from workbench.sealed.reader import Reader, SealedStream

if TYPE_CHECKING:
    from PIL import Image

PIXEL_LIMIT = 120_000_000
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
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, struct.error)
_ORIENTATION = 0x0112
_ROTATIONS = {3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270}
_DRAFTED = ("RGB", "L", "CMYK")


def pages_of(reader: Reader, media_type: str) -> ImagePages:
    """The pages of the file. Raises EvidenceError."""
    if media_type == "image/tiff":
        return pages_of_tiff(reader)
    if media_type == "image/gif":
        return pages_of_gif(reader)
    if media_type not in ("image/webp", "image/avif", "image/heic"):
        return ONE_PAGE
    with open_image(reader, media_type) as image:
        return first_of(getattr(image, "n_frames", 1))


def open_image(reader: Reader, media_type: str, frame: int = 0) -> "Image.Image":
    """A frame of the file, not yet decoded. Raises EvidenceError."""
    from PIL import Image

    if media_type == "image/heic":
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = PIXEL_LIMIT
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    stream = io.BufferedReader(SealedStream(reader), 65536)
    try:
        image = Image.open(stream, formats=_FORMATS[media_type])
        if frame:
            image.seek(frame)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise EvidenceError(_TOO_LARGE) from error
    except _BROKEN as error:
        raise EvidenceError(_reason(error)) from error
    if image.width * image.height > PIXEL_LIMIT:
        raise EvidenceError(_TOO_LARGE)
    return image


def standing_size(image: "Image.Image", orientation: int) -> tuple[int, int]:
    """Width and height of the upright image."""
    # Pillow gives a TIFF's size, and later its pixels, upright already.
    if orientation in (5, 6, 7, 8) and image.format != "TIFF":
        return image.height, image.width
    return image.width, image.height


def orientation_of(image: "Image.Image") -> int:
    """1 to 8 as EXIF says; 1, as the pixels lie, where it says nothing or is damaged."""
    try:
        found = image.getexif().get(_ORIENTATION, 1)
    except _BROKEN:
        return 1
    return found if isinstance(found, int) and 1 <= found <= 8 else 1


def rotation_of(orientation: int) -> int:
    """The degrees clockwise that make it stand upright."""
    return _ROTATIONS.get(orientation, 0)


def load(image: "Image.Image", wanted: tuple[int, int] | None) -> None:
    """Decode; a JPEG at the smallest eighth that still covers `wanted` (as its pixels lie). Raises EvidenceError."""
    from PIL import Image

    try:
        if wanted is not None and image.format in ("JPEG", "MPO") and image.mode in _DRAFTED:
            image.draft(image.mode, wanted)
        image.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise EvidenceError(_TOO_LARGE) from error
    except _BROKEN as error:
        raise EvidenceError(_reason(error)) from error


def turned_upright(image: "Image.Image", orientation: int) -> "Image.Image":
    """A loaded image standing as EXIF's orientation says."""
    from PIL import Image

    turn = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }.get(orientation if image.format != "TIFF" else 1)
    return image.transpose(turn) if turn is not None else image


def turned(image: "Image.Image", rotation: int) -> "Image.Image":
    """The image turned by so many degrees (a multiple of 90) clockwise."""
    from PIL import Image

    turns = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
    turn = turns.get(rotation % 360)
    return image.transpose(turn) if turn is not None else image


def _reason(error: Exception) -> str:
    words = str(error).lower()
    return _ENDS_EARLY if "truncated" in words or "end of" in words or "premature" in words else _DAMAGED
