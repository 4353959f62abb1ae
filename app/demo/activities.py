"""All that schools and the city plan, from data/activities.toml, and the stories that are about it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from app.demo.people import People, Pupil
from app.demo.rows import Dice, Rows, data, school_year_of
from app.guidance.activities.models import Activity, ActivityGroup, ActivitySignUp, ActivityState
from app.guidance.organisations.models import Organisation
from app.people.models import Group, GroupMembership
from app.portfolio.models import OPEN_STATES, Entry

_PLANNED_BEFORE = timedelta(days=18)

_Told = dict[str, Any]
_Days = tuple[date, date | None]


def plan_activities(rows: Rows, people: People, today: date) -> None:
    """Plans them, with who signed up, once organisations and stories are there; a school's within its school year."""
    _Planner(rows, people, today).plan()


class _Planner:
    def __init__(self, rows: Rows, people: People, today: date) -> None:
        self._rows, self._people, self._today = rows, people, today
        self._dice = Dice("activities")
        self._directory = {one["name"]: one for one in rows.by_table[Organisation]}
        self._groups = {(group["name"], group["school_year"]): group for group in rows.by_table[Group]}

    def plan(self) -> None:
        for told in data("activities.toml")["activity"]:
            for year, (first, last) in self._years(told):
                groups = [self._groups[name, year] for name in told.get("groups", [])]
                if not groups or school_year_of(first) == year:
                    self._activity(told, groups, first, last)

    def _years(self, told: _Told) -> Iterator[tuple[int, _Days]]:
        now = self._people.year
        if "back" in told:
            for year in (now - back for back in told["back"]):
                yield year, (_day_of(year, told["from"]), _day_of(year, told["until"]) if "until" in told else None)
        else:
            yield now, self._days(told)

    def _days(self, told: _Told) -> _Days:
        # What stories are about was on the day that they tell of, whatever day of the week today makes it.
        first = (
            self._today - timedelta(days=told["ago"])
            if "ago" in told
            else _school_day(self._today + timedelta(days=told["days"]))
        )
        return first, _school_day(first + timedelta(days=told["lasts"] - 1)) if "lasts" in told else None

    def _activity(self, told: _Told, groups: list[dict[str, Any]], first: date, last: date | None) -> None:
        planned_at = datetime.combine(min(first, self._today) - _PLANNED_BEFORE, time(9), UTC)
        activity_id = self._dice.id(planned_at)
        state = told.get("state", ActivityState.PUBLISHED.value)
        self._rows.add(
            Activity,
            **self._about(told),
            id=activity_id,
            school_id=groups[0]["school_id"] if groups else None,
            planned_by=self._people.by_username[told["by"]],
            state=state,
            happens_on=first,
            ends_on=last,
            sign_up=not groups or "signed_up" in told,
            published_at=None if state == ActivityState.DRAFT.value else planned_at,
            version=1,
            updated_at=planned_at,
        )
        for group in groups:
            self._rows.add(ActivityGroup, activity_id=activity_id, group_id=group["id"])
        self._sign_up(activity_id, told, planned_at)
        if groups:
            self._tie(activity_id, told, {group["id"] for group in groups}, first, last or first)

    def _about(self, told: _Told) -> dict[str, Any]:
        place = self._directory.get(told["organisation"], {})
        return {
            "title": told["title"],
            "form": told["form"],
            "work_fields": told.get("fields") or place.get("work_fields", []),
            "organisation": told["organisation"],
            "organisation_id": place.get("id"),
            "place": told.get("place") or place.get("place", ""),
            "starts_at": time.fromisoformat(told["at"]) if "at" in told else None,
            "bring": told.get("bring", ""),
            "ask_before": told.get("ask_before", ""),
            "questions": [{"competency": about, "text": text or None} for about, text in told.get("questions", [])],
            "logbook": told.get("logbook", False),
            "places": told.get("places"),
            "bands": told.get("bands", []),
        }

    def _sign_up(self, activity_id: UUID, told: _Told, planned_at: datetime) -> None:
        for pupil in _who_come(self._people, told):
            self._rows.add(
                ActivitySignUp,
                activity_id=activity_id,
                pupil_id=pupil.id,
                signed_by=pupil.id,
                signed_at=planned_at + timedelta(days=self._dice.randint(1, 10)),
            )

    def _tie(self, activity_id: UUID, told: _Told, groups: set[UUID], first: date, last: date) -> None:
        """Whoever of these classes wrote about this place, on these days, wrote about this activity."""
        placements = {
            member["placement_id"] for member in self._rows.by_table[GroupMembership] if member["group_id"] in groups
        }
        for entry in self._rows.by_table[Entry]:
            details, shared = entry["details"], entry["state"] in OPEN_STATES and entry["placement_id"] in placements
            there = (details.get("form"), details.get("organisation")) == (told["form"], told["organisation"])
            if shared and there and first <= entry["sort_on"] <= last:
                entry["details"] = details | {"activityId": str(activity_id)}


def _who_come(people: People, told: _Told) -> Iterator[Pupil]:
    """So many pupils of a level or a group, none of those that a visitor can be, and who come besides."""
    if "signed_up" not in told:
        return
    where, count = told["signed_up"]
    cast = {each["username"] for each in data("cast.toml")["pupil"]}
    now = [(pupil, year) for pupil in people.pupils if (year := pupil.years.get(people.year))]
    yield from [pupil for pupil, year in now if pupil.username not in cast and where in (year.level, year.group_name)][
        :count
    ]
    yield from (pupil for pupil, _ in now if pupil.username in told.get("with", []))


def _day_of(school_year: int, month_and_day: str) -> date:
    """A month and day of that school year."""
    day = date.fromisoformat(f"{school_year}-{month_and_day}")
    return day if day.month >= 8 else day.replace(year=school_year + 1)


def _school_day(day: date) -> date:
    """This day, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
