"""The bridge between the windows and the store."""

import threading
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Desk
from workbench.errors import KnownError, StorageError
from workbench.model.changes import Changes
from workbench.model.ids import AssignmentId
from workbench.operations.score import set_note
from workbench.queries.queue import queue


def test_that_an_operation_runs_off_the_ui_thread_and_its_changes_come_back_to_it(desk: Desk, qtbot: QtBot) -> None:
    threads: list[str] = []
    arrived: list[tuple[Changes, object, threading.Thread]] = []

    def note(session: Any, text: str) -> Changes:
        threads.append(threading.current_thread().name)
        return set_note(session, AssignmentId("assignment-0"), "criterion-0", text)  # type: ignore[arg-type]

    desk.tasks.changed.connect(lambda changes, who: arrived.append((changes, who, threading.current_thread())))
    desk.tasks.run(note, "seen", initiator="me")
    qtbot.waitUntil(lambda: bool(arrived), timeout=5000)
    assert threads == ["store writer"]
    assert arrived[0][0].drafts == {"assignment-0"}
    assert arrived[0][1:] == ("me", threading.main_thread())


def test_that_only_the_answer_to_the_last_question_arrives(desk: Desk, qtbot: QtBot) -> None:
    owner, answers = QObject(), list[int]()

    def counted(_session: Any, number: int) -> int:
        return number

    for number in range(20):
        desk.tasks.ask(counted, number, on_answer=answers.append, owner=owner)
    qtbot.waitUntil(lambda: bool(answers), timeout=5000)
    desk.read(queue)
    assert answers == [19]


def test_that_an_answer_for_an_owner_that_is_gone_is_dropped(desk: Desk, qtbot: QtBot) -> None:
    owner, last = QObject(), QObject()
    answers: list[str] = []
    desk.tasks.ask(queue, on_answer=lambda _: answers.append("gone"), owner=owner)
    import shiboken6

    shiboken6.delete(owner)
    desk.tasks.ask(queue, on_answer=lambda _: answers.append("here"), owner=last)
    qtbot.waitUntil(lambda: bool(answers), timeout=5000)
    assert answers == ["here"]


def test_that_a_known_problem_reaches_the_caller_who_asked_for_it(desk: Desk, qtbot: QtBot) -> None:
    told: list[KnownError] = []

    def full(_session: Any) -> Changes:
        raise StorageError("The disk is full.", safe="Everything written before is safe.", do="Make room.")

    desk.tasks.run(full, failed=told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=5000)
    assert str(told[0]) == "The disk is full. Everything written before is safe. Make room."


def test_that_a_problem_nobody_asked_for_is_shown_in_three_sentences(desk: Desk, qtbot: QtBot) -> None:
    def full(_session: Any) -> Changes:
        raise StorageError("The disk is full.", safe="Everything written before is safe.", do="Make room.")

    desk.tasks.run(full)
    qtbot.waitUntil(lambda: any(w.isVisible() for w in desk.window.findChildren(QObject, "banner")), timeout=5000)  # type: ignore[attr-defined]
    assert desk.find("bannerHappened").text() == "The disk is full."  # type: ignore[attr-defined]
    assert desk.find("bannerRest").text() == "Everything written before is safe. Make room."  # type: ignore[attr-defined]


def test_that_a_bug_in_a_task_is_told_without_details_and_the_lane_goes_on(
    desk: Desk, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[KnownError] = []
    written = "what somebody wrote"

    def broken(_session: Any) -> Changes:
        raise ZeroDivisionError(written)

    desk.tasks.run(broken, failed=told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=5000)
    assert "ZeroDivisionError" in told[0].happened
    assert "in broken" in caplog.text
    assert written not in caplog.text
    assert desk.read(queue) is not None
