"""What an operation changed, by id: how views learn that they must ask again."""

from dataclasses import dataclass
from typing import Self

from workbench.model.ids import AssignmentId, EvidenceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Ids whose projection may differ now. Empty and False throughout: nothing changed."""

    drafts: frozenset[AssignmentId] = frozenset()
    assignments: frozenset[AssignmentId] = frozenset()
    evidence: frozenset[EvidenceId] = frozenset()
    outbox: bool = False
    sync: bool = False

    def __or__(self, other: Self) -> "Changes":
        return Changes(
            drafts=self.drafts | other.drafts,
            assignments=self.assignments | other.assignments,
            evidence=self.evidence | other.evidence,
            outbox=self.outbox or other.outbox,
            sync=self.sync or other.sync,
        )

    def __bool__(self) -> bool:
        return self != Changes()
