"""The hub's HTTP interface: reads requests, asks the rooms behind it, writes answers. Holds no rule of its own."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool

from workbench import __version__
from workbench.errors import DataError
from workbench.hub import problems, sign_in
from workbench.hub.database import open_database
from workbench.hub.evidence_answer import answer_evidence
from workbench.hub.exchange import exchange, json_object
from workbench.hub.failure_limit import FailureLimit
from workbench.hub.openapi import describe
from workbench.hub.shelf import Shelf
from workbench.hub.sign_in import Caller
from workbench.wire.codec import decode, encode
from workbench.wire.exchange import EnrolRequest, RefreshRequest

MOST_BYTES = 16 * 1024 * 1024
T = TypeVar("T")


def create_app(folder: Path, *, clock: Callable[[], datetime] | None = None) -> FastAPI:
    """The hub of an initialised folder as an ASGI app. Raises StorageError when there is no hub."""
    hub = _Hub(folder, clock or (lambda: datetime.now(UTC)))

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        hub.close()

    app = FastAPI(
        title="Assessor Workbench hub",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.add_api_route("/v1/enrol", hub.enrol, methods=["POST"], summary="Exchange an enrolment code for tokens")
    app.add_api_route("/v1/token", hub.token, methods=["POST"], summary="A fresh access token")
    app.add_api_route("/v1/sync", hub.sync, methods=["POST"], summary="One write-read round")
    app.add_api_route("/v1/evidence/{sha256}", hub.evidence, methods=["GET"], summary="The bytes of evidence")
    problems.install(app)
    describe(app)
    return app


class _Hub:
    """One handler per address."""

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        self._engine = open_database(folder)
        self._shelf = Shelf(folder)
        self._clock = clock
        self._limit = FailureLimit()

    def close(self) -> None:
        self._engine.dispose()

    async def enrol(self, request: Request) -> Response:
        """The one-time code of `hub invite`, once, within 15 minutes."""
        wanted = _value(EnrolRequest, await _body(request))
        if not _fits(wanted.device) or not _fits(wanted.device_name):
            raise problems.unreadable("At device: a device and its name have 1 to 200 characters.")
        done = await self._limited(request, lambda now: sign_in.enrol(self._engine, wanted, now))
        if done is None:
            raise problems.signed_out("This code is unknown, used or older than 15 minutes. Ask for a new one.")
        return _json(done)

    async def token(self, request: Request) -> Response:
        """An access token for an hour; the refresh token stays the same."""
        wanted = _value(RefreshRequest, await _body(request))
        done = await self._limited(request, lambda now: sign_in.refresh(self._engine, wanted.refresh_token, now))
        if done is None:
            raise problems.signed_out()
        return _json(done)

    async def sync(self, request: Request) -> Response:
        """Events up, each with an outcome; changes since the cursor down, with counts of the whole."""
        caller = await self._caller(request)
        body = await _body(request)
        return _json(await run_in_threadpool(exchange, self._engine, caller, body, self._clock()))

    async def evidence(self, request: Request, sha256: str) -> Response:
        """The file with that hash, whole or by Range, while its submission is the caller's to judge."""
        caller = await self._caller(request)
        return await run_in_threadpool(
            answer_evidence,
            self._engine,
            self._shelf,
            caller.person_id,
            sha256,
            asked=request.headers.get("range"),
            if_range=request.headers.get("if-range"),
        )

    async def _caller(self, request: Request) -> Caller:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise problems.signed_out("Send the access token as a bearer token.")
        caller = await run_in_threadpool(sign_in.authenticate, self._engine, token.strip(), self._clock())
        if caller is None:
            raise problems.signed_out("The access token is unknown or too old. Ask for a fresh one.")
        return caller

    async def _limited(self, request: Request, attempt: Callable[[datetime], T | None]) -> T | None:
        client = request.client.host if request.client else "unknown"
        now = self._clock()
        wait_s = self._limit.wait_s(client, now)
        if wait_s:
            raise problems.too_many(wait_s)
        done = await run_in_threadpool(attempt, now)
        if done is None:
            self._limit.failed(client, now)
        return done


async def _body(request: Request) -> bytes:
    received = bytearray()
    async for piece in request.stream():
        received += piece
        if len(received) > MOST_BYTES:
            detail = f"A request has at most {MOST_BYTES >> 20} MB."
            raise problems.ProblemError(413, "too-large", "The request is too large", detail)
    return bytes(received)


def _value(kind: type[T], body: bytes) -> T:
    json_object(body)
    try:
        return decode(kind, body, source="the request")
    except DataError as error:
        raise problems.unreadable(f"At {error.place}: {error.rule}.") from error


def _fits(text: str) -> bool:
    return 0 < len(text.strip()) <= 200


def _json(value: object) -> Response:
    return Response(encode(value), 200, {"Cache-Control": "no-store"}, "application/json")
