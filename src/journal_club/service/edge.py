"""The edge: what holds for every request before a route sees it, and for every response before it leaves.

Owns request ids, the checks of Host and Origin, security headers, the shape of failures, the request log and the last resort. All
of it is plain ASGI: a middleware that wraps requests in tasks breaks context variables and the disconnects of streams.
"""

import re
import time
import traceback
import uuid
from collections.abc import Collection
from urllib.parse import urlsplit

import structlog
from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware.body_limit import MAX_BODY_SIZE_SCOPE_KEY
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from journal_club.service.errors import ForeignOriginError, MalformedRequestError, MediaTypeError, MisdirectedError, TooLargeError
from journal_club.service.openai_errors import openai_response
from journal_club.service.problems import problem_response

__all__ = ["Edge", "failure_response", "json_only", "request_id_of"]

log = structlog.get_logger("journal_club.service")

REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")
HOST = re.compile(r"(?P<name>\[[0-9a-fA-F:.]+\]|[^:\[\]]+)(?::\d{1,5})?")
JSON_TYPE = re.compile(r"application/json\s*(?:;|$)", re.IGNORECASE)

BODY_METHODS = {"PATCH", "POST", "PUT"}
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
OWN_SITES = {"same-origin", "none"}
UNLOGGED = ("/healthz", "/readyz")
OPENAI_PATHS = ("/v1/chat/", "/v1/models")
MALFORMED = 400
NO_METHOD = 405
TOO_LARGE = 413

SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: with that a browser sends `Origin: null` with our own form, which the check of the origin refuses.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def request_id_of(request: Request) -> str:
    """The id of a request, its own or ours."""
    return str(request.scope["state"]["request_id"])


async def json_only(request: Request) -> None:
    """Refuse a write that is not `application/json`: other types cross origins without a browser's question.

    Raises:
        MediaTypeError: it is another type, or none is said.
    """
    if request.method in BODY_METHODS and not JSON_TYPE.match(request.headers.get("content-type", "")):
        raise MediaTypeError("Writes are taken as application/json; set the Content-Type header.")


async def failure_response(request: Request, error: Exception) -> Response:
    """The response of a failed request, in the shape of its route."""
    return _failure(request.scope, error)


class Edge:
    """The outermost layer of the application that is ours.

    Args:
        app: what it wraps.
        hosts: values of the Host header that are served, without port.
    """

    def __init__(self, app: ASGIApp, *, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if scope["method"] == "HEAD":
            # Answered as the GET that it asks about: the server, whose own scope still says HEAD, leaves out the body.
            scope = {**scope, "method": "GET"}
        scope.setdefault("state", {})["request_id"] = _request_id(headers)
        exchange = _Exchange(scope, send)
        try:
            self._check(scope["method"], headers)
            await self._app(scope, receive, exchange.send)
        except ClientDisconnect:
            exchange.left()
        # The last resort: nothing that a server would print, with a caller's words in it, leaves this layer.
        except Exception as error:
            await exchange.fail(error, receive)
        exchange.note()

    def _check(self, method: str, headers: Headers) -> None:
        host = headers.get("host", "")
        parsed = HOST.fullmatch(host)
        if not parsed or parsed["name"].lower() not in self._hosts:
            raise MisdirectedError("This Host is not served here; JOURNAL_CLUB_SERVICE__ALLOWED_HOSTS lists those that are.")
        if method in SAFE_METHODS:
            return
        origin = headers.get("origin")
        if (origin is not None and not _is_of(origin, host)) or headers.get("sec-fetch-site", "none") not in OWN_SITES:
            raise ForeignOriginError("Only pages of this service may send this.")


class _Exchange:
    """One request and its response on the way out."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope = scope
        self._send = send
        self._started = time.perf_counter()
        self._status = 0
        self._replaced = False

    async def send(self, message: Message) -> None:
        """Send a message on, its headers completed."""
        if message["type"] == "http.response.start":
            await self._start(message)
        elif not self._replaced:
            await self._send(message)

    async def fail(self, error: Exception, receive: Receive) -> None:
        """Answer with an error when nothing was sent yet, and note where it came from, without its words."""
        response = _failure(self._scope, error)
        if response.status_code >= 500:
            log.error("failed", error=type(error).__qualname__, at=_places(error), **self._named())
        if not self._status:
            await response(self._scope, receive, self.send)

    def left(self) -> None:
        """Note that the client left."""
        self._status = self._status or 499

    def note(self) -> None:
        """Log the request: its route, never its query, its body or a word of a paper."""
        if self._scope["path"] not in UNLOGGED:
            ms = round((time.perf_counter() - self._started) * 1000, 1)
            log.info("request", status=self._status, ms=ms, **self._named())

    async def _start(self, message: Message) -> None:
        headers = MutableHeaders(raw=message["headers"])
        if message["status"] == TOO_LARGE and headers.get("content-type", "").startswith("text/plain"):
            # A declared length that is too large is answered below every handler, as plain text.
            await self._too_large()
            return
        self._status = message["status"]
        headers["X-Request-ID"] = self._scope["state"]["request_id"]
        for name, value in SECURITY_HEADERS.items():
            headers.setdefault(name, value)
        message["headers"] = headers.raw
        await self._send(message)

    async def _too_large(self) -> None:
        response = _failure(self._scope, HTTPException(TOO_LARGE))
        await self.send({"type": "http.response.start", "status": TOO_LARGE, "headers": response.raw_headers})
        await self._send({"type": "http.response.body", "body": response.body})
        self._replaced = True

    def _named(self) -> dict[str, str]:
        route = getattr(self._scope.get("route"), "path", "unmatched")
        return {"method": self._scope["method"], "route": route, "request_id": self._scope["state"]["request_id"]}


def _failure(scope: Scope, error: Exception) -> Response:
    if isinstance(error, HTTPException) and error.status_code == TOO_LARGE:
        error = TooLargeError(f"The body is larger than the {scope.get(MAX_BODY_SIZE_SCOPE_KEY, 'allowed')} bytes that this route takes.")
    if isinstance(error, HTTPException) and error.status_code == MALFORMED:
        error = MalformedRequestError("The body cannot be read as JSON in UTF-8, or it nests too deep or holds too long a number.")
    if isinstance(error, HTTPException) and error.status_code == NO_METHOD:
        error = HTTPException(NO_METHOD, headers={"Allow": _methods(scope) or (error.headers or {}).get("Allow", "")})
    request_id = str(scope["state"]["request_id"])
    if scope["path"].startswith(OPENAI_PATHS):
        return openai_response(error, request_id=request_id)
    return problem_response(error, instance=scope["path"], request_id=request_id)


def _is_of(origin: str, host: str) -> bool:
    """Whether an origin is a page of this host; what cannot be read is none."""
    try:
        return urlsplit(origin).netloc.lower() == host.lower()
    except ValueError:
        return False


def _methods(scope: Scope) -> str:
    """Every method of a path: the router knows only those of the first route that has it."""
    operations = scope["app"].openapi()["paths"].get(getattr(scope.get("route"), "path", ""), {})
    return ", ".join(sorted(method.upper() for method in operations))


def _request_id(headers: Headers) -> str:
    given = headers.get("x-request-id", "")
    return given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex


def _places(error: Exception) -> list[str]:
    return [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-5:]]
