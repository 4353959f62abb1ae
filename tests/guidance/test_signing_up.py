"""Signing up: one place for one pupil, until the last day; and what the city may know of it."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.guidance.test_activities import plan, put, states
from tests.ids import new_id
from tests.portfolio.test_entries import problem
from tests.portfolio.test_walls import _rows as rows
from tests.world import World

NEXT_WEEK = date(2026, 12, 1)


def outing(world: World, **fields: Any) -> UUID:
    """For who signs up, in a week."""
    return world.new_activity(world.group, **({"happens_on": NEXT_WEEK, "sign_up": True} | fields))


async def joins(world: World, pupil: UUID, activity: UUID) -> httpx.Response:
    return await world.client(pupil).put(f"/v1/me/activities/{activity}/sign-up")


async def leaves(world: World, pupil: UUID, activity: UUID) -> httpx.Response:
    return await world.client(pupil).delete(f"/v1/me/activities/{activity}/sign-up")


async def seen(world: World, pupil: UUID) -> dict[str, list[str]]:
    answer = await world.client(pupil).get("/v1/me/activities")
    assert answer.status_code == 200, answer.text
    return {place: [one["title"] for one in items] for place, items in answer.json().items()}


def only(**place: list[str]) -> dict[str, list[str]]:
    return {"items": [], "invitations": [], "cancelled": []} | place


async def test_only_for_who_signed_up_it_waits(world: World) -> None:
    activity = outing(world, title="Meeloopdag")
    assert await seen(world, world.pupil) == only(invitations=["Meeloopdag"])
    for _ in ("signs up", "and again"):
        assert (await joins(world, world.pupil, activity)).status_code == 204
    assert await seen(world, world.pupil) == only(items=["Meeloopdag"])
    world.at(NEXT_WEEK + timedelta(days=1))
    assert await seen(world, world.pupil) == only(items=["Meeloopdag"])
    assert await seen(world, world.classmate) == only()


async def test_a_pupil_signs_off_again(world: World) -> None:
    activity = outing(world, title="Meeloopdag", places=1)
    await joins(world, world.pupil, activity)
    for _ in ("signs off", "and again"):
        assert (await leaves(world, world.pupil, activity)).status_code == 204
    assert (await joins(world, world.classmate, activity)).status_code == 204
    assert problem(await joins(world, world.pupil, activity)) == (409, "activity-full")
    [shown] = (await world.client(world.pupil).get("/v1/me/activities")).json()["invitations"]
    assert shown["placesLeft"] == 0


async def test_of_two_who_want_the_last_place_one_gets_it(world: World) -> None:
    for _ in range(5):
        activity = outing(world, places=1)
        answers = await asyncio.gather(
            *(joins(world, pupil, activity) for pupil in (world.pupil, world.classmate)),
            *(joins(world, pupil, activity) for pupil in (world.pupil, world.classmate)),
        )
        assert world.scalar("select count(*) from activity_sign_up where activity_id = :id", id=activity) == 1
        assert sorted(answer.status_code for answer in answers) == [204, 204, 409, 409]


@pytest.mark.parametrize(("until", "last"), [(None, date(2026, 11, 30)), (date(2026, 11, 26), date(2026, 11, 26))])
async def test_after_the_last_day_one_asks_the_teacher(until: date | None, last: date, world: World) -> None:
    activity = outing(world, title="Meeloopdag", sign_up_until=until)
    world.at(last)
    assert (await joins(world, world.pupil, activity)).status_code == 204
    world.at(last + timedelta(days=1))
    answer = await joins(world, world.classmate, activity)
    assert problem(answer) == (409, "sign-up-closed")
    assert "Vraag het aan je docent" in answer.json()["detail"]
    assert problem(await leaves(world, world.pupil, activity)) == (409, "sign-up-closed")
    assert (await joins(world, world.pupil, activity)).status_code == 204, "what is done already is no failure"
    assert await seen(world, world.classmate) == only()
    by_hand = f"/v1/activities/{activity}/sign-ups/{world.classmate}"
    assert (await world.client(world.teacher).put(by_hand)).status_code == 204
    assert await seen(world, world.classmate) == only(items=["Meeloopdag"])
    assert (await world.client(world.teacher).delete(by_hand)).status_code == 204


async def test_the_teacher_sees_who_comes_and_says_who_was_there(world: World) -> None:
    activity, teacher = outing(world, happens_on=world.clock.today()), world.client(world.teacher)
    await teacher.put(f"/v1/activities/{activity}/sign-ups/{world.pupil}")
    page = (await teacher.get(f"/v1/activities/{activity}")).json()
    assert (page["pupils"], page["signedUp"]) == (2, 1)
    assert {one["givenName"]: one["comes"] for one in page["participants"]} == {"Yara": True, "Omar": False}
    told = {"absent": [str(world.classmate)]}
    answer = await teacher.put(f"/v1/activities/{activity}/attendance", json=told)
    assert problem(answer)[0] == 422, "who does not come cannot be missing"
    told = {"absent": [str(world.pupil)]}
    assert (await teacher.put(f"/v1/activities/{activity}/attendance", json=told)).status_code == 204
    assert (await states(world, activity))["Yara"] == "absent"
    assert await seen(world, world.pupil) == only()


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"state": "draft", "published_at": None}, (404, "not-found")),
        ({"sign_up": False}, (404, "not-found")),
        ({"state": "cancelled"}, (409, "activity-cancelled")),
    ],
    ids=["a plan", "for everybody", "cancelled"],
)
async def test_one_signs_up_only_where_there_is_something(
    fields: dict[str, Any], status: tuple[int, str], world: World
) -> None:
    assert problem(await joins(world, world.pupil, outing(world, **fields))) == status


async def test_who_was_to_come_reads_that_it_is_cancelled(world: World) -> None:
    activity, teacher = outing(world, title="Meeloopdag"), world.client(world.teacher)
    await joins(world, world.pupil, activity)
    await teacher.post(f"/v1/activities/{activity}/cancel", headers={"If-Match": '"1"'})
    assert await seen(world, world.pupil) == only(cancelled=["Meeloopdag"])
    assert await seen(world, world.classmate) == only()


async def test_who_leaves_school_before_it_makes_room(world: World) -> None:
    activity = outing(world, places=1)
    await joins(world, world.pupil, activity)
    world.change("update placement set ends_on = '2026-11-30' where id = :id", id=world.placement)
    assert (await joins(world, world.classmate, activity)).status_code == 204
    page = (await world.client(world.teacher).get(f"/v1/activities/{activity}")).json()
    assert [one["givenName"] for one in page["participants"]] == ["Omar"]


async def test_fewer_places_than_pupils_sends_nobody_away(world: World) -> None:
    activity, teacher = outing(world), world.client(world.teacher)
    for pupil in (world.pupil, world.classmate):
        await joins(world, pupil, activity)
    told = plan(world, happensOn=NEXT_WEEK.isoformat(), signUp=True, places=1)
    assert (await put(teacher, activity, told, 1)).status_code == 200
    assert (await teacher.get(f"/v1/activities/{activity}")).json()["signedUp"] == 2
    newcomer, _ = world.new_pupil("Nieuw", world.kust, world.group)
    assert problem(await joins(world, newcomer, activity)) == (409, "activity-full")


@pytest.mark.parametrize(
    "fields",
    [{"places": 0}, {"places": 2001}, {"signUpUntil": "2026-12-02"}],
    ids=["no places", "too many places", "until after it"],
)
async def test_places_and_the_last_day_make_sense(fields: dict[str, Any], world: World) -> None:
    told = plan(world, happensOn=NEXT_WEEK.isoformat(), signUp=True) | fields
    assert problem(await put(world.client(world.teacher), new_id(world), told))[0] == 422


# --- the city ----------------------------------------------------------------------------------------


async def test_pupils_of_the_ages_sign_up_for_what_the_city_plans(world: World) -> None:
    coordinator, activity = world.client(world.coordinator), new_id(world)
    told = {"title": "Dag van de haven", "happensOn": NEXT_WEEK.isoformat(), "bands": ["B", "C", "B"]}
    assert (await coordinator.put(f"/v1/city-activities/{activity}", json=told)).json()["pupils"] is None
    assert await seen(world, world.pupil) == only()
    await coordinator.post(f"/v1/activities/{activity}/publish", headers={"If-Match": '"1"'})
    child, _ = world.new_pupil("Kees", world.kust, world.new_group(world.kust, "7", level="po"))
    for pupil, sees in ((world.pupil, ["Dag van de haven"]), (world.other_pupil, ["Dag van de haven"]), (child, [])):
        assert await seen(world, pupil) == only(invitations=sees)
    assert (await joins(world, world.pupil, activity)).status_code == 204
    assert problem(await joins(world, child, activity))[0] == 404
    assert await seen(world, world.pupil) == only(items=["Dag van de haven"])
    page = (await coordinator.get(f"/v1/city-activities/{activity}")).json()
    assert page["bands"] == ["B", "C"]


async def test_the_coordinator_reads_counts_from_ten_on_and_never_a_name(world: World) -> None:
    activity = world.new_city_activity()
    coordinator = world.client(world.coordinator)
    pupils = [world.pupil, world.classmate, world.other_pupil]
    pupils += [world.new_pupil(f"Kind {number}", world.duin, world.far_group)[0] for number in range(8)]
    counts = []
    for pupil in [None, *pupils]:
        if pupil:
            assert (await joins(world, pupil, activity)).status_code == 204
        answer = await coordinator.get(f"/v1/city-activities/{activity}")
        counts.append(answer.json()["signedUp"])
        assert "Yara" not in answer.text
    assert counts == [0, *[None] * 9, 10, 11]
    assert (await coordinator.get(f"/v1/activities/{activity}")).status_code == 404
    by_hand = f"/v1/activities/{activity}/sign-ups/{world.pupil}"
    assert (await coordinator.put(by_hand)).status_code == 404
    assert (await coordinator.delete(by_hand)).status_code == 404


async def test_a_school_takes_over_what_the_city_offers(world: World) -> None:
    offer = world.new_city_activity("B", title="Spots on Jobs")
    world.new_city_activity("A", title="Kinder-EHBO")
    world.new_city_activity("B", title="Geweest", happens_on=date(2026, 11, 23))
    world.new_city_activity("B", title="Nog niet", state="draft")
    teacher, activity = world.client(world.teacher), new_id(world)
    page = (await teacher.get(f"/v1/schools/{world.kust}/activities")).json()
    assert [one["title"] for one in page["offers"]] == ["Spots on Jobs"]
    told = plan(world, title="Spots on Jobs", happensOn=NEXT_WEEK.isoformat(), offeredBy=str(offer))
    assert (await put(teacher, activity, told)).status_code == 201
    assert await seen(world, world.pupil) == only(invitations=["Spots on Jobs"])
    await teacher.post(f"/v1/activities/{activity}/publish", headers={"If-Match": '"1"'})
    assert await seen(world, world.pupil) == only(items=["Spots on Jobs"]), "once, with the own class"
    assert await seen(world, world.other_pupil) == only(invitations=["Spots on Jobs"])


async def test_only_what_the_city_offers_is_taken_over(world: World) -> None:
    for offered in (new_id(world), world.new_activity(world.group), world.new_city_activity(state="draft")):
        answer = await put(world.client(world.teacher), new_id(world), plan(world, offeredBy=str(offered)))
        assert problem(answer)[0] == 422


async def test_an_activity_of_the_city_is_for_ages_and_by_signing_up(world: World) -> None:
    coordinator = world.client(world.coordinator)
    told = {"title": "Dag van de haven", "happensOn": NEXT_WEEK.isoformat(), "bands": ["B"]}
    for wrong in ({"bands": []}, {"bands": ["E"]}, {"signUp": False}, {"groupIds": [str(world.group)]}):
        answer = await coordinator.put(f"/v1/city-activities/{new_id(world)}", json=told | wrong)
        assert problem(answer)[0] == 422, wrong
    school = world.new_activity(world.group)
    answer = await coordinator.put(f"/v1/city-activities/{school}", json=told, headers={"If-Match": '"1"'})
    assert answer.status_code == 404
    city = world.new_city_activity()
    answer = await put(coordinator, city, plan(world), 1)
    assert answer.status_code == 404


async def test_a_coordinator_whose_work_ended_sees_nothing_of_it(world: World) -> None:
    activity = world.new_city_activity()
    gone = world.client(world.coordinator)
    world.change("update staff_role set ends_on = '2026-11-23' where person_id = :who", who=world.coordinator)
    assert (await gone.get("/v1/city-activities")).status_code == 404
    assert (await gone.get(f"/v1/city-activities/{activity}")).status_code == 404


async def test_the_city_repeats_an_activity_too(world: World) -> None:
    coordinator, source = world.client(world.coordinator), world.new_city_activity("A", "B")
    copy = {"id": str(new_id(world)), "happensOn": "2027-09-14"}
    answer = await coordinator.post(f"/v1/activities/{source}/copies", json={"copies": [copy]})
    assert answer.status_code == 201, answer.text
    page = (await coordinator.get("/v1/city-activities")).json()
    assert [(one["happensOn"], one["bands"]) for one in page["items"]] == [
        ("2027-09-14", ["A", "B"]),
        (NEXT_WEEK.isoformat(), ["A", "B"]),
    ]


SEEN = {
    "pupil": (2, 2), "classmate": (2, 0), "other_pupil": (1, 0), "teacher": (3, 1), "dean": (3, 1),
    "other_teacher": (1, 0), "far_teacher": (1, 0), "far_dean": (1, 0), "coordinator": (2, 0), "guardian": (0, 0),
    "other_guardian": (0, 0), "admin": (0, 0),
}  # fmt: skip


async def test_without_the_first_wall_each_sees_the_same_and_only_the_functions_write(world: World) -> None:
    """Activities and sign-ups out of a bare `select`: a plan, an outing, and a plan and an outing of the city."""
    world.new_activity(world.group, state="draft", published_at=None)
    world.new_city_activity(state="draft", published_at=None)
    for activity in (outing(world), world.new_city_activity()):
        assert (await joins(world, world.pupil, activity)).status_code == 204
    tables = ("activity", "activity_sign_up")
    seen = {who: tuple([await rows(world, getattr(world, who), table) for table in tables]) for who in SEEN}
    assert seen == SEEN
    grants = "select string_agg(privilege_type, ',') from information_schema.role_table_grants"
    where = " where grantee = 'talent_app' and table_name = 'activity_sign_up'"
    assert world.scalar(grants + where) == "SELECT"
