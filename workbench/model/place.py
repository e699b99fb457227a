"""Where an assessor stopped: the exact place that comes back."""

from dataclasses import dataclass

from workbench.model.ids import CriterionId, EvidenceId


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPlace:
    """`page` counts from 0; `zoom` 1.0 is 100 %, 0 fits the width; `note_cursor` is a character of the note."""

    evidence_id: EvidenceId | None = None
    position_ms: int = 0
    page: int = 0
    zoom: float = 0.0
    criterion_id: CriterionId | None = None
    note_cursor: int | None = None
