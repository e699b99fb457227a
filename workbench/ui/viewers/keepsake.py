"""What was made from an evidence, kept sealed for its next opening. Knows no picture and no sound."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject

from workbench.model.ids import EvidenceId
from workbench.tasks import Tasks

T = TypeVar("T")


class Keepsake(QObject):
    """One name for every evidence. A keepsake that is missing, broken or cannot be kept is made again."""

    def __init__(self, tasks: Tasks, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._name = name

    def ask(
        self, evidence_id: EvidenceId, read: Callable[[bytes], T | None], on_answer: Callable[[T | None], None]
    ) -> None:
        """Look for it; `read` makes of the bytes what is wanted, off the window's thread. Only the last is answered."""
        from workbench.queries.previews import preview

        self._tasks.ask(
            preview, evidence_id, self._name, read, on_answer=on_answer, owner=self, failed=lambda _: on_answer(None)
        )

    def keep(self, evidence_id: EvidenceId, make: Callable[[], bytes]) -> None:
        """Make the bytes and seal them, off the window's thread."""
        self._tasks.on_writer(make, done=lambda data: self._seal(evidence_id, data))

    def _seal(self, evidence_id: EvidenceId, data: bytes) -> None:
        from workbench.operations.previews import keep_preview

        if self._tasks.is_attached:
            self._tasks.run(keep_preview, evidence_id, self._name, data, failed=lambda _problem: None)
