"""What everything in the demo region is made with: chance that repeats itself, ids, and rows by table."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from random import Random
from tomllib import loads
from typing import Any, TypeVar
from uuid import UUID

from app.platform.clock import AMSTERDAM
from app.platform.orm import Base

T = TypeVar("T")


def data(name: str) -> dict[str, Any]:
    """A file of the folder `data`."""
    return loads(files("app.demo").joinpath("data", name).read_text("utf-8"))


def school_year_of(day: date) -> int:
    """The year in which the school year of this day starts."""
    return day.year - (day.month < 8)


def year_start(school_year: int) -> date:
    """1 August."""
    return date(school_year, 8, 1)


def year_end(school_year: int) -> date:
    """31 July of the next year."""
    return date(school_year + 1, 7, 31)


class Dice(Random):
    """Chance that falls the same way for the same subject. Nothing here is a secret."""

    def some(self, items: Sequence[T], at_least: int, at_most: int) -> list[T]:
        """So many different items, in the order they have."""
        chosen = self.sample(range(len(items)), min(len(items), self.randint(at_least, at_most)))
        return [items[place] for place in sorted(chosen)]

    def weighted(self, items: Mapping[T, int]) -> T:
        """One of these, each so many times as likely as its number says."""
        return self.choices(list(items), list(items.values()))[0]

    def happens(self, chance: float) -> bool:
        """True with this chance (0..1)."""
        return self.random() < chance

    def id(self, at: datetime) -> UUID:
        """A UUIDv7 of that moment."""
        milliseconds = int(at.timestamp() * 1000)
        return UUID(int=milliseconds << 80 | 7 << 76 | self.getrandbits(12) << 64 | 0b10 << 62 | self.getrandbits(62))

    def moment(self, day: date, first_hour: int = 9, last_hour: int = 20) -> datetime:
        """A moment on that day in The Hague."""
        clock = time(self.randint(first_hour, last_hour), self.randint(0, 59), self.randint(0, 59))
        return datetime.combine(day, clock, AMSTERDAM).astimezone(UTC)


class Rows:
    """Rows to insert, by table."""

    def __init__(self) -> None:
        self.by_table: dict[type[Base], list[dict[str, Any]]] = defaultdict(list)

    def add(self, table: type[Base], **values: Any) -> None:
        """Keeps a row."""
        self.by_table[table].append(values)


def school_day(dice: Random, school_year: int, latest: date) -> date | None:
    """A day on which there is school, not after `latest`; None when the school year has had none yet."""
    first, last = date(school_year, 9, 5), min(date(school_year + 1, 7, 5), latest)
    for _ in range(40):
        if last < first:
            return None
        day = first + timedelta(days=dice.randrange((last - first).days + 1))
        if day.weekday() < 5 and not _is_holiday(day):
            return day
    return None


def _is_holiday(day: date) -> bool:
    ends = day.month, day.day
    return ends >= (12, 21) or ends <= (1, 4) or (10, 17) <= ends <= (10, 25) or (4, 26) <= ends <= (5, 6)
