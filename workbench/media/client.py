"""The window's end of the decode workers: hands out jobs, replaces workers that die or hang. Decodes nothing.

Each desk is a thread with one worker process. A desk opens as soon as the last one is busy, so that a worker
stands ready ahead of need. What comes back is checked before it is believed.
"""

import contextlib
import heapq
import itertools
import logging
import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

from workbench.decoding.child import START_LIMIT_S, Child, HeldSource, Source
from workbench.decoding.pixels import SharedBlock
from workbench.errors import DecoderStoppedError, EvidenceError, KnownError, trace_of
from workbench.media.jobs import Job
from workbench.media.results import read_answer

T = TypeVar("T")

ROOM_LIMIT = 1024**3
_KEEPS = "Your levels, notes and citations are not touched."
_log = logging.getLogger(__name__)


@dataclass(order=True, slots=True)
class _Task:
    rank: tuple[int, int]
    job: Job[Any] = field(compare=False)
    source: HeldSource = field(compare=False)
    future: "Future[Any]" = field(compare=False)
    limit_s: float = field(compare=False)


class MediaWorkers:
    """At most `count` worker processes. Safe from any thread. `time_limit_s` overrides every job's own limit."""

    def __init__(self, count: int = 2, *, time_limit_s: float | None = None) -> None:
        self._count = count
        self._time_limit_s = time_limit_s
        self._state = threading.RLock()
        self._waiting: list[_Task] = []
        self._order = itertools.count()
        self._desks: list[_Desk] = []
        self._idle: list[threading.Condition] = []
        """A bell for each desk without work. The one that was put down last is rung first: what is asked next is
        mostly about the same file, and its worker has that open."""
        self._closing = False

    def start(self) -> None:
        """Start the first worker ahead of need; returns at once."""
        with self._state:
            self._open_desk_if_needed()

    def submit(self, job: Job[T], source: Source, *, priority: int = 0) -> "Future[T]":
        """Ask. Higher priorities go first, equal ones in order. The caller may close `source` at once.

        The future fails with EvidenceError whose text is the reason; `cancel()` drops what is still waiting.
        """
        held = HeldSource(source)
        future: Future[T] = Future()
        future.add_done_callback(lambda _: held.close())
        limit_s = self._time_limit_s if self._time_limit_s is not None else job.time_limit_s
        with self._state:
            if self._closing:
                future.cancel()
                return future
            heapq.heappush(self._waiting, _Task((-priority, next(self._order)), job, held, future, limit_s))
            self._open_desk_if_needed()
            if self._idle:
                self._idle.pop().notify()
        return future

    def worker_pids(self) -> tuple[int, ...]:
        """The processes that run now, for diagnosis."""
        with self._state:
            return tuple(pid for desk in self._desks if (pid := desk.pid))

    def close(self) -> None:
        """Cancel what waits, end the workers, wait for the threads. Running jobs fail with EvidenceError."""
        with self._state:
            self._closing = True
            dropped, self._waiting = self._waiting, []
            for bell in self._idle:
                bell.notify()
        for task in dropped:
            task.future.cancel()
        for desk in self._desks:
            desk.stop()
        for desk in self._desks:
            desk.join()

    def take(self) -> _Task | None:
        """For desks: the next task, waiting for one; None when closing."""
        with self._state:
            while not self._waiting and not self._closing:
                bell = threading.Condition(self._state)
                self._idle.append(bell)
                bell.wait()
            if self._closing:
                return None
            task = heapq.heappop(self._waiting)
            self._open_desk_if_needed()
            return task

    def _open_desk_if_needed(self) -> None:
        if self._closing or len(self._idle) > len(self._waiting) or len(self._desks) >= self._count:
            return
        if len(self._desks) > 0 and self._opening():
            return
        desk = _Desk(self, len(self._desks) + 1)
        self._desks.append(desk)
        desk.start()

    def _opening(self) -> bool:
        """Whether a desk is on its way: it will take what waits."""
        return any(not desk.opened for desk in self._desks) and not self._waiting


