"""The days on which figures are set: four in a school year, known beforehand, so that no two can be chosen."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Reference:
    """Counted is what was shared before `set_on`, of this school year, by who was at school in it."""

    school_year: int
    quarter: int
    set_on: date


def newest(today: date) -> Reference:
    """The last of those days: 1 October, 1 January, 1 April, or 1 August when the school year is over."""
    year = today.year
    days = (
        Reference(year - 2, 4, date(year - 1, 8, 1)),
        Reference(year - 1, 1, date(year - 1, 10, 1)),
        Reference(year - 1, 2, date(year, 1, 1)),
        Reference(year - 1, 3, date(year, 4, 1)),
        Reference(year - 1, 4, date(year, 8, 1)),
        Reference(year, 1, date(year, 10, 1)),
    )
    return max((day for day in days if day.set_on <= today), key=lambda day: day.set_on)
