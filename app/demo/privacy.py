"""What people asked about their data, and something in the trash that goes in three days."""

from datetime import datetime, time, timedelta
from typing import Any

from app.demo.people import People
from app.demo.rows import Dice, Rows, data
from app.people.models import Placement
from app.platform.clock import AMSTERDAM, Clock
from app.portability.erasure.models import Correction
from app.portfolio.models import Entry, EntryState


def add_privacy(rows: Rows, people: People, clock: Clock) -> None:
    """Makes the rows; left out where the person has no school today."""
    told = data("privacy.toml")
    known = people.by_username | {pupil.username: pupil.id for pupil in people.pupils}
    for one in told["correction"]:
        _correction(rows, known, one, clock)
    for one in told["trash"]:
        _trash(rows, known[one["pupil"]], one, clock)


def _moment(clock: Clock, days: int) -> datetime:
    return datetime.combine(clock.today() + timedelta(days), time(16, 10), AMSTERDAM)


def _correction(rows: Rows, known: dict[str, Any], one: dict[str, Any], clock: Clock) -> None:
    person = known[one["about_whom"]]
    school = next(
        (
            place["school_id"]
            for place in rows.by_table[Placement]
            if place["pupil_id"] == person
            and place["starts_on"] <= clock.today()
            and (place.get("ends_on") is None or place["ends_on"] >= clock.today())
        ),
        None,
    )
    if school is None:
        return
    asked_at = _moment(clock, one["asked"])
    answered = "answered" in one
    rows.add(
        Correction,
        id=Dice(f"correction {one['about_whom']}").id(asked_at),
        person_id=person,
        school_id=school,
        asked_by=known[one["asked_by"]],
        about=one["about"],
        said=one["said"],
        asked_at=asked_at,
        state=one.get("state", "asked"),
        answer=one.get("answer", ""),
        answered_by=known[one["by"]] if answered else None,
        answered_at=_moment(clock, one["answered"]) if answered else None,
    )


def _trash(rows: Rows, pupil: Any, one: dict[str, Any], clock: Clock) -> None:
    thrown_at = _moment(clock, one["thrown"])
    day = thrown_at.date()
    rows.add(
        Entry,
        id=Dice(f"trash {one['title']}").id(thrown_at - timedelta(minutes=30)),
        pupil_id=pupil,
        school_year=day.year - (day.month < 8),
        kind="experience",
        state=EntryState.TRASHED.value,
        ring=0,
        title=one["title"],
        sort_on=day,
        body=one["body"],
        details={"kind": "experience", "form": "hobby"},
        version=1,
        changed_on=day,
        created_at=thrown_at - timedelta(minutes=30),
        updated_at=thrown_at,
        trashed_at=thrown_at,
        state_before_trash=EntryState.DRAFT.value,
    )
