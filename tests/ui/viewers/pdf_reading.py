"""A PDF viewer of its own, on the real store and the real worker: as small a window as a test needs."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.store import world
from tests.ui.viewers import pdf_files
from workbench.media.jobs import PASSWORD_NEEDED
from workbench.model.citation import Citation, PageQuote, Place, Stance
from workbench.model.ids import AssignmentId, CitationId, CriterionId, EvidenceHash, EvidenceId, new_id
from workbench.model.submission import Evidence, EvidenceFacts, EvidenceKind
from workbench.queries.score import score
from workbench.queries.views import EvidenceItem
from workbench.store import platform_rows
from workbench.store.account import Account
from workbench.tasks import Tasks
from workbench.ui.viewers.marks import Mark
from workbench.ui.viewers.page_selection import Caret
from workbench.ui.viewers.page_words import PageWords
from workbench.ui.viewers.pdf import PdfViewer

ASSIGNMENT = AssignmentId("reading")
PATIENCE_MS = 20_000
NAMES = (pdf_files.BOOK, pdf_files.LOCKED, pdf_files.LEFTWARD, pdf_files.SCAN)
_NO_KEY, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


def furnish(account: Account, folder: Path) -> None:
    """Assign a submission with these PDFs, all of which are here."""
    pdf_files.make_files(folder)
    items = [_evidence(order, folder / name) for order, name in enumerate(NAMES, 1)]
    changes = world.assigned(ASSIGNMENT, "read", tuple(items), pseudonym="Educator 4F-22", position=98)
    account.store.write(platform_rows.apply_changes, changes)
    for item in items:
        world.fetch(account, item, (folder / item.id).read_bytes())


def _evidence(order: int, path: Path) -> Evidence:
    data = path.read_bytes()
    return Evidence(
        id=EvidenceId(path.name),
        order=order,
        label=path.stem.title(),
        kind=EvidenceKind.PDF,
        sha256=EvidenceHash(hashlib.sha256(data).hexdigest()),
        size=len(data),
        facts=EvidenceFacts(reason=PASSWORD_NEEDED if path.name == pdf_files.LOCKED else ""),
    )


def cited(place: Place, name: str = pdf_files.BOOK) -> Mark:
    """A citation of a place in a PDF, as the viewer draws it."""
    citation = Citation(
        id=CitationId(new_id()),
        criterion_id=CriterionId("questions"),
        evidence_id=EvidenceId(name),
        sha256=EvidenceHash("0" * 64),
        stance=Stance.SUPPORTS,
        place=place,
    )
    return Mark("B", citation, True)


class Reading:
    """The viewer in a window of 910 × 620."""

    def __init__(self, qtbot: QtBot, account: Account, tasks: Tasks) -> None:
        self.qtbot = qtbot
        self.account = account
        self.window = QWidget()
        self.viewer = PdfViewer(tasks, self.window)
        self.failures: list[str] = []
        self.viewer.unreadable.connect(self.failures.append)
        self.viewer.stopped.connect(self.failures.append)
        qtbot.addWidget(self.window)
        self.resize(910, 620)
        self.window.show()
        self.viewer.clear()

    def resize(self, width: int, height: int) -> None:
        """Give it another size."""
        self.window.resize(width, height)
        self.viewer.setGeometry(0, 0, width, height)

    def item(self, name: str) -> EvidenceItem:
        """How an evidence stands in the store."""
        items = self.account.store.read(score, ASSIGNMENT).evidence
        return next(item for item in items if item.evidence.id == name)

    def begin(self, name: str = pdf_files.BOOK) -> PdfViewer:
        """Look at a PDF, without waiting for it."""
        self.viewer.show_evidence(self.item(name))
        return self.viewer

    def open(self, name: str = pdf_files.BOOK) -> PdfViewer:
        """Look at a PDF, until its first page and the words of it are here."""
        self.begin(name)
        self.qtbot.waitUntil(lambda: self.viewer.is_ready, timeout=PATIENCE_MS)
        self.wait_for_words(self.viewer.pages.page)
        return self.viewer

    def wait_for_words(self, page: int) -> PageWords:
        """Until picture and words of a page are here."""
        pages = self.viewer.pages
        self.until(lambda: pages.has_picture(page))
        self.until(lambda: pages.words is not None and pages.words.texts.get(page) is not None)
        assert pages.words is not None
        return pages.words

    def until(self, condition: Callable[[], bool]) -> None:
        """Let the window live until it is so."""
        self.qtbot.waitUntil(condition, timeout=PATIENCE_MS)

    def middle_of(self, page: int, words: str) -> QPoint:
        """Where words of a page stand in the view now."""
        return self.rect_of(page, words).center().toPoint()

    def rect_of(self, page: int, words: str) -> QRectF:
        """The rectangle of words of a page in the view now."""
        text = self.wait_for_words(page).texts.get(page)
        assert text is not None
        quote = PageQuote(page=page, exact=words, start=text.text.index(words))
        return self.viewer.pages.quote_rects(quote)[0]

    def caret(self, page: int, words: str) -> Caret:
        """Before these words."""
        text = self.wait_for_words(page).texts.get(page)
        assert text is not None
        return Caret(page, text.text.index(words))

    def select(self, page: int, words: str) -> PageQuote:
        """Select these words of a page; returns what would be cited."""
        start = self.caret(page, words)
        self.wait_for_words(page).select(start, Caret(page, start.at + len(words)))
        quote = self.viewer.citation_place()
        assert isinstance(quote, PageQuote)
        return quote

    def drag(self, start: QPointF, end: QPointF, modifiers: Qt.KeyboardModifier = _NO_KEY) -> None:
        """Drag with the left button over the pages."""
        surface, left = self.viewer.pages.viewport(), Qt.MouseButton.LeftButton
        QTest.mousePress(surface, left, modifiers, start.toPoint())
        QTest.mouseMove(surface, ((start + end) / 2).toPoint())
        QTest.mouseMove(surface, end.toPoint())
        QTest.mouseRelease(surface, left, modifiers, end.toPoint())

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NO_KEY) -> None:
        """Press a key in the pages."""
        QTest.keyClick(self.viewer.pages, key, modifiers)

    def close(self) -> None:
        """Look at nothing."""
        self.viewer.clear()
        assert self.failures == []
