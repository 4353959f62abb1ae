"""Pages of talks by class: in numbers, and by pupil. However many talks there were, only this school year is read."""

from typing import Any

from sqlalchemy import (
    CTE,
    Boolean,
    Date,
    SmallInteger,
    Time,
    Uuid,
    and_,
    any_,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.activities.models import Activity, ActivityGroup, ActivityState
from app.guidance.activities.policy import guided_groups
from app.guidance.conversations.models import Conversation, ConversationState
from app.guidance.conversations.policy import as_staff, state_of
from app.guidance.steps.models import NextStep, Who
from app.guidance.steps.queries import IS_OPEN
from app.people.models import Group, GroupMembership, Person, Placement, School
from app.people.policy import Today, as_date
from app.people.projections import full_name, group_ref, person_ref, runs
from app.platform.reads import RUNNING, TODAY, VIEWER, Read, json_list, json_object, parameter
from app.portfolio.policy import PAGE

Talk = Conversation


def year_start(today: Today) -> ColumnElement[Any]:
    """1 August of the school year."""
    return func.make_date(func.school_year_of(as_date(today)), literal_column("8"), literal_column("1"))


def _is(state: ConversationState) -> ColumnElement[str]:
    return literal_column(f"'{state.value}'")


def _members(of: ColumnElement[bool]) -> CTE:
    """Who is today in a group of this school year that one guides."""
    guided = guided_groups(VIEWER, TODAY).subquery("guided")
    return (
        select(
            Group.id.label("group_id"),
            Placement.id.label("placement_id"),
            Person.id.label("pupil_id"),
            Person.given_name,
            Person.family_name,
        )
        .select_from(guided)
        .join(Group, Group.id == guided.c.group_id)
        .join(GroupMembership, GroupMembership.group_id == Group.id)
        .join(Placement, Placement.id == GroupMembership.placement_id)
        .join(Person, Person.id == Placement.pupil_id)
        .where(
            of,
            Group.school_year == func.school_year_of(TODAY),
            runs(GroupMembership, TODAY),
            runs(Placement, TODAY),
            Placement.id == any_(RUNNING),
        )
        .cte("member")
    )


def _talks(member: CTE) -> CTE:
    """Their talks of this school year, without what was called off."""
    return (
        select(
            member.c.group_id,
            member.c.pupil_id,
            Talk.id,
            Talk.kind,
            Talk.on_day,
            Talk.at_time,
            Talk.held_with,
            state_of().label("state"),
        )
        .select_from(member)
        .join(Talk, Talk.placement_id == member.c.placement_id)
        .where(Talk.on_day >= year_start(TODAY), Talk.cancelled_at.is_(None))
        .cte("talk")
    )


# --- a school ---------------------------------------------------------------------------------------

_SCHOOL_ID = parameter("school_id", Uuid())
_school_members = _members(Group.school_id == _SCHOOL_ID)
_school_talks = _talks(_school_members)


def _groups() -> ColumnElement[Any]:
    member, talk = _school_members.c, _school_talks.c
    had = aliased(_school_talks)
    counted = (
        select(
            member.group_id,
            func.count().label("pupils"),
            func.count().filter(~exists().where(had.c.pupil_id == member.pupil_id)).label("without"),
        )
        .group_by(member.group_id)
        .subquery("counted")
    )

    def of(*states: ConversationState) -> ColumnElement[int]:
        return func.count().filter(talk.state.in_([_is(state) for state in states]))

    by_kind = (
        select(
            talk.group_id,
            talk.kind,
            json_object(
                kind=talk.kind,
                planned=of(ConversationState.PLANNED),
                prepared=of(ConversationState.PREPARED),
                held=of(ConversationState.HELD, ConversationState.RECORDED),
                agreed=of(ConversationState.AGREED),
            ).label("counts"),
        )
        .group_by(talk.group_id, talk.kind)
        .subquery("by_kind")
    )
    kinds = (
        select(by_kind.c.group_id, json_list(by_kind.c.counts, by_kind.c.kind).label("kinds"))
        .group_by(by_kind.c.group_id)
        .subquery("kinds")
    )
    row = json_object(
        id=Group.id,
        name=Group.name,
        level=Group.level,
        study_year=Group.study_year,
        pupil_count=counted.c.pupils,
        without=counted.c.without,
        kinds=func.coalesce(kinds.c.kinds, literal_column("'[]'::json")),
    )
    return (
        select(json_list(row, Group.study_year, Group.name, Group.id))
        .select_from(Group)
        .join(counted, counted.c.group_id == Group.id)
        .outerjoin(kinds, kinds.c.group_id == Group.id)
        # Said once more: so the database reads the groups of this school, and not those of the whole city.
        .where(Group.school_id == _SCHOOL_ID)
        .scalar_subquery()
    )


_my_school = exists().where(guided_groups(VIEWER, TODAY).subquery("mine").c.school_id == School.id)

SCHOOL_ROUNDS = Read(
    select(json_object(groups=_groups()).label("body"))
    .where(School.id == _SCHOOL_ID, _my_school)
    .add_cte(_school_members, _school_talks, nest_here=True)
)
"""GET /v1/schools/{schoolId}/conversations, as schemas.SchoolRounds."""


# --- a class ----------------------------------------------------------------------------------------

_GROUP_ID = parameter("group_id", Uuid())
_class_members = _members(Group.id == _GROUP_ID)
_class_talks = _talks(_class_members)


def _pupils() -> ColumnElement[Any]:
    member, talk, staff = _class_members.c, _class_talks.c, aliased(Person)
    item = json_object(
        id=talk.id,
        kind=talk.kind,
        state=talk.state,
        on_day=talk.on_day,
        at_time=talk.at_time,
        held_with=full_name(staff),
    )
    theirs = (
        select(talk.pupil_id, json_list(item, talk.on_day, talk.at_time, talk.id).label("talks"))
        .join_from(_class_talks, staff, staff.id == talk.held_with)
        .group_by(talk.pupil_id)
        .subquery("theirs")
    )
    pupil = json_object(
        id=member.pupil_id,
        name=member.given_name + " " + member.family_name,
        given_name=member.given_name,
        talks=func.coalesce(theirs.c.talks, literal_column("'[]'::json")),
    )
    return (
        select(json_list(pupil, member.given_name, member.family_name, member.pupil_id))
        .select_from(_class_members.outerjoin(theirs, theirs.c.pupil_id == member.pupil_id))
        .scalar_subquery()
    )


def round_partners(group_id: Any, today: Today) -> Any:
    """Staff with whom talks of a class can be: (person_id, is_dean, is_mentor)."""
    return (
        func.round_partners(group_id, as_date(today))
        .table_valued(column("person_id", Uuid()), column("is_dean", Boolean()), column("is_mentor", Boolean()))
        .render_derived(name="partner")
    )


def staff_times(group_id: Any) -> Any:
    """When those have talks from today on, with nobody's name: (held_with, on_day, at_time, minutes)."""
    return (
        func.staff_times(group_id)
        .table_valued(
            column("held_with", Uuid()),
            column("on_day", Date()),
            column("at_time", Time()),
            column("minutes", SmallInteger()),
        )
        .render_derived(name="taken")
    )


def _partners() -> ColumnElement[Any]:
    partner, person = round_partners(_GROUP_ID, TODAY), aliased(Person)
    shown = json_object(
        id=person.id,
        name=full_name(person),
        given_name=person.given_name,
        is_dean=partner.c.is_dean,
        is_mentor=partner.c.is_mentor,
    )
    return (
        select(json_list(shown, partner.c.is_mentor.desc(), person.given_name, person.family_name, person.id))
        .join_from(partner, person, person.id == partner.c.person_id)
        .scalar_subquery()
    )


def _taken() -> ColumnElement[Any]:
    taken = staff_times(_GROUP_ID)
    return select(
        json_list(json_object(**dict(taken.c.items())), taken.c.on_day, taken.c.at_time, taken.c.held_with)
    ).scalar_subquery()


def _activities() -> ColumnElement[Any]:
    last = func.coalesce(Activity.ends_on, Activity.happens_on)
    shown = json_object(
        title=Activity.title, happens_on=Activity.happens_on, ends_on=Activity.ends_on, starts_at=Activity.starts_at
    )
    return (
        select(json_list(shown, Activity.happens_on, Activity.id))
        .join(ActivityGroup, ActivityGroup.activity_id == Activity.id)
        .where(
            ActivityGroup.group_id == _GROUP_ID,
            Activity.state == literal_column(f"'{ActivityState.PUBLISHED.value}'"),
            last >= TODAY,
        )
        .scalar_subquery()
    )


_my_group = exists().where(guided_groups(VIEWER, TODAY).subquery("mine").c.group_id == Group.id)

GROUP_ROUNDS = Read(
    select(
        json_object(
            group=group_ref(), pupils=_pupils(), partners=_partners(), taken=_taken(), activities=_activities()
        ).label("body")
    )
    .where(Group.id == _GROUP_ID, _my_group)
    .add_cte(_class_members, _class_talks, nest_here=True)
)
"""GET /v1/groups/{groupId}/conversations, as schemas.GroupRounds."""


# --- what staff agreed to do ------------------------------------------------------------------------


def _mine() -> ColumnElement[bool]:
    talk = aliased(Talk)
    known = exists().where(talk.id == NextStep.conversation_id, as_staff(PAGE, talk)).correlate(NextStep)
    return and_(NextStep.staff_id == VIEWER, NextStep.who == literal_column(f"'{Who.STAFF.value}'"), IS_OPEN, known)


_comes_up = func.coalesce(NextStep.remind_on, NextStep.due_on) <= TODAY


def _todays_steps() -> ColumnElement[Any]:
    shown = json_object(
        id=NextStep.id,
        conversation_id=NextStep.conversation_id,
        pupil=person_ref(),
        text=NextStep.text,
        due_on=NextStep.due_on,
        remind_on=NextStep.remind_on,
        state=literal_column("'open'"),
        version=NextStep.version,
    )
    return (
        select(json_list(shown, func.coalesce(NextStep.remind_on, NextStep.due_on), NextStep.made_at, NextStep.id))
        .join(Person, Person.id == NextStep.pupil_id)
        .where(_mine(), _comes_up)
        .scalar_subquery()
    )


AGREED_STEPS = Read(
    select(
        json_object(
            today=_todays_steps(),
            later=select(func.count())
            .select_from(NextStep)
            .where(_mine(), or_(~_comes_up, _comes_up.is_(None)))
            .scalar_subquery(),
        ).label("body")
    )
)
"""GET /v1/me/agreed-steps, as schemas.AgreedSteps."""
