"""Turns what a disk or a database can refuse into sentences for a person. A mistake of ours passes unchanged."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workbench.errors import NewerStoreError, StorageError

_NO_PLACE_TO_WRITE = (
    *(errno.EACCES, errno.EPERM, errno.EROFS),
    *(errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ENAMETOOLONG),
)
_NOT_OURS = "What you finalized and typed before this is still stored."


@contextmanager
def explained(place: Path) -> Iterator[None]:
    """Inside, OSError and database refusals about `place` become StorageError."""
    try:
        yield
    except Exception as error:
        known = _of_system(error.errno, place) if isinstance(error, OSError) else _of_database(_reason(error), place)
        if known is None:
            raise
        raise known from error


def newer(place: Path) -> NewerStoreError:
    """The error for a store that a newer workbench has written."""
    return NewerStoreError(
        f"The data in {place} was written by a newer workbench than this one.",
        safe="Nothing was changed.",
        do="Install the newer workbench again and open it there.",
    )


def damaged(place: Path) -> StorageError:
    """The error for a database whose pages are not what was written."""
    return StorageError(
        f"The database in {place} is damaged.",
        safe="Nothing was changed. What the programme has confirmed is safe there.",
        do="Keep a copy of the folder and ask your programme's lead; do not delete it.",
    )


def disk_full(place: Path) -> StorageError:
    """The error for a disk without room."""
    return StorageError(
        f"The disk that holds {place} is full.", safe=_NOT_OURS, do="Free some space; then do the last step again."
    )


def _reason(error: Exception) -> str:
    """SQLite's own name for what it refused; empty for any other error. Needs no database to be loaded."""
    return getattr(getattr(error, "orig", None), "sqlite_errorname", None) or ""


def _of_database(name: str, place: Path) -> StorageError | None:
    if name == "SQLITE_FULL":
        return disk_full(place)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return damaged(place)
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return _not_writable(place)
    if name.startswith("SQLITE_IOERR"):
        return StorageError(f"The disk refused to read or write in {place}.", safe=_NOT_OURS, do="Check the disk.")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StorageError(f"Another program holds the database in {place}.", safe=_NOT_OURS, do="Close it.")
    return None


def _of_system(number: int | None, place: Path) -> StorageError | None:
    if number in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(place)
    if number in _NO_PLACE_TO_WRITE:
        return _not_writable(place)
    if number == errno.EIO:
        return StorageError(f"The disk refused to read or write in {place}.", safe=_NOT_OURS, do="Check the disk.")
    return None


def _not_writable(place: Path) -> StorageError:
    return StorageError(
        f"The folder {place} cannot be written to.",
        safe="Nothing was changed.",
        do="Choose another folder with --profile, or give yourself the right to write there.",
    )


def altered_decision() -> StorageError:
    """The error for a decision that does not fit its hash any more."""
    return StorageError(
        "A decision in this laptop's store is not the one that was finalized.",
        safe="It is not sent. What the programme has confirmed is safe there.",
        do="Keep a copy of the folder and tell your programme's lead.",
    )
