"""Pages of activities: for staff who plan them, and for the pupil for whom something waits."""

from typing import Any

from sqlalchemy import Uuid, and_, case, exists, func, literal_column, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.activities.models import Activity, ActivityAbsence, ActivityGroup, ActivityState
from app.guidance.activities.policy import guided_groups, invited_on_the_day, may_plan
from app.people.models import Group, Person, School
from app.people.projections import full_name, group_ref
from app.platform.reads import TODAY, VIEWER, Read, json_list, json_object, parameter
from app.portfolio.models import Entry, EntryState
from app.portfolio.policy import PAGE, shown_at_school

_SCHOOL_ID = parameter("school_id", Uuid())
_ACTIVITY_ID = parameter("activity_id", Uuid())

PLAN = {
    name: getattr(Activity, name)
    for name in (
        "title", "form", "work_fields", "organisation", "organisation_id", "place", "happens_on", "ends_on",
        "starts_at", "bring", "ask_before",
    )
}  # fmt: skip


def _about(activity_id: Any) -> ColumnElement[bool]:
    """Whether an entry was made of this activity."""
    return Entry.details.op("->>")(literal_column("'activityId'")) == func.cast(activity_id, type_=Entry.title.type)


def _groups() -> ColumnElement[Any]:
    invited = aliased(ActivityGroup)
    return (
        select(json_list(group_ref(), Group.name))
        .select_from(invited)
        .join(Group, Group.id == invited.group_id)
        .where(invited.activity_id == Activity.id)
        .correlate(Activity)
        .scalar_subquery()
    )


def _shared_of(pupil_id: Any) -> Any:
    made = _about(Activity.id)
    return (
        select(Entry.id)
        .where(Entry.pupil_id == pupil_id, made, shown_at_school(PAGE))
        .order_by(Entry.id.desc())
        .limit(literal_column("1"))
        .correlate(Activity)
    )


def _row() -> dict[str, Any]:
    pupils = invited_on_the_day().subquery("pupils")
    counted = select(func.count()).select_from(pupils).scalar_subquery()
    shared = (
        select(func.count(Entry.pupil_id.distinct()))
        .where(Entry.pupil_id.in_(invited_on_the_day()), _about(Activity.id), shown_at_school(PAGE))
        .correlate(Activity)
        .scalar_subquery()
    )
    return {
        "id": Activity.id, "state": Activity.state, "version": Activity.version, **PLAN,
        "groups": _groups(), "pupils": counted, "shared": shared,
    }  # fmt: skip


_my_school = exists().where(guided_groups(VIEWER, TODAY).subquery("own").c.school_id == School.id)

ACTIVITIES = Read(
    select(
        json_object(
            items=select(json_list(json_object(**_row()), Activity.happens_on.desc(), Activity.id.desc()))
            .where(
                Activity.school_id == School.id,
                func.school_year_of(Activity.happens_on) >= func.school_year_of(TODAY),
                may_plan(VIEWER, TODAY),
            )
            .correlate(School)
            .scalar_subquery()
        ).label("body")
    )
    .select_from(School)
    .where(School.id == _SCHOOL_ID, _my_school)
)
"""GET /v1/schools/{schoolId}/activities, as schemas.ActivityList."""


def _participants() -> ColumnElement[Any]:
    pupil = aliased(Person)
    entry = _shared_of(pupil.id).correlate(Activity, pupil).lateral("entry")
    absent = exists().where(ActivityAbsence.activity_id == Activity.id, ActivityAbsence.pupil_id == pupil.id)
    state = case(
        (entry.c.id.is_not(None), literal_column("'shared'")),
        (absent, literal_column("'absent'")),
        else_=literal_column("'open'"),
    )
    return (
        select(
            json_list(
                json_object(
                    id=pupil.id, name=full_name(pupil), given_name=pupil.given_name, state=state, entry_id=entry.c.id
                ),
                pupil.given_name,
                pupil.family_name,
                pupil.id,
            )
        )
        .select_from(pupil)
        .outerjoin(entry, literal_column("true"))
        .where(pupil.id.in_(invited_on_the_day()))
        .correlate(Activity)
        .scalar_subquery()
    )


ACTIVITY = Read(
    select(
        json_object(**_row(), participants=_participants()).label("body"),
        Activity.version.label("version"),
    ).where(Activity.id == _ACTIVITY_ID, may_plan(VIEWER, TODAY))
)
"""GET /v1/activities/{activityId}, as schemas.ActivityPage."""

_written = exists().where(Entry.pupil_id == VIEWER, _about(Activity.id), Entry.state != EntryState.TRASHED)
_away = exists().where(ActivityAbsence.activity_id == Activity.id, ActivityAbsence.pupil_id == VIEWER)
_for_me = and_(
    Activity.state == literal_column(f"'{ActivityState.PUBLISHED.value}'"),
    or_(VIEWER.in_(invited_on_the_day())),
    func.school_year_of(Activity.happens_on) >= func.school_year_of(TODAY),
    ~_written,
    ~_away,
)

WAITING = Read(
    select(
        json_object(
            items=select(json_list(json_object(id=Activity.id, **PLAN), Activity.happens_on, Activity.id))
            .where(_for_me)
            .scalar_subquery()
        ).label("body")
    )
)
"""GET /v1/me/activities, as schemas.WaitingList."""
