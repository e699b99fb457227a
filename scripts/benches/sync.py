"""Evidence from a real hub on loopback: verified, encrypted and stored by us, against plain httpx to disk."""

import csv
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.model.ids import EvidenceHash
    from workbench.store.account import Account
    from workbench.sync.platforms.hub import HubPlatform

FILES_MB = (150, 100, 50)
RUNS = 5
ASSESSOR = "Assessor 7C-03"
SIZE_MB = sum(FILES_MB)


def main(_arguments: list[str]) -> int:
    """Print a table of medians and the ratio. Returns 0."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _make_hub(folder)
        plain, synced, ours = [], [], []
        with _serving(folder / "hub") as address:
            for run in range(RUNS + 1):
                first, second, third = _once(folder, address)
                if run:  # the first only warms the disk cache
                    plain.append(first)
                    synced.append(second)
                    ours.append(third)
    _print_table(plain, synced, ours)
    return 0


def _once(folder: Path, address: str) -> tuple[float, float, float]:
    """Seconds for plain httpx, for plain httpx that waits for the disk, and for us; on the same files."""
    from workbench.hub.setup import invite
    from workbench.store.account import PassphraseProtection, create_account
    from workbench.sync.platforms.hub import HubPlatform
    from workbench.sync.round import run_round
    from workbench.sync.sign_in import enrol

    enrolled = enrol(address, invite(folder / "hub", ASSESSOR), "Bench")
    account = create_account(
        folder / "profile",
        address=enrolled.address,
        device=enrolled.device,
        sign_in=enrolled.sign_in,
        protection=PassphraseProtection("a long evening"),
    )
    platform = HubPlatform(address, account.tokens)
    run_round(account, platform)
    try:
        return _timed(folder, address, account, platform)
    finally:
        platform.close()
        account.close()
        shutil.rmtree(folder / "profile")


def _timed(folder: Path, address: str, account: "Account", platform: "HubPlatform") -> tuple[float, float, float]:
    from workbench.store import evidence_rows
    from workbench.sync.fetch import Fetch

    wanted = [each.ref for each in account.store.read(evidence_rows.wanted)]
    hashes, token = [each.sha256 for each in wanted], account.tokens.get().access_token
    plain_s = _plain(folder, address, token, hashes, settle=False)
    synced_s = _plain(folder, address, token, hashes, settle=True)
    began = time.perf_counter()
    report = Fetch(account, platform, stop=threading.Event()).run(wanted)
    ours_s = time.perf_counter() - began
    assert report.files == len(FILES_MB), report.unfetched
    return plain_s, synced_s, ours_s


def _plain(folder: Path, address: str, token: str, hashes: "list[EvidenceHash]", *, settle: bool) -> float:
    import httpx

    target = folder / "plain"
    target.mkdir()
    began = time.perf_counter()
    with httpx.Client(base_url=address, headers={"Authorization": f"Bearer {token}"}) as client:
        for sha256 in hashes:
            with client.stream("GET", f"/v1/evidence/{sha256}") as response, (target / sha256).open("wb") as file:
                response.raise_for_status()
                for piece in response.iter_bytes():
                    file.write(piece)
                if settle:
                    file.flush()
                    os.fsync(file.fileno())
    passed_s = time.perf_counter() - began
    shutil.rmtree(target)
    return passed_s


def _make_hub(folder: Path) -> None:
    from workbench.hub import setup

    programme = folder / "programme"
    (programme / "offerings").mkdir(parents=True)
    (programme / "files").mkdir()
    header = {"format": 1, "id": "bench", "name": "Bench"}
    (programme / "programme.json").write_text(json.dumps(header), "utf-8")
    (programme / "offerings" / "bench.json").write_text(json.dumps(_offering()), "utf-8")
    _table(programme / "people.csv", [("person", "name", "role"), ("a1", ASSESSOR, "assessor")])
    submission = ("s-1", "1", "bench", "Educator 4F-21", "2026-11-02T16:30:00Z")
    columns = ("submission", "attempt", "offering", "educator", "submitted_at")
    _table(programme / "submissions.csv", [columns, submission])
    rows = [("s-1", "1", str(number), f"{number}", f"File {number}") for number in range(1, len(FILES_MB) + 1)]
    _table(programme / "evidence.csv", [("submission", "attempt", "order", "file", "label"), *rows])
    for number, size_mb in enumerate(FILES_MB, 1):
        (programme / "files" / f"{number}").write_bytes(os.urandom(size_mb * 1_000_000))
    setup.init(folder / "hub")
    setup.import_programme(folder / "hub", programme)
    setup.assign(folder / "hub", ASSESSOR, "s-1")


def _offering() -> dict[str, object]:
    levels = [{"id": "no", "label": "No", "descriptor": "No."}, {"id": "yes", "label": "Yes", "descriptor": "Yes."}]
    criterion = {"id": "one", "title": "One", "levels": levels, "required_level": "yes"}
    rubric = {"version": "1", "criteria": [criterion]}
    return {"format": 1, "id": "bench", "version": 1, "title": "Bench", "competency": "Is fast.", "rubric": rubric}


def _table(file: Path, rows: list[tuple[str, ...]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)


@contextmanager
def _serving(hub: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "workbench", "hub", "serve", str(hub), "--ready-json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield json.loads(process.stdout.readline())["address"]
    finally:
        process.terminate()
        process.communicate(timeout=30)


def _print_table(plain: list[float], synced: list[float], ours: list[float]) -> None:
    print(f"{SIZE_MB} MB of evidence in {len(FILES_MB)} files, hub on loopback, median of {RUNS} alternating runs\n")
    print(f"{'':44}{'seconds':>9}{'MB/s':>8}{'ratio':>8}")
    rows = {
        "plain httpx to disk": plain,
        "plain httpx to disk, with fsync": synced,
        "workbench: verified, encrypted, fsynced": ours,
    }
    for name, seconds in rows.items():
        median = statistics.median(seconds)
        ratio = statistics.median(one / other for one, other in zip(plain, seconds, strict=True))
        print(f"{name:44}{median:9.2f}{SIZE_MB / median:8.0f}{ratio:8.2f}")
    print("\nRatio of throughput to plain httpx in the same run; aim: at least 0.70.")
