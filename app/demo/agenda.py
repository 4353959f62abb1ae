"""What schools plan with organisations: what comes, what does not go on, and open days of earlier years."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from app.demo.people import People
from app.demo.rows import Dice, Rows, data, school_year_of, year_start
from app.guidance.activities.models import Activity, ActivityGroup
from app.guidance.organisations.models import Organisation
from app.people.models import Group, GroupMembership
from app.people.names import fold
from app.platform.clock import Clock
from app.portfolio.models import OPEN_STATES, Entry

_YEARS_BACK = 2
"""Earlier school years with open days."""


def plan_agenda(rows: Rows, people: People, clock: Clock) -> None:
    """Keeps the directory and the activities of data/agenda.toml; ties the stories of open days to theirs."""
    _Agenda(rows, people, clock).plan()


class _Agenda:
    def __init__(self, rows: Rows, people: People, clock: Clock) -> None:
        self._rows, self._people, self._clock = rows, people, clock
        self._dice = Dice("agenda")
        self._told = data("agenda.toml")
        self._directory: dict[str, dict[str, Any]] = {}
        self._groups = {(group["name"], group["school_year"]): group for group in rows.by_table[Group]}

    def plan(self) -> None:
        made_at = datetime.combine(year_start(self._people.year - _YEARS_BACK), time(9), UTC)
        for told in self._told["organisation"]:
            self._organisation(told, made_at)
        for told in self._told["activity"]:
            first, last = self._days(told)
            if school_year_of(first) == self._people.year:
                self._activity(told, self._people.year, first, last)
        for told in self._told["past"]:
            for year in range(self._people.year - _YEARS_BACK, self._people.year):
                self._activity(told, year, date(year, 11, 9), date(year + 1, 3, 20))

    def _days(self, told: dict[str, Any]) -> tuple[date, date | None]:
        if "ago" in told:
            return self._clock.today() - timedelta(days=told["ago"]), None
        first = _school_day(self._clock.today() + timedelta(days=told["days"]))
        return first, _school_day(first + timedelta(days=told["lasts"] - 1)) if "lasts" in told else None

    def _organisation(self, told: dict[str, Any], made_at: datetime) -> None:
        row = {
            "id": self._dice.id(made_at),
            "name": told["name"],
            "name_key": fold(told["name"]),
            "place": told["place"],
            "place_key": fold(told["place"]),
            "website": told["website"],
            "work_fields": told["fields"],
            "forms": told["forms"],
            "note": told["note"],
            "archived_at": self._clock.now() if told.get("archived") else None,
            "added_by": self._people.by_username["elidrissi"],
            "version": 1,
            "updated_at": made_at,
        }
        self._directory[told["name"]] = row
        self._rows.add(Organisation, **row)

    def _activity(self, told: dict[str, Any], year: int, first: date, last: date | None) -> None:
        place = self._directory[told["organisation"]]
        groups = [self._groups[name, year] for name in told["groups"]]
        activity_id = self._dice.id(min(self._clock.now(), datetime.combine(first, time(8), UTC)))
        self._rows.add(
            Activity,
            id=activity_id,
            school_id=groups[0]["school_id"],
            planned_by=self._people.by_username[told["by"]],
            state=told.get("state", "published"),
            title=told["title"],
            form=told["form"],
            work_fields=place["work_fields"],
            organisation=place["name"],
            organisation_id=place["id"],
            place=place["place"],
            happens_on=first,
            ends_on=last,
            starts_at=time.fromisoformat(told["at"]) if "at" in told else None,
            bring=told.get("bring", ""),
            ask_before="",
            version=1,
            updated_at=min(self._clock.now(), datetime.combine(first, time(8), UTC)),
        )
        for group in groups:
            self._rows.add(ActivityGroup, activity_id=activity_id, group_id=group["id"])
        self._tie(activity_id, told, {group["id"] for group in groups}, first, last or first)

    def _tie(self, activity_id: UUID, told: dict[str, Any], groups: set[UUID], first: date, last: date) -> None:
        """Whoever of these classes wrote about this place, on these days, wrote about this activity."""
        placements = {
            member["placement_id"] for member in self._rows.by_table[GroupMembership] if member["group_id"] in groups
        }
        for entry in self._rows.by_table[Entry]:
            details, shared = entry["details"], entry["state"] in OPEN_STATES and entry["placement_id"] in placements
            there = (details.get("form"), details.get("organisation")) == (told["form"], told["organisation"])
            if shared and there and first <= entry["sort_on"] <= last:
                entry["details"] = details | {"activityId": str(activity_id)}


def _school_day(day: date) -> date:
    """This day, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
