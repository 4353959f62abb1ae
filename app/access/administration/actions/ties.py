"""What ties people to a school: placements and groups of pupils, roles and groups of staff, each from day to day."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import or_, select

from app.access.administration.actions.acts import Act
from app.access.administration.actions.days import require_near
from app.access.administration.actions.leaving import sign_out_leavers
from app.access.administration.models import ActKind
from app.access.administration.policy import at_school, register, require_known
from app.access.administration.schemas import ActFacts, Done, LastDay, Move, NewAssignment, NewPlacement, NewRole
from app.people.models import (
    Group,
    GroupAssignment,
    GroupMembership,
    Placement,
    Role,
    SchoolYear,
    StaffRole,
)
from app.people.projections import runs
from app.platform.db import Transaction
from app.platform.errors import Conflict, Invalid, NotAllowed, NotFound

_A_DAY = timedelta(days=1)


# --- pupils -------------------------------------------------------------------------------------------


async def place(tx: Transaction, school_id: UUID, person_id: UUID, new: NewPlacement) -> Done:
    """A pupil who left comes back. Raises NotFound (404), Invalid (422), Conflict (409) where one still runs."""
    await at_school(tx, school_id)
    require_near(tx, new.starts_on)
    people = register(school_id, tx.today)
    known = select(people.c.is_pupil).where(people.c.person_id == person_id)
    if not await tx.session.scalar(known):
        raise NotFound
    act = Act(tx, school_id, ActKind.PLACED, person_id)
    placement_id = await act.add(Placement, pupil_id=person_id, school_id=school_id, starts_on=new.starts_on)
    group = await put_in_group(act, placement_id, new.group_id, new.starts_on, None)
    facts = ActFacts(group=group.name, level=group.level, starts_on=new.starts_on)
    return Done(id=placement_id, act_id=await act.write(facts))


async def move(tx: Transaction, school_id: UUID, placement_id: UUID, wish: Move) -> Done:
    """From this day on in another group; whatever group there was ends the day before.

    Raises NotFound (404), Invalid (422) for a group or a day that does not fit.
    """
    await at_school(tx, school_id)
    placement = await _placement(tx, school_id, placement_id)
    if not _within(wish.starts_on, placement.starts_on, placement.ends_on):
        raise Invalid("out_of_range", "/startsOn")
    act = Act(tx, school_id, ActKind.MOVED, placement.pupil_id)
    was = await tx.session.scalar(
        select(Group.name)
        .join(GroupMembership, GroupMembership.group_id == Group.id)
        .where(GroupMembership.placement_id == placement_id, runs(GroupMembership, wish.starts_on))
        .limit(1)
    )
    await _end_memberships(act, placement_id, wish.starts_on - _A_DAY)
    group = await put_in_group(act, placement_id, wish.group_id, wish.starts_on, placement.ends_on)
    facts = ActFacts(group=group.name, level=group.level, from_group=was, starts_on=wish.starts_on)
    return Done(id=placement_id, act_id=await act.write(facts))


async def end_placement(tx: Transaction, school_id: UUID, placement_id: UUID, last: LastDay) -> Done:
    """The pupil's last day at the school. Raises NotFound (404), Invalid (422), Conflict (409) where it had ended."""
    await at_school(tx, school_id)
    placement = await _placement(tx, school_id, placement_id)
    _require_end(tx, last.ends_on, placement.starts_on, placement.ends_on)
    act = Act(tx, school_id, ActKind.PLACEMENT_ENDED, placement.pupil_id)
    await act.change(Placement, placement_id, ends_on=last.ends_on)
    await _end_memberships(act, placement_id, last.ends_on)
    await sign_out_leavers(tx.session, tx.today, placement.pupil_id)
    return Done(id=placement_id, act_id=await act.write(ActFacts(ends_on=last.ends_on)))


async def put_in_group(act: Act, placement_id: UUID, group_id: UUID, starts_on: date, until: date | None) -> Group:
    """A membership from this day to the end of the group's school year. Invalid (422) where they do not fit."""
    group, _, year_end = await _group_on(act.tx, act.school_id, group_id, starts_on)
    ends_on = min(year_end, until or year_end)
    await act.add(GroupMembership, placement_id=placement_id, group_id=group_id, starts_on=starts_on, ends_on=ends_on)
    act.group_id = group_id
    return group


async def _group_on(tx: Transaction, school_id: UUID, group_id: UUID, day: date) -> tuple[Group, date, date]:
    found = (
        await tx.session.execute(
            select(Group, SchoolYear.starts_on, SchoolYear.ends_on)
            .join(SchoolYear, SchoolYear.start_year == Group.school_year)
            .where(Group.id == group_id, Group.school_id == school_id)
        )
    ).one_or_none()
    if found is None:
        raise Invalid("invalid", "/groupId")
    group, first, last = found
    if not first <= day <= last:
        raise Invalid("out_of_range", "/startsOn")
    return group, first, last


