"""Asks the decode workers about files named on the command line, one after the other. Prints nothing."""

import mimetypes
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeVar

from workbench.cli.given_files import open_given
from workbench.errors import DecoderStoppedError, EvidenceError
from workbench.model.submission import EvidenceFacts, EvidenceKind

if TYPE_CHECKING:
    from workbench.media.client import MediaWorkers
    from workbench.media.jobs import Inspection, Job

T = TypeVar("T")

TIME_LIMIT_S = 8.5
"""Of the ten seconds that a file may take; the rest is for starting workers, also anew after it stopped one."""
_AHEAD = 4
_BY_TYPE = {
    "application/pdf": EvidenceKind.PDF,
    "audio": EvidenceKind.AUDIO,
    "image": EvidenceKind.IMAGE,
    "text": EvidenceKind.TEXT,
    "text/vtt": EvidenceKind.CAPTIONS,
    "video": EvidenceKind.VIDEO,
}


def inspections(workers: "MediaWorkers", files: Iterable[str]) -> "Iterator[Inspection]":
    """One answer a file, in order, whatever the file is. Few are open at a time: there may be thousands."""
    waiting: deque[tuple[str, Future[Inspection]]] = deque()
    for file in files:
        waiting.append((file, ask(workers, file, _inspect(file))))
        if len(waiting) >= _AHEAD:
            yield _settled(workers, *waiting.popleft())
    while waiting:
        yield _settled(workers, *waiting.popleft())


def inspection_of(workers: "MediaWorkers", file: str) -> "Future[Inspection]":
    """What a worker will say of one file."""
    return ask(workers, file, _inspect(file))


def ask(workers: "MediaWorkers", file: str, job: "Job[T]") -> "Future[T]":
    """A worker's answer to come; that the file cannot be opened is an EvidenceError in it, too."""
    try:
        source = open_given(file)
    except EvidenceError as refusal:
        refused: Future[T] = Future()
        refused.set_exception(refusal)
        return refused
    try:
        return workers.submit(job, source)
    finally:
        source.close()


def _inspect(file: str) -> "Job[Inspection]":
    from workbench.media.jobs import Inspect

    return Inspect(kind_hint=_kind_by_name(file))


def _settled(workers: "MediaWorkers", file: str, future: "Future[Inspection]") -> "Inspection":
    from workbench.media.jobs import Inspection

    try:
        return future.result()
    except DecoderStoppedError as stopped:
        return _recognised(workers, file, stopped.happened)
    except EvidenceError as refusal:
        return Inspection(kind=EvidenceKind.UNSUPPORTED, facts=EvidenceFacts(reason=refusal.happened))


def _recognised(workers: "MediaWorkers", file: str, reason: str) -> "Inspection":
    """What a file is that stopped the worker: a look at its first bytes does no more than that."""
    from workbench.media.jobs import Inspection, Recognise

    try:
        found = ask(workers, file, Recognise()).result()
        facts = EvidenceFacts(media_type=found.facts.media_type, reason=reason)
        return Inspection(kind=found.kind, facts=facts)
    except EvidenceError:
        return Inspection(kind=EvidenceKind.UNSUPPORTED, facts=EvidenceFacts(reason=reason))


def _kind_by_name(file: str) -> EvidenceKind | None:
    """What the name promises, for the wording of a refusal."""
    # A table of its own: the system's differs from machine to machine.
    promised, _ = mimetypes.MimeTypes().guess_type(f"x{PurePath(file).suffix}", strict=False)
    if promised is None:
        return None
    return _BY_TYPE.get(promised) or _BY_TYPE.get(promised.partition("/")[0])
