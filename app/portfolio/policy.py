"""Which entries may you see: the first wall, as the select that every read and write of entries starts from.

The same rules as the row-level policy `entry_read` (migration 0002), in the same order, for the same reason:
arrays are made once for a statement and keep the index scan.
"""

from typing import Any

from sqlalchemy import Select, and_, any_, exists, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from app.people.policy import Today, Viewer, as_uuid, home_pupils, staff_placements
from app.portfolio.models import OPEN_STATES, Entry, Ring


def _one_of(ids: Select[Any]) -> ColumnElement[Any]:
    return any_(func.array(ids.scalar_subquery()))


def shown_at_school(viewer: Viewer, today: Today) -> ColumnElement[bool]:
    """Shared with a school where this viewer is staff for the pupil, now or until the end of that school year."""
    running, ended, then = (staff_placements(viewer, today) for _ in range(3))
    return and_(
        Entry.state.in_(OPEN_STATES),
        Entry.ring >= Ring.SCHOOL,
        or_(
            Entry.placement_id == _one_of(select(running.c.placement_id).where(running.c.cutoff.is_(None))),
            and_(
                Entry.placement_id == _one_of(select(ended.c.placement_id).where(ended.c.cutoff.is_not(None))),
                exists().where(then.c.placement_id == Entry.placement_id, Entry.changed_on <= then.c.cutoff),
            ),
        ),
    )


def shown_at_home(viewer: Viewer, today: Today) -> ColumnElement[bool]:
    """Shared with home, where this viewer is a guardian whose link is open on that day."""
    return and_(
        Entry.state.in_(OPEN_STATES),
        Entry.ring >= Ring.HOME,
        Entry.pupil_id == _one_of(select(home_pupils(viewer, today).c.pupil_id)),
    )


def may_see(viewer: Viewer, today: Today) -> ColumnElement[bool]:
    """Own, or shown at school, or shown at home."""
    return or_(Entry.pupil_id == as_uuid(viewer), shown_at_school(viewer, today), shown_at_home(viewer, today))


def visible_entries(viewer: Viewer, today: Today) -> Select[tuple[Entry]]:
    """The entries this viewer may see on this day."""
    return select(Entry).where(may_see(viewer, today))
