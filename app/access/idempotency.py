"""A request that is sent twice is done once: the first answer is kept under the key that the device gave it."""

import hashlib
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Annotated, TypeVar

from fastapi import Depends, Header, Request
from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from app.access.models import IdempotencyKey
from app.access.viewer import Write
from app.platform.db import Transaction
from app.platform.errors import KeyMissing, KeyReused
from app.platform.http import Model

KEPT = timedelta(days=7)
"""So long a retry gets the first answer."""

Answer = TypeVar("Answer", bound=Model)


class Once:
    """One request under its key, within the transaction that it writes in: what fails leaves the key free."""

    def __init__(self, tx: Transaction, key: str, request: Request, body: bytes) -> None:
        self._tx, self._key = tx, key
        self._fingerprint = hashlib.sha256(
            b"\n".join((request.method.encode(), request.url.path.encode(), body))
        ).digest()

    async def answer(self, made_by: Callable[[], Awaitable[Answer]], status: int, kind: type[Answer]) -> Answer:
        """What the first request under this key was answered; it is done now if this is the first.

        The same request at the same moment waits here for the other. Raises KeyReused (422) for another request.
        """
        session, tx = self._tx.session, self._tx
        await session.execute(
            delete(IdempotencyKey).where(
                IdempotencyKey.person_id == tx.viewer, IdempotencyKey.created_at < tx.now - KEPT
            )
        )
        first = await session.scalar(
            insert(IdempotencyKey)
            .values(person_id=tx.viewer, key=self._key, fingerprint=self._fingerprint, status=status, created_at=tx.now)
            .on_conflict_do_nothing()
            .returning(IdempotencyKey)
        )
        if first is None:
            kept = await session.get_one(IdempotencyKey, (tx.viewer, self._key))
            if kept.fingerprint != self._fingerprint:
                raise KeyReused
            return kind.model_validate(kept.body)
        made = await made_by()
        first.body = made.model_dump(mode="json", by_alias=True)
        return made


async def _once(
    tx: Write,
    request: Request,
    idempotency_key: Annotated[
        str | None,
        Header(
            alias="Idempotency-Key",
            max_length=100,
            pattern=r"^[!-~]*$",
            description="made by the device; a retry of this request has the same",
        ),
    ] = None,
) -> Once:
    if not idempotency_key:
        raise KeyMissing
    return Once(tx, idempotency_key, request, await request.body())


OnlyOnce = Annotated[Once, Depends(_once)]
"""For a POST that makes something: asks for `Idempotency-Key` (400 without)."""
