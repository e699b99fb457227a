"""Files named on the command line: opened without ever waiting for one, and named without harm to a terminal."""

import errno
import os
import stat
from pathlib import Path

from workbench.errors import EvidenceError
from workbench.sealed.reader import PlainFile

_KINDS = {
    stat.S_IFDIR: "This is a folder, not a file.",
    stat.S_IFIFO: "This is a pipe, not a file.",
    stat.S_IFSOCK: "This is a socket, not a file.",
    stat.S_IFCHR: "This is a device, not a file.",
    stat.S_IFBLK: "This is a device, not a file.",
}
_PROBLEMS = {
    errno.ENOENT: "There is no such file.",
    errno.ENOTDIR: "There is no such file.",
    errno.EACCES: "You are not allowed to read this file.",
    errno.EPERM: "You are not allowed to read this file.",
    errno.ELOOP: "This link leads in a circle.",
    errno.ENAMETOOLONG: "The name is too long for a file.",
}


def open_given(name: str) -> PlainFile:
    """The file, open for reading; the caller closes it. Raises EvidenceError with a plain reason."""
    try:
        path = _path(name)
        # Looked at first: opening a device may already do something to it, and opening a pipe waits.
        _expect_file(path.stat().st_mode)
        descriptor = os.open(path, os.O_RDONLY | _flag("O_NONBLOCK") | _flag("O_NOCTTY") | _flag("O_BINARY"))
    except OSError as error:
        reason = _PROBLEMS.get(error.errno or 0, f"This file could not be opened: {error.strerror}.")
        raise EvidenceError(reason) from error
    except ValueError as error:
        raise EvidenceError("No file can have this name.") from error
    try:
        _expect_file(os.fstat(descriptor).st_mode)
    except EvidenceError:
        os.close(descriptor)
        raise
    return PlainFile(descriptor)


def readable_name(path: str | Path) -> str:
    """The name for a person's terminal: control characters and bytes that are no text are spelled out."""
    spelled = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in spelled)


def _path(name: str) -> Path:
    if not name:
        # A Path would make the current folder of it.
        raise FileNotFoundError(errno.ENOENT, "no name")
    return Path(name)


def _expect_file(mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise EvidenceError(_KINDS.get(stat.S_IFMT(mode), "This is not a file."))


def _flag(name: str) -> int:
    """A flag of `os.open` that not every system has."""
    return int(getattr(os, name, 0))
