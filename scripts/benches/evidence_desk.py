"""A real encrypted store, real workers, the real player and an offscreen window for the evidence benchmark."""

import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from workbench.media.jobs import Job
    from workbench.model.ids import OfferingId
    from workbench.model.submission import EvidenceKind
    from workbench.queries.views import EvidenceItem
    from workbench.sealed.reader import SealedFile
    from workbench.store.account import Account

PATIENCE_S = 60.0
SIZE = (1366, 768)
_PIECE = 8 * 1024 * 1024
W = TypeVar("W", bound="QWidget")


class Desk:
    """Evidence goes in with `add`; viewers stand in `window`. Call it on the main thread only."""

    def __init__(self, folder: Path) -> None:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QWidget

        from workbench.media.client import MediaWorkers
        from workbench.tasks import Tasks

        self.app = application()
        self.account = _account(folder)
        self.workers = MediaWorkers(2)
        self.tasks = Tasks()
        self.tasks.attach(self.account.store, self.workers)
        self.window = QWidget()
        self.window.resize(*SIZE)
        self.window.show()
        self._count = 0
        # So that a wait that nothing ends is noticed.
        self._pulse = QTimer(interval=200)
        self._pulse.start()

    def add(self, path: Path, kind: "EvidenceKind") -> "EvidenceItem":
        """Seal one more copy of a file into the store, as a download does."""
        from workbench.model.ids import EvidenceHash, EvidenceId, SubmissionId
        from workbench.model.submission import Evidence, Submission
        from workbench.queries.views import EvidenceItem
        from workbench.store import evidence_rows, platform_rows
        from workbench.wire.exchange import SubmissionChange

        self._count += 1
        evidence = Evidence(
            id=EvidenceId(f"e-{self._count}"),
            order=1,
            label=path.name,
            kind=kind,
            sha256=EvidenceHash(_sha256(path)),
            size=path.stat().st_size,
            facts=self._facts(path, kind),
        )
        work = Submission(
            id=SubmissionId(f"s-{self._count}"),
            attempt=1,
            offering_id=_offering_id(),
            offering_version=1,
            pseudonym="Educator 4F-21",
            submitted_at=datetime.now(UTC),
            evidence=(evidence,),
        )
        self.account.store.write(platform_rows.apply_changes, [SubmissionChange(submission=work)])
        ref = self.account.store.read(evidence_rows.ref, evidence.id)
        incoming = self.account.shelf.begin(ref)
        for piece in _pieces(path):
            incoming.writer.write(piece)
        self.account.store.write(evidence_rows.publish, ref, incoming.writer)
        return EvidenceItem(evidence=evidence, state="ready")

    def _facts(self, path: Path, kind: "EvidenceKind"):  # type: ignore[no-untyped-def]
        from workbench.media.jobs import Inspect

        with plain(path) as source:
            return self.workers.submit(Inspect(kind), source).result().facts

    @contextmanager
    def sealed(self, item: "EvidenceItem") -> "Iterator[SealedFile]":
        """The evidence as jobs take it."""
        from workbench.queries.evidence import open_evidence

        file = self.account.store.read(open_evidence, item.evidence.id)
        try:
            yield file
        finally:
            file.close()

    def warm_up(self, item: "EvidenceItem", job: "Job[object]") -> None:
        """Have every worker answer, so that none is started or loads a library while a run is timed."""
        with self.sealed(item) as source:
            for future in [self.workers.submit(job, source) for _ in range(8)]:
                future.result()

    def show(self, viewer: W) -> W:
        """Let a viewer fill the window."""
        viewer.setParent(self.window)
        viewer.setGeometry(0, 0, *SIZE)
        viewer.clear()  # type: ignore[attr-defined]
        viewer.show()
        return viewer

    def until(self, is_so: Callable[[], object]) -> None:
        """Let the window live, asleep between events, until it is so."""
        from PySide6.QtCore import QEventLoop

        end_s = time.monotonic() + PATIENCE_S
        flags = QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents
        while not is_so():
            if time.monotonic() > end_s:
                raise SystemExit("the benchmark waited a minute for something that did not come")
            self.app.processEvents(flags)

    def close(self) -> None:
        """End everything."""
        self.window.close()
        self.workers.close()
        self.tasks.close()
        self.account.close()


@contextmanager
def desk(folder: Path) -> "Iterator[Desk]":
    """A desk with a profile of its own in `folder`, closed at the end."""
    profile = folder / f"profile-{time.monotonic_ns()}"
    made = Desk(profile)
    try:
        yield made
    finally:
        made.close()
        shutil.rmtree(profile)


def application() -> "QApplication":
    """The application without a screen, dressed as ours."""
    from PySide6.QtWidgets import QApplication

    from workbench.ui import theme

    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_LOGGING_RULES"] = "*=false"
    made = QApplication([])
    theme.apply(made, theme.Mode.LIGHT)
    return made


@contextmanager
def plain(path: Path):  # type: ignore[no-untyped-def]
    """A file that is not sealed, as a source."""
    from workbench.sealed.reader import PlainFile

    descriptor = os.open(path, os.O_RDONLY)
    try:
        yield PlainFile(descriptor)
    finally:
        os.close(descriptor)


def pss_mb(pids: set[int]) -> float:
    """What these processes hold, shared pages divided among those that share them."""
    total_kb = 0
    for pid in pids:
        with suppress(OSError):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            total_kb += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total_kb / 1024


def family() -> set[int]:
    """This process and all that descend from it."""
    parents = {}
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
    found = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            yield piece


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    for piece in _pieces(path):
        digest.update(piece)
    return digest.hexdigest()


def _offering_id() -> "OfferingId":
    from workbench.model.ids import OfferingId

    return OfferingId("bench")


def _account(folder: Path) -> "Account":
    from workbench.model.ids import DeviceId, PersonId, ProgrammeId
    from workbench.model.person import Person, Programme, Role
    from workbench.store.account import PassphraseProtection, create_account
    from workbench.wire.exchange import SignIn

    sign_in = SignIn(
        person=Person(id=PersonId("p1"), name="Assessor 7C-03", role=Role.ASSESSOR),
        programme=Programme(id=ProgrammeId("pr1"), name="Bench"),
        access_token="none",
        access_expires_at=datetime.now(UTC) + timedelta(hours=1),
        refresh_token="none",
    )
    protection = PassphraseProtection("a long evening")
    return create_account(
        folder, address="http://127.0.0.1:9", device=DeviceId("laptop-1"), sign_in=sign_in, protection=protection
    )
