"""Joins the facts button, its panel and the looking over. Decides nothing, and says nothing of what facts mean."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from workbench.errors import KnownError
from workbench.model.findings import EvidenceFindings, SameEvidence
from workbench.model.ids import EvidenceId
from workbench.queries.views import EvidenceItem
from workbench.tasks import Tasks
from workbench.ui.icon_button import IconButton
from workbench.ui.viewers.fact_finding import KINDS, FactFinding, asks_password
from workbench.ui.viewers.fact_words import FactLine, lines, measures, state
from workbench.ui.viewers.facts_panel import FactsPanel

if TYPE_CHECKING:
    from workbench.ui.viewers.stage import EvidenceStage


class FactsDesk(QObject):
    """Told what has a card; asks the store again whenever more is known of what is looked at."""

    def __init__(self, tasks: Tasks, button: IconButton, stage: "EvidenceStage") -> None:
        super().__init__(stage)
        self._tasks = tasks
        self._button = button
        self._stage = stage
        self._items: dict[str, EvidenceItem] = {}
        self._known = EvidenceFindings()
        self._same: tuple[SameEvidence, ...] = ()
        self._shown: str | None = None
        self.panel: FactsPanel | None = None
        self.finding = FactFinding(tasks, self)
        self.finding.progressed.connect(self._on_progressed)
        stage.evidence_changed.connect(self._on_evidence_changed)
        button.clicked.connect(self._on_pressed)

    def want(self, cards: Sequence[EvidenceItem]) -> None:
        """These have a card now; none: the submission is closed."""
        self._items = {item.evidence.id: item for item in cards}
        self.finding.want(cards)
        if not cards and self.panel is not None:
            self.panel.close_panel()
        self._ask()

    def _on_pressed(self) -> None:
        if self.panel is None:
            self.panel = FactsPanel(self._stage)
            self.panel.asked.connect(self._on_line_asked)
            self.panel.closed.connect(self._on_closed)
        if self.panel.isVisible():
            self.panel.close_panel()
            return
        item = self._item()
        if item is not None and asks_password(self.finding.problem(item)):
            self.finding.forget_problem(item)
        self._show()
        self.panel.open_under(self._button)
        self._button.setChecked(True)
        self._ask()

    def _on_closed(self) -> None:
        self._button.setChecked(False)
        if self._button.isVisible():
            self._button.setFocus(Qt.FocusReason.PopupFocusReason)

    def _on_evidence_changed(self, evidence_id: str) -> None:
        self.finding.first(evidence_id)
        self._ask()

    def _on_progressed(self, evidence_id: str) -> None:
        if evidence_id == self._stage.current_evidence_id():
            self._ask()

    def _item(self) -> EvidenceItem | None:
        return self._items.get(self._stage.current_evidence_id() or "")

    def _ask(self) -> None:
        """Ask for the facts, when somebody looks at them."""
        item = self._item()
        if self.panel is None or self.panel.isHidden() or item is None:
            return
        from workbench.queries.findings import findings, same_evidence

        evidence_id = item.evidence.id
        if evidence_id != self._shown:
            self._show()
        self._tasks.ask(
            findings,
            evidence_id,
            on_answer=lambda known: self._on_known(evidence_id, known),
            owner=self,
            failed=_keep_quiet,
        )
        self._tasks.ask(
            same_evidence,
            evidence_id,
            on_answer=lambda same: self._on_same(evidence_id, same),
            owner=self,
            failed=_keep_quiet,
        )

    def _on_known(self, evidence_id: EvidenceId, known: EvidenceFindings) -> None:
        if evidence_id == self._shown:
            self._known = known
            self._show()

    def _on_same(self, evidence_id: EvidenceId, same: tuple[SameEvidence, ...]) -> None:
        if evidence_id == self._shown:
            self._same = same
            self._show()

    def _show(self) -> None:
        item = self._item()
        if self.panel is None or item is None:
            return
        if item.evidence.id != self._shown:
            self._shown, self._known, self._same = item.evidence.id, EvidenceFindings(), ()
        known = self._known
        facts = lines(known, self._same)
        problem = self._problem(item)
        share = None if problem or known.is_whole or not known.parts else known.done / known.parts
        title = self.tr("Facts about “{label}”").format(label=item.evidence.label)
        said = state(known, problem, has_more=bool(facts))
        if item.evidence.kind not in KINDS:
            said = problem or self.tr("Only pictures, sound and pages are looked over.")
        self.panel.show_facts(title, measures(item.evidence, known), said, share, facts)

    def _problem(self, item: EvidenceItem) -> str:
        if item.state == "unreadable":
            return item.reason
        if item.state in ("missing", "partial"):
            return self.tr("This file is not on this laptop yet.")
        return self.finding.problem(item)

    def _on_line_asked(self, line: FactLine) -> None:
        if line.evidence_id is not None:
            self._stage.show_evidence(line.evidence_id)
            return
        viewer = self._stage.viewer
        if viewer is not None:
            here = viewer.place()
            at_ms = line.at_ms if line.at_ms is not None else here.position_ms
            viewer.restore(at_ms, line.page if line.page is not None else here.page, here.zoom)


def _keep_quiet(_problem: KnownError) -> None:
    """The panel then says what it knew before."""
