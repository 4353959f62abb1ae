"""Saying why one looks."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import exists, select

from app.access.reasons.models import LookReason
from app.access.reasons.policy import is_dean_of
from app.access.reasons.schemas import LookReasonIn
from app.people.policy import staff_placements
from app.platform.db import Transaction
from app.platform.errors import NotAllowed, NotFound

HOLDS = timedelta(days=6)
"""After the day itself: a week, so that preparing and holding one conversation asks once."""


async def say_why(tx: Transaction, pupil_id: UUID, reason: LookReasonIn) -> None:
    """Keeps why this dean looks at this pupil, for a week.

    Raises NotFound (404) where the pupil may not be known, NotAllowed (403) for who looks without a reason anyway.
    """
    staff = staff_placements(tx.viewer, tx.today)
    known = exists().select_from(staff).where(staff.c.pupil_id == pupil_id)
    is_known, is_dean = (await tx.session.execute(select(known, is_dean_of(tx.viewer, pupil_id, tx.today)))).one()
    if not is_known:
        raise NotFound
    if not is_dean:
        raise NotAllowed
    tx.session.add(
        LookReason(
            viewer_id=tx.viewer,
            pupil_id=pupil_id,
            why=reason.why,
            note=reason.note,
            given_at=tx.now,
            given_on=tx.today,
            last_day=tx.today + HOLDS,
        )
    )
