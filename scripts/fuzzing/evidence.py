"""Broken evidence against the real decode workers and the real player; says what held and what did not.

`--only NUMBER` makes one file of a run again, with `--save FILE` to keep it for those who wrote the library.
"""

import argparse
import json
import os
import queue
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scripts.fuzzing.asking import Asker
    from scripts.fuzzing.breaking import Broken, Seeds
    from scripts.fuzzing.playing import Projector, Pulse
    from scripts.fuzzing.watching import Watcher

_ASKERS = 2
_WAITING = 16
LONGEST_PAUSE_S = 1.0
"""Of the window's thread: what a person would call hanging."""

Line = queue.Queue["tuple[Broken, Path]"]


class Supply:
    """The files of a run, one after the other, for several threads; whole ones first, then broken ones."""

    def __init__(self, wanted: argparse.Namespace, seeds: "Seeds") -> None:
        from scripts.fuzzing.breaking import broken, whole

        self._ends_at_s = time.monotonic() + wanted.minutes * 60
        first, last = (wanted.only, wanted.only + 1) if wanted.only is not None else (0, wanted.files)
        unbroken = whole(seeds) if wanted.only is None else iter(())
        made = (broken(wanted.seed, number, seeds) for number in range(first, last))
        self._files = self._chain(unbroken, made)
        self._lock = threading.Lock()

    def _chain(self, unbroken: "Iterator[Broken]", made: "Iterator[Broken]") -> "Iterator[Broken]":
        yield from unbroken
        for file in made:
            if time.monotonic() > self._ends_at_s:
                return
            yield file

    def __iter__(self) -> "Iterator[Broken]":
        while True:
            with self._lock:
                file = next(self._files, None)
            if file is None:
                return
            yield file


def main(arguments: list[str]) -> int:
    """Print a table, write the report; exit code 1 when a promise did not hold."""
    wanted = _wanted(arguments)
    if wanted.save is not None:
        from scripts.fuzzing.breaking import broken
        from scripts.fuzzing.seeds import all_seeds

        wanted.save.write_bytes(broken(wanted.seed, wanted.only or 0, all_seeds()).data)
    with tempfile.TemporaryDirectory(prefix="workbench-fuzz-") as folder:
        place = Path(folder, "temp")
        place.mkdir()
        # Before a child is born: what one of them leaves behind must land here.
        os.environ["TMPDIR"] = tempfile.tempdir = str(place)
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        report = _Run(wanted, Path(folder)).run()
    from scripts.fuzzing.report import print_report

    if wanted.report is not None:
        wanted.report.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print_report(report)
    return int(bool(report["broken_promises"]))


def _wanted(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/fuzz evidence", description=__doc__)
    parser.add_argument("--minutes", type=float, default=3.0, help="no file is begun after this time")
    parser.add_argument("--files", type=int, default=10**9, help="at most so many files")
    parser.add_argument("--seed", type=int, default=1, help="another number, other files")
    parser.add_argument("--only", type=int, metavar="NUMBER", help="only this file of the run")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write the file that --only names here")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write everything as JSON here")
    return parser.parse_args(arguments)


