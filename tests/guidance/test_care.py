"""Nobody forgotten: who was not heard of, by term and by patience; and one kind reminder a week."""

import asyncio
import hashlib
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest

from app.guidance.activities.models import ActivitySignUp
from app.guidance.care.queries import SCHOOL_CARE
from app.platform.db import asyncpg_arguments
from tests.conftest import NOON
from tests.guidance.cost import entries_read
from tests.ids import new_id
from tests.portfolio.test_entries import problem
from tests.world import World


async def care(world: World, viewer: UUID | None = None, group: UUID | None = None) -> dict[str, Any]:
    answer = await world.client(viewer or world.teacher).get(f"/v1/groups/{group or world.group}/care")
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def quiet(world: World) -> set[str]:
    return {one["givenName"] for one in (await care(world))["pupils"] if one["quiet"]}


async def opened(world: World) -> dict[str, list[str]]:
    return {
        one["givenName"]: [activity["title"] for activity in one["open"]]
        for one in (await care(world))["pupils"]
        if one["open"]
    }


async def remind(
    client: httpx.AsyncClient, world: World, *pupils: UUID, reminder: UUID | None = None, group: UUID | None = None
) -> httpx.Response:
    told = {"groupId": str(group or world.group), "pupilIds": [str(pupil) for pupil in pupils]}
    return await client.put(f"/v1/reminders/{reminder or new_id(world)}", json=told)


def shared_on(world: World, day: date, hour: int = 12, **fields: Any) -> UUID:
    """An experience of the pupil, shared on that day (UTC) and looked at."""
    moment = datetime.combine(day, time(hour), UTC)
    return world.new_entry(**({"state": "seen", "shared_at": moment, "sort_on": day, "happened_on": day} | fields))


# --- terms --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "last_shared", "is_quiet"),
    [
        (date(2026, 11, 24), date(2026, 8, 1), False),
        (date(2026, 11, 24), date(2026, 7, 31), True),
        (date(2027, 1, 11), date(2026, 12, 31), True),
        (date(2027, 1, 11), date(2027, 1, 1), False),
        (date(2027, 4, 11), date(2027, 3, 31), True),
        (date(2027, 4, 11), date(2027, 4, 1), False),
        (date(2027, 7, 31), date(2027, 4, 1), False),
    ],
)
async def test_a_term_begins_in_august_january_and_april(
    today: date, last_shared: date, is_quiet: bool, world: World
) -> None:
    world.at(today)
    shared_on(world, last_shared)
    assert ("Yara" in await quiet(world)) is is_quiet


async def test_a_term_begins_at_midnight_in_the_hague(world: World) -> None:
    world.at(date(2027, 1, 20))
    entry = shared_on(world, date(2026, 12, 31), hour=22)
    assert "Yara" in await quiet(world)
    world.change("update entry set shared_at = '2026-12-31 23:00+00' where id = :id", id=entry)
    assert "Yara" not in await quiet(world)


async def test_the_summer_and_the_first_ten_days_of_a_term_are_no_silence(world: World) -> None:
    for day, is_quiet in (
        (date(2026, 8, 30), False),
        (date(2026, 9, 10), False),
        (date(2026, 9, 11), True),
        (date(2027, 1, 10), False),
        (date(2027, 1, 11), True),
    ):
        world.at(day)
        assert ("Yara" in await quiet(world)) is is_quiet, day


async def test_other_things_than_an_experience_leave_a_pupil_without_one(world: World) -> None:
    shared_on(world, world.clock.today(), kind="article", details={"kind": "article"})
    assert "Yara" in await quiet(world)


async def test_who_joined_is_not_missed_in_the_first_ten_days_and_who_left_not_at_all(world: World) -> None:
    day = world.clock.today()
    for name, days in (("Vandaag", 0), ("Negen", 9), ("Tien", 10)):
        world.new_pupil(name, world.kust, world.group, starts_on=day - timedelta(days))
    world.new_pupil("Vertrokken", world.kust, world.group, ends_on=day - timedelta(days=1))
    assert await quiet(world) == {"Yara", "Omar", "Tien"}


async def test_a_draft_of_the_pupil_is_known_to_nobody_at_school(world: World) -> None:
    activity = long_ago(world)
    before = await care(world)
    world.new_entry(state="draft", ring=0, placement_id=None, shared_at=None, details=of(activity))
    assert await care(world) == before


