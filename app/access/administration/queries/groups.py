"""Groups of a school, and one group."""

from typing import Any

from sqlalchemy import Integer, Uuid, and_, cast, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.access.administration.queries.projections import (
    OWN_SCHOOL,
    SCHOOL_ID,
    day,
    everyone,
    live_card,
    mark,
    not_over,
)
from app.access.cards.models import PupilCard
from app.people.models import Group, GroupAssignment, GroupMembership, Person, Placement, School, SchoolYear, StaffRole
from app.people.projections import full_name, runs, school_ref
from app.platform.reads import TODAY, Read, json_list, json_object, parameter

_YEAR = func.coalesce(parameter("school_year", Integer()), func.school_year_of(TODAY))


def _in_year(dated: Any) -> ColumnElement[bool]:
    """Today for this year's groups; for another year, all that belong to it."""
    return or_(runs(dated, TODAY), Group.school_year != func.school_year_of(TODAY))


def _pupil_count() -> ColumnElement[Any]:
    return (
        select(func.count(Placement.pupil_id.distinct()))
        .select_from(GroupMembership)
        .join(Placement, Placement.id == GroupMembership.placement_id)
        .where(GroupMembership.group_id == Group.id, _in_year(GroupMembership), _in_year(Placement))
        .correlate(Group)
        .scalar_subquery()
    )


def _teacher_names() -> ColumnElement[Any]:
    teacher = aliased(Person)
    return (
        select(json_list(full_name(teacher), GroupAssignment.is_mentor.desc(), teacher.search_name))
        .select_from(GroupAssignment)
        .join(StaffRole, StaffRole.id == GroupAssignment.staff_role_id)
        .join(teacher, teacher.id == StaffRole.person_id)
        .where(GroupAssignment.group_id == Group.id, _in_year(GroupAssignment), _in_year(StaffRole))
        .correlate(Group)
        .scalar_subquery()
    )


_groups = (
    select(
        json_list(
            json_object(
                id=Group.id,
                name=Group.name,
                level=Group.level,
                study_year=Group.study_year,
                school_year=Group.school_year,
                pupil_count=_pupil_count(),
                teachers=_teacher_names(),
            ),
            Group.study_year,
            Group.name,
        )
    )
    .where(Group.school_id == SCHOOL_ID, Group.school_year == _YEAR)
    .scalar_subquery()
)
_years = (
    select(json_list(cast(SchoolYear.start_year, Integer), SchoolYear.start_year.desc()))
    .where(
        SchoolYear.start_year <= func.school_year_of(TODAY) + 1,
        or_(
            SchoolYear.start_year >= func.school_year_of(TODAY),
            exists().where(Group.school_id == SCHOOL_ID, Group.school_year == SchoolYear.start_year),
        ),
    )
    .scalar_subquery()
)

GROUPS = Read(
    select(json_object(school=school_ref(), school_year=_YEAR, school_years=_years, items=_groups).label("body")).where(
        School.id == SCHOOL_ID, OWN_SCHOOL
    )
)
"""GET /v1/schools/{schoolId}/groups, as schemas.AdminGroupList."""

GROUP_ID = parameter("group_id", Uuid())


def _members() -> ColumnElement[Any]:
    return (
        select(
            json_list(
                json_object(
                    id=everyone.c.id,
                    name=everyone.c.name,
                    birth_date=everyone.c.birth_date,
                    mark=mark(everyone.c.id, everyone.c.twins),
                    since=GroupMembership.starts_on,
                    card_since=day(PupilCard.issued_at),
                    has_pin=func.pin_chosen(everyone.c.id),
                    closed=everyone.c.closed_at.is_not(None),
                ),
                everyone.c.search_name,
                everyone.c.id,
            )
        )
        .select_from(GroupMembership)
        .join(Placement, Placement.id == GroupMembership.placement_id)
        .join(everyone, everyone.c.id == Placement.pupil_id)
        .outerjoin(PupilCard, live_card(everyone.c.id))
        .where(GroupMembership.group_id == Group.id, _in_year(GroupMembership), _in_year(Placement))
        .correlate(Group)
        .scalar_subquery()
    )


def _teachers() -> ColumnElement[Any]:
    teacher = aliased(Person)
    return (
        select(
            json_list(
                json_object(
                    id=teacher.id,
                    assignment_id=GroupAssignment.id,
                    name=full_name(teacher),
                    is_mentor=GroupAssignment.is_mentor,
                    starts_on=GroupAssignment.starts_on,
                    ends_on=GroupAssignment.ends_on,
                ),
                GroupAssignment.is_mentor.desc(),
                GroupAssignment.starts_on,
                teacher.search_name,
            )
        )
        .select_from(GroupAssignment)
        .join(StaffRole, StaffRole.id == GroupAssignment.staff_role_id)
        .join(teacher, teacher.id == StaffRole.person_id)
        .where(
            GroupAssignment.group_id == Group.id,
            or_(and_(not_over(GroupAssignment), not_over(StaffRole)), Group.school_year < func.school_year_of(TODAY)),
        )
        .correlate(Group)
        .scalar_subquery()
    )


GROUP = Read(
    select(
        json_object(
            id=Group.id,
            name=Group.name,
            level=Group.level,
            study_year=Group.study_year,
            school_year=Group.school_year,
            school=school_ref(),
            starts_on=SchoolYear.starts_on,
            ends_on=SchoolYear.ends_on,
            members=_members(),
            teachers=_teachers(),
        ).label("body")
    )
    .select_from(Group)
    .join(School, School.id == Group.school_id)
    .join(SchoolYear, SchoolYear.start_year == Group.school_year)
    .where(Group.id == GROUP_ID, Group.school_id == SCHOOL_ID, OWN_SCHOOL)
)
"""GET /v1/schools/{schoolId}/groups/{groupId}, as schemas.AdminGroupFile."""
