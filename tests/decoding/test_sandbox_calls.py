"""The filter of calls, read as the kernel reads it: also for the processor that these tests do not run on."""

import errno
import operator
import os
from collections.abc import Callable

import pytest

from workbench.decoding import sandbox_calls

ALLOWED = 0x7FFF0000
THREAD, PROCESS = 0x3D0F00, 0x01200011
X86_64, AARCH64 = (0, 0xC000003E), (1, 0xC00000B7)
both = pytest.mark.parametrize("machine", [X86_64, AARCH64], ids=["x86_64", "aarch64"])
# Where the two processors differ: (x86_64, aarch64).
READ, WRITE, MMAP, FUTEX, OPENAT, EXECVE = (0, 63), (1, 64), (9, 222), (202, 98), (257, 56), (59, 221)
CLONE, KILL, SOCKET, CONNECT, PRLIMIT, IOCTL = (56, 220), (62, 129), (41, 198), (42, 203), (302, 261), (16, 29)


def verdict(machine: tuple[int, int], call: int, *arguments: int, for_sound: bool = False, processor: int = 0) -> str:
    """What the filter says: "allowed", or the name of the error."""
    column, audited_as = machine
    steps = sandbox_calls._steps(column, audited_as, for_sound=for_sound)
    words = {0: call, 4: processor or audited_as}
    for index, argument in enumerate((*arguments, *[0] * (6 - len(arguments)))):
        words[16 + 8 * index], words[20 + 8 * index] = argument & 0xFFFFFFFF, argument >> 32
    place, value = 0, 0
    holds: dict[int, Callable[[int, int], bool]] = {0x15: operator.eq, 0x35: operator.ge, 0x45: _shares_a_bit}
    while True:
        operation, if_true, if_false, operand = steps[place]
        place += 1
        if operation == 0x06:
            return "allowed" if operand == ALLOWED else errno.errorcode[operand & 0xFFFF]
        if operation == 0x20:
            value = words[operand]
        else:
            place += if_true if holds[operation](value, operand) else if_false


def _shares_a_bit(value: int, operand: int) -> bool:
    return value & operand != 0


@both
def test_that_what_decoders_live_on_is_allowed(machine: tuple[int, int]) -> None:
    column = machine[0]
    for call in (READ, WRITE, MMAP, FUTEX, OPENAT):
        assert verdict(machine, call[column]) == "allowed"
    assert verdict(machine, CLONE[column], THREAD) == "allowed"
    assert verdict(machine, KILL[column], os.getpid()) == "allowed"
    assert verdict(machine, PRLIMIT[column], 0, 7, 0, 1) == "allowed"


@both
def test_that_programs_processes_and_strangers_are_refused(machine: tuple[int, int]) -> None:
    column = machine[0]
    assert verdict(machine, EXECVE[column]) == "EPERM"
    assert verdict(machine, CLONE[column], PROCESS) == "EPERM"
    assert verdict(machine, KILL[column], os.getppid()) == "EPERM"
    assert verdict(machine, PRLIMIT[column], 0, 7, 1 << 40) == "EPERM"
    assert verdict(machine, PRLIMIT[column], os.getppid()) == "EPERM"
    assert verdict(machine, IOCTL[column], 0, 0x5412) == "EPERM"
    assert verdict(machine, IOCTL[column], 0, 0x5401) == "allowed"


@both
def test_that_only_the_player_makes_sockets_and_only_of_this_machine(machine: tuple[int, int]) -> None:
    column = machine[0]
    for family in (1, 2, 10, 16, 17):
        assert verdict(machine, SOCKET[column], family) == "EPERM"
        said = verdict(machine, SOCKET[column], family, for_sound=True)
        assert said == ("allowed" if family == 1 else "EPERM")
    assert verdict(machine, CONNECT[column]) == "EPERM"
    assert verdict(machine, CONNECT[column], for_sound=True) == "allowed"


@both
def test_that_a_worker_opens_nothing_for_writing(machine: tuple[int, int]) -> None:
    openat = OPENAT[machine[0]]
    for flags in (os.O_WRONLY, os.O_RDWR, os.O_CREAT, os.O_TRUNC, os.O_APPEND):
        assert verdict(machine, openat, 0, 0, flags) == "EPERM"
    assert verdict(machine, openat, 0, 0, os.O_RDONLY | os.O_CLOEXEC) == "allowed"


@both
def test_that_other_doors_into_the_kernel_do_not_exist(machine: tuple[int, int]) -> None:
    assert verdict(machine, 10_000) == "ENOSYS"
    assert verdict(machine, 0x40000000) == "ENOSYS"
    assert verdict(machine, READ[machine[0]], processor=0x40000003) == "EPERM"
    assert verdict(machine, 435) == "ENOSYS"


@both
def test_that_the_filter_fits_into_what_the_kernel_takes(machine: tuple[int, int]) -> None:
    steps = sandbox_calls._steps(*machine, for_sound=False)
    assert len(steps) < 4096
    assert all(0 <= jump < 256 for _, if_true, if_false, _ in steps for jump in (if_true, if_false))