async def test_pupils_stand_by_name_and_only_those_for_whom_something_can_be_done(world: World) -> None:
    world.new_pupil("Aïsha", world.kust, world.group)
    shared_on(world, world.clock.today())
    found = await care(world)
    assert [one["givenName"] for one in found["pupils"]] == ["Aïsha", "Omar"]
    assert found["termStartedOn"] == "2026-08-01"


# --- what is open, and what waits ---------------------------------------------------------------------


def of(activity: UUID) -> dict[str, Any]:
    return {"kind": "experience", "activityId": str(activity)}


def long_ago(world: World, days: int = 11, **fields: Any) -> UUID:
    """Published and held so many days ago."""
    then = {"happens_on": world.clock.today() - timedelta(days), "published_at": world.clock.now() - timedelta(days)}
    return world.new_activity(world.group, **(then | fields))


@pytest.mark.parametrize(("days", "is_open"), [(10, False), (11, True)])
async def test_an_activity_is_open_after_more_than_ten_days(days: int, is_open: bool, world: World) -> None:
    long_ago(world, days)
    assert ("Yara" in await opened(world)) is is_open


@pytest.mark.parametrize(
    ("published", "is_open"),
    [
        (datetime(2026, 11, 23, 9, tzinfo=UTC), False),
        (datetime(2026, 11, 13, 23, tzinfo=UTC), False),
        (datetime(2026, 11, 13, 22, 59, tzinfo=UTC), True),
        (None, True),
    ],
    ids=["yesterday", "ten days ago in The Hague", "eleven days ago", "before that was kept"],
)
async def test_what_was_published_late_is_not_open_at_once(
    published: datetime | None, is_open: bool, world: World
) -> None:
    world.at(date(2026, 11, 24))
    long_ago(world, 30, published_at=published)
    assert ("Yara" in await opened(world)) is is_open


async def test_of_what_one_signs_up_for_it_is_open_for_who_signed_up(world: World) -> None:
    activity = long_ago(world, title="Meeloopdag", sign_up=True)
    assert await opened(world) == {}
    world.add(ActivitySignUp(activity_id=activity, pupil_id=world.pupil, signed_by=world.pupil, signed_at=NOON))
    assert await opened(world) == {"Yara": ["Meeloopdag"]}


async def test_what_the_city_plans_is_not_counted_for_the_class(world: World) -> None:
    then = {"happens_on": world.clock.today() - timedelta(days=20), "published_at": NOON - timedelta(days=30)}
    activity = world.new_city_activity("B", **then)
    world.add(ActivitySignUp(activity_id=activity, pupil_id=world.pupil, signed_by=world.pupil, signed_at=NOON))
    assert await opened(world) == {}


async def test_of_several_days_the_last_one_counts(world: World) -> None:
    day = world.clock.today()
    long_ago(world, 14, ends_on=day - timedelta(days=10))
    assert await opened(world) == {}


async def test_who_was_absent_or_shared_it_has_nothing_open(world: World) -> None:
    activity = long_ago(world)
    assert await opened(world) == {"Yara": ["Bezoek aan de haven"], "Omar": ["Bezoek aan de haven"]}
    world.change("insert into activity_absence values (:a, :p)", a=activity, p=world.classmate)
    shared_on(world, world.clock.today(), details=of(activity))
    assert await opened(world) == {}


async def test_who_joined_after_it_has_nothing_open(world: World) -> None:
    long_ago(world)
    world.new_pupil("Later", world.kust, world.group, starts_on=world.clock.today() - timedelta(days=10))
    assert set(await opened(world)) == {"Yara", "Omar"}


@pytest.mark.parametrize("state", ["draft", "cancelled"])
async def test_what_is_not_published_is_open_for_nobody(state: str, world: World) -> None:
    long_ago(world, state=state)
    assert await opened(world) == {}


@pytest.mark.parametrize(("days", "since"), [(10, None), (11, "2026-11-13")])
async def test_what_waits_for_the_teacher_for_more_than_ten_days_is_said(
    days: int, since: str | None, world: World
) -> None:
    shared_on(world, world.clock.today() - timedelta(days), state="shared")
    found = {one["givenName"]: one["waitingSince"] for one in (await care(world))["pupils"]}
    assert found.get("Yara") == since


async def test_what_was_shared_before_the_summer_and_never_looked_at_still_waits(world: World) -> None:
    shared_on(world, date(2026, 6, 9), school_year=2025, state="shared")
    shared_on(world, world.clock.today(), state="shared")
    found = {one["givenName"]: one["waitingSince"] for one in (await care(world))["pupils"]}
    assert found["Yara"] == "2026-06-09"


