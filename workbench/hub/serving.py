"""Runs the hub in the calling process until it is told to stop."""

import ipaddress
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from workbench.errors import KnownError
from workbench.hub.service import create_app

GRACE_S = 3


def serve(
    folder: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    certificate: Path | None = None,
    key: Path | None = None,
    on_ready: Callable[[str], None],
) -> None:
    """Serve a hub folder; returns after SIGTERM or SIGINT. Port 0: a free one.

    `on_ready(address)` is called once connections are accepted. Raises KnownError when the address cannot be
    used, and for anything but this very machine without TLS.
    """
    if not _is_loopback(host) and not (certificate and key):
        raise KnownError(
            f"The hub does not listen on {host} without TLS: evidence and tokens could be read on the way.",
            safe="Nothing was started.",
            do="Give --tls-cert and --tls-key, or listen on 127.0.0.1.",
        )
    app = create_app(folder)
    config = uvicorn.Config(
        app,
        # Addresses hold hashes of evidence, and errors are logged without their content.
        access_log=False,
        log_level="warning",
        server_header=False,
        ssl_certfile=certificate,
        ssl_keyfile=key,
        timeout_graceful_shutdown=GRACE_S,
    )
    listening = _listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    scheme = "https" if certificate else "http"
    address = f"{scheme}://{shown}:{listening.getsockname()[1]}"
    # Uvicorn raises the signal that stopped it once more; without a handler that would be a death, not an end.
    before = signal.signal(signal.SIGTERM, lambda _number, _frame: None)
    try:
        _Server(config, lambda: on_ready(address)).run(sockets=[listening])
    finally:
        signal.signal(signal.SIGTERM, before)
        listening.close()


class _Server(uvicorn.Server):
    """Says when it accepts connections."""

    def __init__(self, config: uvicorn.Config, on_started: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_started = on_started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_started()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        listening.close()
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise KnownError(
            f"The hub cannot listen on {host}, port {port} ({reason}).",
            safe="Nothing was started.",
            do="Choose another --host or --port.",
        ) from error
    return listening


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
