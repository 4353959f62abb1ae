"""What is planned with the classes of the cast, from data/coming.toml."""

from datetime import date, time, timedelta
from typing import Any

from app.demo.people import People
from app.demo.rows import Dice, Rows, data
from app.guidance.activities.models import Activity, ActivityGroup, ActivityState
from app.people.models import Group
from app.platform.clock import Clock

_PLANNED_AGO = timedelta(days=20)


def plan_coming(rows: Rows, people: People, clock: Clock) -> None:
    """Publishes each for the class of a pupil, in the name of its mentor."""
    schools = {group["id"]: group["school_id"] for group in rows.by_table[Group]}
    pupils = {pupil.username: pupil for pupil in people.pupils}
    for number, told in enumerate(data("coming.toml")["activity"]):
        year = pupils[told["with"]].years[people.year]
        planned_at = clock.now() - _PLANNED_AGO
        activity_id = Dice(f"coming {number}").id(planned_at)
        rows.add(
            Activity,
            **_about(told),
            id=activity_id,
            school_id=schools[year.group_id],
            planned_by=year.mentor,
            state=ActivityState.PUBLISHED.value,
            happens_on=_school_day_from(clock.today() + timedelta(days=told["in"])),
            version=1,
            updated_at=planned_at,
        )
        rows.add(ActivityGroup, activity_id=activity_id, group_id=year.group_id)


def _about(told: dict[str, Any]) -> dict[str, Any]:
    plain = {name: told[name] for name in ("title", "form", "work_fields", "organisation", "place", "bring")}
    return plain | {"starts_at": time.fromisoformat(told["starts_at"])}


def _school_day_from(day: date) -> date:
    """This day, or the Monday after it."""
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)
