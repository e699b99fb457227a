import multiprocessing
import os
import sys
from pathlib import Path

import pytest

from workbench.decoding.pixels import SharedBlock, take


@pytest.mark.parametrize(
    "anonymous",
    [pytest.param(True, marks=pytest.mark.skipif(sys.platform != "linux", reason="memfd is Linux's")), False],
)
def test_that_what_the_child_writes_is_seen_by_the_window(anonymous: bool) -> None:
    window, child = multiprocessing.Pipe()
    block = SharedBlock(100_000, anonymous=anonymous)
    block.give(window, os.getpid())
    taken = take(child)
    taken.view[:5] = b"hello"
    taken.close()
    assert bytes(block.view[:5]) == b"hello"
    block.close()
    window.close()
    child.close()


@pytest.mark.skipif(sys.platform != "linux", reason="seals are Linux's")
def test_that_a_child_cannot_shrink_the_memory_under_the_window() -> None:
    from workbench.decoding.descriptors import receive_descriptor

    window, child = multiprocessing.Pipe()
    block = SharedBlock(100_000)
    block.give(window, os.getpid())
    child.recv()
    descriptor = receive_descriptor(child)
    with pytest.raises(PermissionError):
        os.ftruncate(descriptor, 0)
    os.close(descriptor)
    block.close()
    window.close()
    child.close()


@pytest.mark.skipif(sys.platform != "linux", reason="memfd is Linux's")
def test_that_a_block_that_could_not_be_given_leaves_no_descriptor() -> None:
    window, child = multiprocessing.Pipe()
    child.close()
    before = len(list(Path("/proc/self/fd").iterdir()))
    block = SharedBlock(100_000)
    with pytest.raises(OSError, match="Broken pipe"):
        block.give(window, os.getpid())
    del block
    assert len(list(Path("/proc/self/fd").iterdir())) == before
