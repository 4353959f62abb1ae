"""The start of every action: the entry, if this person may know of it, and how they stand to it today."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Select, Uuid, and_, bindparam, exists, or_, select

from app.access.reasons.policy import must_say_why
from app.people.models import Person
from app.people.policy import home_pupils, staff_placements
from app.platform.db import Transaction
from app.platform.errors import Conflict, NotAllowed, NotFound, ReasonNeeded
from app.portfolio.law import Action, Actor, can, could
from app.portfolio.models import Entry
from app.portfolio.policy import visible_entries

_READABLE = (
    visible_entries(bindparam("viewer", type_=Uuid()), bindparam("today", type_=Date()))
    .add_columns(Person.birth_date)
    .join(Person, Person.id == Entry.pupil_id)
    .where(Entry.id == bindparam("entry_id", type_=Uuid()))
)
_LOCKED = _READABLE.with_for_update(of=Entry)


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry, and somebody who may at least read it."""

    entry: Entry
    actor: Actor

    @property
    def own(self) -> bool:
        """Whether it is the actor's own entry."""
        return self.entry.pupil_id == self.actor.id


async def find(tx: Transaction, entry_id: UUID) -> Standing:
    """The entry, if it is visible. Raises NotFound (404), also where it exists unseen; ReasonNeeded (403)."""
    standing = await _stand(tx, _READABLE, entry_id)
    if standing is None:
        raise NotFound
    return standing


async def reach(tx: Transaction, entry_id: UUID) -> Standing:
    """The entry, if it is visible, locked where this person may write at all. Raises NotFound (404)."""
    return await _stand(tx, _LOCKED, entry_id) or await find(tx, entry_id)


async def hold(tx: Transaction, entry_id: UUID, action: Action) -> Standing:
    """The entry, locked until the transaction ends, for an action that the law allows.

    Raises NotFound (404); NotAllowed (403) where the actor may see it but never do this; Conflict (409) where its
    state forbids it now.
    """
    standing = await _stand(tx, _LOCKED, entry_id)
    if standing is None:
        # Row-level security gives no lock to who may only read; the law tells them 403 from 404 by a plain read.
        require(await find(tx, entry_id), action, tx.today)
        # The law allows it: the entry came to be between the two reads.
        standing = await _stand(tx, _LOCKED, entry_id)
        if standing is None:
            raise NotFound
    require(standing, action, tx.today)
    return standing


def require(standing: Standing, action: Action, today: date) -> None:
    """Asks the law. Raises NotAllowed (403) for what this actor can never do, Conflict (409) for not in this state."""
    if can(standing.actor, action, standing.entry, today):
        return
    if could(standing.actor, action, standing.entry, today):
        raise Conflict("wrong_state")
    raise NotAllowed


async def _stand(tx: Transaction, visible: Select[Any], entry_id: UUID) -> Standing | None:
    who = {"viewer": tx.viewer, "today": tx.today, "entry_id": entry_id}
    row = (await tx.session.execute(visible, who)).one_or_none()
    if row is None:
        return None
    entry, birth_date = row
    if entry.pupil_id == tx.viewer:
        return Standing(entry, Actor(tx.viewer, birth_date))
    staff, home = staff_placements(tx.viewer, tx.today), home_pupils(tx.viewer, tx.today)
    shared = staff.c.placement_id == entry.placement_id
    taken_along = and_(staff.c.placement_id.in_(entry.taken_to or ()), staff.c.cutoff.is_(None))
    at_school = select(staff.c.cutoff).where(or_(shared, taken_along)).order_by(staff.c.cutoff.desc().nulls_first())
    at_home = select(exists().select_from(home).where(home.c.pupil_id == entry.pupil_id))
    cutoffs = (await tx.session.scalars(at_school)).all()
    if await tx.session.scalar(select(must_say_why(tx.viewer, entry.pupil_id, tx.today))):
        pupil = await tx.session.get_one(Person, entry.pupil_id)
        raise ReasonNeeded({"id": str(pupil.id), "name": pupil.name, "givenName": pupil.given_name})
    return Standing(
        entry,
        Actor(
            tx.viewer,
            birth_date,
            staff=bool(cutoffs),
            until=cutoffs[0] if cutoffs else None,
            home=bool(await tx.session.scalar(at_home)),
        ),
    )
