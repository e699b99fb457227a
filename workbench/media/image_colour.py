"""Pixels of any kind as sRGB in 8 bits. A colour profile that is broken or of another kind of pixels is passed over."""

import io
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image, ImageCms

PROFILE_LIMIT = 4 * 1024 * 1024
_SPACES = {"L": "GRAY", "RGB": "RGB", "RGBA": "RGB", "CMYK": "CMYK"}


def plain_mode(image: "Image.Image") -> "Image.Image":
    """The image as L, RGB, RGBA or CMYK, still in its own colours."""
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        return image.convert("RGBA")
    if image.mode == "1":
        return image.convert("L")
    return image if image.mode in _SPACES else image.convert("RGB")


def profile_of(image: "Image.Image") -> bytes:
    """The colour profile that the file carries; empty for none, or one that is too large to be meant."""
    profile = image.info.get("icc_profile")
    return profile if isinstance(profile, bytes) and 0 < len(profile) <= PROFILE_LIMIT else b""


def in_srgb(image: "Image.Image", profile: bytes) -> "Image.Image":
    """An image of `plain_mode` as L, RGB or RGBA in sRGB."""
    transform = _transform(profile, image.mode) if profile else None
    if transform is not None:
        from PIL import ImageCms

        try:
            return ImageCms.applyTransform(image, transform) or image
        except (ImageCms.PyCMSError, ValueError, OSError):
            pass
    return image.convert("RGB") if image.mode == "CMYK" else image


@lru_cache(maxsize=8)
def _transform(profile: bytes, mode: str) -> "ImageCms.ImageCmsTransform | None":
    """None when the profile says nothing new or makes no sense."""
    from PIL import ImageCms

    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if own.profile.xcolor_space.strip() != _SPACES.get(mode):
            return None
        if "sRGB" in (own.profile.profile_description or ""):
            return None
        to = mode if mode == "RGBA" else "RGB"
        return ImageCms.buildTransform(own, _srgb(), mode, to, ImageCms.Intent.PERCEPTUAL)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError, AttributeError):
        return None


@lru_cache(maxsize=1)
def _srgb() -> "ImageCms.ImageCmsProfile":
    from PIL import ImageCms

    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
