"""Answers for evidence: whole or from a byte on, only for what is the caller's to judge now."""

import re

from fastapi import Response
from fastapi.responses import StreamingResponse
from sqlalchemy import Engine, and_, select

from workbench.hub.database import reading
from workbench.hub.feed import is_live
from workbench.hub.problems import ProblemError, not_found
from workbench.hub.schema import assignment, evidence, evidence_file
from workbench.hub.shelf import Shelf

_HASH = re.compile(r"[0-9a-f]{64}")
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


def answer_evidence(
    engine: Engine, shelf: Shelf, person_id: str, sha256: str, *, asked: str | None, if_range: str | None
) -> Response:
    """The file or the part that `Range` asks for. Raises ProblemError 404, 416 or 410."""
    size = _size_for(engine, person_id, sha256)
    if not shelf.holds(sha256):
        raise ProblemError(410, "evidence-gone", "The file is gone", "The hub no longer has this file.")
    etag = f'"{sha256}"'
    part = _part(asked, size) if asked and if_range in (None, etag) else None
    start, end = part or (0, size)
    headers = {
        "ETag": etag,
        "Accept-Ranges": "bytes",
        "Content-Length": str(end - start),
        "Cache-Control": "private, no-store",
    }
    if part:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    body = shelf.read(sha256, start, end)
    return StreamingResponse(body, 206 if part else 200, headers, "application/octet-stream")


def _size_for(engine: Engine, person_id: str, sha256: str) -> int:
    # A file that is somebody else's and a file that does not exist look the same.
    here = "This file does not exist, or its submission is not yours now."
    if not _HASH.fullmatch(sha256):
        raise not_found(here)
    same = and_(assignment.c.submission_id == evidence.c.submission_id, assignment.c.attempt == evidence.c.attempt)
    query = select(evidence_file.c.size).join(evidence, evidence.c.sha256 == evidence_file.c.sha256)
    query = query.join(assignment, and_(same, assignment.c.person_id == person_id, is_live()))
    with reading(engine) as connection:
        size: int | None = connection.scalar(query.where(evidence_file.c.sha256 == sha256).limit(1))
    if size is None:
        raise not_found(here)
    return size


def _part(asked: str, size: int) -> tuple[int, int] | None:
    """(start, end) of a single range; None: another unit, several ranges or nonsense, answered in full."""
    found = _RANGE.fullmatch(asked.strip())
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if first and last and int(last) < int(first):
        return None
    start = int(first) if first else max(0, size - int(last))
    end = min(size, int(last) + 1) if first and last else size
    if start >= end:
        headers = {"Content-Range": f"bytes */{size}"}
        raise ProblemError(416, "range", "There is no such part", f"The file has {size} bytes.", headers)
    return start, end
