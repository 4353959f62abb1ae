"""Talks of a whole class: who has none yet, planning in one go, taking back; and what staff agreed to do."""

import asyncio
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from app.guidance.rounds.queries import GROUP_ROUNDS, SCHOOL_ROUNDS
from tests.guidance.cost import entries_read
from tests.ids import new_id
from tests.portfolio.test_entries import problem
from tests.world import World

DAY = date(2026, 12, 3)


def round_of(world: World, *pupils: UUID, **fields: Any) -> dict[str, Any]:
    """A talk with each of them, one after the other from nine o'clock, with the dean."""
    talks = [
        {
            "id": str(new_id(world)),
            "pupilId": str(pupil),
            "onDay": str(DAY),
            "atTime": f"{9 + n // 3:02}:{n % 3 * 20:02}",
        }
        for n, pupil in enumerate(pupils)
    ]
    return {"kind": "career", "heldWith": str(world.dean), "minutes": 20, "talks": talks} | fields


async def plan(client: httpx.AsyncClient, world: World, body: dict[str, Any]) -> httpx.Response:
    return await client.post(f"/v1/groups/{world.group}/conversations", json=body)


async def the_class(world: World, who: UUID | None = None) -> dict[str, Any]:
    answer = await world.client(who or world.dean).get(f"/v1/groups/{world.group}/conversations")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def talks(world: World, who: UUID | None = None) -> dict[str, list[str]]:
    return {
        one["givenName"]: [talk["state"] for talk in one["talks"]] for one in (await the_class(world, who))["pupils"]
    }


async def test_a_class_is_planned_in_one_go(world: World) -> None:
    answer = await plan(world.client(world.dean), world, round_of(world, world.pupil, world.classmate, place="1.12"))
    assert (answer.status_code, len(answer.json()["planned"]), answer.json()["leftOut"]) == (201, 2, [])
    assert await talks(world) == {"Omar": ["planned"], "Yara": ["planned"]}
    row = world.scalar("select placement_id from conversation where pupil_id = :p", p=world.pupil)
    assert row == world.placement


async def test_the_same_call_again_changes_nothing(world: World) -> None:
    dean, body = world.client(world.dean), round_of(world, world.pupil, world.classmate)
    first, again = await plan(dean, world, body), await plan(dean, world, body)
    assert (again.status_code, again.json()) == (201, first.json())
    assert world.scalar("select count(*) from conversation") == 2
    body["talks"][0]["atTime"] = "11:00"
    assert problem(await plan(dean, world, body)) == (409, "already-exists-different")


async def test_who_has_one_of_that_kind_coming_is_left_out_and_named(world: World) -> None:
    world.new_conversation(kind="career", on_day=DAY)
    answer = await plan(world.client(world.dean), world, round_of(world, world.classmate, world.pupil))
    assert answer.json()["leftOut"] == [str(world.pupil)]
    assert len(answer.json()["planned"]) == 1
    other = await plan(world.client(world.dean), world, round_of(world, world.pupil, kind="progress", minutes=5, talks=[
        {"id": str(new_id(world)), "pupilId": str(world.pupil), "onDay": str(DAY), "atTime": "15:00"}]))  # fmt: skip
    assert other.json()["leftOut"] == [], "of another kind there may be one"


async def test_no_two_talks_of_one_person_at_one_time(world: World) -> None:
    world.new_conversation(world.other_pupil, kind="study", on_day=DAY, at_time=time(9, 10), minutes=15)
    dean, body = world.client(world.dean), round_of(world, world.classmate, world.pupil)
    answer = await plan(dean, world, body)
    assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [("/talks/0/atTime", "time_taken")]
    assert world.scalar("select count(*) from conversation") == 1, "all of them or none"
    taken = [(one["atTime"][:5], one["minutes"]) for one in (await the_class(world))["taken"]]
    assert taken == [("09:10", 15)]
    for talk in body["talks"]:
        talk["atTime"] = "10:00"
    assert (await plan(dean, world, body)).status_code == 422, "two of one call neither"
    world.change("update conversation set cancelled_at = now()")
    assert (await plan(dean, world, round_of(world, world.pupil))).status_code == 201


async def test_of_two_who_plan_at_once_the_second_is_told(world: World) -> None:
    other = world.new_staff("Lies", world.kust, "dean")
    calls = [
        plan(world.client(world.dean), world, round_of(world, world.pupil)),
        plan(world.client(other), world, round_of(world, world.classmate)),
    ]
    answers = await asyncio.gather(*calls)
    assert sorted(answer.status_code for answer in answers) == [201, 422]
    assert world.scalar("select count(*) from conversation") == 1


async def test_two_who_plan_the_same_pupil_make_one_talk(world: World) -> None:
    other = world.new_staff("Lies", world.kust, "dean")
    late = round_of(world, world.pupil, talks=[
        {"id": str(new_id(world)), "pupilId": str(world.pupil), "onDay": str(DAY), "atTime": "14:00"}])  # fmt: skip
    answers = await asyncio.gather(
        plan(world.client(world.dean), world, round_of(world, world.pupil)), plan(world.client(other), world, late)
    )
    assert [answer.status_code for answer in answers] == [201, 201]
    assert sorted(len(answer.json()["leftOut"]) for answer in answers) == [0, 1]


