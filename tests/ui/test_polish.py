"""What a person with a small screen, large text or a flaky network once saw wrong, so that it stays right."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Desk
from tests.ui.test_scoring_by_keys import finish
from workbench.model.ids import AssignmentId
from workbench.model.sync_status import SyncPhase, SyncStatus
from workbench.queries.views import SyncState
from workbench.settings import Settings
from workbench.ui.buttons import Button
from workbench.ui.flow_layout import FlowLayout, together
from workbench.ui.focus_order import reading_order
from workbench.ui.header_bar import HeaderBar
from workbench.ui.outlined_card import OutlinedCard
from workbench.ui.strip import EvidenceStrip
from workbench.ui.sync_chip import SyncChip
from workbench.ui.sync_popover import SyncPopover
from workbench.ui.texts import ElidedLabel
from workbench.ui.viewers.timeline import FILM_PX, THIN_FILM_PX, Timeline
from workbench.ui.viewers.transport import Transport

CONTROL = Qt.KeyboardModifier.ControlModifier
NOW = datetime(2026, 11, 23, 19, 42, tzinfo=UTC)
PROBLEM = "The programme cannot be reached. Your scores and decisions are safe on this laptop. Check the network."


def state(problem: str = "", ready: int = 12) -> SyncState:
    return SyncState(
        last_round_at=NOW, problem=problem, to_send=0, ready_submissions=ready, submissions=12, needs_you=0,
        next_try_at=NOW,
    )  # fmt: skip


@pytest.fixture
def popover(qtbot: QtBot) -> Iterator[SyncPopover]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 689)
    made = SyncPopover(window)
    window.show()
    made.show()
    yield made
    window.hide()


def test_that_the_popover_is_as_high_as_what_it_says(popover: SyncPopover) -> None:
    popover.show_state(state(), SyncStatus(phase=SyncPhase.UP_TO_DATE))
    calm = popover.height()
    popover.show_state(state(PROBLEM), SyncStatus(phase=SyncPhase.OFFLINE, words=PROBLEM))
    said = popover.findChild(QLabel, "syncProblem")
    assert isinstance(said, QLabel)
    assert popover.height() > calm
    assert said.height() >= said.heightForWidth(said.width())
    popover.show_state(state(), SyncStatus(phase=SyncPhase.UP_TO_DATE))
    assert popover.height() == calm


def test_that_a_problem_is_gone_from_the_popover_as_soon_as_the_platform_is_reached(popover: SyncPopover) -> None:
    popover.show_state(state(PROBLEM), SyncStatus(phase=SyncPhase.UP_TO_DATE))
    said = popover.findChild(QLabel, "syncProblem")
    checked = popover.findChild(QLabel, "lastChecked")
    assert isinstance(said, QLabel)
    assert isinstance(checked, QLabel)
    assert not said.isVisible()
    assert "Next try" not in checked.text()


def test_that_the_chip_says_how_many_of_all_are_ready_until_all_are(qtbot: QtBot) -> None:
    chip = SyncChip()
    qtbot.addWidget(chip)
    online = SyncStatus(phase=SyncPhase.UP_TO_DATE)
    chip.show_state(state(ready=4), online)
    assert chip.text() == "Online · 4 of 12 ready"
    chip.show_state(state(), online)
    assert chip.text() == "Online · 12 ready"


@pytest.mark.parametrize("width", [330, 420, 520, 592, 640, 868])
def test_that_no_button_of_the_transport_is_narrower_than_its_label(qtbot: QtBot, width: int) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    row = Transport(window)
    row.cite.set_criterion("E")
    window.show()
    row.resize(width, 40)
    buttons = [each for each in row.findChildren(Button) if each.isVisible()]
    qtbot.waitUntil(lambda: all(each.width() >= each.minimumSizeHint().width() for each in buttons), timeout=2000)
    assert row.cite in buttons
    assert row.cite.geometry().right() < width


def test_that_citing_is_gone_once_a_submission_is_finalized_and_back_when_it_is_taken_back(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.open(0)
    finish(desk)
    asked: list[bool] = []
    monkeypatch.setattr(desk.score.stage, "set_editable", asked.append)
    desk.press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: asked[-1:] == [False], timeout=5000)
    desk.window.resize(700, 689)
    assert not any(each.isVisible() for each in desk.window.findChildren(QWidget, "barCite"))
    desk.score.swap_pane()
    QTest.mouseClick(desk.find("takeBackButton"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: asked[-1] is True, timeout=5000)


def test_that_the_search_that_found_one_submission_is_over_when_it_is_opened(desk: Desk, qtbot: QtBot) -> None:
    desk.queue.search.setText("01F-21")
    qtbot.waitUntil(lambda: desk.queue.model.rowCount() == 1, timeout=5000)
    desk.queue._on_chosen(desk.queue.model.index(0))
    qtbot.waitUntil(lambda: desk.queue.model.rowCount() == 3, timeout=5000)
    assert desk.queue.neighbor(AssignmentId("assignment-1"), 1) == "assignment-2"


def test_that_escape_folds_the_queue_beside_a_submission(desk: Desk) -> None:
    desk.open(0)
    desk.window.workspace.unfold(True)
    QTest.keyClick(desk.queue.list, Qt.Key.Key_Escape)
    assert not desk.queue.isVisible()
    assert desk.window.workspace.is_open


def test_that_tab_goes_from_the_strip_through_the_criteria_to_the_foot(desk: Desk, qtbot: QtBot) -> None:
    desk.open(0)
    wanted = ["evidenceCard_1", "criterion_A", "level_A_1", "cite_A", "note_A", "criterion_B", "feedbackButton"]

    def places() -> list[int]:
        names, widget = [], desk.window.header
        for _ in range(2000):
            widget = widget.nextInFocusChain()  # type: ignore[assignment]
            names.append(widget.objectName())
            if widget is desk.window.header:
                break
        return [names.index(name) for name in wanted]

    qtbot.waitUntil(lambda: places() == sorted(places()), timeout=5000)


def test_that_reading_order_enters_scrolled_panes(desk: Desk) -> None:
    desk.open(0)
    names = [each.objectName() for each in reading_order(desk.score.rubric)]
    assert names.index("criterion_A") < names.index("level_A_3") < names.index("criterion_D")
    assert names.index("criterion_D") < names.index("finalizeButton")


def test_that_feedback_can_be_read_at_twice_the_text_on_the_smallest_screen(desk: Desk, qtbot: QtBot) -> None:
    desk.window.resize(683, 345)
    desk.open(0)
    desk.press("F")
    editor = desk.find("feedbackEditor")
    assert isinstance(editor, QPlainTextEdit)
    qtbot.waitUntil(lambda: editor.height() >= 2 * editor.fontMetrics().lineSpacing(), timeout=3000)
    assert desk.find("finalizeButton").height() >= 28


def test_that_a_note_grows_when_a_narrower_pane_makes_more_lines_of_it(desk: Desk, qtbot: QtBot) -> None:
    desk.open(0)
    editor = desk.find("note_A")
    assert isinstance(editor, QPlainTextEdit)
    editor.setPlainText("Compares exit tickets by reading group; names the gap in group 2 that the average hid.")
    desk.window.resize(1366, 689)
    desk.window.resize(1000, 689)
    qtbot.waitUntil(lambda: editor.verticalScrollBar().maximum() == 0, timeout=3000)


def test_that_the_keys_stay_inside_a_small_window_and_scroll(desk: Desk) -> None:
    desk.open(0)
    desk.window.resize(400, 330)
    desk.window.toggle_keys()
    panel = desk.find("keysPanel")
    assert desk.window.rect().contains(panel.geometry())
    texts = [each for each in panel.findChildren(QLabel) if each.wordWrap()]
    assert [each.text() for each in texts if each.height() < each.heightForWidth(each.width())] == []


def test_that_saved_is_said_shorter_before_it_is_cut(qtbot: QtBot) -> None:
    line = ElidedLabel()
    qtbot.addWidget(line)
    line.say("Saved on this laptop", short="Saved")
    line.resize(300, 20)
    assert line._fitting() == "Saved on this laptop"
    line.resize(line.fontMetrics().horizontalAdvance("Saved on th"), 20)
    assert line._fitting() == "Saved"


def test_that_a_card_keeps_its_content_in_place_when_it_becomes_the_current_one(qtbot: QtBot) -> None:
    card = OutlinedCard()
    qtbot.addWidget(card)
    before = card.contentsRect()
    card.set_current(True)
    assert card.contentsRect() == before


def test_that_the_film_is_thin_and_the_lane_of_citations_stays_where_height_is_short(qtbot: QtBot) -> None:
    timeline = Timeline()
    qtbot.addWidget(timeline)
    timeline.set_duration(60_000)
    high = timeline.sizeHint().height()
    timeline.set_low(True)
    assert timeline.sizeHint().height() == high - FILM_PX + THIN_FILM_PX


def test_that_the_ends_of_the_strip_lead_to_the_evidence_beyond(desk: Desk, qtbot: QtBot) -> None:
    desk.open(0)
    strip = desk.score.stage.strip
    assert isinstance(strip, EvidenceStrip)
    desk.window.resize(1366, 689)
    assert not strip._forward.isVisible()
    strip.setFixedWidth(150)
    qtbot.waitUntil(strip._forward.isVisible, timeout=3000)
    assert not strip._back.isVisible()
    while strip._forward.isVisible():
        before = strip.horizontalScrollBar().value()
        QTest.mouseClick(strip._forward, Qt.MouseButton.LeftButton, pos=QPoint(40, 20))
        assert strip.horizontalScrollBar().value() > before
    assert strip._back.isVisible()


def test_that_the_seconds_that_c_cites_are_a_choice_that_reaches_the_evidence(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.open(0)
    told: list[int] = []
    monkeypatch.setattr(desk.score.stage, "set_cite_seconds", told.append)
    choose_seconds(desk.window.header, qtbot, "The last 30 seconds")
    assert told == [30]


def choose_seconds(header: HeaderBar, qtbot: QtBot, name: str) -> None:
    header._look.click()
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu), timeout=3000)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    lengths = menu.findChild(QMenu, "citeSecondsMenu")
    assert isinstance(lengths, QMenu)
    names = {action.text(): action for action in lengths.actions()}
    assert [action.text() for action in lengths.actions() if action.isChecked()] == ["The last 10 seconds"]
    names[name].trigger()
    menu.close()


def test_that_a_length_chosen_earlier_is_used_for_the_first_submission(desk: Desk) -> None:
    desk.window.workspace.set_cite_seconds(Settings(cite_seconds=0).cite_seconds)
    assert desk.score.stage.panes.active.choice.video.range.seconds == 0


def test_that_cite_drops_its_key_before_it_takes_a_line_and_never_leaves_the_menu_alone(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    line = FlowLayout(box, gap=6)
    chip = QWidget()
    chip.setFixedSize(100, 26)
    cite, menu = Button("Cite", "cite", key="C"), Button("…", "menu")
    end = together(cite, menu, gap=6)
    line.addWidget(chip)
    line.addWidget(end)
    box.show()
    box.resize(106 + end.sizeHint().width() - 10, 100)
    assert end.y() == chip.y()
    assert cite.width() < cite.sizeHint().width()
    box.resize(106 + end.minimumSizeHint().width() - 1, 100)
    assert end.y() > chip.y()
    assert menu.y() == cite.y()


def test_that_labels_in_the_strip_are_shortened_only_where_all_cards_then_fit(desk: Desk, qtbot: QtBot) -> None:
    desk.open(0)
    strip = desk.score.stage.strip
    least = sum(card.least_width() for card in strip.cards) + 6 * (len(strip.cards) - 1)
    full = [card.sizeHint().width() for card in strip.cards]
    assert least < sum(full)
    strip.setFixedWidth(least + 2)
    qtbot.waitUntil(lambda: strip.cards[0].width() < full[0] or strip.cards[1].width() < full[1], timeout=3000)
    assert not strip._forward.isVisible()
    strip.setFixedWidth(least - 2)
    qtbot.waitUntil(lambda: [card.width() for card in strip.cards] == full, timeout=3000)
    qtbot.waitUntil(strip._forward.isVisible, timeout=3000)
