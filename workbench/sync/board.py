"""Puts together what the round and the evidence fetch have to tell into one status. Tells it; decides nothing."""

import threading
from collections.abc import Callable
from dataclasses import replace

from workbench.errors import KnownError, NetworkError, SignedOutError
from workbench.model.ids import EvidenceId
from workbench.model.sync_status import FileProgress, SyncPhase, SyncStatus

OnStatus = Callable[[SyncStatus], None]
_CALM = SyncStatus(phase=SyncPhase.UP_TO_DATE)


class Board:
    """Safe from any thread; `on_status` is called from the thread that had the news, one call at a time."""

    def __init__(self, on_status: OnStatus) -> None:
        self._on_status = on_status
        self._lock = threading.Lock()
        self._round = _CALM
        self._fetch = _CALM
        self._told: SyncStatus | None = None

    def round_started(self) -> None:
        """Nothing is known against the platform until this round says so; a known problem stays till then."""
        if self._round.phase is SyncPhase.UP_TO_DATE:
            self._tell(round_=SyncStatus(phase=SyncPhase.SYNCING))

    def round_ended(self, problem: KnownError | None) -> None:
        """How the round went."""
        self._tell(round_=_CALM if problem is None else _status_of(problem))

    def fetch_moved(self, files_done: int, files: int) -> None:
        """So many of the files of this pass are here."""
        self._tell(fetch=SyncStatus(phase=SyncPhase.SYNCING, files_done=files_done, files=files))

    def bytes_arrived(self, evidence_id: EvidenceId, bytes_here: int, size: int) -> None:
        """How far one file is."""
        arriving = FileProgress(evidence_id=evidence_id, bytes_here=bytes_here, size=size)
        self._tell(fetch=replace(self._fetch, arriving=arriving))

    def fetch_ended(self, problem: KnownError | None) -> None:
        """How the pass over the files went."""
        self._tell(fetch=_CALM if problem is None else _status_of(problem))

    def _tell(self, *, round_: SyncStatus | None = None, fetch: SyncStatus | None = None) -> None:
        with self._lock:
            self._round, self._fetch = round_ or self._round, fetch or self._fetch
            status = _together(self._round, self._fetch)
            if status != self._told:
                self._told = status
                self._on_status(status)


def _together(round_: SyncStatus, fetch: SyncStatus) -> SyncStatus:
    """A problem of the round speaks for both; else whatever is not calm."""
    if round_.phase not in (SyncPhase.UP_TO_DATE, SyncPhase.SYNCING):
        return round_
    return round_ if fetch.phase is SyncPhase.UP_TO_DATE else fetch


def _status_of(problem: KnownError) -> SyncStatus:
    phase = SyncPhase.PROBLEM
    if isinstance(problem, NetworkError):
        phase = SyncPhase.OFFLINE
    elif isinstance(problem, SignedOutError):
        phase = SyncPhase.SIGNED_OUT
    return SyncStatus(phase=phase, words=str(problem))
