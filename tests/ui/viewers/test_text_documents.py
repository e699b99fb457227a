"""Tables and documents in the real stage, read by a real worker."""

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage, QTextDocument
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.viewers import text_files
from tests.ui.viewers.conftest import PATIENCE_MS, Parts
from workbench.model.citation import Citation, Place, Stance, TextQuote
from workbench.model.ids import CitationId, CriterionId, EvidenceHash, EvidenceId, new_id
from workbench.queries.score import score
from workbench.ui.viewers.stage import EvidenceStage
from workbench.ui.viewers.text import TextViewer

PICTURE = QUrl("picture:0")


class Reading:
    """A stage with the submission of texts open."""

    def __init__(self, qtbot: QtBot, parts: Parts) -> None:
        self.qtbot = qtbot
        self.stage = EvidenceStage(parts.tasks, player_factory=lambda: parts.player)
        qtbot.addWidget(self.stage)
        self.stage.resize(910, 647)
        self.stage.show()
        self.stage.show_submission(parts.account.store.read(score, text_files.ASSIGNMENT))

    def open(self, name: str) -> TextViewer:
        """Look at a file and wait until it can be moved in."""
        self.stage.show_evidence(name)

        def is_ready() -> bool:
            return any(
                each.is_ready and each.isVisible() and each.item and each.item.evidence.id == name
                for each in self._all()
            )

        self.qtbot.waitUntil(is_ready, timeout=PATIENCE_MS)
        return next(each for each in self._all() if each.is_ready)

    def _all(self) -> list[TextViewer]:
        return self.stage.findChildren(TextViewer)


@pytest.fixture(scope="module")
def shelf(parts: Parts) -> Parts:
    """The store with the texts in it."""
    text_files.make_files(parts.folder)
    text_files.furnish(parts.account, parts.folder)
    return parts


@pytest.fixture
def reading(qtbot: QtBot, shelf: Parts) -> Iterator[Reading]:
    """A stage with the texts open."""
    reading = Reading(qtbot, shelf)
    yield reading
    reading.stage.clear()


def cited(place: Place, name: str) -> Citation:
    return Citation(
        id=CitationId(new_id()),
        criterion_id=CriterionId("questions"),
        evidence_id=EvidenceId(name),
        sha256=EvidenceHash("0" * 64),
        stance=Stance.SUPPORTS,
        place=place,
    )


def picture_in(viewer: TextViewer) -> QImage:
    found = viewer.body.document().resource(QTextDocument.ResourceType.ImageResource, PICTURE)
    return found if isinstance(found, QImage) else QImage()


