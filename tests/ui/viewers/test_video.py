"""Recordings in the real stage, played by the real player."""

import os
import signal

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.viewers.conftest import Parts, Viewing
from workbench.model.citation import Stance, TimeRange
from workbench.player.client import Player
from workbench.ui.viewers.video import VideoViewer

LESSON = "lesson.mp4"


def opened(viewing: Viewing) -> VideoViewer:
    viewer = viewing.open(LESSON, VideoViewer)
    viewing.until(lambda: not viewer.stage.frame.isNull())
    return viewer


def test_that_a_recording_shows_its_first_frame_its_length_and_a_filmstrip(viewing: Viewing) -> None:
    viewer = opened(viewing)
    viewing.until(lambda: len(viewer.film) > 0)
    assert viewing.find("positionLabel", QLabel).text() == "00:00"
    assert viewing.find("durationLabel", QLabel).text() == "/ 00:08"


def test_that_space_plays_and_pauses_while_the_evidence_has_the_focus(viewing: Viewing) -> None:
    viewer = opened(viewing)
    viewer.stage.setFocus()
    QTest.keyClick(viewer.stage, Qt.Key.Key_Space)
    viewing.until(lambda: viewer.playback.is_playing and viewer.playback.position_ms > 200)
    QTest.keyClick(viewer.stage, Qt.Key.Key_Space)
    viewing.until(lambda: not viewer.playback.is_playing)


def test_that_f8_plays_from_anywhere_and_other_keys_are_left_alone(viewing: Viewing) -> None:
    viewer = opened(viewing)
    none = Qt.KeyboardModifier.NoModifier
    assert viewing.stage.handle_key(QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_F8, none))
    viewing.until(lambda: viewer.playback.is_playing)
    assert not viewing.stage.handle_key(QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_X, none))


def test_that_a_press_on_the_timeline_brings_the_frame_of_that_time(viewing: Viewing) -> None:
    viewer = opened(viewing)
    before = viewer.stage.frame
    middle = QPoint(viewer.timeline.width() // 2, 10)
    QTest.mouseClick(viewer.timeline, Qt.MouseButton.LeftButton, pos=middle)
    assert abs(viewer.playback.position_ms - 4000) < 50
    viewing.until(lambda: viewer.stage.frame != before)
    viewing.until(lambda: viewer.stage.caption == "They went up.")


def test_that_a_step_moves_by_one_frame_and_speed_keys_change_the_speed(viewing: Viewing) -> None:
    viewer = opened(viewing)
    viewer.stage.setFocus()
    QTest.keyClick(viewer.stage, Qt.Key.Key_Period)
    viewing.until(lambda: viewer.playback.position_ms == 40)
    QTest.keyClick(viewer.stage, Qt.Key.Key_BracketRight)
    assert viewer.playback.rate == 1.25
    QTest.keyClick(viewer.stage, Qt.Key.Key_R)
    assert viewer.stage.rotation == 90


def test_that_captions_can_be_switched_off(viewing: Viewing) -> None:
    viewer = opened(viewing)
    viewing.until(lambda: viewer.stage.caption == "What do you notice?")
    viewing.click("captionsButton")
    assert viewer.stage.caption == ""


def test_that_in_and_out_mark_what_is_cited_until_it_has_been_cited(viewing: Viewing) -> None:
    viewer = opened(viewing)
    viewer.playback.seek(2000)
    viewing.click("inButton")
    viewer.playback.seek(5000)
    viewing.click("outButton")
    marked = TimeRange(start_ms=2000, end_ms=5000)
    assert viewing.stage.citation_place() == marked
    viewing.stage.set_citations([("A", viewing.cited(marked, LESSON), True)])
    assert not viewer.range.is_marked


def test_that_a_press_on_a_citation_goes_to_its_beginning(viewing: Viewing) -> None:
    viewer = opened(viewing)
    cited = viewing.cited(TimeRange(start_ms=6000, end_ms=7000), LESSON, Stance.CONTRADICTS)
    other = viewing.cited(TimeRange(start_ms=6100, end_ms=6900), LESSON, Stance.ABSENT)
    viewing.stage.set_citations([("A", cited, True), ("B", other, False)])
    first, second = viewer.timeline.bar_box(cited.id), viewer.timeline.bar_box(other.id)
    assert first is not None
    assert second is not None
    assert not first.intersects(second)
    bar = viewer.timeline.lane.bar(cited.id)
    assert bar is not None
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton)
    assert viewer.playback.position_ms == 6000


def test_that_typing_pauses_and_the_end_of_typing_resumes(viewing: Viewing) -> None:
    viewer = opened(viewing)
    viewer.playback.play()
    viewing.until(lambda: viewer.playback.is_playing)
    viewing.stage.pause_for_typing()
    viewing.until(lambda: not viewer.playback.is_playing)
    viewing.stage.resume_after_typing()
    viewing.until(lambda: viewer.playback.is_playing)


def test_that_sound_alone_can_be_moved_in_and_cited(viewing: Viewing) -> None:
    viewer = viewing.open("voice.m4a", VideoViewer)
    viewer.playback.seek(2500)
    assert viewing.stage.citation_place() == TimeRange(start_ms=0, end_ms=2500)
    assert not viewer.transport.step_forward.isVisible()


def test_that_a_player_that_dies_is_not_held_against_the_recording(qtbot: QtBot, parts: Parts) -> None:
    player = Player()
    viewing = Viewing(qtbot, parts, player)
    viewer = opened(viewing)
    os.kill(player.pid, signal.SIGTERM)
    viewing.until(viewer.note.isVisible)
    assert "started anew" in viewing.find("stillsReason", QLabel).text()
    assert next(item.state for item in viewing.view().evidence if item.evidence.id == LESSON) == "ready"
    viewer.playback.seek(4000)
    viewer.stage.setFocus()
    QTest.keyClick(viewer.stage, Qt.Key.Key_Period)
    assert viewer.playback.position_ms == 5000
    assert viewing.stage.citation_place() == TimeRange(start_ms=0, end_ms=5000)
    viewing.click("playAgainButton")
    viewing.until(lambda: viewer.is_ready and not viewer.playback.has_stills)
    assert not viewer.note.isVisible()
    viewing.click("playButton")
    viewing.until(lambda: viewer.playback.is_playing)
    viewing.stage.clear()
    viewing.stage.close_player()


def test_that_nothing_is_marked_in_a_recording_that_can_no_longer_be_cited(viewing: Viewing) -> None:
    viewer = opened(viewing)
    viewer.marking.mark_in()
    assert viewer.range.is_marked
    viewing.stage.set_editable(False)
    viewer.marking.mark_in()
    viewer.marking.mark_out()
    assert not viewer.range.is_marked
