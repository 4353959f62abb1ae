"""The directory is of those who plan with pupils: teachers, deans and the city. The rule stands in the database."""

from sqlalchemy import Boolean, func
from sqlalchemy.sql.elements import ColumnElement

from app.people.policy import Today, Viewer, as_date, as_uuid


def keeps_directory(viewer: Viewer, today: Today) -> ColumnElement[bool]:
    """Whether somebody teaches, is dean or works for the city on this day (migration 0018)."""
    return func.keeps_directory(as_uuid(viewer), as_date(today), type_=Boolean())