def test_that_a_word_document_is_read_in_order_with_its_picture_in_place(reading: Reading) -> None:
    viewer = reading.open("plan.docx")
    lines = [line for line in viewer.body.text.split("\n") if line]
    assert lines == [
        "Lesson plan",
        "What we do",
        "First the class 😀 looks at the picture.",
        "\ufffc",
        "Then each pair explains one mistake.",
        *("Look", "Explain", "Count", "Compare", "Group", "Score", "A", "=1+2", "Afterwards"),
    ]
    reading.qtbot.waitUntil(lambda: picture_in(viewer).width() > 100, timeout=PATIENCE_MS)
    shown = viewer.body.viewport().grab().toImage()
    middle = shown.pixelColor(shown.width() // 3, shown.height() // 3)
    assert (middle.red(), middle.green(), middle.blue()) == (46, 139, 87)


def test_that_a_quotation_behind_a_picture_and_in_a_table_is_exact_and_found_again(reading: Reading) -> None:
    viewer = reading.open("plan.docx")
    for words in ("each pair explains", "=1+2", "Afterwards"):
        viewer.body.setTextCursor(viewer.body.document().find(words))
        place = reading.stage.citation_place()
        assert isinstance(place, TextQuote)
        assert viewer.body.text[place.start : place.start + len(place.exact)] == place.exact == words
        reading.stage.set_citations([("A", cited(place, "plan.docx"), True)])
        assert len(viewer.body.extraSelections()) == 1
        viewer.body.moveCursor(viewer.body.textCursor().MoveOperation.Start)
        reading.stage.go_to(cited(place, "plan.docx"))
        assert viewer.body.textCursor().selectedText() == words


def test_that_slides_are_numbered_and_notes_are_told_from_what_was_shown(reading: Reading) -> None:
    text = reading.open("deck.pptx").body.text
    order = ["Slide 1   Fractions", "Halves", "Quarters", "Speaker notes", "Ask why before how.", "Slide 2", "\ufffc"]
    order += ["The number line", "Slide 3 (hidden)   Results", "Before", "After"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_that_a_table_shows_cells_under_the_names_of_their_columns(reading: Reading) -> None:
    viewer = reading.open("scores.csv")
    rows = viewer.table.rows
    names = [rows.headerData(column, Qt.Orientation.Horizontal) for column in range(rows.columnCount())]
    assert names == ["Pupil", "Score", "What was said"]
    assert [rows.cell(1, column) for column in range(3)] == ["Bo", "=1+2", "Short row"]
    assert rows.cell(2, 2) == ""
    assert viewer.words.text() == "63 rows · 3 columns"
    viewer.table.grid.setCurrentIndex(rows.index(0, 2))
    assert viewer.table.reading.toPlainText() == "I counted\nagain"


def test_that_selected_cells_are_cited_in_the_text_of_the_table_and_found_again(reading: Reading) -> None:
    viewer = reading.open("scores.csv")
    table = viewer.table
    select = QItemSelectionModel.SelectionFlag
    model = table.grid.selectionModel()
    model.select(table.rows.index(1, 1), select.ClearAndSelect)
    one = table.quote()
    assert one is not None
    assert one.exact == "=1+2"
    model.select(table.rows.index(1, 2), select.Select)
    both = table.quote()
    assert both is not None
    assert both.exact == "=1+2\tShort row"
    model.select(table.rows.index(2, 0), select.Select)
    whole = table.quote()
    assert whole is not None
    assert whole.exact == "Bo\t=1+2\tShort row\nCleo\t5"
    assert table.text[whole.start :].startswith(whole.exact)
    model.clearSelection()
    reading.stage.go_to(cited(both, "scores.csv"))
    chosen = {(each.row(), each.column()) for each in model.selectedIndexes()}
    assert chosen == {(1, 1), (1, 2)}
    QTest.keyClick(table.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "=1+2\tShort row"
    reading.stage.set_citations([("B", cited(both, "scores.csv"), True)])
    assert set(table.grid.cells.marks) == chosen


def test_that_a_hundred_thousand_rows_scroll_without_stopping_the_window(reading: Reading) -> None:
    viewer = reading.open("large.csv")
    assert viewer.table.rows.rowCount() == text_files.ROWS
    bar = viewer.table.verticalScrollBar()
    longest_s = 0.0
    for step in range(20):
        started_s = time.monotonic()
        bar.setValue(bar.maximum() * step // 19)
        viewer.table.grid.viewport().repaint()
        longest_s = max(longest_s, time.monotonic() - started_s)
    assert longest_s < 0.1
    assert viewer.table.rows.cell(text_files.ROWS - 1, 1) == f"Pupil {text_files.ROWS - 1}"


@pytest.mark.parametrize(("name", "wanted", "count"), [("long.txt", "PARAGRAPH 39", 11), ("scores.csv", "said 5", 11)])
def test_that_a_search_counts_the_finds_and_walks_them_both_ways(
    reading: Reading, name: str, wanted: str, count: int
) -> None:
    viewer = reading.open(name)
    viewer.setFocus()
    viewer.open_search()
    bar = viewer.find_bar
    QTest.keyClicks(bar.field, wanted)
    reading.qtbot.waitUntil(lambda: bar.count.text() == f"1 of {count}", timeout=PATIENCE_MS)
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.count.text() == f"2 of {count}"
    QTest.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert bar.count.text() == f"{count} of {count}"
    assert viewer.surface.verticalScrollBar().value() > 0
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert bar.isHidden()
    QTest.keyClicks(bar.field, "never")


def test_that_words_that_are_nowhere_are_said_to_be_nowhere(reading: Reading) -> None:
    viewer = reading.open("long.txt")
    viewer.find_bar.ask("no such words")
    assert viewer.find_bar.count.text() == "Not found"
    assert not viewer.find_bar.next.isEnabled()


def test_that_a_height_is_kept_in_a_table(reading: Reading) -> None:
    viewer = reading.open("scores.csv")
    bar = viewer.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    kept = viewer.place()
    bar.setValue(0)
    viewer.move_to(kept)
    assert bar.value() == bar.maximum()


def test_that_an_unknown_kind_shows_what_is_known_of_it_and_nothing_to_press_in_vain(reading: Reading) -> None:
    reading.stage.show_evidence("photos.zip")
    card = reading.stage.unreadable
    reading.qtbot.waitUntil(card.isVisible, timeout=PATIENCE_MS)
    assert card.facts.text().startswith("Zip archive · application/zip · ")
    assert card.reason.text() == "This is a Zip archive with 12 files (12 pictures), which is not shown here."
    assert "say so in your feedback" in card.rest.text()
    assert card.retry.isHidden()
    assert card.fetch.isHidden()


def test_that_a_document_asks_for_no_file_and_no_address(reading: Reading) -> None:
    viewer = reading.open("plan.docx")
    document = viewer.body.document()
    for name in ("file:///etc/hostname", "http://127.0.0.1:9/x.png", "qrc:/x.png", "picture:7"):
        assert document.resource(QTextDocument.ResourceType.ImageResource, QUrl(name)) is None
