"""Runs the real command line in processes of its own, as a person does."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
TIME_LIMIT_S = 60


@dataclass(frozen=True, slots=True)
class Said:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Console:
    """`workbench` for one profile, locked by a passphrase that is handed over by descriptor."""

    profile: Path
    passphrase: str = "a quiet evening"

    def run(self, *arguments: str | Path) -> Said:
        reading, writing = os.pipe()
        os.write(writing, f"{self.passphrase}\n".encode())
        os.close(writing)
        try:
            return self._run(reading, arguments)
        finally:
            os.close(reading)

    def _run(self, descriptor: int, arguments: tuple[str | Path, ...]) -> Said:
        done = subprocess.run(
            [*command("--profile", self.profile, "--passphrase-fd", str(descriptor)), *map(str, arguments)],
            cwd=ROOT,
            pass_fds=(descriptor,),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=TIME_LIMIT_S,
            check=False,
        )
        return Said(done.returncode, done.stdout, done.stderr)


class HubProcess:
    """`workbench hub serve` in a process of its own."""

    def __init__(self, folder: Path, *, port: int = 0) -> None:
        self._process = subprocess.Popen(
            command("hub", "serve", folder, "--port", str(port), "--ready-json"),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        self.address: str = json.loads(self._process.stdout.readline())["address"]

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    def stop(self) -> None:
        self._process.terminate()
        self._process.communicate(timeout=TIME_LIMIT_S)


def command(*arguments: str | Path) -> list[str]:
    """The command line of this very interpreter's workbench."""
    return [sys.executable, "-m", "workbench", *map(str, arguments)]
