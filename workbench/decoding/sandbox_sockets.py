"""Hides from the player the sockets through which it could make other programs act: message buses, displays, agents.

Linux only. Whoever connects to one of them could start programs outside of every lock; sound servers stay in reach.
The places are covered in a mount namespace of the player's own, so nobody else notices.
"""

import ctypes
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from workbench.decoding.sandbox_files import NotGrantedError

_CLONE_NEWNS, _CLONE_NEWUSER = 0x20000, 0x10000000
_MS_BIND, _MS_REC, _MS_PRIVATE = 0x1000, 0x4000, 0x40000
_OF_SOUND = ("pulse", "pipewire")
_MOUNTED_BY_OTHERS = ("doc", "gvfs")
"""Folders below the runtime directory whose programs may be slow to answer, or never do."""
_KNOWN = ("/run/dbus/system_bus_socket", "/run/systemd/private", "/run/docker.sock")


def hide_sockets() -> None:
    """Cover what is there of `doors`. Call it with one thread, before the other locks. Raises NotGrantedError."""
    user, group = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNS) != 0:
        raise NotGrantedError("this process may have no mounts of its own")
    try:
        # Sound servers and their clients ask who owns a socket: everybody stays who they are.
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    except OSError as error:
        raise NotGrantedError("this process may not name itself") from error
    refused: int = libc.mount(None, b"/", None, _MS_REC | _MS_PRIVATE, None)
    for door in doors():
        refused |= libc.mount(os.devnull.encode(), os.fsencode(door), None, _MS_BIND, None)
    if refused:
        raise NotGrantedError("this process may not cover a socket")


def doors() -> tuple[Path, ...]:
    """The sockets that lie open to this person's programs, those of sound servers left out."""
    found = (place for place in _named() if not _is_of_sound(place) and _is_socket(place))
    return tuple(dict.fromkeys(found))


def _named() -> Iterator[Path]:
    yield from map(Path, _KNOWN)
    for part in os.environ.get("DBUS_SESSION_BUS_ADDRESS", "").replace(",", ";").split(";"):
        if part.startswith("unix:path="):
            yield Path(part.removeprefix("unix:path="))
    if agent := os.environ.get("SSH_AUTH_SOCK"):
        yield Path(agent)
    yield from _inside(Path("/tmp/.X11-unix"), depth=0)
    if runtime := os.environ.get("XDG_RUNTIME_DIR"):
        yield from _inside(Path(runtime), depth=2)


def _inside(folder: Path, depth: int) -> Iterator[Path]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name in _MOUNTED_BY_OTHERS:
            continue
        if not entry.is_dir(follow_symlinks=False):
            yield Path(entry.path)
        elif depth > 0:
            yield from _inside(Path(entry.path), depth - 1)


def _is_of_sound(place: Path) -> bool:
    return any(name.startswith(_OF_SOUND) for name in place.parts[-2:])


def _is_socket(place: Path) -> bool:
    try:
        return stat.S_ISSOCK(place.stat().st_mode)
    except OSError:
        return False
