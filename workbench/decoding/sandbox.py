"""Locks a child in, as far as its system goes, and says which protections it did not get.

Each one stands alone: what the kernel refuses is left out and named, and the child serves all the same.
"""

import ctypes
import sys

from workbench.decoding import sandbox_calls, sandbox_files, sandbox_sockets
from workbench.decoding.sandbox_files import NotGrantedError

FILES, CALLS, NETWORK, SOCKETS, MEMORY = "files", "calls", "network", "sockets", "memory"
PROTECTIONS = (FILES, CALLS, NETWORK, SOCKETS, MEMORY)
"""Only what decoders need can be opened; only the calls that they need; no network; no socket of a program that could
act in their place (some systems refuse that to everybody); an end to memory."""

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_VERSION_WITH_TCP = 4


def lock_in(*, for_sound: bool) -> tuple[str, ...]:
    """Lock this thread and all that it starts into the least they need; returns the PROTECTIONS that it lacks.

    Call it with one thread. `for_sound`: sockets on this machine stay, because sound servers are reached through them.
    """
    if sys.platform != "linux":
        return (FILES, CALLS, NETWORK, SOCKETS) if sys.platform == "darwin" else PROTECTIONS
    has_own_network = not for_sound and _leave_network()
    hides_sockets = for_sound and _hide_sockets()
    version, knows_calls = 0, False
    try:
        sandbox_files.allow_no_new_rights()
        version = _files(for_sound=for_sound)
        knows_calls = _calls(for_sound=for_sound)
    except NotGrantedError:
        pass
    has_no_network = has_own_network or knows_calls or version >= _VERSION_WITH_TCP
    has_no_sockets = hides_sockets if for_sound else knows_calls
    held = {
        FILES: version > 0, CALLS: knows_calls, NETWORK: has_no_network, SOCKETS: has_no_sockets, MEMORY: True
    }  # fmt: skip
    return tuple(name for name in PROTECTIONS if not held[name])


def _files(*, for_sound: bool) -> int:
    try:
        return sandbox_files.lock_files(for_sound=for_sound)
    except NotGrantedError:
        return 0


def _calls(*, for_sound: bool) -> bool:
    try:
        sandbox_calls.lock_calls(for_sound=for_sound)
    except NotGrantedError:
        return False
    return True


def _hide_sockets() -> bool:
    try:
        sandbox_sockets.hide_sockets()
    except NotGrantedError:
        return False
    return True


def _leave_network() -> bool:
    # Needs rights or user namespaces.
    libc = ctypes.CDLL(None, use_errno=True)
    refused: int = libc.unshare(_CLONE_NEWNET) and libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
    return refused == 0
