"""Pages of activities: for staff who plan them, and for the pupil for whom something waits."""

from typing import Any

from sqlalchemy import Integer, Select, Uuid, and_, case, exists, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.activities.models import Activity, ActivityAbsence, ActivityGroup, ActivityState
from app.guidance.activities.policy import (
    band_of_group,
    comes,
    coordinates_city,
    guided_groups,
    guided_schools,
    guides,
    has_signed_up,
    invited_on_the_day,
    is_for_bands_of,
    is_invited,
    last_sign_up_day,
    near,
    of_own_school,
    plans_at_school,
    plans_for_city,
    signed_up,
    taking_part,
)
from app.people.models import Group, Person, School
from app.people.projections import full_name, group_ref, person_ref
from app.platform.reads import TODAY, VIEWER, Read, json_list, json_object, parameter
from app.portfolio.models import Entry, EntryState
from app.portfolio.policy import PAGE, shown_at_school

_SCHOOL_ID = parameter("school_id", Uuid())
_ACTIVITY_ID = parameter("activity_id", Uuid())

PLAN = {
    name: getattr(Activity, name)
    for name in (
        "title", "form", "work_fields", "organisation", "organisation_id", "place", "happens_on", "ends_on",
        "starts_at", "bring", "ask_before", "questions", "logbook", "sign_up", "places", "sign_up_until", "offered_by",
    )
} | {"last_sign_up_day": last_sign_up_day()}  # fmt: skip
"""As schemas.ActivityPlan, and the day that follows from it."""

_STAFF_PLAN = {"id": Activity.id, "state": Activity.state, "version": Activity.version, **PLAN}
_THIS_YEAR = func.school_year_of(TODAY)
_YEAR = func.school_year_of(Activity.happens_on)
_LAST_DAY = func.coalesce(Activity.ends_on, Activity.happens_on)


def _is(state: ActivityState) -> ColumnElement[bool]:
    return Activity.state == literal_column(f"'{state.value}'")


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


def _count(pupils: Select[Any], name: str) -> ColumnElement[Any]:
    return select(func.count()).select_from(pupils.subquery(name)).scalar_subquery()


def _row() -> dict[str, Any]:
    shared = (
        select(func.count(Entry.pupil_id.distinct()))
        .where(Entry.pupil_id.in_(taking_part()), _about(Activity.id), shown_at_school(PAGE))
        .correlate(Activity)
        .scalar_subquery()
    )
    return {
        **_STAFF_PLAN, "groups": _groups(), "pupils": _count(invited_on_the_day(), "pupils"),
        "signed_up": case((Activity.sign_up, _count(taking_part(), "coming"))), "shared": shared,
    }  # fmt: skip


def _changed_by() -> ColumnElement[Any]:
    person = aliased(Person)
    return (
        select(person_ref(person))
        .where(person.id == func.coalesce(Activity.changed_by, Activity.planned_by))
        .correlate(Activity)
        .scalar_subquery()
    )


def _own_groups() -> tuple[Any, Any]:
    """The groups of this school and the next that the viewer guides, from this school year on."""
    own = guided_groups(VIEWER, TODAY).subquery("own_groups")
    return own, and_(Group.id == own.c.group_id, Group.school_id == School.id, Group.school_year >= _THIS_YEAR)


def _plannable() -> ColumnElement[Any]:
    own, on = _own_groups()
    shown = json_object(
        id=Group.id, name=Group.name, level=Group.level, study_year=Group.study_year,
        school_year=Group.school_year, band=band_of_group(),
    )  # fmt: skip
    return (
        select(json_list(shown, Group.school_year, Group.study_year, Group.name, Group.id))
        .select_from(Group)
        .join(own, on)
        .correlate(School)
        .scalar_subquery()
    )


def _offers() -> ColumnElement[Any]:
    own, on = _own_groups()
    bands = select(func.array_agg(band_of_group())).select_from(Group).join(own, on).correlate(School).scalar_subquery()
    offer = json_object(id=Activity.id, **PLAN, bands=Activity.bands)
    return (
        select(json_list(offer, Activity.happens_on, Activity.id))
        .where(Activity.school_id.is_(None), _is(ActivityState.PUBLISHED), TODAY <= _LAST_DAY)
        .where(Activity.bands.op("&&")(func.cast(bands, type_=ARRAY(Group.level.type))))
        .correlate(School)
        .scalar_subquery()
    )


