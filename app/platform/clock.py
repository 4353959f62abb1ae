"""The only place that reads the clock. Everything else is told what time it is."""

from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The moment, with time zone UTC."""

    def today(self) -> date:
        """The date in Europe/Amsterdam: birthdays and ends of placement follow the school's calendar."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return self.now().astimezone(AMSTERDAM).date()


class FixedClock:
    """Stands still until it is set; for tests and for a demo history that is the same every time."""

    def __init__(self, moment: datetime) -> None:
        self.set(moment)

    def set(self, moment: datetime) -> None:
        """Moves to a moment. Raises ValueError when it has no time zone."""
        if moment.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        self._moment = moment.astimezone(UTC)

    def now(self) -> datetime:
        return self._moment

    def today(self) -> date:
        return self._moment.astimezone(AMSTERDAM).date()


system_clock = SystemClock()
