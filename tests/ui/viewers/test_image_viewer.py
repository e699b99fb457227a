"""Pages, neighbours and tone of images, in a viewer of its own on the real store with a real worker."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.media.images import COLOURS, make_pages
from tests.store import world
from tests.ui.viewers.conftest import PATIENCE_MS, Parts
from workbench.model.assignment import Assignment, TaskKind
from workbench.model.citation import Box, Citation, ImageBox, PageBox, Place, Stance
from workbench.model.ids import AssignmentId, CitationId, CriterionId, EvidenceHash, EvidenceId, SubmissionId, new_id
from workbench.model.submission import Evidence, EvidenceFacts, EvidenceKind, Submission
from workbench.queries.score import score
from workbench.queries.views import EvidenceItem
from workbench.store import platform_rows
from workbench.ui.viewers.image import ImageViewer
from workbench.ui.viewers.marks import WHOLE, Mark
from workbench.wire.exchange import AssignmentChange, Change, SubmissionChange

SHEETS, PENCIL, GLASS, FINE = "sheets.tif", "pencil.png", "glass.png", "fine.png"
SPECK = (1501, 1001)
"""The one dark pixel of an image that is too large to be rendered whole."""
ASSIGNMENT = AssignmentId("pictured")
CORNER = Box(x=0.5, y=0.5, width=0.25, height=0.25)


def make_files(folder: Path) -> None:
    make_pages(folder / SHEETS, [(600, 400), (400, 600), (600, 600)])
    pencil = Image.new("L", (1200, 800), 240)
    pencil.paste(225, (0, 400, 1200, 500))
    pencil.save(folder / PENCIL)
    Image.new("RGBA", (300, 200), (0, 0, 0, 0)).save(folder / GLASS)
    fine = Image.new("L", (3000, 2000), 255)
    fine.putpixel(SPECK, 0)
    fine.save(folder / FINE)


@pytest.fixture(scope="module")
def items(parts: Parts, tmp_path_factory: pytest.TempPathFactory) -> dict[str, EvidenceItem]:
    """A submission of images beside the one that the other tests look at."""
    folder = tmp_path_factory.mktemp("images")
    make_files(folder)
    now = datetime.now(UTC)
    evidence = tuple(_evidence(number, folder / name) for number, name in enumerate((SHEETS, PENCIL, GLASS, FINE), 1))
    work = Submission(
        id=SubmissionId("pictures"), attempt=1, offering_id=world.offering().id, offering_version=1,
        pseudonym="Educator 4F-22", submitted_at=now, evidence=evidence,
    )  # fmt: skip
    task = Assignment(
        id=ASSIGNMENT, submission_id=work.id, attempt=1, task=TaskKind.SCORE, position=98,
        due_at=now + timedelta(days=5), lease_until=now + timedelta(days=9), revision=1,
    )  # fmt: skip
    changes: list[Change] = [SubmissionChange(submission=work), AssignmentChange(assignment=task)]
    parts.account.store.write(platform_rows.apply_changes, changes)
    for each in evidence:
        world.fetch(parts.account, each, (folder / each.id).read_bytes())
    view = parts.account.store.read(score, ASSIGNMENT)
    return {item.evidence.id: item for item in view.evidence}


def _evidence(order: int, path: Path) -> Evidence:
    data = path.read_bytes()
    facts = EvidenceFacts(media_type="image/tiff", width=600, height=400, pages=3) if path.name == SHEETS else None
    return Evidence(
        id=EvidenceId(path.name), order=order, label=path.stem.title(), kind=EvidenceKind.IMAGE,
        sha256=EvidenceHash(hashlib.sha256(data).hexdigest()), size=len(data), facts=facts or EvidenceFacts(),
    )  # fmt: skip


class Looking:
    """An image viewer on screen."""

    def __init__(self, qtbot: QtBot, parts: Parts, items: dict[str, EvidenceItem]) -> None:
        self.qtbot = qtbot
        self.items = items
        self.viewer = ImageViewer(parts.tasks)
        qtbot.addWidget(self.viewer)
        self.viewer.resize(900, 640)
        self.viewer.show()

    def open(self, name: str) -> ImageViewer:
        self.viewer.show_evidence(self.items[name])
        self.until_seen()
        return self.viewer

    def until_seen(self) -> None:
        self.qtbot.waitUntil(lambda: self.viewer.is_ready and self.viewer.stage.has_picture, timeout=PATIENCE_MS)

    def colour(self, x: float, y: float) -> QColor:
        shot = self.viewer.stage.viewport().grab().toImage()
        at = self.viewer.stage.view_rect(Box(x=x, y=y, width=0, height=0)).topLeft() * shot.devicePixelRatio()
        return shot.pixelColor(at.toPoint())

    def until_colour(self, colour: tuple[int, int, int]) -> None:
        self.qtbot.waitUntil(lambda: self.colour(0.5, 0.5) == QColor(*colour), timeout=PATIENCE_MS)


@pytest.fixture
def looking(qtbot: QtBot, parts: Parts, items: dict[str, EvidenceItem]) -> Iterator[Looking]:
    looking = Looking(qtbot, parts, items)
    yield looking
    looking.viewer.clear()


def mark(place: Place) -> Mark:
    citation = Citation(
        id=CitationId(new_id()), criterion_id=CriterionId("questions"), evidence_id=EvidenceId(SHEETS),
        sha256=EvidenceHash("0" * 64), stance=Stance.SUPPORTS, place=place,
    )  # fmt: skip
    return Mark("B", citation, True)


def label_text(viewer: ImageViewer, name: str) -> str:
    return cast("QLabel", viewer.findChild(QLabel, name)).text()


def test_that_page_keys_turn_the_pages_of_an_image(looking: Looking) -> None:
    viewer = looking.open(SHEETS)
    looking.until_colour(COLOURS[0])
    assert label_text(viewer, "imagePageLabel") == "1 of 3"
    QTest.keyClick(viewer.stage, Qt.Key.Key_PageDown)
    looking.until_colour(COLOURS[1])
    assert viewer.place().page == 1
    whole = viewer.stage.view_rect(Box(x=0, y=0, width=1, height=1))
    assert whole.height() > whole.width()
    for _ in range(5):
        QTest.keyClick(viewer.stage, Qt.Key.Key_PageDown)
    assert label_text(viewer, "imagePageLabel") == "3 of 3"
    assert not viewer.tools.forward.isEnabled()


def test_that_a_box_on_a_page_is_cited_with_its_page_and_marked_only_there(looking: Looking) -> None:
    viewer = looking.open(SHEETS)
    assert viewer.citation_place() == PageBox(page=0, box=WHOLE)
    viewer.go_to_page(1)
    viewer.stage.drawn = ImageBox(box=CORNER)
    place = viewer.citation_place()
    assert place == PageBox(page=1, box=CORNER)
    viewer.set_citations([mark(place)])
    assert viewer.stage.current_box() == ImageBox(box=WHOLE)
    assert [each.citation.place for each in viewer.stage.marks] == [ImageBox(box=CORNER)]
    viewer.go_to_page(2)
    assert viewer.stage.marks == ()


def test_that_going_to_a_cited_page_shows_it_and_coming_back_too(looking: Looking) -> None:
    viewer = looking.viewer
    viewer.show_evidence(looking.items[SHEETS])
    viewer.go_to(PageBox(page=2, box=CORNER))
    looking.until_seen()
    looking.until_colour(COLOURS[2])
    viewer.restore(0, 1, 0.0)
    looking.until_colour(COLOURS[1])


def test_that_the_film_of_pages_shows_them_all_and_leads_to_them(looking: Looking) -> None:
    viewer = looking.open(SHEETS)
    film = viewer.films.pages
    assert film.isVisible()
    looking.qtbot.waitUntil(lambda: not film.wanting(), timeout=PATIENCE_MS)
    film.setCurrentRow(2)
    assert viewer.page == 2
    looking.until_colour(COLOURS[2])


def test_that_other_images_stand_in_a_film_and_arrows_ask_for_them(looking: Looking) -> None:
    viewer = looking.open(PENCIL)
    viewer.set_siblings(list(looking.items.values()), PENCIL)
    film = viewer.films.siblings
    assert film.isVisible()
    assert film.currentItem().text() == "Pencil"
    looking.qtbot.waitUntil(lambda: not film.wanting(), timeout=PATIENCE_MS)
    asked = QSignalSpy(viewer.sibling_asked)
    QTest.keyClick(viewer.stage, Qt.Key.Key_Right)
    QTest.keyClick(viewer.stage, Qt.Key.Key_Left)
    assert [asked.at(number)[0] for number in range(asked.count())] == [GLASS, SHEETS]
    viewer.stage.set_zoom(4.0)
    QTest.keyClick(viewer.stage, Qt.Key.Key_Right)
    assert asked.count() == 2
    viewer.set_siblings([looking.items[PENCIL]], PENCIL)
    assert not film.isVisible()


def test_that_neighbours_stay_while_one_of_them_is_opened_and_go_with_the_viewer(looking: Looking) -> None:
    viewer = looking.open(PENCIL)
    viewer.set_siblings(list(looking.items.values()), PENCIL)
    viewer.sibling_asked.connect(lambda name: viewer.show_evidence(looking.items[name]))
    viewer.activateWindow()
    viewer.films.siblings.setFocus()
    QTest.keyClick(viewer.films.siblings, Qt.Key.Key_Right)
    looking.until_seen()
    assert viewer.item == looking.items[GLASS]
    assert viewer.films.siblings.isVisible()
    assert viewer.films.siblings.hasFocus()
    assert viewer.films.siblings.currentItem().text() == "Glass"
    viewer.clear()
    assert viewer.films.siblings.count() == 0
    assert not viewer.films.isVisible()


def test_that_contrast_shows_faint_pencil_at_once_and_escape_gives_the_keys_back(looking: Looking) -> None:
    viewer = looking.open(PENCIL)
    faint = looking.colour(0.5, 0.55).lightness()
    QTest.keyClick(viewer.stage, Qt.Key.Key_T)
    assert viewer.tone.isVisible()
    for _ in range(16):
        QTest.keyClick(viewer.tone.contrast, Qt.Key.Key_Right)
    assert label_text(viewer, "contrastSliderWords") == "80 % stronger"
    looking.qtbot.waitUntil(lambda: looking.colour(0.5, 0.55).lightness() < faint - 60, timeout=PATIENCE_MS)
    assert looking.colour(0.5, 0.2).lightness() > 220
    QTest.keyClick(viewer.tone.contrast, Qt.Key.Key_Escape)
    assert not viewer.tone.isVisible()
    assert viewer.tools.tone.isChecked()
    QTest.keyClick(viewer.stage, Qt.Key.Key_T)
    QTest.keyClick(viewer.tone.contrast, Qt.Key.Key_Backspace)
    looking.qtbot.waitUntil(lambda: looking.colour(0.5, 0.55).lightness() == faint, timeout=PATIENCE_MS)


def test_that_the_next_image_is_shown_as_it_is(looking: Looking) -> None:
    viewer = looking.open(PENCIL)
    viewer.tone.brightness.setValue(-60)
    looking.open(SHEETS)
    assert viewer.tone.tone == (0, 0)
    looking.until_colour(COLOURS[0])


def test_that_what_is_transparent_lies_on_paper(looking: Looking) -> None:
    looking.open(GLASS)
    assert looking.colour(0.5, 0.5) == QColor("white")


def test_that_zoom_reaches_sixteen_hundred_per_cent_with_sharp_pixels(looking: Looking) -> None:
    viewer = looking.open(PENCIL)
    viewer.stage.set_zoom(99.0)
    assert viewer.stage.zoom == 16.0
    edge = 400 / 800
    viewer.stage.show_box(Box(x=0.5, y=edge, width=0.0, height=0.0))
    looking.qtbot.waitUntil(lambda: looking.colour(0.5, edge + 0.0004).lightness() == 225, timeout=PATIENCE_MS)
    step = 1 / 800 / 16
    assert looking.colour(0.5, edge - 2 * step).lightness() == 240
    assert looking.colour(0.5, edge + 2 * step).lightness() == 225


def test_that_each_pixel_of_a_large_image_arrives_on_zoom_where_it_belongs(looking: Looking) -> None:
    viewer = looking.open(FINE)
    (x, y), (wide, high) = SPECK, (3000, 2000)
    viewer.stage.set_zoom(16.0)
    viewer.stage.show_box(Box(x=x / wide, y=y / high, width=1 / wide, height=1 / high))
    middle = (x + 0.5) / wide, (y + 0.5) / high
    looking.qtbot.waitUntil(lambda: looking.colour(*middle).lightness() == 0, timeout=PATIENCE_MS)
    reach = 0.45
    for dx, dy in ((-1, 0), (1, 0), (0, -1), (0, 1)):
        assert looking.colour(middle[0] + reach * dx / wide, middle[1] + reach * dy / high).lightness() == 0
        beside = (1 - reach) * dx, (1 - reach) * dy
        assert looking.colour(middle[0] + beside[0] / wide, middle[1] + beside[1] / high).lightness() == 255


def test_that_fitting_the_width_is_kept_as_a_place(looking: Looking) -> None:
    viewer = looking.open(SHEETS)
    viewer.go_to_page(1)
    QTest.mouseClick(viewer.tools.width, Qt.MouseButton.LeftButton)
    assert viewer.tools.width.isChecked()
    whole = viewer.stage.view_rect(Box(x=0, y=0, width=1, height=1))
    place = viewer.place()
    viewer.stage.set_zoom(0.0)
    viewer.restore(place.position_ms, place.page, place.zoom)
    assert viewer.stage.view_rect(Box(x=0, y=0, width=1, height=1)).width() == whole.width()


def test_that_a_low_viewer_keeps_its_room_for_the_image(looking: Looking) -> None:
    viewer = looking.open(SHEETS)
    viewer.resize(360, 300)
    assert not viewer.films.isVisible()
    QTest.keyClick(viewer.stage, Qt.Key.Key_PageDown)
    looking.until_colour(COLOURS[1])
