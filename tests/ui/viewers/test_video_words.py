"""What is said and how it sounds: transcript, captions inside a recording, waveform."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.media.making_recordings import make_titled
from tests.store import world
from tests.ui.viewers import evidence_files
from tests.ui.viewers.conftest import PATIENCE_MS, Parts, Viewing
from workbench.model.assignment import Assignment, TaskKind
from workbench.model.ids import AssignmentId, EvidenceHash, EvidenceId, SubmissionId
from workbench.model.submission import Evidence, EvidenceKind, Submission
from workbench.queries.previews import preview
from workbench.queries.score import score
from workbench.store import platform_rows
from workbench.ui.viewers.sound_shape import COUNT
from workbench.ui.viewers.video import VideoViewer
from workbench.wire.exchange import AssignmentChange, Change, SubmissionChange

LESSON, TITLED = "lesson.mp4", EvidenceId("titled.mkv")


@pytest.fixture(scope="package")
def titled(parts: Parts, tmp_path_factory: pytest.TempPathFactory) -> AssignmentId:
    """A submission whose recording carries its captions."""
    lines = [(400, b"Guten Tag"), (2000, b"Ende")]
    path = make_titled(tmp_path_factory.mktemp("titled") / TITLED, "subrip", lines)
    data, now = path.read_bytes(), datetime.now(UTC)
    item = Evidence(
        id=TITLED,
        order=1,
        label="Titled",
        kind=EvidenceKind.VIDEO,
        sha256=EvidenceHash(hashlib.sha256(data).hexdigest()),
        size=len(data),
    )
    work = Submission(
        id=SubmissionId("titled"),
        attempt=1,
        offering_id=world.offering().id,
        offering_version=1,
        pseudonym="Educator 4F-23",
        submitted_at=now,
        evidence=(item,),
    )
    task = Assignment(
        id=AssignmentId("titled"),
        submission_id=work.id,
        attempt=1,
        task=TaskKind.SCORE,
        position=97,
        due_at=now + timedelta(days=5),
        lease_until=now + timedelta(days=9),
        revision=1,
    )
    changes: list[Change] = [SubmissionChange(submission=work), AssignmentChange(assignment=task)]
    parts.account.store.write(platform_rows.apply_changes, changes)
    world.fetch(parts.account, item, data)
    return task.id


@pytest.fixture
def alone(qtbot: QtBot, parts: Parts) -> Iterator[VideoViewer]:
    """A viewer of recordings in a window of its own."""
    viewer = VideoViewer(parts.tasks, lambda: parts.player)
    qtbot.addWidget(viewer)
    viewer.clear()
    viewer.resize(900, 600)
    viewer.show()
    yield viewer
    viewer.clear()


def spoken(viewing: Viewing) -> VideoViewer:
    viewer = viewing.open(LESSON, VideoViewer)
    viewing.until(lambda: bool(viewer.tracks.captions))
    viewer.stage.setFocus()
    return viewer


def test_that_t_opens_the_transcript_beside_the_picture_and_a_line_leads_there(viewing: Viewing) -> None:
    viewer = spoken(viewing)
    assert not viewer.transcript.isVisible()
    QTest.keyClick(viewer.stage, Qt.Key.Key_T)
    assert viewer.transcript.isVisible()
    assert viewer.transport.transcript.isChecked()
    lines = viewer.transcript.list
    assert lines.count() == 2
    viewing.until(lambda: lines.visualItemRect(lines.item(1)).height() > 0)
    QTest.mouseClick(
        lines.viewport(), Qt.MouseButton.LeftButton, pos=lines.visualItemRect(lines.item(1)).center() - QPoint(5, 0)
    )
    assert viewer.playback.position_ms == 4000
    assert lines.said == 1


def test_that_words_are_found_enter_goes_there_and_escape_leads_back(viewing: Viewing) -> None:
    viewer = spoken(viewing)
    QTest.keyClick(viewer.stage, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = viewer.transcript.field
    QTest.keyClicks(field, "UP went")
    assert viewer.transcript.list.count() == 1
    assert viewer.transcript.count.text() == "1 line"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert viewer.playback.position_ms == 4000
    QTest.keyClicks(field, " zebra")
    assert viewer.transcript.count.text() == "Not said"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert viewer.transcript.list.count() == 2
    QTest.keyClick(field, Qt.Key.Key_Escape)
    viewing.until(viewer.stage.hasFocus)


def test_that_the_lines_are_walked_by_arrows_and_entered(viewing: Viewing) -> None:
    viewer = spoken(viewing)
    viewer.search_transcript()
    QTest.keyClick(viewer.transcript.field, Qt.Key.Key_Down)
    QTest.keyClick(viewer.transcript.list, Qt.Key.Key_Down)
    QTest.keyClick(viewer.transcript.list, Qt.Key.Key_Return)
    assert viewer.playback.position_ms == 4000


def test_that_captions_inside_a_recording_are_shown_and_chosen_among_others(
    alone: VideoViewer, qtbot: QtBot, parts: Parts, titled: AssignmentId
) -> None:
    items = parts.account.store.read(score, titled).evidence
    beside = parts.account.store.read(score, evidence_files.ASSIGNMENT).evidence
    alone.show_evidence(items[0], next(item for item in beside if item.evidence.id == "captions.vtt"))
    qtbot.waitUntil(lambda: alone.is_ready and len(alone.tracks.tracks) == 2, timeout=PATIENCE_MS)
    alone.playback.seek(500)
    assert alone.stage.caption == "What do you notice?"
    alone.transport.captions.click()
    menu = alone.transport.findChild(QMenu, "captionsMenu")
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["No captions", "Captions", "German"]
    menu.actions()[2].trigger()
    menu.close()
    assert alone.stage.caption == "Guten Tag"
    assert alone.transport.captions.isChecked()
    alone.transport.captions_asked.emit(-1)
    assert alone.stage.caption == ""


def test_that_sound_alone_fills_the_stage_and_its_shape_is_kept(viewing: Viewing, parts: Parts) -> None:
    viewer = viewing.open("voice.m4a", VideoViewer)
    viewing.until(lambda: viewer.sound.is_complete)
    assert viewer.sound.peak(0.4, 0.6) > 0.5
    voice = evidence_files.evidence_id("voice.m4a")
    viewing.until(lambda: len(parts.account.store.read(preview, voice, "waveform", bytes) or b"") == COUNT)
    stage = viewer.stage
    QTest.mouseClick(stage, Qt.MouseButton.LeftButton, pos=QPoint(stage.width() // 2, stage.height() // 2))
    assert abs(viewer.playback.position_ms - 1500) < 60
    shown = stage.grab().toImage()
    ratio = shown.devicePixelRatio()
    middle = round(stage.height() / 2 * ratio)
    left, right = (shown.copy(round(stage.width() * at * ratio), middle, round(40 * ratio), 1) for at in (0.2, 0.8))
    assert _blueness(left) > _blueness(right) + 20


def _blueness(line: QImage) -> int:
    colors = [line.pixelColor(x, 0) for x in range(line.width())]
    return max(color.blue() - color.red() for color in colors)
