"""What the hub says to decisions: each on its own, each once, none lost."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from tests.hub.laptop import Laptop
from tests.hub.sample import ProgrammeFolder, submission
from workbench.hub import decision_intake
from workbench.hub.database import open_database, reading
from workbench.hub.decisions import read_decisions
from workbench.hub.schema import event as event_table
from workbench.hub.setup import import_programme, withdraw
from workbench.model.citation import (
    Box,
    Citation,
    LookedThrough,
    PageBox,
    PageQuote,
    Place,
    Stance,
    TextQuote,
    TimeRange,
)
from workbench.model.decision import CriterionScore, Decision, Feedback, Outcome, Result, ScoreState
from workbench.model.ids import AssignmentId, CitationId, CriterionId, EventKey, EvidenceHash, EvidenceId, LevelId
from workbench.wire.canonical import to_json
from workbench.wire.codec import encode
from workbench.wire.events import DecisionBody, Event, EventResult
from workbench.wire.exchange import ExchangeRequest

Change = Callable[[Decision], Decision]


def decisions(hub: Path) -> list[dict[str, Any]]:
    return list(read_decisions(hub))


def kept_events(hub: Path) -> list[Any]:
    engine = open_database(hub)
    with reading(engine) as connection:
        rows = list(connection.execute(select(event_table)))
    engine.dispose()
    return rows


def test_that_a_decision_is_accepted_and_listed_with_all_it_carries(laptop: Laptop, hub: Path) -> None:
    event = laptop.decide("s-1", asks="not-yet")
    assert laptop.outcome(event).result is EventResult.ACCEPTED
    (row,) = decisions(hub)
    assert row["submission"] == "s-1"
    assert row["assessor"] == "Assessor 7C-03"
    assert row["outcome"] == "not_yet"
    assert row["levels"] == {"asks": "not-yet", "waits": "shown"}
    assert row["feedback"] == {"overall": "Keep asking.", "private": ""}
    assert row["received_at"] == "2026-11-03T09:00:00Z"
    assert laptop.assignment("s-1").decided


def test_that_the_same_event_again_is_a_duplicate_and_changes_nothing(laptop: Laptop, hub: Path) -> None:
    event = laptop.decide("s-1")
    first, again = laptop.outcome(event), laptop.outcome(event)
    assert (again.result, again.received_at) == (EventResult.DUPLICATE, first.received_at)
    twice = laptop.send_raw(to_json(laptop.decide("s-2")), to_json(event))
    assert [outcome.result for outcome in twice] == [EventResult.ACCEPTED, EventResult.DUPLICATE]
    assert len(decisions(hub)) == 2
    assert len(kept_events(hub)) == 2


def test_that_another_body_under_the_same_key_is_refused_and_kept(laptop: Laptop, hub: Path) -> None:
    event = laptop.decide("s-1")
    laptop.outcome(event)
    other = replace(laptop.decide("s-2"), key=event.key)
    assert laptop.outcome(other).result is EventResult.KEY_REUSED
    assert laptop.outcome(event).result is EventResult.DUPLICATE
    assert len(decisions(hub)) == 1
    assert len(kept_events(hub)) == 2


def test_that_a_second_laptop_hears_that_it_was_decided_elsewhere(
    laptop: Laptop, enrol: Callable[..., Laptop], hub: Path
) -> None:
    second = enrol()
    second.sync()
    theirs = second.decide("s-1", waits="not-yet")
    laptop.outcome(laptop.decide("s-1"))
    assert second.outcome(theirs).result is EventResult.SUPERSEDED_ELSEWHERE
    assert second.outcome(theirs).result is EventResult.SUPERSEDED_ELSEWHERE
    assert [row["outcome"] for row in decisions(hub)] == ["award"]
    assert len(kept_events(hub)) == 2


def test_that_a_withdrawn_assignment_takes_no_decision_but_the_event_is_kept(laptop: Laptop, hub: Path) -> None:
    event = laptop.decide("s-1")
    withdraw(hub, laptop.assignment("s-1").id, "Given to somebody else.")
    outcome = laptop.outcome(event)
    assert (outcome.result, outcome.detail) == (EventResult.WITHDRAWN, "Given to somebody else.")
    assert decisions(hub) == []
    (kept,) = kept_events(hub)
    assert json.loads(kept.body) == to_json(event)


def test_that_a_changed_rubric_is_a_conflict(laptop: Laptop, hub: Path, programme: ProgrammeFolder) -> None:
    event = laptop.decide("s-1")
    programme.offering["rubric"]["criteria"][0]["levels"][1]["label"] = "Plainly shown"
    import_programme(hub, programme.write())
    assert laptop.outcome(event).result is EventResult.RUBRIC_CHANGED
    assert laptop.outcome(laptop.decide("s-1")).result is EventResult.ACCEPTED


def test_that_a_newer_attempt_and_a_replaced_file_are_conflicts(
    laptop: Laptop, hub: Path, programme: ProgrammeFolder
) -> None:
    old, replaced = laptop.decide("s-1"), laptop.decide("s-2")
    programme.submissions.append(submission("s-1", 2, prior_attempt="1"))
    (programme.folder / "files" / "s-2-1.txt").write_text("I waited longer.\n")
    import_programme(hub, programme.write())
    assert laptop.outcome(old).result is EventResult.ATTEMPT_CHANGED
    assert laptop.outcome(replaced).result is EventResult.ATTEMPT_CHANGED
    assert laptop.assignment("s-1").attempt == 2
    assert laptop.outcome(laptop.decide("s-1")).result is EventResult.ACCEPTED


def test_that_somebody_elses_assignment_is_not_mine_to_decide(laptop: Laptop, enrol: Callable[..., Laptop]) -> None:
    event = laptop.decide("s-1")
    other = enrol("Assessor 9A-11")
    other.sync()
    assert other.outcome(event).result is EventResult.NOT_ALLOWED
    assert other.outcome(replace(event, subject=AssignmentId("nothing"))).result is EventResult.KEY_REUSED
    unknown = replace(event, subject=AssignmentId("nothing"), key=EventKey("k"))
    assert other.outcome(unknown).result is EventResult.NOT_ALLOWED


def test_that_a_decision_of_a_laptop_that_never_signed_in_is_refused(laptop: Laptop) -> None:
    event = replace(laptop.decide("s-1"), device="elsewhere")  # type: ignore[arg-type]
    assert laptop.outcome(event).result is EventResult.NOT_ALLOWED


def cite(work: Any, place: Place, **changes: Any) -> Change:
    piece = work.evidence[0]
    citation = Citation(
        id=CitationId("c"),
        criterion_id=CriterionId("asks"),
        evidence_id=piece.id,
        sha256=piece.sha256,
        stance=Stance.SUPPORTS,
        place=place,
    )
    return lambda made: replace(made, citations=(replace(citation, **changes),))


def test_that_citations_arrive_as_they_were_made(laptop: Laptop, hub: Path) -> None:
    work = laptop.submissions["s-1", 1]
    event = laptop.decide("s-1", cite(work, TextQuote(exact="why", start=8)))
    assert laptop.outcome(event).result is EventResult.ACCEPTED
    assert isinstance(event.body, DecisionBody)
    assert decisions(hub)[0]["citations"] == to_json(event.body.decision.citations)


@pytest.mark.parametrize(
    ("place", "changes", "result", "field"),
    [
        (TimeRange(start_ms=0, end_ms=9), {}, "invalid", "citations.0.place"),
        (PageBox(page=0, box=Box(x=0, y=0, width=1, height=1)), {}, "invalid", "citations.0.place"),
        (TextQuote(exact="why", start=-1), {}, "invalid", "citations.0.place"),
        (PageQuote(page=0, exact="why", start=8), {}, "invalid", "citations.0.place"),
        (LookedThrough(seen=1, total=1, unit="whole"), {}, "invalid", "citations.0.place"),
        (LookedThrough(seen=1, total=9, unit="pages"), {"stance": Stance.ABSENT}, "invalid", "citations.0.place"),
        (LookedThrough(seen=1, total=1, unit="whole"), {"stance": Stance.ABSENT}, "accepted", None),
        (TextQuote(exact="why", start=8), {"evidence_id": EvidenceId("e")}, "invalid", "citations.0.evidence_id"),
        (TextQuote(exact="why", start=8), {"criterion_id": CriterionId("k")}, "invalid", "citations.0.criterion_id"),
        (TextQuote(exact="why", start=8), {"sha256": EvidenceHash("0" * 64)}, "attempt_changed", None),
    ],
)
def test_that_a_citation_must_fit_the_evidence(
    laptop: Laptop, place: Place, changes: dict[str, Any], result: str, field: str | None
) -> None:
    work = laptop.submissions["s-1", 1]
    outcome = laptop.outcome(laptop.decide("s-1", cite(work, place, **changes)))
    assert outcome.result.value == result
    assert outcome.field == (f"body.decision.{field}" if field else "")


def scores(*levels: tuple[str, str]) -> Change:
    made = tuple(CriterionScore.at(CriterionId(name), LevelId(level)) for name, level in levels)
    return lambda decision: replace(decision, scores=made)


def skipped(name: str) -> Change:
    score = CriterionScore(criterion_id=CriterionId(name), state=ScoreState.NOT_APPLICABLE)
    return lambda made: replace(made, scores=(made.scores[1 if name == "asks" else 0], score))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (scores(("asks", "excellent"), ("waits", "shown")), "scores.0.level_id"),
        (scores(("smiles", "shown"), ("waits", "shown")), "scores.0.criterion_id"),
        (scores(("asks", "shown")), "scores"),
        (scores(("asks", "shown"), ("asks", "shown"), ("waits", "shown")), "scores"),
        (scores(("asks", "not-yet"), ("waits", "shown")), "outcome.result"),
        (lambda made: replace(made, outcome=Outcome(result=Result.RETURNED)), "outcome.result"),
        (skipped("asks"), "scores.1.state"),
        (lambda made: replace(made, submission_id="s-2"), "submission_id"),
        (lambda made: replace(made, assignment_id="other"), "assignment_id"),
        (lambda made: replace(made, session_position=0), "session_position"),
    ],
)
def test_that_a_decision_that_contradicts_itself_is_invalid_at_its_field(
    laptop: Laptop, hub: Path, change: Change, field: str
) -> None:
    outcome = laptop.outcome(laptop.decide("s-1", change))
    assert (outcome.result, outcome.field) == (EventResult.INVALID, f"body.decision.{field}")
    assert outcome.detail.endswith(".")
    assert decisions(hub) == []
    assert not laptop.assignment("s-1").decided


def test_that_the_policy_is_held_unless_it_changed_meanwhile(laptop: Laptop) -> None:
    def silent(made: Decision) -> Decision:
        return replace(made, feedback=Feedback(private="Unsure."))

    outcome = laptop.outcome(laptop.decide("s-1", silent, asks="not-yet"))
    assert (outcome.result, outcome.field) == (EventResult.INVALID, "body.decision.feedback")
    event = laptop.decide("s-1", lambda made: replace(silent(made), policy_hash="0" * 64), asks="not-yet")
    assert laptop.outcome(event).result is EventResult.ACCEPTED


def without(row: Any, *path: str) -> Any:
    copy = json.loads(json.dumps(row))
    target = copy
    for step in path[:-1]:
        target = target[step]
    del target[path[-1]]
    return copy


def test_that_malformed_rows_never_block_the_others(laptop: Laptop, hub: Path) -> None:
    good = [to_json(laptop.decide(name)) for name in ("s-1", "s-2")]
    row: Any = to_json(laptop.decide("s-3"))
    bad = [
        None,
        7,
        "text",
        [],
        {},
        {"key": "k1"},
        row | {"key": 5},
        row | {"key": "x" * 201},
        without(row, "body", "decision", "scores") | {"key": "k2"},
        row | {"key": "k3", "seq": "1"},
        row | {"key": "k4", "client_at": "2026-11-03T09:00:00"},
        row | {"key": "k5", "body": {"kind": "recuse"}},
        row | {"key": "k6", "base_revision": 99},
        row | {"key": "k7", "subject": "\ud800"},
    ]
    outcomes = laptop.send_raw(good[0], *bad, good[1])
    assert [outcomes[0].result, outcomes[-1].result] == [EventResult.ACCEPTED] * 2
    assert {outcome.result for outcome in outcomes[1:-1]} == {EventResult.INVALID}
    assert all(outcome.field for outcome in outcomes[1:-1])
    assert outcomes[9].field == "body.decision.scores"
    assert len(decisions(hub)) == 2
    assert len(kept_events(hub)) == len(bad) + 2
    assert laptop.outcome(laptop.decide("s-3")).result is EventResult.ACCEPTED


def test_that_a_refused_event_gets_the_same_answer_when_its_first_answer_was_lost(laptop: Laptop) -> None:
    event = laptop.decide("s-1", scores(("asks", "shown")))
    first, again = laptop.outcome(event), laptop.outcome(event)
    assert first == again
    assert first.result is EventResult.INVALID


def test_that_an_event_survives_its_journey(laptop: Laptop, hub: Path) -> None:
    event: Event = laptop.decide("s-1")
    laptop.outcome(event)
    assert kept_events(hub)[0].body == encode(event)


def test_that_a_full_disk_answers_the_round_and_blames_no_row(
    laptop: Laptop, hub: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = [laptop.decide("s-1"), laptop.decide("s-2")]
    kept = decision_intake._keep

    def full(connection: Any, event: Event, *rest: Any) -> None:
        if event is not None and event.key == events[1].key:
            raise OperationalError("INSERT", None, sqlite3.OperationalError("database or disk is full"))
        kept(connection, event, *rest)

    monkeypatch.setattr(decision_intake, "_keep", full)
    request = ExchangeRequest(device=laptop.device, cursor=laptop.cursor, events=tuple(events))
    answer = laptop.post(encode(request))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    monkeypatch.undo()
    assert [laptop.outcome(event).result.value for event in events] == ["duplicate", "accepted"]
    assert len(decisions(hub)) == 2
