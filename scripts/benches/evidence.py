"""The whole table of the evidence benchmark: `scripts/bench evidence [--quick] [--only ROW] [--keep FOLDER]`.

Ours is measured through the real path (encrypted store, workers, player, offscreen window) beside the named rival,
taken in turn in the same run. All files are made by the run.
"""

import argparse
import platform
import tempfile
from collections.abc import Mapping
from pathlib import Path

from scripts.benches import (
    evidence_blocks,
    evidence_image,
    evidence_memory,
    evidence_pdf,
    evidence_sealed,
    evidence_seek,
    evidence_step,
    evidence_strip,
)
from scripts.benches.evidence_files import has_ffmpeg
from scripts.benches.evidence_report import Measure, Plan, print_head, print_row

PARTS = (
    evidence_pdf,
    evidence_image,
    evidence_blocks,
    evidence_seek,
    evidence_step,
    evidence_strip,
    evidence_sealed,
    evidence_memory,
)
ROWS: dict[str, Measure] = {name: measure for part in PARTS for name, measure in part.ROWS.items()}


def main(arguments: list[str]) -> int:
    """Print a Markdown table. Returns 0 whether aims are met or not, 2 without ffmpeg."""
    parser = argparse.ArgumentParser(prog="scripts/bench evidence", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer runs on shorter files")
    parser.add_argument("--only", action="append", choices=sorted(ROWS), metavar="ROW", help=", ".join(ROWS))
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="make the files there, and use them again")
    chosen = parser.parse_args(arguments)
    wanted = {name: ROWS[name] for name in ROWS if not chosen.only or name in chosen.only}
    return run(wanted, quick=chosen.quick, keep=chosen.keep)


def run(rows: Mapping[str, Measure], *, quick: bool, keep: Path | None = None) -> int:
    """Measure and print these rows."""
    if not has_ffmpeg():
        print("This benchmark makes its recordings with ffmpeg, which is not installed.")
        return 2
    print(f"{_machine()}; {'quick run' if quick else 'full run'}; times in ms\n")
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
    print_head()
    with tempfile.TemporaryDirectory() as folder:
        plan = Plan(folder=keep or Path(folder), quick=quick)
        for measure in rows.values():
            for row in measure(plan):
                print_row(row)
    return 0


def _machine() -> str:
    names = [line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    memory = [int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")]
    cores = f"{len(names)} × {names[0]}" if names else platform.machine()
    size = f", {memory[0] / 1024**2:.0f} GB" if memory else ""
    return f"{cores}{size}, {platform.system()} {platform.release()}, Python {platform.python_version()}"


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []
