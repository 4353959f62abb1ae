"""Which entries may you see: the first wall, as the select that every read and write of entries starts from.

The same rules as the row-level policies `entry_read` and `brought_along` (migrations 0002, 0033), in the same order.
Pages get what `begin_request` worked out for the whole statement; writes ask the functions themselves.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, Date, Select, Text, Uuid, and_, any_, case, cast, func, literal_column, or_, select
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import TypeEngine

from app.people.policy import Today, Viewer, as_uuid, home_pupils, staff_placements
from app.platform.reads import CUTOFFS, ENDED, HOME, RUNNING, VIEWER
from app.portfolio.models import OPEN_STATES, Entry, Ring


@dataclass(frozen=True, slots=True)
class Sight:
    """What opens to a viewer: placements (as staff) that run or have ended, until when, and children (as guardian)."""

    viewer: Viewer
    running: ColumnElement[Any]
    ended: ColumnElement[Any]
    cutoffs: ColumnElement[Any]
    home: ColumnElement[Any]


PAGE = Sight(VIEWER, RUNNING, ENDED, CUTOFFS, HOME)
"""The sight of whoever reads a page."""


def sight_of(viewer: Viewer, today: Today) -> Sight:
    """The sight of a person, outside pages."""
    running, ended = staff_placements(viewer, today), staff_placements(viewer, today)
    past = select(ended).where(ended.c.cutoff.is_not(None)).order_by(ended.c.placement_id)
    return Sight(
        viewer,
        _array(select(running.c.placement_id).where(running.c.cutoff.is_(None)), Uuid()),
        _array(past.with_only_columns(ended.c.placement_id), Uuid()),
        _array(past.with_only_columns(ended.c.cutoff), Date()),
        _array(select(home_pupils(viewer, today).c.pupil_id), Uuid()),
    )


def _array(values: Select[Any], of_type: TypeEngine[Any]) -> ColumnElement[Any]:
    return func.array(values.scalar_subquery(), type_=ARRAY(of_type))


def shown_at_school(sight: Sight) -> ColumnElement[bool]:
    """Shared with a school where this viewer is staff for the pupil, now or until the end of that school year.

    What waits for a teacher and what is counted starts here: what was taken along was told to others.
    """
    cutoff = sight.cutoffs[func.array_position(sight.ended, Entry.placement_id)]
    return and_(
        Entry.state.in_(OPEN_STATES),
        Entry.ring >= Ring.SCHOOL,
        or_(
            Entry.placement_id == any_(sight.running),
            and_(Entry.placement_id == any_(sight.ended), Entry.changed_on <= cutoff),
        ),
    )


def shown_at_home(sight: Sight) -> ColumnElement[bool]:
    """Shared with home, where this viewer is a guardian whose link is open on that day."""
    return and_(Entry.state.in_(OPEN_STATES), Entry.ring >= Ring.HOME, Entry.pupil_id == any_(sight.home))


def taken_along(sight: Sight) -> ColumnElement[bool]:
    """Told at another school and taken along to one where this viewer is staff, as long as the pupil is there."""
    return and_(Entry.state.in_(OPEN_STATES), Entry.ring >= Ring.SCHOOL, Entry.taken_to.bool_op("&&")(sight.running))


_AMSTERDAM: ColumnElement[str] = literal_column("'Europe/Amsterdam'", Text())


def hears_until(sight: Sight) -> ColumnElement[Any]:
    """The last day of which this viewer reads what was said at an entry that they may see; null where none is the last.

    The school that a pupil left reads nothing of what the next one says, nor of what the pupil and home say there.
    """
    cutoff = sight.cutoffs[func.array_position(sight.ended, Entry.placement_id)]
    still = or_(Entry.pupil_id == as_uuid(sight.viewer), taken_along(sight), shown_at_home(sight))
    return case((still, literal_column("null::date", Date())), else_=cutoff)


def is_heard(until: ColumnElement[Any], said_at: Any, said_by: Any = None) -> ColumnElement[bool]:
    """Whether something was said no later than the day of `hears_until`; one's own words are read always.

    A last day may be written down later: what was said meanwhile by who looks stays.
    """
    in_time = or_(until.is_(None), cast(func.timezone(_AMSTERDAM, said_at), Date) <= until)
    return in_time if said_by is None else or_(said_by == VIEWER, in_time)


def may_see(sight: Sight) -> ColumnElement[bool]:
    """Own, or shown at school, or shown at home, or taken along."""
    return or_(
        Entry.pupil_id == as_uuid(sight.viewer), shown_at_school(sight), shown_at_home(sight), taken_along(sight)
    )


def visible_entries(viewer: Viewer, today: Today) -> Select[Entry]:
    """The entries this viewer may see on this day."""
    return select(Entry).where(may_see(sight_of(viewer, today)))
