"""Has the evidence of the open submission looked over, part after part, behind everything else. Shows nothing.

Never in the first seconds of a submission, one part at a time, and it rests as long as a part took: playing and
turning pages come first. What was found is kept; the next opening goes on where this one stopped.
"""

import time
from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.errors import DecoderStoppedError, KnownError
from workbench.media.jobs import PASSWORD_NEEDED, LookOver
from workbench.model.findings import EvidenceFindings, LookedOver, unreadable
from workbench.model.ids import EvidenceHash
from workbench.model.submission import EvidenceKind
from workbench.queries.views import EvidenceItem
from workbench.tasks import Tasks
from workbench.ui.viewers.source import EvidenceSource

START_AFTER_MS = 3_000
REST_LEAST_MS, REST_MOST_MS = 20, 3_000
KINDS = frozenset({EvidenceKind.VIDEO, EvidenceKind.AUDIO, EvidenceKind.PDF, EvidenceKind.IMAGE})
"""What has pictures, sound or pages."""
_BEHIND = -2


class FactFinding(QObject):
    """`want` what is to be looked over; `progressed(evidence id)` when more is known, or when it cannot be."""

    progressed = Signal(str)

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self.start_after_ms = START_AFTER_MS
        self._tasks = tasks
        self._waiting: list[EvidenceItem] = []
        self._done: set[EvidenceHash] = set()
        self._problems: dict[EvidenceHash, str] = {}
        self._item: EvidenceItem | None = None
        self._source: EvidenceSource | None = None
        self._known = EvidenceFindings()
        self._password = ""
        self._first = ""
        self._has_stopped = False
        self._asked_at_s = 0.0
        self._start = QTimer(self, singleShot=True)
        self._start.timeout.connect(self._next)
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._ask_part)

    @property
    def is_busy(self) -> bool:
        """Whether something is looked over, or will be soon."""
        return self._item is not None or self._start.isActive()

    def want(self, items: Iterable[EvidenceItem]) -> None:
        """Look these over; what is under way goes on when it is still wanted."""
        self._waiting = sorted((item for item in items if self._is_worth(item)), key=self._is_later)
        if self._item is not None and not any(_same(self._item, item) for item in self._waiting):
            self._stop()
        if self._waiting and self._item is None and not self._start.isActive():
            self._start.start(self.start_after_ms)
        if not self._waiting:
            self._start.stop()

    def first(self, evidence_id: str) -> None:
        """This one is looked at now: it comes first, and what is under way goes on after it."""
        self._first = evidence_id
        self._waiting.sort(key=self._is_later)
        if self._item is None or not self._waiting or self._is_later(self._waiting[0]):
            return
        if not _same(self._item, self._waiting[0]):
            self._next()

    def problem(self, item: EvidenceItem) -> str:
        """Why it could not be looked over, in words; empty when nothing speaks against it."""
        return self._problems.get(item.evidence.sha256, "")

    def forget_problem(self, item: EvidenceItem) -> None:
        """Something has changed, a password was told perhaps: try again."""
        if self._problems.pop(item.evidence.sha256, ""):
            self._waiting.append(item)
            if self._item is None:
                self._next()

    def _is_later(self, item: EvidenceItem) -> bool:
        return item.evidence.id != self._first

    def _is_worth(self, item: EvidenceItem) -> bool:
        digest = item.evidence.sha256
        return (
            item.state == "ready"
            and item.evidence.kind in KINDS
            and digest not in self._done
            and digest not in self._problems
        )

    def _next(self) -> None:
        self._stop()
        self._waiting = [item for item in self._waiting if self._is_worth(item)]
        if not self._waiting:
            return
        from workbench.queries.findings import findings

        self._item = self._waiting[0]
        self._tasks.ask(
            findings, self._item.evidence.id, on_answer=self._on_known, owner=self, failed=lambda _: self._stop()
        )

    def _stop(self) -> None:
        source, self._source, self._item = self._source, None, None
        self._rest.stop()
        self._has_stopped = False
        if source is not None:
            source.opened.disconnect(self._on_opened)
            source.failed.disconnect(self._on_failed)
            source.retire()

    def _on_known(self, known: EvidenceFindings) -> None:
        if self._item is None or self._source is not None:
            return
        self._known = known
        if known.is_whole:
            self._finish()
            return
        self._source = EvidenceSource(self._tasks, self._item.evidence.id)
        self._source.opened.connect(self._on_opened)
        self._source.failed.connect(self._on_failed)
        self._source.open()

    def _on_opened(self) -> None:
        assert self._item is not None
        self._password = ""
        if self._item.evidence.kind is not EvidenceKind.PDF:
            self._ask_part()
            return
        from workbench.queries.evidence import kept_password

        source = self._source
        self._tasks.ask(
            kept_password,
            self._item.evidence.id,
            on_answer=lambda password: self._on_password(source, password),
            owner=self,
            failed=self._on_failed,
        )

    def _on_password(self, source: EvidenceSource | None, password: str) -> None:
        if self._source is not None and self._source is source:
            self._password = password
            self._ask_part()

    def _ask_part(self) -> None:
        if self._source is None or not self._source.is_open:
            return
        self._asked_at_s = time.monotonic()
        job = LookOver(part=self._known.done, length=self._known.length, password=self._password)
        self._source.decode(job, self._on_part, failed=self._on_failed, priority=_BEHIND)

    def _on_part(self, found: LookedOver) -> None:
        assert self._item is not None
        from workbench.operations.findings import keep_looked_over

        self._has_stopped = False
        item, part = self._item, self._known.done
        self._tasks.run(
            keep_looked_over,
            item.evidence.sha256,
            part,
            found,
            initiator=self,
            done=lambda _: self._on_kept(item, part, found),
            failed=self._on_failed,
        )

    def _on_kept(self, item: EvidenceItem, part: int, found: LookedOver) -> None:
        if self._item is not None and _same(self._item, item):
            # What is shown comes from the store; here only how far it is.
            self._known = EvidenceFindings(
                done=part + 1, parts=self._known.parts or found.parts, unit=found.unit, length=found.length
            )
            if self._known.is_whole:
                self._finish()
            else:
                took_ms = round((time.monotonic() - self._asked_at_s) * 1000)
                self._rest.start(max(REST_LEAST_MS, min(REST_MOST_MS, took_ms)))
        self.progressed.emit(item.evidence.id)

    def _on_failed(self, problem: KnownError) -> None:
        if self._item is None:
            return
        if isinstance(problem, DecoderStoppedError) and not self._has_stopped:
            # The machine may have been at fault: a part is given up only when it stops a second worker.
            self._has_stopped = True
            self._ask_part()
            return
        if isinstance(problem, DecoderStoppedError) and self._known.parts:
            self._on_part(unreadable(self._known.done, self._known))
            return
        item = self._item
        self._problems[item.evidence.sha256] = problem.happened
        self._next()
        self.progressed.emit(item.evidence.id)

    def _finish(self) -> None:
        assert self._item is not None
        self._done.add(self._item.evidence.sha256)
        self._next()


def asks_password(problem: str) -> bool:
    """Whether a problem is that a PDF's password is not known here."""
    return problem == PASSWORD_NEEDED


def _same(one: EvidenceItem, other: EvidenceItem) -> bool:
    return one.evidence.id == other.evidence.id and one.evidence.sha256 == other.evidence.sha256
