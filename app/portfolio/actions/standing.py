"""The start of every action: the entry, if this person may know of it, and how they stand to it today."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.sql.elements import ColumnElement

from app.people.models import Person
from app.people.policy import home_pupils, staff_placements
from app.platform.db import Transaction
from app.platform.errors import Conflict, NotAllowed, NotFound
from app.portfolio.law import Action, Actor, can, could
from app.portfolio.models import Entry
from app.portfolio.policy import visible_entries


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry, and somebody who may at least read it."""

    entry: Entry
    actor: Actor

    @property
    def own(self) -> bool:
        """Whether it is the actor's own entry."""
        return self.entry.pupil_id == self.actor.id


async def find(tx: Transaction, which: ColumnElement[bool]) -> Standing:
    """The visible entry for which this holds. Raises NotFound (404), also where it exists unseen."""
    entry = await tx.session.scalar(visible_entries(tx.viewer, tx.today).where(which))
    if entry is None:
        raise NotFound
    return Standing(entry, await _actor(tx, entry))


async def hold(tx: Transaction, entry_id: UUID, action: Action) -> Standing:
    """The entry, locked until the transaction ends, for an action that the law allows.

    Raises NotFound (404); NotAllowed (403) where the actor may see it but never do this; Conflict (409) where its
    state forbids it now.
    """
    this = Entry.id == entry_id
    locked = visible_entries(tx.viewer, tx.today).where(this).with_for_update(of=Entry)
    entry = await tx.session.scalar(locked)
    # Row-level security gives no lock to who may only read; the plain read tells 403 from 404.
    standing = Standing(entry, await _actor(tx, entry)) if entry else await find(tx, this)
    require(standing, action, tx.today)
    if entry is None:
        raise NotAllowed
    return standing


def require(standing: Standing, action: Action, today: date) -> None:
    """Asks the law. Raises NotAllowed (403) for what this actor can never do, Conflict (409) for not in this state."""
    if can(standing.actor, action, standing.entry, today):
        return
    if could(standing.actor, action, standing.entry, today):
        raise Conflict("wrong_state")
    raise NotAllowed


async def _actor(tx: Transaction, entry: Entry) -> Actor:
    staff = staff_placements(tx.viewer, tx.today)
    home = home_pupils(tx.viewer, tx.today)
    at_school = (
        select(staff.c.placement_id, staff.c.cutoff).where(staff.c.placement_id == entry.placement_id).subquery()
    )
    row = (
        await tx.session.execute(
            select(
                Person.birth_date,
                at_school.c.placement_id,
                at_school.c.cutoff,
                select(home.c.pupil_id).where(home.c.pupil_id == entry.pupil_id).exists(),
            )
            .outerjoin_from(Person, at_school, at_school.c.placement_id.is_not(None))
            .where(Person.id == entry.pupil_id)
        )
    ).one()
    birth_date, placement_id, cutoff, home_open = row
    return Actor(tx.viewer, birth_date, placement_id is not None, cutoff, home_open)