async def _placement(tx: Transaction, school_id: UUID, placement_id: UUID) -> Placement:
    placement = await tx.session.get(Placement, placement_id)
    if placement is None or placement.school_id != school_id:
        raise NotFound
    await require_known(tx, school_id, placement.pupil_id)
    return placement


async def _end_memberships(act: Act, placement_id: UUID, last_day: date) -> None:
    """What runs after this day ends on it; what was yet to begin goes."""
    later = or_(GroupMembership.ends_on.is_(None), GroupMembership.ends_on > last_day)
    found = await act.tx.session.execute(
        select(GroupMembership.id, GroupMembership.starts_on).where(GroupMembership.placement_id == placement_id, later)
    )
    for row_id, starts_on in found.all():
        if starts_on > last_day:
            await act.remove(GroupMembership, row_id)
        else:
            await act.change(GroupMembership, row_id, ends_on=last_day)


# --- staff --------------------------------------------------------------------------------------------


async def give_role(tx: Transaction, school_id: UUID, person_id: UUID, new: NewRole) -> Done:
    """A role from a day on. Raises NotFound (404), NotAllowed (403) to oneself, Conflict (409) to a pupil or twice."""
    await at_school(tx, school_id)
    people = register(school_id, tx.today)
    here = select(people.c.is_pupil & people.c.ended_on.is_(None)).where(people.c.person_id == person_id)
    is_pupil = await tx.session.scalar(here)
    if is_pupil is None:
        raise NotFound
    if person_id == tx.viewer:
        raise NotAllowed
    if is_pupil:
        raise Conflict("is_pupil")
    require_near(tx, new.starts_on)
    if new.ends_on is not None:
        _require_end(tx, new.ends_on, new.starts_on, None)
    act = Act(tx, school_id, ActKind.ROLE_GIVEN, person_id)
    role_id = await act.add(
        StaffRole, person_id=person_id, school_id=school_id, role=new.role, starts_on=new.starts_on, ends_on=new.ends_on
    )
    facts = ActFacts(role=new.role, starts_on=new.starts_on, ends_on=new.ends_on)
    return Done(id=role_id, act_id=await act.write(facts))


async def end_role(tx: Transaction, school_id: UUID, role_id: UUID, last: LastDay) -> Done:
    """The last day of a role, and of the groups that go with it.

    Raises NotFound (404), Invalid (422), Conflict (409) where it had ended, or for the last admin.
    """
    await at_school(tx, school_id)
    role = await _role(tx, school_id, role_id)
    _require_end(tx, last.ends_on, role.starts_on, role.ends_on)
    act = Act(tx, school_id, ActKind.ROLE_ENDED, role.person_id)
    await act.change(StaffRole, role_id, ends_on=last.ends_on)
    await _end_assignments(act, role_id, last.ends_on)
    done = Done(id=role_id, act_id=await act.write(ActFacts(role=Role(role.role), ends_on=last.ends_on)))
    await sign_out_leavers(tx.session, tx.today, role.person_id)
    return done


async def cancel_role(tx: Transaction, school_id: UUID, role_id: UUID) -> Done:
    """A role that is yet to begin does not. Raises NotFound (404), Conflict (409) where it has begun."""
    await at_school(tx, school_id)
    role = await _role(tx, school_id, role_id)
    _require_to_come(tx, role.starts_on)
    act = Act(tx, school_id, ActKind.ROLE_CANCELLED, role.person_id)
    await _end_assignments(act, role_id, tx.today)
    await act.remove(StaffRole, role_id)
    return Done(id=role_id, act_id=await act.write(ActFacts(role=Role(role.role), starts_on=role.starts_on)))


async def _role(tx: Transaction, school_id: UUID, role_id: UUID) -> StaffRole:
    role = await tx.session.get(StaffRole, role_id)
    if role is None or role.school_id != school_id:
        raise NotFound
    return role


async def _end_assignments(act: Act, role_id: UUID, last_day: date) -> None:
    """With a role its groups end; what was yet to begin goes."""
    later = or_(GroupAssignment.ends_on.is_(None), GroupAssignment.ends_on > last_day)
    found = await act.tx.session.execute(
        select(GroupAssignment.id, GroupAssignment.starts_on).where(GroupAssignment.staff_role_id == role_id, later)
    )
    for row_id, starts_on in found.all():
        if starts_on > last_day:
            await act.remove(GroupAssignment, row_id)
        else:
            await act.change(GroupAssignment, row_id, ends_on=last_day)


