"""The queue: what is to score, what is scored, what needs this person."""

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

from workbench import store
from workbench.model.assignment import TaskKind
from workbench.model.ids import AssignmentId
from workbench.queries.views import Queue, QueueRow, Section
from workbench.queries.words import section_of, status_words
from workbench.store.times import from_ms

if TYPE_CHECKING:
    from workbench.store.lists import AssignmentLine
    from workbench.store.session import ReadSession


def queue(session: "ReadSession", text: str = "") -> Queue:
    """All rows whose offering or pseudonym holds `text` (case does not matter), in the assessor's drawn order."""
    now = session.now()
    rows = [row for line in store.lists.assignment_lines(session) if (row := _row(line, now)) is not None]
    counts = Counter(row.section for row in rows)
    sought = text.strip().casefold()
    return Queue(
        rows=tuple(row for row in rows if not sought or sought in _searched(row)),
        to_score=counts["to_score"],
        scored=counts["scored"],
        needs_you=counts["needs_you"],
    )


def needs_you(session: "ReadSession") -> int:
    """How many assignments need this person."""
    return sum(_section(line) == "needs_you" for line in store.lists.uncommon_lines(session))


def _section(line: "AssignmentLine") -> Section | None:
    return section_of(state=_held(line), withdrawn=line.withdrawn, decided=bool(line.decided), typed=line.fields > 0)


def _held(line: "AssignmentLine") -> str | None:
    return None if line.reopened or line.state == "taken_back" else line.state


def _row(line: "AssignmentLine", now: datetime) -> QueueRow | None:
    if (section := _section(line)) is None:
        return None
    return QueueRow(
        assignment_id=AssignmentId(line.assignment_id),
        section=section,
        offering_title=line.offering_title,
        pseudonym=line.pseudonym,
        attempt=line.attempt,
        task=_TASKS[line.task],
        due_at=from_ms(line.due_at_ms),
        video_ms=line.video_ms,
        pages=line.pages,
        scored_criteria=line.scored_criteria,
        criteria=line.criteria,
        evidence_ready=line.evidence_ready,
        evidence_total=line.evidence_total,
        status=_status(line, now),
    )


_TASKS = {kind.value: kind for kind in TaskKind}


def _status(line: "AssignmentLine", now: datetime) -> str:
    held = _held(line)
    if held is None and not line.withdrawn and not line.decided:
        return ""
    return status_words(
        state=held,
        result=line.result or "",
        not_before_at=from_ms(line.not_before_at_ms or 0),
        now=now,
        withdrawn=line.withdrawn,
        decided=bool(line.decided),
    )


def _searched(row: QueueRow) -> str:
    return f"{row.offering_title}\n{row.pseudonym}".casefold()
