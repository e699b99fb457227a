"""Keeps a running workbench in step: one thread for rounds, one for evidence, neither waiting for the other.

Qt-free. Callbacks come from these threads; whoever shows something hands them to its own. Goes offline and
comes back by itself. Owns no account.
"""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from workbench.errors import KnownError, StorageError
from workbench.model.changes import Changes
from workbench.model.ids import EvidenceId
from workbench.store import evidence_rows, outbox, sync_log
from workbench.store.account import Account
from workbench.store.blobs import EvidenceRef
from workbench.store.session import ReadSession
from workbench.sync import retry
from workbench.sync.board import Board, OnStatus
from workbench.sync.fetch import Fetch, FetchReport
from workbench.sync.platforms.port import Platform
from workbench.sync.round import run_round

INTERVAL_S = 60.0
STORAGE_PATIENCE_S = 10.0
_MISTAKE = KnownError(
    "The workbench made a mistake while it synced.",
    safe="Your scores and decisions are safe on this laptop.",
    do="It tries again in a minute; if this goes on, tell your programme.",
)
OnChanges = Callable[[Changes], None]


class SyncLoop:
    """`start`, then `request_now` and `outbox_changed` from any thread, then `stop`, which joins both threads."""

    def __init__(
        self,
        account: Account,
        on_changes: OnChanges,
        on_status: OnStatus,
        *,
        platform: Platform | None = None,
        interval_s: float = INTERVAL_S,
    ) -> None:
        self._platform = platform or _hub_of(account)
        self._stop = threading.Event()
        board = Board(on_status)
        self._evidence = _EvidenceLoop(account, self._platform, self._stop, on_changes, board)
        self._rounds = _RoundLoop(account, self._platform, self._stop, on_changes, board, interval_s)
        self._rounds.on_good_round = self._evidence.look_again

    def start(self) -> None:
        """Begin: with a round, unless a wait from before a restart is not over."""
        self._rounds.start()
        self._evidence.start()

    def request_now(self) -> None:
        """A round as soon as may be: a wait is cut short, unless the platform itself asked for it."""
        self._rounds.request()

    def outbox_changed(self) -> None:
        """A decision was finalized or taken back: look anew when the next one leaves."""
        self._rounds.look_again()

    def stop(self, timeout_s: float = 8.0) -> bool:
        """End both threads: breaks off what is under way. True when both have ended in that time."""
        self._stop.set()
        deadline_s = time.monotonic() + timeout_s
        while not (ended := self._have_ended()) and time.monotonic() < deadline_s:
            # More than once, for a request that was just leaving.
            self._platform.break_off()
        self._platform.close()
        return ended

    def _have_ended(self) -> bool:
        self._rounds.look_again()
        self._evidence.look_again()
        return all([self._rounds.join(0.1), self._evidence.join(0.1)])


class _Thread:
    """A thread that works, then waits until a moment or until it is woken."""

    def __init__(self, name: str, stop: threading.Event, board: Board) -> None:
        self._stop = stop
        self._board = board
        self._woken = threading.Event()
        # Daemon: a connection that hangs must not keep a closed window's process alive.
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def join(self, timeout_s: float) -> bool:
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def look_again(self) -> None:
        self._woken.set()

    def _run(self) -> None:
        while not self._stop.is_set():
            self._woken.clear()
            wait_s = self._safe_step()
            if not self._stop.is_set():
                self._woken.wait(wait_s)

    def _safe_step(self) -> float | None:
        try:
            return self._step()
        except Exception:
            # A mistake of ours is shown like any other crash; but work must not wait unsent because of it.
            threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), self._thread)))
            self._board.round_ended(_MISTAKE)
            return INTERVAL_S

    def _step(self) -> float | None:
        """Do what is to be done; returns seconds to wait, None to wait until woken."""
        raise NotImplementedError


