"""The bridge between the windows and the rest: one writer lane, one reader lane, a small pool for other waiting.

Work leaves the UI thread as a function with its arguments and comes back to the UI thread as a call.
Never touches a widget, and never does work on the UI thread itself.
"""

import logging
import queue
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from workbench.errors import KnownError, trace_of
from workbench.model.changes import Changes

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

log = logging.getLogger(__name__)

Act = Callable[..., Any]


class _Store(Protocol):
    def write(self, act: Act, *args: Any, **kw: Any) -> Any: ...

    def read(self, query: Act, *args: Any, **kw: Any) -> Any: ...


class _Media(Protocol):
    def submit(self, job: Any, source: Any, *, priority: int = 0) -> "Future[Any]": ...


class Lane:
    """One thread that does its work in order."""

    def __init__(self, name: str) -> None:
        self._work: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[], None]) -> None:
        """Do this after everything submitted before."""
        self._work.put(work)

    def drain(self, timeout_s: float) -> bool:
        """Finish what was submitted and end the thread; False when that took longer."""
        self._work.put(None)
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (work := self._work.get()) is not None:
            work()


class Tasks(QObject):
    """Runs operations on the store writer and asks queries on the reader; every answer arrives on the UI thread."""

    changed = Signal(object, object)
    """`(Changes, initiator)` after a committed operation or a sync round."""
    failed = Signal(object)
    """A KnownError that no caller wanted for itself."""
    _landed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = Lane("store writer")
        self._reader = Lane("store reader")
        self._pool: ThreadPoolExecutor | None = None
        self._store: _Store | None = None
        self._media: _Media | None = None
        self._asked: dict[tuple[int, Act], int] = {}
        self._closed = False
        self._landed.connect(self._on_landed, Qt.ConnectionType.QueuedConnection)

    def attach(self, store: _Store | None, media: _Media | None) -> None:
        """Give the lanes their store and their decode workers; None takes them away."""
        self._store = store
        self._media = media

    @property
    def is_attached(self) -> bool:
        """Whether there is a store to ask."""
        return self._store is not None

    def run(
        self,
        operation: Act,
        *args: Any,
        initiator: object = None,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[KnownError], None] | None = None,
        **kw: Any,
    ) -> None:
        """Run an operation on the writer in one transaction; `changed` first, then `done(changes)`."""

        def finished(result: Any) -> None:
            if isinstance(result, Changes) and result:
                self.changed.emit(result, initiator)
            if done is not None:
                done(result)

        store = self._need_store()
        self._writer.submit(lambda: self._attempt(lambda: store.write(operation, *args, **kw), finished, failed))

    def ask(
        self,
        query: Act,
        *args: Any,
        on_answer: Callable[[Any], None],
        owner: QObject,
        failed: Callable[[KnownError], None] | None = None,
        **kw: Any,
    ) -> None:
        """Ask a query on the reader. A later question of that owner to that query makes this one moot."""
        store = self._need_store()
        key = (id(owner), query)
        number = self._asked[key] = self._asked.get(key, 0) + 1

        def is_moot() -> bool:
            return self._asked.get(key) != number

        def answered(result: Any) -> None:
            if not is_moot() and shiboken6.isValid(owner):
                on_answer(result)

        def work() -> None:
            if not is_moot():
                self._attempt(lambda: store.read(query, *args, **kw), answered, failed, owner)

        self._reader.submit(work)

    def decode(
        self,
        job: Any,
        source: Any,
        on_answer: Callable[[Any], None],
        owner: QObject,
        priority: int = 0,
        failed: Callable[[KnownError], None] | None = None,
    ) -> "Future[Any]":
        """Decode in a worker process; the answer comes while `owner` lives. Cancel the future to drop stale work."""
        if self._media is None:
            raise RuntimeError("decode asked before the decode workers were attached")
        future = self._media.submit(job, source, priority=priority)

        def answered(result: Any) -> None:
            if shiboken6.isValid(owner) and not future.cancelled():
                on_answer(result)
            elif hasattr(result, "release"):
                result.release()

        future.add_done_callback(
            lambda done: None if done.cancelled() else self._attempt(done.result, answered, failed, owner)
        )
        return future

    def wait_for(
        self,
        work: Callable[[], Any],
        *,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[KnownError], None] | None = None,
    ) -> None:
        """Run slow work (a sign-in, a key derivation) on the pool."""
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(2, thread_name_prefix="network")
        self._pool.submit(self._attempt, work, done, failed)

    def on_writer(
        self,
        work: Callable[[], Any],
        *,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[KnownError], None] | None = None,
    ) -> None:
        """Run work on the writer's own thread, in order with the operations: opening and closing the store."""
        self._writer.submit(lambda: self._attempt(work, done, failed))

    def announce(self, changes: Changes) -> None:
        """Tell the windows of changes that came from elsewhere (a sync round). Any thread."""
        self._post(lambda: self.changed.emit(changes, None))

    def post(self, call: Callable[[], None]) -> None:
        """Call this on the UI thread soon. Any thread."""
        self._post(call)

    def close(self, timeout_s: float = 5.0, *, last: Callable[[], None] | None = None) -> bool:
        """Drain reader and writer, which does `last` at its end; later answers are dropped. False: one hung."""
        self._closed = True
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
        is_reader_done = self._reader.drain(timeout_s)
        if last is not None:
            self._writer.submit(lambda: self._attempt(last, None, None))
        return self._writer.drain(timeout_s) and is_reader_done

    def _need_store(self) -> _Store:
        if self._store is None:
            raise RuntimeError("the store is not open")
        return self._store

    def _attempt(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None,
        failed: Callable[[KnownError], None] | None,
        owner: QObject | None = None,
    ) -> None:
        try:
            result = work()
        except KnownError as known:
            self._report(known, failed, owner)
        except Exception as bug:
            log.error("a task broke: %s", trace_of(bug))
            self._report(_as_problem(bug), failed, owner)
        else:
            if done is not None:
                self._post(lambda: done(result))

    def _report(self, problem: KnownError, failed: Callable[[KnownError], None] | None, owner: QObject | None) -> None:
        self._post(lambda: self._tell(problem, failed, owner))

    def _tell(self, problem: KnownError, failed: Callable[[KnownError], None] | None, owner: QObject | None) -> None:
        if owner is not None and not shiboken6.isValid(owner):
            return
        if failed is not None:
            failed(problem)
        else:
            self.failed.emit(problem)

    def _post(self, call: Callable[[], None]) -> None:
        if not self._closed:
            self._landed.emit(call)

    @Slot(object)
    def _on_landed(self, call: Callable[[], None]) -> None:
        if not self._closed:
            call()


def _as_problem(bug: Exception) -> KnownError:
    return KnownError(
        f"Something in the workbench itself went wrong ({type(bug).__name__}).",
        safe="What was saved before is safe on this laptop.",
        do="Try again; if it comes back, restart the workbench.",
    )
