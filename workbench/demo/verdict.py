"""Compares what the hub holds with the script, field by field. Asks the hub in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.demo.programme import ASSESSOR
from workbench.demo.staged import Card, StagedSubmission
from workbench.errors import PlatformError
from workbench.model.submission import EvidenceKind

Cited = Mapping[str, Card]
"""The card that was cited, by criterion id."""
_PLACES = {
    EvidenceKind.VIDEO: "time",
    EvidenceKind.AUDIO: "time",
    EvidenceKind.PDF: "page",
    EvidenceKind.IMAGE: "image",
    EvidenceKind.TEXT: "text",
}
ASK_LIMIT_S = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A field that is not as the script says."""

    submission: str
    field: str
    expected: str
    found: str


def ask_hub(folder: Path) -> list[dict[str, Any]]:
    """What `workbench hub decisions DIR --json` prints. Raises PlatformError."""
    command = [sys.executable, "-m", "workbench", "hub", "decisions", str(folder), "--json"]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=ASK_LIMIT_S, check=False)
    if answer.returncode != 0:
        raise PlatformError("The hub did not list its decisions.", do=answer.stderr.strip())
    return [json.loads(line) for line in answer.stdout.splitlines() if line.strip()]


def differences(
    decisions: Sequence[Mapping[str, Any]], expected: Sequence[tuple[StagedSubmission, Cited]]
) -> list[Difference]:
    """Every field that differs; nothing missing and nothing too many when empty."""
    found: list[Difference] = []
    known = {submission.script.submission for submission, _ in expected}
    for submission, cited in expected:
        name = submission.script.submission
        mine = [row for row in decisions if row["submission"] == name]
        if len(mine) != 1:
            found.append(Difference(submission=name, field="decisions", expected="1", found=str(len(mine))))
        for row in mine[:1]:
            found.extend(_of_decision(row, submission, cited))
    for row in decisions:
        if row["submission"] not in known:
            found.append(Difference(submission=row["submission"], field="decisions", expected="0", found="1"))
    return found


def as_table(found: Sequence[Difference]) -> str:
    """The differences as lines for a person."""
    rows = [("submission", "field", "script", "hub")]
    rows += [(each.submission, each.field, each.expected, each.found) for each in found]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    padded = ([cell.ljust(wide) for cell, wide in zip(row, widths, strict=True)] for row in rows)
    return "\n".join("  ".join(cells).rstrip() for cells in padded)


def _of_decision(row: Mapping[str, Any], submission: StagedSubmission, cited: Cited) -> Iterator[Difference]:
    expected, found = dict(_expected_fields(submission, cited)), dict(_found_fields(row))
    for field in (*expected, *(field for field in found if field not in expected)):
        if expected.get(field, "nothing") != found.get(field, "nothing"):
            yield Difference(
                submission=submission.script.submission,
                field=field,
                expected=expected.get(field, "nothing"),
                found=found.get(field, "nothing"),
            )


def _expected_fields(submission: StagedSubmission, cited: Cited) -> Iterator[tuple[str, str]]:
    yield "attempt", str(submission.attempt)
    yield "assessor", ASSESSOR
    yield "outcome", submission.script.outcome.value
    yield "feedback", submission.script.feedback
    yield "private note", ""
    for criterion, score in zip(submission.offering.rubric.criteria, submission.script.scores, strict=True):
        yield f"level of {criterion.id}", criterion.levels[score.level - 1].id
        yield f"note of {criterion.id}", score.note
        card = cited.get(criterion.id)
        if card is not None and card.kind is not None:
            yield f"citation 1 of {criterion.id}: evidence", card.evidence_id
            yield f"citation 1 of {criterion.id}: bytes", card.sha256
            yield f"citation 1 of {criterion.id}: stance", "supports"
            yield f"citation 1 of {criterion.id}: place", _PLACES[card.kind]


def _found_fields(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "attempt", str(row["attempt"])
    yield "assessor", row["assessor"]
    yield "outcome", row["outcome"]
    yield "feedback", row["feedback"]["overall"]
    yield "private note", row["feedback"]["private"]
    for criterion, level in row["levels"].items():
        yield f"level of {criterion}", level
    for criterion, note in row["notes"].items():
        yield f"note of {criterion}", note
    for criterion, state in row["states"].items():
        yield f"state of {criterion}", state
    counts: dict[str, int] = {}
    for citation in row["citations"]:
        criterion = citation["criterion_id"]
        number = counts[criterion] = counts.get(criterion, 0) + 1
        yield f"citation {number} of {criterion}: evidence", citation["evidence_id"]
        yield f"citation {number} of {criterion}: bytes", citation["sha256"]
        yield f"citation {number} of {criterion}: stance", citation["stance"]
        yield f"citation {number} of {criterion}: place", citation["place"]["type"]