ACTIVITIES = Read(
    select(
        json_object(
            items=select(json_list(json_object(**_row()), Activity.happens_on.desc(), Activity.id.desc()))
            .where(
                Activity.school_id == School.id,
                _THIS_YEAR - literal_column("1", Integer()) <= _YEAR,
                plans_at_school(VIEWER, TODAY),
            )
            .correlate(School)
            .scalar_subquery(),
            groups=_plannable(),
            offers=_offers(),
        ).label("body")
    )
    .select_from(School)
    .where(School.id == _SCHOOL_ID, School.id.in_(guided_schools(VIEWER, TODAY)))
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
    takes_part = or_(~Activity.sign_up, pupil.id.in_(signed_up()))
    return (
        select(
            json_list(
                json_object(
                    id=pupil.id, name=full_name(pupil), given_name=pupil.given_name, state=state, comes=takes_part,
                    entry_id=entry.c.id,
                ),
                pupil.given_name,
                pupil.family_name,
                pupil.id,
            )
        )
        .select_from(pupil)
        .outerjoin(entry, literal_column("true"))
        .where(pupil.id.in_(invited_on_the_day()), guides(VIEWER, TODAY))
        .correlate(Activity)
        .scalar_subquery()
    )  # fmt: skip


ACTIVITY = Read(
    select(
        json_object(**_row(), changed_by=_changed_by(), participants=_participants()).label("body"),
        Activity.version.label("version"),
    ).where(Activity.id == _ACTIVITY_ID, plans_at_school(VIEWER, TODAY))
)
"""GET /v1/activities/{activityId}, as schemas.ActivityPage."""

_CITY_ROW = {**_STAFF_PLAN, "bands": Activity.bands, "signed_up": func.city_count(Activity.id)}

CITY_ACTIVITIES = Read(
    select(
        json_object(
            items=select(json_list(json_object(**_CITY_ROW), Activity.happens_on.desc(), Activity.id.desc()))
            .where(Activity.school_id.is_(None), _THIS_YEAR - literal_column("1", Integer()) <= _YEAR)
            .scalar_subquery()
        ).label("body")
    ).where(coordinates_city(VIEWER, TODAY))
)
"""GET /v1/city-activities, as schemas.CityList."""

CITY_ACTIVITY = Read(
    select(
        json_object(**_CITY_ROW, changed_by=_changed_by()).label("body"),
        Activity.version.label("version"),
    ).where(Activity.id == _ACTIVITY_ID, plans_for_city(VIEWER, TODAY))
)
"""GET /v1/city-activities/{activityId}, as schemas.CityPage."""

# --- for a pupil -------------------------------------------------------------------------------------

_made_of = Entry.details.op("->>")(literal_column("'activityId'"))
_written_about = select(_made_of).where(Entry.pupil_id == VIEWER, _made_of.is_not(None))
_id_as_text = func.cast(Activity.id, type_=Entry.title.type)
_written = _id_as_text.in_(_written_about.where(Entry.state != literal_column(f"'{EntryState.TRASHED.value}'")))
_away = exists().where(ActivityAbsence.activity_id == Activity.id, ActivityAbsence.pupil_id == VIEWER)
_to_come = and_(_YEAR >= _THIS_YEAR, ~_written)


def _taken_over() -> ColumnElement[bool]:
    """Whether the pupil's own school does it with the pupil's class."""
    own = aliased(Activity)
    return exists().where(
        own.offered_by == Activity.id,
        own.state == literal_column("'published'"),
        near(VIEWER, own),
        is_invited(VIEWER, own),
    )


def _waiting(*conditions: Any, **more: Any) -> Any:
    shown = json_object(id=Activity.id, version=Activity.version, **PLAN, **more)
    return select(json_list(shown, Activity.happens_on, Activity.id)).where(near(VIEWER), *conditions).scalar_subquery()


WAITING = Read(
    select(
        json_object(
            items=_waiting(_is(ActivityState.PUBLISHED), _to_come, ~_away, comes(VIEWER)),
            invitations=_waiting(
                _is(ActivityState.PUBLISHED),
                _to_come,
                Activity.sign_up,
                last_sign_up_day() >= TODAY,
                or_(is_invited(VIEWER), is_for_bands_of(VIEWER, TODAY)),
                ~has_signed_up(VIEWER),
                ~_taken_over(),
                places_left=func.places_left(Activity.id),
            ),
            cancelled=_waiting(
                _is(ActivityState.CANCELLED),
                Activity.published_at.is_not(None),
                _to_come,
                TODAY <= _LAST_DAY,
                comes(VIEWER),
            ),
        ).label("body")
    )
)
"""GET /v1/me/activities, as schemas.WaitingList."""

MY_ACTIVITY = Read(
    select(
        json_object(
            id=Activity.id, version=Activity.version, **PLAN, state=Activity.state, comes=comes(VIEWER)
        ).label("body"),
    ).where(
        Activity.id == _ACTIVITY_ID,
        Activity.state != literal_column(f"'{ActivityState.DRAFT.value}'"),
        Activity.published_at.is_not(None),
        or_(
            is_invited(VIEWER),
            has_signed_up(VIEWER),
            is_for_bands_of(VIEWER, TODAY),
            # Anybody can write an id into a story: it opens nothing of a school that is not the pupil's.
            and_(_id_as_text.in_(_written_about), of_own_school(VIEWER)),
        ),
    )
)  # fmt: skip
"""GET /v1/me/activities/{activityId}, as schemas.MyActivity."""