class _Desk(threading.Thread):
    """One thread with one worker process, which it replaces when it dies or hangs."""

    def __init__(self, workers: MediaWorkers, number: int) -> None:
        super().__init__(name=f"media-desk-{number}", daemon=True)
        self.opened = False
        self._workers = workers
        self._child: Child | None = None
        self._ready = False
        self._stopping = False
        self._lock = threading.Lock()

    @property
    def pid(self) -> int:
        """The worker's process id, 0 for none."""
        child = self._child
        return child.pid if child is not None else 0

    def run(self) -> None:
        """Serve until the client closes."""
        try:
            while not self._stopping:
                # A worker that cannot be started now is tried again for each file, and the file says so.
                with contextlib.suppress(OSError):
                    self._hire()
                self.opened = True
                task = self._workers.take()
                if task is None:
                    break
                self._serve(task)
        finally:
            self._dismiss()

    def stop(self) -> None:
        """End the worker, whatever it does; the thread notices."""
        with self._lock:
            self._stopping = True
            child = self._child
        if child is not None:
            child.kill()

    def _serve(self, task: _Task) -> None:
        if not task.future.set_running_or_notify_cancel():
            return
        try:
            answer = self._ask(task)
        except KnownError as refusal:
            task.future.set_exception(refusal)
        except Exception as error:
            _log.error("a decode desk failed: %s", trace_of(error))
            task.future.set_exception(error)
        else:
            task.future.set_result(answer)

    def _ask(self, task: _Task) -> Any:
        for _ in range(2):
            try:
                self._hand_over(task)
            except (OSError, EOFError, TimeoutError, ValueError):
                # It died before it saw this file: not this file's fault.
                self._dismiss()
                continue
            return self._await_answer(task)
        raise self._refusal("The part of the workbench that reads files could not be started.")

    def _hand_over(self, task: _Task) -> None:
        child = self._hire()
        if not self._ready:
            child.receive(START_LIMIT_S)
            self._ready = True
        child.send(task.job, task.limit_s)
        child.send_source(task.source)
        child.receive(START_LIMIT_S)

    def _await_answer(self, task: _Task) -> Any:
        try:
            return self._converse(task)
        except TimeoutError:
            self._dismiss()
            raise self._refusal("This file takes too long to read, so it is not shown.") from None
        except (OSError, EOFError, ValueError):
            self._dismiss()
            raise self._refusal("This file stopped the program that reads it, so it is not shown.") from None

    def _converse(self, task: _Task) -> Any:
        """Give the worker room for its pictures if it asks, once; then take the answer."""
        until_s = time.monotonic() + task.limit_s
        block: SharedBlock | None = None
        try:
            limit = task.job.answer_limit
            answer = self._hire().receive(max(0.0, until_s - time.monotonic()), limit)
            if "room" in answer:
                block = _make_room(answer["room"])
                self._hire().give(block)
                answer = self._hire().receive(max(0.0, until_s - time.monotonic()), limit)
            if "refused" in answer:
                _log.info("a file was refused: %s", _detail(answer))
            return read_answer(task.job, answer, block)
        except Exception:
            if block is not None:
                block.close()
            raise

    def _refusal(self, happened: str) -> EvidenceError:
        return DecoderStoppedError("The workbench is closing." if self._stopping else happened, safe=_KEEPS)

    def _hire(self) -> Child:
        """The running worker, or a new one. Raises OSError when none can be started any more."""
        with self._lock:
            if self._child is None:
                if self._stopping:
                    raise OSError("closing")
                from workbench.media.worker import main

                self._child, self._ready = Child(main, self.name), False
            return self._child

    def _dismiss(self) -> None:
        with self._lock:
            child, self._child = self._child, None
        if child is not None:
            child.close()


def _detail(answer: dict[str, Any]) -> str:
    """The name of what went wrong, for the log: nothing else that a worker says may be kept there."""
    said = answer.get("detail", "")
    is_name = isinstance(said, str) and said.isascii() and said.isidentifier() and len(said) <= 60
    return said if is_name else "known reason"


def _make_room(size: object) -> SharedBlock:
    if not isinstance(size, int) or not 0 < size <= ROOM_LIMIT:
        raise ValueError("a worker asks for more room than a picture needs")
    return SharedBlock(size)
