"""The hub's OpenAPI 3.1 document, made from the types of wire/."""

import json
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from workbench.wire.exchange import (
    AccessToken,
    EnrolRequest,
    ExchangeAnswer,
    ExchangeRequest,
    Problem,
    RefreshRequest,
    SignIn,
)

# Address → method, request, answer, refusals.
_CALLS: dict[str, tuple[str, type | None, type | None, tuple[int, ...]]] = {
    "/v1/enrol": ("post", EnrolRequest, SignIn, (401, 413, 422, 429, 503)),
    "/v1/token": ("post", RefreshRequest, AccessToken, (401, 413, 422, 429, 503)),
    "/v1/sync": ("post", ExchangeRequest, ExchangeAnswer, (400, 401, 403, 413, 422, 503)),
    "/v1/evidence/{sha256}": ("get", None, None, (401, 404, 410, 416, 503)),
}
_OPEN = ("/v1/enrol", "/v1/token")
_WIRE = (AccessToken, EnrolRequest, ExchangeAnswer, ExchangeRequest, Problem, RefreshRequest, SignIn)
_TITLES = {
    400: "A newer protocol",
    401: "Not signed in",
    403: "Not allowed",
    404: "Not there, or not for this caller",
    410: "The file is gone",
    413: "Too large",
    416: "No such part of the file",
    422: "Cannot be read",
    429: "Too many failed attempts; Retry-After says how long to wait",
    503: "Busy; Retry-After says how long to wait",
}


def describe(app: FastAPI) -> None:
    """Let the app's /openapi.json be this document."""

    def document() -> dict[str, Any]:
        return openapi_document(app)

    app.openapi = document  # type: ignore[method-assign]


def openapi_document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI 3.1 document of the hub."""
    found = get_openapi(title=app.title, version="1", openapi_version="3.1.0", routes=app.routes)
    mode: JsonSchemaMode = "validation"
    inputs = [(kind, mode, TypeAdapter(kind)) for kind in _WIRE]
    _, schemas = TypeAdapter.json_schemas(inputs, ref_template="#/components/schemas/{model}")
    security = {"token": {"type": "http", "scheme": "bearer"}}
    found["components"] = {"schemas": schemas["$defs"], "securitySchemes": security}
    for path, (method, request, answer, refusals) in _CALLS.items():
        _complete(found["paths"][path][method], path, request, answer, refusals)
    return found


def openapi_text(app: FastAPI) -> str:
    """The document as the text of docs/openapi.json."""
    return json.dumps(openapi_document(app), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _complete(
    call: dict[str, Any], path: str, request: type | None, answer: type | None, refusals: tuple[int, ...]
) -> None:
    if path not in _OPEN:
        call["security"] = [{"token": []}]
    if request is not None:
        call["requestBody"] = {"required": True, "content": _content("application/json", _reference(request))}
    call["responses"] = _file_answers() if answer is None else {"200": _answer("Done", answer)}
    for status in refusals:
        content = _content("application/problem+json", _reference(Problem))
        call["responses"][str(status)] = {"description": _TITLES[status], "content": content}
    if answer is None:
        call["parameters"] += [_header("Range", "bytes=START-, one range"), _header("If-Range", "the ETag")]


def _file_answers() -> dict[str, Any]:
    content = _content("application/octet-stream", {"type": "string", "format": "binary"})
    headers = {"ETag": {"description": "The SHA-256, strong", "schema": {"type": "string"}}}
    whole, part = "The whole file", "The part that Range asked for"
    return {
        status: {"description": text, "headers": headers, "content": content}
        for status, text in (("200", whole), ("206", part))
    }


def _answer(description: str, kind: type) -> dict[str, Any]:
    return {"description": description, "content": _content("application/json", _reference(kind))}


def _content(media_type: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {media_type: {"schema": schema}}


def _reference(kind: type) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{kind.__name__}"}


def _header(name: str, description: str) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": False, "description": description, "schema": {"type": "string"}}
