"""Who reads figures: the coordinator those of the city, dean and admin those of the own school.

Row-level security asks the same functions (migration 0037).
"""

from sqlalchemy import Boolean, Uuid, column, func
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import TableValuedAlias

from app.people.policy import Today, Viewer, as_date, as_uuid


def reads_city(viewer: Viewer, today: Today) -> ColumnElement[bool]:
    """Whether this viewer works for the city today."""
    return func.coordinates_city(as_uuid(viewer), as_date(today), type_=Boolean())


def read_schools(viewer: Viewer, today: Today) -> TableValuedAlias:
    """Schools of which this viewer is dean or admin today: (school_id)."""
    return func.counted_schools(as_uuid(viewer), as_date(today)).table_valued(column("school_id", Uuid()))