async def test_the_class_as_a_whole_saw_these_kinds_of_work_this_school_year(world: World) -> None:
    shared_on(world, world.clock.today(), work_fields=["zorg", "transport"])
    shared_on(world, world.clock.today(), work_fields=["zorg"])
    shared_on(world, date(2026, 6, 1), school_year=2025, work_fields=["ict"])
    world.new_entry(state="draft", ring=0, placement_id=None, shared_at=None, work_fields=["horeca"])
    found = await care(world)
    assert found["fields"] == ["transport", "zorg"]
    assert "transport" not in str(found["pupils"]), "never of one pupil"


# --- for whom -----------------------------------------------------------------------------------------


async def test_a_dean_sees_the_groups_of_the_school_in_numbers_and_opens_one(world: World) -> None:
    long_ago(world)
    shared_on(world, world.clock.today() - timedelta(days=11), state="shared", work_fields=["bouw"])
    world.new_pupil("Lena", world.kust, world.other_group)
    answer = await world.client(world.dean).get(f"/v1/schools/{world.kust}/care")
    rows = {row["name"]: row for row in answer.json()["groups"]}
    assert {name: (row["pupilCount"], row["quiet"], row["open"], row["waiting"]) for name, row in rows.items()} == {
        "2A": (2, 1, 2, 1),
        "2B": (1, 1, 0, 0),
    }
    assert (rows["2A"]["fields"], rows["2B"]["fields"]) == (["bouw"], [])
    assert {one["givenName"] for one in (await care(world, world.dean))["pupils"]} == {"Yara", "Omar"}


async def test_a_teacher_sees_the_own_classes_only(world: World) -> None:
    world.new_pupil("Lena", world.kust, world.other_group)
    answer = await world.client(world.teacher).get(f"/v1/schools/{world.kust}/care")
    assert [row["name"] for row in answer.json()["groups"]] == ["2A"]


@pytest.mark.parametrize("who", ["former_teacher", "other_teacher", "far_dean", "far_teacher", "guardian", "pupil"])
async def test_who_does_not_guide_the_class_finds_nothing_and_reminds_nobody(who: str, world: World) -> None:
    client = world.client(getattr(world, who))
    assert (await client.get(f"/v1/groups/{world.group}/care")).status_code == 404
    assert (await remind(client, world, world.pupil)).status_code == 404
    assert world.scalar("select count(*) from reminder") == 0


async def test_a_substitute_whose_weeks_are_over_finds_nothing_from_the_next_day(world: World) -> None:
    substitute = world.new_teacher("Ilse", world.kust, world.group, until=world.clock.today())
    assert (await care(world, substitute))["pupils"]
    world.at(world.clock.today() + timedelta(days=1))
    assert (await world.client(substitute).get(f"/v1/groups/{world.group}/care")).status_code == 404


async def test_nothing_is_logged_as_looked_at(world: World) -> None:
    await care(world, world.dean)
    assert world.scalar("select count(*) from access_log") == 0


# --- reminding ----------------------------------------------------------------------------------------


async def today(world: World, pupil: UUID | None = None) -> dict[str, Any] | None:
    answer = await world.client(pupil or world.pupil).get("/v1/me/today")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] | None = answer.json()["reminder"]
    return found


async def test_a_pupil_is_reminded_of_what_is_open_and_closes_it(world: World) -> None:
    activity = long_ago(world)
    answer = await remind(world.client(world.teacher), world, world.pupil)
    assert (answer.status_code, answer.json()["sent"]) == (
        201,
        [{"pupilId": str(world.pupil), "on": "2026-11-24", "kind": "open"}],
    )
    note = await today(world)
    assert note is not None
    assert (note["kind"], note["by"], note["activity"]["id"]) == ("open", "Joost de Wit", str(activity))
    found = {one["givenName"]: (one["remindedOn"], one["mayRemind"]) for one in (await care(world))["pupils"]}
    assert found == {"Yara": ("2026-11-24", False), "Omar": (None, True)}
    for _ in ("closes", "again"):
        client = world.client(world.pupil)
        assert (await client.put(f"/v1/me/reminders/{note['id']}/seen")).status_code == 204
    assert await today(world) is None


async def test_a_pupil_with_nothing_open_is_asked_kindly_and_it_goes_when_something_is_shared(world: World) -> None:
    answer = await remind(world.client(world.teacher), world, world.pupil)
    assert answer.json()["sent"][0]["kind"] == "quiet"
    assert (await today(world) or {})["activity"] is None
    world.new_entry(shared_at=world.clock.now() + timedelta(hours=1))
    assert await today(world) is None


