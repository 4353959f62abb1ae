"""The calendar: a page by days, a file of one activity, and an address that a calendar app reads."""

import hashlib
import logging
import time as stopwatch
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from icalendar import Calendar, Event

from app.guidance.activities.models import ActivitySignUp
from app.guidance.calendar.ics import write
from app.platform.clock import AMSTERDAM
from tests.guidance.test_activities import plan, put
from tests.guidance.test_organisations import as_the_app
from tests.ids import new_id
from tests.portfolio.test_entries import problem
from tests.world import World

NOVEMBER = "from=2026-11-01&until=2026-11-30"


async def items(world: World, viewer: UUID, asked: str = NOVEMBER) -> list[dict[str, Any]]:
    answer = await world.client(viewer).get(f"/v1/me/calendar?{asked}")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def titles(world: World, viewer: UUID, asked: str = NOVEMBER) -> list[str]:
    return [item["title"] for item in await items(world, viewer, asked)]


async def address_of(world: World, viewer: UUID) -> str:
    answer = await world.client(viewer).post("/v1/me/calendar-feed")
    assert answer.status_code == 201, answer.text
    address: str = answer.json()["address"]
    return address.removeprefix(world.settings.origin)


async def fetch(world: World, address: str) -> httpx.Response:
    return await world.client(None).get(address)


