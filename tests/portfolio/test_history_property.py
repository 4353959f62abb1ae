"""A whole school life, day by day: for random histories what a viewer sees is what plain words say, on every day.

A history is ten years of one or two pupils: placements one after the other with moves in the middle of a year, classes,
teachers, substitutes, deans, guardians, birthdays and the pupil's own yes. The rules are those of
test_law_property.py, in plain Python. On each day on which anything could change, the day before and the day
after, the first wall answers for every viewer at once; some histories are walked through on all of their days.
TALENT_LAW_EXAMPLES makes more histories.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from hypothesis import event, given
from hypothesis import settings as effort
from hypothesis import strategies as some
from sqlalchemy import Connection, Date, Uuid, column, func, literal_column, select, text

from app.platform.clock import FixedClock
from app.portfolio.models import Entry
from app.portfolio.policy import may_see, sight_of
from tests.portfolio.test_law_property import (
    GROUPS,
    PERSONS,
    PUPILS,
    SCHOOLS,
    THOROUGH,
    Assigned,
    Child,
    Guards,
    Made,
    MadeUp,
    Member,
    Placed,
    Works,
    _id,
    by_second_wall,
    keep,
    schools,
    sees,
)

__all__ = ["schools"]

FIRST_DAY, LAST_DAY = date(2026, 8, 1), date(2036, 7, 31)
STAFF, GUARDIANS = PERSONS[2:6], PERSONS[6:]


def _days(first: date, last: date) -> some.SearchStrategy[date]:
    return some.dates(first, last)


@some.composite
def _school_life(draw: some.DrawFn, pupil: UUID, start_id: int) -> tuple[list[Placed], list[Member]]:
    """One to four placements after another, with gaps of none to some weeks; in each one to three classes."""
    placements, members = [], []
    day = draw(_days(FIRST_DAY, date(2027, 9, 1)))
    count = draw(some.integers(1, 4))
    for number in range(count):
        lasts = draw(some.integers(20, 1200))
        ends = None if number == count - 1 and draw(some.booleans()) else day + timedelta(lasts)
        school = draw(some.sampled_from(SCHOOLS))
        placed = Placed(_id(4, start_id + number), day, ends, pupil, school)
        placements.append(placed)
        begins = day
        for turn in range(draw(some.integers(1, 3))):
            until = begins + timedelta(draw(some.integers(5, 500)))
            if ends and until >= ends:
                until = ends
            open_end = ends is None and draw(some.booleans())
            members.append(
                Member(
                    _id(5, 10 * (start_id + number) + turn),
                    begins,
                    None if open_end else until,
                    placed.id,
                    draw(some.sampled_from(GROUPS[school])),
                )
            )
            begins = until + timedelta(1)
            if open_end or (ends and begins > ends):
                break
        if ends is None:
            break
        day = ends + timedelta(draw(some.sampled_from([1, 1, 1, 30])))
    return placements, members


def _with_ids(kind: int, ties: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [(_id(kind, number), *tie) for number, tie in enumerate(ties)]


@some.composite
def histories(draw: some.DrawFn) -> MadeUp:
    """Ten years; `today` is set by whoever walks through them."""
    placements, members = [], []
    for number, pupil in enumerate(PUPILS):
        lived, grouped = draw(_school_life(pupil, 10 * number))
        placements += lived
        members += grouped

    def dated() -> tuple[date, date | None]:
        begins = draw(_days(FIRST_DAY, date(2035, 1, 1)))
        return begins, draw(some.none() | some.integers(0, 900).map(lambda days: begins + timedelta(days)))

    roles = [
        Works(new, *dated(), draw(some.sampled_from(STAFF)), draw(some.sampled_from(SCHOOLS)), role)
        for new, role in _with_ids(6, [(r,) for r in draw(
            some.lists(some.sampled_from(["teacher", "teacher", "teacher", "dean", "admin"]), min_size=2, max_size=5)
        )])
    ]  # fmt: skip
    assignments = [
        Assigned(new, *dated(), role.id, draw(some.sampled_from(GROUPS[role.school_id])))
        for new, role in _with_ids(7, [(role,) for role in roles + roles])
        if role.role == "teacher" and role.school_id
    ]
    guardianships = [
        Guards(
            new,
            guardian,
            pupil,
            draw(some.sampled_from(["yes", "yes", "limited", "no"])),
            draw(some.sampled_from(["confirmed", "confirmed", "confirmed", "claimed", "ended"])),
            draw(some.none() | _days(FIRST_DAY, LAST_DAY)),
        )
        for new, guardian, pupil in _with_ids(8, [(g, p) for g in GUARDIANS for p in PUPILS])
    ]
    children = {}
    for pupil in PUPILS:
        born = draw(some.one_of(_days(date(2014, 9, 1), date(2018, 12, 31)), some.just(date(2016, 2, 29))))
        children[pupil] = Child(born, draw(some.none() | _days(date(2030, 1, 1), LAST_DAY)))
    entries = []
    for number in range(8):
        placement = draw(some.sampled_from(placements))
        last = min(LAST_DAY, (placement.ends_on or LAST_DAY) + timedelta(40))
        ring = draw(some.sampled_from([0, 1, 2, 2]))
        schools = [[each.id] for each in placements if each.pupil_id == placement.pupil_id]
        entries.append(
            Made(
                _id(9, number),
                placement.pupil_id,
                placement.id if ring else None,
                draw(some.sampled_from(["shared", "seen", "asked_back"])) if ring else "draft",
                ring,
                draw(_days(placement.starts_on, max(placement.starts_on, last))),
                draw(some.none() | some.sampled_from(schools)),
            )
        )
    return MadeUp(FIRST_DAY, children, placements, members, roles, assignments, guardianships, entries, [])


def turning_days(history: MadeUp) -> list[date]:
    """Every day on which a rule could turn, with the day before and the day after."""
    days = {FIRST_DAY, LAST_DAY}
    for tie in [*history.placements, *history.members, *history.roles, *history.assignments]:
        days |= {tie.starts_on} | ({tie.ends_on} if tie.ends_on else set())
    for child in history.children.values():
        assert child.birth_date
        for age in (12, 16, 18):
            days |= {date(child.birth_date.year + age, child.birth_date.month, min(child.birth_date.day, 28))}
            days |= {date(child.birth_date.year + age, 3, 1)}
        days |= {child.said_yes_on} if child.said_yes_on else set()
    days |= {tie.opened_on for tie in history.guardianships if tie.opened_on}
    days |= {entry.changed_on for entry in history.entries}
    days |= {date(year, 7, 31) for year in range(2027, 2037)}
    around = {day + timedelta(step) for day in days for step in (-1, 0, 1)}
    return sorted(day for day in around if FIRST_DAY <= day <= LAST_DAY)


_ASKED = (
    func.unnest(literal_column("cast(:viewers as uuid[])"), literal_column("cast(:days as date[])"))
    .table_valued(column("viewer", Uuid()), column("day", Date()))
    .render_derived(name="asked")
)
_ANSWERS = text(
    str(
        select(_ASKED.c.day, _ASKED.c.viewer, Entry.id)
        .select_from(_ASKED)
        .join(Entry, may_see(sight_of(_ASKED.c.viewer, _ASKED.c.day)))
        .compile(compile_kwargs={"literal_binds": True})
    )
)


def seen_by_first_wall(connection: Connection, days: list[date]) -> dict[tuple[date, UUID], set[UUID]]:
    """What each viewer sees on each of these days, in one statement, as the tables' owner."""
    asked = [(day, viewer) for day in days for viewer in PERSONS]
    found: dict[tuple[date, UUID], set[UUID]] = {pair: set() for pair in asked}
    values = {"viewers": [viewer for _, viewer in asked], "days": [day for day, _ in asked]}
    for day, viewer, entry in connection.execute(_ANSWERS, values):
        found[day, viewer].add(entry)
    connection.rollback()
    return found


