"""What somebody tries who means harm, or taps twice, with planning, signing up, calendars, questions and reminders."""

import asyncio
from datetime import date, timedelta
from typing import Any

from icalendar import Calendar

from tests.guidance.test_activities import plan, put
from tests.guidance.test_care import long_ago, remind
from tests.guidance.test_signing_up import NEXT_WEEK, joins, leaves, outing
from tests.ids import new_id
from tests.portfolio.test_entries import problem
from tests.world import World

SCRIPT = "<img src=x onerror=alert(1)><script>alert(1)</script>"


# --- ids of others ----------------------------------------------------------------------------------


async def test_an_id_in_a_story_opens_no_activity_of_another_school(world: World) -> None:
    far = world.new_activity(world.far_group, school_id=world.duin, planned_by=world.far_dean, title="Van een ander")
    world.new_entry(details={"kind": "experience", "activityId": str(far)})
    pupil = world.client(world.pupil)
    for path in (f"/v1/me/activities/{far}", f"/v1/activities/{far}/calendar.ics", f"/v1/activities/{far}"):
        answer = await pupil.get(path)
        assert answer.status_code == 404, path
        assert "Van een ander" not in answer.text
    assert (await joins(world, world.pupil, far)).status_code == 404


async def test_a_story_on_an_activity_of_others_counts_for_nothing_there(world: World) -> None:
    activity = world.new_activity(world.far_group, school_id=world.duin, planned_by=world.far_dean)
    world.new_entry(details={"kind": "experience", "activityId": str(activity)})
    page = (await world.client(world.far_dean).get(f"/v1/activities/{activity}")).json()
    assert (page["shared"], [one["state"] for one in page["participants"]]) == (0, ["open"])


async def test_one_pupil_does_not_make_ten_stories(world: World) -> None:
    """The number of an organisation is told from ten pupils on, however many stories one of them writes."""
    organisation = world.new_organisation()
    activity = world.new_activity(world.group, organisation_id=organisation)
    for _ in range(12):
        world.new_entry(details={"kind": "experience", "activityId": str(activity)})
    page = (await world.client(world.far_teacher).get(f"/v1/organisations/{organisation}")).json()
    assert page["stories"] is None


async def test_nobody_signs_another_pupil_up_or_off_but_who_guides_the_class(world: World) -> None:
    activity, city = outing(world), world.new_city_activity()
    for one in (activity, city):
        await joins(world, world.pupil, one)
    for who in ("classmate", "guardian", "other_teacher", "former_teacher", "far_teacher", "far_dean", "coordinator"):
        client = world.client(getattr(world, who))
        for one in (activity, city):
            for pupil in {world.pupil, world.classmate} - {getattr(world, who)}:
                by_hand = f"/v1/activities/{one}/sign-ups/{pupil}"
                answers = [await client.put(by_hand), await client.delete(by_hand)]
                assert [answer.status_code for answer in answers] == [404, 404], who
    for who in ("teacher", "dean"):
        by_hand = f"/v1/activities/{city}/sign-ups/{world.pupil}"
        assert (await world.client(getattr(world, who)).delete(by_hand)).status_code == 404, "theirs to choose"
    assert world.scalar("select count(*) from activity_sign_up") == 2


async def test_the_id_of_another_makes_no_step_and_tells_nothing(world: World) -> None:
    step, told = new_id(world), {"text": "Geheim"}
    pupil, classmate = world.client(world.pupil), world.client(world.classmate)
    assert (await classmate.put(f"/v1/me/steps/{step}", json=told)).status_code == 201
    there = await pupil.put(f"/v1/me/steps/{step}", json=told)
    changed = await pupil.put(f"/v1/me/steps/{step}", json=told, headers={"If-Match": '"1"'})
    ended = await pupil.put(f"/v1/me/steps/{step}/state", json={"state": "done"}, headers={"If-Match": '"1"'})
    assert [answer.status_code for answer in (there, changed, ended)] == [404] * 3
    for entry in (world.new_entry(), new_id(world)):
        answer = await classmate.put(f"/v1/me/steps/{new_id(world)}", json={**told, "entryId": str(entry)})
        assert (problem(answer)[0], answer.json()["errors"][0]["pointer"]) == (422, "/entryId")


