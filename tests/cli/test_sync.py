"""`workbench sync` as a person runs it: real processes, a real hub, and whatever can go wrong between them."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.cli.conftest import FILES
from tests.cli.console import ROOT, Console, HubProcess, command
from tests.sync.live_hub import LiveHub
from tests.sync.programme import ASSESSOR, CRITERIA
from workbench.hub import setup
from workbench.hub.decisions import read_decisions
from workbench.model.ids import AssignmentId, CriterionId, LevelId
from workbench.operations import score
from workbench.operations.finalize import finalize
from workbench.store import evidence_rows, platform_rows
from workbench.store.account import Account, list_accounts, open_account

SIZE = sum(len(data) for files in FILES.values() for data in files)


@contextmanager
def opened(console: Console) -> Iterator[Account]:
    """The account that the commands use, opened as the window would."""
    account = open_account(list_accounts(console.profile)[0], ask_passphrase=lambda: console.passphrase)
    try:
        yield account
    finally:
        account.close()


def first_assignment(hub_folder: Path) -> AssignmentId:
    return next(each.id for each in setup.list_assignments(hub_folder) if each.submission_id == "s-1")


def finalize_one(console: Console, assignment_id: AssignmentId) -> None:
    with opened(console) as account:
        for criterion in CRITERIA:
            account.store.write(score.set_level, assignment_id, CriterionId(criterion), LevelId("shown"))
        account.store.write(finalize, assignment_id, active_ms=60_000, session_position=1)


def test_that_three_syncs_bring_all_then_nothing_then_only_the_changed_due_date(
    console: Console, hub_folder: Path
) -> None:
    hub = HubProcess(hub_folder)
    try:
        said = console.run("sign-in", hub.address, setup.invite(hub_folder, ASSESSOR))
        assert said.out == f"Signed in to Riverbend Micro-credentials as {ASSESSOR}.\n"
        _sync_three_times(console, hub_folder)
    finally:
        hub.stop()


def _sync_three_times(console: Console, hub_folder: Path) -> None:
    first = console.run("sync", "--json")
    assert (first.code, first.err) == (0, "")
    hub_counts = {"offerings": 1, "submissions": 3, "evidence": 5, "assignments": 3}
    assert first.json["hub"] == first.json["here"] == hub_counts
    assert first.json["received"] == hub_counts | {"withdrawals": 0}
    assert first.json["evidence"] == {"files": 5, "bytes": SIZE, "unfetched": []}

    second = console.run("sync", "--json")
    assert second.json["evidence"] == {"files": 0, "bytes": 0, "unfetched": []}
    assert set(second.json["received"].values()) == {0}
    assert second.json["changed_assignments"] == 0
    assert second.json["hub"] == second.json["here"] == hub_counts

    changed = first_assignment(hub_folder)
    assert console.run("hub", "due", hub_folder, changed, "2027-01-08T17:00:00Z").code == 0
    third = console.run("sync", "--json")
    assert third.json["changed_assignments"] == 1
    assert third.json["evidence"]["files"] == 0
    with opened(console) as account:
        due_at = account.store.read(platform_rows.assignment, changed).assignment.due_at
    assert due_at == datetime(2027, 1, 8, 17, tzinfo=UTC)


def test_that_a_held_decision_waits_until_it_is_sent_now_and_then_arrives_once(
    signed_in: Console, hub_folder: Path
) -> None:
    signed_in.run("sync")
    decided = first_assignment(hub_folder)
    finalize_one(signed_in, decided)
    held = signed_in.run("sync")
    assert "Decisions: 0 confirmed, 0 refused, 1 waiting." in held.out
    sent = signed_in.run("sync", "--send-now")
    assert (sent.code, sent.err) == (0, "")
    assert "Decisions: 1 confirmed, 0 refused, 0 waiting." in sent.out
    again = signed_in.run("sync", "--json", "--send-now")
    assert again.json["decisions"] == {"sent": 0, "confirmed": 0, "conflicts": 0, "rejected": 0, "waiting": 0}
    assert [each["assignment"] for each in read_decisions(hub_folder)] == [decided]


def test_that_a_refused_decision_is_told_now_and_with_every_later_sync(signed_in: Console, hub_folder: Path) -> None:
    signed_in.run("sync")
    refused = first_assignment(hub_folder)
    finalize_one(signed_in, refused)
    setup.withdraw(hub_folder, refused, "Somebody else judges it.")
    first = signed_in.run("sync", "--send-now")
    assert first.code == 1
    assert "Decisions: 0 confirmed, 1 refused, 0 waiting." in first.out
    assert "Needs you: 1 assignment. What you did is safe here" in first.out
    assert "Needs you: 1 assignment." in signed_in.run("sync").out
    assert signed_in.run("sync", "--json").json["needs_you"] == 1


def test_that_a_hub_that_is_away_is_told_in_plain_words_and_loses_nothing(
    signed_in: Console, hub: LiveHub, hub_folder: Path
) -> None:
    signed_in.run("sync")
    finalize_one(signed_in, first_assignment(hub_folder))
    hub.stop()
    away = signed_in.run("sync", "--send-now")
    assert (away.code, away.out) == (1, "")
    assert "cannot be reached." in away.err
    assert "Your scores and decisions are safe on this laptop." in away.err
    assert "Traceback" not in away.err
    hub.start()
    assert signed_in.run("sync", "--json").json["decisions"]["confirmed"] == 1


def test_that_a_laptop_that_was_signed_out_says_so_and_can_sign_in_again(
    signed_in: Console, hub: LiveHub, hub_folder: Path
) -> None:
    setup.sign_out(hub_folder, ASSESSOR)
    out = signed_in.run("sync")
    assert (out.code, out.out) == (1, "")
    assert out.err.startswith("Your programme has signed this laptop out.")
    assert "Traceback" not in out.err
    code = setup.invite(hub_folder, ASSESSOR)
    refused = signed_in.run("sign-in", hub.address, code)
    assert refused.code == 1
    assert "--again" in refused.err
    assert signed_in.run("sign-in", "--again", hub.address, code).code == 0
    assert signed_in.run("sync", "--json").json["here"]["assignments"] == 3


def test_that_files_that_are_not_what_was_named_never_show_and_the_others_come(
    signed_in: Console, hub_folder: Path
) -> None:
    stored = sorted((each for each in (hub_folder / "evidence").rglob("*") if each.is_file()), key=_size)
    cut, altered = stored[-2:]
    whole = {each: each.read_bytes() for each in (cut, altered)}
    _replace(cut, whole[cut][:100_000])
    _replace(altered, whole[altered][:-1] + b"!")
    said = signed_in.run("sync")
    assert said.code == 1
    assert "Fetched: 3 files" in said.out
    assert "A file keeps arriving cut short." in said.err
    assert "A file arrived with other bytes than the programme named." in said.err
    assert "Traceback" not in said.err
    with opened(signed_in) as account:
        missing = [each.ref for each in account.store.read(evidence_rows.wanted)]
        assert sorted(each.size for each in missing) == [400_000, 600_000]
        assert "ready" not in [account.shelf.look(each).state for each in missing]
    for file, data in whole.items():
        _replace(file, data)
    assert signed_in.run("sync", "--json").json["evidence"]["files"] == 2


def _size(file: Path) -> int:
    return file.stat().st_size


def _replace(file: Path, data: bytes) -> None:
    file.unlink()
    file.write_bytes(data)


@pytest.mark.parametrize(("status", "words"), [(200, "a web page instead"), (500, "an error of its own")])
def test_that_a_page_where_the_hub_should_be_is_told_in_plain_words(console: Console, status: int, words: str) -> None:
    with page_server(status) as address:
        said = console.run("sign-in", address, "ABCD-EFGH-JKMN")
    assert (said.code, said.out) == (1, "")
    assert words in said.err
    assert "Nothing was changed on this laptop." in said.err
    assert "Traceback" not in said.err
    assert list_accounts(console.profile) == ()


@pytest.mark.parametrize(("status", "words"), [(200, "a web page instead"), (500, "an error of its own")])
def test_that_a_page_in_the_hubs_place_loses_no_decision_and_the_hubs_return_sends_it(
    signed_in: Console, hub: LiveHub, status: int, words: str
) -> None:
    signed_in.run("sync")
    decided = first_assignment(hub.folder)
    finalize_one(signed_in, decided)
    hub.stop()
    with page_server(status, port=int(hub.address.rpartition(":")[2])):
        said = signed_in.run("sync", "--send-now")
    assert (said.code, said.out) == (1, "")
    assert words in said.err
    assert "Your scores and decisions are safe on this laptop." in said.err
    assert "Traceback" not in said.err
    hub.start()
    assert signed_in.run("sync", "--json").json["decisions"]["confirmed"] == 1
    assert [each["assignment"] for each in read_decisions(hub.folder)] == [decided]


def test_that_an_account_folder_that_cannot_be_written_any_more_keeps_what_is_in_it(
    signed_in: Console, hub_folder: Path
) -> None:
    signed_in.run("sync")
    finalize_one(signed_in, first_assignment(hub_folder))
    store, aside = (next(signed_in.profile.rglob("store.db")), signed_in.profile / "aside")
    store.rename(aside)
    store.mkdir()
    refused = signed_in.run("sync", "--send-now")
    assert refused.code == 1
    assert "cannot be written to" in refused.err
    assert "Traceback" not in refused.err
    store.rmdir()
    aside.rename(store)
    assert signed_in.run("sync", "--json", "--send-now").json["decisions"]["confirmed"] == 1


def test_that_an_account_that_is_open_elsewhere_is_left_alone(signed_in: Console) -> None:
    with opened(signed_in):
        said = signed_in.run("sync")
    assert said.code == 1
    assert "open in another workbench" in said.err


def test_that_a_wrong_passphrase_and_a_missing_account_are_told_in_plain_words(
    signed_in: Console, tmp_path: Path
) -> None:
    wrong = Console(signed_in.profile, "not this one").run("sync")
    assert wrong.code == 1
    assert "passphrase" in wrong.err
    empty = Console(tmp_path / "nobody").run("sync")
    assert empty.code == 1
    assert "workbench sign-in ADDRESS CODE" in empty.err
    assert "Traceback" not in wrong.err + empty.err


def test_that_a_descriptor_that_is_not_open_is_told_in_plain_words(signed_in: Console) -> None:
    for arguments in ((), ("sync",)):
        called = command("--profile", signed_in.profile, "--passphrase-fd", "987", *arguments)
        done = subprocess.run(called, capture_output=True, text=True, check=False, cwd=ROOT)
        assert done.returncode == 1
        assert done.stderr.startswith("No passphrase could be read from descriptor 987.")


def test_that_a_profile_that_cannot_be_written_costs_no_code(hub: LiveHub, hub_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file stands here", "utf-8")
    code = setup.invite(hub_folder, ASSESSOR)
    refused = Console(tmp_path / "taken" / "profile").run("sign-in", hub.address, code)
    assert refused.code == 1
    assert "cannot be written" in refused.err
    assert "Traceback" not in refused.err
    assert Console(tmp_path / "free").run("sign-in", hub.address, code).code == 0


def test_that_neither_token_nor_name_stands_in_the_profile_or_on_the_screen(signed_in: Console) -> None:
    said = signed_in.run("sync", "--json")
    with opened(signed_in) as account:
        held = account.tokens.get()
    secrets = [held.access_token, held.refresh_token, held.person.name, "I planned five", "Educator"]
    stored = [each.read_bytes() for each in signed_in.profile.rglob("*") if each.is_file()]
    assert stored
    assert not [secret for secret in secrets if any(secret.encode() in data for data in stored)]
    assert held.access_token not in said.out + said.err


def test_that_importing_the_command_line_loads_nothing_heavy() -> None:
    heavy = ["sqlalchemy", "av", "pymupdf", "numpy", "httpx", "fastapi", "cryptography", "PySide6", "pydantic"]
    look = f"import sys, workbench.cli.sync, workbench.cli.sign_in; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert done.stdout.strip() == "[]"
    assert command("sync")[1:] == ["-m", "workbench", "sync"]


@contextmanager
def page_server(status: int, *, port: int = 0) -> Iterator[str]:
    """Something that answers everything with a page."""

    class Page(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            body = json.dumps("<html>").encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", port), Page)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
