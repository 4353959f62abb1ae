"""An address is asked for, shown to be one's own with a code, and given up; the weekly mail goes on and off."""

import base64
import binascii
import re
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.actions import count_tries
from app.guidance.weekly_mail.models import MailAddress
from app.platform.db import Transaction
from app.platform.errors import Conflict, Invalid, NotFound, Problem, TooManyRequests

CODES_A_DAY = 5
UNKNOWN_PER_ADDRESS = 60
"""Unknown secrets a minute from one place. Right ones always pass."""
_DAY = timedelta(days=1)


async def ask(tx: Transaction, address: str) -> None:
    """A new address, to which the worker mails a code; the old one stays good until then. TooManyRequests (429)."""
    if wait := await count_tries(tx.session, {f"mail codes:{tx.viewer}": CODES_A_DAY}, tx.now, every=_DAY):
        raise TooManyRequests(wait)
    await tx.session.execute(select(func.ask_mail_address(address, tx.now)))


async def confirm(tx: Transaction, typed: str) -> Problem | None:
    """With the code of the mail the address is good, and the weekly mail on.

    Invalid (422) for a wrong code, Conflict (409) where none is good any more: returned, so that the try is counted.
    """
    code = "".join(typed.split())
    outcome = await tx.session.scalar(select(func.confirm_mail_address(code, tx.now)))
    if outcome == "wrong":
        return Invalid("wrong_mail_code", "/code")
    return Conflict("mail_code_gone") if outcome == "gone" else None


async def switch(tx: Transaction, weekly: bool) -> None:
    """The weekly mail on or off. Raises Conflict (409) where there is no address to send it to."""
    found = await tx.session.scalar(
        update(MailAddress)
        .where(MailAddress.person_id == tx.viewer)
        .values(weekly=weekly)
        .returning(MailAddress.person_id)
        .execution_options(synchronize_session=False)
    )
    if found is None and weekly:
        raise Conflict("no_mail_address")


async def forget(tx: Transaction) -> None:
    """No address any more. Again changes nothing."""
    await tx.session.execute(
        delete(MailAddress).where(MailAddress.person_id == tx.viewer).execution_options(synchronize_session=False)
    )


def token_of(secret: bytes) -> str:
    """A secret as it stands in an address."""
    return base64.urlsafe_b64encode(secret).decode().rstrip("=")


def safe(token: str) -> str:
    """What of a token may stand in an address: a made-up one cannot write a header."""
    return re.sub("[^A-Za-z0-9_-]", "", token)


def _secret_of(token: str) -> bytes:
    try:
        return base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""


async def by_token(
    session: AsyncSession, token: str, weekly: bool | None, address: str, now: datetime
) -> bool | Problem:
    """On, off, or (None) only looking, by who has a mail in hand; whether it is on now.

    NotFound (404) for a secret that nobody has, TooManyRequests (429) after many: returned, so that the count is kept.
    """
    outcome = await session.scalar(select(func.switch_weekly_mail(_secret_of(token), weekly)))
    if outcome is None:
        wait = await count_tries(session, {f"unknown mail secrets:{address}": UNKNOWN_PER_ADDRESS}, now)
        return TooManyRequests(wait) if wait else NotFound()
    return bool(outcome)
