"""An open descriptor through a pipe: how evidence reaches a child. Never a path, never argv or environment."""

import sys
from multiprocessing import reduction
from multiprocessing.connection import Connection


def send_descriptor(connection: Connection, descriptor: int, pid: int) -> None:
    """Give the process `pid` at the other end its own copy of the descriptor. Raises OSError if it is gone."""
    handle = descriptor
    if sys.platform == "win32":
        import msvcrt

        handle = msvcrt.get_osfhandle(descriptor)
    reduction.send_handle(connection, handle, pid)


def receive_descriptor(connection: Connection) -> int:
    """The descriptor that the other end sent; the caller closes it."""
    handle: int = reduction.recv_handle(connection)
    if sys.platform == "win32":
        import msvcrt
        import os

        return msvcrt.open_osfhandle(handle, os.O_RDONLY)
    return handle
