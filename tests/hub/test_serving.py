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
from workbench.errors import KnownError, StorageError
from workbench.hub.database import open_database, writing
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
    for order in (("Assessor 1B-20", "--role", "lead"), ("--role", "lead", "Assessor 1B-20")):
        assert len(run("invite", hub, *order).strip()) == 14
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


def test_that_a_person_is_invited_from_inside_the_hubs_folder(hub: Path) -> None:
    command = hub_command("invite", "Assessor 1B-20", "--role", "lead")
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=hub, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    assert len(done.stdout.strip()) == 14


def test_that_a_reader_who_has_enough_is_no_mistake(hub: Path) -> None:
    assign(hub, FIRST, "s-1")
    reader, closed = os.pipe()
    os.close(reader)
    command = hub_command("assignments", hub)
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    done = subprocess.run(
        command, stdout=closed, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT, env=buffered
    )
    os.close(closed)
    assert (done.returncode, done.stderr) == (0, "")


def test_that_a_damaged_database_is_a_sentence(hub: Path) -> None:
    engine = open_database(hub)
    with writing(engine) as connection:
        connection.exec_driver_sql("DROP TABLE enrolment_code")
    engine.dispose()
    with pytest.raises(StorageError, match="cannot be used: no such table"):
        invite(hub, FIRST)


@pytest.mark.parametrize(
    ("name", "before", "after", "says"),
    [
        (
            "offerings/questioning.json",
            '"required_level": "',
            '"required_level": "un',
            "is not a level of this criterion",
        ),
        ("evidence.csv", "s-1", "s-7", "evidence.csv: at line 2, column submission: submissions.csv has no attempt"),
    ],
)
def test_that_a_broken_programme_is_refused_with_file_place_and_rule(
    hub: Path, programme: ProgrammeFolder, name: str, before: str, after: str, says: str
) -> None:
    file = programme.folder / name
    file.write_text(file.read_text("utf-8").replace(before, after, 1), "utf-8")
    assert says in _refused(hub, programme)


def test_that_a_programme_that_lacks_a_file_is_refused_with_the_line_that_names_it(
    hub: Path, programme: ProgrammeFolder
) -> None:
    named = programme.evidence[0]["file"]
    (programme.folder / "files" / named).unlink()
    told = _refused(hub, programme)
    assert f"evidence.csv: at line 2, column file: files/{named} is missing" in told
    (programme.folder / "people.csv").unlink()
    assert "people.csv: at the start: the file is missing" in _refused(hub, programme)


def _refused(hub: Path, programme: ProgrammeFolder) -> str:
    command = hub_command("import", hub, programme.folder)
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Nothing was changed." in done.stderr
    return done.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "hub.example.org"])
def test_that_it_listens_to_others_only_with_tls(hub: Path, host: str) -> None:
    with pytest.raises(KnownError, match="without TLS"):
        serve(hub, host=host, on_ready=print)


def test_that_a_port_in_use_is_a_sentence(hub: Path) -> None:
    with serving(hub) as (_, address), pytest.raises(KnownError, match="cannot listen"):
        serve(hub, port=int(address.rpartition(":")[2]), on_ready=print)
