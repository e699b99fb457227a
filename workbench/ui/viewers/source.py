"""One opened evidence: asks the store for its descriptor, sends decode jobs, closes it when nobody looks any more.

Workers and player hold descriptors of their own, so closing is safe while they still read.
"""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from workbench.errors import KnownError
from workbench.media.jobs import Job, Picture
from workbench.model.ids import EvidenceId
from workbench.sealed.reader import PlainFile, SealedFile
from workbench.tasks import Tasks

R = TypeVar("R")

_alive: set["EvidenceSource"] = set()


class EvidenceSource(QObject):
    """Emits `opened` or `failed(KnownError)` once. After `retire()` nothing of it arrives any more."""

    opened = Signal()
    failed = Signal(object)

    def __init__(self, tasks: Tasks, evidence_id: EvidenceId) -> None:
        super().__init__()
        self.evidence_id = evidence_id
        self.file: SealedFile | PlainFile | None = None
        self._tasks = tasks
        self._pending: set[Future[Any]] = set()
        self._retired = False
        _alive.add(self)

    def open(self) -> None:
        """Ask for the file."""
        from workbench.queries.evidence import open_evidence

        self._tasks.ask(
            open_evidence, self.evidence_id, on_answer=self._on_file, owner=self, failed=self._on_open_failed
        )

    @property
    def is_open(self) -> bool:
        """Whether jobs may be asked."""
        return self.file is not None and not self._retired

    def decode(
        self,
        job: Job[R],
        on_answer: Callable[[R], None],
        *,
        failed: Callable[[KnownError], None] | None = None,
        priority: int = 0,
    ) -> "Future[R]":
        """Ask a worker; the source must be open. Cancel the future when the answer is no longer wanted."""

        def answered(answer: R) -> None:
            self._pending.discard(future)
            if self._retired:
                _give_back(answer)
            else:
                on_answer(answer)

        def broke(problem: KnownError) -> None:
            self._pending.discard(future)
            if not self._retired and failed is not None:
                failed(problem)

        future: Future[R] = self._tasks.decode(job, self.file, answered, self, priority, failed=broke)
        self._pending.add(future)
        return future

    def drop(self, future: "Future[Any]") -> None:
        """Cancel one job; when it runs already, its answer still comes."""
        if future.cancel():
            self._pending.discard(future)

    def retire(self) -> None:
        """Nobody looks at this evidence any more: cancel what waits and close."""
        if not self._retired:
            self._retired = True
            for future in list(self._pending):
                self.drop(future)
            self._close()

    def _on_file(self, file: SealedFile | PlainFile) -> None:
        self.file = file
        if self._retired:
            self._close()
        else:
            self.opened.emit()

    def _on_open_failed(self, problem: KnownError) -> None:
        _alive.discard(self)
        if not self._retired:
            self.failed.emit(problem)

    def _close(self) -> None:
        if self.file is not None:
            self.file.close()
            self.file = None
            _alive.discard(self)


def _give_back(answer: object) -> None:
    for part in answer if isinstance(answer, tuple) else (answer,):
        if isinstance(part, Picture):
            part.release()
