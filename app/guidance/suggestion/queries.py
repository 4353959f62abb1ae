"""One unseen kind of work with something planned, chosen anew each Monday and the same all week."""

from typing import Any

from sqlalchemy import Date, Text, any_, case, cast, exists, func, literal_column, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.activities.models import Activity, ActivityGroup
from app.guidance.activities.policy import open_to
from app.guidance.suggestion.models import FieldChoice
from app.people.models import Group, GroupMembership, Placement
from app.people.projections import group_ref, runs
from app.platform.reads import TODAY, VIEWER, Read, json_list, json_object
from app.portfolio.models import Entry, EntryState
from app.reference.catalogue import work_fields
from app.reference.codes import Kind

_ONE: ColumnElement[int] = literal_column("1")
_MONDAY: ColumnElement[Any] = cast(func.date_trunc(literal_column("'week'"), TODAY), Date)
_FIELD: ColumnElement[str] = func.unnest(Activity.work_fields).column_valued("field")
_DAY: ColumnElement[Any] = cast(Activity.happens_on, Date)

_OWN = (
    Entry.pupil_id == VIEWER,
    Entry.state != literal_column(f"'{EntryState.TRASHED.value}'"),
    Entry.kind != literal_column(f"'{Kind.RESULT.value}'"),
)
"""Drafts and what was put away count as seen; results of school do not."""

_TOLD = (
    select(Entry.work_fields, func.count().filter(Entry.sort_on < _MONDAY).label("before"))
    .where(*_OWN)
    .group_by(Entry.work_fields)
    .cte("told")
)
"""The kinds of work of all one's own, read once and not for each activity that may be chosen."""


def _near() -> ColumnElement[Any]:
    """The kinds of work beside this one, as the reference data say."""
    told = {one.code: ", ".join(f"'{near}'" for near in one.near) for one in work_fields()}
    return case({code: literal_column(f"array[{near}]::text[]") for code, near in told.items()}, value=_FIELD)


def _own_groups() -> ColumnElement[Any]:
    """The groups with which the pupil goes."""
    invited = aliased(ActivityGroup)
    return (
        select(json_list(group_ref(), Group.name))
        .select_from(invited)
        .join(Group, Group.id == invited.group_id)
        .join(GroupMembership, GroupMembership.group_id == Group.id)
        .join(Placement, Placement.id == GroupMembership.placement_id)
        .where(
            invited.activity_id == Activity.id,
            Placement.pupil_id == VIEWER,
            runs(GroupMembership, _DAY),
        )
        .correlate(Activity)
        .scalar_subquery()
    )


def _suggestion() -> ColumnElement[Any]:
    seen = exists().where(any_(_TOLD.c.work_fields) == _FIELD)
    declined = exists().where(FieldChoice.pupil_id == VIEWER, FieldChoice.field == _FIELD)
    beside = (
        select(func.coalesce(func.sum(_TOLD.c.before), literal_column("0")))
        .where(_TOLD.c.work_fields.op("&&")(_near()))
        .correlate(Activity)
        .scalar_subquery()
    )
    chance = func.md5(func.concat(VIEWER, _MONDAY, _FIELD))
    activity = json_object(
        id=Activity.id,
        title=Activity.title,
        form=Activity.form,
        organisation=Activity.organisation,
        place=Activity.place,
        happens_on=Activity.happens_on,
        ends_on=Activity.ends_on,
        starts_at=Activity.starts_at,
        groups=_own_groups(),
    )
    return (
        select(json_object(field=_FIELD, activity=activity))
        .select_from(Activity)
        .where(open_to(VIEWER, TODAY), ~seen, ~declined)
        # What was planned or changed since Monday waits its turn; far from what was seen most comes first.
        .order_by(cast(Activity.updated_at, Date) >= _MONDAY, beside, chance, Activity.happens_on, Activity.id)
        .limit(_ONE)
        .scalar_subquery()
    )


_not_for_me = (
    select(json_list(cast(FieldChoice.field, Text), FieldChoice.field))
    .where(FieldChoice.pupil_id == VIEWER)
    .scalar_subquery()
)

SUGGESTION = Read(
    select(json_object(suggestion=_suggestion(), not_for_me=_not_for_me).label("body")).add_cte(_TOLD, nest_here=True)
)
"""GET /v1/me/suggestion, as schemas.SuggestionPage."""
