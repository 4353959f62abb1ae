"""For whom may you plan, who takes part, and what is meant for whom. The rules stand in the database (0016, 0017)."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    Integer,
    Select,
    Uuid,
    and_,
    any_,
    case,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.activities.models import Activity, ActivityAbsence, ActivityGroup, ActivitySignUp, ActivityState
from app.people.models import Group, GroupMembership, Placement
from app.people.policy import Today, Viewer, as_date, as_uuid


def guided_groups(viewer: Viewer, today: Today) -> Select[Any]:
    """(group_id, school_id) of the groups this teacher is assigned to, or of this dean's school."""
    found = (
        func.guided_groups(as_uuid(viewer), as_date(today))
        .table_valued(column("group_id", Uuid()), column("school_id", Uuid()))
        .render_derived()
    )
    return select(found.c.group_id, found.c.school_id)


def guided_schools(viewer: Viewer, today: Today) -> Select[Any]:
    """Ids of the schools where this person is teacher or dean."""
    found = func.guided_schools(as_uuid(viewer), as_date(today)).table_valued(column("school_id", Uuid()))
    return select(found.render_derived().c.school_id)


def coordinates_city(viewer: Viewer, today: Today) -> ColumnElement[bool]:
    """Whether this person plans for the city."""
    return func.coordinates_city(as_uuid(viewer), as_date(today))


def plans_at_school(viewer: Viewer, today: Today) -> ColumnElement[bool]:
    """Whether an activity of a school where one works is one's own, or for a group that one guides."""
    return and_(
        Activity.school_id.in_(guided_schools(viewer, today)),
        or_(Activity.planned_by == as_uuid(viewer), guides(viewer, today)),
    )


def guides(viewer: Viewer, today: Today) -> ColumnElement[bool]:
    """Whether an activity is for a group that one guides on this day; who planned it may do so no more."""
    guided, invited = guided_groups(viewer, today).subquery(), aliased(ActivityGroup)
    return Activity.id.in_(select(invited.activity_id).join(guided, guided.c.group_id == invited.group_id))


def of_own_school(pupil: Viewer) -> ColumnElement[bool]:
    """Whether an activity is of the city, or of a school where this pupil is or was."""
    own = select(Placement.school_id).where(Placement.pupil_id == as_uuid(pupil))
    return or_(Activity.school_id.is_(None), Activity.school_id.in_(own))


def plans_for_city(viewer: Viewer, today: Today) -> ColumnElement[bool]:
    """Whether an activity is of the city, and one is its coordinator."""
    return and_(Activity.school_id.is_(None), coordinates_city(viewer, today))


def invited_on_the_day() -> Select[Any]:
    """Ids of the pupils who are in an invited group on the activity's first day; to be correlated with Activity."""
    return (
        select(Placement.pupil_id)
        .distinct()
        .select_from(ActivityGroup)
        .join(GroupMembership, GroupMembership.group_id == ActivityGroup.group_id)
        .join(Placement, Placement.id == GroupMembership.placement_id)
        .where(ActivityGroup.activity_id == Activity.id, on_the_day(GroupMembership), on_the_day(Placement))
        .correlate(Activity)
    )


def signed_up() -> Select[Any]:
    """Ids of the pupils who signed up; to be correlated with Activity."""
    return select(ActivitySignUp.pupil_id).where(ActivitySignUp.activity_id == Activity.id).correlate(Activity)


def taking_part() -> Select[Any]:
    """Ids of the invited pupils for whom it is: all, or who signed up; to be correlated with Activity."""
    return invited_on_the_day().where(or_(~Activity.sign_up, Placement.pupil_id.in_(signed_up())))


def is_invited(pupil: Viewer, activity: Any = Activity) -> ColumnElement[bool]:
    """Whether this pupil is in an invited group on the activity's first day."""
    group, member, placement = aliased(ActivityGroup), aliased(GroupMembership), aliased(Placement)
    return exists().where(
        group.activity_id == activity.id,
        member.group_id == group.group_id,
        placement.id == member.placement_id,
        placement.pupil_id == as_uuid(pupil),
        on_the_day(member, activity.happens_on),
        on_the_day(placement, activity.happens_on),
    )


