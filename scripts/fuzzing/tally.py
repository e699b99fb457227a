"""What came of every file, counted from several threads."""

import threading
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from scripts.fuzzing.breaking import Broken

DECODED, REFUSED, TIMED_OUT, CRASHED, FAILED = "decoded", "refused", "timed out", "crashed", "failed"
OUTCOMES = (DECODED, REFUSED, TIMED_OUT, CRASHED, FAILED)
"""`failed`: an error of our own that is no refusal; each is a bug."""
WORKERS, PLAYER = "workers", "player"


@dataclass(frozen=True, slots=True)
class Incident:
    """A file that ended or hung a process, or met a bug; with all that is needed to make it again."""

    number: int
    where: str
    seed: str
    done: tuple[str, ...]
    job: str
    outcome: str
    reason: str
    library: str


@dataclass
class Tally:
    """Counts; safe from any thread."""

    by_ending: dict[str, dict[str, Counter[str]]] = field(default_factory=lambda: {WORKERS: {}, PLAYER: {}})
    refusals: Counter[str] = field(default_factory=Counter)
    surprises: dict[str, list[int]] = field(default_factory=dict)
    incidents: list[Incident] = field(default_factory=list)
    whole: dict[str, list[str]] = field(default_factory=dict)
    files: int = 0
    jobs: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, where: str, file: Broken, outcome: str) -> None:
        """One file is through."""
        with self._lock:
            if file.number < 0:
                self.whole.setdefault(file.seed.name, []).append(f"{where}: {outcome}")
                return
            self.files += where == WORKERS
            self.by_ending[where].setdefault(file.seed.ending, Counter())[outcome] += 1

    def ask(self) -> None:
        """One more question to a worker."""
        with self._lock:
            self.jobs += 1

    def refuse(self, file: Broken, sentence: str, surprise: str = "") -> None:
        """A refusal; `surprise` names the job and the error that nobody foresaw, empty for a known reason."""
        with self._lock:
            self.refusals[sentence] += 1
            if surprise:
                self.surprises.setdefault(surprise, []).append(file.number)

    def add(self, incident: Incident) -> None:
        """Keep an incident."""
        with self._lock:
            self.incidents.append(incident)

    def as_json(self) -> dict[str, Any]:
        """For the report."""
        with self._lock:
            return {
                "files": self.files,
                "jobs": self.jobs,
                "by_ending": {
                    where: {ending: dict(counts) for ending, counts in sorted(endings.items())}
                    for where, endings in self.by_ending.items()
                },
                "refusals": dict(self.refusals.most_common()),
                "unforeseen_errors_refused": dict(self.surprises),
                "incidents": [asdict(incident) for incident in self.incidents],
                "whole_seeds": self.whole,
            }
