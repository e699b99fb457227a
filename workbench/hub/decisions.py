"""What was decided, for people and other programs: one plain object per decision, in the order of arrival."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

from workbench.hub.database import open_database, reading
from workbench.hub.schema import decision, person
from workbench.model.decision import Decision, ScoreState
from workbench.wire.canonical import Json, to_json
from workbench.wire.codec import decode


def read_decisions(folder: Path) -> Iterator[dict[str, Json]]:
    """Every decision of the hub, also while it serves. `levels` holds the scored criteria, `states` the others."""
    engine = open_database(folder)
    query = select(decision.c.body, decision.c.received_at, person.c.name)
    query = query.join(person, person.c.id == decision.c.person_id)
    try:
        with reading(engine) as connection:
            for row in connection.execute(query.order_by(decision.c.received_at, decision.c.id)):
                made = decode(Decision, row.body, source="the hub's database")
                yield _plain(made, row.name) | {"received_at": to_json(row.received_at)}
    finally:
        engine.dispose()


def _plain(made: Decision, assessor: str) -> dict[str, Json]:
    scored = {score.criterion_id: score.level_id for score in made.scores if score.state is ScoreState.SCORED}
    others = [score for score in made.scores if score.state is not ScoreState.SCORED]
    notes = {score.criterion_id: score.note for score in made.scores if score.note}
    return {
        "assignment": made.assignment_id,
        "submission": made.submission_id,
        "attempt": made.attempt,
        "assessor": assessor,
        "decision": made.id,
        "outcome": made.outcome.result.value,
        "reasons": to_json(made.outcome.reasons),
        "levels": to_json(scored),
        "states": {score.criterion_id: score.state.value for score in others},
        "state_reasons": {score.criterion_id: score.reason for score in others if score.reason},
        "notes": to_json(notes),
        "citations": to_json(made.citations),
        "feedback": to_json(made.feedback),
        "finalized_at": to_json(made.finalized_at),
    }
