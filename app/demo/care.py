"""Small steps of the cast, something of school that is still open, and a kind word about it."""

from datetime import datetime, time, timedelta
from typing import Any

from app.demo.people import People, Pupil
from app.demo.rows import Dice, Rows, data, school_year_of
from app.guidance.activities.models import Activity, ActivityGroup, ActivityState
from app.guidance.care.models import Reminder, ReminderKind
from app.guidance.steps.models import NextStep
from app.people.models import Group
from app.platform.clock import AMSTERDAM, Clock
from app.portfolio.models import Entry


def add_care(rows: Rows, people: People, clock: Clock) -> None:
    """Makes the rows, after the stories that they come from."""
    pupils = {pupil.username: pupil for pupil in people.pupils}
    told = data("care.toml")
    for number, step in enumerate(told["step"]):
        _step(rows, pupils[step["pupil"]], step, clock, Dice(f"step {number}"))
    for number, activity in enumerate(told["activity"]):
        _activity(rows, pupils, activity, clock, Dice(f"open activity {number}"))


def _step(rows: Rows, pupil: Pupil, told: dict[str, Any], clock: Clock, dice: Dice) -> None:
    made_at = _moment(clock, told["made"])
    ended_at = _moment(clock, told["ended"]) if "ended" in told else None
    story = next(
        (
            entry["id"]
            for entry in rows.by_table[Entry]
            if entry["pupil_id"] == pupil.id and entry["title"] == told.get("story")
        ),
        None,
    )
    rows.add(
        NextStep,
        id=dice.id(made_at),
        pupil_id=pupil.id,
        text=told["text"],
        due_on=clock.today() + timedelta(told["due"]) if "due" in told else None,
        remind_on=clock.today() + timedelta(told["remind"]) if "remind" in told else None,
        entry_id=story,
        made_at=made_at,
        done_at=ended_at if told.get("end") == "done" else None,
        let_go_at=ended_at if told.get("end") == "let_go" else None,
        version=2 if ended_at else 1,
    )


def _activity(rows: Rows, pupils: dict[str, Pupil], told: dict[str, Any], clock: Clock, dice: Dice) -> None:
    day = clock.today() + timedelta(told["day"])
    year = pupils[told["class_of"]].years.get(school_year_of(day))
    if year is None or school_year_of(day) != school_year_of(clock.today()):
        return
    planned_at = _moment(clock, told["day"] - 20)
    activity = dice.id(planned_at)
    rows.add(
        Activity,
        id=activity,
        school_id=next(row["school_id"] for row in rows.by_table[Group] if row["id"] == year.group_id),
        planned_by=year.mentor,
        state=ActivityState.PUBLISHED.value,
        title=told["title"],
        form=told["form"],
        work_fields=told["fields"],
        organisation=told["organisation"],
        place=told["place"],
        happens_on=day,
        version=2,
        updated_at=planned_at,
    )
    rows.add(ActivityGroup, activity_id=activity, group_id=year.group_id)
    sent_at = _moment(clock, -1)
    for name in told["reminded"]:
        rows.add(
            Reminder,
            id=dice.id(sent_at),
            pupil_id=pupils[name].id,
            kind=ReminderKind.OPEN.value,
            activity_id=activity,
            sent_by=year.mentor,
            sent_on=sent_at.astimezone(AMSTERDAM).date(),
            sent_at=sent_at,
        )


def _moment(clock: Clock, days: int) -> datetime:
    """Half past three in The Hague, so many days from today."""
    return datetime.combine(clock.today() + timedelta(days), time(15, 30), AMSTERDAM)
