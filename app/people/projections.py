"""How people and places look inside a page's JSON."""

from typing import Any

from sqlalchemy import and_, case, or_
from sqlalchemy.sql.elements import ColumnElement

from app.people.models import Group, Person, School
from app.people.policy import Today, as_date
from app.platform.reads import json_object


def full_name(person: Any = Person) -> ColumnElement[str]:
    """'Yara Bensaïd'."""
    return person.given_name + " " + person.family_name  # type: ignore[no-any-return]


def person_ref(person: Any = Person) -> ColumnElement[Any]:
    """As schemas.PersonRef."""
    return json_object(id=person.id, name=full_name(person), given_name=person.given_name)


def school_ref(school: Any = School) -> ColumnElement[Any]:
    """As schemas.SchoolRef."""
    return json_object(id=school.id, name=school.name)


def group_ref(group: Any = Group) -> ColumnElement[Any]:
    """As schemas.GroupRef."""
    return json_object(id=group.id, name=group.name, level=group.level, study_year=group.study_year)


def age_band(group: Any = Group) -> ColumnElement[str]:
    """The band of questions of a group, as app.reference.catalogue.age_band."""
    return case((group.level == "po", "A"), (group.level == "mbo", "D"), (group.study_year <= 2, "B"), else_="C")


def runs(dated: Any, today: Today) -> ColumnElement[bool]:
    """Whether something with starts_on and ends_on (the last day included) runs on this day."""
    day = as_date(today)
    return and_(dated.starts_on <= day, or_(dated.ends_on.is_(None), dated.ends_on >= day))