async def assign(tx: Transaction, school_id: UUID, group_id: UUID, new: NewAssignment) -> Done:
    """A teacher for a group: the mentor, or somebody who takes over for some weeks.

    Raises NotFound (404), NotAllowed (403) to oneself, Invalid (422), Conflict (409) for who is no teacher on that day.
    """
    await at_school(tx, school_id)
    if await tx.session.scalar(select(Group.id).where(Group.id == group_id, Group.school_id == school_id)) is None:
        raise NotFound
    if new.person_id == tx.viewer:
        raise NotAllowed
    group, _, year_end = await _group_on(tx, school_id, group_id, new.starts_on)
    if new.ends_on is not None and not new.starts_on <= new.ends_on <= year_end:
        raise Invalid("end_before_start" if new.ends_on < new.starts_on else "out_of_range", "/endsOn")
    role = await tx.session.scalar(
        select(StaffRole).where(
            StaffRole.person_id == new.person_id,
            StaffRole.school_id == school_id,
            StaffRole.role == Role.TEACHER,
            runs(StaffRole, new.starts_on),
        )
    )
    if role is None:
        raise Conflict("no_teacher")
    ends_on = min(new.ends_on or year_end, role.ends_on or year_end)
    act = Act(tx, school_id, ActKind.ASSIGNED, new.person_id)
    act.group_id = group_id
    row_id = await act.add(
        GroupAssignment, staff_role_id=role.id, group_id=group_id, is_mentor=new.is_mentor,
        starts_on=new.starts_on, ends_on=ends_on,
    )  # fmt: skip
    facts = ActFacts(
        group=group.name, level=group.level, mentor=new.is_mentor, starts_on=new.starts_on, ends_on=ends_on
    )
    return Done(id=row_id, act_id=await act.write(facts))


async def end_assignment(tx: Transaction, school_id: UUID, assignment_id: UUID, last: LastDay) -> Done:
    """The last day of a teacher with a group. Raises NotFound (404), Invalid (422), Conflict (409) after its end."""
    await at_school(tx, school_id)
    assignment, person_id, group = await _assignment(tx, school_id, assignment_id)
    _require_end(tx, last.ends_on, assignment.starts_on, assignment.ends_on)
    act = Act(tx, school_id, ActKind.ASSIGNMENT_ENDED, person_id)
    act.group_id = group.id
    await act.change(GroupAssignment, assignment_id, ends_on=last.ends_on)
    facts = ActFacts(group=group.name, level=group.level, mentor=assignment.is_mentor, ends_on=last.ends_on)
    return Done(id=assignment_id, act_id=await act.write(facts))


async def cancel_assignment(tx: Transaction, school_id: UUID, assignment_id: UUID) -> Done:
    """A teacher who was yet to come to a group does not. Raises NotFound (404), Conflict (409) where it has begun."""
    await at_school(tx, school_id)
    assignment, person_id, group = await _assignment(tx, school_id, assignment_id)
    _require_to_come(tx, assignment.starts_on)
    act = Act(tx, school_id, ActKind.ASSIGNMENT_CANCELLED, person_id)
    act.group_id = group.id
    facts = ActFacts(group=group.name, level=group.level, mentor=assignment.is_mentor, starts_on=assignment.starts_on)
    await act.remove(GroupAssignment, assignment_id)
    return Done(id=assignment_id, act_id=await act.write(facts))


async def _assignment(tx: Transaction, school_id: UUID, assignment_id: UUID) -> tuple[GroupAssignment, UUID, Group]:
    found = (
        await tx.session.execute(
            select(GroupAssignment, StaffRole.person_id, Group)
            .join(StaffRole, StaffRole.id == GroupAssignment.staff_role_id)
            .join(Group, Group.id == GroupAssignment.group_id)
            .where(GroupAssignment.id == assignment_id, StaffRole.school_id == school_id)
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found[0], found[1], found[2]


def _require_to_come(tx: Transaction, starts_on: date) -> None:
    if starts_on <= tx.today:
        raise Conflict("wrong_state")


def _require_end(tx: Transaction, last_day: date, starts_on: date, ends_on: date | None) -> None:
    """What has ended stays ended; an end can be brought forward, or put off while it is not there yet."""
    if ends_on is not None and ends_on < tx.today:
        raise Conflict("wrong_state")
    if last_day < starts_on:
        raise Invalid("end_before_start", "/endsOn")
    require_near(tx, last_day, "/endsOn")


def _within(day: date, first: date, last: date | None) -> bool:
    return first <= day and (last is None or day <= last)