async def feed(world: World, address: str) -> dict[str, Event]:
    """The events that an app finds, by title."""
    answer = await fetch(world, address)
    assert answer.status_code == 200, answer.text
    return {str(event["summary"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}


async def only(world: World, address: str) -> Event:
    [event] = (await feed(world, address)).values()
    return event


def signs_up(world: World, activity: UUID, pupil: UUID) -> None:
    world.add(ActivitySignUp(activity_id=activity, pupil_id=pupil, signed_by=pupil, signed_at=world.clock.now()))


# --- the page ---------------------------------------------------------------------------------------


async def test_a_pupil_sees_what_is_ready_and_what_does_not_go_on(world: World) -> None:
    world.new_activity(world.group, title="Haven", happens_on=date(2026, 11, 26), starts_at=time(9, 30), place="Kade 4")
    world.new_activity(world.group, title="Afgelast", state="cancelled", happens_on=date(2026, 11, 27))
    world.new_activity(world.group, title="Nog een plan", state="draft")
    world.new_activity(world.other_group, title="Van een andere klas")
    first, second = await items(world, world.pupil)
    assert first | {"id": ""} == {
        "kind": "activity", "id": "", "title": "Haven", "startsOn": "2026-11-26", "endsOn": "2026-11-26",
        "startsAt": "09:30:00", "place": "Kade 4", "state": "published", "entryId": None, "conversationId": None,
    }  # fmt: skip
    assert (second["title"], second["state"]) == ("Afgelast", "cancelled")
    assert await titles(world, world.other_pupil) == await titles(world, world.guardian) == []


async def test_where_one_signs_up_it_stands_with_who_signed_up(world: World) -> None:
    activity = world.new_activity(world.group, title="Meeloopdag", sign_up=True)
    assert await titles(world, world.pupil) == []
    signs_up(world, activity, world.pupil)
    assert (await titles(world, world.pupil), await titles(world, world.classmate)) == (["Meeloopdag"], [])
    world.change("update activity set state = 'cancelled'")
    assert [item["state"] for item in await items(world, world.pupil)] == ["cancelled"]
    assert await titles(world, world.classmate) == []
    world.change("delete from group_membership where placement_id = :p", p=world.placement)
    assert await titles(world, world.pupil) == [], "of a group that one is not in any more"


async def test_of_the_city_it_stands_with_who_signed_up_and_with_who_plans_it(world: World) -> None:
    activity = world.new_city_activity("B", happens_on=date(2026, 11, 27))
    assert await titles(world, world.pupil) == []
    signs_up(world, activity, world.pupil)
    for state in ("published", "cancelled"):
        world.change("update activity set state = :state", state=state)
        assert [item["state"] for item in await items(world, world.pupil)] == [state]
        assert [len(await items(world, who)) for who in (world.classmate, world.teacher, world.dean)] == [0, 0, 0]
        assert await titles(world, world.coordinator) == ["Dag van de haven"]
    assert "Gaat niet door: Dag van de haven" in await feed(world, await address_of(world, world.pupil))
    assert await feed(world, await address_of(world, world.classmate)) == {}


async def test_a_pupils_own_steps_with_a_day_stand_in_it(world: World) -> None:
    step = world.new_step(world.pupil, "Oom Ali bellen", due_on=date(2026, 11, 26))
    world.new_step(world.pupil, "Zonder dag")
    world.new_step(world.pupil, "Gedaan", due_on=date(2026, 11, 26), done_at=world.clock.now())
    world.new_step(world.pupil, "Losgelaten", due_on=date(2026, 11, 26), let_go_at=world.clock.now())
    world.new_step(world.pupil, "Later", due_on=date(2026, 12, 1))
    world.new_activity(world.group, title="Haven", happens_on=date(2026, 11, 26), starts_at=time(9, 30))
    first, second = await items(world, world.pupil)
    assert first == {
        "kind": "goal", "id": str(step), "title": "Oom Ali bellen", "startsOn": "2026-11-26", "endsOn": "2026-11-26",
        "startsAt": None, "place": "", "state": None, "entryId": None, "conversationId": None,
    }  # fmt: skip
    assert second["title"] == "Haven"


async def test_steps_stand_in_nobody_elses_calendar(world: World) -> None:
    world.new_step(world.pupil, due_on=date(2026, 11, 26))
    for who in (world.classmate, world.teacher, world.dean, world.guardian, world.coordinator):
        assert await titles(world, who) == []
        assert await feed(world, await address_of(world, who)) == {}


async def test_at_the_own_address_a_step_is_a_whole_day_until_it_is_done(world: World) -> None:
    step = world.new_step(world.pupil, "Oom Ali bellen", due_on=date(2026, 11, 26), version=3)
    address = await address_of(world, world.pupil)
    event = await only(world, address)
    assert (event["summary"], event["uid"], event["sequence"]) == ("Oom Ali bellen", f"{step}@127.0.0.1", 3)
    assert [event[name].dt for name in ("dtstart", "dtend")] == [date(2026, 11, 26), date(2026, 11, 27)]
    assert "location" not in event
    answer = await world.client(world.pupil).get(f"/v1/activities/{step}/calendar.ics")
    assert answer.status_code == 404
    world.change("update next_step set done_at = :now", now=world.clock.now())
    assert await feed(world, address) == {}


async def test_staff_see_what_they_plan_drafts_as_well(world: World) -> None:
    world.new_activity(world.group, title="Nog een plan", state="draft")
    world.new_activity(world.other_group, title="Van een andere klas")
    assert await titles(world, world.teacher) == ["Nog een plan"]
    assert set(await titles(world, world.dean)) == {"Nog een plan", "Van een andere klas"}
    assert await titles(world, world.far_dean) == []


async def test_what_lasts_some_days_stands_in_each_month_it_touches(world: World) -> None:
    world.new_activity(world.group, title="Stage", happens_on=date(2026, 11, 28), ends_on=date(2026, 12, 2))
    for first, last, found in (
        ("2026-11-01", "2026-11-27", []),
        ("2026-11-28", "2026-11-28", ["Stage"]),
        ("2026-11-30", "2026-11-30", ["Stage"]),
        ("2026-12-02", "2026-12-31", ["Stage"]),
        ("2026-12-03", "2026-12-31", []),
    ):
        assert await titles(world, world.pupil, f"from={first}&until={last}") == found


async def test_the_day_begins_with_what_has_no_time(world: World) -> None:
    for title, clock in (("Elf uur", time(11)), ("Negen uur", time(9)), ("Hele dag", None)):
        world.new_activity(world.group, title=title, starts_at=clock)
    assert await titles(world, world.pupil) == ["Hele dag", "Negen uur", "Elf uur"]


async def test_from_the_calendar_one_finds_the_own_story(world: World) -> None:
    activity = world.new_activity(world.group)
    about = {"kind": "experience", "activityId": str(activity)}
    entry = world.new_entry(details=about)
    assert [item["entryId"] for item in await items(world, world.pupil)] == [str(entry)]
    assert [item["entryId"] for item in await items(world, world.classmate)] == [None]
    assert [item["entryId"] for item in await items(world, world.teacher)] == [None]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("from=2026-11-02&until=2026-11-01", "/until"),
        ("from=2026-01-01&until=2036-01-01", "/until"),
        ("from=2026-01-01&until=2027-02-06", "/until"),
        ("from=2026-01-01", "/until"),
        ("from=1800-01-01&until=1800-01-02", "/from"),
        ("from=morgen&until=2026-01-02", "/from"),
    ],
)
async def test_days_that_cannot_be_asked_are_refused(asked: str, field: str, world: World) -> None:
    answer = await world.client(world.pupil).get(f"/v1/me/calendar?{asked}")
    assert problem(answer)[0] == 422
    assert answer.json()["errors"][0]["pointer"] == field
    assert await titles(world, world.pupil, "from=2026-01-01&until=2027-02-05") == [], "four hundred days can be asked"


