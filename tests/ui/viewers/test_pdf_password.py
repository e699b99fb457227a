"""PDFs that ask for a password: asked once, kept with the account, never said."""

import logging

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.ui.viewers import pdf_files
from tests.ui.viewers.conftest import Parts
from tests.ui.viewers.pdf_reading import ASSIGNMENT, Reading
from workbench.model.ids import EvidenceId
from workbench.operations.evidence import keep_password
from workbench.queries.evidence import kept_password
from workbench.queries.score import score
from workbench.store.session import ReadSession
from workbench.store.tables import audit
from workbench.ui.viewers import facts
from workbench.ui.viewers.pdf import PdfViewer
from workbench.ui.viewers.pdf_password import PasswordCard
from workbench.ui.viewers.shelf_view import ShelfView
from workbench.ui.viewers.stage import EvidenceStage

LOCKED = EvidenceId(pdf_files.LOCKED)


def asked(reading: Reading) -> PdfViewer:
    """The viewer with its question."""
    viewer = reading.begin(pdf_files.LOCKED)
    reading.until(lambda: viewer.password.isVisible())
    return viewer


def answer(reading: Reading, password: str) -> None:
    """Type a password."""
    QTest.keyClicks(reading.viewer.password.field, password)
    QTest.keyClick(reading.viewer.password.field, Qt.Key.Key_Return)


@pytest.fixture(autouse=True)
def nobody_told(reading: Reading, parts: Parts) -> None:
    parts.account.store.write(keep_password, LOCKED, "")


def test_that_a_password_is_asked_for_kindly_and_once(reading: Reading, parts: Parts) -> None:
    viewer = asked(reading)
    assert viewer.citation_place() is None
    answer(reading, "open sesame 7")
    reading.until(lambda: viewer.password.problem.text() != "")
    assert "does not open" in viewer.password.problem.text()
    viewer.password.field.clear()
    answer(reading, pdf_files.PASSWORD)
    reading.wait_for_words(0)
    assert viewer.pages.isVisible()
    assert viewer.password.field.text() == ""
    reading.until(lambda: parts.account.store.read(kept_password, LOCKED) == pdf_files.PASSWORD)
    reading.open()
    reading.open(pdf_files.LOCKED)
    assert viewer.pages.isVisible()


def test_that_a_kept_password_that_no_longer_opens_is_asked_for_anew(reading: Reading, parts: Parts) -> None:
    parts.account.store.write(keep_password, LOCKED, "of an earlier file")
    asked(reading)


def test_that_a_protected_pdf_is_no_unreadable_file(reading: Reading) -> None:
    item = reading.item(pdf_files.LOCKED)
    assert item.state == "ready"
    assert ShelfView([item]).reason(item) == ""
    assert facts.meta(item, has_captions=False) != "Cannot be shown"


def test_that_the_stage_shows_the_question_and_not_a_refusal(qtbot: QtBot, reading: Reading, parts: Parts) -> None:
    stage = EvidenceStage(parts.tasks, player_factory=lambda: parts.player)
    qtbot.addWidget(stage)
    stage.resize(910, 640)
    stage.show()
    stage.show_submission(parts.account.store.read(score, ASSIGNMENT))
    stage.show_evidence(LOCKED)
    reading.until(lambda: any(card.isVisible() for card in stage.findChildren(PasswordCard)))
    assert stage.citation_place() is None
    stage.clear()


def test_that_a_password_stands_in_no_log_and_in_no_audit(
    reading: Reading, parts: Parts, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    viewer = asked(reading)
    answer(reading, pdf_files.PASSWORD)
    reading.wait_for_words(0)
    reading.until(lambda: parts.account.store.read(kept_password, LOCKED) == pdf_files.PASSWORD)
    assert pdf_files.PASSWORD not in caplog.text
    assert viewer.pages.pdf is not None
    assert pdf_files.PASSWORD not in repr(viewer.pages.pdf.picture_job(0, 10))
    assert parts.account.store.read(_says, pdf_files.PASSWORD) is False


def _says(session: ReadSession, words: str) -> bool:
    """Whether the store says these words anywhere in the chain of what was done."""
    rows = session.connection.execute(select(audit.c.payload)).scalars()
    return any(words in payload for payload in rows)