async def test_the_note_goes_when_the_pupil_begins_or_school_cancels(world: World) -> None:
    activity = long_ago(world)
    await remind(world.client(world.teacher), world, world.pupil, world.classmate)
    assert await today(world)
    world.new_entry(state="draft", ring=0, placement_id=None, shared_at=None, details=of(activity))
    assert await today(world) is None
    assert await today(world, world.classmate)
    world.change("update activity set state = 'cancelled'")
    assert await today(world, world.classmate) is None


async def test_a_whole_list_is_reminded_with_one_tap_and_who_needs_none_gets_none(world: World) -> None:
    shared_on(world, world.clock.today())
    new, _ = world.new_pupil("Nieuw", world.kust, world.group, starts_on=world.clock.today())
    answer = await remind(world.client(world.teacher), world, world.pupil, world.classmate, new)
    assert [one["pupilId"] for one in answer.json()["sent"]] == [str(world.classmate)]
    assert set(answer.json()["notNeeded"]) == {str(world.pupil), str(new)}


async def test_there_is_one_reminder_in_seven_days_whoever_sends_it(world: World) -> None:
    await remind(world.client(world.teacher), world, world.pupil)
    for days, sent in ((6, 0), (7, 1)):
        world.at(date(2026, 11, 24) + timedelta(days))
        answer = await remind(world.client(world.dean), world, world.pupil)
        assert (answer.status_code, len(answer.json()["sent"])) == (201, sent)
        assert bool(answer.json()["already"]) is not bool(sent)


async def test_a_reminder_of_another_school_counts_as_well(world: World) -> None:
    world.place(world.pupil, world.duin, world.far_group)
    await remind(world.client(world.far_teacher), world, world.pupil, group=world.far_group)
    answer = await remind(world.client(world.teacher), world, world.pupil)
    assert (answer.json()["sent"], len(answer.json()["already"])) == ([], 1)


async def test_of_two_teachers_at_once_one_reminds_and_the_other_is_told(world: World) -> None:
    second = world.new_teacher("Ilse", world.kust, world.group)
    clients = [world.client(who) for who in (world.teacher, second, world.dean)]
    for client in clients:
        assert (await client.get("/v1/me")).status_code == 200
    both = (world.pupil, world.classmate)
    answers = await asyncio.gather(
        *(remind(client, world, *(both if turn else reversed(both))) for turn, client in enumerate(clients))
    )
    assert [answer.status_code for answer in answers] == [201, 201, 201]
    outcomes = sorted((len(answer.json()["sent"]), len(answer.json()["already"])) for answer in answers)
    assert sum(sent for sent, _ in outcomes) == 2
    assert all(sent + already == 2 for sent, already in outcomes)
    assert world.scalar("select count(*) from reminder") == 2


