"""Home in the story: cards that were filled in together, those that school put ready, and when parents were here."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from app.demo.people import People, Pupil
from app.demo.rows import Dice, Rows, data, school_year_of
from app.guidance.family.models import HomeVisit
from app.guidance.homework.models import Homework, HomeworkOffer, HomeworkState
from app.platform.clock import AMSTERDAM, Clock


def add_home(rows: Rows, people: People, clock: Clock) -> None:
    """Makes the rows of the cast."""
    pupils = {pupil.username: pupil for pupil in people.pupils}
    told = data("home.toml")
    for offer in told["offer"]:
        _offer(rows, pupils[offer["pupil"]], offer, clock)
    for card in told["card"]:
        _card(rows, pupils[card["pupil"]], people.by_username[card["by"]], card, clock)
    for visit in told["visit"]:
        rows.add(
            HomeVisit,
            guardian_id=people.by_username[visit["guardian"]],
            pupil_id=pupils[visit["pupil"]].id,
            since=None,
            seen_at=_moment(clock, visit["seen"]),
        )


def _offer(rows: Rows, pupil: Pupil, told: dict[str, Any], clock: Clock) -> None:
    year = pupil.years[school_year_of(clock.today())]
    offered_at = _moment(clock, -1)
    rows.add(
        HomeworkOffer,
        id=Dice(f"offer {pupil.username}").id(offered_at),
        group_id=year.group_id,
        card=told["card"],
        card_version=1,
        on_day=clock.today() + timedelta(told["on"]),
        offered_by=year.mentor,
        offered_at=offered_at,
    )


def _card(rows: Rows, pupil: Pupil, by: UUID, told: dict[str, Any], clock: Clock) -> None:
    begun_at = _moment(clock, told["begun"])
    shared, with_school = told["reach"] != "nobody", told["reach"] == "school"
    year = pupil.years[school_year_of(begun_at.astimezone(AMSTERDAM).date())]
    rows.add(
        Homework,
        id=Dice(f"card {pupil.username} {told['card']}").id(begun_at),
        pupil_id=pupil.id,
        begun_by=by,
        card=told["card"],
        card_version=1,
        language=told["language"],
        home_text=told["home"],
        home_by=by if told["home"] else None,
        child_text=told["child"],
        child_by=by if told["child"] else None,
        state=(HomeworkState.SHARED if shared else HomeworkState.DRAFT).value,
        with_school=with_school,
        placement_id=year.placement_id if with_school else None,
        changed_on=begun_at.astimezone(AMSTERDAM).date(),
        begun_at=begun_at,
        updated_at=begun_at,
        shared_at=begun_at if shared else None,
        version=1,
    )


def _moment(clock: Clock, days: int) -> datetime:
    """Half past seven in the evening in The Hague, so many days from today."""
    return datetime.combine(clock.today() + timedelta(days), time(19, 30), AMSTERDAM)
