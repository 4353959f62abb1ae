"""Who may share a page, and within which limits. The rules stand in the database (migration 0034)."""

from typing import Any

from sqlalchemy import Boolean, Text, case, func, literal_column
from sqlalchemy.sql.elements import ColumnElement

from app.people.models import Person
from app.people.policy import Today, as_date
from app.portability.showcases.models import ShowcaseShare
from app.portability.showcases.schemas import SharingLaw
from app.portfolio.models import OPEN_STATES, Entry, Ring
from app.reference.codes import Kind

FROM_AGE, ALONE_FROM = 12, 16
"""Under the first nothing is shared outside; from the second on the pupil shares alone; between a parent agrees."""

MAX_PAGES, MAX_OPEN = 20, 10
"""Pages of one pupil, and links that are open or coming at a time."""

SHARES_A_DAY = 20
"""New links of a pupil in a day."""

DAYS = 366
"""A link opens for so many days at most."""

OPENED_AN_HOUR_FROM, CODES_AN_HOUR = 120, 20
"""Links opened from one network address (a class is one address), and codes typed for one link. With a hundred wrong
codes the link is over (migration 0034), so that who has the link and not the code guesses once in ten thousand."""

TEXT_VERSION = 1
"""Of what a parent says yes to: `showcase.consent.v1` in the catalogues of the screens."""


def law(today: Today) -> ColumnElement[str]:
    """SharingLaw of a Person on this day; a child whose birthday is unknown counts as young."""
    age = func.coalesce(func.years_old(Person.birth_date, as_date(today)), literal_column("0"))
    return case(
        (age < literal_column(str(FROM_AGE)), _word(SharingLaw.NOT_YET)),
        (age < literal_column(str(ALONE_FROM)), _word(SharingLaw.PARENT)),
        else_=_word(SharingLaw.PUPIL),
    )


def _word(value: SharingLaw) -> ColumnElement[str]:
    return literal_column(f"'{value.value}'", Text())


def allowed(today: Today, share_id: Any = ShowcaseShare.id) -> ColumnElement[bool]:
    """Whether age and a parent's yes let the link open."""
    return func.showcase_allowed(share_id, as_date(today), type_=Boolean())


def may_be_shown() -> ColumnElement[bool]:
    """Whether a story of the pupil can stand on a page: shared with school at least, and no mark."""
    return (
        Entry.state.in_([literal_column(f"'{state.value}'") for state in OPEN_STATES])
        & (Entry.ring >= literal_column(str(Ring.SCHOOL.value)))
        & (Entry.kind != literal_column(f"'{Kind.RESULT.value}'"))
    )
