"""Whose data one may know of, and who may ask that they go. The rules stand in the database (migration 0036)."""

from typing import Any

from sqlalchemy import Boolean, Date, Text, Uuid, func
from sqlalchemy.sql.elements import ColumnElement

from app.people.policy import Today, Viewer, as_date, as_uuid


def data_known(viewer: Viewer, person_id: Any, today: Today) -> ColumnElement[bool]:
    """One's own data, and those of a child under 16 of whom one has custody."""
    return func.data_known(as_uuid(viewer), as_uuid(person_id), as_date(today), type_=Boolean())


def may_ask_erasure(viewer: Viewer, person_id: Any, today: Today) -> ColumnElement[str]:
    """As what this viewer may ask it (models.AskedAs); null: not."""
    return func.may_ask_erasure(as_uuid(viewer), as_uuid(person_id), as_date(today), type_=Text())


def data_school(person_id: Any, today: Today) -> ColumnElement[Any]:
    """The school that answers for somebody; null: none does."""
    return func.data_school(as_uuid(person_id), as_date(today), type_=Uuid())


def goes_whole(person_id: Any, today: Today) -> ColumnElement[bool]:
    """Whether an erasure takes the person as well."""
    return func.erasure_whole(as_uuid(person_id), as_date(today), type_=Boolean())


def another_year(person_id: Any, today: Today) -> ColumnElement[Any]:
    """Keeps everything a year more; the new day, or null where there is nothing to put off."""
    return func.keep_another_year(as_uuid(person_id), as_date(today), type_=Date())
