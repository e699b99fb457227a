"""Signing in: once per code, for a while, revocable; and nothing that is kept can be used."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.hub.laptop import Clock, Laptop, Wire
from tests.hub.sample import FIRST
from workbench.errors import KnownError
from workbench.hub import failure_limit, people, sign_in
from workbench.hub.database import database_file, open_database
from workbench.hub.setup import invite
from workbench.model.person import Role

Enrol = Callable[..., Laptop]


def ask(wire: Wire, code: str) -> httpx.Response:
    return wire.ask("POST", "/v1/enrol", json={"code": code, "device": "d", "device_name": "A laptop"})


def code_of(hub: Path, clock: Clock, name: str = FIRST) -> str:
    engine = open_database(hub)
    code = people.invite(engine, name, now=clock())
    engine.dispose()
    return code


def test_that_a_code_is_exchanged_for_the_person_and_tokens(enrol: Enrol) -> None:
    found = enrol().sign_in
    assert (found.person.name, found.person.role) == (FIRST, Role.ASSESSOR)
    assert found.programme.id == "riverbend"
    assert found.access_token != found.refresh_token


def test_that_a_code_works_once(hub: Path, wire: Wire, clock: Clock) -> None:
    code = code_of(hub, clock)
    assert ask(wire, code).status_code == 200
    again = ask(wire, code)
    assert (again.status_code, again.headers["content-type"]) == (401, "application/problem+json")


def test_that_a_code_ends_after_fifteen_minutes(hub: Path, wire: Wire, clock: Clock) -> None:
    code = code_of(hub, clock)
    clock.go(minutes=15)
    assert ask(wire, code).status_code == 401


def test_that_a_code_may_be_typed_as_people_type(hub: Path, wire: Wire, clock: Clock) -> None:
    code = code_of(hub, clock)
    assert ask(wire, f" {code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} ").status_code == 200


def test_that_guessing_is_slowed_down(hub: Path, wire: Wire, clock: Clock) -> None:
    for _ in range(10):
        assert ask(wire, "AAAA-BBBB-CCCC").status_code == 401
    good = code_of(hub, clock)
    refused = ask(wire, good)
    assert refused.status_code == 429
    clock.go(seconds=int(refused.headers["retry-after"]))
    assert ask(wire, good).status_code == 200


def test_that_very_many_clients_are_counted_without_keeping_those_that_gave_up(
    monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    monkeypatch.setattr(failure_limit, "_MOST_CLIENTS", 2)
    limit = failure_limit.FailureLimit()
    limit.failed("one", clock())
    clock.go(minutes=2)
    assert limit.wait_s("one", clock()) == 0
    for client in ("two", "three", "three"):
        limit.failed(client, clock())
    assert len(limit._failures) == 2


def test_that_access_ends_after_an_hour_and_is_renewed(laptop: Laptop, clock: Clock) -> None:
    clock.go(hours=1)
    expired = laptop.post("{}")
    assert (expired.status_code, expired.headers["www-authenticate"]) == (401, "Bearer")
    renewed = laptop.wire.ask("POST", "/v1/token", json={"refresh_token": laptop.sign_in.refresh_token})
    laptop.token = renewed.json()["access_token"]
    laptop.sync()


def test_that_a_device_that_is_long_away_must_sign_in_again(laptop: Laptop, clock: Clock) -> None:
    clock.go(days=90)
    answer = laptop.wire.ask("POST", "/v1/token", json={"refresh_token": laptop.sign_in.refresh_token})
    assert answer.status_code == 401


def test_that_a_revoked_device_is_out_at_once(laptop: Laptop, hub: Path, clock: Clock) -> None:
    engine = open_database(hub)
    assert sign_in.sign_out(engine, FIRST, clock()) == 1
    engine.dispose()
    assert laptop.post("{}").status_code == 401
    body = {"refresh_token": laptop.sign_in.refresh_token}
    assert laptop.wire.ask("POST", "/v1/token", json=body).status_code == 401


def test_that_the_refresh_token_opens_no_door(laptop: Laptop) -> None:
    laptop.token = laptop.sign_in.refresh_token
    assert laptop.post("{}").status_code == 401
    laptop.token = ""
    assert laptop.post("{}").status_code == 401


def test_that_signing_in_again_with_a_device_ends_its_old_tokens(laptop: Laptop, enrol: Enrol) -> None:
    enrol(device=laptop.device)
    assert laptop.post("{}").status_code == 401
    body = {"refresh_token": laptop.sign_in.refresh_token}
    assert laptop.wire.ask("POST", "/v1/token", json=body).status_code == 401


def test_that_no_token_or_code_is_kept_in_the_clear(laptop: Laptop, hub: Path, clock: Clock) -> None:
    code = code_of(hub, clock)
    kept = b"".join(path.read_bytes() for path in hub.glob(f"{database_file(hub).name}*"))
    for secret in (laptop.token, laptop.sign_in.refresh_token, code, code.replace("-", "")):
        assert secret.encode() not in kept


def test_that_a_role_does_not_change_in_passing(hub: Path) -> None:
    with pytest.raises(KnownError, match="already here, as assessor"):
        invite(hub, FIRST, Role.LEAD)
    with pytest.raises(KnownError, match="A name has"):
        invite(hub, "  ")


def test_that_a_bug_is_a_problem_in_words_and_logs_no_name(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError(f"something about {FIRST}")

    caplog.set_level(logging.DEBUG)
    event = laptop.decide("s-1")
    monkeypatch.setattr("workbench.hub.decision_intake.take_in", broken)
    assert laptop.outcome(event).result.value == "unavailable"
    assert FIRST not in caplog.text
    monkeypatch.undo()
    assert laptop.outcome(event).result.value == "accepted"
    monkeypatch.setattr("workbench.hub.service.exchange", broken)
    answer = laptop.post("{}")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