def has_signed_up(pupil: Viewer) -> ColumnElement[bool]:
    """Whether this pupil signed up for the activity."""
    return exists().where(ActivitySignUp.activity_id == Activity.id, ActivitySignUp.pupil_id == as_uuid(pupil))


def comes(pupil: Viewer) -> ColumnElement[bool]:
    """Whether this pupil takes part: invited, and signed up where one signs up; of the city: signed up."""
    return or_(
        and_(~Activity.sign_up, is_invited(pupil)),
        and_(Activity.sign_up, has_signed_up(pupil), or_(Activity.school_id.is_(None), is_invited(pupil))),
    )


def near(pupil: Viewer, activity: Any = Activity) -> ColumnElement[bool]:
    """Whether an activity can have to do with this pupil at all: by a group, by signing up, or of the city.

    Says nothing that the others do not; it lets the database start from the few instead of from all of all schools.
    """
    city = aliased(Activity)
    return _one_of(activity, *_of_pupil(pupil), select(city.id).where(city.school_id.is_(None)))


def near_anybody(viewer: Viewer, today: Today) -> ColumnElement[bool]:
    """As `near`, for staff as well: what one plans, and what is for groups that one guides."""
    guided, invited, other = guided_groups(viewer, today).subquery(), aliased(ActivityGroup), aliased(Activity)
    by_guided = select(invited.activity_id).join(guided, guided.c.group_id == invited.group_id)
    planned = select(other.id).where(or_(other.school_id.is_(None), other.planned_by == as_uuid(viewer)))
    return _one_of(Activity, *_of_pupil(viewer), by_guided, planned)


def _of_pupil(pupil: Viewer) -> tuple[Select[Any], Select[Any]]:
    group, member, placement = aliased(ActivityGroup), aliased(GroupMembership), aliased(Placement)
    by_group = (
        select(group.activity_id)
        .join(member, member.group_id == group.group_id)
        .join(placement, placement.id == member.placement_id)
        .where(placement.pupil_id == as_uuid(pupil))
    )
    return by_group, select(ActivitySignUp.activity_id).where(ActivitySignUp.pupil_id == as_uuid(pupil))


def _one_of(activity: Any, *ids: Select[Any]) -> ColumnElement[bool]:
    found: ColumnElement[bool] = activity.id == any_(func.array(union_all(*ids).scalar_subquery(), type_=ARRAY(Uuid)))
    return found


def is_for_bands_of(pupil: Viewer, today: Today) -> ColumnElement[bool]:
    """Whether an activity of the city is for the age of this pupil."""
    theirs = select(func.pupil_bands(as_uuid(pupil), as_date(today))).scalar_subquery()
    return and_(Activity.school_id.is_(None), Activity.bands.op("&&")(theirs))


def last_sign_up_day() -> ColumnElement[Any]:
    """The last day on which a pupil signs up or off; null where one does not."""
    day_before = Activity.happens_on - literal_column("1", Integer())
    return case((Activity.sign_up, func.coalesce(Activity.sign_up_until, day_before)))


def band_of_group() -> ColumnElement[str]:
    """The age band of a group, as catalogue.age_band."""
    return func.age_band(Group.level, func.cast(Group.study_year, type_=Integer()))


def on_the_day(dated: Any, day: Any = Activity.happens_on) -> ColumnElement[bool]:
    """Whether something with starts_on and ends_on runs on this day; an activity's first, unless said otherwise."""
    return and_(dated.starts_on <= day, or_(dated.ends_on.is_(None), dated.ends_on >= day))


def open_to(pupil: Viewer, today: Today) -> ColumnElement[bool]:
    """Whether an activity still comes and this pupil is part of it, or can sign up for a place."""
    away = exists().where(ActivityAbsence.activity_id == Activity.id, ActivityAbsence.pupil_id == as_uuid(pupil))
    may_join = and_(
        Activity.sign_up,
        last_sign_up_day() >= as_date(today),
        or_(is_invited(pupil), is_for_bands_of(pupil, today)),
        func.places_left(Activity.id).is_distinct_from(literal_column("0")),
    )
    return and_(
        near(pupil),
        Activity.state == literal_column(f"'{ActivityState.PUBLISHED.value}'"),
        Activity.happens_on > as_date(today),
        or_(comes(pupil), may_join),
        ~away,
    )