class _RoundLoop(_Thread):
    def __init__(
        self,
        account: Account,
        platform: Platform,
        stop: threading.Event,
        on_changes: OnChanges,
        board: Board,
        interval_s: float,
    ) -> None:
        super().__init__("sync-rounds", stop, board)
        self._account = account
        self._platform = platform
        self._on_changes = on_changes
        self._interval = timedelta(seconds=interval_s)
        self._requested = threading.Event()
        self._next_at: datetime | None = None
        self._patience_until: datetime | None = None
        self.on_good_round: Callable[[], None] = lambda: None

    def request(self) -> None:
        self._requested.set()
        self.look_again()

    def _step(self) -> float:
        try:
            now, next_at = self._account.store.read(self._when)
            if now >= next_at:
                self._requested.clear()
                self._round()
                now, next_at = self._account.store.read(self._when)
        except StorageError as problem:
            self._board.round_ended(problem)
            return STORAGE_PATIENCE_S
        return min(max(0.0, (next_at - now).total_seconds()), self._interval.total_seconds())

    def _when(self, session: ReadSession) -> tuple[datetime, datetime]:
        """Now, and when the next round is to be."""
        now = session.now()
        return now, max(self._wanted_at(session, now), self._patience_until or now)

    def _wanted_at(self, session: ReadSession, now: datetime) -> datetime:
        if self._requested.is_set():
            return now
        last = sync_log.last_round(session)
        if last.next_try_at is not None:
            return last.next_try_at
        if self._next_at is None or outbox.due(session, now, 1):
            return now
        leaves_at = outbox.next_due_at(session)
        # One in the past waits behind another, and no clock can tell for how long.
        return min(self._next_at, leaves_at) if leaves_at and leaves_at > now else self._next_at

    def _round(self) -> None:
        self._board.round_started()
        problem: KnownError | None = None
        try:
            changes = run_round(self._account, self._platform, stop=self._stop).changes
        except KnownError as error:
            problem, changes = error, Changes(sync=True, outbox=True)
        if self._stop.is_set():
            return
        self._plan(problem)
        self._on_changes(changes)
        self._board.round_ended(problem)
        if problem is None:
            self.on_good_round()

    def _plan(self, problem: KnownError | None) -> None:
        now = self._account.store.read(lambda session: session.now())
        self._next_at = now + self._interval
        patience_s = STORAGE_PATIENCE_S if isinstance(problem, StorageError) else retry.patience_s(problem)
        self._patience_until = now + timedelta(seconds=patience_s) if patience_s else None


@dataclass(frozen=True, slots=True)
class _Resting:
    """A file that would not come: how often so far, until when it is left alone, and why."""

    attempts: int
    until_s: float
    problem: KnownError


class _EvidenceLoop(_Thread):
    def __init__(
        self, account: Account, platform: Platform, stop: threading.Event, on_changes: OnChanges, board: Board
    ) -> None:
        super().__init__("sync-evidence", stop, board)
        self._account = account
        self._platform = platform
        self._on_changes = on_changes
        self._failures = 0
        self._patience_until_s = 0.0
        self._resting: dict[EvidenceId, _Resting] = {}
        self._renewed = threading.Event()

    def look_again(self) -> None:
        self._renewed.set()
        super().look_again()

    def _step(self) -> float | None:
        early_s = self._patience_until_s - time.monotonic()
        if early_s > 0:
            return early_s
        report, problem = self._pass()
        if self._stop.is_set():
            return None
        self._let_rest(report)
        resting = [each.problem for each in self._resting.values()]
        self._board.fetch_ended(problem or (resting[0] if resting else None))
        if problem is None:
            self._failures = 0
            return self._until_rested_s()
        self._failures += 1
        patience_s = retry.patience_s(problem)
        self._patience_until_s = time.monotonic() + patience_s
        return max(patience_s, retry.delay_s(self._failures))

    def _let_rest(self, report: FetchReport) -> None:
        """A file that cannot be served is asked for ever more rarely; the others do not wait for it."""
        now_s = time.monotonic()
        for each in report.unfetched:
            before = self._resting.get(each.evidence_id)
            attempts = before.attempts + 1 if before else 1
            until_s = now_s + retry.delay_s(attempts + 2)
            self._resting[each.evidence_id] = _Resting(attempts, until_s, each.problem)

    def _until_rested_s(self) -> float | None:
        if not self._resting:
            return None
        return max(0.0, min(each.until_s for each in self._resting.values()) - time.monotonic())

    def _pass(self) -> tuple[FetchReport, KnownError | None]:
        fetch = Fetch(
            self._account,
            self._platform,
            stop=self._stop,
            on_progress=self._board.bytes_arrived,
            on_arrival=self._on_changes,
        )
        try:
            fetch.run(self._in_order())
        except KnownError as problem:
            return fetch.report, problem
        return fetch.report, None

    def _in_order(self) -> Iterator[EvidenceRef]:
        """What is wanted, most urgent first, looked up anew whenever a round has brought news; each file once."""
        tried: set[EvidenceRef] = set()
        while True:
            self._renewed.clear()
            waiting = [ref for ref in self._wanted() if ref not in tried]
            files = len(tried) + len(waiting)
            for ref in waiting:
                self._board.fetch_moved(len(tried), files)
                tried.add(ref)
                yield ref
                if self._renewed.is_set():
                    break
            else:
                return

    def _wanted(self) -> list[EvidenceRef]:
        wanted = [each.ref for each in self._account.store.read(evidence_rows.wanted)]
        known = {ref.evidence_id for ref in wanted}
        self._resting = {key: each for key, each in self._resting.items() if key in known}
        now_s = time.monotonic()
        return [ref for ref in wanted if ref.evidence_id not in self._resting or self._rested(ref, now_s)]

    def _rested(self, ref: EvidenceRef, now_s: float) -> bool:
        return self._resting[ref.evidence_id].until_s <= now_s


def _hub_of(account: Account) -> Platform:
    from workbench.sync.platforms.hub import HubPlatform

    return HubPlatform(account.ref.address, account.tokens)
