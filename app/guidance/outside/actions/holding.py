"""Somebody with a link: a code by mail, the one page, an answer. Nobody is signed in; the database asks for secrets.

What ends in a refusal is returned out of its transaction, so that tries stay counted.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from uuid_utils.compat import uuid7

from app.access.actions import count_tries, hash_of
from app.guidance.outside.codes import code_hash, figures
from app.guidance.outside.policy import CODES_A_DAY, CODES_AN_HOUR, CODES_AN_HOUR_FROM
from app.guidance.outside.schemas import OutsideAnswerIn
from app.guidance.outside.tasks import mail_outside_code
from app.media.models import Attachment
from app.platform.db import Database
from app.platform.errors import (
    NotFound,
    OutsideCodeNeeded,
    OutsideCodeWrong,
    OutsideGone,
    TooManyRequests,
    VersionConflict,
)
from app.platform.jobs import enqueue

CODE_MINUTES, PAGE_MINUTES = 10, 60
"""As the functions of migration 0029 have it."""

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Now:
    """When it is asked."""

    at: datetime
    today: date


_ASK = text("select outside_ask_code(:link, :session, :token, :at, :today)")
_PROVE = text("select outside_prove(:token, :typed, :anew, :at, :today)")
_PAGE = text("select convert_to(outside_entry(:token, :at, :today)::text, 'UTF8')")
_FILE = text("select * from outside_file(:token, :which, :at, :today)")
_SAY = text(
    "select kept, now_version from outside_say("
    ":token, :said_by, :good, :grew, :tip, cast(:words as text[]), cast(:seen as integer), :at, :today)"
)
_LEAVE = text("select outside_leave(:token)")


async def ask_code(database: Database, link: str, address: str, now: Now) -> str:
    """Sends a code to the address that the link went to. Returns the cookie's value, which opens nothing yet.

    Raises OutsideGone (410: unknown, ended, withdrawn, too old) and TooManyRequests (429).
    """
    token = secrets.token_urlsafe(32)
    held = hash_of(link)
    # From one address first: who makes up links from there leaves no count for each of them.
    limits = (
        ({f"outside-from:{address}": CODES_AN_HOUR_FROM}, _HOUR),
        ({f"outside-codes:{held.hex()}": CODES_AN_HOUR}, _HOUR),
        ({f"outside-codes-today:{held.hex()}": CODES_A_DAY}, _DAY),
    )
    session_id = uuid7()
    found = None
    async with database.begin() as session:
        for limit, every in limits:
            if wait := await count_tries(session, limit, now.at, every=every):
                break
        else:
            values = {"link": held, "session": session_id, "token": hash_of(token), "at": now.at, "today": now.today}
            found = await session.scalar(_ASK, values)
            if found is not None:
                await enqueue(session, mail_outside_code, session_id=str(session_id))
    if wait:
        raise TooManyRequests(wait)
    if found is None:
        raise OutsideGone
    return token


async def prove(database: Database, token_hash: bytes, typed: str, pepper: str, now: Now) -> str:
    """Opens the page in this browser; returns the cookie's new value. Raises OutsideCodeWrong (403)."""
    anew = secrets.token_urlsafe(32)
    values = {
        "token": token_hash,
        "typed": code_hash(pepper, token_hash, figures(typed)),
        "anew": hash_of(anew),
        "at": now.at,
        "today": now.today,
    }
    async with database.begin() as session:
        right = await session.scalar(_PROVE, values)
    if not right:
        raise OutsideCodeWrong
    return anew


async def read(database: Database, token_hash: bytes, now: Now) -> bytes:
    """The page, as JSON (schemas.OutsidePage). Raises OutsideCodeNeeded (403)."""
    async with database.begin() as session:
        page = await session.scalar(_PAGE, {"token": token_hash, "at": now.at, "today": now.today})
    if page is None:
        raise OutsideCodeNeeded
    return bytes(page)


async def file(database: Database, token_hash: bytes, attachment_id: UUID, now: Now) -> Attachment:
    """One of its files. Raises NotFound (404): also where the page is closed."""
    values = {"token": token_hash, "which": attachment_id, "at": now.at, "today": now.today}
    async with database.begin() as session:
        found: Attachment | None = await session.scalar(select(Attachment).from_statement(_FILE), values)
    if found is None:
        raise NotFound
    return found


async def say(database: Database, token_hash: bytes, said: OutsideAnswerIn, if_match: str | None, now: Now) -> int:
    """Keeps what was said; the same again changes nothing. Returns its version.

    Raises OutsideCodeNeeded (403), VersionConflict (412) where it was changed in another browser.
    """
    typed = (if_match or "").strip().strip('"')
    values: dict[str, Any] = {
        **said.model_dump(by_alias=False, exclude={"words"}),
        "words": list(dict.fromkeys(said.words)),
        "token": token_hash,
        "seen": int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None,
        "at": now.at,
        "today": now.today,
    }
    async with database.begin() as session:
        kept, version = (await session.execute(_SAY, values)).one()
    if version is None:
        raise OutsideCodeNeeded
    if not kept:
        raise VersionConflict(version)
    return int(version)


async def leave(database: Database, token_hash: bytes) -> None:
    """Closes the page in this browser."""
    async with database.begin() as session:
        await session.execute(_LEAVE, {"token": token_hash})
