"""Ends a wait that a child draws out: it began a message and never ended it. Reads nothing itself."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Patience(threading.Thread):
    """One thread beside one child. `give_up` is called from it, while the reader still waits."""

    def __init__(self, name: str, give_up: Callable[[], None]) -> None:
        super().__init__(name=name, daemon=True)
        self._give_up = give_up
        self._state = threading.Condition()
        self._due_s: float | None = None
        self._stopped = False
        self.start()

    @contextmanager
    def within(self, timeout_s: float) -> Iterator[None]:
        """The body may take so long. One reader at a time."""
        self._set(time.monotonic() + timeout_s)
        try:
            yield
        finally:
            self._set(None)

    def stop(self) -> None:
        """End the thread and wait for it."""
        with self._state:
            self._stopped = True
            self._state.notify()
        self.join()

    def run(self) -> None:
        """Wait for a time that is due."""
        with self._state:
            while not self._stopped:
                left_s = self._due_s - time.monotonic() if self._due_s is not None else None
                if left_s is None or left_s > 0:
                    self._state.wait(left_s)
                else:
                    self._due_s = None
                    self._give_up()

    def _set(self, due_s: float | None) -> None:
        with self._state:
            self._due_s = due_s
            if due_s is not None:
                self._state.notify()
