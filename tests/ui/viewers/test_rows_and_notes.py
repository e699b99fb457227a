"""What a designer once circled below and around the viewers, so that it stays right."""

import pytest
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.viewers.conftest import Viewing
from workbench.ui.buttons import Button
from workbench.ui.focus_order import reading_order
from workbench.ui.keys_panel import KeysPanel
from workbench.ui.strip_edge import ROUND_PX
from workbench.ui.viewers.film_strip import NARROWEST_PX, TILE_PX, tile_width
from workbench.ui.viewers.fitting_row import FittingRow
from workbench.ui.viewers.image import ImageViewer
from workbench.ui.viewers.marks import TagMargin
from workbench.ui.viewers.opening_note import OpeningNote
from workbench.ui.viewers.pdf import PdfViewer
from workbench.ui.viewers.stage_tools import TWO_PANES_KEYS
from workbench.ui.viewers.tools import CiteButton, Hint
from workbench.ui.viewers.video import VideoViewer

LONG = "Cites the page. Select words or draw a box to cite less, or do something else that takes long to say"


class Row:
    """Two tools with keys, a hint, and citing."""

    def __init__(self, qtbot: QtBot) -> None:
        window = QWidget()
        qtbot.addWidget(window)
        self.window, self.row = window, FittingRow(window)
        self.turn, self.box = Button("Rotate", "turn", key="R"), Button("Box", "box", key="X")
        self.hint, self.cite = Hint(), CiteButton("cite")
        self.row.add(self.turn, self.box)
        self.row.add_stretch()
        self.row.add(self.hint, gives_way=1, stretch=100)
        self.row.add(self.cite)
        self.hint.say(LONG, short="Cites the page")
        window.show()

    @property
    def buttons(self) -> tuple[Button, ...]:
        return self.turn, self.box, self.cite

    def shows_key(self, button: Button) -> bool:
        return button.width() == button.minimumSizeHint().width() + button.key_room


@pytest.mark.parametrize("width", [420, 500, 700, 900])
def test_that_a_long_hint_takes_no_room_from_the_keys_of_the_buttons(qtbot: QtBot, width: int) -> None:
    row = Row(qtbot)
    row.row.resize(width, 40)
    qtbot.waitUntil(lambda: all(row.shows_key(button) for button in row.buttons), timeout=2000)
    assert row.cite.geometry().right() == width - 1


def test_that_only_citing_keeps_its_key_where_there_is_no_room_for_all(qtbot: QtBot) -> None:
    row = Row(qtbot)
    least = sum(button.minimumSizeHint().width() + 4 for button in row.buttons)
    row.row.resize(least + row.cite.key_room + 8, 40)
    qtbot.waitUntil(lambda: row.shows_key(row.cite), timeout=2000)
    assert [button.width() == button.minimumSizeHint().width() for button in row.buttons] == [True, True, False]


def test_that_the_pictures_of_an_upright_film_are_not_cut_to_slices() -> None:
    upright, across = QImage(1080, 1920, QImage.Format.Format_RGB32), QImage(1920, 1080, QImage.Format.Format_RGB32)
    assert tile_width(30, upright) == pytest.approx(30 * 9 / 16)
    assert tile_width(30, across) == TILE_PX
    assert tile_width(12, upright) == NARROWEST_PX


def test_that_letters_of_quotations_stand_in_the_margin_side_by_side() -> None:
    margin, size = TagMargin(QRectF(20, 0, 600, 800)), QSizeF(30, 16)
    line = QRectF(120, 100, 200, 14)
    first, second = margin.tag(line, size), margin.tag(line, size)
    assert first.right() < second.left()
    assert second.right() < line.left()
    assert first.center().y() == line.center().y()


def test_that_without_a_margin_in_view_the_letter_stands_above_the_line() -> None:
    line, size = QRectF(40, 100, 200, 14), QSizeF(30, 16)
    for margin in (TagMargin(), TagMargin(QRectF(-50, 0, 600, 800)), TagMargin(QRectF(20, 0, 600, 800))):
        assert margin.tag(line, size).bottom() == line.top()


