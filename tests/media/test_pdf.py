from pathlib import Path

import pymupdf
import pytest

from tests.media.conftest import Ask
from tests.media.making import colour_at, is_red, make_pdf
from workbench.errors import EvidenceError
from workbench.media.jobs import Inspect, PageSizes, RenderImage, RenderPage
from workbench.model.citation import Box
from workbench.model.submission import EvidenceKind

AES_256 = 5  # what pymupdf calls PDF_ENCRYPT_AES_256


def test_that_a_page_is_drawn_at_the_width_that_was_asked_for(ask: Ask, tmp_path: Path) -> None:
    picture = ask(make_pdf(tmp_path / "plan.pdf"), RenderPage(1, 600))
    assert (picture.width, picture.height) == (600, 800)
    assert is_red(colour_at(picture, 0.25, 0.25))
    assert colour_at(picture, 0.9, 0.1) == (255, 255, 255)


def test_that_a_tile_is_the_same_part_of_the_page(ask: Ask, tmp_path: Path) -> None:
    tile = ask(make_pdf(tmp_path / "plan.pdf"), RenderPage(0, 600, Box(x=0.25, y=0.25, width=0.5, height=0.5)))
    assert (tile.width, tile.height) == (300, 400)
    assert is_red(colour_at(tile, 0.2, 0.2))
    assert colour_at(tile, 0.8, 0.2) == (255, 255, 255)


