"""What code that a hostile file smuggled into a child can no longer do, tried in real confined children."""

import contextlib
import logging
import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.decoding import confined
from workbench.decoding import protections, sandbox, sandbox_calls, sandbox_files, sandbox_sockets
from workbench.decoding.child import Child

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux locks children in")
REFUSED = ("EPERM", "EACCES")
PROGRAM = str(Path(sys.executable).resolve())
ENTRIES = {"worker": confined.worker, "player": confined.player}

Attempt = Callable[..., str]


@pytest.fixture(scope="module", params=sorted(ENTRIES))
def child(request: pytest.FixtureRequest) -> Iterator[Child]:
    """A child as each kind is confined, on a kernel that can."""
    if sandbox_files.landlock_version() < 3 or sandbox_calls.processor() is None:
        pytest.skip("this kernel has no sandbox to offer")
    child = Child(ENTRIES[request.param], request.param)
    assert child.receive(30) == {"ready": True}
    yield child
    child.close()


@pytest.fixture
def attempt(child: Child) -> Attempt:
    """`attempt(name, …)` lets the child try and returns how it went: a word, or the name of the error."""

    def attempt(name: str, *arguments: Any) -> str:
        child.send(name, *arguments)
        outcome: str = child.receive(30)["outcome"]
        return outcome

    return attempt


def test_that_files_outside_of_the_list_cannot_be_opened(attempt: Attempt, tmp_path: Path) -> None:
    secret = tmp_path / "profile" / "store.db"
    secret.parent.mkdir()
    secret.write_text("secret")
    ours = str(Path(__file__))
    for path in (str(secret), ours, "/etc/passwd", "/proc/1/environ", f"/proc/{os.getpid()}/environ"):
        assert attempt("read", path) in REFUSED
        assert attempt("follow", path) in REFUSED
        assert attempt("in thread", "read", [path]) in REFUSED
    for folder in (str(tmp_path), str(Path.home()), "/", "/tmp", "/proc", "/dev/shm"):
        assert attempt("list", folder) in REFUSED


def test_that_libraries_can_still_be_read(attempt: Attempt) -> None:
    assert attempt("read", os.__file__) == "read"
    assert attempt("read", sandbox_files.__file__) == "read"
    assert attempt("import", "cv2") == "True"
    assert attempt("own memory") == "made"


def test_that_nothing_can_be_written_or_changed(attempt: Attempt, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("kept")
    for path in (there, tmp_path / "new", Path("/tmp/new-file"), Path("/dev/shm/new-file"), Path(os.__file__)):
        assert attempt("write", str(path)) in REFUSED
    assert there.read_text() == "kept"


def test_that_no_address_can_be_reached(attempt: Attempt) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        assert attempt("connect", "AF_INET", list(server.getsockname())) in REFUSED
        assert attempt("in thread", "connect", ["AF_INET", list(server.getsockname())]) in REFUSED
        assert attempt("connect", "AF_INET6", ["::1", server.getsockname()[1]]) in REFUSED
        with pytest.raises(BlockingIOError):
            server.accept()


def test_that_only_the_player_reaches_sockets_of_this_machine(
    attempt: Attempt, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    is_player = request.node.callspec.params["child"] == "player"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "sound"))
        server.listen()
        outcome = attempt("connect", "AF_UNIX", str(tmp_path / "sound"))
        assert outcome == "connected" if is_player else outcome in REFUSED


def test_that_the_player_reaches_sound_but_no_bus_display_or_agent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    doors = {"bus", "systemd/private", "keyring/ssh", "wayland-0"}
    sound = {"pulse/native", "pipewire-0"}
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'elsewhere'},guid=1;unix:abstract=a")
    with contextlib.ExitStack() as servers:
        for name in doors | sound | {"elsewhere"}:
            (tmp_path / name).parent.mkdir(exist_ok=True)
            server = servers.enter_context(socket.socket(socket.AF_UNIX))
            server.bind(str(tmp_path / name))
            server.listen()
        found = {str(place.relative_to(tmp_path)) for place in sandbox_sockets.doors() if tmp_path in place.parents}
        assert found == doors | {"elsewhere"}
        child = Child(confined.player, "player")
        servers.callback(child.close)
        child.receive(30)
        if sandbox.SOCKETS in protections.lacking().get("player", ()):
            pytest.skip("this system gives a process no mounts of its own")
        for name in doors | sound | {"elsewhere"}:
            child.send("connect", "AF_UNIX", str(tmp_path / name))
            outcome = child.receive(30)["outcome"]
            assert outcome == "connected" if name in sound else outcome != "connected", name


@pytest.mark.skipif(sandbox_files.landlock_version() < 6, reason="this kernel does not tell abstract sockets apart")
def test_that_abstract_sockets_are_out_of_reach(attempt: Attempt) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        name = f"\0assessor-workbench-{os.getpid()}"
        server.bind(name)
        server.listen()
        assert attempt("connect", "AF_UNIX", name) in REFUSED


def test_that_no_program_is_started_and_no_process_made(attempt: Attempt) -> None:
    for name in ("run", "spawn"):
        assert attempt(name, PROGRAM) in REFUSED
        assert attempt("in thread", name, [PROGRAM]) in REFUSED
    assert attempt("fork") in REFUSED


def test_that_other_processes_are_left_alone(attempt: Attempt) -> None:
    assert attempt("signal", os.getpid()) in REFUSED
    assert attempt("signal", 0) in REFUSED
    assert attempt("signal", -1) in REFUSED
    assert attempt("signal itself") == "signalled"
    assert attempt("ptrace") in REFUSED


def test_that_the_doors_that_kernels_were_broken_into_through_are_shut(attempt: Attempt) -> None:
    assert [attempt(name) for name in ("io_uring", "bpf", "keyctl", "raise limit")] == ["EPERM"] * 4
    assert [attempt(name) for name in ("clone3", "a call of the future")] == ["ENOSYS"] * 2


def test_that_a_worker_changes_no_rights_of_a_file(tmp_path: Path) -> None:
    child = Child(confined.worker, "worker")
    try:
        child.receive(30)
        child.send("change", str(tmp_path))
        assert child.receive(30)["outcome"] in REFUSED
    finally:
        child.close()


def test_that_no_private_folder_is_on_the_list_wherever_python_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    home = Path.home().resolve()
    monkeypatch.setattr(sys, "base_prefix", "/")
    monkeypatch.setattr(sys, "path", ["", str(home), str(home.parent), "relative", *sys.path])
    for place in sandbox_files.readable_places(for_sound=True):
        assert place.is_absolute()
        assert not home.is_relative_to(place.resolve()), place
        assert not Path("/tmp").is_relative_to(place.resolve()), place


def test_that_what_a_system_does_not_grant_is_kept_and_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        for number in (1, 2):
            protections.note(f"old-machine-{number}", ["files", "/home/somebody", 7])
    assert protections.lacking()["old-machine"] == ("files",)
    assert [record.getMessage() for record in caplog.records] == ["this system does not protect old-machine by: files"]
    protections.note("new-machine-1", [])
    protections.note("babbling-1", "files")
    assert protections.lacking()["new-machine"] == ()
    assert "babbling" not in protections.lacking()


def test_that_other_processors_are_left_without_a_filter_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox_calls, "_PROCESSORS", {})
    with pytest.raises(sandbox_files.NotGrantedError, match="not known"):
        sandbox_calls.lock_calls(for_sound=False)
