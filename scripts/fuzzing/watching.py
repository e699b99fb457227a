"""Watches the children from outside while they work: memory, open files, sockets, locks.

It looks a few times a second, so it can miss what is short; the locks miss nothing.
"""

import os
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from workbench.decoding.sandbox_files import readable_places

_EVERY_S = 0.25
_HARMLESS = ("pipe:[", "socket:[", "anon_inode:", "/memfd:", os.devnull)
_TABLES = ("tcp", "tcp6", "udp", "udp6", "raw", "raw6")


class Watcher(threading.Thread):
    """Looks at the processes that `workers` and `player` name, a few times a second. Linux only."""

    def __init__(self, workers: Callable[[], Iterable[int]], player: Callable[[], int], evidence: Path) -> None:
        super().__init__(name="watcher")
        self._workers = workers
        self._player = player
        self._allowed = (str(evidence), *(os.path.realpath(place) for place in readable_places(for_sound=True)))
        self._done = threading.Event()
        self.samples = 0
        self.locked = Counter[str]()
        self.peak_kb: dict[str, dict[str, int]] = {"workers": Counter(), "player": Counter()}
        self.foreign = Counter[str]()
        self.pids: dict[str, set[int]] = {"workers": set(), "player": set()}

    def run(self) -> None:
        """Look until told to stop."""
        while not self._done.wait(_EVERY_S):
            for pid in self._workers():
                self._look("workers", pid)
            if self._player():
                self._look("player", self._player())

    def stop(self) -> None:
        """Stop and wait for it."""
        self._done.set()
        self.join()

    def _look(self, kind: str, pid: int) -> None:
        status = _status(pid)
        self.pids[kind].add(pid)
        if status.get("Seccomp") is None:
            return
        self.samples += 1
        for name in ("VmHWM", "VmPeak"):
            self.peak_kb[kind][name] = max(self.peak_kb[kind][name], int(status.get(name, "0").split()[0]))
        if status["Seccomp"] != "2":
            # Still starting: it has met no evidence.
            self.locked["not yet"] += 1
            return
        self.locked["yes"] += 1
        self._look_at_files(kind, pid)

    def _look_at_files(self, kind: str, pid: int) -> None:
        inodes = set()
        for name in _names(Path(f"/proc/{pid}/fd")):
            try:
                target = str(Path(f"/proc/{pid}/fd/{name}").readlink())
            except OSError:
                continue
            if target.startswith("socket:["):
                inodes.add(target[8:-1])
            if not target.startswith((*_HARMLESS, *self._allowed)):
                self.foreign[f"{kind}: a file outside of what they may read"] += 1
        if inodes & _network_inodes(pid):
            self.foreign[f"{kind}: a network socket"] += 1

    def as_json(self) -> dict[str, Any]:
        """For the report."""
        return {
            "samples": self.samples,
            "locked_in": dict(self.locked),
            "peak_mb": {
                kind: {name: round(size / 1024) for name, size in peaks.items()} for kind, peaks in self.peak_kb.items()
            },
            "processes_seen": {kind: len(pids) for kind, pids in self.pids.items()},
            "foreign": dict(self.foreign),
        }


def _status(pid: int) -> dict[str, str]:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return {}
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def _names(folder: Path) -> list[str]:
    try:
        return [entry.name for entry in folder.iterdir()]
    except OSError:
        return []


def _network_inodes(pid: int) -> set[str]:
    found: set[str] = set()
    for table in _TABLES:
        try:
            lines = Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]
        except OSError:
            continue
        found.update(fields[9] for fields in map(str.split, lines) if len(fields) > 9)
    return found
