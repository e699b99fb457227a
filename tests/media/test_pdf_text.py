from pathlib import Path

import pymupdf
import pytest

from tests.media.conftest import Ask
from workbench.errors import EvidenceError
from workbench.media.jobs import FindText, PageText, ReadPage
from workbench.media.pdf_search import fold

STEP = 60


def make_text(path: Path, *pages: list[str], rotation: int = 0) -> Path:
    """A page of 400 by 300 points for each list, its lines from the top."""
    with pymupdf.open() as document:
        for lines in pages:
            page = document.new_page(width=400, height=300)
            for number, line in enumerate(lines):
                page.insert_text((40, 50 + number * STEP), line, fontsize=20)
            page.set_rotation(rotation)
        document.save(path)
    return path


def make_story(path: Path, html: str) -> Path:
    """A page that MuPDF sets itself, with its own fonts for every script."""
    writer, story = pymupdf.DocumentWriter(str(path)), pymupdf.Story(html)
    story.place(pymupdf.Rect(20, 20, 380, 280))
    story.draw(writer.begin_page(pymupdf.Rect(0, 0, 400, 300)))
    writer.end_page()
    writer.close()
    return path


def line_texts(page: PageText) -> list[str]:
    return [page.text[line.start : line.start + len(line.lefts)] for line in page.lines]


def test_that_a_page_is_read_line_by_line(ask: Ask, tmp_path: Path) -> None:
    page = ask(make_text(tmp_path / "plan.pdf", ["Ask, then wait.", "Listen."]), ReadPage(0))
    assert page.text == "Ask, then wait.\nListen."
    assert line_texts(page) == ["Ask, then wait.", "Listen."]
    assert page.lines[0].box.y < page.lines[1].box.y


def test_that_each_letter_stands_right_of_the_last(ask: Ask, tmp_path: Path) -> None:
    (line,) = ask(make_text(tmp_path / "plan.pdf", ["Listen"]), ReadPage(0)).lines
    assert line.lefts[0] == 0
    assert line.rights[-1] == 1
    assert line.lefts[1:] == pytest.approx(line.rights[:-1], abs=0.01)
    assert line.box.x == pytest.approx(0.1, abs=0.01)


def test_that_right_to_left_text_is_read_as_people_read_it(ask: Ask, tmp_path: Path) -> None:
    page = ask(make_story(tmp_path / "plan.pdf", "<p dir='rtl'>שלום עולם</p>"), ReadPage(0))
    assert page.text == "שלום עולם"
    (line,) = page.lines
    assert list(line.lefts) == sorted(line.lefts, reverse=True)
    (hit,) = ask(tmp_path / "plan.pdf", FindText("עולם", 0, 0))
    assert hit.boxes[0].x < line.box.x + line.box.width / 2


def test_that_the_letters_of_a_ligature_share_its_room(ask: Ask, tmp_path: Path) -> None:
    (line,) = ask(make_story(tmp_path / "plan.pdf", "<p style='font-size:20px'>office</p>"), ReadPage(0)).lines
    assert len(line.lefts) == len("office")
    assert all(right - left > 0.02 for left, right in zip(line.lefts, line.rights, strict=True))


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_that_places_are_on_the_page_as_it_stands_upright(ask: Ask, tmp_path: Path, rotation: int) -> None:
    path = make_text(tmp_path / "plan.pdf", ["Corner"], rotation=rotation)
    (hit,) = ask(path, FindText("corner", 0, 0))
    middle = (hit.boxes[0].x + hit.boxes[0].width / 2, hit.boxes[0].y + hit.boxes[0].height / 2)
    upright = {0: middle, 90: (middle[1], 1 - middle[0]), 180: (1 - middle[0], 1 - middle[1])}
    upright[270] = (1 - middle[1], middle[0])
    assert upright[rotation] == pytest.approx((0.18, 0.15), abs=0.05)


def test_that_what_was_written_into_a_form_can_be_read(ask: Ask, tmp_path: Path) -> None:
    with pymupdf.open() as document:
        page = document.new_page(width=400, height=300)
        field = pymupdf.Widget()
        field.field_type, field.field_name = pymupdf.PDF_WIDGET_TYPE_TEXT, "aim"  # type: ignore[attr-defined]
        field.rect, field.field_value = pymupdf.Rect(40, 40, 300, 80), "Questions first"
        page.add_widget(field)
        document.save(tmp_path / "form.pdf")
    assert ask(tmp_path / "form.pdf", ReadPage(0)).text == "Questions first"


def test_that_a_page_without_text_is_empty(ask: Ask, tmp_path: Path) -> None:
    assert ask(make_text(tmp_path / "plan.pdf", []), ReadPage(0)) == PageText(text="", lines=())


def test_that_a_page_that_is_not_there_has_no_text(ask: Ask, tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="no such page"):
        ask(make_text(tmp_path / "plan.pdf", []), ReadPage(1))


def test_that_finds_come_page_by_page_with_words_around(ask: Ask, tmp_path: Path) -> None:
    path = make_text(tmp_path / "plan.pdf", ["First we wait here."], [], ["Then wait, and wait."])
    hits = ask(path, FindText("WAIT", 0, 99))
    assert [(hit.page, hit.start, hit.length) for hit in hits] == [(0, 9, 4), (2, 5, 4), (2, 15, 4)]
    assert (hits[0].before, hits[0].found, hits[0].after) == ("First we ", "wait", " here.")


def test_that_only_the_pages_asked_for_are_searched(ask: Ask, tmp_path: Path) -> None:
    path = make_text(tmp_path / "plan.pdf", ["wait"], ["wait"], ["wait"])
    assert [hit.page for hit in ask(path, FindText("wait", 1, 1))] == [1]
    assert len(ask(path, FindText("wait", 0, 2, most=2))) == 2


def test_that_a_find_over_the_end_of_a_line_has_a_box_on_each(ask: Ask, tmp_path: Path) -> None:
    path = make_text(tmp_path / "plan.pdf", ["learners explain their think-", "ing to each other"])
    (hit,) = ask(path, FindText("Thinking to", 0, 0))
    assert hit.found == "think- ing to"
    assert [round(box.y, 1) for box in hit.boxes] == [0.1, 0.3]
    assert hit.boxes[1].x == pytest.approx(0.1, abs=0.01)


@pytest.mark.parametrize("query", ["", " ", "\u0301"])
def test_that_nothing_is_found_for_nothing(ask: Ask, tmp_path: Path, query: str) -> None:
    assert ask(make_text(tmp_path / "plan.pdf", ["a b"]), FindText(query, 0, 0)) == ()


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Café", "CAFE"),
        ("naïve", "naive"),
        ("STRASSE", "straße"),
        ("ﬁnd", "find"),
        ("it’s", "it's"),
        ("co-operate", "cooperate"),
        ("two   words\nthere", "two words there"),
        ("مُعَلِّم", "معلم"),
        ("think\u00ading", "thinking"),
    ],
)
def test_that_people_may_type_it_their_way(written: str, typed: str) -> None:
    assert fold(written).text == fold(typed).text


def test_that_numbers_keep_their_hyphens() -> None:
    assert fold("7-12").text == "7-12"


def test_that_arabic_of_a_real_document_is_found(ask: Ask, shared_evidence: Path) -> None:
    for page in range(4):
        hits = ask(shared_evidence / "arabic-rotated.pdf", FindText("حبيبي", page, page))
        assert hits
        assert all(0 <= box.x <= box.x + box.width <= 1.001 for hit in hits for box in hit.boxes)
