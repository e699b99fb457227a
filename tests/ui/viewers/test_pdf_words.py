"""Selecting, copying and citing words of real PDFs, upright and turned, by mouse and by keys."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.ui.viewers import pdf_files
from tests.ui.viewers.pdf_files import line
from tests.ui.viewers.pdf_reading import Reading, cited
from workbench.model.citation import Box, PageBox, PageQuote
from workbench.ui.viewers.page_selection import Caret

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton


def in_view(reading: Reading, rect: QRectF) -> bool:
    """Whether a rectangle is seen whole."""
    return QRectF(reading.viewer.pages.viewport().rect()).contains(rect)


def test_that_a_drag_over_words_selects_and_cites_them(reading: Reading) -> None:
    viewer = reading.open()
    words = reading.rect_of(0, "row 2: pupils")
    reading.drag(QPointF(words.left() + 1, words.center().y()), QPointF(words.right() - 1, words.center().y()))
    place = viewer.citation_place()
    assert isinstance(place, PageQuote)
    assert (place.page, place.exact) == (0, "row 2: pupils")
    assert (place.prefix[-8:], place.suffix[:8]) == ("heet 0, ", " counted")
    assert viewer.hint.text() == "Cites the selected words"


def test_that_a_drag_over_lines_takes_all_between(reading: Reading) -> None:
    viewer = reading.open()
    first, last = reading.rect_of(0, "row 1"), reading.rect_of(0, "row 3")
    reading.drag(QPointF(first.left() + 1, first.center().y()), QPointF(last.right() - 1, last.center().y()))
    place = viewer.citation_place()
    assert isinstance(place, PageQuote)
    assert place.exact == f"{line(0, 1)[9:]}\n{line(0, 2)}\nSheet 0, row 3"


def test_that_alt_or_the_box_tool_draws_a_box_over_words(reading: Reading) -> None:
    viewer = reading.open()
    start = QPointF(reading.middle_of(0, "row 1"))
    reading.drag(start, start + QPointF(80, 60), ALT)
    assert isinstance(viewer.citation_place(), PageBox)
    viewer.pages.clear_drawn()
    QTest.mouseClick(viewer.tools.box, LEFT)
    reading.drag(start, start + QPointF(80, 60))
    place = viewer.citation_place()
    assert isinstance(place, PageBox)
    assert place.box.width < 1


def test_that_two_clicks_take_the_word_and_a_third_the_line(reading: Reading) -> None:
    viewer = reading.open()
    surface, at = viewer.pages.viewport(), reading.middle_of(0, "counted")
    QTest.mouseDClick(surface, LEFT, pos=at)
    place = viewer.citation_place()
    assert isinstance(place, PageQuote)
    assert place.exact == "counted"
    QTest.mouseClick(surface, LEFT, pos=at)
    place = viewer.citation_place()
    assert isinstance(place, PageQuote)
    assert place.exact == line(0, 0)


def test_that_words_are_quoted_by_keys_alone(reading: Reading) -> None:
    viewer = reading.open()
    reading.press(Qt.Key.Key_Right, SHIFT | CONTROL)
    reading.press(Qt.Key.Key_Right, SHIFT | CONTROL)
    reading.press(Qt.Key.Key_Right, SHIFT)
    reading.press(Qt.Key.Key_Right, SHIFT)
    place = viewer.citation_place()
    assert isinstance(place, PageQuote)
    assert place.exact == "Sheet 0, r"
    reading.press(Qt.Key.Key_Right, SHIFT | CONTROL | ALT)
    reading.press(Qt.Key.Key_Down, SHIFT)
    place = viewer.citation_place()
    assert isinstance(place, PageQuote)
    assert place.exact == f"{line(0, 0)[6:]}\nSheet 0, r"
    reading.press(Qt.Key.Key_Escape)
    assert isinstance(viewer.citation_place(), PageBox)


def test_that_the_keys_go_on_selecting_over_the_end_of_a_page(reading: Reading) -> None:
    viewer = reading.open()
    reading.press(Qt.Key.Key_A, CONTROL)
    reading.press(Qt.Key.Key_Right, SHIFT)
    words = reading.wait_for_words(1)
    reading.press(Qt.Key.Key_End, SHIFT)
    assert words.selection is not None
    assert words.selection.end == Caret(1, len(line(1, 0)))
    place = viewer.citation_place()
    assert isinstance(place, PageQuote)
    assert place.page == 0
    assert viewer.hint.text() == "Cites the words on page i"


def test_that_a_page_and_words_of_two_pages_are_copied(reading: Reading) -> None:
    reading.open()
    reading.press(Qt.Key.Key_A, CONTROL)
    reading.press(Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "\n".join(line(0, number) for number in range(pdf_files.LINES))
    words = reading.wait_for_words(0)
    words.select(reading.caret(0, "row 11"), Caret(1, 5))
    reading.press(Qt.Key.Key_C, CONTROL)
    reading.until(lambda: QGuiApplication.clipboard().text() == f"{line(0, 11)[9:]}\nSheet")


def test_that_cited_words_are_marked_and_no_longer_selected(reading: Reading) -> None:
    viewer = reading.open()
    quote = reading.select(0, "row 4: pupils counted")
    plain = viewer.pages.grab().toImage()
    viewer.set_citations([cited(quote)])
    assert isinstance(viewer.citation_place(), PageBox)
    marked = viewer.pages.grab().toImage()
    at = reading.rect_of(0, "row 4: pupils counted").bottomLeft().toPoint() + QPoint(3, -1)
    assert marked.pixelColor(at) != plain.pixelColor(at)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_that_a_citation_on_a_rotated_zoomed_page_lands_on_the_same_words(reading: Reading, quarters: int) -> None:
    viewer = reading.open()
    quote = reading.select(0, "row 6: pupils")
    viewer.pages.clear_selection()
    for _ in range(quarters):
        reading.press(Qt.Key.Key_R)
    viewer.pages.set_zoom(2.5)
    viewer.pages.go_to_page(17)
    viewer.go_to(quote)
    reading.wait_for_words(0)
    (rect,) = viewer.pages.quote_rects(quote)
    assert in_view(reading, rect)
    assert (rect.height() > rect.width()) is (quarters % 2 == 1)
    QTest.mouseDClick(viewer.pages.viewport(), LEFT, pos=reading.middle_of(0, "6: pupils"))
    assert isinstance(viewer.citation_place(), PageQuote)
    corners = [rect.topLeft(), rect.bottomRight()]
    start, end = [corners, [rect.bottomLeft(), rect.topRight()]][quarters % 2]
    backwards = quarters in (2, 3)
    reading.drag(*((end, start) if backwards else (start, end)))
    place = viewer.citation_place()
    assert isinstance(place, PageQuote)
    assert place == quote


def test_that_what_is_drawn_on_a_turned_page_is_kept_upright(reading: Reading) -> None:
    viewer = reading.open()
    reading.press(Qt.Key.Key_R)
    paper = viewer.pages.ground_of(None)
    reading.drag(paper.topLeft() + QPointF(2, 2), paper.topLeft() + QPointF(60, 90), ALT)
    place = viewer.citation_place()
    assert isinstance(place, PageBox)
    assert place.box.x < 0.01
    assert place.box.y + place.box.height > 0.99
    viewer.pages.clear_drawn()
    viewer.go_to(PageBox(page=12, box=Box(x=0.8, y=0.9, width=0.1, height=0.05)))
    assert viewer.pages.page == 12
    assert in_view(reading, viewer.pages.rect_on(12, Box(x=0.8, y=0.9, width=0.1, height=0.05)))


def test_that_words_of_a_page_that_lies_sideways_in_the_file_are_where_they_are_seen(reading: Reading) -> None:
    viewer = reading.open()
    viewer.pages.go_to_page(pdf_files.SIDEWAYS)
    quote = reading.select(pdf_files.SIDEWAYS, "row 0: pupils")
    (rect,) = viewer.pages.quote_rects(quote)
    viewer.pages.clear_selection()
    image = viewer.pages.grab().toImage()
    inside = rect.toRect()
    dark = sum(
        image.pixelColor(x, y).lightness() < 128
        for x in range(inside.left(), inside.right())
        for y in range(inside.top(), inside.bottom())
    )
    assert dark > 20


def test_that_a_quotation_whose_words_moved_is_found_by_what_stands_around_it(reading: Reading) -> None:
    viewer = reading.open()
    quote = PageQuote(page=2, exact="pupils", start=3, prefix="Sheet 2, row 7: ", suffix=" counted")
    viewer.go_to(quote)
    reading.wait_for_words(2)
    (rect,) = viewer.pages.quote_rects(quote)
    assert rect.center().y() == pytest.approx(reading.rect_of(2, "row 7").center().y(), abs=2)
    assert in_view(reading, rect)


def test_that_right_to_left_words_are_selected_and_quoted_in_reading_order(reading: Reading) -> None:
    viewer = reading.open(pdf_files.LEFTWARD)
    first = pdf_files.HEBREW.split()[0]
    words = reading.rect_of(0, first)
    reading.drag(QPointF(words.right() - 1, words.center().y()), QPointF(words.left() + 1, words.center().y()))
    place = viewer.citation_place()
    assert isinstance(place, PageQuote)
    assert (place.exact, place.start) == (first, 0)


def test_that_a_scanned_page_is_cited_by_a_box(reading: Reading) -> None:
    viewer = reading.open(pdf_files.SCAN)
    paper = viewer.pages.ground_of(None)
    reading.drag(paper.center(), paper.center() + QPointF(80, 80))
    assert isinstance(viewer.citation_place(), PageBox)
    reading.press(Qt.Key.Key_Right, SHIFT)
    assert isinstance(viewer.citation_place(), PageBox)


def test_that_a_box_by_keys_takes_the_place_of_selected_words(reading: Reading) -> None:
    viewer = reading.open()
    reading.select(0, "row 4")
    reading.press(Qt.Key.Key_X)
    assert isinstance(viewer.citation_place(), PageBox)
    asked: list[bool] = []
    viewer.cite_requested.connect(lambda: asked.append(True))
    reading.press(Qt.Key.Key_Return)
    assert asked == [True]
    reading.select(0, "row 4")
    assert isinstance(viewer.citation_place(), PageQuote)
