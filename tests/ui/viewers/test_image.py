"""Images in the real stage, decoded by a real worker."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.media.making import is_red
from tests.ui.viewers.conftest import Viewing
from workbench.model.citation import Box, ImageBox
from workbench.ui.viewers.image import ImageViewer


def opened(viewing: Viewing, name: str = "photo.jpg") -> ImageViewer:
    viewer = viewing.open(name, ImageViewer)
    viewing.until(lambda: viewer.stage.has_picture)
    return viewer


def colour_under(viewer: ImageViewer, box: Box) -> QColor:
    shot = viewer.stage.viewport().grab().toImage()
    at = viewer.stage.view_rect(box).center() * shot.devicePixelRatio()
    return shot.pixelColor(at.toPoint())


def red_part_is_at(viewer: ImageViewer, box: Box) -> bool:
    color = colour_under(viewer, box)
    return is_red((color.red(), color.green(), color.blue()))


UPPER_RIGHT = Box(x=0.6, y=0.1, width=0.3, height=0.3)


def test_that_a_phone_photo_stands_upright(viewing: Viewing) -> None:
    viewer = opened(viewing)
    whole = viewer.stage.view_rect(Box(x=0, y=0, width=1, height=1))
    assert whole.height() > whole.width()
    assert red_part_is_at(viewer, UPPER_RIGHT)


def test_that_r_turns_the_image_and_places_stay_those_of_the_upright_one(viewing: Viewing) -> None:
    viewer = opened(viewing)
    viewer.stage.setFocus()
    QTest.keyClick(viewer.stage, Qt.Key.Key_R)
    assert viewer.stage.rotation == 90
    target = viewer.stage.view_rect(UPPER_RIGHT)
    viewing.drag(viewer.stage.viewport(), target.topLeft().toPoint(), target.bottomRight().toPoint())
    place = viewing.stage.citation_place()
    assert isinstance(place, ImageBox)
    assert abs(place.box.x - 0.6) < 0.01
    assert abs(place.box.y - 0.1) < 0.01
    viewer.stage.clear_drawn()
    assert red_part_is_at(viewer, UPPER_RIGHT)


def test_that_the_wheel_zooms_to_the_pointer(viewing: Viewing) -> None:
    viewer = opened(viewing, "green.png")
    viewing.click("fullSizeButton")
    port = viewer.stage.viewport()
    at = QPointF(port.width() * 0.3, port.height() * 0.4)
    before = box_at(viewer, at)
    for _ in range(5):
        turn = QWheelEvent(
            at, QPointF(port.mapToGlobal(at)), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(port, turn)
    after = box_at(viewer, at)
    assert viewer.stage.zoom > 1.5
    assert abs(before[0] - after[0]) < 0.01
    assert abs(before[1] - after[1]) < 0.01


def box_at(viewer: ImageViewer, at: QPointF) -> tuple[float, float]:
    whole = viewer.stage.view_rect(Box(x=0, y=0, width=1, height=1))
    return (at.x() - whole.x()) / whole.width(), (at.y() - whole.y()) / whole.height()


def test_that_the_whole_image_is_cited_without_a_box_and_a_click_forgets_one(viewing: Viewing) -> None:
    viewer = opened(viewing)
    port = viewer.stage.viewport()
    middle = port.rect().center()
    viewing.drag(port, middle, middle + QPoint(60, 60))
    assert viewer.stage.drawn is not None
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=middle)
    assert viewing.stage.citation_place() == ImageBox(box=Box(x=0.0, y=0.0, width=1.0, height=1.0))


def test_that_going_to_a_box_in_a_zoomed_image_brings_it_into_view(viewing: Viewing) -> None:
    viewer = opened(viewing, "green.png")
    viewing.click("fullSizeButton")
    viewer.stage.set_zoom(4.0)
    corner = Box(x=0.9, y=0.9, width=0.05, height=0.05)
    viewing.stage.go_to(viewing.cited(ImageBox(box=corner), "green.png"))
    assert viewer.stage.viewport().rect().contains(viewer.stage.view_rect(corner).center().toPoint())
    viewing.click("fitImageButton")
    assert viewer.stage.chosen_zoom == 0
