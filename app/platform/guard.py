"""The door: every request passes here first, and every answer last.

Pure ASGI, because a page has half a millisecond for everything that is not its query. Unsafe requests must come
from our own pages, carry JSON and stay below a limit; every answer carries the security headers.
"""

import asyncio
import json
import logging
import re
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.platform.errors import BadRequest, CrossSite, Problem, TooLarge, Unavailable, Unexpected, UnsupportedMedia
from app.platform.i18n import locale_of
from app.platform.settings import Settings
from app.platform.telemetry.requests import Answer, Requests, route_of

log = logging.getLogger(__name__)

BODY_LIMIT = 1_000_000
"""Bytes of JSON; files go straight to the object store."""

ANSWER_S = 25
"""So long anything may take; a database that hangs must not keep people waiting for ever."""

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_API_VERSION = "1.0.0"
_DOCUMENT = "/v1/openapi.json"
"""What there is to say about the API; any site may read it (NLgov API Design Rules, /core/publish-openapi)."""


def security_headers(settings: Settings) -> list[tuple[bytes, bytes]]:
    """What every answer carries: no third party, nothing framed, nothing sniffed, nothing referred."""
    store = settings.storage_origin
    policy = "; ".join((
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        f"img-src 'self' blob: data: {store}",
        f"media-src 'self' blob: {store}",
        f"connect-src 'self' {store}",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ))  # fmt: skip
    headers = {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(self), microphone=(self), geolocation=(), browsing-topics=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        # Nothing here is for a search engine, least of all a page that somebody shows by a link.
        "X-Robots-Tag": "noindex, nofollow, noarchive",
    }
    if settings.tls:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


class Guard:
    """Wraps the whole app."""

    def __init__(self, app: ASGIApp, settings: Callable[[], Settings], from_servers: str, requests: Requests) -> None:
        """`from_servers`: a pattern of paths to which other servers post a form; no cookie reaches those."""
        self._app = app
        self._settings = settings
        self._from_servers = re.compile(from_servers)
        self._requests = requests
        self._headers: list[tuple[bytes, bytes]] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with self._requests.told(scope) as told:
            await self._answer(scope, receive, send, told)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, told: Answer) -> None:
        if self._headers is None:
            self._headers = security_headers(self._settings())
        headers_of_all = self._headers
        request_id: str = scope["state"]["request_id"]
        is_api = scope["path"].startswith("/v1/")
        started = False

        async def answer(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                told.status = message["status"]
                message.setdefault("headers", [])
                message["headers"] = [*message["headers"], *headers_of_all, (b"x-request-id", request_id.encode())]
                if is_api:
                    headers = MutableHeaders(raw=message["headers"])
                    headers["API-Version"] = _API_VERSION
                    if scope["path"] == _DOCUMENT:
                        headers["Access-Control-Allow-Origin"] = "*"
                    headers.setdefault("Cache-Control", "no-store")
                    message["headers"] = headers.raw
            await send(message)

        try:
            if is_api:
                receive = await self._checked(scope, receive)
            async with asyncio.timeout(ANSWER_S):
                await self._app(scope, receive, answer)
        except Problem as problem:
            await send_problem(problem, scope, answer)
        except TimeoutError:
            if started:
                raise
            await send_problem(Unavailable(), scope, answer)
        except Exception:
            log.exception("unexpected failure", extra={"route": route_of(scope)})
            if started:
                raise
            await send_problem(Unexpected(), scope, answer)

    async def _checked(self, scope: Scope, receive: Receive) -> Receive:
        if b"%00" in scope.get("query_string", b"") or "\x00" in scope["path"]:
            raise BadRequest
        if scope["method"] in _SAFE:
            return receive
        headers = Headers(scope=scope)
        accepted = "application/json"
        if self._from_servers.fullmatch(scope["path"]):
            scope["headers"] = [(name, value) for name, value in scope["headers"] if name != b"cookie"]
            accepted = "application/x-www-form-urlencoded"
        else:
            self._same_site(headers)
        body = await _read(receive, headers.get("content-length"))
        if body and headers.get("content-type", "").split(";")[0].strip().lower() != accepted:
            raise UnsupportedMedia
        return _replay(body, receive)

    def _same_site(self, headers: Headers) -> None:
        site = headers.get("sec-fetch-site")
        origin = headers.get("origin")
        ours = site == "same-origin" if site is not None else origin is None or origin == self._settings().origin
        if not ours or headers.get("x-requested-by") != "portfolio":
            raise CrossSite


async def _read(receive: Receive, announced: str | None) -> bytes:
    if announced is not None and announced.isdigit() and int(announced) > BODY_LIMIT:
        raise TooLarge(BODY_LIMIT)
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return bytes(body)
        body += message.get("body", b"")
        if len(body) > BODY_LIMIT:
            raise TooLarge(BODY_LIMIT)
        if not message.get("more_body"):
            return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    sent = False

    async def again() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


async def send_problem(problem: Problem, scope: Scope, send: Send) -> None:
    """Answers with a problem document in the reader's language."""
    headers = Headers(scope=scope)
    document = problem.document(locale_of(headers.get("accept-language")), scope.get("state", {}).get("request_id"))
    body = json.dumps(document, ensure_ascii=False).encode()
    raw = [
        (b"content-type", b"application/problem+json"),
        (b"content-length", str(len(body)).encode()),
        *((name.lower().encode(), value.encode()) for name, value in problem.headers.items()),
    ]
    await send({"type": "http.response.start", "status": problem.status, "headers": raw})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
