"""Depth, colour and tone of images."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.media.conftest import Ask
from tests.media.images import make_deep_png, profile_that_swaps_red_and_blue
from tests.media.making import colour_at, make_photo
from workbench.media.jobs import Inspect, RenderImage
from workbench.model.citation import Box

SIZE = (40, 20)


def halves(left: int, right: int, channels: int = 0) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint16]]":
    """Two greys side by side."""
    pixels = np.full((20, 40), left, np.uint16)
    pixels[:, 20:] = right
    return np.dstack([pixels] * channels) if channels else pixels


def greys(ask: Ask, path: Path, contrast: int = 0) -> tuple[int, int]:
    """The greys of both halves."""
    picture = ask(path, RenderImage(*SIZE, contrast=contrast))
    left, right = colour_at(picture, 0.25, 0.5), colour_at(picture, 0.75, 0.5)
    assert len(set(left)) == len(set(right)) == 1
    picture.release()
    return left[0], right[0]


@pytest.mark.parametrize("channels", [0, 3])
def test_that_sixteen_bits_are_scaled_and_not_cut(ask: Ask, tmp_path: Path, channels: int) -> None:
    assert greys(ask, make_deep_png(tmp_path / "deep.png", halves(0x4040, 0xC0C0, channels))) == (64, 192)


@pytest.mark.parametrize("channels", [0, 3])
def test_that_contrast_shows_what_eight_bits_cannot_hold(ask: Ask, tmp_path: Path, channels: int) -> None:
    faint = make_deep_png(tmp_path / "faint.png", halves(0xE010, 0xE0E0, channels))
    left, right = greys(ask, faint)
    assert abs(right - left) <= 1
    left, right = greys(ask, faint, contrast=100)
    assert right - left >= 6


@pytest.mark.parametrize("suffix", ["png", "tif"])
def test_that_sixteen_bit_grey_of_any_format_is_scaled(ask: Ask, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"grey.{suffix}"
    Image.fromarray(halves(0x2000, 0xFFFF)).save(path)
    assert greys(ask, path) == (32, 255)
    assert ask(path, Inspect()).facts.pages is None


def test_that_a_float_image_is_stretched_over_its_own_range(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "float.tif"
    pixels = np.full((20, 40), -7.5, np.float32)
    pixels[:, 20:] = 1e6
    pixels[0, 0] = np.nan
    Image.fromarray(pixels).save(path)
    assert greys(ask, path) == (0, 255)


def test_that_a_part_of_a_deep_image_is_the_right_one(ask: Ask, tmp_path: Path) -> None:
    path = make_deep_png(tmp_path / "deep.png", halves(0, 0xFFFF))
    picture = ask(path, RenderImage(*SIZE, clip=Box(x=0.5, y=0, width=0.25, height=0.5)))
    assert (picture.width, picture.height) == (10, 10)
    assert colour_at(picture, 0.05, 0.5) == (255, 255, 255)


def test_that_contrast_keeps_the_paper_and_darkens_the_pencil(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "pencil.png"
    sheet = Image.new("L", (400, 200), 240)
    sheet.paste(225, (0, 80, 400, 90))
    sheet.save(path)
    picture = ask(path, RenderImage(400, 200, contrast=80))
    assert colour_at(picture, 0.5, 0.1)[0] >= 235
    assert colour_at(picture, 0.5, 0.42)[0] <= 170


def test_that_brightness_goes_both_ways_and_leaves_transparency(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "glass.png"
    Image.new("RGBA", SIZE, (100, 100, 100, 255)).save(path)
    lighter = ask(path, RenderImage(*SIZE, brightness=50))
    darker = ask(path, RenderImage(*SIZE, brightness=-50))
    assert colour_at(lighter, 0.5, 0.5)[0] > 150 > 50 > colour_at(darker, 0.5, 0.5)[0]
    Image.new("RGBA", SIZE, (100, 100, 100, 0)).save(path)
    assert bytes(ask(path, RenderImage(*SIZE, brightness=50)).pixels[:4]) == bytes(4)


def test_that_an_embedded_profile_decides_the_colours(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "swapped.png"
    Image.new("RGB", SIZE, (255, 0, 0)).save(path, icc_profile=profile_that_swaps_red_and_blue())
    red, _, blue = colour_at(ask(path, RenderImage(*SIZE)), 0.5, 0.5)
    assert blue > 200
    assert red < 60


@pytest.mark.parametrize("profile", [b"no profile at all", profile_that_swaps_red_and_blue()[:300]])
def test_that_a_broken_profile_is_passed_over(ask: Ask, tmp_path: Path, profile: bytes) -> None:
    path = tmp_path / "odd.jpg"
    Image.new("RGB", SIZE, (255, 0, 0)).save(path, icc_profile=profile, quality=100)
    assert ask(path, Inspect()).facts.reason == ""
    assert colour_at(ask(path, RenderImage(*SIZE)), 0.5, 0.5)[0] > 245


def test_that_a_profile_of_other_pixels_is_passed_over(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "grey.jpg"
    Image.new("L", SIZE, 130).save(path, icc_profile=profile_that_swaps_red_and_blue(), quality=100)
    assert colour_at(ask(path, RenderImage(*SIZE)), 0.5, 0.5) == (130, 130, 130)


@pytest.mark.parametrize("suffix", ["jpg", "tif"])
def test_that_inks_become_colours(ask: Ask, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"inks.{suffix}"
    Image.new("CMYK", SIZE, (0, 255, 255, 0)).save(path)
    red, green, blue = colour_at(ask(path, RenderImage(*SIZE)), 0.5, 0.5)
    assert red > 240
    assert max(green, blue) < 15


def test_that_a_palette_keeps_its_transparent_colour(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "sign.gif"
    sign = Image.new("P", SIZE, 0)
    sign.putpalette([255, 0, 0, 0, 0, 255])
    sign.paste(1, (0, 0, 20, 20))
    sign.save(path, transparency=0)
    picture = ask(path, RenderImage(*SIZE))
    assert bytes(picture.pixels[:4]) == b"\xff\x00\x00\xff"
    assert bytes(picture.pixels[30 * 4 : 31 * 4]) == bytes(4)


@pytest.mark.parametrize("orientation", [3, 6])
def test_that_a_turned_tiff_is_turned_once(ask: Ask, tmp_path: Path, orientation: int) -> None:
    path = make_photo(tmp_path / "photo.tif", orientation, size=(60, 40))
    expected = (60, 40) if orientation == 3 else (40, 60)
    facts = ask(path, Inspect()).facts
    assert (facts.width, facts.height) == expected
    picture = ask(path, RenderImage(60, 60))
    assert (picture.width, picture.height) == expected
    assert colour_at(picture, 0.8, 0.8 if orientation == 3 else 0.2) == (255, 0, 0)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_that_a_part_of_the_turned_image_is_the_part_that_was_meant(ask: Ask, tmp_path: Path, rotation: int) -> None:
    path = make_photo(tmp_path / "photo.jpg")
    whole = ask(path, RenderImage(600, 600, rotation=rotation))
    clip = Box(x=0.5, y=0.0, width=0.5, height=0.25)
    part = ask(path, RenderImage(600, 600, rotation=rotation, clip=clip))
    for x in (0.1, 0.9):
        seen, meant = colour_at(part, x, 0.5), colour_at(whole, 0.5 + x / 2, 0.125)
        assert max(abs(one - other) for one, other in zip(seen, meant, strict=True)) < 12
