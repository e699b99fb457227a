import json
import logging
import sys
from multiprocessing import Pipe

import pytest

from tests.decoding import confined
from workbench.decoding import inside
from workbench.decoding.child import MESSAGE_LIMIT, Child


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


@pytest.mark.skipif(sys.platform == "win32", reason="its pipes carry only whole messages")
def test_that_a_message_that_never_ends_is_not_waited_for() -> None:
    child = Child(confined.stammerer, "worker")
    child.receive(30)
    child.send("half")
    with pytest.raises(OSError, match="during message"):
        child.receive(1.0)
    child.close()


@pytest.mark.parametrize(
    ("command", "limit", "error"),
    [
        (("long", MESSAGE_LIMIT), MESSAGE_LIMIT, OSError),
        (("deep", 2_500_000), 16 * 1024 * 1024, ValueError),
    ],
)
def test_that_a_child_cannot_fill_the_window(command: tuple[str, int], limit: int, error: type[Exception]) -> None:
    child = Child(confined.stammerer, "worker")
    child.receive(30)
    child.send(*command)
    with pytest.raises(error):
        child.receive(30, limit)
    child.close()


def test_that_letters_of_every_alphabet_take_little_room() -> None:
    mine, theirs = Pipe()
    inside.say(theirs, words="ж" * 1000, broken="\ud800")
    assert len(message := mine.recv_bytes()) < 2100
    assert json.loads(message) == {"words": "ж" * 1000, "broken": "\ud800"}
