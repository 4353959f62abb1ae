"""Choices of the cast and of some classmates: a list, reasons, doubt through the year, and what it became."""

from datetime import date, datetime, time, timedelta
from typing import Any

from app.demo.people import People, Pupil
from app.demo.rows import Dice, Rows, data
from app.guidance.choices.models import ChoiceMoment, ChoiceOption, ChoiceOptionEntry, ChoicePick, ChoiceSureness
from app.people.models import Group, GroupMembership, Placement
from app.platform.clock import AMSTERDAM, Clock
from app.portfolio.models import Entry


def add_choices(rows: Rows, people: People, clock: Clock) -> None:
    """Makes the rows, after the stories that options point at."""
    pupils = {pupil.username: pupil for pupil in people.pupils}
    for told in data("choices.toml")["choice"]:
        _choice(rows, pupils[told["pupil"]], told, clock)


def _choice(rows: Rows, pupil: Pupil, told: dict[str, Any], clock: Clock) -> None:
    """In the class where it belongs, so many years ago; left out where the pupil was in no class then."""
    school_year = clock.today().year - (clock.today().month < 8) - told.get("years_ago", 0)
    placement = _placement(rows, pupil, school_year)
    if placement is None:
        return
    dice = Dice(f"choice {pupil.username} {told['kind']}")

    def day(days: int) -> datetime:
        """Half past three of a day before today; years ago: of the same day in that year, never of before its class."""
        on = clock.today() - timedelta(days)
        on = on.replace(year=on.year - told.get("years_ago", 0), day=min(on.day, 28))
        return datetime.combine(max(on, placement["starts_on"], date(school_year, 8, 25)), time(15, 30), AMSTERDAM)

    begun = day(told["begun"])
    last = day(min([told["begun"], *(one["ago"] for part in ("sure", "pick") for one in told.get(part, []))]))
    looked_back = told.get("look_back")
    moment = dice.id(begun)
    rows.add(
        ChoiceMoment,
        id=moment,
        pupil_id=pupil.id,
        placement_id=placement["id"],
        kind=told["kind"],
        school_year=school_year,
        ring=told.get("ring", 0),
        motives=told.get("motives", []),
        own_motive=told.get("own_motive", ""),
        version=1 + len(told.get("pick", [])),
        made_at=begun,
        updated_at=last,
        changed_on=last.astimezone(AMSTERDAM).date(),
        **({"look_back": looked_back, "looked_back_at": clock.now() - timedelta(4)} if looked_back else {}),
    )
    stories = {entry["title"]: entry["id"] for entry in rows.by_table[Entry] if entry["pupil_id"] == pupil.id}
    options = {}
    for number, option in enumerate(told["option"]):
        made_at = begun + timedelta(minutes=number)
        name = option.get("code") or option["name"]
        options[name] = dice.id(made_at)
        rows.add(
            ChoiceOption,
            id=options[name],
            moment_id=moment,
            code=option.get("code"),
            name=option.get("name", ""),
            plus=option.get("plus", ""),
            minus=option.get("minus", ""),
            seen=option.get("seen", ""),
            off_at=last if "off" in option else None,
            off_why=option.get("off", ""),
            version=1,
            made_at=made_at,
        )
        if option.get("story") in stories:
            rows.add(ChoiceOptionEntry, option_id=options[name], entry_id=stories[option["story"]])
    for sure in told.get("sure", []):
        at = day(sure["ago"])
        rows.add(
            ChoiceSureness,
            id=dice.id(at),
            moment_id=moment,
            sure=sure["sure"],
            words=sure.get("words", ""),
            at=at,
        )
    for pick in told.get("pick", []):
        at = day(pick["ago"])
        rows.add(
            ChoicePick,
            id=dice.id(at),
            moment_id=moment,
            plan_a=options[pick["plan_a"]],
            plan_b=options.get(pick.get("plan_b", "")),
            why=pick.get("why", ""),
            at=at,
        )


def _placement(rows: Rows, pupil: Pupil, school_year: int) -> dict[str, Any] | None:
    groups = {group["id"] for group in rows.by_table[Group] if group["school_year"] == school_year}
    within = {one["placement_id"] for one in rows.by_table[GroupMembership] if one["group_id"] in groups}
    return next((one for one in rows.by_table[Placement] if one["pupil_id"] == pupil.id and one["id"] in within), None)
