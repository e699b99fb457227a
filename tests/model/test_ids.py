"""Ids that we make."""

import threading
import time
import uuid

import pytest

from workbench.model.ids import new_id


def test_that_ids_are_uuids_of_version_seven_with_the_time_in_front() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid.UUID(new_id())
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    # The counter may run ahead of the clock, never behind it.
    assert made.int >> 80 >= before


def test_that_ids_rise_and_never_repeat() -> None:
    made = [new_id() for _ in range(20_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_that_ids_rise_when_the_clock_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    first = new_id()
    monkeypatch.setattr(time, "time_ns", lambda: 1_000_000)
    assert new_id() > first


def test_that_threads_never_get_the_same_id() -> None:
    made: list[list[str]] = []
    threads = [threading.Thread(target=lambda: made.append([new_id() for _ in range(2_000)])) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({one for part in made for one in part}) == 8_000
    assert all(part == sorted(part) for part in made)
