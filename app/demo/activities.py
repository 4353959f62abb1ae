"""What schools and the city plan: some to come, some for who signs up, one to fill in, one of last year to copy."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from app.demo.people import People, Pupil
from app.demo.rows import Dice, Rows, data
from app.guidance.activities.models import Activity, ActivityGroup, ActivitySignUp
from app.people.models import Group, School

_PLANNED_DAYS_AGO = 18


def plan_activities(rows: Rows, people: People, today: date) -> None:
    """Makes the activities of the file, with who signed up; none where its people are not there."""
    dice = Dice("activities")
    planned_at = datetime.combine(today - timedelta(days=_PLANNED_DAYS_AGO), time(9), UTC)
    schools = {school["name"]: school["id"] for school in rows.by_table[School]}
    by_key = {key: schools[school["name"]] for key, school in data("cast.toml")["schools"].items()}
    for each in data("activities.toml")["activity"]:
        activity_id = dice.id(planned_at)
        year = people.year - each.get("year", 0)
        school_id = by_key.get(each.get("school", ""))
        rows.add(Activity, **_columns(each, activity_id, school_id, people.by_username[each["by"]], today, planned_at))
        for group in rows.by_table[Group]:
            if group["school_id"] == school_id and group["school_year"] == year and group["name"] in each["groups"]:
                rows.add(ActivityGroup, activity_id=activity_id, group_id=group["id"])
        for pupil in _who_come(people, each.get("signed_up")):
            rows.add(
                ActivitySignUp,
                activity_id=activity_id,
                pupil_id=pupil.id,
                signed_by=pupil.id,
                signed_at=planned_at + timedelta(days=dice.randint(1, 10)),
            )


def _columns(
    each: dict[str, Any], activity_id: UUID, school_id: UUID | None, planner: UUID, today: date, planned_at: datetime
) -> dict[str, Any]:
    happens_on = _weekday(today + timedelta(days=each["days"]) - timedelta(weeks=52 * each.get("year", 0)))
    lasts = each.get("lasts")
    state = each.get("state", "published")
    return {
        "id": activity_id,
        "school_id": school_id,
        "planned_by": planner,
        "state": state,
        "title": each["title"],
        "form": each["form"],
        "work_fields": each.get("fields", []),
        "organisation": each.get("organisation", ""),
        "place": each.get("place", ""),
        "happens_on": happens_on,
        "ends_on": happens_on + timedelta(days=lasts) if lasts else None,
        "starts_at": time(each["time"]) if "time" in each else None,
        "bring": each.get("bring", ""),
        "ask_before": each.get("ask_before", ""),
        "questions": [{"competency": about, "text": text or None} for about, text in each["questions"]],
        "logbook": each.get("logbook", False),
        "sign_up": school_id is None or "signed_up" in each,
        "places": each.get("places"),
        "bands": each.get("bands", []),
        "published_at": None if state == "draft" else planned_at,
        "version": 1,
        "updated_at": planned_at,
    }


def _weekday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _who_come(people: People, told: list[Any] | None) -> list[Pupil]:
    """So many pupils of a level or a group, none of those that a visitor can be."""
    if told is None:
        return []
    where, count = told
    cast = {each["username"] for each in data("cast.toml")["pupil"]}
    now = [(pupil, pupil.years.get(people.year)) for pupil in people.pupils if pupil.username not in cast]
    return [pupil for pupil, year in now if year and where in (year.level, year.group_name)][:count]
