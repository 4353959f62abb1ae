"""Somebody with a link: nobody is signed in, the database asks for the secret, and knows one page with it.

What ends in a refusal is returned out of its transaction, so that wrong codes stay counted.
"""

import asyncio
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from uuid_utils.compat import uuid7

from app.access.actions import count_tries, hash_of
from app.media.models import Attachment
from app.platform.db import Database
from app.platform.errors import NotFound, ShowcaseCodeNeeded, ShowcaseCodeWrong, ShowcaseGone, TooManyRequests
from app.portability.showcases.codes import FIGURES, code_hash, figures
from app.portability.showcases.policy import CODES_AN_HOUR, OPENED_AN_HOUR_FROM

_HOUR = timedelta(hours=1)
_HASHING = asyncio.Semaphore(1)
"""A code takes 19 MiB and a core for a moment: one at a time, so that guessing keeps nobody else waiting."""


@dataclass(frozen=True, slots=True)
class Now:
    """When it is asked."""

    at: datetime
    today: date


@dataclass(frozen=True, slots=True)
class Visit:
    """A page that is open in a browser: its id, and the cookie's value."""

    id: UUID
    token: str


_OPEN = text("select open_showcase(:link, :typed, :visit, :token, :at, :today)")
_READ = text("select convert_to(read_showcase(:visit, :token, :at, :today)::text, 'UTF8')")
_FILE = text("select * from showcase_file(:visit, :token, :which, :at, :today)")


async def begin(database: Database, link: str, typed: str | None, address: str, pepper: str, now: Now) -> Visit:
    """Opens a link in this browser, for an hour.

    Raises ShowcaseGone (410: unknown, not begun, ended, taken back), ShowcaseCodeNeeded and ShowcaseCodeWrong (403),
    TooManyRequests (429).
    """
    visit = Visit(uuid7(), secrets.token_urlsafe(32))
    held = hash_of(link)
    values: dict[str, Any] = {
        "link": held,
        "typed": None,
        "visit": visit.id,
        "token": hash_of(visit.token),
        "at": now.at,
        "today": now.today,
    }
    said, wait = None, 0
    async with database.begin() as session:
        wait = await count_tries(session, {f"showcase-from:{address}": OPENED_AN_HOUR_FROM}, now.at, every=_HOUR)
        if not wait:
            said = await session.scalar(_OPEN, values)
        # Only of a link that there is: who makes them up leaves no count for each of them.
        if said == "code" and typed:
            wait = await count_tries(session, {f"showcase-codes:{held.hex()}": CODES_AN_HOUR}, now.at, every=_HOUR)
    if wait:
        raise TooManyRequests(wait)
    if said == "code" and typed:
        code = figures(typed)[: FIGURES + 1]
        async with _HASHING:
            values["typed"] = await asyncio.to_thread(code_hash, pepper, held, code)
        async with database.begin() as session:
            said = await session.scalar(_OPEN, values)
    match said:
        case "open":
            return visit
        case "code":
            raise ShowcaseCodeNeeded
        case "wrong":
            raise ShowcaseCodeWrong
    raise ShowcaseGone


async def read(database: Database, visit_id: UUID, token_hash: bytes, now: Now) -> bytes:
    """The page, as JSON (schemas.VisitPage), as it is at this moment. Raises ShowcaseGone (410)."""
    values = {"visit": visit_id, "token": token_hash, "at": now.at, "today": now.today}
    async with database.begin() as session:
        page = await session.scalar(_READ, values)
    if page is None:
        raise ShowcaseGone
    return bytes(page)


async def file(database: Database, visit_id: UUID, token_hash: bytes, attachment_id: UUID, now: Now) -> Attachment:
    """One of its photos or films. Raises NotFound (404): also where the page is closed."""
    values = {"visit": visit_id, "token": token_hash, "which": attachment_id, "at": now.at, "today": now.today}
    async with database.begin() as session:
        found: Attachment | None = await session.scalar(select(Attachment).from_statement(_FILE), values)
    if found is None:
        raise NotFound
    return found
