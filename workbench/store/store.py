"""The store of one account: one writer, a few readers, migrations at the start. Runs acts; knows none of them."""

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from workbench.model.ids import DeviceId
from workbench.store import engine, failures, migrations, remembered
from workbench.store.session import ReadSession, WriteSession
from workbench.store.times import Clock, from_ms, to_ms

if TYPE_CHECKING:
    from workbench.store.blobs import EvidenceShelf

P = ParamSpec("P")
R = TypeVar("R")


class Store:
    """Safe from any thread. Once `write` has returned, a power cut does not take back what was written."""

    def __init__(self, file: Path, key: bytes, shelf: "EvidenceShelf", device: DeviceId, clock: Clock) -> None:
        self.file = file
        self._shelf = shelf
        self._device = device
        self._clock = clock
        self._writing = threading.Lock()
        self._writer = engine.writing_engine(file, key)
        self._readers = engine.reading_engine(file, key)
        try:
            with failures.explained(file):
                migrations.migrate(self._writer, file)
            self.read(self._catch_up_with_clock)
        except BaseException:
            self.close()
            raise

    def write(self, act: Callable[Concatenate[WriteSession, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run `act` in one transaction, one act at a time. Raises StorageError, and whatever the act raises.

        An act must not call `write` again: it would wait for itself.
        """
        with self._writing, failures.explained(self.file), self._writer.begin() as connection:
            session = WriteSession(connection, self._clock, self._shelf, self._device)
            result = act(session, *args, **kwargs)
            remembered.put(session, "highest_time_ms", str(to_ms(session.now())))
            return result

    def read(self, query: Callable[Concatenate[ReadSession, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run `query` on one moment of the store. Raises StorageError, and whatever the query raises."""
        with failures.explained(self.file), self._readers.begin() as connection:
            return query(ReadSession(connection, self._clock, self._shelf, self._device), *args, **kwargs)

    def close(self) -> None:
        """Wait for the act under way, then let go of the file."""
        with self._writing:
            self._readers.dispose()
            with suppress(Exception):
                connection = self._writer.raw_connection()
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
                connection.close()
            self._writer.dispose()

    def _catch_up_with_clock(self, session: ReadSession) -> None:
        self._clock.seen(from_ms(int(remembered.get(session, "highest_time_ms") or 0)))
