"""Signing up for an activity, by the pupil or by staff. The rules stand in the database (migration 0017)."""

from uuid import UUID

from sqlalchemy import func, select

from app.platform.db import Transaction
from app.platform.errors import Conflict, NotFound

_REFUSED = {"closed": "sign_up_closed", "full": "activity_full", "cancelled": "activity_cancelled"}


async def sign_up(tx: Transaction, activity_id: UUID, pupil_id: UUID) -> None:
    """This pupil comes; again is harmless. Of two who want the last place one gets it.

    Raises NotFound (404), Conflict (409) after the last day, when it is full, or cancelled.
    """
    _answer(await tx.session.scalar(select(func.sign_up(activity_id, pupil_id, tx.now))))


async def sign_off(tx: Transaction, activity_id: UUID, pupil_id: UUID) -> None:
    """This pupil does not come; again is harmless. Raises NotFound (404), Conflict (409) after the last day."""
    _answer(await tx.session.scalar(select(func.sign_off(activity_id, pupil_id))))


def _answer(outcome: str | None) -> None:
    if outcome in _REFUSED:
        raise Conflict(_REFUSED[outcome])
    if outcome != "done":
        raise NotFound
