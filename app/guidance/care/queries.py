"""Pages of care: a group with the pupils for whom something can be done, and the groups of a school in numbers.

No content is shown, so nothing is logged as looked at and a dean need not say why.
"""

from typing import Any

from sqlalchemy import Text, Uuid, and_, column, exists, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.activities.policy import guided_groups
from app.guidance.care.policy import REST_DAYS, Facts, facts, term_start
from app.people.models import Group, School
from app.people.projections import group_ref
from app.platform.reads import RUNNING, TODAY, VIEWER, Read, json_list, json_object, parameter

_TRUE: ColumnElement[bool] = literal_column("true")
_NONE: ColumnElement[Any] = literal_column("'[]'::json")


def _fields(told: ColumnElement[Any]) -> ColumnElement[Any]:
    """Each kind of work once, out of comma-separated words."""
    word = func.unnest(func.string_to_array(told, literal_column("','"), type_=ARRAY(Text))).table_valued(
        column("field", Text())
    )
    found = word.render_derived("word")
    return func.coalesce(select(func.json_agg(found.c.field.distinct())).select_from(found).scalar_subquery(), _NONE)


def _told(known: Any) -> ColumnElement[Any]:
    return func.string_agg(known.fields, literal_column("','"))


# --- a group ----------------------------------------------------------------------------------------

_GROUP_ID = parameter("group_id", Uuid())
_class = facts(VIEWER, TODAY, RUNNING, Group.id == _GROUP_ID)


def _pupils(found: Facts) -> ColumnElement[Any]:
    one, item = found.pupil.c, found.open.c
    opened = (
        select(
            item.pupil_id,
            json_list(
                json_object(id=item.id, title=item.title, happens_on=item.happens_on, ends_on=item.ends_on),
                item.happens_on,
                item.id,
            ).label("activities"),
        )
        .group_by(item.pupil_id)
        .subquery("opened")
    )
    any_open = opened.c.activities.is_not(None)
    rested = func.coalesce(one.reminded_on <= TODAY - literal_column(str(REST_DAYS)), _TRUE)
    return (
        select(
            json_list(
                json_object(
                    id=one.pupil_id,
                    name=one.given_name + " " + one.family_name,
                    given_name=one.given_name,
                    quiet=one.quiet,
                    open=func.coalesce(opened.c.activities, _NONE),
                    waiting_since=one.waiting_since,
                    reminded_on=one.reminded_on,
                    may_remind=and_(or_(one.quiet, any_open), rested),
                ),
                one.given_name,
                one.family_name,
                one.pupil_id,
            )
        )
        .select_from(found.pupil.outerjoin(opened, opened.c.pupil_id == one.pupil_id))
        .where(or_(one.quiet, any_open, one.waiting_since.is_not(None)))
        .scalar_subquery()
    )


_my_group = exists().where(guided_groups(VIEWER, TODAY).subquery("mine").c.group_id == Group.id)

GROUP_CARE = Read(
    select(
        json_object(
            group=group_ref(),
            term_started_on=term_start(TODAY),
            pupils=_pupils(_class),
            fields=_fields(select(_told(_class.pupil.c)).scalar_subquery()),
        ).label("body")
    )
    .where(Group.id == _GROUP_ID, _my_group)
    .add_cte(*_class, nest_here=True)
)
"""GET /v1/groups/{groupId}/care, as schemas.GroupCare."""


# --- a school ---------------------------------------------------------------------------------------

_SCHOOL_ID = parameter("school_id", Uuid())
_school = facts(VIEWER, TODAY, RUNNING, Group.school_id == _SCHOOL_ID)


def _rows(found: Facts) -> ColumnElement[Any]:
    one, item = found.pupil.c, found.open.c
    opened = (
        select(item.group_id, func.count(item.pupil_id.distinct()).label("pupils"))
        .group_by(item.group_id)
        .subquery("opened")
    )
    counted = (
        select(
            one.group_id,
            func.count().label("pupils"),
            func.count().filter(one.quiet).label("quiet"),
            func.count(one.waiting_since).label("waiting"),
            _told(one).label("told"),
        )
        .group_by(one.group_id)
        .subquery("counted")
    )
    return (
        select(
            json_list(
                json_object(
                    id=Group.id,
                    name=Group.name,
                    level=Group.level,
                    study_year=Group.study_year,
                    pupil_count=counted.c.pupils,
                    quiet=counted.c.quiet,
                    open=func.coalesce(opened.c.pupils, literal_column("0")),
                    waiting=counted.c.waiting,
                    fields=_fields(counted.c.told),
                ),
                Group.study_year,
                Group.name,
                Group.id,
            )
        )
        .select_from(Group)
        .join(counted, counted.c.group_id == Group.id)
        .outerjoin(opened, opened.c.group_id == Group.id)
        # Said once more: so the database reads the groups of this school, and not those of the whole city.
        .where(Group.school_id == _SCHOOL_ID)
        .scalar_subquery()
    )


_my_school = exists().where(guided_groups(VIEWER, TODAY).subquery("mine").c.school_id == School.id)

SCHOOL_CARE = Read(
    select(json_object(term_started_on=term_start(TODAY), groups=_rows(_school)).label("body"))
    .where(School.id == _SCHOOL_ID, _my_school)
    .add_cte(*_school, nest_here=True)
)
"""GET /v1/schools/{schoolId}/care, as schemas.SchoolCare."""
