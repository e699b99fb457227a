import logging
import sys

import pytest

from tests.decoding import confined
from workbench.decoding.child import Child


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no signals")
def test_that_the_log_says_what_ended_a_child(caplog: pytest.LogCaptureFixture) -> None:
    child = Child(confined.worker, "worker")
    child.receive(30)
    child.send("crash")
    with caplog.at_level(logging.WARNING), pytest.raises(EOFError):
        child.receive(30)
    child.close()
    assert [record.getMessage() for record in caplog.records] == ["worker ended by itself: SIGSEGV"]


def test_that_a_child_that_the_window_ends_is_no_news(caplog: pytest.LogCaptureFixture) -> None:
    child = Child(confined.worker, "worker")
    child.receive(30)
    with caplog.at_level(logging.WARNING):
        child.strike()
        with pytest.raises(EOFError):
            child.receive(30)
    child.close()
    assert not [record for record in caplog.records if "ended" in record.getMessage()]
