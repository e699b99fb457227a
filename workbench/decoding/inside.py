"""What a child does to itself before it meets outside bytes, and how it talks to the window.

Must never open a path on behalf of a file's content, and never writes one.
"""

import contextlib
import ctypes
import json
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from workbench.decoding.core_dumps import keep_no_core_dumps
from workbench.decoding.descriptors import receive_descriptor
from workbench.decoding.sandbox import lock_in
from workbench.sealed.reader import PlainFile, SealedFile

_PR_SET_PDEATHSIG = 1

_lacking: tuple[str, ...] = ()


def confine(*, memory_bytes: int, descriptors: int, for_sound: bool = False) -> None:
    """Silence, no core dumps, limited memory and descriptors, a sandbox; ends with the window.

    Call it first, before any thread is started: what was started before would stay outside the sandbox.
    `for_sound` leaves sockets on this machine and file sizes alone: sound servers are reached through sockets and
    share memory files with their clients.
    """
    global _lacking
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.dont_write_bytecode = True
    _silence()
    if sys.platform != "win32":
        _set_limits(memory_bytes, descriptors, may_write=for_sound)
    _lacking = lock_in(for_sound=for_sound)
    end_with_the_window()


def end_with_the_window() -> None:
    """End this process when the one that spawned it is gone, however it went."""
    if sys.platform == "linux":
        # Even inside a decoder that holds the GIL. A change of user namespace would undo it: that comes first.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    threading.Thread(target=_wait_for_the_windows_end, name="window-watch", daemon=True).start()


def say(answers: Connection, **fields: object) -> None:
    """Send one JSON object up. Ends the process when the window is gone."""
    try:
        # Letters as they are: spelled out, other alphabets than ours would take three times the room.
        answers.send_bytes(json.dumps(fields, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    except OSError:
        os._exit(0)


def say_ready(answers: Connection, **fields: object) -> None:
    """The first word of a confined child: `fields`, and what its system did not protect it with."""
    say(answers, lacking=_lacking, **fields)


def receive_source(commands: Connection) -> SealedFile | PlainFile:
    """The file that `Child.send_source` sent; the caller closes its descriptor."""
    key: bytes = commands.recv()
    descriptor = receive_descriptor(commands)
    return SealedFile(descriptor, key, size=0) if key else PlainFile(descriptor)


@contextmanager
def last_resort(limit_s: float) -> Iterator[None]:
    """The kernel ends this process if the body takes longer, even inside a decoder that holds the GIL.

    The window's own time limit comes first; this one counts when there is no window left to do it.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, limit_s)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _silence() -> None:
    # Decoders print titles, positions and names of what they read. What is typed at a terminal is not for them.
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _set_limits(memory_bytes: int, descriptors: int, *, may_write: bool) -> None:
    import resource

    wanted = {resource.RLIMIT_NOFILE: descriptors}
    if not may_write:
        wanted[resource.RLIMIT_FSIZE] = 0
    if sys.platform == "linux":  # macOS refuses limits of address space
        wanted[resource.RLIMIT_AS] = memory_bytes
    for kind, limit in wanted.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))
    keep_no_core_dumps()


def _wait_for_the_windows_end() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(0)
