"""The facts panel on the real stage: evidence is looked over by the real worker, kept, and told in plain sentences."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import cv2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.media import making_facts
from tests.store import world
from tests.ui.viewers.conftest import PATIENCE_MS, Parts
from workbench.model.assignment import Assignment, TaskKind
from workbench.model.ids import AssignmentId, EvidenceHash, EvidenceId, SubmissionId
from workbench.model.submission import Evidence, EvidenceKind, Submission
from workbench.queries.findings import findings
from workbench.queries.score import score
from workbench.store import platform_rows
from workbench.ui.link_line import LinkLine
from workbench.ui.theme import TARGET_PX
from workbench.ui.viewers.facts_panel import FactsPanel
from workbench.ui.viewers.pdf import PdfViewer
from workbench.ui.viewers.stage import EvidenceStage
from workbench.ui.viewers.video import VideoViewer
from workbench.wire.exchange import AssignmentChange, Change, SubmissionChange

KINDS = {
    "clip.mp4": EvidenceKind.VIDEO,
    "pages.pdf": EvidenceKind.PDF,
    "board.jpg": EvidenceKind.IMAGE,
    "good.jpg": EvidenceKind.IMAGE,
    "broken.jpg": EvidenceKind.IMAGE,
    "words.md": EvidenceKind.TEXT,
}


def make_files(folder: Path) -> None:
    making_facts.make_lesson(folder / "clip.mp4", [("dark", 3), ("moving", 4), ("silent", 6), ("moving", 2)])
    making_facts.make_pages(folder / "pages.pdf", ["First. page", "", "", "Fourth. page", ""])
    board = making_facts.scene(31)
    making_facts.make_image(folder / "board.jpg", board)
    making_facts.make_image(folder / "smaller.jpg", cv2.resize(board, (600, 400)), quality=60)
    making_facts.make_image(folder / "good.jpg", making_facts.scene(32))
    (folder / "broken.jpg").write_bytes((folder / "good.jpg").read_bytes()[:900])
    (folder / "words.md").write_text("# What I learned\n", "utf-8")


def submission(name: str, attempt: int, pseudonym: str, files: dict[str, Path]) -> Submission:
    items = tuple(evidence(order, key, path) for order, (key, path) in enumerate(files.items(), 1))
    return Submission(
        id=SubmissionId(name),
        attempt=attempt,
        offering_id=world.offering().id,
        offering_version=1,
        pseudonym=pseudonym,
        submitted_at=datetime.now(UTC),
        evidence=items,
    )


def evidence(order: int, key: str, path: Path) -> Evidence:
    data = path.read_bytes()
    kind = KINDS.get(path.name, EvidenceKind.IMAGE)
    label, digest = path.stem.title(), EvidenceHash(sha256(data).hexdigest())
    return Evidence(id=EvidenceId(key), order=order, label=label, kind=kind, sha256=digest, size=len(data))


def assigned(work: Submission) -> list[Change]:
    task = Assignment(
        id=AssignmentId(f"{work.id}-{work.attempt}"),
        submission_id=work.id,
        attempt=work.attempt,
        task=TaskKind.SCORE,
        position=50,
        due_at=datetime.now(UTC) + timedelta(days=5),
        lease_until=datetime.now(UTC) + timedelta(days=9),
        revision=1,
    )
    return [SubmissionChange(submission=work), AssignmentChange(assignment=task)]


@pytest.fixture(scope="module")
def furnished(parts: Parts, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Attempt 2 with everything; attempt 1 with the same pages; somebody else with a smaller photo."""
    folder = tmp_path_factory.mktemp("facts")
    make_files(folder)
    second = submission("facts", 2, "Educator 9B-07", {f"f-{name}": folder / name for name in KINDS})
    first = submission("facts", 1, "Educator 9B-07", {"f1-pages": folder / "pages.pdf"})
    other = submission("others", 1, "Educator 4F-33", {"o-photo": folder / "smaller.jpg"})
    for work in (second, first, other):
        parts.account.store.write(platform_rows.apply_changes, assigned(work))
        for item, path in zip(work.evidence, files_of(work, folder), strict=True):
            world.fetch(parts.account, item, path.read_bytes())
    return folder


def files_of(work: Submission, folder: Path) -> list[Path]:
    names = {item.id: item.id.removeprefix("f-") for item in work.evidence}
    names |= {EvidenceId("f1-pages"): "pages.pdf", EvidenceId("o-photo"): "smaller.jpg"}
    return [folder / names[item.id] for item in work.evidence]


