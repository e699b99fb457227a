"""Seccomp: which calls to the kernel a child may still make, once it has locked itself in. Linux only.

A refused call fails with EPERM, so that a decoder which tries one fails politely. Calls that are newer than this
list do not exist for the child. Decoders are many and differ between systems, so the list names what is refused:
programs, processes, tracing, sockets, changes to files, mounts, kernel keys, and the doors that kernels were
broken into through.
"""

import ctypes
import errno
import os
import struct
import sys

from workbench.decoding.sandbox_files import NotGrantedError

_PR_SET_SECCOMP = 22
_FILTER_MODE = 2

# Filters are little programs: (operation, steps if true, steps if false, value).
_Step = tuple[int, int, int, int]
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _IF_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW = 0x7FFF0000
_NUMBER_AT, _PROCESSOR_AT, _ARGUMENTS_AT = 0, 4, 16

_CLONE_THREAD = 0x10000
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_AF_UNIX = 1
# Whom to signal, and with what: a way to kill the window.
_SIGNALLING_FCNTL = (8, 10, 15)
# Typing into a terminal, and whom to signal.
_REFUSED_IOCTL = (0x5412, 0x541C, 0x8901, 0x8902)

_X86_64, _AARCH64 = 0, 1
_PROCESSORS = {"x86_64": (_X86_64, 0xC000003E), "aarch64": (_AARCH64, 0xC00000B7)}
_NEWEST_KNOWN = 469

_ABSENT = -1
_REFUSED = {
    "execve": (59, 221),
    "execveat": (322, 281),
    "fork": (57, _ABSENT),
    "vfork": (58, _ABSENT),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "process_mrelease": (448, 448),
    "kcmp": (312, 272),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424),
    "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "setrlimit": (160, 164),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "unshare": (272, 97),
    "setns": (308, 268),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "statmount": (457, 457),
    "listmount": (458, 458),
    "open_tree_attr": (467, 467),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "userfaultfd": (323, 282),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "syslog": (103, 116),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "adjtimex": (159, 171),
    "clock_adjtime": (305, 266),
    "iopl": (172, _ABSENT),
    "ioperm": (173, _ABSENT),
    "modify_ldt": (154, _ABSENT),
    "personality": (135, 92),
    "vhangup": (153, 58),
    "lookup_dcookie": (212, 18),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "fanotify_init": (300, 262),
    "fanotify_mark": (301, 263),
    "move_pages": (279, 239),
    "migrate_pages": (256, 238),
    "shmget": (29, 194),
    "shmat": (30, 196),
    "shmctl": (31, 195),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    "mq_unlink": (241, 181),
    "listen": (50, 201),
    "accept": (43, 202),
    "accept4": (288, 242),
    "bind": (49, 200),
    "mknod": (133, _ABSENT),
    "mknodat": (259, 33),
    "link": (86, _ABSENT),
    "linkat": (265, 37),
    "symlink": (88, _ABSENT),
    "symlinkat": (266, 36),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "setxattrat": (463, 463),
    "removexattrat": (466, 466),
    "file_setattr": (469, 469),
}
# The player's sound libraries look after folders of their own in the runtime directory; Landlock holds them there.
_REFUSED_WITHOUT_SOUND = {
    "socket": (41, 198),
    "socketpair": (53, 199),
    "connect": (42, 203),
    "creat": (85, _ABSENT),
    "truncate": (76, 45),
    "rename": (82, _ABSENT),
    "renameat": (264, 38),
    "renameat2": (316, 276),
    "unlink": (87, _ABSENT),
    "unlinkat": (263, 35),
    "mkdir": (83, _ABSENT),
    "mkdirat": (258, 34),
    "rmdir": (84, _ABSENT),
    "chmod": (90, _ABSENT),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, _ABSENT),
    "fchown": (93, 55),
    "lchown": (94, _ABSENT),
    "fchownat": (260, 54),
    "utime": (132, _ABSENT),
    "utimes": (235, _ABSENT),
    "futimesat": (261, _ABSENT),
    "utimensat": (280, 88),
}
# Their arguments lie in memory, where a filter cannot look: callers fall back on the older call.
_ABSENT_FOR_CHILDREN = {"clone3": (435, 435), "openat2": (437, 437)}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def processor() -> str | None:
    """The processor whose calls this module knows, None for another one."""
    machine = os.uname().machine if sys.platform == "linux" else ""
    return machine if machine in _PROCESSORS and sys.maxsize > 2**32 else None


