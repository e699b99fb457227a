"""Citing on the real stage: what really played counts as watched, and a citation moves to where the evidence stands."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget

from tests.ui.viewers import evidence_files
from tests.ui.viewers.conftest import Viewing
from workbench.model.citation import Citation, LookedThrough, Stance, TextQuote, TimeRange
from workbench.model.ids import CriterionId, EvidenceId
from workbench.model.looked import Looked
from workbench.operations.cite import cite, uncite
from workbench.queries.citations import citations
from workbench.ui.citing import Citing
from workbench.ui.rubric_panel import RubricPanel
from workbench.ui.scoring import Scoring
from workbench.ui.viewers.pdf import PdfViewer
from workbench.ui.viewers.text import TextViewer
from workbench.ui.viewers.video import VideoViewer

VIDEO, WORDS, PLAN = (evidence_files.evidence_id(name) for name in ("lesson.mp4", "reflection.md", "plan.pdf"))
NEVER_OPENED = evidence_files.evidence_id("voice.m4a")


class Work:
    """A rubric beside the stage, both at work on the submission."""

    def __init__(self, viewing: Viewing) -> None:
        self.viewing = viewing
        self.ground = QWidget()
        self.rubric = RubricPanel(self.ground)
        self.scoring = Scoring(viewing.parts.tasks, evidence_files.ASSIGNMENT)
        self.citing = Citing(viewing.stage, self.rubric, self.ground)
        self.citing.begin(self.scoring)
        self.rubric.begin(viewing.view(), self.scoring)
        self.citing.show_view(viewing.view())
        self.criterion = CriterionId(viewing.view().offering.rubric.criteria[0].id)

    def seen(self, evidence_id: EvidenceId) -> Looked:
        items = self.viewing.view().evidence
        return self.citing.looking.looked(next(each.evidence for each in items if each.evidence.id == evidence_id))

    def kept(self) -> list[Citation]:
        found = self.viewing.parts.account.store.read(citations, evidence_files.ASSIGNMENT)
        return [each.citation for each in found]


@pytest.fixture
def work(viewing: Viewing) -> Iterator[Work]:
    made = Work(viewing)
    yield made
    made.citing.begin(None)
    viewing.until(lambda: not made.scoring.is_waiting)
    for each in made.kept():
        viewing.parts.account.store.write(uncite, evidence_files.ASSIGNMENT, each.id)


def test_that_what_played_counts_as_watched_and_a_jump_does_not(viewing: Viewing, work: Work) -> None:
    viewer = viewing.open("lesson.mp4", VideoViewer)
    viewer.set_rate(2.0)
    viewer.playback.play()
    viewing.until(lambda: work.seen(VIDEO).seen_ms >= 1_500)
    viewer.playback.pause()
    viewing.until(lambda: not viewer.playback.is_playing)
    viewer.playback.seek(7_000)
    viewing.until(lambda: not work.citing.looking._sample_timer.isActive())
    spans = work.seen(VIDEO).spans
    assert spans[0][0] < 800
    assert all(end < 7_000 for _, end in spans)


def test_that_pages_count_as_they_come_into_view(viewing: Viewing, work: Work) -> None:
    viewer = viewing.open("plan.pdf", PdfViewer)
    viewing.until(lambda: 0 in work.seen(PLAN).pages)
    viewer.pages.go_to_page(5)
    viewing.until(lambda: 5 in work.seen(PLAN).pages)
    assert 3 not in work.seen(PLAN).pages


def test_that_a_text_counts_as_read_once_its_end_was_in_view_and_can_be_cited_so(viewing: Viewing, work: Work) -> None:
    viewing.open("reflection.md", TextViewer)
    viewing.until(lambda: work.seen(WORDS).is_whole)
    work.citing.cite_absent(work.criterion, [NEVER_OPENED, WORDS])
    viewing.until(lambda: bool(work.kept()))
    (cited,) = work.kept()
    assert (cited.evidence_id, cited.stance) == (WORDS, Stance.ABSENT)
    assert cited.place == LookedThrough(seen=1, total=1, unit="whole")


def test_that_a_citation_moves_to_where_the_evidence_stands_and_keeps_its_id(viewing: Viewing, work: Work) -> None:
    video = next(item.evidence for item in viewing.view().evidence if item.evidence.id == VIDEO)
    made = replace(
        viewing.cited(TimeRange(start_ms=0, end_ms=900), "lesson.mp4"),
        criterion_id=work.criterion,
        sha256=video.sha256,
        note="kept",
    )
    viewing.parts.account.store.write(cite, evidence_files.ASSIGNMENT, made)
    work.citing.show_view(viewing.view())
    viewing.open("reflection.md", TextViewer)
    work.citing.move_here(made)
    viewing.until(lambda: work.kept()[0].evidence_id == WORDS)
    (moved,) = work.kept()
    assert (moved.id, moved.note, moved.stance) == (made.id, "kept", made.stance)
    assert isinstance(moved.place, TextQuote)
    work.scoring.undo()
    viewing.until(lambda: work.kept() == [made])