async def test_what_nobody_counts_on_is_taken_back(world: World) -> None:
    dean = world.client(world.dean)
    planned = (await plan(dean, world, round_of(world, world.pupil, world.classmate))).json()["planned"]
    world.new_sheet(UUID(planned[0]), ready_at=None)
    address = f"/v1/groups/{world.group}/conversations/take-back"
    for who in (world.teacher, world.pupil, world.other_teacher):
        await world.client(who).post(address, json={"ids": planned})
    assert world.scalar("select count(*) from conversation") == 2
    answer = await dean.post(address, json={"ids": planned})
    assert answer.json() == {"takenBack": planned[1:], "stayed": planned[:1]}, "the pupil has begun"
    world.at(date(2026, 11, 25))
    assert (await dean.post(address, json={"ids": planned})).json()["takenBack"] == []


@pytest.mark.parametrize(
    ("told", "pointer"),
    [
        ({"minutes": 4}, "/minutes"),
        ({"place": "a" * 121}, "/place"),
        ({"talks": []}, "/talks"),
        ({"kind": "chat"}, "/kind"),
        ({"score": 1}, "/score"),
    ],
)
async def test_what_does_not_fit_is_named(told: dict[str, Any], pointer: str, world: World) -> None:
    answer = await plan(world.client(world.dean), world, round_of(world, world.pupil, **told))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_days_partners_and_pupils_that_do_not_fit(world: World) -> None:
    dean = world.client(world.dean)
    for change, pointer in (
        ({"onDay": "2026-11-23"}, "/talks/0/onDay"),
        ({"onDay": "2028-01-10"}, "/talks/0/onDay"),
        ({"pupilId": str(world.other_pupil)}, "/talks/0/pupilId"),
    ):
        body = round_of(world, world.pupil)
        body["talks"][0] |= change
        answer = await plan(dean, world, body)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
    for person in (world.far_dean, world.other_teacher, world.former_teacher, world.admin):
        answer = await plan(dean, world, round_of(world, world.pupil, heldWith=str(person)))
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/heldWith")


async def test_the_overview_counts_each_state_and_who_has_none(world: World) -> None:
    agreed = world.new_agreed_conversation(kind="career", on_day=date(2026, 10, 1))
    assert agreed
    prepared = world.new_conversation(kind="study", on_day=DAY)
    world.new_sheet(prepared)
    world.new_conversation(kind="study", on_day=DAY, cancelled_at=world.clock.now())
    world.new_conversation(kind="progress", on_day=date(2026, 7, 31))
    page = (await world.client(world.dean).get(f"/v1/schools/{world.kust}/conversations")).json()
    (first,) = page["groups"]
    assert (first["name"], first["pupilCount"], first["without"]) == ("2A", 2, 1)
    none = {"planned": 0, "prepared": 0, "held": 0, "agreed": 0}
    assert first["kinds"] == [{"kind": "career", **none, "agreed": 1}, {"kind": "study", **none, "prepared": 1}]
    own = (await world.client(world.teacher).get(f"/v1/schools/{world.kust}/conversations")).json()
    assert [one["name"] for one in own["groups"]] == ["2A"]
    assert await talks(world, world.teacher) == {"Omar": [], "Yara": ["agreed", "prepared"]}


async def test_a_teacher_learns_when_a_dean_is_taken_and_not_with_whom(world: World) -> None:
    world.new_conversation(world.other_pupil, placement_id=world.scalar(
        "select id from placement where pupil_id = :p", p=world.other_pupil), on_day=DAY)  # fmt: skip
    found = (await the_class(world, world.teacher))["taken"]
    assert [set(one) for one in found] == [{"heldWith", "onDay", "atTime", "minutes"}]


async def test_the_cost_does_not_grow_with_the_years(world: World) -> None:
    """Talks of years ago are not read."""
    asked = {"school_id": world.kust, "group_id": world.group}
    before = [
        await entries_read(world, page, world.dean, of="conversation", **asked)
        for page in (SCHOOL_ROUNDS, GROUP_ROUNDS)
    ]
    for year in range(2018, 2026):
        for day in range(1, 26):
            world.new_conversation(on_day=date(year, 10, day), held_at=world.clock.now())
    after = [
        await entries_read(world, page, world.dean, of="conversation", **asked)
        for page in (SCHOOL_ROUNDS, GROUP_ROUNDS)
    ]
    for one, other in zip(before, after, strict=True):
        assert other <= one + 10


async def agreed(world: World, who: UUID) -> list[str]:
    return [one["text"] for one in (await world.client(who).get("/v1/me/agreed-steps")).json()["today"]]


async def test_what_staff_agreed_stands_there_on_its_day_not_before_and_not_when_done(world: World) -> None:
    world.new_agreed_conversation()
    day = date(2026, 12, 19)
    for days, found in ((-1, []), (0, ["De afdeling bellen"]), (3, ["De afdeling bellen"])):
        world.at(day + timedelta(days))
        assert await agreed(world, world.dean) == found
    for other in (world.teacher, world.pupil, world.guardian, world.far_dean):
        assert await agreed(world, other) == []
    world.change("update next_step set done_at = now() where who = 'staff'")
    assert await agreed(world, world.dean) == []


async def test_what_was_agreed_with_a_pupil_who_left_is_there_no_more(world: World) -> None:
    world.new_agreed_conversation()
    world.change("update placement set ends_on = '2026-12-01' where id = :p", p=world.placement)
    world.at(date(2027, 8, 2))
    assert await agreed(world, world.dean) == []
