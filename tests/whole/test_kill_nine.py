"""The real app and the real hub, killed with signal 9 in the middle of scoring and sending."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.sync.programme import ASSESSOR, write_programme
from tests.whole.scoring_loop import NOTE
from workbench.demo.hub_process import HubProcess
from workbench.hub import setup
from workbench.model.ids import CriterionId
from workbench.queries.queue import queue
from workbench.queries.score import score
from workbench.store.account import PassphraseProtection, create_account, list_accounts, open_account
from workbench.sync.sign_in import enrol

PASSPHRASE = "a long evening"
LOOP_S = 5.0
SUBMISSIONS = 60
MOMENTS = [*range(3), *(pytest.param(number, marks=pytest.mark.long) for number in range(3, 20))]
every_round = pytest.mark.parametrize("seed", MOMENTS)


@dataclass(slots=True)
class Seen:
    """What the person saw on screen before the kill."""

    lines: list[dict[str, object]] = field(default_factory=list)
    begun: threading.Event = field(default_factory=threading.Event)

    def listen(self, stream: Iterator[str]) -> None:
        for line in stream:
            said = json.loads(line)
            self.lines.append(said)
            if said["said"] == "begun":
                self.begun.set()

    def finalized(self) -> list[str]:
        return [str(line["submission"]) for line in self.lines if line["said"] == "finalized"]

    def draft(self) -> str:
        return next(str(line["submission"]) for line in self.lines if line["said"] == "draft")


class Evening:
    """A hub with many short submissions, a laptop that is signed in, and the app on it."""

    def __init__(self, folder: Path, hub_folder: Path) -> None:
        self.profile = folder / "profile"
        self.hub_folder = Path(shutil.copytree(hub_folder, folder / "hub"))
        self.hub = HubProcess(self.hub_folder)
        self.seen = Seen()
        self._sign_in(self.hub.start())
        self.sync()

    def _sign_in(self, address: str) -> None:
        enrolled = enrol(address, setup.invite(self.hub_folder, ASSESSOR), "Laptop 1")
        account = create_account(
            self.profile,
            address=enrolled.address,
            device=enrolled.device,
            sign_in=enrolled.sign_in,
            protection=PassphraseProtection(PASSPHRASE),
        )
        account.close()

    def start_app(self) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "tests.whole.scoring_loop", str(self.profile), str(LOOP_S)]
        app = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert app.stdin is not None
        assert app.stdout is not None
        app.stdin.write(PASSPHRASE + "\n")
        app.stdin.close()
        self._listening = threading.Thread(target=self.seen.listen, args=(app.stdout,))
        self._listening.start()
        assert self.seen.begun.wait(40), "the app never began to score"
        return app

    def end(self, app: "subprocess.Popen[str]") -> int:
        """Wait for the app's own end, or for what is left of it after a kill."""
        code = app.wait(60)
        self._listening.join(10)
        assert app.stdout is not None
        app.stdout.close()
        return code

    def sync(self) -> None:
        """`workbench sync --send-now`, twice: the second must find nothing left to send."""
        for _ in range(2):
            reading, writing = os.pipe()
            os.write(writing, PASSPHRASE.encode() + b"\n")
            os.close(writing)
            command = [sys.executable, "-m", "workbench", "--profile", str(self.profile)]
            command += ["--passphrase-fd", str(reading), "sync", "--send-now"]
            done = subprocess.run(command, pass_fds=[reading], capture_output=True, text=True, timeout=60, check=False)
            os.close(reading)
            assert done.returncode == 0, done.stderr

    def decided(self) -> Counter[str]:
        """How many decisions the hub holds for each submission, by its pseudonym on the laptop."""
        command = [sys.executable, "-m", "workbench", "hub", "decisions", str(self.hub_folder), "--json"]
        said = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
        names = self._names()
        return Counter(names[json.loads(line)["assignment"]] for line in said.stdout.splitlines())

    def check(self) -> None:
        """Nothing that was seen is missing, nothing is doubled, and the begun draft stands."""
        decided = self.decided()
        assert self.seen.finalized(), "the loop finalized nothing before the kill: the test shows nothing"
        assert set(self.seen.finalized()) <= set(decided)
        assert set(decided.values()) == {1}
        assert self.seen.draft() not in decided
        self._check_draft()

    def _check_draft(self) -> None:
        account = open_account(list_accounts(self.profile)[0], ask_passphrase=lambda: PASSPHRASE)
        try:
            rows = account.store.read(queue).rows
            row = next(row for row in rows if row.pseudonym == self.seen.draft())
            draft = account.store.read(score, row.assignment_id).draft
        finally:
            account.close()
        scored = draft.scores[CriterionId("plan")]
        assert (scored.level_id, scored.note) == ("not-yet", NOTE)

    def _names(self) -> dict[str, str]:
        account = open_account(list_accounts(self.profile)[0], ask_passphrase=lambda: PASSPHRASE)
        try:
            return {row.assignment_id: row.pseudonym for row in account.store.read(queue).rows}
        finally:
            account.close()


@pytest.fixture(scope="session")
def assigned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hub with many short submissions, all assigned."""
    folder = tmp_path_factory.mktemp("assigned")
    texts = {f"s-{number:03}": [f"Reflection {number}\n".encode()] for number in range(SUBMISSIONS)}
    setup.init(folder / "hub")
    setup.import_programme(folder / "hub", write_programme(folder / "programme", texts))
    setup.assign_all(folder / "hub")
    return folder / "hub"


@pytest.fixture
def evening(tmp_path: Path, assigned: Path) -> Iterator[Evening]:
    """An evening of scoring, ready to begin."""
    made = Evening(tmp_path, assigned)
    yield made
    made.hub.stop()


def random_moment_s(seed: int) -> float:
    """A moment of the loop, late enough that something is final."""
    return random.Random(seed).uniform(1.5, LOOP_S - 0.2)


@every_round
def test_that_killing_the_app_loses_and_doubles_no_decision_and_no_draft(evening: Evening, seed: int) -> None:
    app = evening.start_app()
    threading.Event().wait(random_moment_s(seed))
    app.send_signal(signal.SIGKILL)
    assert evening.end(app) == -signal.SIGKILL
    evening.sync()
    evening.check()


@every_round
def test_that_killing_the_hub_loses_and_doubles_no_decision_and_no_draft(evening: Evening, seed: int) -> None:
    app = evening.start_app()
    threading.Event().wait(random_moment_s(seed))
    evening.hub.kill()
    evening.hub.start()
    assert evening.end(app) == 0
    evening.sync()
    evening.check()