async def test_the_same_reminder_sent_twice_is_one(world: World) -> None:
    client, reminder = world.client(world.teacher), new_id(world)
    answers = [await remind(client, world, world.pupil, reminder=reminder) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json() == answers[1].json()
    assert problem(await remind(client, world, world.classmate, reminder=reminder))[0] == 409


async def test_it_is_taken_back_on_the_same_day_while_nobody_closed_it(world: World) -> None:
    client, reminder = world.client(world.teacher), new_id(world)
    await remind(client, world, world.pupil, world.classmate, reminder=reminder)
    await world.client(world.pupil).put(f"/v1/me/reminders/{reminder}/seen")
    assert (await world.client(world.dean).delete(f"/v1/reminders/{reminder}")).status_code == 404
    assert (await client.delete(f"/v1/reminders/{reminder}")).status_code == 204
    assert (await client.delete(f"/v1/reminders/{reminder}")).status_code == 404
    assert world.scalar("select count(*) from reminder") == 1, "what was read was read"
    assert (await remind(client, world, world.classmate)).json()["sent"]


async def test_the_next_day_it_stays(world: World) -> None:
    client, reminder = world.client(world.teacher), new_id(world)
    await remind(client, world, world.pupil, reminder=reminder)
    world.at(world.clock.today() + timedelta(days=1))
    assert (await client.delete(f"/v1/reminders/{reminder}")).status_code == 404


async def test_nobody_else_closes_or_finds_a_reminder(world: World) -> None:
    reminder = world.new_reminder(world.pupil)
    for who in (world.classmate, world.guardian, world.teacher):
        client = world.client(who)
        assert (await client.put(f"/v1/me/reminders/{reminder}/seen")).status_code == 404
        assert (await client.get("/v1/me/today")).json()["reminder"] is None


@pytest.mark.parametrize("wrong", ["another class", "another school", "nobody's", "left"])
async def test_one_reminds_pupils_of_that_group(wrong: str, world: World) -> None:
    pupil = {
        "another class": lambda: world.new_pupil("Lena", world.kust, world.other_group)[0],
        "another school": lambda: world.other_pupil,
        "nobody's": lambda: new_id(world),
        "left": lambda: world.new_pupil("Weg", world.kust, world.group, ends_on=date(2026, 11, 1))[0],
    }[wrong]()
    answer = await remind(world.client(world.teacher), world, world.pupil, pupil)
    assert problem(answer)[0] == 422
    assert answer.json()["errors"][0]["pointer"] == "/pupilIds"
    assert world.scalar("select count(*) from reminder") == 0


@pytest.mark.parametrize(
    "told", [{}, {"pupilIds": []}, {"pupilIds": "all"}, {"text": "Schiet op!"}, {"kind": "open"}, {"groupId": None}]
)
async def test_there_is_no_free_text_and_nothing_unknown(told: dict[str, Any], world: World) -> None:
    whole = {"groupId": str(world.group), "pupilIds": [str(world.pupil)]} | told if told else {}
    answer = await world.client(world.teacher).put(f"/v1/reminders/{new_id(world)}", json=whole)
    assert problem(answer)[0] == 422


# --- cost ---------------------------------------------------------------------------------------------


async def test_nine_years_behind_cost_nothing(world: World) -> None:
    """What is read of entries is what was shared since 1 August, and the first that waits; no other rows of before."""
    for number in range(20):
        world.new_pupil(f"Kind{number}", world.kust, world.group)
    fill = (
        "insert into entry (id, pupil_id, placement_id, school_year, kind, state, ring, title, happened_on, sort_on,"
        " version, changed_on, updated_at, shared_at, details)"
        " select uuidv7(), pupil_id, id, 2027 - year, 'experience',"
        " case when number = 20 then 'shared' else 'seen' end, 1, 'Bezoek', day, day, 1, day, day, day,"
        ' \'{"kind": "experience"}\' from placement, generate_series(1, 9) year,'
        " generate_series(1, 20) number, lateral (select date '2027-09-01' - 365 * year + number as day) made"
    )
    world.change(fill)
    world.change("analyze entry")
    at_school, a_year, first = 22, 20, 1
    assert await entries_read(world, SCHOOL_CARE, world.dean, school_id=world.kust) == at_school * (a_year + first)


async def test_the_second_wall_holds_where_the_first_is_gone(world: World) -> None:
    """Reminders are the pupil's and staff's of today, steps the pupil's alone, and facts are of one's own pupils."""
    world.new_reminder(world.pupil)
    world.new_step(world.pupil)
    shared_on(world, world.clock.today())
    found = {}
    for who in ("pupil", "classmate", "teacher", "former_teacher", "far_teacher", "dean", "far_dean", "guardian"):
        found[who] = await _beyond_the_first_wall(world, getattr(world, who))
    assert found == {
        "pupil": (1, 1, 0),
        "classmate": (0, 0, 0),
        "teacher": (1, 0, 1),
        "former_teacher": (0, 0, 0),
        "far_teacher": (0, 0, 0),
        "dean": (1, 0, 1),
        "far_dean": (0, 0, 0),
        "guardian": (0, 0, 0),
    }


async def _beyond_the_first_wall(world: World, viewer: UUID) -> tuple[int, int, int]:
    """Reminders, steps and facts that the app's role gets for this viewer when it asks for everything."""
    token = hashlib.sha256(world.client(viewer).headers["Cookie"].removeprefix("sid=").encode()).digest()
    connection = await asyncpg.connect(**asyncpg_arguments(world.settings.database_url or ""))
    try:
        async with connection.transaction():
            now, today = world.clock.now(), world.clock.today()
            await connection.fetch("select * from begin_request($1, $2, $3)", token, now, today)
            row = await connection.fetchrow(
                "select (select count(*) from reminder), (select count(*) from next_step),"
                " (select count(*) from shared_this_year(array[$1]::uuid[], $2))",
                world.placement, today,
            )  # fmt: skip
            assert row is not None
            return tuple(row)
    finally:
        await connection.close()
