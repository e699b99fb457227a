"""The hub as a process: it says where it listens, ends when told, and keeps what it confirmed when it is killed."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from tests.hub.laptop import Laptop, Wire
from tests.hub.sample import FIRST, ProgrammeFolder
from workbench.errors import KnownError
from workbench.hub.serving import serve
from workbench.hub.setup import assign, invite
from workbench.model.ids import EventKey
from workbench.wire.events import EventResult

ROOT = Path(__file__).parent.parent.parent


class LoopbackWire(Wire):
    """Requests over a real connection."""

    def __init__(self, address: str) -> None:
        self.address = address

    def ask(self, method: str, path: str, **options: object) -> httpx.Response:
        return httpx.request(method, self.address + path, timeout=30, trust_env=False, **options)  # type: ignore[arg-type]


def hub_command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "workbench", "hub", *map(str, arguments)]


@contextmanager
def serving(hub: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = hub_command("serve", hub, "--ready-json")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            assert process.stdout is not None
            yield process, json.loads(process.stdout.readline())["address"]
        finally:
            process.kill()


def listed(hub: Path) -> list[dict[str, object]]:
    command = hub_command("decisions", hub, "--json")
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_that_sigterm_ends_it_cleanly_and_it_said_nothing_of_anybody(hub: Path) -> None:
    assign(hub, FIRST, "s-1")
    with serving(hub) as (process, address):
        laptop = Laptop(LoopbackWire(address), invite(hub, FIRST))
        laptop.sync()
        piece = laptop.submissions["s-1", 1].evidence[0]
        file = laptop.wire.ask("GET", f"/v1/evidence/{piece.sha256}", headers=laptop.headers)
        assert len(file.content) == piece.size
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 0
    assert out == ""
    for secret in (laptop.token, laptop.sign_in.refresh_token, FIRST, piece.sha256):
        assert secret not in err


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a signal of POSIX systems")
def test_that_a_confirmed_decision_outlives_kill_nine(hub: Path) -> None:
    for name in ("s-1", "s-2"):
        assign(hub, FIRST, name)
    with serving(hub) as (process, address):
        laptop = Laptop(LoopbackWire(address), invite(hub, FIRST))
        laptop.sync()
        first, second = laptop.decide("s-1"), laptop.decide("s-2")
        assert laptop.outcome(first).result is EventResult.ACCEPTED
        process.send_signal(signal.SIGKILL)
        process.wait(30)
    assert [row["submission"] for row in listed(hub)] == ["s-1"]
    with serving(hub) as (_, address):
        laptop.wire = LoopbackWire(address)
        assert laptop.outcome(first).result is EventResult.DUPLICATE
        assert laptop.outcome(second).result is EventResult.ACCEPTED
        assert laptop.outcome(replace(first, key=EventKey("other"))).result is EventResult.SUPERSEDED_ELSEWHERE
        assert [row["submission"] for row in listed(hub)] == ["s-1", "s-2"]


def test_that_the_command_line_sets_a_hub_up(tmp_path: Path, programme: ProgrammeFolder) -> None:
    def run(*arguments: str | Path) -> str:
        done = subprocess.run(hub_command(*arguments), capture_output=True, text=True, check=True, cwd=ROOT)
        return done.stdout

    hub = tmp_path / "new"
    run("init", hub)
    assert "Submissions: 3 new" in run("import", hub, programme.folder)
    assert len(run("invite", hub, "Assessor 1B-20", "--role", "lead").strip()) == 14
    (row,) = run("assign", hub, "--to", FIRST, "--submission", "s-1", "--json").splitlines()
    run("due", hub, json.loads(row)["assignment"], "2026-12-24T12:00:00Z")
    assert json.loads(run("assignments", hub, "--json"))["due_at"] == "2026-12-24T12:00:00Z"
    run("withdraw", hub, json.loads(row)["assignment"], "--reason", "A mistake.")
    assert json.loads(run("assignments", hub, "--json"))["state"] == "withdrawn"
    assert run("decisions", hub, "--json") == ""


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("import", "HUB", "nowhere"), "there is no such folder"),
        (("serve", "nowhere"), "There is no hub in nowhere."),
        (("init", "HUB"), "There is a hub in"),
        (("due", "HUB", "none", "2026-12-24T12:00:00Z"), "no open assignment"),
        (("assign", "HUB", "--to", "Nobody", "--submission", "s-1"), "Nobody here is called"),
    ],
)
def test_that_a_mistake_is_a_sentence_and_exit_code_one(hub: Path, arguments: tuple[str, ...], says: str) -> None:
    told = [str(hub) if word == "HUB" else word for word in arguments]
    done = subprocess.run(hub_command(*told), capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "hub.example.org"])
def test_that_it_listens_to_others_only_with_tls(hub: Path, host: str) -> None:
    with pytest.raises(KnownError, match="without TLS"):
        serve(hub, host=host, on_ready=print)


def test_that_a_port_in_use_is_a_sentence(hub: Path) -> None:
    with serving(hub) as (_, address), pytest.raises(KnownError, match="cannot listen"):
        serve(hub, port=int(address.rpartition(":")[2]), on_ready=print)
