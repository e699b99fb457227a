"""The fixtures that watch every test do see what they are there to see."""

import pytest

from tests.conftest import HERE

LEAVES_A_THREAD = """
import threading

def test_that_it_leaves_a_thread():
    threading.Thread(target=threading.Event().wait, args=(60,), daemon=True).start()
"""
LEAVES_A_CHILD = """
import subprocess, sys

CHILDREN = []

def test_that_it_leaves_a_child():
    CHILDREN.append(subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE))
"""
MAKES_QT_WARN = """
def test_that_it_makes_qt_warn():
    from PySide6.QtCore import qWarning
    qWarning("a new complaint")
"""
MAKES_PYTHON_WARN = """
import warnings

def test_that_it_makes_python_warn():
    warnings.warn("old", DeprecationWarning)
"""
TAKES_LONG = """
import pytest

@pytest.mark.long
def test_that_a_long_loop_waits_for_its_flag():
    pass
"""


@pytest.fixture
def house(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """An empty project with our conftest and our strictness."""
    pytester.makeconftest((HERE / "conftest.py").read_text("utf-8").replace("GRACE_S = 5.0", "GRACE_S = 0.2"))
    pytester.path.joinpath("qt_platform_noise.txt").write_text((HERE / "qt_platform_noise.txt").read_text("utf-8"))
    pytester.makepyprojecttoml((HERE.parent / "pyproject.toml").read_text("utf-8").replace('["tests"]', '["."]'))
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    return pytester


def test_that_a_test_which_leaves_something_behind_fails(house: pytest.Pytester) -> None:
    house.makepyfile(test_thread=LEAVES_A_THREAD, test_child=LEAVES_A_CHILD, test_qt=MAKES_QT_WARN)
    outcome = house.runpytest_subprocess("-p", "no:cacheprovider", timeout=50)
    outcome.assert_outcomes(passed=3, errors=3)
    for complaint in ("*threads left running*", "*child processes left running*", "*a new complaint*"):
        outcome.stdout.fnmatch_lines_random([complaint])


def test_that_a_warning_of_python_fails_a_test(house: pytest.Pytester) -> None:
    house.makepyfile(MAKES_PYTHON_WARN)
    house.runpytest_subprocess("-p", "no:cacheprovider", timeout=50).assert_outcomes(failed=1)


def test_that_long_loops_run_only_when_asked_for(house: pytest.Pytester) -> None:
    house.makepyfile(TAKES_LONG)
    house.runpytest_subprocess("-p", "no:cacheprovider", timeout=50).assert_outcomes(skipped=1)
    house.runpytest_subprocess("-p", "no:cacheprovider", "--long", timeout=50).assert_outcomes(passed=1)
