"""The password once more, from who has no second factor yet and is to set up the first.

Two transactions, so that no connection is held while a password is hashed. It proves no second factor: what a role asks
for is still owed after it.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.actions import Lifetime, PasswordAnew, count_password, forgive_password, renew_session
from app.access.factors.policy import Holder
from app.access.models import Account
from app.platform.errors import Conflict, FactorNeeded, NotAllowed, Problem


async def find_password(session: AsyncSession, holder: Holder, now: datetime) -> PasswordAnew | Problem:
    """Counts a try, and finds what the password must fit.

    Returns TooManyRequests (429) instead of raising it, so that the try stays counted. Raises FactorNeeded (401),
    NotAllowed (403) to pupils, Conflict (409) to who has a factor, which is asked then, or has no password.
    """
    _require_none(holder)
    account = await session.scalar(select(Account).where(Account.person_id == holder.person_id))
    if account is None:
        raise Conflict("no_password")
    return await count_password(session, account, now)


async def give_password(
    session: AsyncSession, holder: Holder, known: PasswordAnew, now: datetime
) -> tuple[str, Lifetime]:
    """The password was right: the session counts as just begun, under another cookie value, and lives no longer.

    Raises as `find_password`, and Conflict (409) where the password was changed while it was checked.
    """
    _require_none(holder)
    same = (Account.person_id == holder.person_id, Account.password_hash == known.password_hash)
    if await session.scalar(select(Account.person_id).where(*same)) is None:
        raise Conflict("wrong_state")
    await forgive_password(session, known, now)
    return renew_session(holder.session, now)


def _require_none(holder: Holder) -> None:
    if holder.due == "give":
        raise FactorNeeded
    if not holder.may:
        raise NotAllowed
    if holder.has_factor:
        raise Conflict("wrong_state")