async def test_a_question_of_another_school_is_not_there_for_a_dean_of_this_one(world: World) -> None:
    question, dean = new_id(world), world.client(world.dean)
    body = {"bands": ["B"], "competency": "qualities", "text": SCRIPT}
    made = await world.client(world.far_dean).put(f"/v1/schools/{world.duin}/questions/{question}", json=body)
    assert made.status_code == 201
    address = f"/v1/schools/{world.kust}/questions/{question}"
    version = {"If-Match": '"1"'}
    assert (await dean.put(address, json=body)).status_code == 404
    assert (await dean.put(address, json=body, headers=version)).status_code == 404
    assert (await dean.post(f"{address}/withdraw", headers=version)).status_code == 404
    far = f"/v1/schools/{world.duin}/questions/{question}"
    assert (await dean.put(far, json=body, headers=version)).status_code == 404
    world.change("update staff_role set ends_on = '2026-11-23' where person_id = :who", who=world.dean)
    made = await dean.put(f"/v1/schools/{world.kust}/questions/{new_id(world)}", json=body)
    assert made.status_code == 404, "the role ended yesterday"


# --- who was once ------------------------------------------------------------------------------------


async def test_who_planned_it_and_guides_the_class_no_more_reads_no_names_and_misses_nobody(world: World) -> None:
    activity = world.new_activity(world.group, planned_by=world.former_teacher)
    client = world.client(world.former_teacher)
    answer = await client.get(f"/v1/activities/{activity}")
    assert answer.status_code == 200
    assert answer.json()["participants"] == []
    assert "Yara" not in answer.text
    missed = await client.put(f"/v1/activities/{activity}/attendance", json={"absent": [str(world.pupil)]})
    assert missed.status_code == 404
    page = (await world.client(world.teacher).get(f"/v1/activities/{activity}")).json()
    assert [one["givenName"] for one in page["participants"]] == ["Omar", "Yara"]


async def test_a_plan_that_was_never_ready_is_in_no_calendar_of_pupils_when_it_is_called_off(world: World) -> None:
    teacher, activity = world.client(world.teacher), new_id(world)
    await put(teacher, activity, plan(world, title="Verrassing"))
    cancelled = await teacher.post(f"/v1/activities/{activity}/cancel", headers={"If-Match": '"1"'})
    assert cancelled.status_code == 200
    pupil, secret = world.client(world.pupil), world.new_calendar(world.pupil)
    day = world.clock.today().isoformat()
    for path in (
        f"/v1/me/calendar?from={day}&until={day}",
        f"/v1/activities/{activity}/calendar.ics",
        f"/v1/calendars/{secret}.ics",
        f"/v1/me/activities/{activity}",
        "/v1/me/activities",
    ):
        assert "Verrassing" not in (await pupil.get(path)).text, path
    never = outing(world, state="cancelled", published_at=None)
    assert problem(await joins(world, world.pupil, never))[0] == 404


async def test_what_pupils_know_of_does_not_move_to_another_school(world: World) -> None:
    """Who teaches at two schools could show the pupils of one what the other does."""
    world.change(
        "insert into staff_role (id, person_id, school_id, role, starts_on)"
        " values (uuidv7(), :who, :school, 'dean', :d)",
        who=world.dean, school=world.duin, d=date(2026, 8, 1),
    )  # fmt: skip
    dean, activity = world.client(world.dean), outing(world)
    await joins(world, world.pupil, activity)
    moved = plan(world, world.far_group, happensOn=NEXT_WEEK.isoformat(), signUp=True, title="Van de ander")
    assert problem(await put(dean, activity, moved, 1))[0] == 422
    draft = world.new_activity(world.group, state="draft", published_at=None)
    assert (await put(dean, draft, moved, 1)).status_code == 200, "nobody knows of a draft"


