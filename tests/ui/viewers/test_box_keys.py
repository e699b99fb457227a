"""A box without the mouse: on an image and on a page."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QSignalSpy, QTest

from tests.ui.viewers.conftest import Viewing
from workbench.model.citation import ImageBox, PageBox
from workbench.ui.viewers.box_keys import first_box, stepped
from workbench.ui.viewers.image import ImageViewer
from workbench.ui.viewers.pdf import PdfViewer

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
GROUND = QRectF(100, 100, 400, 300)


def opened(viewing: Viewing) -> ImageViewer:
    viewer = viewing.open("photo.jpg", ImageViewer)
    viewing.until(lambda: viewer.stage.has_picture)
    viewer.stage.setFocus()
    return viewer


def test_that_a_box_starts_in_the_middle_of_what_is_seen() -> None:
    rect = first_box(GROUND, QRectF(0, 0, 300, 200))
    assert rect.center() == QRectF(100, 100, 200, 100).center()
    assert first_box(GROUND, QRectF(0, 0, 50, 50)).isNull()


def test_that_a_box_stays_whole_within_its_ground() -> None:
    rect = QRectF(110, 110, 50, 50)
    for _ in range(100):
        rect = stepped(rect, GROUND, Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier)
    assert rect == QRectF(450, 110, 50, 50)
    for _ in range(100):
        rect = stepped(rect, GROUND, Qt.Key.Key_Left, SHIFT)
    assert rect.left() == 450
    assert rect.width() >= 8


def test_that_x_arrows_and_enter_cite_a_box_of_an_image(viewing: Viewing) -> None:
    viewer = opened(viewing)
    asked = QSignalSpy(viewing.stage.cite_requested)
    QTest.keyClick(viewer.stage, Qt.Key.Key_X)
    first = viewing.stage.citation_place()
    assert isinstance(first, ImageBox)
    assert abs(first.box.x + first.box.width / 2 - 0.5) < 0.01
    QTest.keyClick(viewer.stage, Qt.Key.Key_Right)
    QTest.keyClick(viewer.stage, Qt.Key.Key_Down, CTRL)
    QTest.keyClick(viewer.stage, Qt.Key.Key_Right, SHIFT)
    moved = viewing.stage.citation_place()
    assert isinstance(moved, ImageBox)
    assert moved.box.x > first.box.x
    assert 0 < moved.box.y - first.box.y < 0.01
    assert moved.box.width > first.box.width
    assert abs(moved.box.height - first.box.height) < 1e-4
    assert asked.count() == 0
    QTest.keyClick(viewer.stage, Qt.Key.Key_Return)
    assert asked.count() == 1


def test_that_escape_drops_the_box_and_gives_the_arrows_back(viewing: Viewing) -> None:
    viewer = opened(viewing)
    QTest.keyClick(viewer.stage, Qt.Key.Key_X)
    assert viewer.stage.holds_box
    assert "Enter" in viewer.hint.text()
    QTest.keyClick(viewer.stage, Qt.Key.Key_Escape)
    assert viewer.stage.drawn is None
    assert not viewer.stage.holds_box


def test_that_keys_move_a_box_as_seen_when_the_image_is_turned(viewing: Viewing) -> None:
    viewer = opened(viewing)
    QTest.keyClick(viewer.stage, Qt.Key.Key_R)
    QTest.keyClick(viewer.stage, Qt.Key.Key_X)
    assert viewer.stage.drawn is not None
    before = viewer.stage.box_rect(viewer.stage.drawn)
    QTest.keyClick(viewer.stage, Qt.Key.Key_Right)
    after = viewer.stage.box_rect(viewer.stage.drawn)
    assert after.left() - before.left() > 5
    assert abs(after.top() - before.top()) < 0.1


def test_that_a_box_that_leaves_a_zoomed_view_is_followed(viewing: Viewing) -> None:
    viewer = opened(viewing)
    viewer.stage.set_zoom(5.0)
    QTest.keyClick(viewer.stage, Qt.Key.Key_X)
    for _ in range(40):
        QTest.keyClick(viewer.stage, Qt.Key.Key_Down)
    assert viewer.stage.drawn is not None
    view = QRectF(viewer.stage.viewport().rect()).adjusted(-1, -1, 1, 1)
    assert view.contains(viewer.stage.box_rect(viewer.stage.drawn))
    assert viewer.stage.verticalScrollBar().value() > 0


def test_that_x_and_the_arrows_draw_a_box_on_the_page_that_is_looked_at(viewing: Viewing) -> None:
    viewer = viewing.open("plan.pdf", PdfViewer)
    viewer.pages.go_to_page(3)
    viewer.pages.setFocus()
    QTest.keyClick(viewer.pages, Qt.Key.Key_X)
    first = viewing.stage.citation_place()
    assert isinstance(first, PageBox)
    assert first.page == 3
    QTest.keyClick(viewer.pages, Qt.Key.Key_Right)
    moved = viewing.stage.citation_place()
    assert isinstance(moved, PageBox)
    assert moved.page == 3
    assert moved.box.x > first.box.x
