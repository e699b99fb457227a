"""An assessor's laptop in a test: a real account, the real platform, and a network that can be made bad."""

import threading
from pathlib import Path

import httpx

from tests.sync.faults import Faults
from tests.sync.programme import CRITERIA
from workbench.model.ids import AssignmentId, CriterionId, EvidenceId, LevelId
from workbench.operations import score
from workbench.operations.finalize import finalize
from workbench.sealed.reader import open_reader
from workbench.store import evidence_rows
from workbench.store.account import Account, PassphraseProtection, create_account, open_account
from workbench.sync.fetch import Fetch, FetchReport
from workbench.sync.platforms.hub import HubPlatform
from workbench.sync.round import RoundReport, run_round
from workbench.sync.sign_in import enrol

PASSPHRASE = "a quiet evening"


class Laptop:
    """Signs in at once; `network` is between it and the hub."""

    def __init__(self, profile: Path, address: str, code: str) -> None:
        enrolled = enrol(address, code, "Laptop 1")
        self.account: Account = create_account(
            profile,
            address=enrolled.address,
            device=enrolled.device,
            sign_in=enrolled.sign_in,
            protection=PassphraseProtection(PASSPHRASE),
        )
        self._connect()

    def _connect(self) -> None:
        self.network = Faults(httpx.HTTPTransport(verify=False))
        self.platform = HubPlatform(self.account.ref.address, self.account.tokens, transport=self.network)

    def restart(self) -> None:
        """Close the workbench and open it again."""
        ref = self.account.ref
        self.close()
        self.account = open_account(ref, ask_passphrase=lambda: PASSPHRASE)
        self._connect()

    def close(self) -> None:
        self.platform.close()
        self.account.close()

    def round(self) -> RoundReport:
        return run_round(self.account, self.platform)

    def fetch(self) -> FetchReport:
        pass_ = Fetch(self.account, self.platform, stop=threading.Event())
        return pass_.run([each.ref for each in self.account.store.read(evidence_rows.wanted)])

    def assignments(self) -> list[AssignmentId]:
        """Whatever the queue holds, by submission."""
        rows = self.account.store.read(_assignments)
        return [AssignmentId(each) for each in rows]

    def finalize(self, assignment_id: AssignmentId, level: str = "shown") -> None:
        for criterion in CRITERIA:
            place = (assignment_id, CriterionId(criterion), LevelId(level))
            self.account.store.write(score.set_level, *place)
        self.account.store.write(finalize, assignment_id, active_ms=60_000, session_position=1)

    def evidence(self, evidence_id: EvidenceId) -> bytes:
        """What the shelf shows of it."""
        source = self.account.shelf.open(self.account.store.read(evidence_rows.ref, evidence_id))
        try:
            reader = open_reader(source)
            return reader.read_at(0, reader.size)
        finally:
            source.close()


def _assignments(session: object) -> list[str]:
    from sqlalchemy import select

    from workbench.store.tables import platform_assignment as table

    query = select(table.c.assignment_id).order_by(table.c.submission_id)
    return [str(each) for each in session.connection.scalars(query)]  # type: ignore[attr-defined]
