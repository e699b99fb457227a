from pathlib import Path

import pytest
from PIL import Image

from tests.media.conftest import Ask
from tests.media.making import colour_at, is_red, make_bomb, make_photo
from workbench.errors import EvidenceError
from workbench.media.jobs import Inspect, RenderImage, Thumbnail
from workbench.model.citation import Box
from workbench.model.submission import EvidenceKind

RED_CORNER = {1: (0.2, 0.2), 3: (0.8, 0.8), 6: (0.8, 0.2), 8: (0.2, 0.8)}


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_that_a_photo_stands_upright_whatever_way_the_phone_was_held(
    ask: Ask, tmp_path: Path, orientation: int
) -> None:
    photo = make_photo(tmp_path / "photo.jpg", orientation)
    picture = ask(photo, RenderImage(300, 300))
    assert (picture.width, picture.height) == ((300, 200) if orientation in (1, 3) else (200, 300))
    assert is_red(colour_at(picture, *RED_CORNER[orientation]))
    assert not is_red(colour_at(picture, 1 - RED_CORNER[orientation][0], 1 - RED_CORNER[orientation][1]))
    picture.release()


def test_that_facts_of_a_photo_give_its_upright_size(ask: Ask, tmp_path: Path) -> None:
    inspection = ask(make_photo(tmp_path / "photo.jpg", 6), Inspect())
    assert inspection.kind is EvidenceKind.IMAGE
    assert (inspection.facts.width, inspection.facts.height) == (400, 600)
    assert inspection.facts.reason == ""


def test_that_turning_by_a_quarter_moves_the_upper_left_to_the_upper_right(ask: Ask, tmp_path: Path) -> None:
    picture = ask(make_photo(tmp_path / "photo.jpg"), RenderImage(300, 300, rotation=90))
    assert (picture.width, picture.height) == (200, 300)
    assert is_red(colour_at(picture, 0.8, 0.2))


def test_that_a_part_comes_at_full_resolution(ask: Ask, tmp_path: Path) -> None:
    clip = Box(x=0.25, y=0.25, width=0.5, height=0.5)
    picture = ask(make_photo(tmp_path / "photo.jpg"), RenderImage(1000, 1000, clip=clip))
    assert (picture.width, picture.height) == (300, 200)
    assert is_red(colour_at(picture, 0.2, 0.2))
    assert not is_red(colour_at(picture, 0.8, 0.8))


def test_that_the_next_image_is_never_taken_for_the_last_one(ask: Ask, tmp_path: Path) -> None:
    first = make_photo(tmp_path / "photo.jpg")
    clip = Box(x=0, y=0, width=0.4, height=0.4)
    assert is_red(colour_at(ask(first, RenderImage(50, 50, clip=clip)), 0.5, 0.5))
    assert is_red(colour_at(ask(first, RenderImage(50, 50, rotation=180)), 0.8, 0.8))
    other = tmp_path / "other.png"
    Image.new("RGB", (30, 30), (0, 255, 0)).save(other)
    assert colour_at(ask(other, RenderImage(50, 50, clip=clip)), 0.5, 0.5) == (0, 255, 0)


def test_that_a_small_image_is_never_enlarged(ask: Ask, tmp_path: Path) -> None:
    picture = ask(make_photo(tmp_path / "photo.jpg", size=(60, 40)), RenderImage(600, 600))
    assert (picture.width, picture.height) == (60, 40)


def test_that_transparency_arrives_premultiplied(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "glass.png"
    Image.new("RGBA", (8, 8), (255, 255, 255, 128)).save(path)
    picture = ask(path, RenderImage(8, 8))
    assert bytes(picture.pixels[:4]) == b"\x80\x80\x80\x80"


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "I;16", "CMYK", "RGBA"])
def test_that_every_mode_of_pixels_is_shown(ask: Ask, tmp_path: Path, mode: str) -> None:
    path = tmp_path / ("image.tif" if mode in ("CMYK", "I;16") else "image.png")
    Image.new(mode, (30, 20)).save(path)
    picture = ask(path, RenderImage(30, 30))
    assert (picture.width, picture.height, picture.stride) == (30, 20, 120)


def test_that_a_phones_heic_is_shown(ask: Ask, tmp_path: Path) -> None:
    import pillow_heif

    path = tmp_path / "phone.heic"
    pillow_heif.from_pillow(Image.new("RGB", (640, 480), (255, 0, 0))).save(path)
    assert ask(path, Inspect()).facts.media_type == "image/heic"
    assert is_red(colour_at(ask(path, Thumbnail(64, 64)), 0.5, 0.5))


def test_that_a_decompression_bomb_is_refused(ask: Ask, tmp_path: Path) -> None:
    bomb = make_bomb(tmp_path / "bomb.png")
    assert ask(bomb, Inspect(EvidenceKind.IMAGE)).facts.reason == "The image is too large to be shown safely."
    with pytest.raises(EvidenceError, match="too large"):
        ask(bomb, RenderImage(100, 100))


def test_that_a_photo_that_was_cut_short_says_so(ask: Ask, tmp_path: Path) -> None:
    photo = make_photo(tmp_path / "photo.jpg")
    photo.write_bytes(photo.read_bytes()[:-1500])
    assert ask(photo, Inspect()).facts.reason == "The file ends early."


@pytest.mark.parametrize("suffix", [".jpg", ".png"])
def test_that_a_photo_with_damaged_exif_is_shown_as_its_pixels_lie(ask: Ask, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"photo{suffix}"
    Image.new("RGB", (60, 40), "red").save(path, exif=b"Exif\0\0this is no TIFF")
    assert ask(path, Inspect()).facts.reason == ""
    picture = ask(path, RenderImage(60, 60))
    assert (picture.width, picture.height) == (60, 40)
