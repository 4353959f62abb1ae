"""Groups of a school, each of one school year; and the cards of who is in them."""

from uuid import UUID

from sqlalchemy import select

from app.access.administration.actions.acts import Act
from app.access.administration.actions.days import school_year_of
from app.access.administration.models import ActKind
from app.access.administration.policy import at_school
from app.access.administration.schemas import ActFacts, CardsPrinted, Done, GroupChange, NewGroup
from app.access.cards.actions.by_office import print_cards
from app.access.cards.actions.printing import NewCard
from app.people.models import Group, SchoolYear
from app.platform.db import Transaction
from app.platform.errors import Conflict, Invalid, NotFound


async def make_group(tx: Transaction, school_id: UUID, new: NewGroup) -> Done:
    """A group for this school year or the next. Raises NotFound (404), Invalid (422), Conflict (409) for its name."""
    await at_school(tx, school_id)
    year = await tx.session.get(SchoolYear, new.school_year)
    if year is None or new.school_year < school_year_of(tx.today):
        raise Invalid("out_of_range", "/schoolYear")
    await _require_free(tx, school_id, new.school_year, new.name)
    act = Act(tx, school_id, ActKind.GROUP_MADE)
    act.group_id = await act.add(
        Group,
        school_id=school_id,
        school_year=new.school_year,
        name=new.name,
        level=new.level,
        study_year=new.study_year,
    )
    return Done(id=act.group_id, act_id=await act.write(ActFacts(group=new.name, level=new.level)))


async def rename_group(tx: Transaction, school_id: UUID, group_id: UUID, change: GroupChange) -> Done:
    """Another name for a group. Raises NotFound (404), Conflict (409) for a name that another group has that year."""
    await at_school(tx, school_id)
    group = await tx.session.scalar(select(Group).where(Group.id == group_id, Group.school_id == school_id))
    if group is None:
        raise NotFound
    if change.name != group.name:
        await _require_free(tx, school_id, group.school_year, change.name)
    act = Act(tx, school_id, ActKind.GROUP_RENAMED)
    act.group_id = group_id
    facts = ActFacts(from_group=group.name, group=change.name, level=group.level)
    await act.change(Group, group_id, name=change.name)
    return Done(id=group_id, act_id=await act.write(facts))


async def issue_cards(tx: Transaction, school_id: UUID, wish: CardsPrinted) -> list[NewCard]:
    """New cards, to print; each pupil's page tells of it. Raises NotFound (404), Invalid (422)."""
    await at_school(tx, school_id)
    group = None
    if wish.group_id is not None:
        group = await tx.session.scalar(select(Group).where(Group.id == wish.group_id, Group.school_id == school_id))
        if group is None:
            raise Invalid("invalid", "/groupId")
    pupil_ids, cards = await print_cards(tx, school_id, wish.group_id, wish.pupil_ids)
    for pupil_id in pupil_ids:
        act = Act(tx, school_id, ActKind.CARDS_PRINTED, pupil_id)
        act.group_id = wish.group_id
        await act.write(ActFacts(group=group.name, level=group.level) if group else None)
    return cards


async def _require_free(tx: Transaction, school_id: UUID, school_year: int, name: str) -> None:
    taken = select(Group.id).where(Group.school_id == school_id, Group.school_year == school_year, Group.name == name)
    if await tx.session.scalar(taken) is not None:
        raise Conflict("name_taken")
