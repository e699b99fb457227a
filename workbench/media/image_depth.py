"""Images of more than 8 bits a channel, kept whole: what a scanner saw in a faint line is cut only after the tone.

Pixels are a numpy array of 16 bits, (height, width) for grey, else (height, width, 3 or 4). Loads numpy only for such.
"""

from typing import TYPE_CHECKING, Any, TypeAlias

from workbench.media.image_tone import Tone
from workbench.sealed.reader import Reader

if TYPE_CHECKING:
    from PIL import Image

Deep: TypeAlias = Any
"""A numpy array of uint16."""
SIZE_LIMIT = 400 * 1024 * 1024
_BITS, _PHOTOMETRIC = 258, 262
_CODECS = {"image/png": "png", "image/tiff": "tiff"}
_COLOURS = {"rgb48le": 3, "rgb48be": 3, "rgba64le": 4, "rgba64be": 4}


def is_deep_grey(image: "Image.Image") -> bool:
    """Whether it is grey of more than 8 bits."""
    return image.mode.startswith("I") or image.mode == "F"


def is_deep_colour(image: "Image.Image") -> bool:
    """Whether it is colour of 16 bits a channel, of which Pillow keeps the upper 8."""
    tiles = getattr(image, "tile", None)
    if image.mode not in ("RGB", "RGBA") or not tiles:
        return False
    args = tiles[0][3]
    return ";16" in str(args[0] if isinstance(args, tuple) else args)


def deep_grey(image: "Image.Image") -> Deep:
    """A loaded image for which `is_deep_grey` holds, black at 0 and white at 65535."""
    import numpy as np

    pixels = np.asarray(image)
    full = _full_scale(image, pixels)
    if full is None:
        wide = pixels.astype(np.float32)
        lowest, highest = _range(wide)
        pixels = np.clip((wide - lowest) * (65535 / max(highest - lowest, 1e-9)), 0, 65535).astype(np.uint16)
    elif full != 65535:
        pixels = np.clip(pixels.astype(np.uint32) * 65535 // full, 0, 65535).astype(np.uint16)
    pixels = pixels.astype(np.uint16, copy=False)
    return 65535 - pixels if _tag(image, _PHOTOMETRIC) == 0 else pixels


def deep_colour(reader: Reader, media_type: str, frame: int, size: tuple[int, int]) -> Deep | None:
    """The whole depth of a colour image, as its pixels lie; None when it cannot be had, and 8 bits must do.

    The caller has checked by the head that `size` is allowed; pixels of another size are not believed.
    """
    import av

    if media_type not in _CODECS or reader.size > SIZE_LIMIT:
        return None
    try:
        codec = av.codec.CodecContext.create(_CODECS[media_type], "r")
        codec.options = {"page": str(frame + 1)} if media_type == "image/tiff" else {}
        packet = av.Packet(reader.read_at(0, reader.size))
        frames = codec.decode(packet) or codec.decode(None)  # type: ignore[attr-defined]
        found = frames[0] if frames else None
        if found is None or found.format.name not in _COLOURS or (found.width, found.height) != size:
            return None
        return found.to_ndarray()
    except (av.FFmpegError, ValueError, MemoryError):
        return None


def turned_upright(pixels: Deep, orientation: int) -> Deep:
    """The pixels standing as EXIF's orientation says."""
    import numpy as np

    if orientation in (5, 6, 7, 8):
        pixels = pixels.swapaxes(0, 1)
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return np.ascontiguousarray(pixels)


def cut_to_8_bits(pixels: Deep, tone: Tone, mean: float) -> "Image.Image":
    """The pixels with that tone as an image of 8 bits; transparency stays what it is."""
    import numpy as np
    from PIL import Image

    slope, offset = tone.line(mean)
    steps = np.arange(65536, dtype=np.float32) / 65535
    table = np.clip(np.round((steps * slope + offset) * 255), 0, 255).astype(np.uint8)
    shown = table[pixels]
    if pixels.ndim == 3 and pixels.shape[2] == 4:
        shown[..., 3] = pixels[..., 3] >> 8
    return Image.fromarray(shown)


def _full_scale(image: "Image.Image", pixels: Deep) -> int | None:
    """The number that means white; None where nothing says so and the image's own range must serve."""
    if image.mode == "F" or pixels.min() < 0 or pixels.max() > 65535:
        return None
    # Eight bits that were stored in wider numbers.
    if pixels.max() <= 255:
        return 255
    bits = _tag(image, _BITS)
    return (1 << bits) - 1 if isinstance(bits, int) and 8 < bits < 16 else 65535


def _range(pixels: Deep) -> tuple[float, float]:
    import numpy as np

    known = pixels[np.isfinite(pixels)]
    if known.size == 0:
        return 0.0, 1.0
    lowest, highest = float(known.min()), float(known.max())
    np.nan_to_num(pixels, copy=False, nan=lowest, posinf=highest, neginf=lowest)
    return (0.0, 1.0) if lowest >= 0 and highest <= 1 else (lowest, highest)


def _tag(image: "Image.Image", tag: int) -> object:
    value = getattr(image, "tag_v2", {}).get(tag)
    return value[0] if isinstance(value, tuple) and value else value