def lock_calls(*, for_sound: bool) -> None:
    """Refuse from now on what no decoder needs. Needs `allow_no_new_rights`. Raises NotGrantedError."""
    machine = processor()
    if machine is None:
        raise NotGrantedError("the calls of this processor are not known")
    column, audited_as = _PROCESSORS[machine]
    steps = b"".join(struct.pack("=HBBI", *step) for step in _steps(column, audited_as, for_sound=for_sound))
    program = _Program(len(steps) // 8, steps)
    if ctypes.CDLL(None).prctl(_PR_SET_SECCOMP, _FILTER_MODE, ctypes.byref(program), 0, 0) != 0:
        raise NotGrantedError("this kernel takes no filter of calls")


def _steps(column: int, audited_as: int, *, for_sound: bool) -> list[_Step]:
    steps = [(_LOAD, 0, 0, _PROCESSOR_AT), (_IF_EQUAL, 1, 0, audited_as), _refuse(), (_LOAD, 0, 0, _NUMBER_AT)]
    # Another way into the same kernel, with numbers of its own; and calls that nobody knew when this was written.
    steps += [(_IF_AT_LEAST, 0, 1, _NEWEST_KNOWN + 1), _refuse(errno.ENOSYS)]
    refused = _REFUSED if for_sound else {**_REFUSED, **_REFUSED_WITHOUT_SOUND}
    for numbers in refused.values():
        if numbers[column] != _ABSENT:
            steps += _on(numbers[column], [_refuse()])
    for numbers in _ABSENT_FOR_CHILDREN.values():
        steps += _on(numbers[column], [_refuse(errno.ENOSYS)])
    for numbers, body in _looked_into(for_sound=for_sound):
        if numbers[column] != _ABSENT:
            steps += _on(numbers[column], body)
    return [*steps, _allow()]


def _looked_into(*, for_sound: bool) -> list[tuple[tuple[int, int], list[_Step]]]:
    """Calls whose arguments decide, each with the steps that do; these must return."""
    own = os.getpid()
    found = [
        ((56, 220), [_argument(0), (_IF_ANY_BIT, 1, 0, _CLONE_THREAD), _refuse(), _allow()]),
        ((62, 129), [_argument(0), (_IF_EQUAL, 1, 0, own), _refuse(), _allow()]),  # kill
        ((234, 131), [_argument(0), (_IF_EQUAL, 1, 0, own), _refuse(), _allow()]),  # tgkill
        ((302, 261), _limits_may_only_be_asked(own)),
        ((72, 25), _unless(1, _SIGNALLING_FCNTL)),
        ((16, 29), _unless(1, _REFUSED_IOCTL)),
    ]
    if for_sound:
        found.append(((41, 198), [_argument(0), (_IF_EQUAL, 1, 0, _AF_UNIX), _refuse(), _allow()]))
    else:
        found.append(((2, _ABSENT), [_argument(1), (_IF_ANY_BIT, 0, 1, _WRITING), _refuse(), _allow()]))
        found.append(((257, 56), [_argument(2), (_IF_ANY_BIT, 0, 1, _WRITING), _refuse(), _allow()]))
    return found


def _limits_may_only_be_asked(own: int) -> list[_Step]:
    """prlimit64: nobody else's limits, and none is changed."""
    steps = [_argument(0), (_IF_EQUAL, 2, 0, 0), (_IF_EQUAL, 1, 0, own), _refuse()]
    for half in (0, 1):
        steps += [_argument(2, half), (_IF_EQUAL, 1, 0, 0), _refuse()]
    return [*steps, _allow()]


def _unless(argument: int, values: tuple[int, ...]) -> list[_Step]:
    tests = [step for value in values for step in ((_IF_EQUAL, 0, 1, value), _refuse())]
    return [_argument(argument), *tests, _allow()]


def _on(number: int, body: list[_Step]) -> list[_Step]:
    return [(_IF_EQUAL, 0, len(body), number), *body]


def _argument(index: int, half: int = 0) -> _Step:
    return _LOAD, 0, 0, _ARGUMENTS_AT + 8 * index + 4 * half


def _refuse(number: int = errno.EPERM) -> _Step:
    return _RETURN, 0, 0, 0x00050000 | number


def _allow() -> _Step:
    return _RETURN, 0, 0, _ALLOW
