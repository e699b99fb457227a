"""The write-read round: what a laptop hears, in which order, and the counts."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.hub.laptop import START_AT, Clock, Laptop, Wire
from tests.hub.sample import DISTRICT, EDUCATOR, FIRST, SECOND, ProgrammeFolder
from workbench.hub.changes import changes_since
from workbench.hub.database import open_database, reading
from workbench.hub.setup import assign, change_due, import_programme, list_assignments, withdraw
from workbench.wire.exchange import AssignmentChange, Change, Counts, Withdrawal

Enrol = Callable[..., Laptop]


def test_that_a_first_round_brings_everything_that_is_mine_and_its_counts(laptop: Laptop) -> None:
    answer = laptop.sync()
    assert set(laptop.submissions) == {("s-1", 1), ("s-2", 1), ("s-3", 1)}
    assert answer.counts == Counts(offerings=1, submissions=3, evidence=4, assignments=3)
    assert answer.programme.name == "Riverbend Micro-credentials"
    assert {item.due_at for item in laptop.assignments.values()} == {START_AT + timedelta(days=7)}


def test_that_a_second_round_brings_nothing(laptop: Laptop) -> None:
    cursor = laptop.cursor
    answer = laptop.sync()
    assert answer.changes == ()
    assert answer.cursor == cursor


def test_that_a_changed_due_date_arrives_alone_and_raises_the_revision(laptop: Laptop, hub: Path) -> None:
    before = laptop.assignment("s-1")
    due_at = datetime(2026, 12, 24, 12, tzinfo=UTC)
    change_due(hub, before.id, due_at)
    answer = laptop.sync()
    assert [type(change) for change in answer.changes] == [AssignmentChange]
    after = laptop.assignment("s-1")
    assert (after.due_at, after.revision) == (due_at, before.revision + 1)
    change_due(hub, before.id, due_at)
    assert laptop.sync().changes == ()


def test_that_somebody_elses_work_is_not_mine(laptop: Laptop, enrol: Enrol, hub: Path) -> None:
    assign(hub, SECOND, "s-2")
    other = enrol(SECOND)
    other.sync()
    assert set(other.submissions) == {("s-2", 1)}
    assert laptop.sync().changes == ()


def test_that_a_withdrawal_arrives_with_its_reason_and_leaves_the_counts(laptop: Laptop, hub: Path) -> None:
    gone = laptop.assignment("s-1")
    withdraw(hub, gone.id, "Somebody knows this educator.")
    answer = laptop.sync()
    assert answer.changes == (Withdrawal(assignment_id=gone.id, reason="Somebody knows this educator."),)
    assert answer.counts == Counts(offerings=1, submissions=2, evidence=2, assignments=2)


def test_that_a_new_laptop_learns_nothing_of_a_withdrawn_submission(laptop: Laptop, enrol: Enrol, hub: Path) -> None:
    withdraw(hub, laptop.assignment("s-1").id, "Given to somebody else.")
    second = enrol()
    answer = second.sync()
    assert ("s-1", 1) not in second.submissions
    assert answer.counts.assignments == len(second.assignments) == 2


def test_that_work_given_back_after_a_withdrawal_comes_whole(laptop: Laptop, enrol: Enrol, hub: Path) -> None:
    for item in list(laptop.assignments.values()):
        withdraw(hub, item.id, "A mistake.")
    second = enrol()
    second.sync()
    assert second.submissions == {}
    assign(hub, FIRST, "s-1")
    second.sync()
    assert set(second.submissions) == {("s-1", 1)}


def test_that_pages_bring_references_first_and_end_at_the_same_place(laptop: Laptop, hub: Path) -> None:
    engine = open_database(hub)
    person_id = laptop.sign_in.person.id
    with reading(engine) as connection:
        whole = changes_since(connection, person_id, "")
        cursor, more = "", True
        found: list[Change] = []
        while more:
            page = changes_since(connection, person_id, cursor, page=2)
            found.extend(page.changes)
            cursor, more = page.cursor, page.more
    engine.dispose()
    assert cursor == whole.cursor
    assert sorted(map(repr, found)) == sorted(map(repr, whole.changes))
    laptop.submissions.clear()
    laptop.offerings.clear()
    for change in found:
        laptop._take_in(change)


@pytest.mark.parametrize("cursor", ["nonsense", "é", "AAAA", "OjE=", "9" * 5000])
def test_that_a_cursor_of_another_hub_means_from_the_beginning(laptop: Laptop, cursor: str) -> None:
    laptop.cursor = cursor
    assert len(laptop.sync().changes) == 7


def test_that_a_replaced_file_and_an_edited_rubric_reach_the_laptop(
    laptop: Laptop, hub: Path, programme: ProgrammeFolder
) -> None:
    before = laptop.submissions["s-1", 1].evidence[0]
    (programme.folder / "files" / "s-1-1.txt").write_text("I asked why, twice.\n")
    programme.offering["rubric"]["criteria"][0]["title"] = "Asks well"
    import_programme(hub, programme.write())
    laptop.sync()
    after = laptop.submissions["s-1", 1].evidence[0]
    assert (after.id, after.sha256 != before.sha256) == (before.id, True)
    assert next(iter(laptop.offerings.values())).rubric.criteria[0].title == "Asks well"


def test_that_identity_district_and_file_names_never_leave_the_hub(laptop: Laptop) -> None:
    request = {"device": laptop.device, "cursor": ""}
    text = laptop.post(json.dumps(request)).text
    for secret in (EDUCATOR, DISTRICT, "2026-27", ".txt", '"rater"', SECOND):
        assert secret not in text
    assert all(item.pseudonym.startswith("Educator ") for item in laptop.submissions.values())


def test_that_any_contact_renews_a_lease_once_a_day(laptop: Laptop, clock: Clock) -> None:
    assert {item.lease_until for item in laptop.assignments.values()} == {START_AT + timedelta(days=14)}
    laptop.token = laptop.sign_in.access_token
    clock.go(minutes=30)
    assert laptop.sync().changes == ()
    clock.go(days=2)
    _refresh(laptop)
    assert len(laptop.sync().changes) == 3
    assert {item.lease_until for item in laptop.assignments.values()} == {clock.now + timedelta(days=14)}


def _refresh(laptop: Laptop) -> None:
    body = {"refresh_token": laptop.sign_in.refresh_token}
    laptop.token = laptop.wire.ask("POST", "/v1/token", json=body).json()["access_token"]


def test_that_a_queue_is_drawn_for_each_assessor_and_stays(laptop: Laptop, enrol: Enrol, hub: Path) -> None:
    for name in ("s-1", "s-2", "s-3"):
        assign(hub, SECOND, name)
    other = enrol(SECOND)
    other.sync()
    mine = {item.submission_id: item.position for item in laptop.assignments.values()}
    theirs = {item.submission_id: item.position for item in other.assignments.values()}
    assert set(mine.values()).isdisjoint(theirs.values())
    assert len(set(mine.values())) == 3
    assert len(list_assignments(hub)) == 6


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 422),
        ("[]", 422),
        ('{"cursor": ""}', 422),
        ('{"device": 3, "cursor": ""}', 422),
        ('{"device": "another", "cursor": ""}', 403),
        ('{"device": "x", "cursor": "", "events": 3}', 422),
        (json.dumps({"device": "x", "cursor": "", "events": [{}] * 51}), 422),
        ('{"device": "x", "cursor": "", "protocol": 2}', 400),
        ('{"device": "x", "cursor": "", "protocol": "1"}', 422),
        ('{"device": "x", "cursor": "", "size": NaN}', 422),
        ("[" * 100_000, 422),
        (" " * (17 << 20), 413),
    ],
)
def test_that_a_request_that_cannot_be_read_is_a_problem_in_words(laptop: Laptop, body: str, status: int) -> None:
    answer = laptop.post(body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["type"].startswith("urn:assessor-workbench:problem:")
    assert problem["detail"].endswith(".")


def test_that_a_newer_protocol_is_refused_with_a_sentence_and_new_fields_are_not(laptop: Laptop) -> None:
    newer = laptop.post(json.dumps({"device": laptop.device, "cursor": "", "protocol": 2}))
    assert "Ask the programme to update its hub." in newer.json()["detail"]
    extended = laptop.post(json.dumps({"device": laptop.device, "cursor": "", "weather": "rain"}))
    assert extended.status_code == 200


def test_that_what_is_not_there_is_a_problem_too(wire: Wire) -> None:
    for method, path, status in (("GET", "/v1/nothing", 404), ("GET", "/v1/sync", 405), ("GET", "/", 404)):
        answer = wire.ask(method, path)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
