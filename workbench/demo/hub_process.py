"""Starts, stops and starts again the demo's hub, a child process on this machine's loopback."""

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from workbench.errors import NetworkError

START_LIMIT_S = 30.0
STOP_LIMIT_S = 8.0


class HubProcess:
    """A hub at one address: what is stopped comes back at the same place. Ends with this process."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self._folder = folder
        self._port = port
        self._process: subprocess.Popen[str] | None = None
        self.address = ""

    @property
    def port(self) -> int:
        """Where it listens, or did."""
        return self._port

    def start(self) -> str:
        """Start the hub; returns its address once it listens. Raises NetworkError."""
        command = [sys.executable, "-m", "workbench.demo.hub_child", str(self._folder), str(self._port)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self._first_line()
        if not line:
            self.stop()
            raise NetworkError(
                "The demo's hub did not start.", safe="Nothing was lost.", do="Try again; the messages above say why."
            )
        self.address = json.loads(line)["address"]
        self._port = urlsplit(self.address).port or 0
        return self.address

    def stop(self) -> None:
        """End the hub and wait until it is gone. A hub that is not running is fine."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    def kill(self) -> None:
        """End the hub the way a power cut does; what was answered before must survive."""
        if self._process is not None:
            self._process.kill()
        self.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _first_line(self) -> str:
        assert self._process is not None
        stdout = self._process.stdout
        assert stdout is not None
        lines: list[str] = []
        reading = threading.Thread(target=lambda: lines.append(stdout.readline()), daemon=True)
        reading.start()
        reading.join(START_LIMIT_S)
        return lines[0] if lines else ""
