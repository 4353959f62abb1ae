"""A parent's own page: what is new since last time, per child, and only once it was really on screen."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

from app.people.models import Guardianship
from tests.ids import new_id
from tests.world import World

Child = dict[str, Any]


async def child(world: World, pupil: UUID | None = None, who: UUID | None = None) -> Child:
    page = (await world.client(who or world.guardian).get("/v1/home")).json()
    return next(one for one in page["children"] if one["id"] == str(pupil or world.pupil))


async def see(world: World, pupil: UUID | None = None, who: UUID | None = None, **ahead: float) -> int:
    as_of = (world.clock.now() + timedelta(**ahead)).isoformat()
    put = await world.client(who or world.guardian).put(f"/v1/home/{pupil or world.pupil}/seen", json={"asOf": as_of})
    return put.status_code


def later(world: World, **time: float) -> None:
    world.clock.set(world.clock.now() + timedelta(**time))  # type: ignore[attr-defined]


async def test_the_first_time_nothing_is_called_new(world: World) -> None:
    world.new_entry()
    assert (await child(world))["news"] is None


async def test_new_since_last_week_are_stories_words_of_school_and_cards(world: World) -> None:
    before = world.new_entry("Van voor die tijd")
    await see(world)
    later(world, days=7)
    world.new_entry("Nieuw"), world.new_entry("Ook nieuw"), world.new_draft()
    world.new_entry("Alleen school", ring=1)
    world.new_feedback(before, world.teacher)
    world.new_feedback(before, world.guardian, "reaction", "home")
    world.new_homework(with_school=False)
    world.new_homework(state="draft", with_school=False)
    news = (await child(world))["news"]
    assert {name: news[name] for name in ("stories", "replies", "homework")} == {
        "stories": 2,
        "replies": 1,
        "homework": 1,
    }


async def test_reading_the_page_is_not_seeing_it(world: World) -> None:
    await see(world)
    later(world, days=1)
    world.new_entry()
    for _ in range(2):
        assert (await child(world))["news"]["stories"] == 1


async def test_news_stays_for_as_long_as_the_visit_goes_on(world: World) -> None:
    await see(world)
    later(world, days=1)
    world.new_entry()
    await see(world)
    later(world, minutes=50)
    assert (await child(world))["news"]["stories"] == 1, "the same visit"
    later(world, minutes=20)
    assert (await child(world))["news"]["stories"] == 0, "another one"


async def test_it_never_goes_back_and_never_ahead_of_the_clock(world: World) -> None:
    await see(world, days=300)
    await see(world, days=-30)
    kept = "select seen_at from home_visit where guardian_id = :who"
    assert world.scalar(kept, who=world.guardian) == world.clock.now()
    answers = await asyncio.gather(*(see(world) for _ in range(4)))
    assert answers == [204] * 4


async def test_each_child_at_each_school_has_its_own_last_time(world: World) -> None:
    world.add(
        Guardianship(
            id=new_id(world), guardian_id=world.guardian, pupil_id=world.other_pupil, custody="yes", state="confirmed"
        )
    )
    await see(world)
    assert (await child(world))["news"] is None
    later(world, hours=2)
    assert (await child(world))["news"]["stories"] == 0
    assert (await child(world, world.other_pupil))["news"] is None
    assert (await child(world))["school"]["name"] == "Kustlijn"
    assert (await child(world, world.other_pupil))["school"]["name"] == "Duinrand"


async def test_the_other_parent_has_an_own_last_time(world: World) -> None:
    father = world.new_guardian("Samir", world.pupil)
    await see(world)
    later(world, days=1)
    assert (await child(world, who=father))["news"] is None


async def test_a_parent_is_told_of_the_first_talk_to_come_and_of_records_since_last_time(world: World) -> None:
    await see(world)
    later(world, days=1)
    world.new_conversation(on_day=world.clock.today() + timedelta(days=1))
    world.new_conversation(with_home=True, on_day=world.clock.today() + timedelta(days=9))
    first = world.new_conversation(with_home=True, on_day=world.clock.today() + timedelta(days=2))
    world.new_conversation(with_home=True, on_day=world.clock.today(), cancelled_at=world.clock.now())
    told = await child(world)
    assert (told["talk"]["id"], told["news"]["talks"]) == (str(first), 0)
    world.new_record(first)
    assert (await child(world))["news"]["talks"] == 0, "the pupil did not say that it is right"
    world.new_agreement(first)
    told = await child(world)
    assert (told["talk"]["onDay"], told["news"]["talks"]) == ("2026-12-04", 1)
    world.new_record(first, version=2)
    assert (await child(world))["news"]["talks"] == 0, "what changed after the akkoord is not read at home"


async def test_where_home_is_closed_there_is_no_news_and_nothing_to_see(world: World) -> None:
    world.new_entry(work_fields=["zorg"])
    world.new_homework_offer(world.group)
    world.new_conversation(with_home=True)
    await see(world)
    later(world, days=1)
    world.change("update person set birth_date = '2010-11-24' where id = :pupil", pupil=world.pupil)
    closed = await child(world)
    assert closed["talk"] is None
    assert (closed["state"], closed["news"], closed["fields"], closed["cardReady"], closed["total"]) == (
        "pupil_decides",
        None,
        [],
        None,
        0,
    )
    assert await see(world) == 404
    for who in (world.no_custody, world.unconfirmed):
        assert await see(world, who=who) == 404
        seen = await child(world, who=who)
        assert (seen["news"], seen["fields"], seen["talk"], seen["items"]) == (None, [], None, [])


async def test_kinds_of_work_in_words_are_those_that_home_sees(world: World) -> None:
    today = world.clock.today()
    world.new_entry(work_fields=["zorg"], sort_on=today - timedelta(days=9))
    world.new_entry(work_fields=["techniek", "zorg"])
    world.new_entry(work_fields=["ict"], ring=1)
    assert (await child(world))["fields"] == ["techniek", "zorg"]


async def test_a_card_that_school_put_ready_waits_until_somebody_begins_it(world: World) -> None:
    offered = world.new_homework_offer(world.group)
    assert (await child(world))["cardReady"]["id"] == str(offered)
    world.new_homework(offer_id=offered, state="draft", with_school=False, begun_by=world.guardian)
    assert (await child(world))["cardReady"] is None