class Facts:
    """A stage with the panel."""

    def __init__(self, qtbot: QtBot, parts: Parts, assignment: str = "facts-2") -> None:
        self.qtbot, self.parts = qtbot, parts
        self.stage = EvidenceStage(parts.tasks, player_factory=lambda: parts.player)
        qtbot.addWidget(self.stage)
        self.stage.tools.facts.finding.start_after_ms = 0
        self.stage.resize(910, 647)
        self.stage.show()
        self.show(assignment)

    def show(self, assignment: str) -> None:
        self.stage.show_submission(self.parts.account.store.read(score, AssignmentId(assignment)))

    @property
    def panel(self) -> FactsPanel:
        panel = self.stage.tools.facts.panel
        assert panel is not None
        return panel

    def open(self) -> None:
        QTest.mouseClick(self.stage.tools.info, Qt.MouseButton.LeftButton)
        assert self.panel.isVisible()

    def lines(self) -> list[str]:
        named = [(each.objectName(), each.text()) for each in self.panel.list.findChildren(LinkLine)]
        named += [(each.objectName(), each.text()) for each in self.panel.list.findChildren(QLabel)]
        return [text for name, text in sorted(named) if name.startswith("fact_")]

    def until(self, condition: object) -> None:
        self.qtbot.waitUntil(condition, timeout=PATIENCE_MS)  # type: ignore[arg-type]

    def is_whole(self, evidence_id: str) -> bool:
        return self.parts.account.store.read(findings, EvidenceId(evidence_id)).is_whole


@pytest.fixture
def facts(qtbot: QtBot, parts: Parts, furnished: Path) -> Iterator[Facts]:
    made = Facts(qtbot, parts)
    yield made
    made.stage.clear()


def test_that_a_recording_is_looked_over_and_its_facts_lead_to_their_time(facts: Facts) -> None:
    facts.open()
    facts.until(lambda: facts.panel.state.text() == "Looked at all 00:15.")
    facts.until(lambda: facts.lines() == ["Very dark 00:00 to 00:03", "Silent 00:07 to 00:13"])
    assert facts.panel.measures.text().startswith("Video · 00:15 · ")
    facts.until(lambda: facts.stage.viewer is not None and facts.stage.viewer.is_ready)
    viewer = facts.stage.viewer
    assert isinstance(viewer, VideoViewer)
    QTest.mouseClick(facts.panel.list.findChildren(LinkLine)[1], Qt.MouseButton.LeftButton)
    facts.until(lambda: abs(viewer.place().position_ms - 7_000) <= 1_000)
    assert facts.panel.isVisible()


def test_that_pages_are_told_with_where_else_the_file_is(facts: Facts) -> None:
    facts.stage.show_evidence("f-pages.pdf")
    facts.open()
    facts.until(lambda: facts.panel.state.text() == "Looked at all 5 pages.")
    same = "The same file as “Pages” in attempt 1 of this educator"
    facts.until(lambda: facts.lines() == ["Pages 2 to 3 are blank", "Page 5 is blank", same])
    facts.until(lambda: facts.stage.viewer is not None and facts.stage.viewer.is_ready)
    viewer = facts.stage.viewer
    assert isinstance(viewer, PdfViewer)
    QTest.mouseClick(facts.panel.list.findChildren(LinkLine)[1], Qt.MouseButton.LeftButton)
    facts.until(lambda: viewer.place().page == 4)


def test_that_a_photo_that_looks_like_another_educators_is_told_once_both_were_looked_over(facts: Facts) -> None:
    facts.show("others-1")
    facts.until(lambda: facts.is_whole("o-photo"))
    facts.show("facts-2")
    facts.stage.show_evidence("f-board.jpg")
    facts.open()
    facts.until(lambda: facts.lines() == ["Looks like “Smaller” in Educator 4F-33's submission"])
    facts.stage.show_evidence("f-good.jpg")
    facts.until(lambda: facts.panel.state.text() == "Nothing stands out.")
    assert facts.lines() == []


def test_that_what_cannot_be_read_or_is_not_looked_over_says_so(facts: Facts) -> None:
    facts.stage.show_evidence("f-broken.jpg")
    facts.open()
    facts.until(lambda: facts.panel.state.text() == "The file ends early.")
    facts.stage.show_evidence("f-words.md")
    facts.until(lambda: facts.panel.state.text() == "Only pictures, sound and pages are looked over.")


def test_that_the_panel_opens_and_closes_with_the_keyboard_and_gives_the_focus_back(facts: Facts) -> None:
    facts.stage.activateWindow()
    facts.stage.tools.info.setFocus()
    QTest.keyClick(facts.stage.tools.info, Qt.Key.Key_Space)
    assert facts.panel.isVisible()
    assert facts.panel.isAncestorOf(facts.stage.focusWidget())
    assert min(facts.panel.close_button.width(), facts.panel.close_button.height()) >= TARGET_PX
    QTest.keyClick(facts.stage.focusWidget(), Qt.Key.Key_Escape)
    assert not facts.panel.isVisible()
    assert facts.stage.tools.info.hasFocus()
    assert not facts.stage.tools.info.isChecked()


def test_that_looking_over_stops_with_the_submission_and_the_panel_closes(facts: Facts) -> None:
    facts.open()
    facts.stage.clear()
    assert not facts.panel.isVisible()
    assert not facts.stage.tools.facts.finding.is_busy


def test_that_another_stage_goes_on_where_the_first_one_stopped(facts: Facts, qtbot: QtBot) -> None:
    facts.until(lambda: facts.is_whole("f-clip.mp4"))
    again = Facts(qtbot, facts.parts)
    again.open()
    again.until(lambda: again.panel.state.text() == "Looked at all 00:15.")
    again.stage.clear()
