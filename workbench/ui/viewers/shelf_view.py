"""The evidence of the open submission: what has a card, what belongs together, what was left where.

Plain data; knows no widget.
"""

from collections.abc import Iterable

from workbench.media.jobs import PASSWORD_NEEDED
from workbench.model.ids import EvidenceId
from workbench.model.place import WorkPlace
from workbench.model.submission import EvidenceKind
from workbench.queries.views import EvidenceItem


class ShelfView:
    """`places` and `failures` last while the submission is open."""

    def __init__(self, items: Iterable[EvidenceItem] = ()) -> None:
        self.places: dict[EvidenceId, WorkPlace] = {}
        self.failures: dict[EvidenceId, str] = {}
        self._items: dict[EvidenceId, EvidenceItem] = {}
        self.update(items)

    def update(self, items: Iterable[EvidenceItem]) -> None:
        """How they stand now; a file that came anew is tried anew."""
        former, self._items = self._items, {item.evidence.id: item for item in items}
        for evidence_id in list(self.failures):
            before, now = former.get(evidence_id), self._items.get(evidence_id)
            if before is not None and now is not None and now.state != "unreadable" and differs(before, now):
                del self.failures[evidence_id]

    def item(self, evidence_id: str | None) -> EvidenceItem | None:
        """The evidence of that id."""
        return self._items.get(EvidenceId(evidence_id)) if evidence_id is not None else None

    def form_of(self, shown: EvidenceItem | None) -> EvidenceItem | None:
        """How an evidence that is shown stands now."""
        return self._items.get(shown.evidence.id) if shown is not None else None

    @property
    def cards(self) -> tuple[EvidenceItem, ...]:
        """What has a card: captions go with their recording."""
        return tuple(
            item
            for item in self._items.values()
            if item.evidence.kind is not EvidenceKind.CAPTIONS or item.evidence.captions_for not in self._items
        )

    def after(self, evidence_id: EvidenceId | None) -> EvidenceItem | None:
        """The card after that one, after the last the first; None where there is no other."""
        cards = self.cards
        place = next((place for place, item in enumerate(cards) if item.evidence.id == evidence_id), None)
        return cards[(place + 1) % len(cards)] if place is not None and len(cards) > 1 else None

    @property
    def images(self) -> tuple[EvidenceItem, ...]:
        """The images that are here and can be shown."""
        cards = (item for item in self.cards if item.evidence.kind is EvidenceKind.IMAGE)
        return tuple(item for item in cards if item.state == "ready" and not self.reason(item))

    @property
    def with_captions(self) -> frozenset[EvidenceId]:
        """The recordings whose captions are here."""
        return frozenset(key for key, item in self._items.items() if self.captions_of(item) is not None)

    def captions_of(self, item: EvidenceItem) -> EvidenceItem | None:
        """The captions of a recording, when they are here."""
        mine = (other for other in self._items.values() if other.evidence.captions_for == item.evidence.id)
        return next((other for other in mine if other.state == "ready"), None)

    def reason(self, item: EvidenceItem) -> str:
        """Why it cannot be shown, as far as is known; empty when nothing speaks against it.

        A password is no reason: the viewer asks for it.
        """
        reason = self.failures.get(item.evidence.id) or item.reason or item.evidence.facts.reason
        return "" if reason == PASSWORD_NEEDED else reason


def differs(before: EvidenceItem, after: EvidenceItem) -> bool:
    """Whether what is on screen for an evidence must change."""
    if before.evidence.sha256 != after.evidence.sha256 or before.state != after.state:
        return True
    return after.state in ("missing", "partial") and before.bytes_here != after.bytes_here
