"""Who left the school is signed out; what access there was has ended by itself."""

from datetime import date
from uuid import UUID

from sqlalchemy import Date, Uuid, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession


async def sign_out_leavers(session: AsyncSession, today: date, person_id: UUID | None = None) -> None:
    """Whose last role or placement ended is signed out where they still were: everybody, or this person at once.

    The rule stands in the database (migration 0013). Who left can sign in again; a pupil keeps what is theirs.
    """
    await session.execute(select(func.sign_out_leavers(cast(today, Date), cast(person_id, Uuid))))
