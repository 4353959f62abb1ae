"""Days as an admin may give them."""

from datetime import date

from app.platform.db import Transaction
from app.platform.errors import Invalid


def school_year_of(day: date) -> int:
    """The year in which the school year of this day began, on 1 August."""
    return day.year if day.month >= 8 else day.year - 1


def school_year_end(day: date) -> date:
    """31 July of the school year of this day."""
    return date(school_year_of(day) + 1, 7, 31)


def require_near(tx: Transaction, day: date, pointer: str = "/startsOn") -> None:
    """Raises Invalid (422) for a day before the last or after the next school year: a slip of the keys."""
    year = school_year_of(tx.today)
    if not date(year - 1, 8, 1) <= day <= date(year + 2, 7, 31):
        raise Invalid("out_of_range", pointer)
