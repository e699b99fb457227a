"""Makes the demo programme folder: offerings, tables and files. The same bytes on every run on one machine."""

import csv
import hashlib
import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from workbench.decoding.inside import end_with_the_window
from workbench.demo.cases import OFFERINGS, TEXTS, Case, all_cases, offering_files

Progress = Callable[[int, int], None]
"""`(pieces made, pieces)`."""

ASSESSOR = "Assessor 7C-03"
PEOPLE = (
    ("a-7c03", ASSESSOR, "assessor", "Harlow Lake"),
    ("a-2k44", "Assessor 2K-44", "assessor", "Port Ellery"),
    ("l-1a09", "Lead 1A-09", "lead", "Marrow Creek"),
)
PEOPLE_HEAD = ("person", "name", "role", "home_district")
SUBMISSIONS_HEAD = (
    "submission",
    "attempt",
    "offering",
    "educator",
    "district",
    "school_year",
    "submitted_at",
    "students_reached",
    "students_basis",
    "prior_attempt",
)
EVIDENCE_HEAD = (
    "submission",
    "attempt",
    "order",
    "file",
    "label",
    "kind",
    "captions_for",
    "language",
    "consent_scope",
)
_PLAN_LABELS = {
    "disaggregating-data": "Data plan",
    "student-discourse": "Discussion plan",
    "family-partnership": "Partnership plan",
}
Cells = Sequence[str | int]


def make_once(cache: Path, progress: Progress) -> Path:
    """The programme folder in `cache`, made now unless this very programme is there already."""
    folder = cache / f"programme-{_recipe_hash()}"
    if not folder.is_dir():
        unfinished = folder.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        make_programme(unfinished, progress)
        unfinished.rename(folder)
    return folder


def make_programme(folder: Path, progress: Progress) -> None:
    """Write the whole programme into a new folder; two processes do the drawing."""
    (folder / "files").mkdir(parents=True)
    write_frame(folder)
    cases = all_cases()
    write_table(folder / "submissions.csv", SUBMISSIONS_HEAD, (submission_row(case) for case in cases))
    write_table(folder / "evidence.csv", EVIDENCE_HEAD, (row for case in cases for row in evidence_rows(case)))
    make_evidence(cases, folder / "files", progress)


def write_frame(folder: Path) -> None:
    """Write what does not depend on the submissions: the programme, its offerings and its people."""
    text = '{\n  "format": 1,\n  "id": "lakeshore-demo",\n  "name": "Lakeshore Micro-credentials (demo)",\n'
    (folder / "programme.json").write_text(text + '  "safeguarding_phone": "+1 555 0100"\n}\n', "utf-8", newline="\n")
    (folder / "offerings").mkdir()
    for path in offering_files():
        shutil.copyfile(path, folder / "offerings" / path.name)
    write_table(folder / "people.csv", PEOPLE_HEAD, PEOPLE)


def write_table(path: Path, head: Cells, rows: Iterable[Cells]) -> None:
    """Write a CSV table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def submission_row(case: Case) -> Cells:
    """The case's line of submissions.csv."""
    who = (case.id, case.attempt, case.offering, case.educator, case.district)
    prior = "" if case.prior_attempt is None else case.prior_attempt
    return (*who, "2026-27", case.submitted_at, case.students_reached, case.students_basis, prior)


def evidence_rows(case: Case) -> list[Cells]:
    """The case's lines of evidence.csv, captions last."""
    stem, video = case.stem, "Lesson video" if case.scene == "lesson" else "Conversation"
    plan = _PLAN_LABELS.get(case.offering, "Lesson plan")
    pieces = [(f"{stem}/video.mp4", video, "video"), (f"{stem}/plan.pdf", plan, "pdf")]
    pieces += [(f"{stem}/work-{number}.jpg", work.label, "image") for number, work in enumerate(case.work, start=1)]
    pieces.append((f"{stem}/reflection.md", "Reflection", "text"))
    rows: list[Cells] = [
        (case.id, case.attempt, order, file, label, kind, "", "en", "assessment")
        for order, (file, label, kind) in enumerate(pieces, start=1)
    ]
    captions = (f"{stem}/captions.vtt", "Captions", "captions", 1, "en", "assessment")
    return [*rows, (case.id, case.attempt, len(pieces) + 1, *captions)]


def make_evidence(cases: Sequence[Case], files: Path, progress: Progress) -> None:
    """Make every file of the cases below `files`. Two processes share the work, films first."""
    for case in cases:
        (files / case.stem).mkdir()
    work = [(case.id, what) for what in ("film", "rest") for case in cases]
    progress(0, len(work))
    workers = min(2, os.cpu_count() or 1, len(work))
    spawning = multiprocessing.get_context("spawn")
    # Left to themselves, the pool's processes would wait for ever when this one is killed.
    with ProcessPoolExecutor(workers, mp_context=spawning, initializer=end_with_the_window) as pool:
        pending = [pool.submit(_make_piece, case_id, what, files) for case_id, what in work]
        for done, piece in enumerate(as_completed(pending), start=1):
            piece.result()
            progress(done, len(work))


def _make_piece(case_id: str, what: str, files: Path) -> None:
    """Runs in a worker process: one film, or everything else of one case."""
    case = next(case for case in all_cases() if case.id == case_id)
    folder = files / case.stem
    if what == "film":
        from workbench.demo.film import make_film

        make_film(case, folder / "video.mp4")
        return
    from workbench.demo.film import captions
    from workbench.demo.photo import make_photo
    from workbench.demo.plan import make_plan

    make_plan(case, folder / "plan.pdf")
    for number, work in enumerate(case.work, start=1):
        make_photo(work, f"{case.id} {number}", folder / f"work-{number}.jpg")
    (folder / "captions.vtt").write_text(captions(case), "utf-8", newline="\n")
    (folder / "reflection.md").write_text(case.reflection(), "utf-8", newline="\n")


def _recipe_hash() -> str:
    """Changes when a text or the code that draws changes."""
    recipe = hashlib.sha256()
    for path in sorted([*TEXTS.iterdir(), *OFFERINGS.iterdir(), *Path(__file__).parent.glob("*.py")]):
        recipe.update(path.read_bytes())
    return recipe.hexdigest()[:12]
