"""From a request to whoever sent it: the cookie's token, and a page or a transaction in that person's name."""

import json
from collections.abc import AsyncIterator
from datetime import date, datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Request, Response

from app.access.actions import Lifetime, hash_of
from app.access.cards.actions.coming_in import at_the_door
from app.access.factors.queries import what_is_due
from app.access.queries import ME
from app.access.schemas import Device
from app.platform.clock import Clock
from app.platform.db import Database, Transaction
from app.platform.errors import FactorNeeded, NotFound, Problem, ReasonNeeded, SignInNeeded
from app.platform.reads import Read
from app.platform.settings import Settings

COOKIES = ("__Host-sid", "sid")
"""Behind TLS the browser guards the first; the second is for a laptop without TLS."""


def token_hash(request: Request) -> bytes:
    """SHA-256 of the session cookie. Raises SignInNeeded (401) where there is none.

    Only the one that this deployment sets: behind TLS, a neighbour under the same domain could set the other.
    """
    if token := request.cookies.get(cookie_name(request)):
        return hash_of(token)
    raise SignInNeeded


def cookie_name(request: Request) -> str:
    """Which of them this deployment sets."""
    settings: Settings = request.app.state.settings
    return COOKIES[0] if settings.tls else COOKIES[1]


def earlier_session(request: Request) -> bytes | None:
    """The hash of the session that this browser has before signing in, which then ends."""
    try:
        return token_hash(request)
    except SignInNeeded:
        return None


async def welcome(
    request: Request, token: str, lifetime: Lifetime, device: Device, now: datetime, today: date
) -> Response:
    """The answer to any way of signing in (201), with the cookie that scripts cannot read.

    Who this is; or, where a second factor is owed, that and the ways to give it (schemas.FactorDue).
    """
    database: Database = request.app.state.database
    found = await ME.run(database, hash_of(token), now, today)
    if found is None or found.body is None:
        async with at_the_door(database) as session:
            due = await what_is_due(session, hash_of(token), now, today)
        body: bytes | str = due.model_dump_json(by_alias=True)
    else:
        body = found.body
    response = Response(body, status_code=201, media_type="application/json")
    keep_cookie(request, response, token, lifetime, device)
    return response


def keep_cookie(request: Request, response: Response, token: str, lifetime: Lifetime, device: str) -> None:
    """Hands the session to the browser; on a shared device it goes with the browser."""
    settings: Settings = request.app.state.settings
    response.set_cookie(
        cookie_name(request),
        token,
        max_age=None if device == "shared" else int(lifetime.absolute.total_seconds()),
        path="/",
        secure=settings.tls,
        httponly=True,
        samesite="lax",
    )


def drop_cookie(request: Request, response: Response) -> None:
    """Takes the session from the browser."""
    settings: Settings = request.app.state.settings
    response.delete_cookie(cookie_name(request), path="/", secure=settings.tls, httponly=True, samesite="lax")


async def nobody(request: Request) -> Problem:
    """Why there is no viewer: FactorNeeded where a session still owes a second factor, else SignInNeeded (both 401)."""
    database: Database = request.app.state.database
    clock: Clock = request.app.state.clock
    try:
        async with at_the_door(database) as session:
            await what_is_due(session, token_hash(request), clock.now(), clock.today())
    except SignInNeeded as problem:
        return problem
    return FactorNeeded()


async def page(request: Request, read: Read, **parameters: Any) -> Response:
    """The answer to a read: its JSON as the database made it, with ETag and the link to the next page.

    Raises SignInNeeded (401), ReasonNeeded (403) where the viewer has to say why first, and NotFound (404) also where
    the viewer may not know that it exists.
    """
    database: Database = request.app.state.database
    clock: Clock = request.app.state.clock
    found = await read.run(database, token_hash(request), clock.now(), clock.today(), **parameters)
    if found is None:
        raise await nobody(request)
    if found.ask_why is not None:
        raise ReasonNeeded(json.loads(found.ask_why))
    if found.body is None:
        raise NotFound
    response = Response(found.body, media_type="application/json")
    if found.version is not None:
        response.headers["ETag"] = f'"{found.version}"'
    if found.next_cursor:
        query = urlencode({**request.query_params, "cursor": found.next_cursor})
        response.headers["Link"] = f'<{request.scope["path"]}?{query}>; rel="next"'
    return response


async def _transaction(request: Request) -> AsyncIterator[Transaction]:
    database: Database = request.app.state.database
    clock: Clock = request.app.state.clock
    async with database.transaction(token_hash(request), clock.now(), clock.today()) as transaction:
        if transaction is None:
            raise await nobody(request)
        yield transaction


Write = Annotated[Transaction, Depends(_transaction, scope="function")]
"""A transaction of the signed-in person that commits when the endpoint returns, before the answer leaves."""
