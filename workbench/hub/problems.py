"""Error answers of the hub: problem+json (RFC 9457) with a stable type and a sentence for a person."""

import logging
from collections.abc import Mapping

from fastapi import FastAPI, Request, Response
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from workbench.errors import StorageError
from workbench.wire.codec import encode
from workbench.wire.exchange import Problem

MEDIA_TYPE = "application/problem+json"
_PREFIX = "urn:assessor-workbench:problem:"
_BUSY_S = 5
_log = logging.getLogger(__name__)


class ProblemError(Exception):
    """An answer that is a refusal. `kind` becomes the stable type."""

    def __init__(
        self, status: int, kind: str, title: str, detail: str, headers: Mapping[str, str] | None = None
    ) -> None:
        self.problem = Problem(type=_PREFIX + kind, title=title, status=status, detail=detail)
        self.headers = dict(headers or {})
        super().__init__(title)


def signed_out(detail: str = "Sign in again with a new enrolment code.") -> ProblemError:
    """401: no token, or none that the hub knows."""
    headers = {"WWW-Authenticate": "Bearer"}
    return ProblemError(401, "signed-out", "This device is not signed in", detail, headers)


def forbidden(detail: str) -> ProblemError:
    """403: signed in, but not for this."""
    return ProblemError(403, "not-allowed", "This is not allowed", detail)


def not_found(detail: str) -> ProblemError:
    """404: not there, or not for this caller; the two look the same."""
    return ProblemError(404, "not-found", "There is nothing here for you", detail)


def unreadable(detail: str) -> ProblemError:
    """422: the request breaks a rule; `detail` says where."""
    return ProblemError(422, "unreadable-request", "The request cannot be read", detail)


def too_many(wait_s: int) -> ProblemError:
    """429 with Retry-After."""
    detail = f"Too many attempts failed. Wait {wait_s} seconds, then try again."
    return ProblemError(429, "too-many-attempts", "Too many attempts", detail, {"Retry-After": str(wait_s)})


def answer(error: ProblemError) -> Response:
    """The HTTP answer of a refusal."""
    problem = error.problem
    return Response(encode(problem), problem.status, {"Cache-Control": "no-store"} | error.headers, MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Let every error of the app leave as problem+json, those of the framework too."""

    @app.exception_handler(ProblemError)
    async def _refused(_request: Request, error: ProblemError) -> Response:
        return answer(error)

    @app.exception_handler(HTTPException)
    async def _framework(_request: Request, error: HTTPException) -> Response:
        title = "There is nothing here for you" if error.status_code == 404 else "This is not how to ask"
        kind = "not-found" if error.status_code == 404 else "http"
        return answer(ProblemError(error.status_code, kind, title, "Check the address.", error.headers))

    @app.exception_handler(OperationalError)
    @app.exception_handler(StorageError)
    async def _storage(_request: Request, error: Exception) -> Response:
        _log.error("the database could not be used: %s", type(error).__name__)
        detail = "The hub is busy or its disk is full. Nothing that it confirmed is lost; try again."
        return answer(ProblemError(503, "busy", "The hub cannot answer now", detail, {"Retry-After": str(_BUSY_S)}))

    @app.exception_handler(Exception)
    async def _bug(_request: Request, _error: Exception) -> Response:
        detail = "Nothing that the hub confirmed is lost. Try again; if it goes on, tell the programme."
        return answer(ProblemError(500, "server-error", "The hub made a mistake", detail))
