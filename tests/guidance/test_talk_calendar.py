"""Talks and what was agreed in calendars: on the page, in a file, and at an address; read back with a library."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import httpx
from icalendar import Calendar

from app.platform.clock import AMSTERDAM
from tests.world import World


def events(answer: httpx.Response) -> list[Any]:
    assert answer.status_code == 200, answer.text
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


async def at_address(world: World, person: UUID) -> list[Any]:
    return events(await world.client(None).get(f"/v1/calendars/{world.new_calendar(person)}.ics"))


async def on_page(world: World, person: UUID) -> list[tuple[str, str]]:
    answer = await world.client(person).get("/v1/me/calendar?from=2026-11-01&until=2027-07-31")
    assert answer.status_code == 200, answer.text
    return [(item["kind"], item["title"]) for item in answer.json()["items"]]


async def test_a_talk_as_a_file_says_what_when_and_where_and_nobodys_name(world: World) -> None:
    talk = world.new_conversation(on_day=date(2026, 12, 1), at_time=time(13, 30), minutes=25)
    for who in (world.pupil, world.dean, world.teacher):
        (event,) = events(await world.client(who).get(f"/v1/conversations/{talk}/calendar.ics"))
        assert str(event["summary"]) == "Gesprek over later"
        assert event.decoded("dtstart") == datetime(2026, 12, 1, 13, 30, tzinfo=AMSTERDAM)
        assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=25)
        assert str(event["location"]) == "Kamer 1.12"
        assert not any(name in event.to_ical().decode() for name in ("Yara", "Samira"))


async def test_moved_it_is_the_same_event_of_a_later_sequence_and_called_off_it_says_so(world: World) -> None:
    talk = world.new_conversation()
    (before,) = await at_address(world, world.pupil)
    world.change("update conversation set at_time = '15:00', version = 2 where id = :id", id=talk)
    (moved,) = await at_address(world, world.pupil)
    assert (moved["uid"], int(moved["sequence"])) == (before["uid"], int(before["sequence"]) + 1)
    assert moved.decoded("dtstart").hour == 15
    world.change("update conversation set cancelled_at = now(), version = 3 where id = :id", id=talk)
    (gone,) = await at_address(world, world.pupil)
    assert (gone["uid"], str(gone["status"]), int(gone["sequence"])) == (before["uid"], "CANCELLED", 3)


async def test_without_a_time_it_is_a_whole_day(world: World) -> None:
    world.new_conversation(on_day=date(2026, 12, 1), at_time=None)
    (event,) = await at_address(world, world.pupil)
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2026, 12, 1), date(2026, 12, 2))


async def test_in_summer_the_clock_stands_another_hour_from_the_world(world: World) -> None:
    world.new_conversation(on_day=date(2027, 6, 1))
    (event,) = await at_address(world, world.pupil)
    assert event.decoded("dtstart").utcoffset() == timedelta(hours=2)
    assert event.decoded("dtstart").hour == 13


async def test_a_talk_stands_in_the_calendar_of_who_is_there(world: World) -> None:
    world.new_conversation(with_home=True)
    for who, found in (
        (world.pupil, 1), (world.dean, 1), (world.guardian, 1), (world.teacher, 0), (world.classmate, 0),
        (world.no_custody, 0), (world.far_dean, 0), (world.admin, 0),
    ):  # fmt: skip
        assert len(await at_address(world, who)) == found
        assert (("conversation", "career") in await on_page(world, who)) == bool(found)


async def test_home_sees_it_no_more_from_the_sixteenth_birthday(world: World) -> None:
    world.new_conversation(with_home=True)
    world.change("update person set birth_date = '2010-11-25' where id = :p", p=world.pupil)
    for day, found in ((date(2026, 11, 24), 1), (date(2026, 11, 25), 0)):
        world.at(day)
        assert len(await at_address(world, world.guardian)) == found
        assert len(await on_page(world, world.guardian)) == found


async def test_after_the_placement_staff_find_it_no_more_at_their_address(world: World) -> None:
    world.new_conversation(on_day=date(2027, 3, 1))
    world.change("update placement set ends_on = '2027-01-14' where id = :p", p=world.placement)
    world.at(date(2027, 1, 15))
    assert await at_address(world, world.dean) == []


async def test_what_staff_agreed_stands_in_their_agenda_on_its_day(world: World) -> None:
    world.new_agreed_conversation()
    assert ("agreed", "De afdeling bellen") in await on_page(world, world.dean)
    assert ("goal", "Meelopen in het ziekenhuis") in await on_page(world, world.pupil)
    assert "agreed" not in {kind for kind, _ in await on_page(world, world.teacher)}
    world.change("update next_step set let_go_at = now() where who = 'staff'")
    assert "agreed" not in {kind for kind, _ in await on_page(world, world.dean)}


async def test_the_pupils_own_step_of_a_talk_comes_on_its_day_not_before_and_not_when_done(world: World) -> None:
    world.new_agreed_conversation()
    # What home does comes on another day here, so that the first of them is the pupil's own.
    world.change("delete from next_step where who = 'home'")
    for day, text in ((date(2026, 12, 18), None), (date(2026, 12, 19), "Meelopen in het ziekenhuis")):
        world.at(day)
        step = (await world.client(world.pupil).get("/v1/me/today")).json()["step"]
        assert (step and step["text"]) == text
    world.change("update next_step set done_at = now() where who = 'pupil'")
    assert (await world.client(world.pupil).get("/v1/me/today")).json()["step"] is None
