"""A pupil who says something on the screen of a member of staff: shows who they are, for one act.

Staff cannot say it for the pupil. The pupil's own PIN or password opens a session that is in nobody's browser; the
one act is done in it, in the pupil's own name for the database too, and it ends with the same transaction. Misses
count, and lock, as they do at the door (docs/adr/020-akkoord-on-one-screen.md).
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.actions import (
    PER_ACCOUNT,
    Candidate,
    check_password,
    count_tries,
    hash_of,
    open_session,
)
from app.access.cards.actions import coming_in
from app.access.cards.models import PupilPin
from app.access.models import Account, Session
from app.platform.db import Database, Transaction
from app.platform.errors import Conflict, Invalid, PinLocked, Problem, TooManyRequests, WrongPassword, WrongPin

_PIN_LENGTHS = (4, 5, 6)
_BEGIN = text("select viewer from begin_request(:token_hash, :now, :today)")
_NOT_AT_THE_DOOR = text("select set_config('app.sign_in', '', true)")


@dataclass(frozen=True, slots=True)
class Claim:
    """Who says to be this pupil: by PIN (`caller`), or by password (`candidate`)."""

    pupil_id: UUID
    caller: coming_in.Caller | None = None
    candidate: Candidate | None = None
    subject: str = ""


async def claim(session: AsyncSession, pupil_id: UUID, secret: str, now: datetime) -> Claim | Problem:
    """Counts a try for this pupil, at the door (`coming_in.at_the_door`): for the PIN where it may be one.

    Returns a Problem instead of raising it, so that the try stays counted: Conflict (409) where the pupil has neither.
    """
    has_pin = await session.get(PupilPin, pupil_id) is not None
    if has_pin and secret.isdecimal() and len(secret) in _PIN_LENGTHS:
        caller = await coming_in.call_beside(session, pupil_id, now)
        return caller if isinstance(caller, Problem) else Claim(pupil_id, caller=caller)
    account = await session.scalar(
        select(Account).where(Account.person_id == pupil_id, Account.closed_at.is_(None)).limit(1)
    )
    if account is None:
        return Invalid("code_differs", "/secret") if has_pin else Conflict("no_code_here")
    subject = f"account:{account.username}"
    if wait := await count_tries(session, {subject: PER_ACCOUNT}, now):
        return TooManyRequests(wait)
    return Claim(pupil_id, candidate=Candidate(pupil_id, account.password_hash), subject=subject)


async def check(claimed: Claim, secret: str, pepper: str) -> None:
    """Raises Invalid (422) where it is not the pupil's, PinLocked (429) at every fifth miss; no connection is held."""
    try:
        if claimed.caller is not None:
            await coming_in.check_pin(claimed.caller, secret, pepper)
        elif claimed.candidate is not None:
            await check_password(claimed.candidate, secret)
    except PinLocked:
        raise
    except (WrongPin, WrongPassword) as wrong:
        # Not 401: the one who is signed in here still is.
        raise Invalid("code_differs", "/secret") from wrong


@asynccontextmanager
async def as_shown(database: Database, claimed: Claim, now: datetime, today: date) -> AsyncIterator[Transaction]:
    """A transaction in the name of the pupil whose code was right; what it kept of the session goes with it.

    Raises Invalid (422) where the code was changed meanwhile, AccountClosed (403), Conflict (409) where this pupil asks
    a second factor.
    """
    async with coming_in.at_the_door(database) as session:
        if claimed.caller is not None:
            try:
                await coming_in.let_in(session, claimed.caller, None, now, today)
            except WrongPin as wrong:
                raise Invalid("code_differs", "/secret") from wrong
        else:
            await count_tries(session, {claimed.subject: PER_ACCOUNT}, now, tries=-1)
        token, _ = await open_session(session, claimed.pupil_id, "shared", "", None, now, today)
        await session.flush()
        await session.execute(_NOT_AT_THE_DOOR)
        begun = {"token_hash": hash_of(token), "now": now, "today": today}
        viewer = await session.scalar(_BEGIN, begun)
        if viewer is None:
            raise Conflict("no_code_here")
        yield Transaction(session, viewer, now, today)
        await session.execute(delete(Session).where(Session.token_hash == hash_of(token)))
