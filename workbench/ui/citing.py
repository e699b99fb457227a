"""Citing where the evidence stands, and going to what is cited. Holds the projection, never a place of its own."""

from PySide6.QtCore import QObject

from workbench.model.citation import Citation, Stance
from workbench.model.ids import CitationId, CriterionId, new_id
from workbench.queries.views import EvidenceItem
from workbench.queries.views import ScoreView as Projection
from workbench.ui.rubric_panel import RubricPanel
from workbench.ui.scoring import Scoring
from workbench.ui.viewers.stage import EvidenceStage


class Citing(QObject):
    """Between the stage, which knows places, and the rubric, which knows criteria."""

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
        rubric.criterion_changed.connect(self._on_criterion_changed)
        rubric.typing_began.connect(self._on_typing_began)
        rubric.typing_done.connect(self._on_typing_done)
        stage.cite_requested.connect(self.cite)

    def begin(self, scoring: Scoring | None) -> None:
        """Another submission, or none."""
        self._scoring, self._view, self._last = scoring, None, None
        self._cited = set()

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
        if place is None or item is None or self._scoring is None or self._view is None or not self._view.editable:
            return
        cited = Citation(
            id=CitationId(new_id()),
            criterion_id=criterion_id,
            evidence_id=item.evidence.id,
            sha256=item.evidence.sha256,
            stance=Stance.SUPPORTS,
            place=place,
        )
        self._last = cited
        self._cited.add(criterion_id)
        self._scoring.cite(cited)

    def go_to_next(self) -> None:
        """Go to the next place cited for the open criterion."""
        cited = self._rubric.next_citation(self._last)
        if cited is not None:
            self.go_to(cited)

    def go_to(self, cited: Citation) -> None:
        """Show a cited place."""
        self._last = cited
        self._stage.go_to(cited)

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
        ]
        self._stage.set_citations(marks)

    def _on_criterion_changed(self, _criterion_id: CriterionId) -> None:
        self._last = None
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
