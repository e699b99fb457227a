"""A small programme folder for the tests of the hub, and ways to edit it."""

import csv
import json
from copy import deepcopy
from pathlib import Path
from typing import Any

LEVELS = [
    {"id": "not-yet", "label": "Not yet", "descriptor": "Not seen in the work."},
    {"id": "shown", "label": "Shown", "descriptor": "Seen in the work."},
]
COLUMNS = {
    "people": ["person", "name", "role", "home_district"],
    "submissions": [
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
    ],
    "evidence": [
        "submission",
        "attempt",
        "order",
        "file",
        "label",
        "kind",
        "captions_for",
        "language",
        "consent_scope",
    ],
}
FIRST, SECOND = "Assessor 7C-03", "Assessor 9A-11"
EDUCATOR = "Jordan Okafor-Lindqvist"
DISTRICT = "Quietwater District"
TEXTS = {"s-1": ["I asked why.\n", "The plan.\n"], "s-2": ["I waited.\n"], "s-3": ["We talked.\n"]}


class ProgrammeFolder:
    """A programme folder on disk whose tables can be changed and written again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.offering: dict[str, Any] = offering()
        self.people = [{"person": "a1", "name": FIRST, "role": "assessor"}]
        self.people.append({"person": "a2", "name": SECOND, "role": "assessor", "home_district": DISTRICT})
        self.submissions = [submission(name) for name in TEXTS]
        self.evidence: list[dict[str, str]] = []
        (folder / "files").mkdir(parents=True)
        (folder / "offerings").mkdir()
        for name, texts in TEXTS.items():
            for order, text in enumerate(texts, start=1):
                self.add_file(name, order, f"{name}-{order}.txt", text.encode())
        self.write()

    def add_file(self, name: str, order: int, file: str, content: bytes, **cells: str) -> None:
        """A further piece of evidence of attempt 1."""
        (self.folder / "files" / file).write_bytes(content)
        row = {"submission": name, "attempt": "1", "order": str(order), "file": file, "label": f"Piece {order}"}
        self.evidence.append(row | cells)

    def write(self) -> Path:
        """Write everything as it stands now."""
        name = {"format": 1, "id": "riverbend", "name": "Riverbend Micro-credentials"}
        (self.folder / "programme.json").write_text(json.dumps(name), encoding="utf-8")
        (self.folder / "offerings" / "questioning.json").write_text(json.dumps(self.offering), encoding="utf-8")
        for table in COLUMNS:
            self._write_table(table)
        return self.folder

    def _write_table(self, table: str) -> None:
        with (self.folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, COLUMNS[table], restval="")
            writer.writeheader()
            writer.writerows(getattr(self, table))


def offering() -> dict[str, Any]:
    """An offering file's content with two criteria."""
    criteria = [
        {"id": "asks", "title": "Asks", "levels": deepcopy(LEVELS), "required_level": "shown"},
        {
            "id": "waits",
            "title": "Waits",
            "levels": deepcopy(LEVELS),
            "required_level": "shown",
            "allows_not_applicable": True,
        },
    ]
    return {
        "format": 1,
        "id": "questioning",
        "version": 1,
        "title": "Asking better questions",
        "competency": "Plans and asks questions that make learners think.",
        "rubric": {"version": "1", "criteria": criteria},
        "policy": {"citation_required": "never"},
    }


def submission(name: str, attempt: int = 1, **cells: str) -> dict[str, str]:
    """A line of submissions.csv."""
    row = {"submission": name, "attempt": str(attempt), "offering": "questioning", "educator": f"{EDUCATOR} of {name}"}
    row |= {"district": DISTRICT, "school_year": "2026-27", "submitted_at": "2026-11-02T16:30:00Z"}
    return row | {"students_reached": "26", "students_basis": "one_class"} | cells
