"""Citing where the evidence stands, and going to what is cited. Holds the projection, never a place of its own."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from workbench.model.citation import Citation, LookedThrough, Place, Stance
from workbench.model.ids import CitationId, CriterionId, EvidenceId, new_id
from workbench.model.submission import Evidence, EvidenceKind
from workbench.queries.views import EvidenceItem
from workbench.queries.views import ScoreView as Projection
from workbench.ui.absence_panel import LookedAt
from workbench.ui.looking import Looking
from workbench.ui.rubric_panel import RubricPanel
from workbench.ui.scoring import Scoring
from workbench.ui.viewers.stage import EvidenceStage
from workbench.ui.viewers.viewer import Viewer

_NEVER_SHOWN = (EvidenceKind.CAPTIONS, EvidenceKind.UNSUPPORTED)


class Citing(QObject):
    """Between the stage, which knows places, and the rubric, which knows criteria."""

    rubric_wanted = Signal()
    """There is something to answer in the rubric, which is not on screen."""

    def __init__(self, stage: EvidenceStage, rubric: RubricPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._stage = stage
        self._rubric = rubric
        self._view: Projection | None = None
        self._scoring: Scoring | None = None
        self._last: Citation | None = None
        self._cited: set[CriterionId] = set()
        rubric.cite_asked.connect(self.cite_for)
        rubric.citation_chosen.connect(self.go_to)
        rubric.citation_moved.connect(self._on_citation_moved)
        rubric.citation_move_here_asked.connect(self.move_here)
        rubric.absence_asked.connect(self.open_absence)
        rubric.absence_confirmed.connect(self.cite_absent)
        rubric.criterion_changed.connect(self._on_criterion_changed)
        rubric.typing_began.connect(self._on_typing_began)
        rubric.typing_done.connect(self._on_typing_done)
        stage.cite_requested.connect(self.cite)
        self.looking = Looking(lambda: stage.findChildren(Viewer), self)
        self.looking.grown.connect(self._on_looked)
        stage.place_changed.connect(self.looking.wake)

    def begin(self, scoring: Scoring | None) -> None:
        """Another submission, or none."""
        self._scoring, self._view, self._last = scoring, None, None
        self._cited = set()
        self.looking.begin(scoring)

    def flush(self) -> None:
        """Save what was looked at."""
        self.looking.flush()

    def show_view(self, view: Projection) -> None:
        """Show the citations of this projection on the evidence."""
        self._view = view
        self._cited = {cited.criterion_id for cited in view.draft.citations}
        self._show()

    def cite(self) -> None:
        """Cite where the evidence stands, for the open criterion."""
        if self._rubric.current is not None:
            self.cite_for(self._rubric.current.id)

    def cite_for(self, criterion_id: CriterionId) -> None:
        """Cite where the evidence stands; nothing happens while nothing is on the stage."""
        place, item = self._stage.citation_place(), self._current_item()
        if place is not None and item is not None:
            self._cite(criterion_id, item.evidence, place, Stance.SUPPORTS)

    def move_here(self, cited: Citation) -> None:
        """The same citation, but of where the evidence stands now."""
        place, item, scoring = self._stage.citation_place(), self._current_item(), self._open_scoring()
        if place is None or item is None or scoring is None:
            return
        evidence = item.evidence
        moved = replace(cited, evidence_id=evidence.id, sha256=evidence.sha256, place=place)
        self._mark(moved)
        scoring.change_citation(cited, moved)

    def open_absence(self, criterion_id: CriterionId | None = None) -> None:
        """Ask in which evidence the criterion (the open one without an id) is not shown."""
        card = self._rubric.current
        if criterion_id is not None:
            card = next((each for each in self._rubric.cards if each.id == criterion_id), None)
        if card is None or self._open_scoring() is None:
            return
        if not self._rubric.isVisible():
            self.rubric_wanted.emit()
        card.open_absence(self._looked_at())

    def cite_absent(self, criterion_id: CriterionId, evidence_ids: Sequence[EvidenceId]) -> None:
        """Cite each of these by how much of it was looked through; one that was cited so before says it anew."""
        for looked in self._looked_at():
            if looked.evidence.id in evidence_ids and looked.place is not None:
                self._cite(criterion_id, looked.evidence, looked.place, Stance.ABSENT)

    def go_to_next(self, step: int = 1) -> None:
        """Go to the next (-1: the previous) place cited for the open criterion."""
        cited = self._rubric.next_citation(self._last, step)
        if cited is not None:
            self.go_to(cited)

    def go_to(self, cited: Citation) -> None:
        """Show a cited place."""
        self._mark(cited)
        self._stage.go_to(cited)

    def _cite(self, criterion_id: CriterionId, evidence: Evidence, place: Place, stance: Stance) -> None:
        if (scoring := self._open_scoring()) is None:
            return
        before = self._said_before(criterion_id, evidence) if isinstance(place, LookedThrough) else None
        cited = Citation(
            id=before.id if before is not None else CitationId(new_id()),
            criterion_id=criterion_id,
            evidence_id=evidence.id,
            sha256=evidence.sha256,
            stance=stance,
            place=place,
            note=before.note if before is not None else "",
        )
        self._mark(cited)
        self._cited.add(criterion_id)
        if before is None:
            scoring.cite(cited)
        elif before != cited:
            scoring.change_citation(before, cited)

    def _said_before(self, criterion_id: CriterionId, evidence: Evidence) -> Citation | None:
        """That this criterion is not shown in this evidence."""
        made = self._view.draft.citations if self._view is not None else ()
        return next(
            (
                cited
                for cited in made
                if (cited.criterion_id, cited.evidence_id) == (criterion_id, evidence.id)
                and isinstance(cited.place, LookedThrough)
            ),
            None,
        )

    def _looked_at(self) -> list[LookedAt]:
        items = self._view.evidence if self._view is not None else ()
        shown = [item.evidence for item in items if item.evidence.kind not in _NEVER_SHOWN]
        return [LookedAt(each, self.looking.looked_through(each)) for each in shown]

    def _open_scoring(self) -> Scoring | None:
        """Where to write to, while that is allowed."""
        return self._scoring if self._view is not None and self._view.editable else None

    def _mark(self, cited: Citation | None) -> None:
        self._last = cited
        self._rubric.mark_citation(cited.id if cited is not None else None)

    def _on_citation_moved(self, shown: Citation) -> None:
        self.go_to(shown)

    def _on_looked(self) -> None:
        for card in self._rubric.cards:
            if card.absence.isVisible():
                card.absence.update_with(self._looked_at())

    def _current_item(self) -> EvidenceItem | None:
        shown = self._stage.current_evidence_id()
        items = self._view.evidence if self._view else ()
        return next((item for item in items if item.evidence.id == shown), None)

    def _show(self) -> None:
        if self._view is None:
            return
        rubric, card = self._view.offering.rubric, self._rubric.current
        current = card.id if card else None
        marks = [
            (rubric.letter(cited.criterion_id), cited, cited.criterion_id == current)
            for cited in self._view.draft.citations
            if not isinstance(cited.place, LookedThrough)
        ]
        self._stage.set_citations(marks)

    def _on_criterion_changed(self, _criterion_id: CriterionId) -> None:
        self._mark(None)
        self._show()
        self._stage.set_criterion(self._rubric.current.letter if self._rubric.current else "")

    def _on_typing_began(self, criterion_id: CriterionId) -> None:
        """A note begins: it is about what is seen now, unless the criterion has its citation already."""
        if criterion_id not in self._cited:
            self.cite_for(criterion_id)
        self._stage.pause_for_typing()

    def _on_typing_done(self) -> None:
        self._stage.focus_viewer()
        self._stage.resume_after_typing()
