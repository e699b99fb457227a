"""A real hub on loopback, in a thread of the test."""

import socket
import threading
from pathlib import Path

import uvicorn

from workbench.hub.service import create_app


class LiveHub:
    """Serves a hub folder; can stop and come back at the same address, as hubs do."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._port = 0
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self._port))
        self._port = listener.getsockname()[1]
        # Requests wait in the listener's queue until the server takes them: nobody has to wait for it here.
        listener.listen(64)
        config = uvicorn.Config(create_app(self.folder), log_config=None, lifespan="on", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listener]}, name="hub")
        self._thread.start()

    def stop(self) -> None:
        if self._server is None or self._thread is None:
            return
        self._server.should_exit = True
        self._thread.join(10)
        assert not self._thread.is_alive(), "the hub does not stop"
        self._server = None
