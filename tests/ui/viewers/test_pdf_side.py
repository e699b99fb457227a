"""Thumbnails, contents and search beside real PDFs."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.ui.viewers import pdf_files
from tests.ui.viewers.pdf_reading import Reading
from workbench.model.citation import PageQuote
from workbench.ui.viewers.pdf_hits import HitList
from workbench.ui.viewers.pdf_side import PdfSide, SideTab

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def opened(reading: Reading, tab: SideTab, name: str = pdf_files.BOOK) -> PdfSide:
    """The panel beside a PDF."""
    viewer = reading.open(name)
    reading.press(Qt.Key.Key_F4)
    viewer.side.show_tab(tab)
    return viewer.side


def searched(reading: Reading, query: str) -> PdfSide:
    """The panel after a search to its end."""
    viewer = reading.open()
    reading.press(Qt.Key.Key_F, CONTROL)
    QTest.keyClicks(viewer.side.finder.field, query)
    QTest.keyClick(viewer.side.finder.field, Qt.Key.Key_Return)
    reading.until(lambda: viewer.side.search.is_done)
    return viewer.side


def test_that_only_thumbnails_in_view_and_near_are_fetched(reading: Reading) -> None:
    thumbnails = opened(reading, SideTab.PAGES).thumbnails
    seen = thumbnails.rows_in_view()
    assert 0 < len(seen) < pdf_files.PAGES // 2
    reading.until(lambda: all(thumbnails.pages.has(page) for page in seen))
    assert not thumbnails.pages.has(pdf_files.PAGES - 1)
    assert not reading.viewer.pages.has_picture(pdf_files.PAGES - 1)


def test_that_the_present_page_is_marked_and_keys_turn_pages_in_the_thumbnails(reading: Reading) -> None:
    side = opened(reading, SideTab.PAGES)
    reading.viewer.pages.go_to_page(10)
    assert side.thumbnails.currentIndex().row() == 10
    side.focus_content()
    QTest.keyClick(side.thumbnails, Qt.Key.Key_Down)
    assert reading.viewer.pages.page == 11
    QTest.keyClick(side.thumbnails, Qt.Key.Key_Escape)
    assert reading.viewer.focusProxy() is reading.viewer.pages


def test_that_page_labels_are_shown_with_the_place_in_the_file_and_can_be_typed(reading: Reading) -> None:
    tools = reading.open().tools
    assert (tools.page_field.text(), tools.page_count.text()) == ("i", "(1 of 30)")
    assert reading.viewer.pages.accessibleName() == "Page i, 1 of 30"
    assert pdf_files.line(0, 0) in reading.viewer.pages.accessibleDescription()
    for typed, page in (("iv", 3), ("1", 4), ("30", 29)):
        tools.page_field.setText(typed)
        QTest.keyClick(tools.page_field, Qt.Key.Key_Return)
        assert reading.viewer.pages.page == page


def test_that_the_contents_are_a_tree_that_leads_to_its_pages(reading: Reading) -> None:
    outline = opened(reading, SideTab.OUTLINE).outline
    model = outline.tree.model()
    reading.until(lambda: model.rowCount() == 3)
    second = model.index(1, 0)
    assert (second.data(), model.rowCount(second)) == ("Chapter 2", 1)
    inner = model.index(0, 0, second)
    outline.tree.setCurrentIndex(inner)
    QTest.keyClick(outline.tree, Qt.Key.Key_Return)
    assert reading.viewer.pages.page == 15
    reading.viewer.pages.go_to_page(25)
    assert outline.tree.currentIndex().data() == "What happened on sheet 25"


def test_that_a_pdf_without_contents_says_so(reading: Reading) -> None:
    outline = opened(reading, SideTab.OUTLINE, pdf_files.SCAN).outline
    reading.until(lambda: outline.words.text() == "This PDF has no table of contents.")
    assert outline.tree.model().rowCount(QModelIndex()) == 0


def test_that_all_hits_are_listed_with_label_and_words_around(reading: Reading) -> None:
    side = searched(reading, "QUAGGA")
    hits = reading.viewer.findChild(HitList, "pdfHits")
    assert hits is not None
    assert hits.model().rowCount() == 1
    said = hits.model().index(0, 0).data()
    assert said.startswith(f"Page {pdf_files.RARE_PAGE - 3}: ")
    assert "A quagga crossed" in said
    assert side.finder.count.text() == "1 of 1"
    assert reading.viewer.pages.page == pdf_files.RARE_PAGE


def test_that_a_hit_can_be_cited_at_once(reading: Reading) -> None:
    searched(reading, "quagga crossed")
    reading.wait_for_words(pdf_files.RARE_PAGE)
    place = reading.viewer.citation_place()
    assert isinstance(place, PageQuote)
    assert (place.page, place.exact) == (pdf_files.RARE_PAGE, "quagga crossed")


def test_that_enter_goes_on_and_shift_enter_back_and_the_count_says_where(reading: Reading) -> None:
    side = searched(reading, "row 3:")
    assert side.finder.count.text() == f"1 of {pdf_files.PAGES}"
    QTest.keyClick(side.finder.field, Qt.Key.Key_Return)
    assert (side.finder.count.text(), reading.viewer.pages.page) == (f"2 of {pdf_files.PAGES}", 1)
    QTest.keyClick(side.finder.field, Qt.Key.Key_Return, SHIFT)
    QTest.keyClick(side.finder.field, Qt.Key.Key_Return, SHIFT)
    assert side.finder.count.text() == f"{pdf_files.PAGES} of {pdf_files.PAGES}"
    reading.press(Qt.Key.Key_F3)
    assert reading.viewer.pages.page == 0


def test_that_hits_stand_in_the_order_of_the_document_though_the_search_begins_where_one_reads(
    reading: Reading,
) -> None:
    viewer = reading.open()
    viewer.pages.go_to_page(26)
    reading.press(Qt.Key.Key_F, CONTROL)
    QTest.keyClicks(viewer.side.finder.field, "row 5:")
    QTest.keyClick(viewer.side.finder.field, Qt.Key.Key_Return)
    reading.until(lambda: viewer.side.search.is_done)
    assert [hit.page for hit in viewer.side.search.hits] == list(range(pdf_files.PAGES))
    assert viewer.pages.page == 26
    assert viewer.side.finder.count.text() == f"27 of {pdf_files.PAGES}"


def test_that_nothing_found_is_said_and_an_escape_ends_the_search(reading: Reading) -> None:
    side = searched(reading, "okapi")
    assert side.finder.words.text().startswith("No hits.")
    assert side.finder.list.isHidden()
    QTest.keyClick(side.finder.field, Qt.Key.Key_Escape)
    reading.press(Qt.Key.Key_Escape)
    assert (side.search.query, side.finder.field.text()) == ("", "")


def test_that_a_search_that_was_typed_over_brings_no_hits_of_the_former(reading: Reading) -> None:
    side = searched(reading, "pupils")
    assert len(side.search.hits) > 100
    side.finder.field.clear()
    QTest.keyClicks(side.finder.field, "quagga")
    QTest.keyClick(side.finder.field, Qt.Key.Key_Return)
    reading.until(lambda: side.search.is_done)
    assert [hit.page for hit in side.search.hits] == [pdf_files.RARE_PAGE]


def test_that_the_panel_covers_the_pages_only_where_both_have_no_room(reading: Reading) -> None:
    side, pages = opened(reading, SideTab.PAGES), reading.viewer.pages
    assert side.isVisible()
    assert pages.isVisible()
    reading.resize(400, 620)
    reading.until(lambda: not pages.isVisible())
    QTest.keyClick(side.thumbnails, Qt.Key.Key_Return)
    assert pages.isVisible()
    assert not side.isVisible()


def test_that_the_panel_and_a_rotation_last_until_the_submission_is_closed(reading: Reading) -> None:
    side = opened(reading, SideTab.OUTLINE)
    reading.press(Qt.Key.Key_R)
    reading.open(pdf_files.SCAN)
    assert (side.isVisible(), side.tab, reading.viewer.pages.rotation) == (True, SideTab.OUTLINE, 0)
    reading.open()
    assert reading.viewer.pages.rotation == 90
    reading.viewer.clear()
    reading.open()
    assert (side.isVisible(), reading.viewer.pages.rotation) == (False, 0)


def test_that_every_control_has_a_name_and_is_large_enough(reading: Reading) -> None:
    opened(reading, SideTab.SEARCH)
    named = [
        widget
        for widget in reading.viewer.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(named) > 10
    assert [widget.objectName() for widget in named if not widget.accessibleName()] == []
    assert [widget.objectName() for widget in named if min(widget.width(), widget.height()) < 24] == []
