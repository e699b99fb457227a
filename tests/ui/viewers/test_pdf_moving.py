"""Moving in a PDF: fits, turns, and the page that comes next."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor

from tests.ui.viewers.pdf_reading import Reading
from workbench.model.place import WorkPlace
from workbench.ui.viewers.marks import WHOLE

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_that_the_pages_before_and_after_are_there_before_one_turns_to_them(reading: Reading) -> None:
    viewer = reading.open()
    viewer.move_to(WorkPlace(page=10, zoom=-1.0))
    pages = viewer.pages
    reading.until(lambda: all(pages.has_picture(page) for page in (9, 10, 11)))
    assert not pages.has_picture(20)
    reading.press(Qt.Key.Key_PageDown)
    assert pages.page == 11
    paper = pages.ground_of(None).center().toPoint()
    image = pages.grab().toImage()
    row = [image.pixelColor(x, paper.y()) for x in range(image.width())]
    column = [image.pixelColor(paper.x() - 80, y) for y in range(image.height())]
    assert any(color.lightness() < 150 for color in row + column)


def test_that_a_page_fits_whole_and_stays_whole_in_another_size(reading: Reading) -> None:
    viewer = reading.open()
    viewer.pages.go_to_page(8)
    reading.press(Qt.Key.Key_0, CONTROL)
    assert viewer.tools.fit_page.isChecked()
    for width, height in ((910, 620), (640, 420), (400, 700)):
        reading.resize(width, height)
        room = viewer.pages.viewport().rect()
        assert viewer.pages.page == 8
        assert room.contains(viewer.pages.rect_on(8, WHOLE).toRect())
    reading.press(Qt.Key.Key_2, CONTROL)
    assert viewer.tools.fit_width.isChecked()


def test_that_the_fit_comes_back_with_the_place(reading: Reading) -> None:
    viewer = reading.open()
    viewer.pages.set_zoom(-1.0)
    viewer.pages.go_to_page(14)
    place = viewer.place()
    reading.open("scan.pdf")
    reading.begin()
    viewer.restore(place.position_ms, place.page, place.zoom)
    reading.until(lambda: viewer.is_ready)
    assert (viewer.pages.page, viewer.pages.chosen_zoom) == (14, -1.0)


def test_that_a_turn_keeps_the_page_and_what_is_in_the_middle(reading: Reading) -> None:
    pages = reading.open().pages
    pages.go_to_page(12)
    for _ in range(4):
        reading.press(Qt.Key.Key_R)
        assert pages.page == 12
    pages.set_zoom(4.0)
    pages.go_to_page(12)
    pages.scroll_by(100, 1000)
    middle = QPointF(pages.viewport().width() / 2, pages.viewport().height() / 2)
    before = pages.point_on(middle)
    for _ in range(4):
        reading.press(Qt.Key.Key_R)
        assert pages.point_on(middle) == pytest.approx(before, abs=0.01)


def test_that_a_turned_page_is_shown_turned(reading: Reading) -> None:
    viewer = reading.open("scan.pdf")
    pages = viewer.pages
    pages.set_zoom(-1.0)
    reading.press(Qt.Key.Key_R)
    assert pages.layout_.spots[0].width > pages.layout_.spots[0].height
    reading.until(lambda: pages.has_picture(0))
    inside, image = pages.ground_of(None), pages.grab().toImage()
    grey = image.pixelColor(inside.center().toPoint())
    corner = image.pixelColor(inside.topLeft().toPoint() + QPointF(6, 6).toPoint())
    assert grey.lightness() < 220
    assert corner == QColor("white")


def test_that_zooming_to_the_pointer_keeps_what_is_under_it(reading: Reading) -> None:
    pages = reading.open().pages
    pages.set_zoom(1.5)
    pages.go_to_page(5)
    at = QPointF(300, 200)
    before = pages.point_on(at)
    pages.zoom_by(2, at)
    assert pages.point_on(at) == pytest.approx(before, abs=0.01)


def test_that_the_panel_beside_the_pages_keeps_what_is_read(reading: Reading) -> None:
    viewer = reading.open()
    pages = viewer.pages
    pages.go_to_page(9)
    pages.scroll_by(0, 150)
    at = QPointF(pages.viewport().width() / 2, 12)
    _page, _x, before = pages.point_on(at)
    reading.press(Qt.Key.Key_F4)
    page, _x, after = pages.point_on(QPointF(pages.viewport().width() / 2, 12))
    assert page == 9
    assert after == pytest.approx(before, abs=0.02)
