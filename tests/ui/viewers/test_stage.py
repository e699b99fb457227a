"""The strip, the states, and changing from one evidence to the next in the real stage."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.viewers import evidence_files
from tests.ui.viewers.conftest import Parts, Viewing
from workbench.model.place import WorkPlace
from workbench.operations.place import remember_place
from workbench.ui.theme import TARGET_PX
from workbench.ui.viewers.image import ImageViewer
from workbench.ui.viewers.pdf import PdfViewer
from workbench.ui.viewers.text import TextViewer
from workbench.ui.viewers.video import VideoViewer

KINDS: tuple[tuple[str, type[QWidget]], ...] = (
    ("lesson.mp4", VideoViewer),
    ("plan.pdf", PdfViewer),
    ("photo.jpg", ImageViewer),
    ("reflection.md", TextViewer),
)


def state_of(viewing: Viewing, name: str) -> str:
    return next(item.state for item in viewing.view().evidence if item.evidence.id == name)


def reason(viewing: Viewing) -> str:
    viewing.until(lambda: viewing.stage.unreadable.isVisible())
    return viewing.find("unreadableReason", QLabel).text()


def test_that_each_evidence_has_a_card_and_captions_go_with_their_recording(viewing: Viewing) -> None:
    labels = [card.item.evidence.label for card in viewing.stage.strip.cards]
    assert labels == ["Lesson", "Plan", "Photo", "Green", "Reflection", "Voice", "Login", "Cut", "Mended", "Late"]
    assert viewing.stage.strip.cards[0].meta.endswith("captions")
    assert viewing.stage.strip.cards[-1].meta == "Not here yet"
    viewing.until(lambda: not viewing.stage.strip.cards[1].thumbnail.isNull())


def test_that_alt_and_a_digit_or_ctrl_and_page_keys_choose_evidence(viewing: Viewing, qtbot: QtBot) -> None:
    viewing.stage.activateWindow()
    viewing.until(viewing.stage.isActiveWindow)
    QTest.keyClick(viewing.stage, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert viewing.stage.current_evidence_id() == "photo.jpg"
    QTest.keyClick(viewing.stage, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert viewing.stage.current_evidence_id() == "plan.pdf"
    assert viewing.stage.strip.cards[1].isChecked()
    with qtbot.waitSignal(viewing.stage.evidence_changed):
        viewing.click("evidenceCard_4")


def test_that_an_unreadable_file_shows_its_reason_and_the_store_keeps_it(viewing: Viewing) -> None:
    viewing.stage.show_evidence("login.pdf")
    assert reason(viewing)
    assert viewing.stage.citation_place() is None
    viewing.until(lambda: state_of(viewing, "login.pdf") == "unreadable")
    viewing.stage.update_evidence(viewing.view())
    assert viewing.stage.strip.cards[6].meta == "Cannot be shown"
    viewing.open("photo.jpg", ImageViewer)


def test_that_a_recording_that_was_cut_short_shows_its_reason_and_can_be_tried_again(viewing: Viewing) -> None:
    viewing.stage.show_evidence("cut.mp4")
    first = reason(viewing)
    assert first
    viewing.click("retryEvidenceButton")
    assert reason(viewing) == first
    viewing.open("lesson.mp4", VideoViewer)


def test_that_changing_quickly_never_shows_the_former_picture(viewing: Viewing) -> None:
    """The viewer is one and the same for both images: whatever is on screen belongs to the one that is chosen."""
    green = viewing.open("green.png", ImageViewer)
    for name in ["photo.jpg", "green.png"] * 10:
        viewing.stage.show_evidence(name)
        assert not has_picture(green)
        viewing.qtbot.wait(7)
        if has_picture(green):
            assert is_green(green) == (name == "green.png")
    viewing.until(lambda: green.stage.has_picture)
    assert is_green(green)


def has_picture(viewer: ImageViewer) -> bool:
    return viewer.stage.has_picture


def is_green(viewer: ImageViewer) -> bool:
    port = viewer.stage.viewport()
    color = port.grab().toImage().pixelColor(port.rect().center() * port.devicePixelRatio())
    return color.green() > 100 and color.red() < 60 and color.blue() < 60


def test_that_a_recording_that_was_left_shows_nothing_in_the_next_one(viewing: Viewing) -> None:
    viewer = viewing.open("lesson.mp4", VideoViewer)
    viewing.until(lambda: not viewer.stage.frame.isNull())
    viewer.playback.play()
    viewing.until(lambda: viewer.playback.is_playing)
    viewing.stage.show_evidence("voice.m4a")
    assert viewer.stage.frame.isNull()
    assert not viewer.playback.is_playing
    viewing.until(lambda: viewer.is_ready)
    viewer.playback.seek(1000)
    viewing.until(lambda: viewer.playback.position_ms >= 1000)
    assert viewer.stage.frame.isNull()


def test_that_the_place_of_a_former_session_comes_back(viewing: Viewing, qtbot: QtBot, parts: Parts) -> None:
    place = WorkPlace(evidence_id=evidence_files.evidence_id("plan.pdf"), page=41, zoom=1.25)
    parts.account.store.write(remember_place, evidence_files.ASSIGNMENT, place)
    again = Viewing(qtbot, parts)
    viewer = again.stage.findChild(PdfViewer)
    assert isinstance(viewer, PdfViewer)
    again.until(lambda: viewer.is_ready)
    assert (viewer.pages.page, viewer.pages.chosen_zoom) == (41, 1.25)
    assert again.stage.work_place() == place
    again.stage.clear()
    parts.account.store.write(remember_place, evidence_files.ASSIGNMENT, WorkPlace())


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_that_everything_to_press_has_a_name_and_is_large_enough(
    viewing: Viewing, name: str, kind: type[QWidget]
) -> None:
    viewer = viewing.open(name, kind)
    for widget in viewer.findChildren(QAbstractButton):
        if widget.isVisible():
            assert widget.objectName()
            assert widget.accessibleName(), widget.objectName()
            assert min(widget.width(), widget.height()) >= TARGET_PX, widget.objectName()


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_that_citing_is_hidden_where_nothing_can_be_cited(viewing: Viewing, name: str, kind: type[QWidget]) -> None:
    viewer = viewing.open(name, kind)
    viewing.stage.set_criterion("B")
    button = next(each for each in viewer.findChildren(QAbstractButton) if each.text() == "Cite for B")
    with viewing.qtbot.waitSignal(viewing.stage.cite_requested):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    viewing.stage.set_editable(False)
    assert not button.isVisible()


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_that_in_a_narrow_window_controls_give_way_before_citing_does(
    viewing: Viewing, name: str, kind: type[QWidget]
) -> None:
    viewer = viewing.open(name, kind)
    viewing.stage.set_criterion("B")
    viewing.stage.resize(420, 500)
    viewing.until(lambda: viewing.stage.width() == 420)
    button = next(each for each in viewer.findChildren(QAbstractButton) if each.text() == "Cite for B")
    viewing.until(lambda: button.isVisible() and button.width() >= button.minimumSizeHint().width())
    assert viewer.rect().contains(button.mapTo(viewer, button.rect().bottomRight()))


def test_that_evidence_that_arrives_while_it_is_waited_for_opens_itself(viewing: Viewing, parts: Parts) -> None:
    viewing.stage.show_evidence(evidence_files.LATE)
    assert "Not on this laptop yet" in viewing.find("waitingText", QLabel).text()
    evidence_files.arrive(parts.account, parts.folder, evidence_files.LATE)
    viewing.stage.update_evidence(viewing.view())
    viewing.until(lambda: viewing.shown().is_ready)
    from workbench.operations.evidence import fetch_again

    parts.account.store.write(fetch_again, evidence_files.evidence_id(evidence_files.LATE))


def test_that_no_descriptor_stays_open_when_evidence_is_left(viewing: Viewing) -> None:
    open_files = Path("/proc/self/fd")
    if not open_files.is_dir():
        pytest.skip("this system does not list open files")
    for name in ("photo.jpg", "green.png"):
        viewing.open(name, ImageViewer)
    viewing.until(lambda: not viewing.stage.strip.cards[3].thumbnail.isNull())
    before = len(list(open_files.iterdir()))
    for name in ["photo.jpg", "green.png"] * 5:
        viewing.open(name, ImageViewer)
    viewing.until(lambda: len(list(open_files.iterdir())) <= before + 2)
