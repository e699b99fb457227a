"""The write-read round: events up, outcomes and changes down, counts compared at the end.

A row is marked sent, durably, before the request leaves. Outcomes, changes and cursor of one answer are kept in
one transaction. No network inside a transaction. Evidence is no part of a round.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from workbench.errors import KnownError, PlatformError, StorageError
from workbench.model.changes import Changes
from workbench.store import outbox, platform_rows, remembered, sync_log
from workbench.store.account import Account
from workbench.store.session import WriteSession
from workbench.sync import retry
from workbench.sync.platforms.answers import ASK, PATIENCE, SAFE
from workbench.sync.platforms.port import Platform
from workbench.wire.events import Event, EventOutcome, EventResult
from workbench.wire.exchange import (
    AssignmentChange,
    Change,
    Counts,
    ExchangeAnswer,
    OfferingChange,
    SubmissionChange,
    Withdrawal,
)

UNANSWERED_PATIENCE = timedelta(seconds=30)
_NONE = Counts(offerings=0, submissions=0, evidence=0, assignments=0)
_A_ROWS_FAULT = (400, 409, 413, 422)


@dataclass(slots=True, kw_only=True)
class RoundReport:
    """What a round did. `results` counts outcomes by kind; `hub` and `here` are equal after a whole round."""

    sent: int = 0
    results: dict[EventResult, int] = field(default_factory=dict)
    received: Counts = _NONE
    withdrawn: int = 0
    hub: Counts = _NONE
    here: Counts = _NONE
    reread: bool = False
    whole: bool = False
    changes: Changes = field(default_factory=Changes)

    @property
    def confirmed(self) -> int:
        """Decisions that the platform has, be it from an earlier try."""
        return self._of(EventResult.ACCEPTED, EventResult.DUPLICATE)

    @property
    def conflicts(self) -> int:
        """Decisions that a person must look at because the work changed meanwhile."""
        changed = (EventResult.WITHDRAWN, EventResult.RUBRIC_CHANGED, EventResult.ATTEMPT_CHANGED)
        return self._of(*changed, EventResult.SUPERSEDED_ELSEWHERE)

    @property
    def rejected(self) -> int:
        """Decisions that the platform refused."""
        return self._of(EventResult.NOT_ALLOWED, EventResult.INVALID, EventResult.KEY_REUSED)

    def _of(self, *results: EventResult) -> int:
        return sum(self.results.get(result, 0) for result in results)


def run_round(account: Account, platform: Platform, *, stop: threading.Event | None = None) -> RoundReport:
    """One round, its end recorded in the store. Raises NetworkError, PlatformError, DataError, StorageError.

    When it raises, outcomes are unknown, never failed: the same keys are sent in the next round.
    """
    stop = stop or threading.Event()
    try:
        report = _Round(account, platform, stop).run()
    except StorageError:
        raise
    except KnownError as problem:
        # Broken off by our own end, it is no problem of the network, and no reason to wait after the next start.
        if not stop.is_set():
            account.store.write(_record_problem, problem)
        raise
    if report.whole:
        report.changes |= account.store.write(_record_success)
    return report


class _Round:
    def __init__(self, account: Account, platform: Platform, stop: threading.Event) -> None:
        self._account = account
        self._platform = platform
        self._stop = stop
        self._report = RoundReport()

    def run(self) -> RoundReport:
        self._exchange_all()
        report = self._report
        if report.whole and report.hub != report.here:
            self._account.store.write(platform_rows.start_rereading)
            report.reread, report.whole = True, False
            self._exchange_all()
            if report.whole and report.hub != report.here:
                raise _counts_differ(report.hub, report.here)
        return report

    def _exchange_all(self) -> None:
        """Exchange until nothing is due and nothing more is to be read."""
        more, cursor = True, self._account.store.read(platform_rows.cursor)
        while not self._stop.is_set():
            events = self._account.store.write(outbox.take_due)
            if not events and not more:
                self._report.whole = True
                return
            before = cursor
            answer = self._send(events)
            more, cursor = answer.more, answer.cursor
            if more and not events and cursor == before:
                raise PlatformError("Your programme has more to tell but does not go on.", safe=SAFE, do=ASK)

    def _send(self, events: Sequence[Event]) -> ExchangeAnswer:
        try:
            return self._exchange(events)
        except PlatformError as problem:
            if not events or not _may_be_a_rows_fault(problem):
                raise
        # Were it the platform itself, this would fail, too, and no row is blamed.
        answer = self._exchange(())
        for event in events:
            answer = self._send_alone(event) or answer
        return answer

    def _send_alone(self, event: Event) -> ExchangeAnswer | None:
        """Find the row that the platform stumbles over; the others are not to wait for it."""
        try:
            return self._exchange([event])
        except PlatformError as problem:
            if not _may_be_a_rows_fault(problem):
                raise
            self._report.changes |= self._account.store.write(_blame, event, problem)
            self._count_result(EventResult.UNAVAILABLE)
            return None

    def _exchange(self, events: Sequence[Event]) -> ExchangeAnswer:
        account = self._account
        cursor = account.store.read(platform_rows.cursor)
        try:
            answer = self._platform.exchange(cursor, events, account.ref.device)
        except KnownError:
            account.store.write(_count_attempt, events)
            raise
        kept = account.store.write(_keep, events, answer, rereading=self._report.reread)
        self._note(events, answer, kept)
        return answer

    def _note(self, events: Sequence[Event], answer: ExchangeAnswer, kept: "_Kept") -> None:
        report = self._report
        report.sent += len(events)
        for outcome in _ours(events, answer):
            self._count_result(outcome.result)
        report.received = _sum(report.received, _received(answer.changes))
        report.withdrawn += sum(isinstance(change, Withdrawal) for change in answer.changes)
        report.changes |= kept.changes
        report.hub, report.here = answer.counts, kept.here

    def _count_result(self, result: EventResult) -> None:
        self._report.results[result] = self._report.results.get(result, 0) + 1


@dataclass(frozen=True, slots=True)
class _Kept:
    changes: Changes
    here: Counts


def _keep(session: WriteSession, events: Sequence[Event], answer: ExchangeAnswer, *, rereading: bool) -> _Kept:
    """All of one answer in one transaction: the cursor never moves without its rows."""
    outcomes = _ours(events, answer)
    changes = outbox.record_outcomes(session, outcomes)
    unanswered = {event.key for event in events} - {outcome.key for outcome in outcomes}
    if unanswered:
        changes |= outbox.note_failure(session, unanswered, session.now() + UNANSWERED_PATIENCE)
    changes |= platform_rows.apply_changes(session, answer.changes)
    if rereading and not answer.more:
        changes |= platform_rows.end_rereading(session)
    platform_rows.set_cursor(session, answer.cursor)
    changes |= Changes(sync=remembered.set_programme(session, answer.programme))
    return _Kept(changes, platform_rows.local_counts(session) if not answer.more else _NONE)


def _count_attempt(session: WriteSession, events: Sequence[Event]) -> Changes:
    # When to try again is the round's affair; a row waits for itself only when it alone is refused.
    return outbox.note_failure(session, [event.key for event in events], session.now())


def _blame(session: WriteSession, event: Event, problem: PlatformError) -> Changes:
    outcome = EventOutcome(
        key=event.key, result=EventResult.UNAVAILABLE, received_at=session.now(), detail=problem.happened
    )
    return outbox.record_outcomes(session, [outcome])


def _record_problem(session: WriteSession, problem: KnownError) -> Changes:
    attempts = sync_log.last_round(session).attempts + 1
    at = retry.next_try_at(session.now(), attempts, problem)
    return sync_log.record_round(session, at=None, problem=str(problem), next_try_at=at, attempts=attempts)


def _record_success(session: WriteSession) -> Changes:
    return sync_log.record_round(session, at=session.now(), problem="", next_try_at=None, attempts=0)


def _ours(events: Sequence[Event], answer: ExchangeAnswer) -> list[EventOutcome]:
    """The outcomes of what was sent; an outcome of anything else is none of ours."""
    keys = {event.key for event in events}
    return [outcome for outcome in answer.outcomes if outcome.key in keys]


def _may_be_a_rows_fault(problem: PlatformError) -> bool:
    status = problem.status
    return status in _A_ROWS_FAULT or (status >= 500 and status not in PATIENCE)


def _received(changes: Sequence[Change]) -> Counts:
    submissions = [change.submission for change in changes if isinstance(change, SubmissionChange)]
    return Counts(
        offerings=sum(isinstance(change, OfferingChange) for change in changes),
        submissions=len(submissions),
        evidence=sum(len(submission.evidence) for submission in submissions),
        assignments=sum(isinstance(change, AssignmentChange) for change in changes),
    )


def _sum(one: Counts, other: Counts) -> Counts:
    return Counts(
        offerings=one.offerings + other.offerings,
        submissions=one.submissions + other.submissions,
        evidence=one.evidence + other.evidence,
        assignments=one.assignments + other.assignments,
    )


def _counts_differ(hub: Counts, here: Counts) -> PlatformError:
    return PlatformError(
        f"Your programme says {_words(hub)}, but sent {_words(here)}, even when asked again from the beginning.",
        safe=SAFE,
        do="Go on with what is here, and tell your programme.",
    )


def _words(counts: Counts) -> str:
    return f"{counts.assignments} assignments with {counts.submissions} submissions and {counts.evidence} files"
