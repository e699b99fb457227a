"""The window's handle on one spawned child process. Never forks, and trusts nothing that a child says.

Commands go down pickled, with descriptors beside them. What comes up is bytes (JSON), never a pickle: a
child that a hostile file has taken over must not be able to run code in the window.
"""

import contextlib
import json
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeAlias

from workbench.decoding import protections
from workbench.decoding.descriptors import send_descriptor
from workbench.decoding.patience import Patience
from workbench.decoding.pixels import SharedBlock
from workbench.sealed.reader import PlainFile, SealedFile

Source: TypeAlias = SealedFile | PlainFile
Entry: TypeAlias = Callable[[Connection, Connection], None]

MESSAGE_LIMIT = 64 * 1024
_NESTED_LIMIT = 2_500_000
START_LIMIT_S = 30.0
_DEATH_LIMIT_S = 0.2
_log = logging.getLogger(__name__)

# multiprocessing keeps its list of children without a lock.
_births = threading.Lock()


class Child:
    """A running child. One thread sends, one thread receives; `kill` may come from any thread."""

    def __init__(self, entry: Entry, name: str) -> None:
        context = multiprocessing.get_context("spawn")
        # A descriptor can ride only on a socket pair, which is what a duplex pipe is.
        below, self._commands = context.Pipe(duplex=True)
        self._answers, above = context.Pipe(duplex=False)
        self._process = context.Process(target=entry, args=(below, above), name=name, daemon=True)
        with _births:
            self._process.start()
        below.close()
        above.close()
        self.pid = self._process.pid or 0
        self._ended = threading.Lock()
        self._closed = False
        self._name = name
        self._has_spoken = False
        self._is_unwanted = False
        self._patience = Patience(f"{name}-patience", self.strike)

    def send(self, *command: object) -> None:
        """Send a command. Raises OSError when the child is gone."""
        self._commands.send(command)

    def send_source(self, source: "HeldSource") -> None:
        """Send a file's key and descriptor; the child calls `inside.receive_source`."""
        self._commands.send(source.key)
        send_descriptor(self._commands, source.descriptor, self.pid)

    def give(self, block: SharedBlock) -> None:
        """Send shared memory; the child calls `pixels.take`."""
        block.give(self._commands, self.pid)

    def receive(self, timeout_s: float | None, limit: int = MESSAGE_LIMIT) -> dict[str, Any]:
        """The next answer, of `limit` bytes at most.

        Raises TimeoutError, EOFError when the child ended, OSError when it says too much, ValueError when it babbles.
        """
        if not self._answers.poll(timeout_s):
            raise TimeoutError
        try:
            answer = json.loads(_not_too_deep(self._message(timeout_s, limit)))
        except EOFError:
            self._log_end()
            raise
        except RecursionError as error:
            raise ValueError("an answer is not nested for ever") from error
        if not isinstance(answer, dict):
            raise ValueError("an answer is a JSON object")
        if not self._has_spoken:
            self._has_spoken = True
            protections.note(self._name, answer.pop("lacking", None))
        return answer

    def strike(self) -> None:
        """Send the end and do not wait for it; `close` must follow. A sender that is stuck gets OSError."""
        with self._ended:
            self._is_unwanted = True
            if not self._closed:
                self._process.kill()

    def kill(self) -> None:
        """End it now and reap it; a receiver that waits gets EOFError. Nothing happens the second time."""
        with self._ended:
            if self._closed:
                return
            self._is_unwanted = True
            self._process.kill()
            with _births:
                self._process.join()
                self._process.close()
            self._closed = True

    def close(self) -> None:
        """Kill it and close the pipes; only for the thread that receives."""
        self.kill()
        self._patience.stop()
        self._commands.close()
        self._answers.close()

    def _message(self, timeout_s: float | None, limit: int) -> bytes:
        if timeout_s is None:
            return self._answers.recv_bytes(limit)
        # One that is taken over may begin a message and never end it.
        with self._patience.within(timeout_s):
            return self._answers.recv_bytes(limit)

    def _log_end(self) -> None:
        """Log what ended a child that nobody asked to end: a signal tells a crash from a limit that was reached."""
        with self._ended:
            if self._is_unwanted:
                return
            self._is_unwanted = True
            with _births:
                self._process.join(_DEATH_LIMIT_S)
            code = self._process.exitcode
        _log.warning("%s ended by itself: %s", self._name, _in_words(code))


def _not_too_deep(message: bytes) -> bytes:
    """A short message of brackets alone becomes a hundred times as much memory. Raises ValueError."""
    if message.count(b"[") + message.count(b"{") > _NESTED_LIMIT:
        raise ValueError("an answer has fewer parts")
    return message


def _in_words(code: int | None) -> str:
    if code is None:
        return "it closed its pipe"
    if code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit code {code}"


class HeldSource:
    """Our own copy of a source's descriptor, so that the caller may close theirs at once."""

    def __init__(self, source: Source) -> None:
        self.key = source.key if isinstance(source, SealedFile) else b""
        self.descriptor = os.dup(source.descriptor)
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close the copy. Nothing happens the second time."""
        with self._lock:
            descriptor, self.descriptor = self.descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)