def test_that_sizes_and_labels_of_all_pages_are_told(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    with pymupdf.open() as document:
        document.new_page(width=200, height=100)
        document.new_page(width=300, height=400).set_rotation(90)
        document.set_page_labels([{"startpage": 0, "style": "r", "firstpagenum": 4}])
        document.save(path)
    pages = ask(path, PageSizes())
    assert pages.sizes == ((200, 100), (400, 300))
    assert pages.labels == ("iv", "v")


def test_that_scripts_in_a_pdf_are_not_run(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "script.pdf"
    with pymupdf.open() as document:
        document.new_page()
        script = document.get_new_xref()
        document.update_object(script, "<</S/JavaScript/JS(while(true){})>>")
        document.xref_set_key(document.pdf_catalog(), "OpenAction", f"{script} 0 R")
        document.save(path)
    assert ask(path, Inspect()).facts.pages == 1


def test_that_a_pdf_with_a_password_says_so(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "secret.pdf"
    with pymupdf.open() as document:
        document.new_page()
        document.save(path, encryption=AES_256, user_pw="open", owner_pw="own")
    assert ask(path, Inspect()).facts.reason == "This PDF asks for a password."
    with pytest.raises(EvidenceError, match="asks for a password"):
        ask(path, RenderPage(0, 100))


def test_that_a_page_that_is_not_there_is_refused(ask: Ask, tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="no such page"):
        ask(make_pdf(tmp_path / "plan.pdf"), RenderPage(3, 100))


def test_that_a_web_page_saved_as_pdf_is_called_by_its_name(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_text("<!-- saved --><!DOCTYPE html><html><body>Please sign in</body></html>")
    inspection = ask(path, Inspect(EvidenceKind.PDF))
    assert inspection.kind is EvidenceKind.UNSUPPORTED
    assert inspection.facts.reason == "This is a web page, not a PDF."


def test_that_content_counts_and_not_what_it_was_handed_in_as(ask: Ask, tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "photo.jpg")
    assert ask(path, Inspect(EvidenceKind.IMAGE)).kind is EvidenceKind.PDF
    with pytest.raises(EvidenceError, match="This is not an image"):
        ask(path, RenderImage(10, 10))


def test_that_the_next_pdf_is_never_drawn_from_the_last_one(ask: Ask, tmp_path: Path) -> None:
    ask(make_pdf(tmp_path / "three.pdf", 3), RenderPage(0, 50))
    assert len(ask(make_pdf(tmp_path / "five.pdf", 5), PageSizes()).sizes) == 5


@pytest.mark.parametrize(("box", "unit"), [("0 0 14400 14400", 1_000_000), ("0 0 1 100000000", 1)])
def test_that_a_page_too_large_for_a_scroll_bar_is_refused(ask: Ask, tmp_path: Path, box: str, unit: int) -> None:
    path = make_pdf(tmp_path / "plan.pdf", 1)
    with pymupdf.open(path) as document:
        document.xref_set_key(document[0].xref, "MediaBox", f"[{box}]")
        document.xref_set_key(document[0].xref, "UserUnit", str(unit))
        document.save(tmp_path / "huge.pdf")
    assert "too large" in ask(tmp_path / "huge.pdf", Inspect()).facts.reason
    with pytest.raises(EvidenceError, match="too large"):
        ask(tmp_path / "huge.pdf", PageSizes())


def test_that_a_label_for_each_of_five_thousand_pages_costs_no_time(ask: Ask, tmp_path: Path) -> None:
    with pymupdf.open() as document:
        for _ in range(5000):
            document.new_page(width=99, height=99)
        rules = [{"startpage": page, "style": "D", "prefix": "A", "firstpagenum": 1} for page in range(5000)]
        document.set_page_labels(rules)
        document.save(tmp_path / "labels.pdf")
    assert len(ask(tmp_path / "labels.pdf", PageSizes()).labels) == 5000


@pytest.mark.parametrize(("rotation", "red"), [(0, (0.2, 0.2)), (90, (0.8, 0.2)), (180, (0.8, 0.8)), (270, (0.2, 0.8))])
def test_that_a_page_can_be_turned(ask: Ask, tmp_path: Path, rotation: int, red: tuple[float, float]) -> None:
    picture = ask(make_pdf(tmp_path / "plan.pdf"), RenderPage(0, 600, rotation=rotation))
    assert (picture.width, picture.height) == ((600, 450) if rotation % 180 else (600, 800))
    assert is_red(colour_at(picture, *red))
    assert colour_at(picture, 1 - red[0], red[1])[1] > 200


def test_that_a_tile_of_a_turned_page_is_cut_from_it_as_it_is_seen(ask: Ask, tmp_path: Path) -> None:
    clip = Box(x=0.25, y=0.2, width=0.5, height=0.6)
    tile = ask(make_pdf(tmp_path / "plan.pdf"), RenderPage(0, 600, clip, 90))
    assert (tile.width, tile.height) == (300, 270)
    assert is_red(colour_at(tile, 0.8, 0.2))
    assert colour_at(tile, 0.2, 0.2) == (255, 255, 255)


def test_that_notes_on_a_page_and_fields_of_a_form_are_drawn(ask: Ask, tmp_path: Path) -> None:
    with pymupdf.open() as document:
        page = document.new_page(width=300, height=400)
        page.add_rect_annot(pymupdf.Rect(0, 0, 150, 200)).set_colors(stroke=(1, 0, 0), fill=(1, 0, 0))
        next(page.annots()).update(fill_color=(1, 0, 0))
        field = pymupdf.Widget()
        field.field_type, field.field_name = pymupdf.PDF_WIDGET_TYPE_TEXT, "aim"  # type: ignore[attr-defined]
        field.rect, field.fill_color = pymupdf.Rect(150, 200, 300, 400), (1, 0, 0)
        page.add_widget(field)
        document.save(tmp_path / "form.pdf")
    picture = ask(tmp_path / "form.pdf", RenderPage(0, 300))
    assert is_red(colour_at(picture, 0.25, 0.25))
    assert is_red(colour_at(picture, 0.75, 0.75))
    assert colour_at(picture, 0.75, 0.25) == (255, 255, 255)


@pytest.mark.parametrize("grey", [0, 128])
def test_that_a_scan_without_colours_is_as_grey_as_it_should_be(ask: Ask, tmp_path: Path, grey: int) -> None:
    with pymupdf.open() as document:
        page = document.new_page(width=300, height=400)
        scan = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 60, 80))
        scan.clear_with(grey)
        page.insert_image(pymupdf.Rect(0, 0, 150, 200), pixmap=scan)
        document.save(tmp_path / "grey.pdf")
    picture = ask(tmp_path / "grey.pdf", RenderPage(0, 301))
    assert colour_at(picture, 0.25, 0.25) == pytest.approx((grey,) * 3, abs=1)
    assert colour_at(picture, 0.75, 0.75) == (255, 255, 255)
    assert set(picture.pixels[3::4]) == {255}


def test_that_a_coloured_word_beside_a_grey_scan_keeps_its_colour(ask: Ask, tmp_path: Path) -> None:
    with pymupdf.open() as document:
        page = document.new_page(width=300, height=400)
        scan = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 60, 80))
        scan.clear_with(200)
        page.insert_image(pymupdf.Rect(150, 200, 300, 400), pixmap=scan)
        page.draw_rect(pymupdf.Rect(0, 0, 150, 200), color=None, fill=(1, 0, 0))
        document.save(tmp_path / "marked.pdf")
    assert is_red(colour_at(ask(tmp_path / "marked.pdf", RenderPage(0, 300)), 0.25, 0.25))


def test_that_the_fields_of_a_real_form_are_drawn(ask: Ask, shared_evidence: Path) -> None:
    picture = ask(shared_evidence / "form.pdf", RenderPage(0, 1000))
    row = [colour_at(picture, place / 1000, 0.148)[0] for place in range(200, 245)]
    assert min(row) < 160
