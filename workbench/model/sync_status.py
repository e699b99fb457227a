"""How the laptop and the platform stand with each other right now, as the loop tells it and the window shows it."""

from dataclasses import dataclass
from enum import StrEnum

from workbench.model.ids import EvidenceId


class SyncPhase(StrEnum):
    """What the sync chip is about. `problem` and `signed_out` need a person; the others do not."""

    UP_TO_DATE = "up_to_date"
    SYNCING = "syncing"
    OFFLINE = "offline"
    PROBLEM = "problem"
    SIGNED_OUT = "signed_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileProgress:
    """The file that is arriving. In bytes."""

    evidence_id: EvidenceId
    bytes_here: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncStatus:
    """`words` say a problem in whole sentences, else empty. `files_done` of `files` evidence files of this pass."""

    phase: SyncPhase
    words: str = ""
    files_done: int = 0
    files: int = 0
    arriving: FileProgress | None = None
