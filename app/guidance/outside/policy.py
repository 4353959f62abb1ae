"""Who may ask somebody outside, and who agrees. The rules stand in the database (migration 0029)."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Boolean, Text, and_, case, func, literal_column
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.outside.models import OutsideLink, Side
from app.people.models import Person
from app.people.policy import Today, as_date

FROM_AGE, ALONE_FROM = 12, 16
"""Under the first nobody outside is asked; from the second on the pupil asks alone; between them others say yes."""

MAX_OPEN = 10
"""Links of one pupil that are open at a time."""

ASKS_A_DAY, MAILS_A_DAY = 10, 3
"""New links of a pupil in a day, and mails for one link, the first not counted."""

CODES_AN_HOUR, CODES_A_DAY, CODES_AN_HOUR_FROM = 5, 10, 30
"""Codes for one link, and asked for from one network address. With five tries each, who has the link and not the
mailbox guesses fifty times a day of a million: once in two hundred in ninety days."""

FORGOTTEN_AFTER = timedelta(days=14)
"""So long after a link ended its address is removed."""

TEXT_VERSION = 1
"""Of what a mentor or a parent says yes to: `outside.consent.v1` in the catalogues of the screens."""


def needs_yes(today: Today) -> ColumnElement[bool]:
    """Whether school and home say yes first, for a Person on this day."""
    age = func.years_old(Person.birth_date, as_date(today))
    return and_(age >= literal_column(str(FROM_AGE)), age < literal_column(str(ALONE_FROM)))


def allowed(today: Today, link_id: Any = OutsideLink.id) -> ColumnElement[bool]:
    """Whether age and consent let the link go."""
    return func.outside_allowed(link_id, as_date(today), type_=Boolean())


def own_side(link_id: Any = OutsideLink.id) -> ColumnElement[str | None]:
    """In whose name the viewer is asked for a yes; null: is not. A teacher of one's own child is a parent here."""
    home, school = (literal_column(f"'{side.value}'", Text()) for side in (Side.HOME, Side.SCHOOL))
    return case((func.outside_decides(link_id, home), home), (func.outside_decides(link_id, school), school))
