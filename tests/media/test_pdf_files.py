"""Protected, damaged and hostile PDFs, and what they carry beside pages."""

from pathlib import Path

import pymupdf
import pytest

from tests.media.conftest import Ask
from tests.media.making import make_pdf, mend_needed
from workbench.errors import EvidenceError, PasswordNeededError
from workbench.media.jobs import (
    PASSWORD_NEEDED,
    FindText,
    Inspect,
    OutlineEntry,
    PageSizes,
    ReadOutline,
    ReadPage,
    RenderPage,
)
from workbench.media.pdf_labels import LABEL_LIMIT, page_labels

AES_256 = 5  # what pymupdf calls PDF_ENCRYPT_AES_256
LEAF = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>"


def make_protected(path: Path, password: str = "öffne dich") -> Path:
    with pymupdf.open() as document:
        document.new_page(width=200, height=100).insert_text((20, 50), "secret words")
        document.set_toc([[1, "Start", 1]])
        document.save(path, encryption=AES_256, user_pw=password, owner_pw="own")
    return path


def write_objects(path: Path, objects: list[str]) -> Path:
    """A PDF of these objects, numbered from 1, the first the catalogue."""
    text = "%PDF-1.4\n" + "".join(f"{number} 0 obj{body}endobj\n" for number, body in enumerate(objects, 1))
    path.write_text(text + "trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n")
    return path


def test_that_a_password_opens_every_door(ask: Ask, tmp_path: Path) -> None:
    path, word = make_protected(tmp_path / "plan.pdf"), "öffne dich"
    assert ask(path, PageSizes(word)).sizes == ((200, 100),)
    assert ask(path, ReadPage(0, word)).text == "secret words"
    assert len(ask(path, FindText("secret", 0, 0, password=word))) == 1
    assert ask(path, ReadOutline(word))[0].title == "Start"
    assert ask(path, RenderPage(0, 50, password=word)).width == 50


@pytest.mark.parametrize("word", ["", "open", "x" * 5000])
def test_that_a_wrong_password_opens_nothing_even_after_the_right_one(ask: Ask, tmp_path: Path, word: str) -> None:
    path = make_protected(tmp_path / "plan.pdf")
    assert len(ask(path, PageSizes("öffne dich")).sizes) == 1
    for job in (PageSizes(word), ReadOutline(word), ReadPage(0, word), RenderPage(0, 50, password=word)):
        with pytest.raises(PasswordNeededError, match="password"):
            ask(path, job)


def test_that_a_protected_pdf_says_that_it_only_wants_a_password(ask: Ask, tmp_path: Path) -> None:
    path = make_protected(tmp_path / "plan.pdf")
    assert ask(path, Inspect()).facts.reason == PASSWORD_NEEDED


def test_that_a_password_for_an_open_pdf_does_no_harm(ask: Ask, tmp_path: Path) -> None:
    assert len(ask(make_pdf(tmp_path / "plan.pdf"), PageSizes("any")).sizes) == 3


def test_that_passwords_are_not_in_what_is_logged() -> None:
    assert "abracadabra" not in repr((PageSizes("abracadabra"), RenderPage(0, 1, password="abracadabra")))


def test_that_the_table_of_contents_is_told(ask: Ask, tmp_path: Path) -> None:
    with pymupdf.open() as document:
        for _ in range(3):
            document.new_page()
        document.set_toc([[1, "Plan", 1], [2, "Aims\n and  steps", 2], [1, "After", 3]])
        document.save(tmp_path / "plan.pdf")
    assert ask(tmp_path / "plan.pdf", ReadOutline()) == (
        OutlineEntry(level=1, title="Plan", page=0),
        OutlineEntry(level=2, title="Aims and steps", page=1),
        OutlineEntry(level=1, title="After", page=2),
    )


def test_that_an_entry_that_leads_out_of_the_document_leads_nowhere(ask: Ask, tmp_path: Path) -> None:
    objects = ["<</Type/Catalog/Pages 2 0 R/Outlines 4 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", LEAF]
    objects.append("<</First 5 0 R/Last 6 0 R/Count 2>>")
    objects.append("<</Title(web)/Parent 4 0 R/Next 6 0 R/A<</S/URI/URI(http://127.0.0.1/)>>>>")
    objects.append("<</Title(script)/Parent 4 0 R/Prev 5 0 R/A<</S/JavaScript/JS(app.alert(1))>>>>")
    entries = ask(write_objects(tmp_path / "plan.pdf", objects), ReadOutline())
    assert [(entry.title, entry.page) for entry in entries] == [("web", None), ("script", None)]


@pytest.mark.parametrize("levels", [300, 100_000])
def test_that_contents_nested_beyond_reason_harm_nothing(ask: Ask, tmp_path: Path, levels: int) -> None:
    objects = ["<</Type/Catalog/Pages 2 0 R/Outlines 4 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", LEAF]
    objects.append("<</First 5 0 R/Last 5 0 R>>")
    objects += [f"<</Title(t)/Parent {n + 4} 0 R/First {n + 6} 0 R/Last {n + 6} 0 R>>" for n in range(levels)]
    path = write_objects(tmp_path / "deep.pdf", [*objects, "<</Title(t)>>"])
    assert ask(path, ReadOutline()) == ()
    assert ask(path, Inspect()).facts.pages == 1