def test_that_opening_is_said_only_to_who_has_to_wait(qtbot: QtBot) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.show()
    note = OpeningNote(over, "muted")
    note.begin()
    assert not note.isVisible()
    qtbot.waitUntil(note.isVisible, timeout=5000)
    over.resize(300, 200)
    assert note.size() == over.size()
    note.end()
    assert not note.isVisible()


def test_that_nothing_says_opening_over_an_image_that_is_there(viewing: Viewing) -> None:
    viewer = viewing.open("photo.jpg", ImageViewer)
    viewing.until(lambda: viewer.stage.has_picture)
    viewing.until(lambda: viewer.opening_note.isHidden())


def test_that_the_transcript_stands_beside_a_recording_where_height_is_short(viewing: Viewing) -> None:
    viewer = viewing.open("lesson.mp4", VideoViewer)
    viewing.until(lambda: bool(viewer.tracks.captions))
    viewing.stage.resize(690, 330)
    viewer.toggle_transcript()
    viewing.until(lambda: viewer.transcript.x() >= viewer.stage.geometry().right())
    viewing.stage.resize(690, 700)
    viewing.until(lambda: viewer.transcript.y() >= viewer.stage.geometry().bottom())


def test_that_the_chosen_card_is_clear_of_both_ends_of_the_strip(viewing: Viewing) -> None:
    strip = viewing.stage.strip
    for width in (910, 420):
        viewing.stage.resize(width, 647)
        for card in strip.cards:
            strip.mark(card.item.evidence.id)
            left = card.mapTo(strip.viewport(), card.rect().topLeft()).x()
            right = strip.viewport().width() - left - card.width()
            bar = strip.horizontalScrollBar()
            assert left >= ROUND_PX or bar.value() == 0
            assert right >= ROUND_PX or bar.value() == bar.maximum()
    chosen = strip.cards[5]
    strip.mark(chosen.item.evidence.id)
    viewing.stage.resize(910, 647)
    viewing.stage.resize(360, 647)
    left = chosen.mapTo(strip.viewport(), chosen.rect().topLeft()).x()
    assert 0 <= left <= strip.viewport().width() - chosen.width()


def test_that_tab_goes_from_the_panel_to_the_pages_and_on_to_the_tools(viewing: Viewing) -> None:
    viewing.open("plan.pdf", PdfViewer)
    names = [each.objectName() for each in reading_order(viewing.stage)]
    wanted = ["evidenceCard_1", "pdfTab_pages", "pdfPages", "pdfSideButton", "pdfCiteButton"]
    places = [names.index(name) for name in wanted]
    assert places == sorted(places)


@pytest.mark.parametrize(("file", "name"), [("lesson.mp4", "Picture of the recording"), ("voice.m4a", "Sound of the")])
def test_that_the_stage_of_a_recording_says_what_it_is(viewing: Viewing, file: str, name: str) -> None:
    viewer = viewing.open(file, VideoViewer)
    assert viewer.stage.accessibleName().startswith(name)


def test_that_no_tool_of_a_pdf_is_squeezed_in_a_narrow_pane(viewing: Viewing) -> None:
    viewer = viewing.open("plan.pdf", PdfViewer)
    viewing.stage.resize(230, 647)
    viewer.resize(200, 500)
    shown = [each for each in viewer.row.children() if isinstance(each, QWidget) and each.isVisible()]
    assert viewer.cite in shown
    viewing.until(lambda: all(each.width() >= each.minimumSizeHint().width() for each in shown if each.isVisible()))


def test_that_the_list_of_keys_names_those_of_the_evidence(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    listed = " ".join(each.text() for each in KeysPanel(window).findChildren(QLabel))
    for key in (TWO_PANES_KEYS, "Ctrl+F", "F4", "Shift+C", "F2", "Ctrl+2", "X", "L", "T", "R"):
        assert key in listed.split(), key