async def test_a_pupil_who_left_signs_up_for_nothing_and_out_of_everything_that_stands(world: World) -> None:
    activity, city = outing(world), world.new_city_activity()
    await joins(world, world.pupil, city)
    for table, column in (("group_membership", "placement_id"), ("placement", "id")):
        world.change(f"update {table} set ends_on = '2026-11-23' where {column} = :p", p=world.placement)
    assert (await joins(world, world.pupil, activity)).status_code == 404
    assert (await joins(world, world.pupil, world.new_city_activity())).status_code == 404
    assert (await leaves(world, world.pupil, city)).status_code == 204


# --- at the same moment, and twice ----------------------------------------------------------------


async def test_of_thirty_at_once_three_get_the_three_places(world: World) -> None:
    activity = outing(world, places=3)
    pupils = [world.new_pupil(f"Kind {number}", world.kust, world.group)[0] for number in range(30)]
    answers = await asyncio.gather(*(joins(world, pupil, activity) for pupil in pupils))
    assert sorted(answer.status_code for answer in answers) == [204] * 3 + [409] * 27
    assert world.scalar("select count(*) from activity_sign_up") == 3


async def test_the_same_id_with_other_classes_is_another_plan(world: World) -> None:
    dean, activity = world.client(world.dean), new_id(world)
    assert (await put(dean, activity, plan(world))).status_code == 201
    assert (await put(dean, activity, plan(world))).status_code == 200
    other = await put(dean, activity, plan(world, world.group, world.other_group))
    assert problem(other)[0] == 409, "not kept, so not answered as if it were"


async def test_reminding_and_taking_back_a_hundred_times_leaves_one(world: World) -> None:
    """What was taken back nobody saw; what was seen stays and keeps its week."""
    long_ago(world)
    client = world.client(world.teacher)
    for _ in range(5):
        reminder = new_id(world)
        assert (await remind(client, world, world.pupil, reminder=reminder)).json()["sent"]
        assert (await client.delete(f"/v1/reminders/{reminder}")).status_code == 204
    last = new_id(world)
    await remind(client, world, world.pupil, reminder=last)
    await world.client(world.pupil).put(f"/v1/me/reminders/{last}/seen")
    assert (await client.delete(f"/v1/reminders/{last}")).status_code == 404
    assert (await remind(client, world, world.pupil)).json()["sent"] == []
    assert world.scalar("select count(*) from reminder") == 1


async def test_a_clock_that_goes_back_a_day_reminds_nobody_twice(world: World) -> None:
    client = world.client(world.teacher)
    await remind(client, world, world.pupil)
    world.at(world.clock.today() - timedelta(days=1))
    assert (await remind(client, world, world.pupil)).json()["sent"] == []


async def test_who_takes_the_last_own_class_away_may_put_another_own_one_there(world: World) -> None:
    role = world.scalar("select id from staff_role where person_id = :who", who=world.teacher)
    world.change(
        "insert into group_assignment (id, staff_role_id, group_id, is_mentor, starts_on)"
        " values (uuidv7(), :role, :group, false, '2026-08-01')",
        role=role, group=world.other_group,
    )  # fmt: skip
    activity = world.new_activity(world.group)
    answer = await put(world.client(world.teacher), activity, plan(world, world.other_group), 1)
    assert answer.status_code == 200, answer.text


# --- what is typed ----------------------------------------------------------------------------------


MISLEADING: list[dict[str, Any]] = [
    {"place": "Haven \u202egnp.exe"},
    {"organisation": "\u202d"},
    {"bring": "\u200b"},
    {"askBefore": "Wat\u202e?"},
    {"questions": [{"competency": "motives", "text": "\u202a"}]},
    {"title": "x" * 10_000},
    {"bring": "x" * 10_000},
    {"plannedBy": "00000000-0000-7000-8000-000000000000"},
    {"schoolId": "00000000-0000-7000-8000-000000000000"},
    {"publishedAt": "2026-01-01T00:00:00Z"},
    {"state": "published"},
    {"version": 9},
    {"startsAt": "09:00:00+02:00"},
    {"endsOn": "9999-12-31"},
]


async def test_what_would_mislead_or_is_not_for_the_planner_to_say_is_refused(world: World) -> None:
    teacher = world.client(world.teacher)
    for fields in MISLEADING:
        assert (await put(teacher, new_id(world), plan(world) | fields)).status_code == 422, fields


