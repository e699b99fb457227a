"""Takes a checked programme folder into the hub: files first, then every row in one transaction.

Whatever fails, the hub is as it was before. Importing the same folder again changes nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, select

from workbench.errors import DataError, EvidenceError
from workbench.hub.database import reading, writing
from workbench.hub.feed import Feed
from workbench.hub.import_rows import ShelfFile, Tally, write_evidence_files, write_offerings, write_people
from workbench.hub.import_submissions import write_submissions
from workbench.hub.inspection import FileFacts, inspect_files
from workbench.hub.programme import EvidenceRow, ProgrammeFolder
from workbench.hub.schema import evidence_file
from workbench.hub.settings_rows import programme_of, write_programme
from workbench.hub.shelf import Shelf
from workbench.model.submission import EvidenceFacts, EvidenceKind
from workbench.wire.codec import decode

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did. `unreadable` has (line of evidence.csv, reason) of files that cannot be shown."""

    offerings: Tally
    people: Tally
    submissions: Tally
    evidence: int
    new_files: int
    unreadable: tuple[tuple[str, str], ...]


def take_in(engine: Engine, folder: Path, programme: ProgrammeFolder, on_progress: Progress) -> ImportReport:
    """Bring a checked programme into the hub. Raises DataError or StorageError, and then has changed nothing."""
    _refuse_other_programme(engine, programme)
    shelf = Shelf(folder)
    rows = [row for item in programme.submissions for row in item.evidence]
    with _kept_only_on_success(shelf) as new:
        files = _with_facts(engine, shelf, rows, _onto_the_shelf(shelf, rows, new, on_progress))
        with writing(engine) as connection:
            write_programme(connection, programme.programme)
            feed = Feed(connection)
            offerings = write_offerings(connection, feed, programme.offerings)
            people = write_people(connection, programme.people)
            write_evidence_files(connection, files.values())
            submissions = write_submissions(connection, feed, programme.submissions, files)
    unreadable = tuple((row.place, files[row.path].facts.reason) for row in rows if files[row.path].facts.reason)
    return ImportReport(
        offerings=offerings,
        people=people,
        submissions=submissions,
        evidence=len(rows),
        new_files=len(new),
        unreadable=unreadable,
    )


def _refuse_other_programme(engine: Engine, programme: ProgrammeFolder) -> None:
    with reading(engine) as connection:
        here = programme_of(connection).id
    if here and here != programme.programme.id:
        raise DataError(file="programme.json", place="$.id", rule=f"this hub belongs to the programme “{here}”")


@contextmanager
def _kept_only_on_success(shelf: Shelf) -> Iterator[list[str]]:
    new: list[str] = []
    try:
        yield new
    except BaseException:
        for sha256 in new:
            shelf.remove(sha256)
        raise


def _onto_the_shelf(
    shelf: Shelf, rows: list[EvidenceRow], new: list[str], on_progress: Progress
) -> dict[Path, tuple[str, int]]:
    found: dict[Path, tuple[str, int]] = {}
    for done, row in enumerate(rows, start=1):
        if row.path not in found:
            try:
                sha256, size, is_new = shelf.take_in(row.path)
            except EvidenceError as error:
                raise DataError(file="evidence.csv", place=f"{row.place}, column file", rule=error.happened) from error
            found[row.path] = (sha256, size)
            new.extend([sha256] if is_new else [])
        on_progress(done, len(rows))
    return found


def _with_facts(
    engine: Engine, shelf: Shelf, rows: list[EvidenceRow], taken: dict[Path, tuple[str, int]]
) -> dict[Path, ShelfFile]:
    facts = _known_facts(engine)
    declared: dict[str, tuple[Path, EvidenceKind | None]] = {}
    for row in rows:
        sha256 = taken[row.path][0]
        # What could not be shown is tried again: the reason may have been this machine's and not the file's.
        if sha256 not in facts or facts[sha256].facts.reason:
            declared.setdefault(sha256, (shelf.path(sha256), row.kind))
    facts |= inspect_files(declared)
    return {
        path: ShelfFile(sha256=sha256, size=size, kind=facts[sha256].kind, facts=facts[sha256].facts)
        for path, (sha256, size) in taken.items()
    }


def _known_facts(engine: Engine) -> dict[str, FileFacts]:
    with reading(engine) as connection:
        rows = connection.execute(select(evidence_file)).all()
    return {
        row.sha256: FileFacts(
            kind=EvidenceKind(row.kind), facts=decode(EvidenceFacts, row.facts, source="the hub's database")
        )
        for row in rows
    }
