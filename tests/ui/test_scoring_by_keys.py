"""Scoring in the real window with the keyboard, on a real store."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Desk
from workbench.model.decision import ScoreState
from workbench.model.ids import AssignmentId, CriterionId
from workbench.queries.score import score
from workbench.queries.views import ScoreView

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def projection(desk: Desk, place: int = 0) -> ScoreView:
    found = desk.read(score, f"assignment-{place}")
    assert isinstance(found, ScoreView)
    return found


def levels(view: ScoreView) -> dict[str, str | None]:
    return {str(each): given.level_id for each, given in view.draft.scores.items()}


def note(desk: Desk, letter: str) -> QPlainTextEdit:
    found = desk.find(f"note_{letter}")
    assert isinstance(found, QPlainTextEdit)
    return found


def score_all(desk: Desk, keys: str) -> None:
    for key in keys:
        desk.press(key)
        desk.press("J")


def test_that_digits_score_the_open_criterion_and_j_and_k_move_between_criteria(desk: Desk) -> None:
    desk.open(0)
    desk.press("3")
    desk.press("J")
    desk.press("1")
    desk.press("K")
    desk.press("2")
    assert levels(projection(desk)) == {"criterion-0": "level-1", "criterion-1": "level-0"}


def test_that_a_level_survives_closing_and_reopening(open_desk: Callable[[], Desk], qtbot: QtBot) -> None:
    first = open_desk()
    first.open(0)
    first.press("3")
    QTest.keyClicks(note(first, "A"), "Seen at the start")
    first.close()
    second = open_desk()
    qtbot.waitUntil(lambda: second.shown() == "assignment-0", timeout=10_000)
    assert levels(projection(second)) == {"criterion-0": "level-2"}
    assert note(second, "A").toPlainText() == "Seen at the start"
    second.close()


def test_that_digits_and_letters_in_a_note_change_no_level_and_no_criterion(desk: Desk) -> None:
    desk.open(0)
    editor = note(desk, "A")
    editor.setFocus()
    QTest.keyClicks(editor, "1 of 3 groups, j k c f n p 0 ?")
    view = projection(desk)
    assert editor.toPlainText() == "1 of 3 groups, j k c f n p 0 ?"
    assert levels(view) == {}
    assert desk.score.rubric.current is not None
    assert desk.score.rubric.current.letter == "A"


def test_that_zero_clears_a_level_and_undo_brings_it_back(desk: Desk) -> None:
    desk.open(0)
    desk.press("2")
    desk.press("0")
    assert levels(projection(desk)) == {}
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert levels(projection(desk)) == {"criterion-0": "level-1"}


def test_that_typed_text_is_saved_without_leaving_the_note(desk: Desk, qtbot: QtBot) -> None:
    desk.open(0)
    editor = note(desk, "A")
    editor.setFocus()
    QTest.keyClicks(editor, "half a sen")
    assert desk.account is not None
    store = desk.account.store
    qtbot.waitUntil(
        lambda: "half a sen" in store.read(score, AssignmentId("assignment-0")).draft.notes.values(), timeout=5000
    )  # fmt: skip


def test_that_switching_while_typing_never_writes_into_another_submission(desk: Desk) -> None:
    for place in (0, 1, 2, 0, 1, 2):
        desk.open(place)
        editor = note(desk, "A")
        editor.setFocus()
        editor.selectAll()
        QTest.keyClicks(editor, f"for {place}")
        desk.window.workspace.open(AssignmentId(f"assignment-{(place + 1) % 3}"))
    for place in range(3):
        assert list(projection(desk, place).draft.notes.values()) == [f"for {place}"]


def test_that_enter_keeps_the_note_and_shift_enter_is_a_new_line(desk: Desk) -> None:
    desk.open(0)
    editor = note(desk, "A")
    editor.setFocus()
    QTest.keyClicks(editor, "one")
    QTest.keyClick(editor, Qt.Key.Key_Return, SHIFT)
    QTest.keyClicks(editor, "two")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert list(projection(desk).draft.notes.values()) == ["one\ntwo"]
    assert not editor.hasFocus()


def test_that_control_enter_in_a_note_never_finalizes(desk: Desk) -> None:
    desk.open(0)
    editor = note(desk, "A")
    editor.setFocus()
    QTest.keyClicks(editor, "done")
    QTest.keyClick(editor, Qt.Key.Key_Return, CONTROL)
    view = projection(desk)
    assert view.editable
    assert not desk.score.rubric.missing.isVisible()


def test_that_finalizing_too_early_lists_what_is_missing_and_leads_there(desk: Desk, qtbot: QtBot) -> None:
    desk.open(0)
    desk.press("3")
    desk.press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: desk.score.rubric.missing.isVisible(), timeout=5000)
    lines = [desk.find(f"missing_{number}") for number in (1, 2, 3, 4)]
    QTest.mouseClick(lines[2], Qt.MouseButton.LeftButton)
    assert desk.score.rubric.current is not None
    assert desk.score.rubric.current.letter == "C"


def test_that_the_outcome_appears_only_when_all_is_scored(desk: Desk, qtbot: QtBot) -> None:
    desk.open(0)
    score_all(desk, "333")
    outcome = desk.find("outcomeLabel")
    assert isinstance(outcome, QLabel)
    projection(desk)
    assert outcome.text() == ""
    desk.press("3")
    qtbot.waitUntil(lambda: "Award" in outcome.text(), timeout=5000)


def test_that_a_finalized_decision_can_be_taken_back_and_edited_again(desk: Desk, qtbot: QtBot) -> None:
    desk.open(0)
    finish(desk)
    desk.press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: not projection(desk).editable, timeout=5000)
    button = "takeBackButton"
    qtbot.waitUntil(lambda: any(w.isVisible() for w in desk.window.findChildren(QWidget, button)), timeout=5000)
    desk.press("1")
    assert set(levels(projection(desk)).values()) == {"level-2"}
    QTest.mouseClick(desk.find(button), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: projection(desk).editable, timeout=5000)
    assert set(levels(projection(desk)).values()) == {"level-2"}


def finish(desk: Desk) -> None:
    """Score everything, with a citation for each criterion, as the store would have it from the window."""
    from workbench.model.citation import Citation, Stance, TimeRange
    from workbench.model.ids import CitationId, EvidenceHash, EvidenceId, new_id
    from workbench.operations.cite import cite

    score_all(desk, "3333")
    for place in range(4):
        cited = Citation(
            id=CitationId(new_id()),
            criterion_id=CriterionId(f"criterion-{place}"),
            evidence_id=EvidenceId("video-0"),
            sha256=EvidenceHash(f"{0:064x}"),
            stance=Stance.SUPPORTS,
            place=TimeRange(start_ms=1000, end_ms=2000),
        )
        desk.tasks.run(cite, "assignment-0", cited)


@pytest.mark.parametrize("key", ["F", "f"])
def test_that_f_opens_feedback_and_enter_is_a_new_line_there(desk: Desk, key: str) -> None:
    desk.open(0)
    desk.press(key)
    editor = desk.find("feedbackEditor")
    QTest.keyClicks(editor, "one")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "two")
    QTest.keyClick(editor, Qt.Key.Key_Return, CONTROL)
    view = projection(desk)
    assert view.draft.feedback.overall == "one\ntwo"
    assert view.editable


def test_that_n_opens_the_next_submission_and_p_the_one_before(desk: Desk, qtbot: QtBot) -> None:
    desk.open(0)
    desk.press("N")
    qtbot.waitUntil(lambda: desk.shown() == "assignment-1", timeout=5000)
    desk.press("P")
    qtbot.waitUntil(lambda: desk.shown() == "assignment-0", timeout=5000)


def test_that_the_open_submission_and_the_sentence_come_back_after_a_restart(
    open_desk: Callable[[], Desk], qtbot: QtBot
) -> None:
    first = open_desk()
    first.open(1)
    first.press("J")
    editor = note(first, "B")
    editor.setFocus()
    QTest.keyClicks(editor, "half a sentence")
    QTest.keyClick(editor, Qt.Key.Key_Left)
    first.close()
    second = open_desk()
    qtbot.waitUntil(lambda: second.shown() == "assignment-1", timeout=10_000)
    assert second.score.rubric.current is not None
    assert second.score.rubric.current.letter == "B"
    qtbot.waitUntil(lambda: note(second, "B").hasFocus(), timeout=5000)
    assert note(second, "B").textCursor().position() == len("half a sentenc")
    second.close()


def test_that_cannot_judge_asks_for_a_reason_and_not_applicable_is_only_where_the_rubric_allows_it(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.open(0)
    assert menu_of(desk, qtbot, "A") == ["Cannot judge, with a reason", "Clear the level"]
    choose(desk, "Cannot judge, with a reason")
    editor = desk.find("reason_A")
    QTest.keyClicks(editor, "The sound is missing")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    given = projection(desk).draft.scores[CriterionId("criterion-0")]
    assert (given.state, given.reason) == (ScoreState.CANNOT_JUDGE, "The sound is missing")
    for _ in range(3):
        desk.press("J")
    assert menu_of(desk, qtbot, "D")[0] == "Not applicable here"
    choose(desk, "Not applicable here")
    assert projection(desk).draft.scores[CriterionId("criterion-3")].state is ScoreState.NOT_APPLICABLE


def menu_of(desk: Desk, qtbot: QtBot, letter: str) -> list[str]:
    QTest.mouseClick(desk.find(f"criterionMenu_{letter}"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu), timeout=5000)
    return [action.text() for action in open_menu().actions()]


def open_menu() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def choose(desk: Desk, text: str) -> None:
    menu = open_menu()
    action = next(each for each in menu.actions() if each.text() == text)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
