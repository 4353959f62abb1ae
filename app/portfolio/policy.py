"""Which entries may you see: the first wall, as the select that every read and write of entries starts from.

The same rules as the row-level policy `entry_read` (migration 0002), in the same order. Pages get what
`begin_request` worked out for the whole statement; writes ask the functions themselves.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, Select, Uuid, and_, any_, exists, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from app.people.policy import Today, Viewer, as_uuid, home_pupils, staff_placements
from app.platform.reads import ENDED, HOME, RUNNING, TODAY, VIEWER
from app.portfolio.models import OPEN_STATES, Entry, Ring


@dataclass(frozen=True, slots=True)
class Sight:
    """What opens to a viewer on a day: placements (as staff) that run or have ended, and children (as guardian)."""

    viewer: Viewer
    today: Today
    running: ColumnElement[Any]
    ended: ColumnElement[Any]
    home: ColumnElement[Any]


PAGE = Sight(VIEWER, TODAY, RUNNING, ENDED, HOME)
"""The sight of whoever reads a page."""


def sight_of(viewer: Viewer, today: Today) -> Sight:
    """The sight of a person, outside pages."""
    running, ended = staff_placements(viewer, today), staff_placements(viewer, today)
    return Sight(
        viewer,
        today,
        _array(select(running.c.placement_id).where(running.c.cutoff.is_(None))),
        _array(select(ended.c.placement_id).where(ended.c.cutoff.is_not(None))),
        _array(select(home_pupils(viewer, today).c.pupil_id)),
    )


def _array(ids: Select[Any]) -> ColumnElement[Any]:
    return func.array(ids.scalar_subquery(), type_=ARRAY(Uuid))


def shown_at_school(sight: Sight) -> ColumnElement[bool]:
    """Shared with a school where this viewer is staff for the pupil, now or until the end of that school year."""
    then = staff_placements(sight.viewer, sight.today)
    return and_(
        Entry.state.in_(OPEN_STATES),
        Entry.ring >= Ring.SCHOOL,
        or_(
            Entry.placement_id == any_(sight.running),
            and_(
                Entry.placement_id == any_(sight.ended),
                exists().where(then.c.placement_id == Entry.placement_id, Entry.changed_on <= then.c.cutoff),
            ),
        ),
    )


def shown_at_home(sight: Sight) -> ColumnElement[bool]:
    """Shared with home, where this viewer is a guardian whose link is open on that day."""
    return and_(Entry.state.in_(OPEN_STATES), Entry.ring >= Ring.HOME, Entry.pupil_id == any_(sight.home))


def may_see(sight: Sight) -> ColumnElement[bool]:
    """Own, or shown at school, or shown at home."""
    return or_(Entry.pupil_id == as_uuid(sight.viewer), shown_at_school(sight), shown_at_home(sight))


def visible_entries(viewer: Viewer, today: Today) -> Select[Entry]:
    """The entries this viewer may see on this day."""
    return select(Entry).where(may_see(sight_of(viewer, today)))
