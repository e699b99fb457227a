"""Pictures that lie inside documents, as pixels. Runs in a worker only; never more pixels than the limit allows."""

import io
import struct
import warnings

from workbench.decoding.frames import Raster, fit
from workbench.errors import EvidenceError

PIXEL_LIMIT = 60_000_000
_FORMATS = ("PNG", "JPEG", "MPO", "GIF", "BMP", "TIFF", "WEBP")
_NOT_SHOWN = "This picture is of a kind that is not shown, or it is damaged."
_TOO_LARGE = "This picture is too large to be shown safely."


def render_picture(data: bytes, max_width: int, max_height: int) -> Raster:
    """The upright picture, to fit; never enlarged. Raises EvidenceError for what is no picture or too large."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = PIXEL_LIMIT
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height > PIXEL_LIMIT:
                raise EvidenceError(_TOO_LARGE)
            if image.mode in ("RGB", "L"):
                image.draft(image.mode, (max_width, max_height))
            upright = ImageOps.exif_transpose(image).convert("RGBA")
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise EvidenceError(_TOO_LARGE) from error
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, struct.error) as error:
        raise EvidenceError(_NOT_SHOWN) from error
    size = fit(upright.width, upright.height, max_width, max_height)
    scaled = upright if size == upright.size else upright.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return Raster(scaled.width, scaled.height, scaled.convert("RGBa").tobytes("raw", "BGRa"))
