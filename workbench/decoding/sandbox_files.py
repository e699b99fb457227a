"""Landlock: which files a child may still open, once it has locked itself in. Linux only; nothing can undo it.

Descriptors that are already open, and those that come through the pipe, are not affected.
"""

import contextlib
import ctypes
import os
import stat
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

# The same numbers on every kind of processor.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION = 1
_PATH_BENEATH = 1
_PR_SET_NO_NEW_PRIVS = 38

_WRITE_FILE, _READ_FILE, _READ_DIR, _TRUNCATE, _USE_DEVICE = 1 << 1, 1 << 2, 1 << 3, 1 << 14, 1 << 15
_OF_A_FILE = _WRITE_FILE | _READ_FILE | _TRUNCATE | _USE_DEVICE
# How many rights each version of the kernel's interface knows, beginning with the first.
_RIGHTS_BY_VERSION = (13, 14, 15, 15, 16)
_READ = _READ_FILE | _READ_DIR
_USE = _READ_FILE | _WRITE_FILE | _USE_DEVICE

_LIBRARIES = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/usr/local/lib64",
    "/nix/store",
    "/etc/ld.so.cache",
)
_DATA = (
    "/usr/share",
    "/usr/local/share/fonts",
    "/etc/fonts",
    "/etc/localtime",
    "/etc/mime.types",
    "/var/cache/fontconfig",
    "/dev/urandom",
)
_MACHINE = (
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/stat",
    "/proc/sys/vm",
    "/proc/self/cgroup",
    "/proc/self/maps",
    "/proc/self/status",
    "/sys/devices/system",
    "/sys/fs/cgroup",
)
_SOUND = ("/etc/alsa", "/etc/asound.conf", "/etc/pulse", "/etc/pipewire", "/etc/machine-id", "/var/lib/dbus/machine-id")


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("rights", ctypes.c_uint64), ("descriptor", ctypes.c_int32))


class NotGrantedError(Exception):
    """The kernel does not grant this protection. The text is the reason, without any path."""


def landlock_version() -> int:
    """Which version of the interface this kernel speaks; 0 for none."""
    if sys.platform != "linux":
        return 0
    return max(0, _call(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_ASK_VERSION)))


def allow_no_new_rights() -> None:
    """What this process starts can never have more rights than it. Raises NotGrantedError. The two locks ask for it."""
    if ctypes.CDLL(None).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise NotGrantedError("this process may not give up rights")


def lock_files(*, for_sound: bool) -> int:
    """From now on this thread and those it starts open only what decoders need, for reading.

    Returns the version of the interface. Connections over TCP, and from version 6 on signals and abstract sockets
    of other processes, are refused with it. Raises NotGrantedError.
    """
    version = landlock_version()
    if version < 1:
        raise NotGrantedError("this kernel has no Landlock")
    rights = (1 << _RIGHTS_BY_VERSION[min(version, len(_RIGHTS_BY_VERSION)) - 1]) - 1
    wanted = _Ruleset(rights, 0b11 if version >= 4 else 0, 0b11 if version >= 6 else 0)
    # Older kernels refuse a structure that is longer than the one they know.
    size = 8 if version < 4 else 16 if version < 6 else 24
    ruleset = _call(_CREATE_RULESET, ctypes.byref(wanted), ctypes.c_size_t(size), ctypes.c_uint32(0))
    if ruleset < 0:
        raise NotGrantedError("Landlock takes no rules")
    try:
        for place, allowed in _places(for_sound=for_sound):
            _allow(ruleset, place, allowed & rights)
        if _call(_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0)) != 0:
            raise NotGrantedError("Landlock does not lock this process")
    finally:
        os.close(ruleset)
    return version


def readable_places(*, for_sound: bool) -> tuple[Path, ...]:
    """What a child can still read: Python and its packages, system libraries and data; nobody's own folders."""
    named = [*_python_places(), *map(Path, (*_LIBRARIES, *_DATA, *_MACHINE))]
    if for_sound:
        named += [*map(Path, _SOUND), *_sound_places()]
    return tuple(dict.fromkeys(place for place in named if not _holds_something_private(place)))


def _places(*, for_sound: bool) -> Iterator[tuple[Path, int]]:
    for place in readable_places(for_sound=for_sound):
        yield place, _READ
    yield Path(os.devnull), _USE
    if for_sound:
        yield Path("/dev/snd"), _READ | _USE


def _python_places() -> Iterator[Path]:
    package = Path(__file__).parent.parent
    yield package
    for name in ("stdlib", "platstdlib", "purelib", "platlib"):
        yield Path(sysconfig.get_path(name))
    for prefix in {sys.base_prefix, sys.base_exec_prefix, sys.prefix}:
        yield Path(prefix, "lib")
        yield Path(prefix, "lib64")
        yield Path(prefix, "pyvenv.cfg")
    for entry in sys.path:
        if Path(entry).name in ("site-packages", "dist-packages", "lib-dynload") or entry.endswith(".zip"):
            yield Path(entry)
    if bundle := getattr(sys, "_MEIPASS", ""):
        yield Path(bundle)


def _sound_places() -> Iterator[Path]:
    """Where a sound server is found: its sockets' folders and the client's own settings."""
    if runtime := os.environ.get("XDG_RUNTIME_DIR"):
        yield Path(runtime, "pulse")
    settings = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    yield settings / "pulse"
    yield settings / "pipewire"


def _holds_something_private(place: Path) -> bool:
    """Whether evidence or somebody's own files may lie below a place, however odd the installation is."""
    private = [Path("/tmp"), Path("/var/tmp"), Path(os.environ.get("TMPDIR") or "/tmp")]
    with contextlib.suppress(RuntimeError):
        private.append(Path.home())
    place = Path(os.path.realpath(place))
    return any(Path(os.path.realpath(own)).is_relative_to(place) for own in private)


def _allow(ruleset: int, place: Path, rights: int) -> None:
    try:
        descriptor = os.open(place, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # not on this system
    try:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            rights &= _OF_A_FILE
        rule = _Beneath(rights, descriptor)
        arguments = (ctypes.c_int(ruleset), ctypes.c_int(_PATH_BENEATH), ctypes.byref(rule), ctypes.c_uint32(0))
        if _call(_ADD_RULE, *arguments) != 0:
            raise NotGrantedError("Landlock does not take a rule")
    finally:
        os.close(descriptor)


def _call(number: int, *arguments: object) -> int:
    answer: int = ctypes.CDLL(None, use_errno=True).syscall(ctypes.c_long(number), *arguments)
    return answer
