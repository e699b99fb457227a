"""`workbench evidence render`: one picture of one file, drawn by a decode worker and written whole or not at all."""

import errno
import os
import stat
import tempfile
import time
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from workbench.cli.given_files import readable_name
from workbench.cli.inspecting import TIME_LIMIT_S, ask, inspection_of
from workbench.errors import EvidenceError, StorageError
from workbench.model.submission import EvidenceKind

if TYPE_CHECKING:
    from workbench.media.jobs import Inspection, Job, Picture

T = TypeVar("T")

_WITHOUT_PICTURE = {
    EvidenceKind.AUDIO: "This is a sound recording: there is no picture of it.",
    EvidenceKind.CAPTIONS: "These are captions: there is no picture of them.",
    EvidenceKind.TEXT: "This is a text: there is no picture of it.",
}
WIDEST = 8192
LATEST_MS = 2**31 - 1
_PROBLEMS = {
    errno.ENOENT: "there is no such folder",
    errno.ENOTDIR: "there is no such folder",
    errno.EACCES: "you are not allowed to write there",
    errno.EPERM: "you are not allowed to write there",
    errno.EROFS: "nothing can be written there",
    errno.ENOSPC: "the disk is full",
    errno.ENAMETOOLONG: "the name is too long",
}
_NOTHING = "No picture was written."


def render(file: str, out: Path, page: int | None, at_ms: int | None, width: int) -> str:
    """Draw `file` into the PNG `out`; returns what was done, in words. Raises EvidenceError, StorageError."""
    from workbench.media.client import MediaWorkers

    _check_target(file, out)
    workers = MediaWorkers(1, time_limit_s=TIME_LIMIT_S)
    until_s = time.monotonic() + TIME_LIMIT_S
    try:
        found = _settled(inspection_of(workers, file), until_s)
        picture = _settled(ask(workers, file, _job(found, page, at_ms, width)), until_s)
    except EvidenceError as refusal:
        raise EvidenceError(f"{readable_name(file)}: {refusal.happened}", safe=_NOTHING, do=refusal.do) from refusal
    finally:
        workers.close()
    try:
        _write_whole(picture, out)
        part = f"page {page or 1} of {found.facts.pages}, " if found.kind is EvidenceKind.PDF else ""
        said = f"{readable_name(out)}: {part}{picture.width} × {picture.height} pixels."
        return f"{said} {found.note}".rstrip()
    finally:
        picture.release()


def _job(found: "Inspection", page: int | None, at_ms: int | None, width: int) -> "Job[Picture]":
    """What draws it. Raises EvidenceError where there is no such picture."""
    from workbench.media import jobs

    kind, facts = found.kind, found.facts
    if facts.reason or kind in _WITHOUT_PICTURE:
        raise EvidenceError(facts.reason or _WITHOUT_PICTURE[kind])
    if page is not None and kind is not EvidenceKind.PDF:
        raise EvidenceError("Only a PDF has pages.", do="Leave --page out.")
    if at_ms is not None and kind is not EvidenceKind.VIDEO:
        raise EvidenceError("Only a recording has a time.", do="Leave --at-ms out.")
    if kind is EvidenceKind.PDF:
        return jobs.RenderPage(_page_index(page, facts.pages or 0), width)
    if kind is EvidenceKind.IMAGE:
        return jobs.RenderImage(width, WIDEST)
    return jobs.VideoFrame(_time_within(at_ms, facts.duration_ms), width, WIDEST)


def _page_index(page: int | None, pages: int) -> int:
    wanted = 1 if page is None else page
    if not 1 <= wanted <= pages:
        raise EvidenceError(
            f"There is no page {wanted}: the pages of this PDF count from 1 to {pages}.", do="Choose one of them."
        )
    return wanted - 1


def _time_within(at_ms: int | None, duration_ms: int | None) -> int:
    wanted = at_ms or 0
    last = LATEST_MS if duration_ms is None else duration_ms
    if not 0 <= wanted <= last:
        raise EvidenceError(f"This recording runs from 0 to {last} ms, not to {wanted}.", do="Choose a time within it.")
    return wanted


def _settled(future: "Future[T]", until_s: float) -> T:
    try:
        return future.result(max(0.0, until_s - time.monotonic()))
    except TimeoutError:
        raise EvidenceError("This file takes too long to read, so it is not shown.") from None


def _check_target(file: str, out: Path) -> None:
    """Refuse what would be harmed by a picture. Raises StorageError."""
    try:
        found = out.stat()
    except (OSError, ValueError):
        return
    if not stat.S_ISREG(found.st_mode):
        raise _not_written(out, "there is something else of this name that is not a file")
    with suppress(OSError, ValueError):
        if os.path.samestat(found, Path(file).stat()):
            raise _not_written(out, "this is the evidence itself")


def _write_whole(picture: "Picture", out: Path) -> None:
    """Beside it first, then in its place: nobody ever finds half a picture. Raises StorageError."""
    from workbench.media.png import write_png

    part = ""
    try:
        descriptor, part = tempfile.mkstemp(prefix=".workbench-", suffix=".part", dir=out.parent)
        with os.fdopen(descriptor, "wb") as stream:
            write_png(picture, stream)
            stream.flush()
            os.fsync(stream.fileno())
        Path(part).replace(out)
    except OSError as error:
        raise _not_written(out, _PROBLEMS.get(error.errno or 0) or error.strerror or "the disk refused") from error
    except ValueError as error:
        raise _not_written(out, "no file can have this name") from error
    finally:
        if part:
            Path(part).unlink(missing_ok=True)


def _not_written(out: Path, why: str) -> StorageError:
    return StorageError(
        f"The picture could not be written to {readable_name(out)}: {why}.",
        safe="Nothing was changed.",
        do="Choose another place with --out.",
    )
