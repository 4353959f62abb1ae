"""Which choice moments may you see, and which fit a pupil. As row-level security (migration 0025) says it."""

from typing import Any

from sqlalchemy import (
    Date,
    SmallInteger,
    Text,
    Uuid,
    and_,
    any_,
    cast,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import TableValuedAlias

from app.guidance.choices.models import ChoiceMoment, ChoicePick
from app.people.models import Placement
from app.people.policy import Today, Viewer, as_date, as_uuid
from app.people.projections import runs
from app.portfolio.models import Ring
from app.portfolio.policy import Sight

LIST_ROOM = 12
"""Options on the list at a time."""

OPTIONS_EVER = 36
"""Options of one moment with those off the list."""

SURE_EVER = 100
"""Times that one says how sure, for one moment."""

PICKS_EVER = 40
"""Times that one chooses, for one moment."""


def may_see(sight: Sight) -> ColumnElement[bool]:
    """Own, or shared with a school where this viewer is staff for the pupil, or with home."""
    cutoff = sight.cutoffs[func.array_position(sight.ended, ChoiceMoment.placement_id)]
    at_school = or_(
        ChoiceMoment.placement_id == any_(sight.running),
        and_(ChoiceMoment.placement_id == any_(sight.ended), ChoiceMoment.changed_on <= cutoff),
    )
    return or_(
        ChoiceMoment.pupil_id == as_uuid(sight.viewer),
        and_(ChoiceMoment.ring >= _ring(Ring.SCHOOL), at_school),
        and_(ChoiceMoment.ring >= _ring(Ring.HOME), ChoiceMoment.pupil_id == any_(sight.home)),
    )


def _ring(ring: Ring) -> ColumnElement[int]:
    return literal_column(str(ring.value))


def offered_choices(pupil: Viewer, today: Today) -> TableValuedAlias:
    """The moments that fit the pupil's classes of today: (kind, placement_id, level, study_year)."""
    return (
        func.offered_choices(as_uuid(pupil), as_date(today))
        .table_valued(
            column("kind", Text()),
            column("placement_id", Uuid()),
            column("level", Text()),
            column("study_year", SmallInteger()),
        )
        .render_derived(name="offered")
    )


def may_look_back(today: Today) -> ColumnElement[bool]:
    """Whether a year went by since the first choice, or the pupil is at another school since; of ChoiceMoment."""
    picked, then, now_at = aliased(ChoicePick), aliased(Placement), aliased(Placement)
    first = (
        select(func.min(picked.at))
        .where(picked.moment_id == ChoiceMoment.id, picked.plan_a.is_not(None))
        .correlate(ChoiceMoment)
        .scalar_subquery()
    )
    on = cast(func.timezone(literal_column("'Europe/Amsterdam'"), first), Date)
    moved = exists().where(
        then.id == ChoiceMoment.placement_id,
        now_at.pupil_id == ChoiceMoment.pupil_id,
        now_at.school_id != then.school_id,
        now_at.starts_on > on,
        runs(now_at, today),
    )
    a_year: ColumnElement[Any] = literal_column("interval '1 year'")
    return func.coalesce(and_(on.is_not(None), or_(as_date(today) >= cast(on + a_year, Date), moved)), False)
