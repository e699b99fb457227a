"""Typed ids. Platform ids are opaque strings; ids that we make are UUIDv7, rising within a process."""

import os
import threading
import time
import uuid
from typing import NewType

OfferingId = NewType("OfferingId", str)
CriterionId = NewType("CriterionId", str)
LevelId = NewType("LevelId", str)
PartId = NewType("PartId", str)
SubmissionId = NewType("SubmissionId", str)
EvidenceId = NewType("EvidenceId", str)
EvidenceHash = NewType("EvidenceHash", str)
"""SHA-256 of a file's bytes, 64 lower-case hexadecimal digits."""
AssignmentId = NewType("AssignmentId", str)
PersonId = NewType("PersonId", str)
CitationId = NewType("CitationId", str)
DecisionId = NewType("DecisionId", str)
EventKey = NewType("EventKey", str)
DeviceId = NewType("DeviceId", str)
ProgrammeId = NewType("ProgrammeId", str)


class _Uuid7Source:
    """Makes UUIDv7 (RFC 9562) that rise strictly within this process, even when the clock goes back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def next(self) -> uuid.UUID:
        with self._lock:
            # 48 bits of milliseconds and 12 bits of counter (rand_a) form one rising number.
            now = time.time_ns() // 1_000_000 << 12
            self._last = max(now, self._last + 1)
            stamp = self._last
        value = (stamp >> 12) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64
        value |= 0b10 << 62 | int.from_bytes(os.urandom(8)) >> 2
        return uuid.UUID(int=value)


_source = _Uuid7Source()


def new_id() -> str:
    """A new UUIDv7 as text; later calls in this process sort after earlier ones."""
    return str(_source.next())
