"""The port: all that the round and the fetch know of a platform. Whatever is peculiar to one stays behind it."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from workbench.model.ids import DeviceId, EvidenceHash
from workbench.wire.events import Event
from workbench.wire.exchange import ExchangeAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a platform can do. The window shows only that."""

    criterion_scores: bool = False
    citations: bool = False
    rounds: bool = False
    adjudication: bool = False
    second_scorers: bool = False
    atomic_rows: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceStream:
    """The bytes of one file from `start` on. `start` is 0 when the platform would not continue where we asked."""

    start: int
    pieces: Iterator[bytes]


class Platform(Protocol):
    """What the workbench syncs with."""

    @property
    def capabilities(self) -> Capabilities:
        """What this platform can do."""
        ...

    def exchange(self, cursor: str, events: Sequence[Event], device: DeviceId) -> ExchangeAnswer:
        """One write-read round. Raises NetworkError, PlatformError or DataError; then the outcomes are unknown."""
        ...

    def open_evidence(self, sha256: EvidenceHash, size: int, start: int) -> AbstractContextManager[EvidenceStream]:
        """The bytes of a file of `size` bytes from `start` on, unverified. Raises NetworkError or PlatformError."""
        ...

    def break_off(self) -> None:
        """End calls under way with NetworkError; later calls are answered again."""
        ...

    def close(self) -> None:
        """Let go of connections; calls under way break off with NetworkError."""
        ...
