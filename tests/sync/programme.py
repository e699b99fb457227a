"""A small programme for the tests of sync: any number of submissions, text and large files, one assessor."""

import csv
import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

ASSESSOR = "Assessor 7C-03"
CRITERIA = ("plan", "questions")
_LEVELS = (("not-yet", "Not yet"), ("shown", "Shown"))
_RELAXED = {"citation_required": "never", "feedback_required": "never", "send_hold_minutes": 0}


def noise(size: int, seed: int) -> bytes:
    """Bytes that no two files share."""
    return random.Random(seed).randbytes(size)


def write_programme(folder: Path, submissions: Mapping[str, Sequence[bytes]], **policy: object) -> Path:
    """A programme folder with one offering; each submission has these files."""
    (folder / "offerings").mkdir(parents=True)
    (folder / "files").mkdir()
    programme = {"format": 1, "id": "riverbend", "name": "Riverbend Micro-credentials"}
    (folder / "programme.json").write_text(json.dumps(programme), "utf-8")
    (folder / "offerings" / "questioning.json").write_text(json.dumps(_offering(_RELAXED | policy)), "utf-8")
    _table(folder / "people.csv", ("person", "name", "role"), [("a1", ASSESSOR, "assessor")])
    _table(
        folder / "submissions.csv",
        ("submission", "attempt", "offering", "educator", "submitted_at"),
        [
            (name, 1, "questioning", f"Educator 4F-{number:02}", "2026-11-02T16:30:00Z")
            for number, name in enumerate(submissions, 10)
        ],
    )
    _table(folder / "evidence.csv", ("submission", "attempt", "order", "file", "label"), _evidence(folder, submissions))
    return folder


def _evidence(folder: Path, submissions: Mapping[str, Sequence[bytes]]) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for name, files in submissions.items():
        for order, data in enumerate(files, 1):
            (folder / "files" / f"{name}-{order}").write_bytes(data)
            rows.append((name, 1, order, f"{name}-{order}", f"File {order}"))
    return rows


def _offering(policy: dict[str, object]) -> dict[str, object]:
    levels = [{"id": key, "label": label, "descriptor": f"{label}: seen in the work."} for key, label in _LEVELS]
    criteria = [{"id": key, "title": key.title(), "levels": levels, "required_level": "shown"} for key in CRITERIA]
    return {
        "format": 1,
        "id": "questioning",
        "version": 1,
        "title": "Asking better questions",
        "competency": "Plans and asks questions that make learners think.",
        "rubric": {"version": "1", "criteria": criteria},
        "policy": policy,
    }


def _table(file: Path, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(columns)
        table.writerows(rows)
