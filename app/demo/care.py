"""Small steps of the cast, and a kind word about something of school that is still open."""

from datetime import datetime, time, timedelta
from typing import Any

from app.demo.people import People, Pupil
from app.demo.rows import Dice, Rows, data
from app.guidance.activities.models import Activity
from app.guidance.care.models import Reminder, ReminderKind
from app.guidance.steps.models import NextStep
from app.platform.clock import AMSTERDAM, Clock
from app.portfolio.models import Entry


def add_care(rows: Rows, people: People, clock: Clock) -> None:
    """Makes the rows, after the stories and the activities that they come from."""
    pupils = {pupil.username: pupil for pupil in people.pupils}
    told = data("care.toml")
    for number, step in enumerate(told["step"]):
        _step(rows, pupils[step["pupil"]], step, clock, Dice(f"step {number}"))
    planned = {activity["title"]: activity for activity in rows.by_table[Activity]}
    for reminder in told["reminder"]:
        _reminder(rows, pupils[reminder["pupil"]], planned.get(reminder["activity"]), clock)


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


def _reminder(rows: Rows, pupil: Pupil, activity: dict[str, Any] | None, clock: Clock) -> None:
    """Yesterday's, by who planned it; none in the first days of a school year, when it was not there yet."""
    if activity is None:
        return
    sent_at = _moment(clock, -1)
    rows.add(
        Reminder,
        id=Dice(f"reminder {pupil.username}").id(sent_at),
        pupil_id=pupil.id,
        kind=ReminderKind.OPEN.value,
        activity_id=activity["id"],
        sent_by=activity["planned_by"],
        sent_on=sent_at.astimezone(AMSTERDAM).date(),
        sent_at=sent_at,
    )


def _moment(clock: Clock, days: int) -> datetime:
    """Half past three in The Hague, so many days from today."""
    return datetime.combine(clock.today() + timedelta(days), time(15, 30), AMSTERDAM)
