"""For whom may you plan, and what waits for whom. The rules about groups stand in the database (migration 0016)."""

from typing import Any

from sqlalchemy import Select, Uuid, and_, column, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.activities.models import Activity, ActivityGroup
from app.people.models import GroupMembership, Placement
from app.people.policy import Today, Viewer, as_date, as_uuid


def guided_groups(viewer: Viewer, today: Today) -> Select[Any]:
    """(group_id, school_id) of the groups this teacher is assigned to, or of this dean's school."""
    found = (
        func.guided_groups(as_uuid(viewer), as_date(today))
        .table_valued(column("group_id", Uuid()), column("school_id", Uuid()))
        .render_derived()
    )
    return select(found.c.group_id, found.c.school_id)


def may_plan(viewer: Viewer, today: Today) -> ColumnElement[bool]:
    """Whether an activity is one's own, or for a group that one guides."""
    guided, invited = guided_groups(viewer, today).subquery(), aliased(ActivityGroup)
    return or_(
        Activity.planned_by == as_uuid(viewer),
        exists().where(invited.activity_id == Activity.id, invited.group_id == guided.c.group_id),
    )


def invited_on_the_day() -> Select[Any]:
    """Ids of the pupils who are in an invited group on the activity's first day; to be correlated with Activity."""
    return (
        select(Placement.pupil_id)
        .select_from(ActivityGroup)
        .join(GroupMembership, GroupMembership.group_id == ActivityGroup.group_id)
        .join(Placement, Placement.id == GroupMembership.placement_id)
        .where(ActivityGroup.activity_id == Activity.id, on_the_day(GroupMembership), on_the_day(Placement))
        .correlate(Activity)
    )


def on_the_day(dated: Any, day: Any = Activity.happens_on) -> ColumnElement[bool]:
    """Whether something with starts_on and ends_on runs on this day; an activity's first, unless said otherwise."""
    return and_(dated.starts_on <= day, or_(dated.ends_on.is_(None), dated.ends_on >= day))
