"""When it is quiet: from 20 to 7 hours by the clock in The Hague, and in school holidays. Plain arithmetic of time."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.platform.clock import AMSTERDAM
from app.reference.catalogue import in_school_holiday

FROM, UNTIL = time(20), time(7)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Quiet:
    """A time in which nothing new is shown: since when, and when it ends."""

    since: datetime
    until: datetime


def quiet_at(now: datetime) -> Quiet | None:
    """The quiet time that this moment lies in, nights and holidays in one; None by day.

    It ends at the first seven o'clock of a day that is no holiday; a day on which the clock changes makes no odds.
    """
    here = now.astimezone(AMSTERDAM)
    today = here.date()
    if not in_school_holiday(today) and UNTIL <= here.time() < FROM:
        return None
    last = today if here.time() >= FROM else today - _DAY
    while in_school_holiday(last):
        last -= _DAY
    following = last + _DAY
    while in_school_holiday(following):
        following += _DAY
    return Quiet(_at(last, FROM), _at(following, UNTIL))


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, AMSTERDAM)
