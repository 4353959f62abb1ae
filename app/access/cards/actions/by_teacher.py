"""What a teacher does for the own pupils: open and close the window, make and revoke cards, reset a PIN."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from uuid_utils.compat import uuid7

from app.access.actions import in_turn
from app.access.cards.actions.printing import NewCard, new_card, revoke
from app.access.cards.models import ClassWindow, PinMisses, PupilPin
from app.access.cards.policy import group_pupils, require_group, require_pupil
from app.access.models import Session
from app.people.models import Group, Person, School
from app.people.projections import full_name
from app.platform.db import Transaction
from app.platform.errors import Invalid

OPEN = timedelta(minutes=15)
KEPT = timedelta(days=30)
"""So long it is kept who came in through a window that has closed."""

ALPHABET = "BCDFGHJKLMNPRSTVWXZ"
"""For the board: no vowels, so no words, and nothing that looks like a figure."""
CODE_LENGTH = 6


async def open_window(tx: Transaction, group_id: UUID) -> None:
    """Opens the window of this group for a quarter of an hour; one that is open stays as it is. NotFound (404)."""
    await require_group(tx, group_id)
    # Two teachers at the same moment open one window: the second waits for this row, and then finds it open.
    await tx.session.execute(select(func.pg_advisory_xact_lock(group_id.int % 2**63)))
    is_open = exists().where(ClassWindow.group_id == group_id, ClassWindow.closes_at > tx.now)
    if await tx.session.scalar(select(is_open)):
        return
    await tx.session.execute(
        delete(ClassWindow).where(ClassWindow.group_id == group_id, ClassWindow.closes_at < tx.now - KEPT)
    )
    kept = None
    while kept is None:
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        values = {"id": uuid7(), "group_id": group_id, "code": code, "opened_by": tx.viewer}
        values |= {"opened_at": tx.now, "closes_at": tx.now + OPEN}
        # A code that another class has, now or lately, is not taken.
        kept = await tx.session.scalar(
            insert(ClassWindow).values(values).on_conflict_do_nothing().returning(ClassWindow.id)
        )


async def close_window(tx: Transaction, group_id: UUID) -> None:
    """Closes the window; who is in stays in. Raises NotFound (404)."""
    await require_group(tx, group_id)
    await tx.session.execute(
        update(ClassWindow)
        .where(ClassWindow.group_id == group_id, ClassWindow.closes_at > tx.now)
        .values(closes_at=tx.now)
    )


async def issue_cards(tx: Transaction, group_id: UUID, only: Sequence[UUID] | None) -> list[NewCard]:
    """New cards for these pupils of the group, or for all, by name. What they had ends: card, PIN and sessions.

    Raises NotFound (404), and Invalid (422) for a pupil who is not in the group.
    """
    await require_group(tx, group_id)
    own = group_pupils(group_id, tx.today)
    found = (
        await tx.session.execute(
            select(Person.id, full_name().label("name"))
            .join(own, own.c.pupil_id == Person.id)
            .order_by(Person.family_name, Person.given_name, Person.id)
        )
    ).all()
    if only is not None and not set(only) <= {pupil.id for pupil in found}:
        raise Invalid("invalid", "/pupilIds")
    group, level, school = (
        await tx.session.execute(
            select(Group.name, Group.level, School.name)
            .join(School, School.id == Group.school_id)
            .where(Group.id == group_id)
        )
    ).one()
    last_day = await tx.session.scalar(select(func.school_year_end(tx.today)))
    chosen = [pupil for pupil in found if only is None or pupil.id in only]
    await revoke(tx, [pupil.id for pupil in chosen])
    await _forget_pins(tx, [pupil.id for pupil in chosen])
    return [NewCard(pupil.name, group, level, school, new_card(tx, pupil.id, last_day)) for pupil in chosen]


async def revoke_card(tx: Transaction, pupil_id: UUID) -> None:
    """A lost card: it works no longer, and who came in with it is out. Raises NotFound (404)."""
    await require_pupil(tx, pupil_id)
    await revoke(tx, [pupil_id])


async def reset_pin(tx: Transaction, pupil_id: UUID) -> None:
    """The pupil chooses a new PIN at the next sign-in; locks open, sessions end. Raises NotFound (404)."""
    await require_pupil(tx, pupil_id)
    await _forget_pins(tx, [pupil_id])
    await tx.session.execute(delete(Session).where(Session.person_id == pupil_id))


async def _forget_pins(tx: Transaction, pupil_ids: Sequence[UUID]) -> None:
    await in_turn(tx.session, pupil_ids)
    for table in (PupilPin, PinMisses):
        await tx.session.execute(delete(table).where(table.pupil_id.in_(pupil_ids)))
