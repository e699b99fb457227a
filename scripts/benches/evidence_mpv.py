"""mpv without a window, asked through its own socket: a rival for exact seeks."""

import json
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE_S = 20.0


def has_mpv() -> bool:
    """Whether there is one to compare with."""
    return shutil.which("mpv") is not None


class Mpv:
    """One file, paused."""

    def __init__(self, door: socket.socket) -> None:
        self._door = door
        self._rest = b""

    def seek(self, at_s: float) -> float:
        """Milliseconds until mpv says that it shows the exact frame."""
        began = time.perf_counter()
        self._say("seek", at_s, "absolute+exact")
        self.wait_for("playback-restart")
        return (time.perf_counter() - began) * 1000

    def wait_for(self, event: str) -> None:
        """Until this event comes."""
        while json.loads(self._line()).get("event") != event:
            pass

    def _say(self, *command: object) -> None:
        self._door.sendall(json.dumps({"command": command}).encode() + b"\n")

    def _line(self) -> bytes:
        while b"\n" not in self._rest:
            piece = self._door.recv(65536)
            if not piece:
                raise SystemExit("mpv ended while it was measured")
            self._rest += piece
        line, self._rest = self._rest.split(b"\n", 1)
        return line


@contextmanager
def mpv(path: Path) -> Iterator[Mpv]:
    """An mpv that has opened this file and stands on its first frame."""
    with tempfile.TemporaryDirectory() as folder:
        door = Path(folder) / "door"
        options = ("--no-config", "--vo=null", "--ao=null", "--pause", "--hwdec=no", "--keep-open=yes", "--no-terminal")
        process = subprocess.Popen(["mpv", *options, f"--input-ipc-server={door}", str(path)])
        try:
            with _connected(door) as connection:
                made = Mpv(connection)
                made.seek(0.5)
                yield made
        finally:
            process.terminate()
            process.wait()


def _connected(door: Path) -> socket.socket:
    end_s = time.monotonic() + PATIENCE_S
    while True:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(PATIENCE_S)
        try:
            connection.connect(str(door))
        except OSError:
            connection.close()
            if time.monotonic() > end_s:
                raise
            time.sleep(0.02)
        else:
            return connection
