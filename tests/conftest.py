"""What every test gets: no screen, no keyring, nobody's real profile, and no leftovers.

Fixtures of one room live in that room's conftest.py.
"""

import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

# Before anything imports Qt or keyring: never a window on the person's screen, never their keyring.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_LOGGING_RULES"] = "qt.multimedia.*=false"
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

HERE = Path(__file__).parent
GRACE_S = 5.0
REASON = "  ## "


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--long` lets the long loops run."""
    parser.addoption("--long", action="store_true", default=False, help="run the tests marked long, too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without `--long` the long loops are left out, and say so."""
    if config.getoption("--long"):
        return
    left_out = pytest.mark.skip(reason="a long loop: scripts/test --long runs it")
    for item in items:
        if "long" in item.keywords:
            item.add_marker(left_out)


@pytest.fixture(autouse=True, scope="session")
def _nobodys_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Default profiles of the tests land in a folder of their own, never in the person's."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(home / name.lower()))
        yield


@pytest.fixture(scope="session")
def shared_evidence() -> Path:
    """The folder of real and awkward files beside the repository; skips where it is not there."""
    folder = HERE.parent.parent / "shared" / "evidence"
    if not folder.is_dir():
        pytest.skip("the shared evidence folder does not stand beside this repository")
    return folder


@pytest.fixture(autouse=True)
def _nothing_left_running() -> Iterator[None]:
    """Fails a test that leaves a thread or a child process behind."""
    threads, children = set(threading.enumerate()), _children()
    yield
    deadline = time.monotonic() + GRACE_S
    for thread in _new_threads(threads):
        thread.join(max(0.0, deadline - time.monotonic()))
    while (left := _children() - children) and time.monotonic() < deadline:
        threading.Event().wait(0.02)
    assert not _new_threads(threads), "threads left running"
    assert not left, f"child processes left running: {[_command(child) for child in left]}"


@pytest.fixture(autouse=True)
def _qt_has_nothing_to_say() -> Iterator[None]:
    """Fails a test in which Qt warned of anything that is not in qt_platform_noise.txt."""
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

    harmless = {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg}
    said: list[str] = []

    def listen(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if kind not in harmless:
            said.append(f"{context.category}: {message}")

    previous = qInstallMessageHandler(listen)
    yield
    qInstallMessageHandler(previous)
    unexpected = [line for line in said if line not in platform_noise()]
    assert not unexpected, "Qt warned:\n" + "\n".join(unexpected)


def platform_noise() -> dict[str, str]:
    """Every warning that Qt's platform prints of its own accord, and the reason to let it pass."""
    lines = (HERE / "qt_platform_noise.txt").read_text("utf-8").splitlines()
    pairs = (line.partition(REASON) for line in lines if line and not line.startswith("#"))
    return {message: reason for message, _, reason in pairs}


def _new_threads(before: set[threading.Thread]) -> list[threading.Thread]:
    # A thread that Qt started shows up as a dummy for ever once it has run Python; it says nothing.
    return [thread for thread in set(threading.enumerate()) - before if not isinstance(thread, threading._DummyThread)]


def _children() -> set[int]:
    """Process ids of this process's living children; only Linux tells them without help."""
    if sys.platform != "linux":
        return set()
    found: set[int] = set()
    for file in Path("/proc/self/task").glob("*/children"):
        found.update(int(child) for child in file.read_text().split())
    return {child for child in found if _counts(child)}


def _counts(child: int) -> bool:
    # Python's own tracker of shared memory lives as long as its parent.
    try:
        state = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z" and "multiprocessing.resource_tracker" not in _command(child)


def _command(child: int) -> str:
    try:
        return Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return "(gone)"
