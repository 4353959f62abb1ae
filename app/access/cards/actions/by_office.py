"""Cards that the school's office prints. Whoever prints one must not be able to come in with it as the pupil.

So the pupil's PIN stays as it is, and the card lets nobody choose one: a pupil without a PIN chooses it in class, in
the teacher's window. The card that the pupil had ends, as it does with a card of the teacher's.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, func, select

from app.access.cards.actions.printing import NewCard, new_card, revoke
from app.people.models import Group, GroupMembership, Person, Placement, School
from app.people.projections import full_name, runs
from app.platform.db import Transaction
from app.platform.errors import Invalid


async def print_cards(
    tx: Transaction, school_id: UUID, group_id: UUID | None, only: Sequence[UUID] | None
) -> tuple[list[UUID], list[NewCard]]:
    """New cards for these pupils of the school, or for a group of it; by group and name. The PINs stay.

    Raises Invalid (422) for a pupil who is not placed here today.
    """
    placed = and_(Placement.pupil_id == Person.id, Placement.school_id == school_id, runs(Placement, tx.today))
    member = and_(GroupMembership.placement_id == Placement.id, runs(GroupMembership, tx.today))
    found = (
        await tx.session.execute(
            select(Person.id, full_name().label("name"), Group.name.label("group"), Group.level)
            .join(Placement, placed)
            .outerjoin(GroupMembership, member)
            .outerjoin(Group, Group.id == GroupMembership.group_id)
            .where(Person.id.in_(only) if only is not None else Group.id == group_id)
            .order_by(Group.name, Person.family_name, Person.given_name, Person.id)
        )
    ).all()
    pupils = {pupil.id: pupil for pupil in found}
    if only is not None and set(only) != set(pupils):
        raise Invalid("invalid", "/pupilIds")
    school = await tx.session.scalar(select(School.name).where(School.id == school_id)) or ""
    last_day = await tx.session.scalar(select(func.school_year_end(tx.today)))
    await revoke(tx, list(pupils))
    cards = [
        NewCard(pupil.name, pupil.group, pupil.level, school, new_card(tx, pupil.id, last_day, may_choose_pin=False))
        for pupil in pupils.values()
    ]
    return list(pupils), cards
