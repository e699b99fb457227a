"""One worker for the tests that only ask, and a way to ask about a file."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from workbench.media.client import MediaWorkers
from workbench.media.jobs import Job, ReadText
from workbench.sealed.reader import PlainFile

Ask = Callable[[Path, Job[Any]], Any]


@contextmanager
def opened(path: Path) -> Iterator[PlainFile]:
    """A file as a source."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        yield PlainFile(descriptor)
    finally:
        os.close(descriptor)


@pytest.fixture(scope="package")
def workers() -> Iterator[MediaWorkers]:
    """One worker, shared: nothing that a file does may spoil it for the next."""
    workers = MediaWorkers(1)
    with opened(Path(__file__)) as source:
        workers.submit(ReadText(), source).result()
    yield workers
    workers.close()


@pytest.fixture
def ask(workers: MediaWorkers) -> Ask:
    """`ask(path, job)` returns the answer or raises."""

    def ask(path: Path, job: Job[Any]) -> Any:
        with opened(path) as source:
            return workers.submit(job, source).result()

    return ask
