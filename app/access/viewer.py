"""From a request to whoever sent it: the cookie's token, and a transaction in that person's name."""

import hashlib
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request

from app.platform.clock import Clock
from app.platform.db import Database, Transaction
from app.platform.errors import SignInNeeded

COOKIES = ("__Host-sid", "sid")
"""Behind TLS the browser guards the first; the second is for a laptop without TLS."""


def token_hash(request: Request) -> bytes:
    """SHA-256 of the session cookie. Raises SignInNeeded (401) where there is none."""
    for name in COOKIES:
        if token := request.cookies.get(name):
            return hashlib.sha256(token.encode()).digest()
    raise SignInNeeded


async def _transaction(request: Request) -> AsyncIterator[Transaction]:
    database: Database = request.app.state.database
    clock: Clock = request.app.state.clock
    async with database.transaction(token_hash(request), clock.now(), clock.today()) as transaction:
        if transaction is None:
            raise SignInNeeded
        yield transaction


Write = Annotated[Transaction, Depends(_transaction, scope="function")]
"""A transaction of the signed-in person that commits when the endpoint returns, before the answer leaves."""