WEBSITES = (
    "javascript:alert(1)", "https://javascript:alert(1)", "http://a.example", "https://a.example@evil.example/",
     "https://a.example\n.evil", "data:text/html,x", "//a.example", "https://a.example/\"onclick=\u202e",
)  # fmt: skip


async def test_an_organisation_has_a_plain_website_or_none(world: World) -> None:
    teacher = world.client(world.teacher)
    for website in WEBSITES:
        told = {"name": "Rederij", "website": website}
        answer = await teacher.put(f"/v1/organisations/{new_id(world)}", json=told)
        assert answer.status_code == 422, website


async def test_a_title_writes_no_line_of_its_own_in_a_calendar(world: World) -> None:
    odd = ("\r\nATTENDEE:mailto:x@y.example", "\rATTENDEE:x", "\x0bX:1", "\x07\x1b", "\u2028X:1", "\x85X:1")
    for each in odd:
        world.new_activity(world.group, title=f"Haven{each}", place=f"Kade{each}")
    secret = world.new_calendar(world.pupil)
    raw = (await world.client(None).get(f"/v1/calendars/{secret}.ics")).content
    events = Calendar.from_ical(raw).walk("VEVENT")
    assert len(events) == len(odd)
    lines = {"UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "SUMMARY", "STATUS", "LOCATION", "DTSTART", "DTEND"}
    assert [set(event) for event in events] == [lines] * len(odd)
    assert raw.replace(b"\r\n", b"").decode().isprintable(), "nothing that an app could take for the end of a line"


async def test_what_looks_like_html_is_told_as_data(world: World) -> None:
    teacher, activity = world.client(world.teacher), new_id(world)
    told = plan(world, title=SCRIPT, place=SCRIPT, questions=[{"competency": "motives", "text": SCRIPT}])
    assert (await put(teacher, activity, told)).status_code == 201
    await teacher.post(f"/v1/activities/{activity}/publish", headers={"If-Match": '"1"'})
    for path in ("/v1/me/activities", f"/v1/me/activities/{activity}", f"/v1/activities/{activity}/calendar.ics"):
        answer = await world.client(world.pupil).get(path)
        assert answer.headers["content-type"].split(";")[0] in ("application/json", "text/calendar")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "no-store" in answer.headers["cache-control"]


async def test_any_calendar_secret_gets_the_same_answer(world: World) -> None:
    world.new_calendar(world.pupil)
    for secret in ("%ED%A0%80", "..%2f..%2fme", "%FF", "a" * 8_000, "İ", "' or 1=1 --", "%00"):
        answer = await world.client(None).get(f"/v1/calendars/{secret}.ics")
        assert answer.status_code == (400 if secret == "%00" else 404), secret
        assert "set-cookie" not in answer.headers
        assert "a" * 100 not in answer.text


# --- days -------------------------------------------------------------------------------------------


async def test_the_city_plans_from_this_school_year_to_the_next(world: World) -> None:
    coordinator = world.client(world.coordinator)
    for today, day, status in (
        (date(2027, 7, 31), "2026-07-31", 422),
        (date(2027, 7, 31), "2026-08-01", 201),
        (date(2027, 7, 31), "2028-07-31", 201),
        (date(2027, 7, 31), "2028-08-01", 422),
        (date(2027, 8, 1), "2027-07-31", 422),
        (date(2027, 8, 1), "2028-02-29", 201),
    ):
        world.at(today)
        told = {"title": "Dag van de haven", "happensOn": day, "bands": ["B"]}
        answer = await coordinator.put(f"/v1/city-activities/{new_id(world)}", json=told)
        assert answer.status_code == status, (today, day)


async def test_on_the_night_of_the_school_year_what_was_waits_no_more(world: World) -> None:
    activity = world.new_activity(world.group, title="Laatste dag", happens_on=date(2027, 7, 30))
    for day, waits in ((date(2027, 7, 31), ["Laatste dag"]), (date(2027, 8, 1), [])):
        world.at(day)
        found = (await world.client(world.pupil).get("/v1/me/activities")).json()["items"]
        assert [one["title"] for one in found] == waits
    assert (await world.client(world.pupil).get(f"/v1/me/activities/{activity}")).status_code == 200, "still to read"
