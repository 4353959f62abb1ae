"""Whom may you see: the first wall, as selects that every read and write of people starts from.

The rules themselves stand in the database (migration 0002: `staff_placements`, `home_pupils`), so that this wall
and row-level security cannot drift apart.
"""

from datetime import date
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import Date, Select, Uuid, bindparam, column, func, select, union_all
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import TableValuedAlias

Viewer: TypeAlias = UUID | ColumnElement[UUID]
Today: TypeAlias = date | ColumnElement[date]


def as_uuid(value: Viewer) -> ColumnElement[UUID]:
    """A viewer as SQL, whether it is known already or comes out of `begin_request`."""
    return bindparam(None, value, type_=Uuid()) if isinstance(value, UUID) else value


def as_date(value: Today) -> ColumnElement[date]:
    """A day as SQL."""
    return bindparam(None, value, type_=Date()) if isinstance(value, date) else value


def staff_placements(viewer: Viewer, today: Today) -> TableValuedAlias:
    """Placements whose shared entries this member of staff may see: (placement_id, pupil_id, school_id, cutoff).

    `cutoff` is the day the placement ended; nothing that changed after it is to be seen. None: it runs.
    """
    return (
        func.staff_placements(as_uuid(viewer), as_date(today))
        .table_valued(
            column("placement_id", Uuid()),
            column("pupil_id", Uuid()),
            column("school_id", Uuid()),
            column("cutoff", Date()),
        )
        .render_derived()
    )


def home_pupils(viewer: Viewer, today: Today) -> TableValuedAlias:
    """Pupils whose ring 2 this guardian may see: (pupil_id)."""
    return func.home_pupils(as_uuid(viewer), as_date(today)).table_valued(column("pupil_id", Uuid())).render_derived()


def visible_pupils(viewer: Viewer, today: Today) -> Select[Any]:
    """Ids of the pupils this viewer may know of: oneself, by school, by home."""
    staff, home = staff_placements(viewer, today), home_pupils(viewer, today)
    known = union_all(
        select(as_uuid(viewer).label("pupil_id")), select(staff.c.pupil_id), select(home.c.pupil_id)
    ).subquery()
    return select(known.c.pupil_id)
