"""Whose questions may you see and change. The rule about schools stands in the database (migration 0019)."""

from typing import Any

from sqlalchemy import Select, Text, Uuid, column, func, select

from app.people.policy import Today, Viewer, as_date, as_uuid


def own_schools(viewer: Viewer, today: Today) -> Select[Any]:
    """(school_id, role) where this person is `dean`, `teacher` or `pupil` on this day."""
    found = (
        func.own_schools(as_uuid(viewer), as_date(today))
        .table_valued(column("school_id", Uuid()), column("role", Text()))
        .render_derived()
    )
    return select(found.c.school_id, found.c.role)
