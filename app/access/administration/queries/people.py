"""People of a school, and what needs doing there."""

from sqlalchemy import Boolean, Text, Uuid, and_, case, exists, func, literal_column, or_, select, tuple_

from app.access.administration.queries.projections import OWN_SCHOOL, SCHOOL_ID, YES, acts, everyone, mark, way_in
from app.people.models import Group, GroupAssignment, Guardianship, Placement, School, StaffRole
from app.people.projections import group_ref, runs, school_ref
from app.platform.reads import ONE_MORE, TODAY, Read, cursor_of, json_list, json_object, paged, parameter

_here = everyone.c.ended_on.is_(None)
_NO_GROUP = and_(everyone.c.placed, everyone.c.group_id.is_(None))
_NO_WAY_IN = and_(or_(everyone.c.placed, func.cardinality(everyone.c.roles) > 0), ~way_in(everyone.c.id))
_KIND = parameter("kind", Text())
_WORDS = parameter("words", Text())
_AFTER_NAME = parameter("after_name", Text())
_AFTER_ID = parameter("after_id", Uuid())
_found = (
    select(everyone)
    .where(
        case(
            (_KIND == "pupil", and_(everyone.c.is_pupil, _here)),
            (_KIND == "staff", and_(everyone.c.is_staff, _here)),
            (_KIND == "guardian", everyone.c.is_guardian),
            (_KIND == "no_group", _NO_GROUP),
            (_KIND == "no_way_in", _NO_WAY_IN),
            (_KIND == "closed", everyone.c.closed_at.is_not(None)),
            (_KIND == "ended", ~_here),
            else_=YES,
        ),
        (literal_column("' '") + everyone.c.search_name).op("~")(_WORDS),
    )
    .cte("found")
)
_listed = (
    select(
        _found,
        cursor_of(_found.c.search_name, _found.c.id).label("cursor"),
        func.row_number().over(order_by=(_found.c.search_name, _found.c.id)).label("place"),
    )
    .where(or_(_AFTER_NAME.is_(None), tuple_(_found.c.search_name, _found.c.id) > tuple_(_AFTER_NAME, _AFTER_ID)))
    .order_by(_found.c.search_name, _found.c.id)
    .limit(ONE_MORE)
    .subquery("listed")
)
_their_group = select(group_ref()).where(Group.id == _listed.c.group_id).scalar_subquery()
_rows = paged(
    _listed,
    json_object(
        id=_listed.c.id,
        name=_listed.c.name,
        birth_date=_listed.c.birth_date,
        mark=mark(_listed.c.id, _listed.c.twins),
        is_pupil=_listed.c.is_pupil,
        is_staff=_listed.c.is_staff,
        is_guardian=_listed.c.is_guardian,
        roles=_listed.c.roles,
        group=_their_group,
        ended_on=_listed.c.ended_on,
        closed=_listed.c.closed_at.is_not(None),
        has_way_in=way_in(_listed.c.id),
    ),
)

PEOPLE = Read(
    select(
        json_object(
            items=_rows.c.listed,
            total=select(func.count()).select_from(_found).scalar_subquery(),
            next_cursor=_rows.c.next_cursor,
        ).label("body"),
        _rows.c.next_cursor,
    )
    .select_from(School)
    .join(_rows, YES)
    .where(School.id == SCHOOL_ID, OWN_SCHOOL)
)
"""GET /v1/schools/{schoolId}/people, as schemas.PeoplePage; a statement whatever the size of the school."""


_counts = (
    select(
        func.count().filter(everyone.c.placed).label("pupils"),
        func.count().filter(func.cardinality(everyone.c.roles) > 0).label("staff"),
        func.count().filter(everyone.c.is_guardian).label("guardians"),
        func.count().filter(_NO_GROUP).label("no_group"),
        func.count().filter(_NO_WAY_IN).label("no_way_in"),
        func.count().filter(everyone.c.closed_at.is_not(None)).label("closed"),
    )
    .select_from(everyone)
    .subquery("counts")
)
_this_year = and_(Group.school_id == SCHOOL_ID, Group.school_year == func.school_year_of(TODAY))
_taught = exists().where(
    GroupAssignment.group_id == Group.id,
    StaffRole.id == GroupAssignment.staff_role_id,
    runs(GroupAssignment, TODAY),
    runs(StaffRole, TODAY),
)
_groups_now = (
    select(func.count().label("all"), func.count().filter(~_taught).label("untaught"))
    .select_from(Group)
    .where(_this_year)
    .subquery("groups_now")
)
_to_confirm = (
    select(func.count())
    .select_from(Guardianship)
    .join(Placement, Placement.pupil_id == Guardianship.pupil_id)
    .where(Guardianship.state == "claimed", Placement.school_id == SCHOOL_ID, runs(Placement, TODAY))
    .scalar_subquery()
)
_virus_scan = parameter("virus_scan", Boolean())
_latest = acts(YES, 10).subquery("latest")

OVERVIEW = Read(
    select(
        json_object(
            school=school_ref(),
            school_year=func.school_year_of(TODAY),
            pupils=_counts.c.pupils,
            staff=_counts.c.staff,
            guardians=_counts.c.guardians,
            groups=_groups_now.c.all,
            no_group=_counts.c.no_group,
            no_way_in=_counts.c.no_way_in,
            groups_without_teacher=_groups_now.c.untaught,
            guardians_to_confirm=_to_confirm,
            closed=_counts.c.closed,
            virus_scan=_virus_scan,
            acts=select(json_list(_latest.c.act, _latest.c.at.desc(), _latest.c.id.desc())).scalar_subquery(),
        ).label("body")
    )
    .select_from(School)
    .join(_counts, YES)
    .join(_groups_now, YES)
    .where(School.id == SCHOOL_ID, OWN_SCHOOL)
)
"""GET /v1/schools/{schoolId}/administration, as schemas.Overview."""
