"""One HTTP connection pool to one address. Never follows a redirect, never waits without a limit."""

import contextlib
import socket
import threading
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

from workbench import __version__
from workbench.errors import PlatformError
from workbench.sync.address import checked_address, is_loopback
from workbench.sync.platforms.answers import ASK, SAFE, Answer, unreachable

TIMEOUT = httpx.Timeout(30.0, connect=5.0)
MAX_ANSWER_BYTES = 64 * 1024 * 1024


class Connection:
    """Requests to one platform from any thread. `break_off` ends those under way with NetworkError."""

    def __init__(self, address: str, *, transport: httpx.BaseTransport | None = None) -> None:
        self.address = checked_address(address)
        host = urlsplit(self.address).hostname or ""
        self.host = urlsplit(self.address).netloc
        self._sockets = _Sockets()
        self._client = httpx.Client(
            base_url=self.address,
            transport=transport,
            timeout=TIMEOUT,
            follow_redirects=False,
            # A proxy of the system would otherwise be asked for this very machine.
            trust_env=not is_loopback(host),
            # Without TLS there is nothing to verify, and reading the system's certificates takes a while.
            verify=self.address.startswith("https:"),
            headers={"User-Agent": f"assessor-workbench/{__version__}"},
        )

    def ask(self, method: str, path: str, *, headers: Mapping[str, str], content: bytes | None = None) -> Answer:
        """One request and its whole answer, whatever its status. Raises NetworkError."""
        with self.stream(method, path, headers=headers, content=content) as response:
            return self.read(response)

    @contextlib.contextmanager
    def stream(
        self, method: str, path: str, *, headers: Mapping[str, str], content: bytes | None = None
    ) -> Iterator[httpx.Response]:
        """One request and its answer, still to be read. Raises NetworkError, also while it is read."""
        try:
            with self._client.stream(
                method, path, headers=dict(headers), content=content, extensions={"trace": self._sockets.note}
            ) as response:
                yield response
        except (httpx.HTTPError, httpx.StreamError, RuntimeError) as error:
            # A closed client answers with RuntimeError; that, too, is a connection which is no more.
            raise unreachable(self.host, error) from error

    def read(self, response: httpx.Response) -> Answer:
        """The answer to its end. Raises PlatformError when it will not end."""
        body = bytearray()
        for piece in response.iter_bytes():
            body += piece
            if len(body) > MAX_ANSWER_BYTES:
                raise PlatformError(f"{self.host} gave an answer that does not end.", safe=SAFE, do=ASK)
        return Answer(status=response.status_code, headers=_plain(response.headers), body=bytes(body))

    def break_off(self) -> None:
        """End every request under way, now."""
        self._sockets.shut()

    def close(self) -> None:
        """Let go of every connection."""
        self._sockets.shut()
        self._client.close()


class _Sockets:
    """Knows the open sockets, since closing one does not wake the thread that reads from it; shutting does."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []

    def note(self, event: str, info: Mapping[str, Any]) -> None:
        """httpcore's trace callback."""
        if not event.endswith(("connect_tcp.complete", "start_tls.complete")):
            return
        opened = info["return_value"].get_extra_info("socket")
        with self._lock:
            self._open = [each for each in self._open if each.fileno() >= 0]
            self._open.append(opened)

    def shut(self) -> None:
        with self._lock:
            for each in self._open:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
            self._open.clear()


def _plain(headers: httpx.Headers) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
