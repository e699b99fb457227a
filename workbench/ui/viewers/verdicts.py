"""Tells the store what a viewer found out about a file. Shows nothing."""

from workbench.model.ids import EvidenceId
from workbench.queries.views import EvidenceItem
from workbench.tasks import Tasks


class Verdicts:
    """Each method hands one operation to the store writer and returns at once."""

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks

    def unreadable(self, item: EvidenceItem, reason: str) -> None:
        """It cannot be shown; `reason` in words."""
        from workbench.operations.evidence import mark_unreadable

        if item.reason != reason:
            self._tasks.run(mark_unreadable, item.evidence.id, reason, initiator=self, failed=_keep_quiet)

    def readable(self, item: EvidenceItem) -> None:
        """It is on screen; forget that it once could not be shown."""
        from workbench.operations.evidence import mark_readable

        if item.state == "unreadable":
            self._tasks.run(mark_readable, item.evidence.id, initiator=self, failed=_keep_quiet)

    def fetch_again(self, evidence_id: EvidenceId) -> None:
        """Drop the bytes that are here and have them fetched anew."""
        from workbench.operations.evidence import fetch_again

        self._tasks.run(fetch_again, evidence_id, initiator=self)


def _keep_quiet(_problem: object) -> None:
    """The reason is on screen already; that it could not be kept is told by the next operation."""
