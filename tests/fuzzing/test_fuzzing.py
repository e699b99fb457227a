"""The fuzzing makes the same files twice, sees what it is there to see, and leaves nothing."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.fuzzing.asking import Asker, Ears
from scripts.fuzzing.breaking import Broken, broken
from scripts.fuzzing.evidence import broken_promises
from scripts.fuzzing.mutations import mend_png
from scripts.fuzzing.seeds import Seed, all_seeds
from scripts.fuzzing.tally import CRASHED, Tally
from tests.media.making import make_laughing_pdf
from tests.media.test_workers import cpu_ticks

ROOT = Path(__file__).parents[2]


def test_that_a_seed_and_a_number_name_the_same_bytes_every_time() -> None:
    first, second = all_seeds(), all_seeds()
    made = [broken(3, number, first) for number in range(60)]
    assert [broken(3, number, second) for number in range(60)] == made
    assert [broken(4, number, first).data for number in range(60)] != [each.data for each in made]
    assert {each.seed.group for each in made} == {"pdf", "image", "recording", "text"}
    assert sum(each.data != each.seed.data for each in made) > 50


def test_that_a_mended_png_is_the_one_that_was_never_broken() -> None:
    (png,) = [seed.data for seed in all_seeds()["image"]["png"] if seed.name == "made.png"]
    wrong = bytearray(png)
    wrong[29:33] = b"\0\0\0\0"
    assert mend_png(bytes(wrong)) == mend_png(png) == png


@pytest.mark.skipif(sys.platform != "linux", reason="it watches children as Linux shows them")
def test_that_a_short_run_keeps_every_promise_and_leaves_a_report(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    command = [sys.executable, "-m", "scripts.fuzzing", "evidence", "--files", "30", "--report", str(report)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=55, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    said = json.loads(report.read_text("utf-8"))
    assert said["files"] == 30
    assert said["recordings_in_the_player"] > 3
    assert said["broken_promises"] == []
    assert said["left_behind"] == {"temp": [], "profile": [], "shared memory": []}
    assert "Every promise held." in done.stdout


@pytest.fixture
def ears() -> Iterator[Ears]:
    """Ears that other tests do not keep."""
    ears = Ears()
    yield ears
    ears.leave()


class Killer:
    """Gives out one file that is never done, and ends the worker that reads it as a crash would."""

    def __init__(self, file: Broken) -> None:
        self._files = iter([file])
        self.asker: Asker | None = None

    def __iter__(self) -> Iterator[Broken]:
        return self

    def __next__(self) -> Broken:
        return next(self._files)

    def kill(self) -> None:
        assert self.asker is not None
        while not (pids := self.asker.crew.worker_pids()) or cpu_ticks(pids[0]) < 80:
            self.asker.join(0.02)
        os.kill(pids[0], signal.SIGSEGV)


@pytest.mark.skipif(sys.platform != "linux", reason="counts processor time in /proc")
def test_that_a_crash_is_counted_with_its_signal_and_its_file(tmp_path: Path, ears: Ears) -> None:
    laughing = make_laughing_pdf(tmp_path / "laugh.pdf").read_bytes()
    killer, tally = Killer(Broken(7, Seed("laugh.pdf", "pdf", "pdf", laughing), ("none",), laughing)), Tally()
    asker = killer.asker = Asker(killer, tmp_path, tally, ears, lambda file, path: None)
    asker.start()
    killer.kill()
    asker.join(50)
    assert tally.by_ending["workers"]["pdf"][CRASHED] == 1
    (incident,) = [each for each in tally.incidents if each.outcome == CRASHED]
    assert (incident.number, incident.reason, incident.library) == (7, "SIGSEGV", "MuPDF")


def test_that_a_promise_that_did_not_hold_is_named() -> None:
    report = {
        "left_behind": {"temp": ["x.tmp"], "profile": []},
        "window": {"longest_own_pause_s": 1.4},
        "children": {"foreign": {"workers: a network socket": 2}, "peak_mb": {"player": {"VmPeak": 5000}}},
        "protections_lacking": {"player": ("files", "sockets"), "media-desk": ()},
        "errors_logged": ["a decode desk failed"],
        "incidents": [{"outcome": "failed", "reason": "KeyError"}, {"outcome": "crashed", "reason": "SIGSEGV"}],
    }
    assert broken_promises(report) == [
        "temp: x.tmp",
        "the window's thread stood still for 1.4 s",
        "workers: a network socket, in 2 samples",
        "a child took more memory than its limit",
        "this system does not protect player by: files",
        "logged: a decode desk failed",
        "a bug of our own: KeyError",
    ]
