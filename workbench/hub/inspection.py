"""Has the decode workers look at imported files. A file that cannot be shown is kept, with the reason in its facts."""

import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import EvidenceError
from workbench.media.jobs import Inspect, Inspection
from workbench.model.submission import EvidenceFacts, EvidenceKind
from workbench.sealed.reader import PlainFile

if TYPE_CHECKING:
    from workbench.media.client import MediaWorkers

# Each waiting file holds a descriptor; two workers are kept busy by fewer than this.
_AT_ONCE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """What a file on the shelf is. `kind` is by content; a link and captions stay what they were handed in as."""

    kind: EvidenceKind
    facts: EvidenceFacts


def inspect_files(files: Mapping[str, tuple[Path, EvidenceKind | None]]) -> dict[str, FileFacts]:
    """Facts per key, for files given as (path, declared kind). Blocks until all are known; none is refused."""
    if not files:
        return {}
    from workbench.media.client import MediaWorkers

    workers = MediaWorkers()
    workers.start()
    try:
        return dict(_inspected(workers, files.items()))
    finally:
        workers.close()


def _inspected(
    workers: "MediaWorkers", files: Iterable[tuple[str, tuple[Path, EvidenceKind | None]]]
) -> Iterator[tuple[str, FileFacts]]:
    waiting = iter(files)
    while batch := list(islice(waiting, _AT_ONCE)):
        with _opened(path for _, (path, _) in batch) as sources:
            futures = [
                workers.submit(Inspect(kind_hint=kind), source)
                for (_, (_, kind)), source in zip(batch, sources, strict=True)
            ]
            for (key, (_, kind)), future in zip(batch, futures, strict=True):
                yield key, _facts(future, kind)


@contextmanager
def _opened(paths: Iterable[Path]) -> Iterator[list[PlainFile]]:
    sources = [PlainFile(os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))) for path in paths]
    try:
        yield sources
    finally:
        for source in sources:
            source.close()


def _facts(future: Future[Inspection], declared: EvidenceKind | None) -> FileFacts:
    try:
        found = future.result()
    except EvidenceError as error:
        kind = declared or EvidenceKind.UNSUPPORTED
        return FileFacts(kind=kind, facts=EvidenceFacts(reason=error.happened))
    stays = declared in (EvidenceKind.CAPTIONS, EvidenceKind.LINK) and found.kind is EvidenceKind.TEXT
    return FileFacts(kind=declared if stays and declared else found.kind, facts=found.facts)