def test_that_contents_that_go_round_in_a_ring_end(ask: Ask, tmp_path: Path) -> None:
    objects = ["<</Type/Catalog/Pages 2 0 R/Outlines 4 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", LEAF]
    objects.append("<</First 5 0 R/Last 6 0 R/Count 2>>")
    objects.append("<</Title(a)/Parent 4 0 R/Next 6 0 R/First 4 0 R>>")
    objects.append("<</Title(b)/Parent 4 0 R/Next 5 0 R>>")
    assert len(ask(write_objects(tmp_path / "ring.pdf", objects), ReadOutline())) < 10


def test_that_pages_are_found_in_a_file_cut_off_before_the_list_of_them(ask: Ask, tmp_path: Path) -> None:
    text = "%PDF-1.4\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    for number in (10, 20):
        body = f"BT /F 20 Tf 20 50 Td (Page {number}) Tj ET"
        text += f"{number} 0 obj<</Length {len(body)}>>stream\n{body}\nendstream endobj\n"
        text += f"{number + 1} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents {number} 0 R"
        text += "/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
    (tmp_path / "cut.pdf").write_text(text + "30 0 obj<</Length 9000>>stream\nand then the line bro")
    inspection = ask(tmp_path / "cut.pdf", Inspect())
    assert inspection.facts.pages == 2
    assert "repaired" in inspection.note
    assert ask(tmp_path / "cut.pdf", ReadPage(1)).text == "Page 20"


def test_that_a_file_cut_off_before_its_pages_says_so(ask: Ask, shared_evidence: Path) -> None:
    assert ask(shared_evidence / "truncated.pdf", Inspect()).facts.reason == "The file ends early."


def test_that_one_damaged_page_leaves_the_others(ask: Ask, tmp_path: Path) -> None:
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R 9 0 R 3 0 R]/Count 3>>", LEAF]
    path = write_objects(tmp_path / "plan.pdf", objects)
    pages = ask(path, PageSizes())
    assert pages.sizes[0] == (200, 100)
    shown = 0
    for page in range(len(pages.sizes)):
        try:
            ask(path, RenderPage(page, 50)).release()
            shown += 1
        except EvidenceError:
            continue
    assert shown >= 1


def test_that_a_mended_file_says_so(ask: Ask, tmp_path: Path) -> None:
    assert "repaired" in ask(mend_needed(make_pdf(tmp_path / "plan.pdf")), PageSizes()).note


def test_that_sizes_are_told_as_pages_stand(ask: Ask, tmp_path: Path) -> None:
    with pymupdf.open() as document:
        document.new_page(width=300, height=400).set_cropbox(pymupdf.Rect(10, 20, 110, 220))
        turned = document.new_page(width=300, height=400)
        turned.set_rotation(270)
        document.xref_set_key(turned.xref, "UserUnit", "2")
        document.save(tmp_path / "plan.pdf")
    sizes = ask(tmp_path / "plan.pdf", PageSizes()).sizes
    with pymupdf.open(tmp_path / "plan.pdf") as document:
        assert sizes == tuple((page.rect.width, page.rect.height) for page in document)


def test_that_labels_follow_their_rules() -> None:
    rules = [
        {"startpage": 0, "style": "r"},
        {"startpage": 2, "style": "D", "prefix": "A-", "firstpagenum": 7},
        {"startpage": 4, "style": "A", "firstpagenum": 26},
        {"startpage": 6, "prefix": "Cover"},
    ]
    assert page_labels(rules, 7) == ("i", "ii", "A-7", "A-8", "Z", "AA", "Cover")
    assert page_labels([], 2) == ("1", "2")


def test_that_no_label_is_long() -> None:
    rules = [{"startpage": 0, "style": style, "firstpagenum": 10**12, "prefix": "x" * 99} for style in "rRaAD"]
    for rule in rules:
        assert len(page_labels([rule], 1)[0]) <= LABEL_LIMIT
        assert len(page_labels([{**rule, "prefix": ""}], 1)[0]) <= LABEL_LIMIT


def test_that_the_contents_of_a_real_book_are_read(ask: Ask, shared_evidence: Path) -> None:
    path = shared_evidence / "textbook-117-pages.pdf"
    entries, pages = ask(path, ReadOutline()), ask(path, PageSizes())
    assert len(entries) == 35
    assert pages.labels[entries[0].page] == "3"


def test_that_a_real_protected_file_opens_with_its_password(ask: Ask, shared_evidence: Path) -> None:
    path = shared_evidence / "password-protected.pdf"
    assert len(ask(path, PageSizes("openpassword")).sizes) == 1
    with pytest.raises(PasswordNeededError):
        ask(path, PageSizes("wrong"))
