"""An address is made, renewed and withdrawn; and read by whoever has its secret, without a session."""

import secrets
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.actions import count_tries, hash_of
from app.guidance.calendar.models import CalendarFeed
from app.guidance.calendar.queries import Happening, happenings, language_of
from app.platform.db import Transaction
from app.platform.errors import NotFound, Problem, TooManyRequests

UNKNOWN_PER_ADDRESS = 60
"""Unknown secrets a minute. Right ones always pass: apps of many people fetch from one address."""

_BEGIN = text("select begin_calendar(:secret_hash, :today)")


async def renew(tx: Transaction) -> str:
    """A new secret of 256 bits, which is kept nowhere; the one before opens nothing from now on."""
    secret = secrets.token_urlsafe(32)
    values = {"secret_hash": hash_of(secret), "made_at": tx.now}
    made = insert(CalendarFeed).values(person_id=tx.viewer, **values)
    await tx.session.execute(made.on_conflict_do_update(index_elements=["person_id"], set_=values))
    return secret


async def withdraw(tx: Transaction) -> None:
    """There is no address any more. Again changes nothing."""
    await tx.session.execute(delete(CalendarFeed).where(CalendarFeed.person_id == tx.viewer))


async def fetch(
    session: AsyncSession, secret: str, address: str, now: datetime, today: date
) -> tuple[list[Happening], str | None] | Problem:
    """What comes for whoever this secret is of, and their language.

    NotFound (404) for a secret that is unknown, withdrawn, replaced, or of somebody whose account is closed, and
    TooManyRequests (429) after many of those: returned, so that the count is kept.
    """
    viewer: UUID | None = await session.scalar(_BEGIN, {"secret_hash": hash_of(secret), "today": today})
    if viewer is None:
        wait = await count_tries(session, {f"unknown calendars:{address}": UNKNOWN_PER_ADDRESS}, now)
        return TooManyRequests(wait) if wait else NotFound()
    return await happenings(session, viewer, today), await language_of(session, viewer)
