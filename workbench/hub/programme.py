"""Reads a whole programme folder and checks it before anything is written. Knows the folder, never the database."""

import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from workbench.errors import DataError
from workbench.hub.tables_csv import Row, programme_schema, read_table
from workbench.model.ids import OfferingId, ProgrammeId, SubmissionId
from workbench.model.offering import Offering
from workbench.model.person import Programme, Role
from workbench.model.submission import EvidenceKind, StudentsBasis, StudentsReached
from workbench.rubrics.json_file import check, read_json
from workbench.rubrics.offering_file import load_offering

AttemptKey = tuple[SubmissionId, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A line of people.csv."""

    person: str
    name: str
    role: Role
    home_district: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """A line of evidence.csv with the file it names. `kind` None: to be found from the content."""

    order: int
    path: Path
    label: str
    kind: EvidenceKind | None
    captions_for: int | None
    language: str
    consent_scope: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionRow:
    """A line of submissions.csv with its evidence. Educator, district and school year stay at the hub."""

    id: SubmissionId
    attempt: int
    offering_id: OfferingId
    offering_version: int
    educator: str
    district: str
    school_year: str
    submitted_at: datetime
    students: StudentsReached | None
    prior_attempt: int | None
    evidence: tuple[EvidenceRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeFolder:
    """A folder that was read to its end and breaks no rule."""

    programme: Programme
    offerings: tuple[Offering, ...]
    people: tuple[PersonRow, ...]
    submissions: tuple[SubmissionRow, ...]


def load_programme(folder: Path) -> ProgrammeFolder:
    """Read and check a programme folder. Raises DataError for the first broken rule: file, place, rule."""
    if not folder.is_dir():
        raise DataError(file=str(folder), place="the start", rule="there is no such folder")
    programme = _programme(folder)
    offerings = _offerings(folder)
    people = _people(read_table(folder, "people"))
    evidence_rows = read_table(folder, "evidence")
    submission_rows = read_table(folder, "submissions")
    evidence = _evidence(folder, evidence_rows, {_attempt_of(row) for row in submission_rows})
    submissions = tuple(_submissions(submission_rows, offerings, evidence))
    return ProgrammeFolder(programme=programme, offerings=offerings, people=people, submissions=submissions)


def _programme(folder: Path) -> Programme:
    name = "programme.json"
    value = read_json(folder / name, name=name)
    check(value, programme_schema("programme"), name=name)
    phone = value.get("safeguarding_phone", "")
    return Programme(id=ProgrammeId(value["id"]), name=value["name"], safeguarding_phone=phone)


def _offerings(folder: Path) -> tuple[Offering, ...]:
    paths = sorted((folder / "offerings").glob("*.json"))
    if not paths:
        raise DataError(file="offerings/", place="the folder", rule="there must be at least one offering file (*.json)")
    found: dict[tuple[OfferingId, int], Offering] = {}
    for path in paths:
        name = f"offerings/{path.name}"
        offering = load_offering(path, name=name)
        if (offering.id, offering.version) in found:
            rule = f"another file already holds version {offering.version} of “{offering.id}”"
            raise DataError(file=name, place="$.version", rule=rule)
        found[offering.id, offering.version] = offering
    return tuple(found.values())


def _people(rows: list[Row]) -> tuple[PersonRow, ...]:
    _refuse_twins(rows, "person")
    _refuse_twins(rows, "name")
    return tuple(
        PersonRow(
            person=row.text("person"),
            name=row.text("name"),
            role=Role(row.text("role")),
            home_district=row.text("home_district"),
        )
        for row in rows
    )


def _refuse_twins(rows: Iterable[Row], column: str) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        value = row.text(column)
        if value in seen:
            raise row.error(column, f"“{value}” already stands on line {seen[value]}")
        seen[value] = row.line


def _attempt_of(row: Row) -> AttemptKey:
    return SubmissionId(row.text("submission")), row.number("attempt")


def _submissions(
    rows: list[Row], offerings: tuple[Offering, ...], evidence: dict[AttemptKey, list[EvidenceRow]]
) -> Iterator[SubmissionRow]:
    seen: dict[AttemptKey, int] = {}
    educators: dict[str, tuple[str, int]] = {}
    for row in rows:
        key = _attempt_of(row)
        if key in seen:
            raise row.error("attempt", f"attempt {key[1]} of “{key[0]}” already stands on line {seen[key]}")
        seen[key] = row.line
        name, line = educators.setdefault(key[0], (row.text("educator"), row.line))
        if name != row.text("educator"):
            raise row.error("educator", f"line {line} gives another educator for the same submission")
        yield _submission(row, offerings, tuple(evidence.get(key, ())))


def _submission(row: Row, offerings: tuple[Offering, ...], evidence: tuple[EvidenceRow, ...]) -> SubmissionRow:
    offering = _offering_of(row, offerings)
    return SubmissionRow(
        id=SubmissionId(row.text("submission")),
        attempt=row.number("attempt"),
        offering_id=offering.id,
        offering_version=offering.version,
        educator=row.text("educator"),
        district=row.text("district"),
        school_year=row.text("school_year"),
        submitted_at=_moment(row, "submitted_at"),
        students=_students(row),
        prior_attempt=_prior(row),
        evidence=evidence,
    )


def _offering_of(row: Row, offerings: tuple[Offering, ...]) -> Offering:
    wanted, _, version = row.text("offering").partition("@")
    fitting = [item for item in offerings if item.id == wanted and (not version or item.version == int(version))]
    if not fitting:
        raise row.error("offering", f"no file in offerings/ holds “{row.text('offering')}”")
    return max(fitting, key=lambda item: item.version)


def _moment(row: Row, column: str) -> datetime:
    rule = "it must be a time with its zone, like 2026-11-02T16:30:00Z"
    try:
        moment = datetime.fromisoformat(row.text(column))
    except ValueError as error:
        raise row.error(column, rule) from error
    if moment.tzinfo is None:
        raise row.error(column, rule)
    return moment.astimezone(UTC)


def _students(row: Row) -> StudentsReached | None:
    estimate, basis = row.text("students_reached"), row.text("students_basis")
    if not estimate and not basis:
        return None
    if not estimate or not basis:
        empty = "students_basis" if estimate else "students_reached"
        raise row.error(empty, "students_reached and students_basis need each other")
    return StudentsReached(estimate=int(estimate), basis=StudentsBasis(basis))


def _prior(row: Row) -> int | None:
    if not row.text("prior_attempt"):
        return None
    prior = row.number("prior_attempt")
    if prior >= row.number("attempt"):
        raise row.error("prior_attempt", "it must be lower than the attempt")
    return prior


def _evidence(folder: Path, rows: list[Row], attempts: set[AttemptKey]) -> dict[AttemptKey, list[EvidenceRow]]:
    found: dict[AttemptKey, dict[int, tuple[Row, EvidenceRow]]] = {}
    for row in rows:
        key = _attempt_of(row)
        if key not in attempts:
            raise row.error("submission", f"submissions.csv has no attempt {key[1]} of “{key[0]}”")
        of_attempt = found.setdefault(key, {})
        order = row.number("order")
        if order in of_attempt:
            raise row.error("order", f"{order} already stands on line {of_attempt[order][0].line}")
        of_attempt[order] = (row, _evidence_row(folder, row))
    for of_attempt in found.values():
        _check_captions(of_attempt)
    return {key: [item for _, (_, item) in sorted(items.items())] for key, items in found.items()}


def _evidence_row(folder: Path, row: Row) -> EvidenceRow:
    kind = row.text("kind")
    return EvidenceRow(
        order=row.number("order"),
        path=_file_of(folder, row),
        label=row.text("label"),
        kind=EvidenceKind(kind) if kind else None,
        captions_for=row.number("captions_for") if row.text("captions_for") else None,
        language=row.text("language"),
        consent_scope=row.text("consent_scope") or "assessment",
        place=f"line {row.line}",
    )


def _file_of(folder: Path, row: Row) -> Path:
    named = row.text("file")
    inside = PurePosixPath(named)
    if inside.is_absolute() or ".." in inside.parts or "\\" in named or "\0" in named:
        raise row.error("file", "it must be a path inside files/, with forward slashes and without “..”")
    root = (folder / "files").resolve()
    path = (root / inside).resolve()
    if not path.is_relative_to(root):
        raise row.error("file", "it leads out of files/")
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise row.error("file", f"files/{named} is missing") from error
    if not stat.S_ISREG(mode):
        raise row.error("file", f"files/{named} is not a file")
    return path


def _check_captions(of_attempt: dict[int, tuple[Row, EvidenceRow]]) -> None:
    for row, item in of_attempt.values():
        if item.captions_for is None:
            continue
        if item.kind is not EvidenceKind.CAPTIONS:
            raise row.error("captions_for", "only evidence of the kind captions belongs to another")
        target = of_attempt.get(item.captions_for)
        if target is None or target[1].kind in (EvidenceKind.CAPTIONS, EvidenceKind.PDF, EvidenceKind.IMAGE):
            raise row.error("captions_for", f"{item.captions_for} is not a video or audio of this attempt")
