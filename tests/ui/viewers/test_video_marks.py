"""In, out, loop, and the citations under a recording."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.viewers.conftest import Viewing
from tests.ui.viewers.test_video_film import move_to
from workbench.model.citation import TimeRange
from workbench.ui.viewers.cite_range import CiteRange
from workbench.ui.viewers.loop import Loop
from workbench.ui.viewers.video import VideoViewer

LESSON = "lesson.mp4"
_ALT, _SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


def marked(viewing: Viewing, in_ms: int, out_ms: int) -> VideoViewer:
    viewer = viewing.open(LESSON, VideoViewer)
    viewing.until(lambda: not viewer.stage.frame.isNull())
    for at_ms, mark in ((in_ms, viewer.marking.mark_in), (out_ms, viewer.marking.mark_out)):
        viewer.playback.seek(at_ms)
        mark()
    viewer.stage.setFocus()
    return viewer


def test_that_l_plays_the_marked_range_round_and_round_until_it_is_pressed_again(viewing: Viewing) -> None:
    viewer = marked(viewing, 2000, 2600)
    turns: list[int] = []
    QTest.keyClick(viewer.stage, Qt.Key.Key_L)
    assert viewer.transport.loop.isChecked()
    viewer.playback.sought.connect(lambda: turns.append(viewer.playback.position_ms))
    viewing.until(lambda: len(turns) >= 2)
    assert set(turns) == {2000}
    QTest.keyClick(viewer.stage, Qt.Key.Key_L)
    assert not viewer.marking.is_looping
    viewing.until(lambda: viewer.playback.position_ms > 3000)


def test_that_the_end_of_the_recording_may_be_the_end_of_the_loop(viewing: Viewing) -> None:
    viewer = marked(viewing, 7500, 8000)
    viewer.marking.toggle_loop()
    turns: list[int] = []
    viewer.playback.sought.connect(lambda: turns.append(viewer.playback.position_ms))
    viewing.until(lambda: turns.count(7500) >= 2 and viewer.playback.is_playing)


def test_that_the_loop_marks_the_last_seconds_when_nothing_is_marked(viewing: Viewing) -> None:
    viewer = viewing.open(LESSON, VideoViewer)
    viewer.playback.seek(7000)
    viewing.click("loopButton")
    assert viewing.stage.citation_place() == TimeRange(start_ms=0, end_ms=7000)
    viewer.stage.setFocus()
    QTest.keyClick(viewer.stage, Qt.Key.Key_Escape)
    assert not viewer.marking.is_looping
    assert not viewer.range.is_marked


def test_that_only_crossing_the_end_turns_back() -> None:
    loop = Loop()
    loop.set_range(1000, 2000, 9000)
    assert [loop.has_crossed(at_ms) for at_ms in (1500, 1990, 2010, 2050)] == [False, False, True, False]
    loop.forget_place()
    assert not loop.has_crossed(5000)


def test_that_marks_are_nudged_by_keys_and_show_what_is_there(viewing: Viewing) -> None:
    viewer = marked(viewing, 2000, 5000)
    QTest.keyClick(viewer.stage, Qt.Key.Key_Left, _ALT)
    assert viewer.playback.position_ms == 1000
    QTest.keyClick(viewer.stage, Qt.Key.Key_Right, _ALT | _SHIFT)
    assert viewer.playback.position_ms == 6000
    assert viewing.stage.citation_place() == TimeRange(start_ms=1000, end_ms=6000)


def test_that_marks_are_dragged_on_the_timeline(viewing: Viewing) -> None:
    viewer = marked(viewing, 2000, 4000)
    timeline = viewer.timeline
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=QPoint(timeline.width() // 2 + 3, 10))
    assert viewer.playback.position_ms == 4000
    move_to(timeline, 0.75, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=QPoint(timeline.width() * 3 // 4, 10))
    place = viewing.stage.citation_place()
    assert isinstance(place, TimeRange)
    assert place.start_ms == 2000
    assert abs(place.end_ms - 6000) < 30


def test_that_a_mark_stops_short_of_the_other_and_of_the_ends() -> None:
    both = CiteRange(in_ms=2000, out_ms=3000)
    assert both.moved("in", 5000, 8000).in_ms == 2900
    assert both.moved("out", 0, 8000).out_ms == 2100
    assert both.moved("in", -5, 8000).in_ms == 0
    assert both.moved("out", 9000, 8000).out_ms == 8000
    assert CiteRange().moved("in", 50, 8000) == CiteRange()


def test_that_tab_reaches_the_citations_arrows_walk_them_and_enter_goes_there(viewing: Viewing) -> None:
    viewer = viewing.open(LESSON, VideoViewer)
    places = [TimeRange(start_ms=at_ms, end_ms=at_ms + 2000) for at_ms in (6000, 1000, 3000)]
    viewing.stage.set_citations([("ABC"[number], viewing.cited(at, LESSON), False) for number, at in enumerate(places)])
    viewing.stage.activateWindow()
    viewer.timeline.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(viewer.timeline, Qt.Key.Key_Tab)
    bars = viewer.timeline.lane.bars
    assert QApplication.focusWidget() is bars[0]
    assert bars[0].accessibleName() == "B · Supports · 00:01–00:03"
    QTest.keyClick(bars[0], Qt.Key.Key_Right)
    assert QApplication.focusWidget() is bars[1]
    QTest.keyClick(bars[1], Qt.Key.Key_Return)
    assert viewer.playback.position_ms == 3000
    QTest.keyClick(bars[1], Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is viewer.timeline
    QTest.keyClick(viewer.timeline, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is bars[1]
    QTest.keyClick(bars[1], Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is viewer.transport.play


def test_that_tab_passes_a_lane_without_citations(viewing: Viewing) -> None:
    viewer = viewing.open(LESSON, VideoViewer)
    viewing.stage.activateWindow()
    viewer.timeline.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(viewer.timeline, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is viewer.transport.play
