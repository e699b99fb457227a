"""The programme's hub behind the port. The only module that knows the hub's paths and how it is signed in to."""

import contextlib
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from workbench.errors import PlatformError
from workbench.model.ids import DeviceId, EvidenceHash
from workbench.sync.platforms.answers import (
    ASK,
    PATIENCE,
    SAFE,
    UNAUTHORIZED,
    Answer,
    as_sentence,
    not_an_answer,
    read_value,
    refuse_unless_success,
    signed_out,
)
from workbench.sync.platforms.connection import Connection
from workbench.sync.platforms.port import Capabilities, EvidenceStream
from workbench.wire.codec import encode
from workbench.wire.events import Event
from workbench.wire.exchange import (
    PROTOCOL,
    AccessToken,
    EnrolRequest,
    ExchangeAnswer,
    ExchangeRequest,
    RefreshRequest,
    SignIn,
)

if TYPE_CHECKING:
    import httpx

_JSON = {"Content-Type": "application/json", "Accept": "application/json"}
_CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


class Tokens(Protocol):
    """Where this device's tokens are kept."""

    def get(self) -> SignIn:
        """What the device holds. Raises SignedOutError or VaultError when it holds nothing."""
        ...

    def put(self, sign_in: SignIn) -> None:
        """Keep these instead."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spoken:
    """All that is read of an answer before it is known to speak our protocol."""

    protocol: int


class HubPlatform:
    """The hub at `address`, for the device whose tokens are in `tokens`. Usable from any thread."""

    capabilities = Capabilities(criterion_scores=True, citations=True, atomic_rows=True)

    def __init__(self, address: str, tokens: Tokens, *, transport: "httpx.BaseTransport | None" = None) -> None:
        self._connection = Connection(address, transport=transport)
        self._host = self._connection.host
        self._tokens = tokens
        self._refreshing = threading.Lock()

    def exchange(self, cursor: str, events: Sequence[Event], device: DeviceId) -> ExchangeAnswer:
        """One write-read round. Raises NetworkError, PlatformError or DataError; then the outcomes are unknown."""
        request = encode(ExchangeRequest(device=device, cursor=cursor, events=tuple(events)))
        answer = self._ask_signed_in(request)
        if read_value(answer, _Spoken, host=self._host).protocol > PROTOCOL:
            raise _newer(self._host)
        return read_value(answer, ExchangeAnswer, host=self._host)

    @contextlib.contextmanager
    def open_evidence(self, sha256: EvidenceHash, size: int, start: int) -> Iterator[EvidenceStream]:
        """The bytes of a file of `size` bytes from `start` on, unverified. Raises NetworkError or PlatformError."""
        headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
        if start:
            headers |= {"Range": f"bytes={start}-", "If-Range": f'"{sha256}"'}
        with self._stream_signed_in(f"/v1/evidence/{sha256}", headers) as response:
            yield EvidenceStream(start=self._start_of(response, sha256, size, start), pieces=response.iter_raw())

    def break_off(self) -> None:
        """End every request under way with NetworkError."""
        self._connection.break_off()

    def close(self) -> None:
        """Let go of connections; calls under way break off with NetworkError."""
        self._connection.close()

    def _ask_signed_in(self, content: bytes) -> Answer:
        token = self._tokens.get().access_token
        answer = self._connection.ask("POST", "/v1/sync", headers=_JSON | _bearer(token), content=content)
        if not _token_refused(answer):
            return answer
        token = self._fresh_token(token)
        answer = self._connection.ask("POST", "/v1/sync", headers=_JSON | _bearer(token), content=content)
        if _token_refused(answer):
            raise signed_out()
        return answer

    @contextlib.contextmanager
    def _stream_signed_in(self, path: str, headers: dict[str, str]) -> Iterator["httpx.Response"]:
        token = self._tokens.get().access_token
        with self._connection.stream("GET", path, headers=headers | _bearer(token)) as response:
            refused = response.status_code == UNAUTHORIZED and _token_refused(self._connection.read(response))
            if not refused:
                yield response
                return
        token = self._fresh_token(token)
        with self._connection.stream("GET", path, headers=headers | _bearer(token)) as response:
            yield response

    def _fresh_token(self, refused: str) -> str:
        """Another access token than the one refused; the two loops never ask for one both."""
        with self._refreshing:
            held = self._tokens.get()
            if held.access_token != refused:
                return held.access_token
            content = encode(RefreshRequest(refresh_token=held.refresh_token))
            answer = self._connection.ask("POST", "/v1/token", headers=_JSON, content=content)
            fresh = read_value(answer, AccessToken, host=self._host)
            self._tokens.put(replace(held, access_token=fresh.access_token, access_expires_at=fresh.access_expires_at))
            return fresh.access_token

    def _start_of(self, response: "httpx.Response", sha256: str, size: int, asked: int) -> int:
        """Where the bytes of this answer begin. Raises PlatformError unless they can be the file's."""
        if response.status_code not in (200, 206):
            answer = self._connection.read(response)
            refuse_unless_success(answer, host=self._host)
            raise not_an_answer(answer, host=self._host)
        start = _range_start(response, size) if response.status_code == 206 else 0
        if start not in (0, asked) or not _is_the_file(response, sha256, size - start):
            raise _not_the_file(self._host)
        return start


def enrol(address: str, request: EnrolRequest, *, transport: "httpx.BaseTransport | None" = None) -> SignIn:
    """Exchange a one-time code for this device's tokens. Raises NetworkError, PlatformError or DataError."""
    connection = Connection(address, transport=transport)
    try:
        answer = connection.ask("POST", "/v1/enrol", headers=_JSON, content=encode(request))
        if answer.problem is not None and 400 <= answer.status < 500 and answer.status not in PATIENCE:
            raise _code_refused(answer.problem.detail or answer.problem.title, answer.status)
        return read_value(answer, SignIn, host=connection.host)
    finally:
        connection.close()


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _token_refused(answer: Answer) -> bool:
    """Whether the hub itself said so; a login page of a hotel's network does not sign anybody out."""
    return answer.status == UNAUTHORIZED and answer.problem is not None


def _range_start(response: "httpx.Response", size: int) -> int:
    """Where a part begins that goes to the end of a file of that size; -1 for any other part."""
    found = _CONTENT_RANGE.fullmatch(response.headers.get("content-range", ""))
    if found is None or (int(found[2]), int(found[3])) != (size - 1, size):
        return -1
    return int(found[1])


def _is_the_file(response: "httpx.Response", sha256: str, length: int) -> bool:
    headers = response.headers
    return (
        headers.get("etag", "") in (f'"{sha256}"', f'W/"{sha256}"')
        and headers.get("content-encoding", "identity") == "identity"
        and headers.get("content-length", str(length)) == str(length)
    )


def _not_the_file(host: str) -> PlatformError:
    return PlatformError(f"{host} answered with something that is not the file we asked for.", safe=SAFE, do=ASK)


def _newer(host: str) -> PlatformError:
    return PlatformError(
        f"{host} speaks a newer language than this workbench.", safe=SAFE, do="Update the workbench, then sync again."
    )


def _code_refused(words: str, status: int) -> PlatformError:
    return PlatformError(
        f"Your programme did not accept this: {as_sentence(words)}",
        safe=SAFE,
        do="Check the code letter by letter, or ask your programme for a new one.",
        status=status,
    )
