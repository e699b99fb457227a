"""Texts in the real stage, read by a real worker."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QFont, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from tests.ui.viewers.conftest import Viewing
from workbench.model.citation import TextQuote
from workbench.ui.viewers.safe_document import SafeDocument, bearable
from workbench.ui.viewers.text import TextViewer

REFLECTION = "reflection.md"


def opened(viewing: Viewing) -> TextViewer:
    return viewing.open(REFLECTION, TextViewer)


def select(viewer: TextViewer, words: str) -> None:
    found = viewer.body.document().find(words)
    assert not found.isNull()
    viewer.body.setTextCursor(found)


def test_that_a_selection_is_cited_with_what_stands_around_it(viewing: Viewing) -> None:
    viewer = opened(viewing)
    select(viewer, "two groups had moved")
    place = viewing.stage.citation_place()
    assert isinstance(place, TextQuote)
    assert place.exact == "two groups had moved"
    assert viewer.body.text[place.start :].startswith(place.exact)
    assert place.prefix.endswith("gap 😀: ")
    assert place.suffix.startswith(", one had not")


def test_that_the_first_paragraph_in_view_is_cited_without_a_selection(viewing: Viewing) -> None:
    opened(viewing)
    place = viewing.stage.citation_place()
    assert isinstance(place, TextQuote)
    assert place.exact == "What I learned"


def test_that_a_cited_quotation_is_found_and_marked(viewing: Viewing) -> None:
    viewer = opened(viewing)
    select(viewer, "explain one mistake")
    place = viewing.stage.citation_place()
    assert place is not None
    viewer.body.moveCursor(QTextCursor.MoveOperation.Start)
    cited = viewing.cited(place, REFLECTION)
    viewing.stage.set_citations([("C", cited, True)])
    assert len(viewer.body.extraSelections()) == 1
    viewing.stage.go_to(cited)
    assert viewer.body.textCursor().selectedText() == "explain one mistake"


def test_that_markdown_has_no_live_link_no_picture_and_no_html(viewing: Viewing) -> None:
    viewer = opened(viewing)
    source = viewer.body.document().toHtml()
    assert "example.com/sheet" not in source
    assert "example.com/chart" not in source
    assert "<img" not in source
    assert "the sheet" in viewer.body.text
    assert "[a chart]" in viewer.body.text
    anything = QUrl("http://example.com/x.png")
    assert viewer.body.document().resource(QTextDocument.ResourceType.ImageResource, anything) is None


def test_that_the_text_cannot_be_changed_and_keeps_a_comfortable_measure(viewing: Viewing) -> None:
    viewer = opened(viewing)
    assert viewer.body.isReadOnly()
    frame = viewer.body.document().rootFrame().frameFormat()
    wide = viewer.body.width() - frame.leftMargin() - frame.rightMargin()
    sample = "an ordinary line of text that holds sixty-six letters, give or take"
    assert abs(wide - viewer.body.fontMetrics().horizontalAdvance(sample)) < wide * 0.25
    assert viewer.body.lineWrapMode() == QTextEdit.LineWrapMode.WidgetWidth


def test_that_a_large_table_or_deep_nesting_is_shown_as_it_was_typed() -> None:
    document = SafeDocument()
    row = "|a" * 200 + "|\n"
    document.show_text(row + "|-" * 200 + "|\n" + row * 40, is_markdown=True, font=QFont())
    assert "|a|a" in document.toPlainText()
    document.show_text(">" * 5000 + " deep", is_markdown=True, font=QFont())
    assert document.toPlainText().endswith(">> deep")


def test_that_more_joined_pictographs_than_a_window_can_lay_out_are_cut_and_ordinary_texts_never() -> None:
    family = "👩\u200d👩\u200d👧 "
    assert len(bearable(family * 100_000)) < 50_000
    letters = "An ordinary text with a smile 😀. " * 20_000
    assert bearable(letters) == letters
