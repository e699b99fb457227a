"""The queue as a Qt model."""

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from pytestqt.qtbot import QtBot

from workbench.model.assignment import TaskKind
from workbench.model.ids import AssignmentId
from workbench.queries.views import Queue, QueueRow, Section
from workbench.ui.queue_model import QueueModel, sentence

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def row(number: int, section: Section = "to_score", scored: int = 0) -> QueueRow:
    return QueueRow(
        assignment_id=AssignmentId(f"assignment-{number}"),
        section=section,
        offering_title="Disaggregating data",
        pseudonym=f"Educator {number}",
        attempt=1,
        task=TaskKind.SCORE,
        due_at=NOW + timedelta(days=1),
        video_ms=1_380_000,
        pages=11,
        scored_criteria=scored,
        criteria=4,
        evidence_ready=1,
        evidence_total=2,
    )


def queue(*rows: QueueRow) -> Queue:
    return Queue(rows=rows, to_score=len(rows), scored=0, needs_you=0)


def test_that_the_model_keeps_qts_rules_through_every_change(qtbot: QtBot) -> None:
    model = QueueModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.show_queue(queue(row(1), row(2), row(3, "scored")))
    model.show_section("scored")
    model.show_queue(queue(row(3, "scored"), row(1, "scored")))
    model.show_section("needs_you")
    assert model.rowCount() == 0
    assert tester.model() is model


def test_that_a_section_shows_only_its_own_rows_in_the_drawn_order() -> None:
    model = QueueModel()
    model.show_queue(queue(row(2), row(1), row(3, "scored")))
    assert [model.row_at(model.index(place)) for place in range(model.rowCount())] == [row(2), row(1)]


def test_that_a_row_that_only_changed_is_told_as_changed_and_nothing_is_reset(qtbot: QtBot) -> None:
    model = QueueModel()
    model.show_queue(queue(row(1), row(2), row(3)))
    resets, changed = QSignalSpy(model.modelReset), QSignalSpy(model.dataChanged)
    model.show_queue(queue(row(1), row(2, scored=2), row(3)))
    assert (resets.count(), changed.count()) == (0, 1)
    index = changed.at(0)[0]
    assert isinstance(index, QModelIndex)
    assert index.row() == 1


def test_that_ten_thousand_rows_are_one_reset_and_no_row_is_read_ahead(qtbot: QtBot) -> None:
    model = QueueModel()
    resets = QSignalSpy(model.modelReset)
    model.show_queue(queue(*(row(number) for number in range(10_000))))
    assert (model.rowCount(), resets.count()) == (10_000, 1)
    assert model.index_of(AssignmentId("assignment-9999")).row() == 9_999


def test_that_a_row_says_all_of_itself_in_a_sentence() -> None:
    said = sentence(row(7, scored=2), NOW)
    assert said == (
        "Disaggregating data, Educator 7, attempt 1, Score, due tomorrow, 23 min of video, 11 pages, "
        "2 of 4 scored, Fetching 1 of 2"
    )
    assert QueueModel().data(QModelIndex(), Qt.ItemDataRole.DisplayRole) is None


def test_that_the_neighbor_of_the_last_row_is_none_and_of_a_stranger_the_first() -> None:
    model = QueueModel()
    model.show_queue(queue(row(1), row(2)))
    assert model.neighbor(AssignmentId("assignment-2"), 1) is None
    assert model.neighbor(AssignmentId("assignment-1"), 1) == "assignment-2"
    assert model.neighbor(AssignmentId("gone"), 1) == "assignment-1"


def test_that_next_after_finalizing_is_the_row_that_followed_not_the_first() -> None:
    model = QueueModel()
    model.show_queue(queue(row(1), row(2), row(3), row(4)))
    model.show_queue(queue(row(1), row(3), row(4)))
    assert model.neighbor(AssignmentId("assignment-2"), 1, was_at=1) == "assignment-3"
    assert model.neighbor(AssignmentId("assignment-9"), 1, was_at=7) == "assignment-4"
    assert model.neighbor(AssignmentId("assignment-2"), -1, was_at=1) == "assignment-1"
    assert model.neighbor(AssignmentId("assignment-0"), -1, was_at=0) is None
