"""The suggestion: one kind of work that the pupil has not seen, with something planned; and "niet voor mij"."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from asyncpg import PostgresError

from app.reference.catalogue import work_fields
from app.reference.codes import WorkField
from tests.portfolio.test_walls import _rows, _run_as
from tests.world import World

BEFORE = date(2026, 9, 7)
"""A day before this week."""


def visit(world: World, field: str, days: int = 10, **fields: Any) -> UUID:
    """Something that the class of the pupil will do, planned long ago."""
    day = world.clock.today() + timedelta(days=days)
    values = {"happens_on": day, "work_fields": [field], "updated_at": world.clock.now() - timedelta(days=30)}
    return world.new_activity(world.group, **(values | fields))


async def suggested(world: World, pupil: UUID | None = None) -> Any:
    answer = await world.client(pupil or world.pupil).get("/v1/me/suggestion")
    assert answer.status_code == 200, answer.text
    return answer.json()["suggestion"]


async def field_of(world: World, pupil: UUID | None = None) -> str | None:
    found = await suggested(world, pupil)
    return found and found["field"]


async def test_a_kind_of_work_that_was_not_seen_comes_with_what_is_planned_there(world: World) -> None:
    world.new_entry(work_fields=["zorg"], sort_on=BEFORE)
    activity = visit(world, "groen", title="Naar de kas", place="Loosduinen", organisation="Kwekerij Zon")
    found = await suggested(world)
    assert (found["field"], found["activity"]["id"]) == ("groen", str(activity))
    groups = [group["name"] for group in found["activity"]["groups"]]
    assert (found["activity"]["title"], groups) == ("Naar de kas", ["2A"])


async def test_without_anything_planned_there_is_no_suggestion(world: World) -> None:
    world.new_entry(work_fields=["zorg"])
    assert await suggested(world) is None


async def test_who_saw_all_that_is_planned_is_pointed_nowhere(world: World) -> None:
    world.new_entry(work_fields=["groen", "bouw"])
    visit(world, "groen")
    visit(world, "bouw")
    assert await suggested(world) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "draft", "ring": 0, "placement_id": None, "shared_at": None},
        {"state": "archived", "state_before_trash": "seen"},
    ],
)
async def test_own_drafts_and_what_was_put_away_count_as_seen(fields: dict[str, Any], world: World) -> None:
    visit(world, "groen")
    world.new_entry(work_fields=["groen"], **fields)
    assert await suggested(world) is None


async def test_school_results_and_what_was_thrown_away_do_not_count_as_seen(world: World) -> None:
    visit(world, "groen")
    world.new_entry(work_fields=["groen"], kind="result", details={"kind": "result"})
    thrown = {"state": "trashed", "state_before_trash": "shared", "trashed_at": world.clock.now()}
    world.new_entry(work_fields=["groen"], **thrown)
    assert await field_of(world) == "groen"


async def test_what_is_over_cancelled_not_published_or_for_others_is_no_suggestion(world: World) -> None:
    visit(world, "groen", days=0)
    visit(world, "bouw", days=-3)
    visit(world, "ict", state="cancelled")
    visit(world, "handel", state="draft")
    day = world.clock.today() + timedelta(days=10)
    world.new_activity(world.other_group, happens_on=day, work_fields=["horeca"])
    away = visit(world, "media")
    told = {"absent": [str(world.pupil)]}
    answer = await world.client(world.teacher).put(f"/v1/activities/{away}/attendance", json=told)
    assert answer.status_code == 204
    assert await suggested(world) is None
    assert await field_of(world, world.classmate) == "media"


async def test_who_leaves_the_class_before_the_day_is_not_pointed_to_it(world: World) -> None:
    left = world.clock.today() + timedelta(days=5)
    moved, _ = world.new_pupil("Vertrekt", world.kust, world.group, ends_on=left)
    visit(world, "groen", days=10)
    assert await suggested(world, moved) is None
    assert await field_of(world) == "groen"


async def test_six_visits_to_care_point_to_something_further_off(world: World) -> None:
    for number in range(6):
        world.new_entry(f"Zorg {number}", work_fields=["zorg"], sort_on=BEFORE)
    for near in ("onderwijs", "recht"):
        visit(world, near, days=2)
    visit(world, "transport", days=40)
    for week in range(6):
        world.at(date(2026, 11, 16) + timedelta(weeks=week))
        world.change("update activity set happens_on = :day", day=world.clock.today() + timedelta(days=9))
        assert await field_of(world) == "transport", "near fields come last, whichever week it is"


async def test_it_is_the_same_all_week_whatever_is_planned_meanwhile(world: World) -> None:
    for field in ("groen", "bouw", "ict", "media"):
        visit(world, field, days=60)
    world.at(monday := date(2026, 11, 16))
    first = await suggested(world)
    world.at(monday + timedelta(days=2))
    for number, field in enumerate(WorkField):
        visit(world, field, days=number + 1, updated_at=world.clock.now())
    world.at(monday + timedelta(days=6))
    assert await suggested(world) == first
    weeks = set()
    for week in range(1, 8):
        world.at(monday + timedelta(weeks=week))
        weeks.add(await field_of(world))
    assert len(weeks) > 1, "another week may bring something else"


async def test_an_entry_of_it_ends_the_suggestion_at_once(world: World) -> None:
    activity = visit(world, "groen")
    assert await field_of(world) == "groen"
    world.new_entry(work_fields=["groen"], details={"kind": "experience", "activityId": str(activity)})
    assert await suggested(world) is None


async def test_not_for_me_is_respected_and_can_be_taken_back(world: World) -> None:
    visit(world, "groen")
    pupil = world.client(world.pupil)
    for not_for_me, left, kept in ((True, None, ["groen"]), (True, None, ["groen"]), (False, "groen", [])):
        answer = await pupil.put("/v1/me/fields/groen", json={"notForMe": not_for_me})
        assert answer.status_code == 204, answer.text
        page = (await pupil.get("/v1/me/suggestion")).json()
        assert (page["suggestion"] and page["suggestion"]["field"], page["notForMe"]) == (left, kept)
    assert await field_of(world, world.classmate) == "groen", "another's no is another's"


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("ruimtevaart", {"notForMe": True}),
        ("groen", {}),
        ("groen", {"notForMe": "ja"}),
        ("groen", {"notForMe": True, "why": "saai"}),
    ],
)
async def test_a_choice_that_is_none_is_refused(field: str, told: dict[str, Any], world: World) -> None:
    assert (await world.client(world.pupil).put(f"/v1/me/fields/{field}", json=told)).status_code == 422
    assert world.scalar("select count(*) from field_choice") == 0


async def test_nobody_else_reads_what_is_not_for_me(world: World) -> None:
    await world.client(world.pupil).put("/v1/me/fields/groen", json={"notForMe": True})
    for who in ("teacher", "dean", "guardian", "classmate", "admin", "coordinator"):
        assert await _rows(world, getattr(world, who), "field_choice") == 0, who
    assert await _rows(world, None, "field_choice") == 0
    assert await _rows(world, world.pupil, "field_choice") == 1


async def test_nobody_chooses_for_another_past_the_first_wall(world: World) -> None:
    with pytest.raises(PostgresError, match="row-level security"):
        await _run_as(world, world.teacher, "insert into field_choice values ($1, 'groen', '2026-11-16')", world.pupil)
    await world.client(world.pupil).put("/v1/me/fields/groen", json={"notForMe": True})
    await _run_as(world, world.teacher, "delete from field_choice")
    assert world.scalar("select count(*) from field_choice") == 1


def test_what_lies_near_lies_near_both_ways_and_leaves_something_far() -> None:
    near = {field.code: set(field.near) for field in work_fields()}
    for field, beside in near.items():
        assert field not in beside
        assert all(field in near[other] for other in beside), field
        assert len(beside) < len(near) / 2
