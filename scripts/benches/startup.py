"""Start-up of the real window on 10,000 assignments, as ratios to a bare QMainWindow started in the same run."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.model.assignment import Assignment
    from workbench.model.offering import Offering
    from workbench.model.submission import Submission
    from workbench.wire.exchange import Change

RUNS = 7
ASSIGNMENTS = 10_000
PASSPHRASE = "a long evening"

BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
from scripts.benches.startup_marks import say_when_painted
app = QApplication([])
window = QMainWindow()
say_when_painted(window, app.quit)
window.resize(1366, 768)
window.show()
app.exec()
"""


def main(_arguments: list[str]) -> int:
    """Print a table of medians and ratios. Returns 0."""
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder)
        _fill(profile)
        bare, painted, usable = [], [], []
        for run in range(RUNS + 1):
            first = dict(_marks([sys.executable, "-c", BARE]))
            ours = dict(_marks([sys.executable, "-m", "scripts.benches.startup_marks", str(profile)], PASSPHRASE))
            if run:  # the first of each only warms the disk cache
                bare.append(first["painted"])
                painted.append(ours["painted"])
                usable.append(ours["usable"])
    _print_table(bare, painted, usable)
    return 0


def _marks(command: list[str], passphrase: str = "") -> Iterator[tuple[str, float]]:
    """Seconds from the start of a process to each word that it prints."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "*=false"}
    began = time.perf_counter()
    process = subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        process.stdin.write(passphrase + "\n")
        process.stdin.close()
        for line in process.stdout:
            yield line.strip(), time.perf_counter() - began
    if process.returncode:
        raise SystemExit(f"a measured process ended with code {process.returncode}")


def _print_table(bare: list[float], painted: list[float], usable: list[float]) -> None:
    base = statistics.median(bare)
    print(f"Start-up, {ASSIGNMENTS:,} assignments in the store, medians of {RUNS} runs taken in turn")
    print(f"{'what':<34}{'seconds':>9}{'ratio':>8}{'aim':>8}")
    print(f"{'bare QMainWindow painted':<34}{base:>9.2f}{1:>8.2f}{'':>8}")
    for what, seconds, aim in (("workbench: window painted", painted, 1.6), ("workbench: queue usable", usable, 4.0)):
        median = statistics.median(seconds)
        print(f"{what:<34}{median:>9.2f}{median / base:>8.2f}{f'<= {aim}':>8}")


def _fill(profile: Path) -> None:
    """An account with ten thousand assignments of one offering, written the way a sync round writes them."""
    from workbench.model.ids import DeviceId, PersonId, ProgrammeId
    from workbench.model.person import Person, Programme, Role
    from workbench.store.account import PassphraseProtection, create_account
    from workbench.store.platform_rows import apply_changes
    from workbench.wire.exchange import SignIn

    sign_in = SignIn(
        person=Person(id=PersonId("p1"), name="Assessor 7C-03", role=Role.ASSESSOR),
        programme=Programme(id=ProgrammeId("pr1"), name="Evening Programme"),
        access_token="none",
        access_expires_at=datetime.now(UTC) + timedelta(hours=1),
        refresh_token="none",
    )
    account = create_account(
        profile,
        address="http://127.0.0.1:9",
        device=DeviceId("laptop-1"),
        sign_in=sign_in,
        protection=PassphraseProtection(PASSPHRASE),
    )
    try:
        account.store.write(apply_changes, _changes())
    finally:
        account.close()


def _changes() -> "list[Change]":
    from workbench.wire.exchange import AssignmentChange, OfferingChange, SubmissionChange

    now = datetime.now(UTC)
    changes: list[Change] = [OfferingChange(offering=_offering())]
    for number in range(ASSIGNMENTS):
        changes.append(SubmissionChange(submission=_submission(number, now)))
        changes.append(AssignmentChange(assignment=_assignment(number, now)))
    return changes


def _offering() -> "Offering":
    from workbench.model.ids import CriterionId, LevelId, OfferingId
    from workbench.model.offering import Offering
    from workbench.model.rubric import Criterion, Level, Rubric

    levels = tuple(
        Level(id=LevelId(key), label=key.title(), descriptor=f"{key.title()}: seen in the work.")
        for key in ("below", "near", "meets")
    )
    criteria = tuple(
        Criterion(
            id=CriterionId(f"c{number}"), title=f"Criterion {number}", levels=levels, required_level=levels[-1].id
        )
        for number in range(4)
    )
    return Offering(
        id=OfferingId("questioning"),
        version=1,
        title="Asking better questions",
        competency="Plans and asks questions that make learners think.",
        rubric=Rubric(version="1", criteria=criteria),
    )


def _submission(number: int, now: datetime) -> "Submission":
    from workbench.model.ids import OfferingId, SubmissionId
    from workbench.model.submission import Submission

    return Submission(
        id=SubmissionId(f"s-{number:05}"),
        attempt=1,
        offering_id=OfferingId("questioning"),
        offering_version=1,
        pseudonym=f"Educator {number:04X}",
        submitted_at=now,
    )


def _assignment(number: int, now: datetime) -> "Assignment":
    from workbench.model.assignment import Assignment, TaskKind
    from workbench.model.ids import AssignmentId, SubmissionId

    return Assignment(
        id=AssignmentId(f"a-{number:05}"),
        submission_id=SubmissionId(f"s-{number:05}"),
        attempt=1,
        task=TaskKind.SCORE,
        position=number,
        due_at=now + timedelta(days=number % 9),
        lease_until=now + timedelta(days=14),
        revision=1,
    )
