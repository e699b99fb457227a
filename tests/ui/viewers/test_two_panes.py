"""Two evidences side by side, two images as one, and the recording that goes on in the corner."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest

from tests.ui.viewers.conftest import Viewing
from tests.ui.viewers.evidence_files import evidence_id
from workbench.model.citation import ImageBox, PageBox, TextQuote
from workbench.ui.viewers.image import ImageViewer
from workbench.ui.viewers.image_stage import ImageStage
from workbench.ui.viewers.pane import EvidencePane
from workbench.ui.viewers.pdf import PdfViewer
from workbench.ui.viewers.text import TextViewer
from workbench.ui.viewers.video import VideoViewer
from workbench.ui.viewers.viewer import Viewer


def open_two(viewing: Viewing, first: str, second: str) -> list[EvidencePane]:
    """The first file at the left, the second at the right, which is then the active pane."""
    viewing.open(first, Viewer)
    viewing.stage.activateWindow()
    viewing.until(viewing.stage.isActiveWindow)
    QTest.keyClick(viewing.stage, Qt.Key.Key_Backslash, Qt.KeyboardModifier.ControlModifier)
    viewing.stage.show_evidence(evidence_id(second))
    panes = viewing.stage.panes.shown
    assert [pane.item.evidence.id for pane in panes if pane.item] == [first, second]
    viewing.until(lambda: all(pane.viewer is not None and pane.viewer.is_ready for pane in panes))
    return panes


def chosen(viewing: Viewing) -> str:
    return viewing.stage.strip.cards[viewing.stage.strip.current_index()].item.evidence.label


def test_that_citing_goes_to_the_pane_that_had_the_focus_last(viewing: Viewing) -> None:
    left, right = open_two(viewing, "plan.pdf", "photo.jpg")
    assert isinstance(viewing.stage.citation_place(), ImageBox)
    assert chosen(viewing) == "Photo"
    left.focus_content()
    viewing.until(lambda: viewing.stage.panes.active is left)
    assert isinstance(viewing.stage.citation_place(), PageBox)
    assert chosen(viewing) == "Plan"
    viewing.find("evidenceCard_1").setFocus()
    assert viewing.stage.panes.active is left
    assert right.viewer is not None


def test_that_an_evidence_is_open_in_one_pane_only_and_choosing_it_goes_there(viewing: Viewing) -> None:
    left, right = open_two(viewing, "plan.pdf", "reflection.md")
    viewing.stage.show_evidence(evidence_id("plan.pdf"))
    assert viewing.stage.panes.active is left
    assert isinstance(right.viewer, TextViewer)


def test_that_a_citation_opens_where_its_evidence_stands(viewing: Viewing) -> None:
    left, right = open_two(viewing, "plan.pdf", "photo.jpg")
    cited = viewing.cited(PageBox(page=30, box=left.viewer.citation_place().box), "plan.pdf")  # type: ignore[union-attr]
    viewing.stage.go_to(cited)
    assert isinstance(left.viewer, PdfViewer)
    viewing.until(lambda: isinstance(left.viewer, PdfViewer) and left.viewer.pages.page == 30)
    assert viewing.stage.panes.active is left
    assert isinstance(right.viewer, ImageViewer)


def test_that_closing_a_pane_keeps_the_other_one_and_its_place(viewing: Viewing) -> None:
    left, right = open_two(viewing, "plan.pdf", "reflection.md")
    assert isinstance(left.viewer, PdfViewer)
    left.viewer.pages.go_to_page(12)
    QTest.mouseClick(right.header.close_button, Qt.MouseButton.LeftButton)
    assert viewing.stage.panes.shown == [left]
    assert not left.header.isVisible()
    assert viewing.stage.current_evidence_id() == "plan.pdf"
    assert viewing.stage.work_place().page == 12
    assert isinstance(viewing.stage.citation_place(), PageBox)


def test_that_closing_the_active_pane_by_its_button_leaves_the_other(viewing: Viewing) -> None:
    _, right = open_two(viewing, "plan.pdf", "reflection.md")
    viewing.stage.show_evidence(evidence_id("plan.pdf"))
    left = viewing.stage.panes.active
    QTest.mouseClick(left.header.close_button, Qt.MouseButton.LeftButton)
    assert viewing.stage.panes.shown == [right]
    assert isinstance(viewing.stage.citation_place(), TextQuote)


def test_that_keys_move_the_edge_between_the_panes(viewing: Viewing) -> None:
    left, right = open_two(viewing, "plan.pdf", "reflection.md")
    before = left.width()
    QTest.keyClick(
        viewing.stage, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    )
    viewing.until(lambda: left.width() > before)
    QTest.keyClick(
        viewing.stage, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    )
    viewing.until(lambda: left.width() == before)
    assert right.isVisible()


def test_that_another_submission_starts_with_one_pane(viewing: Viewing) -> None:
    open_two(viewing, "plan.pdf", "reflection.md")
    viewing.stage.clear()
    assert len(viewing.stage.panes.shown) == 1
    assert viewing.stage.current_evidence_id() is None


def test_that_a_file_that_cannot_be_shown_says_so_in_its_own_pane(viewing: Viewing) -> None:
    viewing.open("plan.pdf", PdfViewer)
    viewing.stage.show_two_panes(True)
    left, right = viewing.stage.panes.shown
    viewing.stage.show_evidence(evidence_id("login.pdf"))
    viewing.until(lambda: right.unreadable.isVisible())
    assert isinstance(left.viewer, PdfViewer)
    assert left.viewer.isVisible()


def stages(panes: list[EvidencePane]) -> list[ImageStage]:
    return [pane.viewer.stage for pane in panes if isinstance(pane.viewer, ImageViewer)]


def middle(stage: ImageStage) -> tuple[float, float]:
    """The point of the image, in fractions, that is in the middle of the view."""
    box = stage._to_view().inverted()[0].map(stage.viewport().rect().center().toPointF())
    return box.x(), box.y()


def test_that_linked_images_show_the_same_part_of_each(viewing: Viewing) -> None:
    first, second = stages(open_two(viewing, "photo.jpg", "green.png"))
    viewing.click("linkImagesButton")
    first.set_zoom(4.0)
    first.scroll_by(120, 60)
    assert abs(middle(first)[0] - middle(second)[0]) < 0.01
    assert abs(middle(first)[1] - middle(second)[1]) < 0.01
    second.rotate()
    assert first.rotation == second.rotation == 90
    viewing.click("linkImagesButton")
    before = second.zoom
    first.set_zoom(1.0)
    assert second.zoom == before


def test_that_linking_is_offered_for_two_images_only(viewing: Viewing) -> None:
    open_two(viewing, "photo.jpg", "green.png")
    assert viewing.stage.tools.link.isVisible()
    viewing.stage.show_evidence(evidence_id("plan.pdf"))
    assert not viewing.stage.tools.link.isVisible()


def play_in_corner(viewing: Viewing) -> VideoViewer:
    viewer = viewing.open("lesson.mp4", VideoViewer)
    viewing.until(lambda: not viewer.stage.frame.isNull())
    viewing.click("keepVideoButton")
    viewer.playback.play()
    viewing.until(lambda: viewer.playback.is_playing)
    viewing.open("plan.pdf", PdfViewer)
    return viewer


def test_that_a_recording_goes_on_in_the_corner_while_the_plan_is_read(viewing: Viewing) -> None:
    viewer = play_in_corner(viewing)
    corner = viewing.stage.corner
    assert corner.isVisible()
    assert viewer.playback.is_playing
    before = viewer.playback.position_ms
    viewing.until(lambda: viewer.playback.position_ms > before and not corner.stage.frame.isNull())
    assert isinstance(viewing.stage.citation_place(), PageBox)
    viewing.stage.handle_key(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier))
    viewing.until(lambda: not viewer.playback.is_playing)
    assert corner.isVisible()


def test_that_the_recording_comes_back_from_the_corner_at_its_place(viewing: Viewing) -> None:
    viewer = play_in_corner(viewing)
    viewer.playback.pause()
    viewing.until(lambda: not viewer.playback.is_playing)
    position_ms = viewer.playback.position_ms
    viewing.click("cornerReturnButton")
    assert not viewing.stage.corner.isVisible()
    assert viewing.stage.current_evidence_id() == "lesson.mp4"
    assert viewer.playback.position_ms == position_ms


def test_that_putting_the_corner_away_pauses(viewing: Viewing) -> None:
    viewer = play_in_corner(viewing)
    viewing.click("cornerCloseButton")
    assert not viewing.stage.corner.isVisible()
    viewing.until(lambda: not viewer.playback.is_playing)


def test_that_another_recording_takes_the_place_of_the_one_in_the_corner(viewing: Viewing) -> None:
    play_in_corner(viewing)
    viewing.open("voice.m4a", VideoViewer)
    assert not viewing.stage.corner.isVisible()


def test_that_closing_the_submission_empties_the_corner(viewing: Viewing) -> None:
    viewer = play_in_corner(viewing)
    viewing.stage.clear()
    assert not viewing.stage.corner.isVisible()
    assert not viewer.playback.is_playing
    assert viewing.stage.corner.stage.frame.isNull()


def test_that_the_images_of_a_submission_stand_below_each_other_to_choose_from(viewing: Viewing) -> None:
    viewer = viewing.open("photo.jpg", ImageViewer)
    viewing.until(lambda: viewer.stage.has_picture)
    viewer.sibling_asked.emit(evidence_id("green.png"))
    assert viewing.stage.current_evidence_id() == "green.png"
    viewing.until(lambda: viewer.is_ready)
    assert viewer.films.has_sibling(evidence_id("photo.jpg"))
    assert not viewer.films.has_sibling(evidence_id("late.jpg"))
