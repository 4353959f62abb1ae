"""New cards: what a teacher and the school's office have in common."""

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, update

from app.access.actions import in_turn
from app.access.cards.actions.coming_in import card_hash
from app.access.cards.models import PupilCard
from app.access.models import Session
from app.platform.db import Transaction


@dataclass(frozen=True, slots=True)
class NewCard:
    """A card to print; its secret is known now and never again."""

    name: str
    group: str | None
    level: str | None
    school: str
    secret: str


def new_card(tx: Transaction, pupil_id: UUID, last_day: date | None, *, may_choose_pin: bool = True) -> str:
    """A card for this pupil, from now until the end of the year; its secret."""
    secret = base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=")
    tx.session.add(
        PupilCard(
            pupil_id=pupil_id,
            secret_hash=card_hash(secret),
            issued_by=tx.viewer,
            issued_at=tx.now,
            last_day=last_day,
            may_choose_pin=may_choose_pin,
        )
    )
    return secret


async def revoke(tx: Transaction, pupil_ids: Sequence[UUID]) -> None:
    """The cards that these pupils have end, and so do their sessions."""
    await in_turn(tx.session, pupil_ids)
    live = (PupilCard.pupil_id.in_(pupil_ids), PupilCard.revoked_at.is_(None))
    await tx.session.execute(update(PupilCard).where(*live).values(revoked_at=tx.now))
    await tx.session.execute(delete(Session).where(Session.person_id.in_(pupil_ids)))