# --- one activity -----------------------------------------------------------------------------------


async def test_one_activity_is_a_file_for_a_calendar_app(world: World) -> None:
    activity = world.new_activity(world.group, title="Haven", place="Kade 4", starts_at=time(9, 30))
    answer = await world.client(world.pupil).get(f"/v1/activities/{activity}/calendar.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="activiteit-2026-11-24.ics"'
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (event["summary"], event["location"], event["uid"]) == ("Haven", "Kade 4", f"{activity}@127.0.0.1")
    assert event["dtstart"].dt == datetime(2026, 11, 24, 9, 30, tzinfo=AMSTERDAM)


# --- the address ------------------------------------------------------------------------------------


async def test_an_address_is_told_once_and_only_its_hash_is_kept(world: World) -> None:
    client = world.client(world.pupil)
    assert (await client.get("/v1/me/calendar-feed")).json() == {"madeAt": None}
    address = await address_of(world, world.pupil)
    secret = address.removeprefix("/v1/calendars/").removesuffix(".ics")
    assert len(secret) == 43, "256 bits"
    assert set((await client.get("/v1/me/calendar-feed")).json()) == {"madeAt"}
    kept = world.scalar("select secret_hash from calendar_feed where person_id = :pupil", pupil=world.pupil)
    assert bytes(kept) == hashlib.sha256(secret.encode()).digest()


async def test_an_app_reads_it_without_a_session_and_keeps_nothing(world: World) -> None:
    world.new_activity(world.group, title="Haven")
    answer = await fetch(world, await address_of(world, world.pupil))
    assert answer.headers["cache-control"] == "private, no-store"
    assert "set-cookie" not in answer.headers
    calendar = Calendar.from_ical(answer.content)
    assert calendar["x-wr-calname"] == "Talentportfolio"
    assert calendar["refresh-interval"].dt == timedelta(hours=4)
    assert [each.errors for each in calendar.walk() if each.errors] == []


async def test_it_tells_no_drafts_and_nobodys_name(world: World) -> None:
    world.new_activity(world.group, title="Nog een plan", state="draft")
    world.new_activity(
        world.group, title="Haven", bring="Oude schoenen", ask_before="Wat denk je?", organisation="Rederij"
    )
    for viewer in (world.pupil, world.teacher, world.dean):
        answer = await fetch(world, await address_of(world, viewer))
        for hidden in ("Nog een plan", "Yara", "Joost", "Samira", "2A", "schoenen", "Wat denk"):
            assert hidden not in answer.text
        assert "Haven" in answer.text


async def test_a_new_address_ends_the_old_and_withdrawing_ends_all(world: World) -> None:
    old = await address_of(world, world.pupil)
    new = await address_of(world, world.pupil)
    assert [(await fetch(world, one)).status_code for one in (old, new)] == [404, 200]
    for _ in ("withdraws", "again"):
        assert (await world.client(world.pupil).delete("/v1/me/calendar-feed")).status_code == 204
    assert (await fetch(world, new)).status_code == 404
    assert (await world.client(world.pupil).get("/v1/me/calendar-feed")).json() == {"madeAt": None}


@pytest.mark.parametrize("closed", ["person", "account"])
async def test_of_a_closed_account_nothing_is_read(closed: str, world: World) -> None:
    address = await address_of(world, world.teacher)
    key = "id" if closed == "person" else "person_id"
    world.change(f"update {closed} set closed_at = :now where {key} = :who", now=world.clock.now(), who=world.teacher)
    assert (await fetch(world, address)).status_code == 404


async def test_a_guess_a_withdrawn_and_a_misshapen_address_look_the_same(world: World) -> None:
    withdrawn = await address_of(world, world.pupil)
    await world.client(world.pupil).delete("/v1/me/calendar-feed")
    same = ("type", "title", "status", "detail")
    looks = set()
    for path in (withdrawn, f"/v1/calendars/{'A' * 43}.ics", "/v1/calendars/x.ics", f"/v1/calendars/{'é' * 900}.ics"):
        answer = await fetch(world, path)
        headers = {k: v for k, v in answer.headers.items() if k != "x-request-id"}
        looks.add((tuple(answer.json()[key] for key in same), tuple(sorted(headers.items()))))
    assert len(looks) == 1


async def test_guessing_is_slowed_down_and_right_addresses_always_pass(world: World) -> None:
    right = await address_of(world, world.pupil)
    statuses = [(await fetch(world, f"/v1/calendars/{number}.ics")).status_code for number in range(62)]
    assert (statuses[0], statuses[-1]) == (404, 429)
    assert (await fetch(world, right)).status_code == 200


async def test_the_secret_stands_in_no_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    address = await address_of(world, world.pupil)
    caplog.set_level(logging.DEBUG, logger="app")
    world.change("alter function begin_calendar(bytea, date) rename to away")
    try:
        assert (await fetch(world, address)).status_code == 500
    finally:
        world.change("alter function away(bytea, date) rename to begin_calendar")
    secret = address.removeprefix("/v1/calendars/").removesuffix(".ics")
    assert {record.route for record in caplog.records if hasattr(record, "route")} == {"/v1/calendars/{secret}.ics"}
    assert all(secret not in record.getMessage() for record in caplog.records)


async def test_who_left_the_group_reads_no_more_of_it(world: World) -> None:
    world.new_activity(world.group, title="Voor het vertrek", happens_on=date(2026, 11, 20))
    world.new_activity(world.group, title="Erna", happens_on=date(2026, 12, 20))
    address = await address_of(world, world.pupil)
    assert set(await feed(world, address)) == {"Voor het vertrek", "Erna"}
    world.change("update group_membership set ends_on = '2026-11-30' where placement_id = :p", p=world.placement)
    assert set(await feed(world, address)) == {"Voor het vertrek"}


async def test_it_reaches_some_months_back_and_a_year_ahead(world: World) -> None:
    for day in (date(2026, 6, 1), date(2026, 8, 1), date(2027, 12, 1), date(2028, 2, 1)):
        world.new_activity(title=day.isoformat(), happens_on=day, planned_by=world.dean)
    assert set(await feed(world, await address_of(world, world.dean))) == {"2026-08-01", "2027-12-01"}


async def test_row_level_security_holds_behind_an_address(world: World) -> None:
    """Without the first wall: the transaction that an address opens sees what its person may see."""
    world.new_activity(world.group)
    world.new_activity(world.other_group)
    world.new_entry()
    secret = world.new_calendar(world.pupil)
    world.new_calendar(world.teacher)
    with as_the_app(world) as connection:
        hashed = hashlib.sha256(secret.encode()).digest()
        connection.exec_driver_sql("select begin_calendar(%s, '2026-11-24')", (hashed,))
        assert connection.exec_driver_sql("select count(*) from activity").scalar() == 1
        assert connection.exec_driver_sql("select count(*) from calendar_feed").scalar() == 1
        connection.exec_driver_sql("select begin_calendar('\\x00', '2026-11-24')")
        assert connection.exec_driver_sql("select count(*) from activity").scalar() == 0


# --- what stands in it ------------------------------------------------------------------------------


async def test_a_moved_activity_is_the_same_event_in_a_later_version(world: World) -> None:
    teacher, activity = world.client(world.teacher), new_id(world)
    await put(teacher, activity, plan(world))
    await teacher.post(f"/v1/activities/{activity}/publish", headers={"If-Match": '"1"'})
    address = await address_of(world, world.pupil)
    before = await only(world, address)
    world.clock.set(world.clock.now() + timedelta(hours=1))  # type: ignore[attr-defined]
    await put(teacher, activity, plan(world, happensOn="2026-12-03", startsAt="10:15"), 2)
    after = await only(world, address)
    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (2, 3)
    assert after["last-modified"].dt == after["dtstamp"].dt == before["dtstamp"].dt + timedelta(hours=1)
    assert (before["dtstart"].dt, after["dtstart"].dt) == (
        date(2026, 11, 24),
        datetime(2026, 12, 3, 10, 15, tzinfo=AMSTERDAM),
    )


async def test_a_cancelled_activity_stays_and_says_so(world: World) -> None:
    world.new_activity(world.group, title="Haven", state="cancelled")
    address = await address_of(world, world.pupil)
    event = await only(world, address)
    assert (event["summary"], event["status"]) == ("Gaat niet door: Haven", "CANCELLED")
    world.change("update person set locale = 'en' where id = :pupil", pupil=world.pupil)
    assert set(await feed(world, address)) == {"Called off: Haven"}


@pytest.mark.parametrize(
    "title",
    [
        "Bakker, slager; en \\ visboer",
        "Eerste regel\nTweede regel",
        "Kraan 🏗️ en 👩🏽‍🔧 aan het werk",
        "زيارة إلى الميناء",
        "Ligature ﬁ en naïef, e\u0301",
        "é" * 200,
        "BEGIN:VEVENT",
    ],
)
async def test_titles_and_places_come_through_whole(title: str, world: World) -> None:
    world.new_activity(world.group, title=title, place=title)
    address = await address_of(world, world.pupil)
    event = await only(world, address)
    assert (event["summary"], event["location"]) == (title, title)
    raw = (await fetch(world, address)).content
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75, "lines are folded by bytes"
    assert raw.count(b"\n") == raw.count(b"\r\n")


@pytest.mark.parametrize(
    ("first", "last", "at", "start", "end"),
    [
        (date(2027, 3, 27), None, None, date(2027, 3, 27), date(2027, 3, 28)),
        (date(2027, 3, 27), date(2027, 3, 29), None, date(2027, 3, 27), date(2027, 3, 30)),
        (date(2026, 12, 31), date(2027, 1, 1), None, date(2026, 12, 31), date(2027, 1, 2)),
        (date(2027, 3, 27), None, time(9), datetime(2027, 3, 27, 8, tzinfo=UTC), None),
        (date(2027, 3, 28), None, time(9), datetime(2027, 3, 28, 7, tzinfo=UTC), None),
        (date(2026, 10, 24), date(2026, 10, 25), time(22), datetime(2026, 10, 24, 20, tzinfo=UTC),
         datetime(2026, 10, 25, 23, tzinfo=UTC)),
        (date(2027, 3, 27), date(2027, 3, 28), time(22), datetime(2027, 3, 27, 21, tzinfo=UTC),
         datetime(2027, 3, 28, 22, tzinfo=UTC)),
        (date(2026, 11, 24), date(2026, 11, 25), time(23, 30), datetime(2026, 11, 24, 22, 30, tzinfo=UTC),
         datetime(2026, 11, 25, 23, tzinfo=UTC)),
    ],
)  # fmt: skip
async def test_days_and_hours_are_right_when_the_clock_changes(
    first: date, last: date | None, at: time | None, start: date, end: date | None, world: World
) -> None:
    activity = world.new_activity(world.group, happens_on=first, ends_on=last, starts_at=at)
    answer = await world.client(world.pupil).get(f"/v1/activities/{activity}/calendar.ics")
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    told = [event[name].dt if name in event else None for name in ("dtstart", "dtend")]
    assert told == [start, end]
    if at is not None:
        assert "DTSTART;TZID=Europe/Amsterdam:" in answer.text


def test_the_clock_of_the_file_is_that_of_the_netherlands() -> None:
    """Read by the rules that stand in the file itself, as an app does that knows no zones."""
    [zone] = Calendar.from_ical(write([], "localhost", "nl")).walk("VTIMEZONE")
    clock = zone.to_tz(lookup_tzid=False)
    for days in range(3 * 365):
        noon = datetime(2026, 1, 1, 12) + timedelta(days=days)  # noqa: DTZ001
        assert noon.replace(tzinfo=clock).utcoffset() == noon.replace(tzinfo=AMSTERDAM).utcoffset(), noon


async def test_two_thousand_activities_are_two_seconds_of_work_at_most(world: World) -> None:
    """Of this process: what else the machine does does not count."""
    world.change(
        "with made as (insert into activity (id, school_id, planned_by, state, title, place, happens_on, starts_at,"
        " version, updated_at) select uuidv7(), :school, :dean, 'published', 'Bezoek ' || number, 'Den Haag',"
        " date '2026-09-01' + number % 300, '09:00', 1, now() from generate_series(1, 2000) number returning id)"
        " insert into activity_group (activity_id, group_id) select id, :grp from made",
        school=world.kust, dean=world.dean, grp=world.group,
    )  # fmt: skip
    for viewer in (world.pupil, world.dean):
        address = await address_of(world, viewer)
        began = stopwatch.process_time()
        answer = await fetch(world, address)
        took = stopwatch.process_time() - began
        assert answer.content.count(b"BEGIN:VEVENT") == 2000
        assert took < 2, f"{took:.2f} s"
        began = stopwatch.process_time()
        assert len(await items(world, viewer, "from=2026-09-01&until=2027-09-01")) == 2000
        assert stopwatch.process_time() - began < 1