class _Run:
    """One run from its seeds to its report."""

    def __init__(self, wanted: argparse.Namespace, folder: Path) -> None:
        from scripts.fuzzing.seeds import all_seeds
        from scripts.fuzzing.tally import Tally

        self._wanted = wanted
        self._folder = folder
        self._profile = folder / "profile"
        self._profile.mkdir()
        self._line: Line = queue.Queue(_WAITING)
        self._tally: Tally = Tally()
        self._seeds = all_seeds()
        self._shown = 0

    def run(self) -> dict[str, Any]:
        """Everything that is known afterwards."""
        from PySide6.QtGui import QGuiApplication

        from scripts.fuzzing.asking import Ears
        from scripts.fuzzing.playing import Projector, Pulse
        from scripts.fuzzing.watching import Watcher

        application = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
        ears, shared_before = Ears(), _shared_memory()
        projector, pulse = Projector(self._tally, ears), Pulse()
        askers = self._hire(ears)
        watcher = Watcher(
            lambda: [pid for asker in askers for pid in asker.crew.worker_pids()],
            lambda: projector.player.pid,
            self._profile,
        )
        began_s = time.monotonic()
        watcher.start()
        for asker in askers:
            asker.start()
        self._show_all(projector, askers)
        if not all(asker.is_through for asker in askers):
            ears.said.append("the fuzzing itself failed")
        took_s = time.monotonic() - began_s
        watcher.stop()
        projector.player.close()
        application.processEvents()
        left = {"temp": _below(self._folder / "temp"), "profile": _below(self._profile)}
        left["shared memory"] = sorted(_shared_memory() - shared_before)
        return self._report(took_s, pulse, watcher, left, ears.said)

    def _hire(self, ears: Any) -> "list[Asker]":
        from scripts.fuzzing.asking import Asker

        files = Supply(self._wanted, self._seeds)
        return [Asker(iter(files), self._profile, self._tally, ears, self._hand_on) for _ in range(_ASKERS)]

    def _hand_on(self, file: "Broken", path: Path) -> None:
        self._line.put((file, path))

    def _show_all(self, projector: "Projector", askers: "list[Asker]") -> None:
        while any(asker.is_alive() for asker in askers) or not self._line.empty():
            try:
                file, path = self._line.get_nowait()
            except queue.Empty:
                projector.breathe()
                continue
            projector.show(file, path)
            path.unlink()
            self._shown += file.number >= 0

    def _report(
        self, took_s: float, pulse: "Pulse", watcher: "Watcher", left: dict[str, list[str]], said: list[str]
    ) -> dict[str, Any]:
        from workbench.decoding import protections

        report = {
            "seed": self._wanted.seed,
            "minutes": round(took_s / 60, 2),
            "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
            "files_per_s": round(self._tally.files / took_s, 2),
            "recordings_in_the_player": self._shown,
            **self._tally.as_json(),
            "window": {
                "beats": pulse.beats,
                "longest_pause_s": round(pulse.longest_s, 3),
                "longest_own_pause_s": round(pulse.own_s, 3),
                "pauses_s": pulse.gaps_s,
            },
            "children": watcher.as_json(),
            "protections_lacking": protections.lacking(),
            "left_behind": left,
            "errors_logged": said,
            "libraries": _versions(),
            "seeds": {
                seed.name: {"sha256": seed.digest, "bytes": len(seed.data)}
                for endings in self._seeds.values()
                for seeds in endings.values()
                for seed in seeds
            },
        }
        report["broken_promises"] = broken_promises(report)
        return report


def broken_promises(report: dict[str, Any]) -> list[str]:
    """What did not hold, in words. A library that crashed in its process broke none."""
    from workbench.decoding.sandbox import SOCKETS
    from workbench.media.worker import MEMORY_LIMIT

    found = [f"{name}: {', '.join(files)}" for name, files in report["left_behind"].items() if files]
    if report["window"]["longest_own_pause_s"] > LONGEST_PAUSE_S:
        found.append(f"the window's thread stood still for {report['window']['longest_own_pause_s']} s")
    found += [f"{what}, in {count} samples" for what, count in report["children"]["foreign"].items()]
    peaks = [size for peak in report["children"]["peak_mb"].values() for size in peak.values()]
    if max(peaks, default=0) * 1024**2 > MEMORY_LIMIT:
        found.append("a child took more memory than its limit")
    found += [
        f"this system does not protect {kind} by: {name}"
        for kind, names in report["protections_lacking"].items()
        for name in set(names) - {SOCKETS}
    ]
    found += [f"logged: {said}" for said in report["errors_logged"]]
    found += [f"a bug of our own: {each['reason']}" for each in report["incidents"] if each["outcome"] == "failed"]
    return found


def _below(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def _shared_memory() -> set[str]:
    folder = Path("/dev/shm")
    try:
        return {entry.name for entry in folder.iterdir() if entry.owner() and entry.name.startswith("psm_")}
    except (OSError, KeyError):
        return set()


def _versions() -> dict[str, str]:
    from importlib.metadata import PackageNotFoundError, version

    found = {}
    for name in ("av", "pymupdf", "pillow", "pillow-heif", "opencv-python-headless", "lxml", "pyside6-essentials"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
