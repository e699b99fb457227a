"""PDFs in the real stage, rendered by a real worker."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from tests.ui.viewers.conftest import Viewing
from workbench.model.citation import PageBox
from workbench.ui.viewers.marks import WHOLE
from workbench.ui.viewers.pdf import PdfViewer
from workbench.ui.viewers.text import TextViewer

PLAN = "plan.pdf"


def opened(viewing: Viewing) -> PdfViewer:
    viewer = viewing.open(PLAN, PdfViewer)
    viewing.until(lambda: viewer.pages.has_picture(0))
    return viewer


def enter_page(viewing: Viewing, text: str) -> None:
    field = viewing.find("pageField", QLineEdit)
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_that_the_page_field_jumps_to_the_last_of_117_pages(viewing: Viewing) -> None:
    viewer = opened(viewing)
    enter_page(viewing, "117")
    viewing.until(lambda: viewer.pages.has_picture(116))
    assert viewer.pages.page == 116
    assert not viewer.pages.has_picture(50)
    enter_page(viewing, "9999")
    assert viewing.find("pageField", QLineEdit).text() == "117"


def test_that_a_pdf_that_had_to_be_repaired_says_so_beside_its_pages(viewing: Viewing) -> None:
    mended = viewing.open("mended.pdf", PdfViewer)
    assert (mended.tools.repaired.text(), "repaired" in mended.tools.repaired.toolTip()) == ("Repaired", True)
    assert viewing.open(PLAN, PdfViewer).tools.repaired.text() == ""


def test_that_the_page_that_is_looked_at_is_cited_as_a_whole(viewing: Viewing) -> None:
    opened(viewing)
    enter_page(viewing, "40")
    place = viewing.stage.citation_place()
    assert isinstance(place, PageBox)
    assert (place.page, place.box.width, place.box.height) == (39, 1.0, 1.0)


def test_that_a_drawn_box_is_cited_and_gone_once_it_was_cited(viewing: Viewing) -> None:
    viewer = opened(viewing)
    viewing.drag(viewer.pages.viewport(), QPoint(200, 100), QPoint(400, 260))
    place = viewing.stage.citation_place()
    assert isinstance(place, PageBox)
    assert 0.1 < place.box.width < 0.9
    viewing.stage.set_citations([("B", viewing.cited(place, PLAN), True)])
    assert viewer.pages.drawn is None


def test_that_going_to_a_citation_brings_its_page_into_view(viewing: Viewing) -> None:
    viewer = opened(viewing)
    viewing.stage.show_evidence("photo.jpg")
    place = PageBox(page=88, box=WHOLE)
    viewing.stage.go_to(viewing.cited(place, PLAN))
    viewing.until(lambda: viewer.pages.has_picture(88))
    assert viewer.pages.page == 88


def test_that_zooming_keeps_the_page_on_screen_and_stays_between_25_and_800_per_cent(viewing: Viewing) -> None:
    viewer = opened(viewing)
    enter_page(viewing, "30")
    viewing.until(lambda: viewer.pages.has_picture(29))
    for _ in range(20):
        viewing.click("zoomInButton")
        assert viewer.pages.has_picture(29)
    assert viewing.find("zoomLabel", QLabel).text() == "800 %"
    assert viewer.pages.page == 29
    for _ in range(30):
        viewing.click("zoomOutButton")
    assert viewing.find("zoomLabel", QLabel).text() == "25 %"
    viewing.click("fitWidthButton")
    assert viewer.pages.chosen_zoom == 0


def test_that_far_in_only_the_part_in_view_is_sharpened(viewing: Viewing) -> None:
    viewer = opened(viewing)
    viewer.pages.set_zoom(8.0)
    before = viewer.pages.grab().toImage()
    viewing.until(lambda: viewer.pages.grab().toImage() != before)
    assert viewer.pages.has_picture(0)


def test_that_page_and_zoom_come_back_with_the_evidence(viewing: Viewing) -> None:
    viewer = opened(viewing)
    viewer.pages.set_zoom(1.5)
    enter_page(viewing, "60")
    where = viewing.stage.work_place()
    viewing.open("reflection.md", TextViewer)
    again = viewing.open(PLAN, PdfViewer)
    assert (again.pages.page, again.pages.chosen_zoom) == (59, 1.5)
    assert (where.page, where.zoom) == (59, 1.5)
