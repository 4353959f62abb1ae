"""Planning: templates, two questions, copies, two at once, and what may be planned at all."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from app.reference.catalogue import activity_templates, age_band
from app.reference.codes import Band
from tests.guidance.test_activities import plan, publish, put, states, waiting
from tests.ids import new_id
from tests.portfolio.test_entries import problem
from tests.world import World

OWN_WORDS = "Wat zou je de kapitein nog willen vragen?"
NEXT_WEEK = date(2026, 12, 1)


async def copies(client: httpx.AsyncClient, source: UUID, *wanted: tuple[UUID, date], **told: Any) -> httpx.Response:
    days = [{"id": str(copy), "happensOn": day.isoformat()} for copy, day in wanted]
    return await client.post(f"/v1/activities/{source}/copies", json={"copies": days} | told)


async def read(client: httpx.AsyncClient, activity: UUID) -> dict[str, Any]:
    answer = await client.get(f"/v1/activities/{activity}")
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


async def listed(world: World, viewer: UUID) -> dict[str, Any]:
    answer = await world.client(viewer).get(f"/v1/schools/{world.kust}/activities")
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


# --- templates and questions -------------------------------------------------------------------------


def test_every_age_has_templates_in_two_languages_with_two_questions() -> None:
    version, templates = activity_templates()
    assert version >= 1
    assert {band for template in templates for band in template.bands} == set(Band)
    for template in templates:
        words = [template.title, template.bring, template.ask_before, *(one.text for one in template.questions)]
        assert all(set(text) == {"nl", "en"} for text in words if text is not None), template.code
        assert len({question.competency for question in template.questions}) == 2, template.code


async def test_templates_are_kept_by_the_browser(world: World) -> None:
    client = world.client(None)
    first = await client.get("/v1/activity-templates")
    assert first.json()["items"][0]["title"] == "Kinder-EHBO"
    again = await client.get("/v1/activity-templates", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    english = await client.get("/v1/activity-templates", headers={"Accept-Language": "en"})
    assert english.json()["items"][0]["title"] == "First aid for children"


async def test_a_template_can_be_planned_as_it_is(world: World) -> None:
    teacher = world.client(world.teacher)
    for template in (await teacher.get("/v1/activity-templates")).json()["items"]:
        told = plan(world, endsOn=(world.clock.today() + timedelta(days=template["days"] - 1)).isoformat())
        told |= {name: template[name] for name in template if name not in ("code", "bands", "days")}
        assert (await put(teacher, new_id(world), told)).status_code == 201, template["code"]


async def test_the_two_questions_reach_the_pupil_with_the_version_they_are_of(world: World) -> None:
    teacher, activity = world.client(world.teacher), new_id(world)
    asked = [{"competency": "motives", "text": ""}, {"competency": "networking", "text": OWN_WORDS}]
    await put(teacher, activity, plan(world, questions=asked, logbook=True))
    await publish(teacher, activity)
    pupil = world.client(world.pupil)
    [item] = (await pupil.get("/v1/me/activities")).json()["items"]
    kept = [{"competency": "motives", "text": None}, {"competency": "networking", "text": OWN_WORDS}]
    assert (item["questions"], item["version"], item["logbook"]) == (kept, 2, True)

    world.new_entry(details={"kind": "experience", "activityId": str(activity)})
    assert await waiting(world, world.pupil) == []
    mine = (await pupil.get(f"/v1/me/activities/{activity}")).json()
    assert (mine["questions"], mine["state"], mine["comes"]) == (kept, "published", True)


@pytest.mark.parametrize(
    "questions",
    [
        [{"competency": "motives"}, {"competency": "motives", "text": " "}],
        [{"competency": "motives"}, {"competency": "steering"}, {"competency": "networking"}],
        [{"competency": "charm"}],
        [{"competency": "motives", "text": "a" * 201}],
        [{"text": OWN_WORDS}],
    ],
    ids=["the same twice", "three", "no competency", "too long", "of nothing"],
)
async def test_two_different_questions_are_asked_at_most(questions: list[dict[str, Any]], world: World) -> None:
    answer = await put(world.client(world.teacher), new_id(world), plan(world, questions=questions))
    assert problem(answer)[0] == 422


async def test_an_activity_that_was_moved_to_others_stays_with_who_wrote_about_it(world: World) -> None:
    dean, activity = world.client(world.dean), world.new_activity(world.group)
    pupil = world.client(world.pupil)
    world.new_entry(details={"kind": "experience", "activityId": str(activity)})
    await put(dean, activity, plan(world, world.other_group), 1)
    assert (await pupil.get(f"/v1/me/activities/{activity}")).json()["comes"] is False
    classmate = await world.client(world.classmate).get(f"/v1/me/activities/{activity}")
    assert classmate.status_code == 404


async def test_what_is_a_plan_only_is_nobodys_to_know(world: World) -> None:
    for activity in (
        world.new_activity(world.group, state="draft", published_at=None),
        world.new_activity(world.group, state="cancelled", published_at=None),
    ):
        assert (await world.client(world.pupil).get(f"/v1/me/activities/{activity}")).status_code == 404
    assert (await world.client(world.pupil).get("/v1/me/activities")).json()["cancelled"] == []


# --- copies ------------------------------------------------------------------------------------------


async def test_an_activity_is_repeated_every_week_and_a_retry_is_the_same(world: World) -> None:
    teacher, source = world.client(world.teacher), new_id(world)
    told = plan(world, endsOn="2026-11-25", signUp=True, signUpUntil="2026-11-23", places=12, workFields=["zorg"])
    told |= {"questions": [{"competency": "motives", "text": None}], "startsAt": "09:30:00"}
    assert (await put(teacher, source, told)).status_code == 201
    days = [(new_id(world), world.clock.today() + timedelta(weeks=week)) for week in (1, 2, 3)]
    for _ in ("first", "retry"):
        answer = await copies(teacher, source, *days, publish=True)
        assert answer.status_code == 201, answer.text
        assert [(one["id"], one["state"]) for one in answer.json()["items"]] == [
            (str(copy), "published") for copy, _ in days
        ]
    assert len((await listed(world, world.teacher))["items"]) == 4
    last = await read(teacher, days[-1][0])
    assert (last["happensOn"], last["endsOn"], last["signUpUntil"]) == ("2026-12-15", "2026-12-16", "2026-12-14")
    kept = ("title", "workFields", "questions", "startsAt", "places", "groups")
    source_page = await read(teacher, source)
    assert {name: last[name] for name in kept} == {name: source_page[name] for name in kept}

    await teacher.post(f"/v1/activities/{days[0][0]}/cancel", headers={"If-Match": '"1"'})
    assert (await read(teacher, days[0][0]))["state"] == "cancelled"
    assert (await read(teacher, days[1][0]))["state"] == "published", "each is an activity of its own"


async def test_copies_stay_in_the_school_year_of_their_groups(world: World) -> None:
    source = world.new_activity(world.group)
    answer = await copies(
        world.client(world.teacher), source, (new_id(world), NEXT_WEEK), (new_id(world), date(2027, 9, 1))
    )
    assert problem(answer)[0] == 422
    assert answer.json()["errors"][0]["pointer"] == "/copies/1/happensOn"
    assert len((await listed(world, world.teacher))["items"]) == 1, "all or none"


async def test_a_copy_is_for_groups_that_one_guides_oneself(world: World) -> None:
    source = world.new_activity(world.group, world.other_group)
    assert problem(await copies(world.client(world.teacher), source, (new_id(world), NEXT_WEEK)))[0] == 422
    assert (await copies(world.client(world.dean), source, (new_id(world), NEXT_WEEK))).status_code == 201


async def test_the_id_of_somebody_elses_activity_makes_no_copy(world: World) -> None:
    theirs = new_id(world)
    await put(world.client(world.far_dean), theirs, plan(world, world.far_group))
    answer = await copies(world.client(world.teacher), world.new_activity(world.group), (theirs, NEXT_WEEK))
    assert problem(answer) == (409, "already-exists-different")


@pytest.mark.parametrize("count", [0, 41])
async def test_one_call_makes_forty_copies_at_most(count: int, world: World) -> None:
    days = [(new_id(world), world.clock.today() + timedelta(days=day)) for day in range(count)]
    source = world.new_activity(world.group)
    assert problem(await copies(world.client(world.teacher), source, *days))[0] == 422


async def test_next_year_is_planned_before_its_groups_are_there(world: World) -> None:
    teacher, activity = world.client(world.teacher), new_id(world)
    told = plan(world, happensOn="2027-11-23") | {"groupIds": []}
    assert (await put(teacher, activity, told)).json()["pupils"] == 0
    answer = await publish(teacher, activity)
    assert problem(answer)[0] == 422
    assert answer.json()["errors"][0]["code"] == "groups_needed"
    assert (await world.client(world.other_teacher).get(f"/v1/activities/{activity}")).status_code == 404


async def test_the_groups_to_plan_for_are_ones_own_of_this_year_and_the_next(world: World) -> None:
    world.new_group(world.kust, "2A", 2025)
    world.new_group(world.kust, "2A", 2027)
    whole = [(one["name"], one["schoolYear"], one["band"]) for one in (await listed(world, world.dean))["groups"]]
    assert whole == [("2A", 2026, "B"), ("2B", 2026, "B"), ("2A", 2027, "B")]
    assert [one["name"] for one in (await listed(world, world.teacher))["groups"]] == ["2A"]


async def test_what_was_done_last_year_is_there_to_copy(world: World) -> None:
    before = world.new_group(world.kust, "2A", 2025)
    world.new_activity(before, title="Vorig jaar", happens_on=date(2025, 11, 25))
    world.new_activity(before, title="Lang geleden", happens_on=date(2024, 11, 25))
    assert [one["title"] for one in (await listed(world, world.dean))["items"]] == ["Vorig jaar"]


# --- what may be planned -----------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "status"), [("2026-08-01", 201), ("2026-07-31", 422), ("2028-08-01", 422)])
async def test_a_day_lies_in_this_school_year_or_the_next(day: str, status: int, world: World) -> None:
    told = plan(world, happensOn=day)
    answer = await put(world.client(world.teacher), new_id(world), told if status == 201 else told | {"groupIds": []})
    assert answer.status_code == status, answer.text


async def test_stories_of_no_activity_hide_nothing(world: World) -> None:
    world.new_activity(world.group)
    world.new_entry(details={"kind": "experience", "activityId": None})
    assert await waiting(world, world.pupil) == ["Bezoek aan de haven"]


async def test_what_was_already_over_waits_all_the_same(world: World) -> None:
    teacher, activity = world.client(world.teacher), new_id(world)
    await put(teacher, activity, plan(world, happensOn="2026-09-15"))
    assert (await publish(teacher, activity)).status_code == 200
    assert await waiting(world, world.pupil) == ["Bezoek aan de haven"]


async def test_an_activity_of_a_group_that_ended_stays_as_it_was(world: World) -> None:
    """The planner of last year still reads it; the class of last year gets nothing new."""
    before = world.new_group(world.kust, "1A", 2025)
    activity = world.new_activity(before, planned_by=world.teacher, happens_on=date(2026, 6, 1))
    teacher = world.client(world.teacher)
    assert (await read(teacher, activity))["groups"][0]["name"] == "1A"
    assert problem(await put(teacher, new_id(world), plan(world, before)))[0] == 422
    kept = plan(world, before, happensOn="2026-06-01", title="Haven, met de boot")
    assert (await put(teacher, activity, kept, 1)).status_code == 200


async def test_who_left_the_school_sees_own_plans_no_more(world: World) -> None:
    activity = world.new_activity(world.group, planned_by=world.former_teacher)
    gone = world.client(world.former_teacher)
    world.change("update staff_role set ends_on = '2026-10-31' where person_id = :who", who=world.former_teacher)
    assert (await gone.get(f"/v1/activities/{activity}")).status_code == 404


async def test_with_nobody_in_it_a_group_can_be_planned_for(world: World) -> None:
    activity = new_id(world)
    dean = world.client(world.dean)
    await put(dean, activity, plan(world, world.other_group))
    assert (await publish(dean, activity)).json()["pupils"] == 0
    assert (await read(dean, activity))["participants"] == []


async def test_a_teacher_keeps_the_groups_of_a_colleague_in_the_plan_and_cannot_leave_them_out(world: World) -> None:
    activity, teacher = world.new_activity(world.group, world.other_group), world.client(world.teacher)
    both = plan(world, world.group, world.other_group, place="Scheveningen")
    assert (await put(teacher, activity, both, 1)).status_code == 200
    answer = await put(teacher, activity, plan(world, place="Den Haag"), 2)
    assert problem(answer)[0] == 422
    assert len((await read(teacher, activity))["groups"]) == 2


async def test_of_two_at_once_the_second_reads_whose_version_is_there(world: World) -> None:
    activity = world.new_activity(world.group)
    first, second = world.client(world.teacher), world.client(world.dean)
    assert (await put(first, activity, plan(world, title="Haven, tien uur"), 1)).status_code == 200
    stale = await put(second, activity, plan(world, title="Haven, elf uur"), 1)
    assert (stale.status_code, stale.json()["current"]) == (412, 2)
    there = await read(second, activity)
    assert (there["title"], there["changedBy"]["givenName"]) == ("Haven, tien uur", "Joost")


async def test_of_what_is_cancelled_the_pupil_reads_so_until_its_day_is_over(world: World) -> None:
    teacher, activity = world.client(world.teacher), new_id(world)
    await put(teacher, activity, plan(world, happensOn=NEXT_WEEK.isoformat()))
    await publish(teacher, activity)
    await teacher.post(f"/v1/activities/{activity}/cancel", headers={"If-Match": '"2"'})
    pupil = world.client(world.pupil)
    page = (await pupil.get("/v1/me/activities")).json()
    assert (page["items"], [one["title"] for one in page["cancelled"]]) == ([], ["Bezoek aan de haven"])
    assert (await pupil.get(f"/v1/me/activities/{activity}")).json()["state"] == "cancelled"
    world.at(NEXT_WEEK)
    assert (await pupil.get("/v1/me/activities")).json()["cancelled"]
    world.at(NEXT_WEEK + timedelta(days=1))
    assert (await pupil.get("/v1/me/activities")).json()["cancelled"] == []


async def test_two_thousand_pupils_are_a_second_at_most_and_nothing_is_written_for_them(world: World) -> None:
    group = world.new_group(world.kust, "Hele school")
    world.change(
        "with people as (insert into person (id, given_name, family_name, search_name) select uuidv7(), 'Kind',"
        " number::text, 'kind' from generate_series(1, 2000) number returning id), placed as (insert into placement"
        " (id, pupil_id, school_id, starts_on) select uuidv7(), id, :school, '2026-08-01' from people returning id)"
        " insert into group_membership (id, placement_id, group_id, starts_on)"
        " select uuidv7(), id, :grp, '2026-08-01' from placed",
        school=world.kust, grp=group,
    )  # fmt: skip
    activity = world.new_activity(group, state="draft")
    answer = await publish(world.client(world.dean), activity)
    assert answer.json()["pupils"] == 2000
    assert answer.elapsed < timedelta(seconds=1)
    assert world.scalar("select count(*) from activity_absence") == 0
    assert world.scalar("select count(*) from activity_sign_up") == 0


def test_the_database_knows_the_same_bands(world: World) -> None:
    for level in ("po", "vmbo", "havo", "vwo", "mbo"):
        for year in range(1, 9):
            assert world.scalar("select age_band(:level, :year)", level=level, year=year) == age_band(level, year)


async def test_later_changes_touch_no_story(world: World) -> None:
    """Moved after pupils wrote about it: their stories still count for it, and no second one waits."""
    activity, teacher = world.new_activity(world.group), world.client(world.teacher)
    world.new_entry(details={"kind": "experience", "activityId": str(activity)})
    await put(teacher, activity, plan(world, happensOn=NEXT_WEEK.isoformat()), 1)
    assert await waiting(world, world.pupil) == []
    assert await states(world, activity) == {"Yara": "shared", "Omar": "open"}
