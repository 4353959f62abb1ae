"""Activities: planned for groups, waiting for who was there, looked back on by who shared."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.ids import new_id
from tests.portfolio.test_entries import problem
from tests.world import World


def plan(world: World, *groups: UUID, **fields: Any) -> dict[str, Any]:
    told = {"title": "Bezoek aan de haven", "happensOn": world.clock.today().isoformat()}
    return told | {"groupIds": [str(group) for group in groups or (world.group,)]} | fields


async def put(
    client: httpx.AsyncClient, activity: UUID, told: dict[str, Any], version: int | None = None
) -> httpx.Response:
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return await client.put(f"/v1/activities/{activity}", json=told, headers=headers)


async def publish(client: httpx.AsyncClient, activity: UUID, version: int = 1) -> httpx.Response:
    return await client.post(f"/v1/activities/{activity}/publish", headers={"If-Match": f'"{version}"'})


async def waiting(world: World, pupil: UUID) -> list[str]:
    answer = await world.client(pupil).get("/v1/me/activities")
    assert answer.status_code == 200, answer.text
    return [item["title"] for item in answer.json()["items"]]


async def states(world: World, activity: UUID) -> dict[str, str]:
    answer = await world.client(world.teacher).get(f"/v1/activities/{activity}")
    assert answer.status_code == 200, answer.text
    return {one["givenName"]: one["state"] for one in answer.json()["participants"]}


async def test_what_is_published_waits_for_the_pupils_of_its_groups(world: World) -> None:
    teacher, activity = world.client(world.teacher), new_id(world)
    made = await put(teacher, activity, plan(world, workFields=["transport"], bring="Oude schoenen"))
    assert (made.status_code, made.json()["state"], made.json()["pupils"]) == (201, "draft", 2)
    assert await waiting(world, world.pupil) == []
    for _ in ("publishes", "again"):
        answer = await publish(teacher, activity)
        assert (answer.status_code, answer.json()["version"]) == (200, 2)
    assert await waiting(world, world.pupil) == ["Bezoek aan de haven"]
    assert await waiting(world, world.other_pupil) == []
    await teacher.post(f"/v1/activities/{activity}/cancel", headers={"If-Match": '"2"'})
    assert await waiting(world, world.pupil) == []


async def test_what_was_written_waits_no_more_and_the_teacher_sees_what_is_shared(world: World) -> None:
    activity = world.new_activity(world.group)
    about = {"kind": "experience", "activityId": str(activity)}
    world.new_entry(state="draft", ring=0, placement_id=None, shared_at=None, details=about)
    assert await waiting(world, world.pupil) == []
    assert await states(world, activity) == {"Yara": "open", "Omar": "open"}, "drafts are the pupil's own"
    world.new_entry(details=about)
    assert await states(world, activity) == {"Yara": "shared", "Omar": "open"}
    row = (await world.client(world.teacher).get(f"/v1/schools/{world.kust}/activities")).json()["items"][0]
    assert (row["pupils"], row["shared"]) == (2, 1)


async def test_a_pupil_keeps_the_activity_with_the_entry(world: World) -> None:
    activity, pupil, entry = world.new_activity(world.group), world.client(world.pupil), new_id(world)
    told = {"title": "Haven", "details": {"kind": "experience", "activityId": str(activity)}}
    assert (await pupil.put(f"/v1/entries/{entry}", json=told)).status_code == 201
    assert await waiting(world, world.pupil) == []


async def test_for_who_was_not_there_nothing_waits(world: World) -> None:
    activity, teacher = world.new_activity(world.group), world.client(world.teacher)
    for absent, left in (([world.pupil], []), ([], ["Bezoek aan de haven"])):
        told = {"absent": [str(one) for one in absent]}
        assert (await teacher.put(f"/v1/activities/{activity}/attendance", json=told)).status_code == 204
        assert await waiting(world, world.pupil) == left
    stranger = {"absent": [str(world.other_pupil)]}
    answer = await teacher.put(f"/v1/activities/{activity}/attendance", json=stranger)
    assert problem(answer)[0] == 422


async def test_who_joins_later_or_left_before_is_not_part_of_it(world: World) -> None:
    day = world.clock.today()
    activity = world.new_activity(world.group)
    world.new_pupil("Later", world.kust, world.group, starts_on=day + timedelta(days=1))
    world.new_pupil("Vertrokken", world.kust, world.group, ends_on=day - timedelta(days=1))
    assert set(await states(world, activity)) == {"Yara", "Omar"}


async def test_of_two_who_change_it_at_once_the_second_is_told(world: World) -> None:
    activity = world.new_activity(world.group)
    first, second = world.client(world.teacher), world.client(world.dean)
    assert (await put(first, activity, plan(world, title="Haven, tien uur"), 1)).status_code == 200
    assert problem(await put(second, activity, plan(world, title="Haven, elf uur"), 1))[0] == 412
    assert (await put(second, activity, plan(world, title="Haven, elf uur"), 2)).json()["version"] == 3


async def test_the_same_plan_sent_twice_is_one_activity(world: World) -> None:
    teacher, activity = world.client(world.teacher), new_id(world)
    assert [(await put(teacher, activity, plan(world))).status_code for _ in range(2)] == [201, 200]
    assert problem(await put(teacher, activity, plan(world, title="Anders"))) == (409, "already-exists-different")


@pytest.mark.parametrize("wrong", ["another class", "another school", "another year", "nobody's"])
async def test_one_plans_for_own_groups_of_that_school_year(wrong: str, world: World) -> None:
    group = {
        "another class": world.other_group,
        "another school": world.far_group,
        "another year": world.new_group(world.kust, "1A", 2025),
        "nobody's": new_id(world),
    }[wrong]
    answer = await put(world.client(world.teacher), new_id(world), plan(world, world.group, group))
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == "/groupIds"


async def test_a_dean_plans_for_the_whole_school_and_moves_what_pupils_wrote_about(world: World) -> None:
    dean, activity = world.client(world.dean), new_id(world)
    assert (await put(dean, activity, plan(world, world.group, world.other_group))).json()["pupils"] == 2
    await publish(dean, activity)
    world.new_entry(details={"kind": "experience", "activityId": str(activity)})
    moved = plan(world, world.group, happensOn=date(2026, 12, 1).isoformat())
    assert (await put(dean, activity, moved, 2)).status_code == 200
    assert await states(world, activity) == {"Yara": "shared", "Omar": "open"}


async def test_the_last_day_is_not_before_the_first(world: World) -> None:
    told = plan(world, endsOn="2026-01-01")
    assert problem(await put(world.client(world.teacher), new_id(world), told))[0] == 422


async def test_three_hundred_pupils_are_a_second_at_most(world: World) -> None:
    """Nothing is written for them: what waits is derived."""
    group = world.new_group(world.kust, "Jaarlaag")
    world.change(
        "with people as (insert into person (id, given_name, family_name, search_name) select uuidv7(), 'Kind',"
        " number::text, 'kind' from generate_series(1, 300) number returning id), placed as (insert into placement"
        " (id, pupil_id, school_id, starts_on) select uuidv7(), id, :school, '2026-08-01' from people returning id)"
        " insert into group_membership (id, placement_id, group_id, starts_on)"
        " select uuidv7(), id, :grp, '2026-08-01' from placed",
        school=world.kust, grp=group,
    )  # fmt: skip
    activity = world.new_activity(group, state="draft")
    answer = await publish(world.client(world.dean), activity)
    assert answer.json()["pupils"] == 300
    assert answer.elapsed < timedelta(seconds=1)
