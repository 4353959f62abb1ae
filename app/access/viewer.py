"""From a request to whoever sent it: the cookie's token, and a page or a transaction in that person's name."""

import hashlib
from collections.abc import AsyncIterator
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Request, Response

from app.platform.clock import Clock
from app.platform.db import Database, Transaction
from app.platform.errors import NotFound, SignInNeeded
from app.platform.reads import Read

COOKIES = ("__Host-sid", "sid")
"""Behind TLS the browser guards the first; the second is for a laptop without TLS."""


def token_hash(request: Request) -> bytes:
    """SHA-256 of the session cookie. Raises SignInNeeded (401) where there is none."""
    for name in COOKIES:
        if token := request.cookies.get(name):
            return hashlib.sha256(token.encode()).digest()
    raise SignInNeeded


async def page(request: Request, read: Read, **parameters: Any) -> Response:
    """The answer to a read: its JSON as the database made it, with ETag and the link to the next page.

    Raises SignInNeeded (401), and NotFound (404) also where the viewer may not know that it exists.
    """
    database: Database = request.app.state.database
    clock: Clock = request.app.state.clock
    found = await read.run(database, token_hash(request), clock.now(), clock.today(), **parameters)
    if found is None:
        raise SignInNeeded
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
            raise SignInNeeded
        yield transaction


Write = Annotated[Transaction, Depends(_transaction, scope="function")]
"""A transaction of the signed-in person that commits when the endpoint returns, before the answer leaves."""
