"""Makes a hub and brings a programme into it: the entries for the command line, the demo and the tests."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from workbench.errors import StorageError
from workbench.hub import assigning, importing, people, sign_in
from workbench.hub.assigning import Assigned
from workbench.hub.database import create_database, evidence_folder, holds_hub, in_words, open_database, reading
from workbench.hub.importing import ImportReport
from workbench.hub.programme import load_programme
from workbench.model.person import Role

KEY_BYTES = 32


def init(folder: Path, *, key: bytes | None = None) -> None:
    """Make an empty hub. The same `key` (32 bytes) gives the same pseudonyms and queue orders. Raises StorageError."""
    if holds_hub(folder):
        raise StorageError(
            f"There is a hub in {folder} already.", safe="Nothing was changed.", do="Choose another folder."
        )
    try:
        evidence_folder(folder).mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise StorageError(
            f"{folder} cannot be written ({error.strerror}).", safe="Nothing was changed.", do="Choose another folder."
        ) from error
    create_database(folder, {"key": key or secrets.token_bytes(KEY_BYTES), "epoch": secrets.token_bytes(8)})


def import_programme(
    folder: Path, programme: Path, *, on_progress: Callable[[int, int], None] | None = None
) -> ImportReport:
    """Bring a programme folder into the hub; changes nothing when any of it breaks a rule (DataError).

    `on_progress(files done, files)` is called as evidence is taken in.
    """
    with _hub(folder) as engine:
        return importing.take_in(engine, folder, load_programme(programme), on_progress or (lambda done, of: None))


def invite(folder: Path, name: str, role: Role | None = None) -> str:
    """A one-time enrolment code for a person, good for 15 minutes."""
    with _hub(folder) as engine:
        return people.invite(engine, name, role)


def sign_out(folder: Path, name: str) -> int:
    """Revoke every device of a person; how many there were."""
    with _hub(folder) as engine:
        return sign_in.sign_out(engine, name, datetime.now(UTC))


def assign(
    folder: Path, to: str, submission_id: str, *, attempt: int | None = None, due_at: datetime | None = None
) -> Assigned:
    """Give an attempt (the newest, if none is named) to a person; due by the offering's turnaround if not told."""
    with _hub(folder) as engine:
        return assigning.assign(engine, to, submission_id, attempt=attempt, due_at=due_at)


def assign_all(folder: Path, *, due_at: datetime | None = None) -> tuple[Assigned, ...]:
    """Give out by rule what still needs judges: to whoever has the fewest open assignments."""
    with _hub(folder) as engine:
        return assigning.assign_all(engine, due_at=due_at)


def list_assignments(folder: Path) -> tuple[Assigned, ...]:
    """Every assignment, by person and submission."""
    with _hub(folder) as engine, reading(engine) as connection:
        return assigning.list_assignments(connection)


def change_due(folder: Path, assignment_id: str, due_at: datetime) -> None:
    """Change when an assignment is due."""
    with _hub(folder) as engine:
        assigning.change_due(engine, assignment_id, due_at)


def withdraw(folder: Path, assignment_id: str, reason: str) -> None:
    """Take an assignment back, with a reason that the assessor reads."""
    with _hub(folder) as engine:
        assigning.withdraw(engine, assignment_id, reason)


@contextmanager
def _hub(folder: Path) -> Iterator[Engine]:
    engine = open_database(folder)
    try:
        with in_words(folder):
            yield engine
    finally:
        engine.dispose()
