"""The pupil's day: something of years ago, always the same one, found by an index however much there is."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.guidance.today.queries import TODAY_PAGE
from tests.guidance.cost import entries_read
from tests.world import World


async def year_ago(world: World, who: UUID | None = None) -> dict[str, Any] | None:
    answer = await world.client(who or world.pupil).get("/v1/me/today")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] | None = answer.json()["yearAgo"]
    return found


def happened(world: World, day: date, title: str = "Haven", **fields: Any) -> UUID:
    values = {"school_year": max(2018, day.year - (day.month < 8)), "happened_on": day, "sort_on": day}
    return world.new_entry(title, **(values | fields))


async def test_what_happened_a_year_ago_today_comes_back(world: World) -> None:
    happened(world, date(2025, 11, 24))
    found = await year_ago(world)
    assert found is not None
    assert (found["years"], found["onTheDay"], found["entry"]["title"]) == (1, True, "Haven")


@pytest.mark.parametrize(("days", "found"), [(-4, False), (-3, True), (3, True), (4, False)])
async def test_three_days_around_it_are_the_same_week(days: int, found: bool, world: World) -> None:
    happened(world, date(2024, 11, 24) + timedelta(days))
    one = await year_ago(world)
    assert (one and (one["years"], one["onTheDay"])) == ((2, False) if found else None)


async def test_it_is_the_day_itself_then_the_last_year_then_the_nearest_day(world: World) -> None:
    happened(world, date(2022, 11, 25), "vier jaar, een dag later")
    assert (await year_ago(world) or {})["entry"]["title"] == "vier jaar, een dag later"
    happened(world, date(2025, 11, 22), "een jaar, twee dagen eerder")
    assert (await year_ago(world) or {})["entry"]["title"] == "een jaar, twee dagen eerder"
    happened(world, date(2025, 11, 25), "een jaar, een dag later")
    assert (await year_ago(world) or {})["entry"]["title"] == "een jaar, een dag later"
    happened(world, date(2023, 11, 24), "drie jaar, op de dag")
    for _ in range(2):
        assert (await year_ago(world) or {})["entry"]["title"] == "drie jaar, op de dag"


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "draft", "ring": 0, "placement_id": None, "shared_at": None},
        {"state": "trashed"},
        {"state": "archived"},
        {"kind": "result", "details": {"kind": "result"}},
        {"happened_on": None},
    ],
    ids=["draft", "trashed", "archived", "result", "no day"],
)
async def test_drafts_what_is_put_away_and_results_do_not_come_back(fields: dict[str, Any], world: World) -> None:
    happened(world, date(2025, 11, 24), **fields)
    assert await year_ago(world) is None


async def test_this_year_and_others_stories_do_not_come_back(world: World) -> None:
    happened(world, date(2026, 11, 24))
    happened(world, date(2025, 11, 24))
    for who in (world.classmate, world.teacher, world.guardian):
        assert await year_ago(world, who) is None


@pytest.mark.parametrize(
    ("happened_on", "today", "years", "on_the_day"),
    [
        (date(2024, 2, 29), date(2025, 2, 28), 1, False),
        (date(2024, 2, 29), date(2025, 3, 1), 1, True),
        (date(2024, 2, 29), date(2028, 2, 29), 4, True),
        (date(2024, 2, 29), date(2028, 3, 1), 4, False),
        (date(2027, 2, 28), date(2028, 2, 29), 1, False),
        (date(2027, 3, 1), date(2028, 2, 29), 1, False),
        (date(2027, 3, 1), date(2028, 3, 1), 1, True),
        (date(2025, 12, 31), date(2027, 1, 2), 1, False),
    ],
)
async def test_29_february_and_new_year(
    happened_on: date, today: date, years: int, on_the_day: bool, world: World
) -> None:
    world.at(today)
    happened(world, happened_on)
    found = await year_ago(world)
    assert found is not None
    assert (found["years"], found["onTheDay"]) == (years, on_the_day)


async def test_a_step_of_a_talk_stands_on_home_from_its_day_until_it_is_done(world: World) -> None:
    talk, pupil, day = world.new_conversation(), world.client(world.pupil), date(2026, 12, 17)
    agreed = {
        "id": str(world.new_id()),
        "text": "Meelopen",
        "who": "pupil",
        "dueOn": "2026-12-19",
        "remindOn": str(day),
    }
    later = {"id": str(world.new_id()), "text": "Open avond", "who": "home", "dueOn": "2027-01-22"}
    staffs = {
        "id": str(world.new_id()),
        "text": "Bellen",
        "who": "staff",
        "staffId": str(world.dean),
        "dueOn": str(day),
    }
    world.new_record(talk, steps=[agreed, later, staffs])

    async def step() -> dict[str, Any] | None:
        found: dict[str, Any] | None = (await pupil.get("/v1/me/today")).json()["step"]
        return found

    world.at(day)
    assert await step() is None, "nothing was agreed yet"
    world.at(day - timedelta(days=1))
    world.new_agreement(talk)
    assert await step() is None, "the day before"
    world.at(day)
    found = await step()
    assert found is not None
    assert (found["text"], found["conversationId"]) == ("Meelopen", str(talk)), "and not what staff does"
    path = f"/v1/me/steps/{found['id']}/state"
    done = await pupil.put(path, json={"state": "done"}, headers={"If-Match": f'"{found["version"]}"'})
    assert done.status_code == 200
    assert await step() is None
    world.at(date(2027, 1, 22))
    found = await step()
    assert (found and found["text"]) == "Open avond", "what home does is told to the pupil as well"


async def test_more_entries_cost_no_more(world: World) -> None:
    fill = (
        "insert into entry (id, pupil_id, placement_id, school_year, kind, state, ring, title, happened_on, sort_on,"
        " version, changed_on, updated_at, shared_at, details)"
        " select uuidv7(), :pupil, :placement, 2018 + number % 8, 'experience', 'seen', 1, 'Bezoek', day, day, 1, day,"
        ' day, day, \'{"kind": "experience"}\' from generate_series(1, :count) number,'
        " lateral (select date '2018-08-05' + number % 8 * 365 + number % 30 as day) made"
    )
    for pupil, count in ((world.classmate, 4_000), (world.pupil, 40)):
        world.change(fill, pupil=pupil, placement=world.placement, count=count)
    read = []
    for count in (400, 1_200):
        world.change(fill, pupil=world.pupil, placement=world.placement, count=count)
        world.change("analyze entry")
        read.append(await entries_read(world, TODAY_PAGE, world.pupil))
    assert read[0] < 10
    assert read[1] == read[0]