def in_plain_words(history: MadeUp, days: list[date]) -> dict[tuple[date, UUID], set[UUID]]:
    """The same, by the rules of the product description."""
    found = {}
    for day in days:
        world = replace(history, today=day)
        for viewer in PERSONS:
            found[day, viewer] = {entry.id for entry in world.entries if sees(world, viewer, entry)}
    return found


def _live(connection: Connection, history: MadeUp) -> None:
    keep(connection, history, datetime(2026, 8, 1, tzinfo=UTC))


@THOROUGH
@given(histories())
def test_on_every_day_that_matters_everybody_sees_what_plain_words_say(schools: Connection, history: MadeUp) -> None:
    _live(schools, history)
    days = turning_days(history)
    expected = in_plain_words(history, days)
    by_staff = any(seen for (_, viewer), seen in expected.items() if viewer in STAFF)
    event("staff see something" if by_staff else "staff see nothing")
    assert seen_by_first_wall(schools, days) == expected


@effort(THOROUGH, max_examples=max(1, THOROUGH.max_examples // 50))
@given(histories())
def test_and_so_on_each_single_day_of_ten_years(schools: Connection, history: MadeUp) -> None:
    _live(schools, history)
    days = [FIRST_DAY + timedelta(number) for number in range((LAST_DAY - FIRST_DAY).days + 1)]
    for month in range(0, len(days), 120):
        some_days = days[month : month + 120]
        assert seen_by_first_wall(schools, some_days) == in_plain_words(history, some_days)


@effort(THOROUGH, max_examples=10)
@given(histories(), some.data())
async def test_and_so_by_the_second_wall_alone(
    schools: Connection, app: FastAPI, clock: FixedClock, history: MadeUp, data: some.DataObject
) -> None:
    _live(schools, history)
    schools.execute(text("update session set expires_at = '2040-01-01', idle_seconds = 2000000000"))
    schools.commit()
    for day in data.draw(some.lists(some.sampled_from(turning_days(history)), min_size=4, max_size=4)):
        now = datetime(day.year, day.month, day.day, 11, tzinfo=UTC)
        expected = in_plain_words(history, [day])
        for viewer in PERSONS:
            assert await by_second_wall(app, viewer, now, day) == expected[day, viewer]
