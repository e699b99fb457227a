"""Brings evidence onto the shelf: in the order it is needed, resumed, verified, sealed while it arrives.

Nothing becomes visible unless its SHA-256 is the one the platform named. Never decides what is shown.
"""

import threading
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field

from workbench.errors import EvidenceError, KnownError, NetworkError, PlatformError, SignedOutError
from workbench.model.changes import Changes
from workbench.model.ids import EvidenceId
from workbench.store.account import Account
from workbench.store.blobs import EvidenceRef, Incoming
from workbench.store.evidence_rows import note_arrived
from workbench.store.failures import explained
from workbench.sync.intake import Intake
from workbench.sync.platforms.answers import ASK, LATER, PATIENCE, SAFE
from workbench.sync.platforms.port import EvidenceStream, Platform

TRIES = 3
REFUSALS_IN_A_ROW = 3
_UNSEEN = "Nothing of it is shown, and your scores are safe."

Progress = Callable[[EvidenceId, int, int], None]
"""Told of (evidence, bytes here, size) about once a megabyte, from the fetching thread."""
Arrival = Callable[[Changes], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfetched:
    """A file that would not come, and why."""

    evidence_id: EvidenceId
    problem: KnownError


@dataclass(slots=True, kw_only=True)
class FetchReport:
    """What one pass brought. `bytes_received` counts what crossed the network, thrown away or not."""

    files: int = 0
    bytes_received: int = 0
    unfetched: list[Unfetched] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)


class Stopped(Exception):  # noqa: N818 - nothing went wrong
    """Somebody asked us to stop; what has arrived is kept."""


class Fetch:
    """One pass over files. `stop` ends it within one piece; what has arrived of a file is kept for later."""

    def __init__(
        self,
        account: Account,
        platform: Platform,
        *,
        stop: threading.Event,
        on_progress: Progress = lambda *_: None,
        on_arrival: Arrival = lambda _: None,
    ) -> None:
        self._account = account
        self._platform = platform
        self._stop = stop
        self._on_progress = on_progress
        self._on_arrival = on_arrival
        self.report = FetchReport()

    def run(self, wanted: Iterable[EvidenceRef]) -> FetchReport:
        """Fetch each of them. One that will not come does not keep the others from coming.

        Raises NetworkError, SignedOutError, StorageError, and PlatformError when the platform refuses
        whatever we ask; `report` then holds what had come.
        """
        refusals = 0
        for ref in wanted:
            try:
                self._bring(ref)
                refusals = 0
            except Stopped:
                break
            except (EvidenceError, PlatformError) as problem:
                self.report.unfetched.append(Unfetched(evidence_id=ref.evidence_id, problem=problem))
                refusals += isinstance(problem, PlatformError)
                if refusals == REFUSALS_IN_A_ROW or _concerns_everything(problem):
                    raise
        return self.report

    def _bring(self, ref: EvidenceRef) -> None:
        """One file, however often the line breaks, as long as each time some of it is kept."""
        tries, furthest = 0, self._account.shelf.look(ref).bytes_here
        while True:
            received = self.report.bytes_received
            try:
                return self._try(ref)
            except NetworkError as problem:
                self._heed_stop()
                if self.report.bytes_received == received:
                    raise
                here, failure = self._account.shelf.look(ref).bytes_here, _broke_off(problem)
            except EvidenceError as problem:
                here, failure = 0, problem
            tries, furthest = (1, here) if here > furthest else (tries + 1, furthest)
            if tries >= TRIES:
                raise failure

    def _try(self, ref: EvidenceRef) -> None:
        self._heed_stop()
        if self._account.shelf.look(ref).state != "ready":
            # A full disk shows itself at any write, hence the wide frame.
            with explained(self._account.ref.folder):
                self._download(ref)
            self.report.files += 1
        changes = self._account.store.write(note_arrived, ref)
        self.report.changes |= changes
        self._on_arrival(changes)

    def _download(self, ref: EvidenceRef) -> None:
        """Make the file visible, or drop what came of it (EvidenceError), or keep it for later (all else)."""
        try:
            incoming = self._account.shelf.resume(ref)
            if incoming.offset < ref.size:
                incoming = self._rest(ref, incoming)
            with closing(incoming.writer):
                if incoming.digest.hexdigest() != ref.sha256:
                    raise _altered()
                self._account.shelf.publish(ref, incoming.writer)
        except EvidenceError:
            self._account.shelf.discard(ref)
            raise

    def _rest(self, ref: EvidenceRef, incoming: Incoming) -> Incoming:
        """Receive what is missing. The platform may insist on beginning anew, which means a file with a new key."""
        try:
            with self._platform.open_evidence(ref.sha256, ref.size, incoming.offset) as stream:
                if stream.start != incoming.offset:
                    incoming.writer.close()
                    incoming = self._account.shelf.begin(ref)
                self._receive(ref, incoming, stream)
        except BaseException:
            incoming.writer.close()
            raise
        return incoming

    def _receive(self, ref: EvidenceRef, incoming: Incoming, stream: EvidenceStream) -> None:
        with Intake(incoming.writer, incoming.digest, incoming.offset) as intake:
            try:
                for piece in stream.pieces:
                    self.report.bytes_received += len(piece)
                    if intake.take(piece):
                        self._on_progress(ref.evidence_id, intake.offset, ref.size)
                    self._heed_stop()
            finally:
                intake.settle()
            self._on_progress(ref.evidence_id, intake.offset, ref.size)
        if intake.offset < ref.size:
            raise NetworkError("The file ended early.", safe=SAFE, do=LATER)

    def _heed_stop(self) -> None:
        if self._stop.is_set():
            raise Stopped


def _concerns_everything(problem: KnownError) -> bool:
    return isinstance(problem, SignedOutError) or (isinstance(problem, PlatformError) and problem.status in PATIENCE)


def _broke_off(problem: NetworkError) -> EvidenceError:
    return EvidenceError(f"A file keeps arriving cut short. {problem.happened}", safe=_UNSEEN, do=f"{LATER} {ASK}")


def _altered() -> EvidenceError:
    return EvidenceError("A file arrived with other bytes than the programme named.", safe=_UNSEEN, do=f"{LATER} {ASK}")
