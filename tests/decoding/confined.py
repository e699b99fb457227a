"""Entries of real confined children that try what a hostile file's code would try, and say how it went."""

import ctypes
import errno
import os
import socket
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from workbench.decoding import inside

_CLONE3, _IO_URING_SETUP, _UNKNOWN = 435, 425, 900
_BPF, _KEYCTL, _PTRACE = (321, 250, 101) if os.uname().machine == "x86_64" else (280, 219, 117)


def worker(commands: Connection, answers: Connection) -> None:
    """As a decode worker is confined."""
    inside.confine(memory_bytes=4 * 1024**3, descriptors=64)
    _serve(commands, answers)


def player(commands: Connection, answers: Connection) -> None:
    """As the player is confined."""
    inside.confine(memory_bytes=4 * 1024**3, descriptors=256, for_sound=True)
    _serve(commands, answers)


def stammerer(commands: Connection, answers: Connection) -> None:
    """One that begins messages it never ends, or says too much."""
    inside.say_ready(answers, ready=True)
    match commands.recv():
        case ("half",):
            os.write(answers.fileno(), (100).to_bytes(4, "big") + b"{")
        case ("long", size):
            inside.say(answers, words="x" * size)
        case ("deep", count):
            answers.send_bytes(b'{"parts": [' + b"[]," * count + b"0]}")
    commands.recv()


def _serve(commands: Connection, answers: Connection) -> None:
    inside.say_ready(answers, ready=True)
    while True:
        try:
            name, *arguments = commands.recv()
        except EOFError:
            return
        inside.say(answers, outcome=_outcome(name, arguments))


def _outcome(name: str, arguments: list[Any]) -> str:
    try:
        return str(_ATTEMPTS[name](*arguments))
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, "?")


def _read(path: str) -> str:
    return Path(path).read_text("utf-8", errors="replace")[:5] and "read"


def _list(path: str) -> str:
    return f"{len(list(Path(path).iterdir()))} names"


def _write(path: str) -> str:
    Path(path).write_text("x")
    return "written"


def _change(path: str) -> str:
    Path(path).chmod(0o777)
    return "changed"


def _connect(family: str, address: Any) -> str:
    with socket.socket(getattr(socket, family)) as stream:
        stream.connect(tuple(address) if isinstance(address, list) else address)
    return "connected"


def _run(path: str) -> str:
    os.execv(path, [path])


def _spawn(path: str) -> str:
    os.posix_spawn(path, [path], {})
    return "spawned"


def _fork() -> str:
    if os.fork() == 0:
        os._exit(0)
    return "forked"


def _signal(pid: int) -> str:
    os.kill(pid, 0)
    return "signalled"


def _call(number: int) -> str:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(ctypes.c_long(number), 0, 0, 0, 0, 0) < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return "answered"


def _raise_limit() -> str:
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except ValueError as error:  # which is what Python makes of EPERM here
        raise PermissionError(errno.EPERM, "refused") from error
    return "raised"


def _in_thread(name: str, arguments: list[Any]) -> str:
    said: list[str] = []
    thread = threading.Thread(target=lambda: said.append(_outcome(name, arguments)))
    thread.start()
    thread.join()
    return said[0]


def _import(name: str) -> str:
    __import__(name)
    return f"{name in sys.modules}"


def _follow(path: str) -> str:
    return _read(f"/proc/self/root{path}")


def _own_memory() -> str:
    descriptor = os.memfd_create("room")
    try:
        os.ftruncate(descriptor, 0)
        return "made"
    finally:
        os.close(descriptor)


_ATTEMPTS: dict[str, Callable[..., str]] = {
    "read": _read,
    "list": _list,
    "follow": _follow,
    "write": _write,
    "change": _change,
    "connect": _connect,
    "run": _run,
    "spawn": _spawn,
    "fork": _fork,
    "signal": _signal,
    "raise limit": _raise_limit,
    "in thread": _in_thread,
    "import": _import,
    "own memory": _own_memory,
    "crash": lambda: ctypes.string_at(0).decode(),
    "signal itself": lambda: _signal(os.getpid()),
    "clone3": lambda: _call(_CLONE3),
    "io_uring": lambda: _call(_IO_URING_SETUP),
    "bpf": lambda: _call(_BPF),
    "keyctl": lambda: _call(_KEYCTL),
    "ptrace": lambda: _call(_PTRACE),
    "a call of the future": lambda: _call(_UNKNOWN),
}
