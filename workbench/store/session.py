"""What an operation or a query is given: one transaction, the clock, the evidence shelf. Opens nothing itself."""

from datetime import datetime
from typing import TYPE_CHECKING

from workbench.model.ids import DeviceId
from workbench.store import audit
from workbench.store.times import Clock

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.store.blobs import EvidenceShelf
    from workbench.wire.canonical import Json


class ReadSession:
    """One moment of the store, for reading. Valid only inside the call that received it."""

    def __init__(self, connection: "Connection", clock: Clock, shelf: "EvidenceShelf", device: DeviceId) -> None:
        self.connection = connection
        self.shelf = shelf
        self.device = device
        self._clock = clock

    def now(self) -> datetime:
        """Aware UTC, never below the highest time seen."""
        return self._clock.now()


class WriteSession(ReadSession):
    """One writing transaction: all of it is kept, or nothing. Valid only inside the call that received it."""

    def audit(self, kind: str, subject: str, payload: "Json" = None) -> None:
        """Add to the chain of what was done. `payload` in JSON values; no secrets."""
        audit.append(self.connection, self.now(), kind, subject, payload)
