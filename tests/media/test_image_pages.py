"""Files that hold several images, honestly or not."""

from pathlib import Path

import pytest
from PIL import Image

from tests.media.conftest import Ask
from tests.media.images import COLOURS, lie_about_the_size, make_endless_tiff, make_pages
from tests.media.making import colour_at
from workbench.errors import EvidenceError
from workbench.media.image_pages import PAGES_MOST
from workbench.media.jobs import Inspect, PageSizes, RenderImage, Thumbnail


def test_that_each_page_of_a_tiff_is_shown_at_its_own_size(ask: Ask, tmp_path: Path) -> None:
    path = make_pages(tmp_path / "sheets.tif")
    facts = ask(path, Inspect()).facts
    assert (facts.pages, facts.width, facts.height) == (3, 60, 40)
    assert ask(path, PageSizes()).sizes == ((60, 40), (40, 60), (80, 80))
    for page, colour in enumerate(COLOURS):
        picture = ask(path, RenderImage(100, 100, page=page))
        assert colour_at(picture, 0.5, 0.5) == colour
    assert (picture.width, picture.height) == (80, 80)
    assert colour_at(ask(path, Thumbnail(50, 50)), 0.5, 0.5) == COLOURS[0]


@pytest.mark.parametrize("suffix", ["gif", "webp"])
def test_that_the_frames_of_a_moving_image_are_its_pages(ask: Ask, tmp_path: Path, suffix: str) -> None:
    path = make_pages(tmp_path / f"moving.{suffix}", sizes=((60, 40),) * 3)
    assert ask(path, Inspect()).facts.pages == 3
    assert ask(path, PageSizes()).sizes == ((60, 40),) * 3
    picture = ask(path, RenderImage(60, 40, page=2))
    red, green, blue = colour_at(picture, 0.5, 0.5)
    assert blue > 240
    assert max(red, green) < 20


def test_that_a_single_image_has_no_pages(ask: Ask, tmp_path: Path) -> None:
    for suffix in ("gif", "tif", "webp", "png", "jpg"):
        path = tmp_path / f"one.{suffix}"
        Image.new("RGB", (30, 20)).save(path)
        assert ask(path, Inspect()).facts.pages is None


@pytest.mark.parametrize("page", [3, -1, 10**6])
def test_that_a_page_that_is_not_there_is_refused(ask: Ask, tmp_path: Path, page: int) -> None:
    with pytest.raises(EvidenceError, match="no page"):
        ask(make_pages(tmp_path / "sheets.tif"), RenderImage(100, 100, page=page))


def test_that_a_smaller_copy_inside_a_tiff_is_no_page(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "scan.tif"
    small, large = Image.new("RGB", (6, 4), "red"), Image.new("RGB", (60, 40), "blue")
    small.encoderinfo = {"tiffinfo": {254: 1}}
    large.save(path, save_all=True, append_images=[small], tiffinfo={254: 0})
    assert ask(path, Inspect()).facts.pages is None


def test_that_a_hundred_thousand_pages_are_cut_to_the_first_ones_at_once(ask: Ask, tmp_path: Path) -> None:
    path = make_endless_tiff(tmp_path / "endless.tif", 100_000)
    found = ask(path, Inspect())
    assert found.facts.pages == PAGES_MOST
    assert str(PAGES_MOST) in found.note
    assert ask(path, RenderImage(10, 10, page=PAGES_MOST - 1)).width == 1
    with pytest.raises(EvidenceError):
        ask(path, RenderImage(10, 10, page=PAGES_MOST))


def test_that_pages_in_a_circle_are_counted_once(ask: Ask, tmp_path: Path) -> None:
    path = make_endless_tiff(tmp_path / "circle.tif", 4, bites_its_tail=True)
    assert ask(path, Inspect()).facts.pages == 4


def test_that_a_tiff_that_lies_about_its_size_is_refused(ask: Ask, tmp_path: Path) -> None:
    bomb = lie_about_the_size(make_pages(tmp_path / "bomb.tif", [(60, 40)]), 200_000, 200_000)
    assert "too large" in ask(bomb, Inspect()).facts.reason
    short = lie_about_the_size(make_pages(tmp_path / "short.tif", [(60, 40)]), 3000, 3000)
    assert ask(short, Inspect()).facts.reason
    with pytest.raises(EvidenceError):
        ask(short, RenderImage(100, 100))


def test_that_a_gif_that_was_cut_short_shows_what_is_there(ask: Ask, tmp_path: Path) -> None:
    path = make_pages(tmp_path / "moving.gif", sizes=((60, 40),) * 3)
    path.write_bytes(path.read_bytes()[:-200])
    facts = ask(path, Inspect()).facts
    assert facts.reason == ""
    assert facts.pages is None or facts.pages <= 3
