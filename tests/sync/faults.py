"""A bad network between a real client and a real hub: a transport that loses, doubles, cuts, alters and refuses.

Each fault is used up by one request, in the order in which they were planned; then the network is good again.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import httpx

Send = Callable[[httpx.Request], httpx.Response]
Fault = Callable[[httpx.Request, Send], httpx.Response]


class Faults(httpx.BaseTransport):
    """`plan` faults for requests whose path holds a text; `sent` lists what the client wanted to send."""

    def __init__(self, inner: httpx.BaseTransport | None = None) -> None:
        self._inner = inner or httpx.HTTPTransport()
        self._lock = threading.Lock()
        self._planned: list[tuple[str, deque[Fault]]] = []
        self.sent: list[httpx.Request] = []
        self.offline = False

    def plan(self, path: str, *faults: Fault) -> None:
        """The next requests whose path holds `path` meet these faults, one each."""
        self._planned.append((path, deque(faults)))

    def paths(self, part: str = "") -> list[str]:
        """The paths that were asked for, in order."""
        return [request.url.path for request in self.sent if part in request.url.path]

    def deliver(self, request: httpx.Request) -> httpx.Response:
        """Send a request to the hub past all faults, as a network does that kept a copy of it."""
        return self._pass_on(request)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        with self._lock:
            self.sent.append(request)
            fault = self._next_fault(request.url.path)
        if self.offline:
            raise httpx.ConnectError("the network is off", request=request)
        return fault(request, self._pass_on) if fault else self._pass_on(request)

    def close(self) -> None:
        self._inner.close()

    def _pass_on(self, request: httpx.Request) -> httpx.Response:
        return self._inner.handle_request(request)

    def _next_fault(self, path: str) -> Fault | None:
        for part, faults in self._planned:
            if part in path and faults:
                return faults.popleft()
        return None


def dropped_before(request: httpx.Request, send: Send) -> httpx.Response:
    """The request never reaches the hub."""
    raise httpx.ConnectError("dropped before sending", request=request)


def dropped_after(request: httpx.Request, send: Send) -> httpx.Response:
    """The hub acts; its answer is lost."""
    _read(send(request))
    raise httpx.ReadError("dropped after the hub acted", request=request)


def doubled(request: httpx.Request, send: Send) -> httpx.Response:
    """The hub gets the request twice; the second answer arrives."""
    _read(send(request))
    return send(request)


def untouched(request: httpx.Request, send: Send) -> httpx.Response:
    """Nothing happens to this one."""
    return send(request)


def answered(status: int, body: bytes = b"", **headers: str) -> Fault:
    """Somebody else answers: a page, a refusal, an error. Header names with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda request, send: httpx.Response(status, content=body, headers=named)


def html(status: int = 200) -> Fault:
    """A page where data were expected, as guest networks give."""
    return answered(status, b"<!doctype html><title>Welcome</title>", content_type="text/html; charset=utf-8")


def problem(status: int, detail: str, **headers: str) -> Fault:
    """A refusal in the hub's form."""
    body = f'{{"type":"about:blank","title":"Refused","status":{status},"detail":"{detail}"}}'
    return answered(status, body.encode(), content_type="application/problem+json", **headers)


def stumbling_over(part: bytes) -> Fault:
    """A hub with a mistake in it, which this part of a request brings out."""
    error = problem(500, "The hub made a mistake")
    return lambda request, send: error(request, send) if part in request.content else send(request)


def cut(after_bytes: int, *, quietly: bool = False) -> Fault:
    """The body ends early: with a broken connection, or quietly as if it were whole."""
    return _changed_body(lambda pieces: _cut(pieces, after_bytes, quietly))


def altered(at_byte: int) -> Fault:
    """One bit of the body is another one."""
    return _changed_body(lambda pieces: _altered(pieces, at_byte))


def held(until: threading.Event, arrived: threading.Event) -> Fault:
    """The request waits on its way; `arrived` tells that it does."""

    def wait(request: httpx.Request, send: Send) -> httpx.Response:
        arrived.set()
        if not until.wait(timeout=20):
            raise httpx.ReadTimeout("held for too long", request=request)
        return send(request)

    return wait


@dataclass(slots=True)
class Broken:
    """A fault for every request from now on, until `mended`."""

    fault: Fault
    mended: threading.Event = field(default_factory=threading.Event)

    def __call__(self, request: httpx.Request, send: Send) -> httpx.Response:
        return send(request) if self.mended.is_set() else self.fault(request, send)


class _Body(httpx.SyncByteStream):
    def __init__(self, pieces: Iterator[bytes], close: Callable[[], None]) -> None:
        self._pieces = pieces
        self._close = close

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces

    def close(self) -> None:
        self._close()


def _changed_body(change: Callable[[Iterator[bytes]], Iterator[bytes]]) -> Fault:
    def pass_on(request: httpx.Request, send: Send) -> httpx.Response:
        answer = send(request)
        assert isinstance(answer.stream, httpx.SyncByteStream)
        stream = _Body(change(iter(answer.stream)), answer.stream.close)
        return httpx.Response(answer.status_code, headers=answer.headers, stream=stream)

    return pass_on


def _cut(pieces: Iterator[bytes], after_bytes: int, quietly: bool) -> Iterator[bytes]:
    for piece in pieces:
        yield piece[:after_bytes]
        after_bytes -= len(piece)
        if after_bytes <= 0:
            break
    if not quietly:
        raise httpx.RemoteProtocolError("peer closed connection without sending complete message body")


def _altered(pieces: Iterator[bytes], at_byte: int) -> Iterator[bytes]:
    for piece in pieces:
        if 0 <= at_byte < len(piece):
            piece = piece[:at_byte] + bytes([piece[at_byte] ^ 1]) + piece[at_byte + 1 :]
        at_byte -= len(piece)
        yield piece


def _read(answer: httpx.Response) -> None:
    answer.read()
    answer.close()
