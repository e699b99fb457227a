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
