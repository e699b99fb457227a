"""The film on the timeline, the picture at the pointer, and what is kept of both."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.viewers import evidence_files
from tests.ui.viewers.conftest import Parts, Viewing
from workbench.queries.previews import preview
from workbench.ui.viewers.film import COARSE
from workbench.ui.viewers.film_reel import Reel, packed, unpacked
from workbench.ui.viewers.timeline import Timeline
from workbench.ui.viewers.video import VideoViewer

LESSON = "lesson.mp4"


def opened(viewing: Viewing) -> VideoViewer:
    viewer = viewing.open(LESSON, VideoViewer)
    viewing.until(lambda: viewer.film.is_complete and not viewer.stage.frame.isNull())
    return viewer


def point(timeline: Timeline, part: float) -> QPoint:
    return QPoint(round(timeline.width() * part), 10)


def move_to(timeline: Timeline, part: float, pressed: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
    at = QPointF(point(timeline, part))
    none = Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(QEvent.Type.MouseMove, at, timeline.mapToGlobal(at), Qt.MouseButton.NoButton, pressed, none)
    QApplication.sendEvent(timeline, event)


def picture_of(color: str) -> QImage:
    image = QImage(32, 18, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(color))
    return image


def test_that_the_film_is_kept_sealed_and_fills_the_next_opening_at_once(viewing: Viewing, parts: Parts) -> None:
    viewer = opened(viewing)
    pictures = len(viewer.film)
    assert pictures >= COARSE
    evidence_id = evidence_files.evidence_id(LESSON)
    read = parts.account.store.read
    viewing.until(lambda: read(preview, evidence_id, "film", bytes) is not None)
    viewing.stage.show_evidence(evidence_files.evidence_id("voice.m4a"))
    assert len(viewer.film) == 0
    viewing.stage.show_evidence(evidence_id)
    counts: list[int] = []
    viewer.film.grew.connect(lambda: counts.append(len(viewer.film)))
    viewing.until(lambda: viewer.film.is_complete)
    assert counts == [pictures]


def test_that_no_kept_picture_lies_readable_on_the_disk(viewing: Viewing, parts: Parts) -> None:
    opened(viewing)
    evidence_id = evidence_files.evidence_id(LESSON)
    viewing.until(lambda: parts.account.store.read(preview, evidence_id, "film", bytes) is not None)
    files = list((parts.account.ref.folder / "evidence").rglob("*.preview"))
    assert files
    assert not any(b"film1" in file.read_bytes() or b"JFIF" in file.read_bytes() for file in files)


def test_that_a_reel_comes_back_and_a_broken_one_is_none() -> None:
    data = packed(Reel(2, ((0, picture_of("#c03030")), (900, picture_of("#3030c0")))))
    reel = unpacked(data)
    assert reel is not None
    assert (reel.levels, [at_ms for at_ms, _ in reel.pictures]) == (2, [0, 900])
    assert reel.pictures[1][1].pixelColor(5, 5).blue() > 150
    assert unpacked(data[:40]) is None
    assert unpacked(b"something else") is None


def test_that_the_pointer_shows_the_picture_and_the_time_that_are_there(viewing: Viewing) -> None:
    viewer = opened(viewing)
    move_to(viewer.timeline, 0.5)
    assert viewer.preview.isVisible()
    assert abs(viewer.preview.at_ms - 4000) < 30
    assert viewer.preview.picture == viewer.film.nearest(viewer.preview.at_ms)
    QApplication.sendEvent(viewer.timeline, QEvent(QEvent.Type.Leave))
    assert not viewer.preview.isVisible()


def test_that_the_keyboard_shows_the_picture_at_the_playhead(viewing: Viewing) -> None:
    viewer = opened(viewing)
    viewer.timeline.setFocus(Qt.FocusReason.TabFocusReason)
    viewing.until(viewer.preview.isVisible)
    QTest.keyClick(viewer.timeline, Qt.Key.Key_Right)
    assert viewer.preview.at_ms == viewer.playback.position_ms == 5000
    assert viewer.timeline.accessibleDescription() == "00:05 of 00:08"
    viewer.stage.setFocus()
    viewing.until(lambda: not viewer.preview.isVisible())


def test_that_dragging_shows_a_small_picture_at_once_and_the_exact_frame_when_the_hand_rests(viewing: Viewing) -> None:
    viewer = opened(viewing)
    timeline = viewer.timeline
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=point(timeline, 0.1))
    viewing.until(lambda: abs(viewer.playback.position_ms - 800) < 30)
    places: list[int] = []
    viewer.playback.sought.connect(lambda: places.append(viewer.playback.position_ms))
    move_to(timeline, 0.75, Qt.MouseButton.LeftButton)
    assert viewer.stage.shown_picture == viewer.film.nearest(6000)
    assert abs(viewer.playback.position_ms - 6000) < 30
    viewing.until(lambda: places == [viewer.playback.position_ms])
    viewing.until(lambda: viewer.stage.shown_picture == viewer.stage.frame)
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=point(timeline, 0.75))


def test_that_what_played_goes_on_when_the_hand_lets_go(viewing: Viewing) -> None:
    viewer = opened(viewing)
    timeline = viewer.timeline
    viewer.playback.play()
    viewing.until(lambda: viewer.playback.is_playing)
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=point(timeline, 0.1))
    move_to(timeline, 0.4, Qt.MouseButton.LeftButton)
    viewing.until(lambda: not viewer.playback.is_playing)
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=point(timeline, 0.4))
    viewing.until(lambda: viewer.playback.is_playing and viewer.playback.position_ms > 3200)


def test_that_a_low_window_keeps_a_thin_film(viewing: Viewing) -> None:
    viewer = opened(viewing)
    high = viewer.timeline.sizeHint().height()
    viewer.timeline.set_low(True)
    lane = viewer.timeline.lane.wanted_height()
    assert lane + 8 < viewer.timeline.sizeHint().height() < high
