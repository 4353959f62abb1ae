"""A pupil keeps, shares, changes and puts away what happened."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from tests.ids import new_id
from tests.world import World

EXPERIENCE: dict[str, Any] = {
    "title": "Bezoek aan de haven",
    "happenedOn": "2026-11-20",
    "body": "Een kraan van dichtbij 👷",
    "feeling": "nice",
    "details": {"kind": "experience", "form": "company_visit", "organisation": "Haven", "hours": 2.5},
    "answers": [{"questionId": "b-ex-1", "questionVersion": 1, "question": "Wat kon jij goed?", "text": "Kijken"}],
    "competencies": ["qualities"],
    "workFields": ["transport"],
    "tags": ["boot"],
}
KINDS: list[dict[str, Any]] = [
    {"kind": "experience", "logbook": [{"on": "2026-11-20", "text": "Dag 1"}], "expectation": {"before": "saai"}},
    {"kind": "work_sample", "occasion": "techniek", "together": "together"},
    {"kind": "interview", "role": "kok", "exchanges": [{"question": "Is het leuk?", "answer": "Ja"}]},
    {"kind": "article", "source": "krant", "publishedOn": "2026-11-01", "why": "kraan"},
    {"kind": "result", "subject": "rekenen", "result": "voldoende", "by": "meester"},
    {"kind": "reflection", "looksBackOn": "period", "about": "dit jaar"},
]


def match(version: int) -> dict[str, str]:
    return {"If-Match": f'"{version}"'}


async def keep(client: httpx.AsyncClient, entry_id: UUID, version: int | None = None, **changes: Any) -> httpx.Response:
    headers = {} if version is None else match(version)
    return await client.put(f"/v1/entries/{entry_id}", json=EXPERIENCE | changes, headers=headers)


async def share(client: httpx.AsyncClient, entry_id: UUID, ring: int = 2, version: int = 1) -> httpx.Response:
    return await client.put(f"/v1/entries/{entry_id}/audience", json={"ring": ring}, headers=match(version))


def problem(response: httpx.Response) -> tuple[int, str]:
    assert response.headers["content-type"] == "application/problem+json", response.text
    return response.status_code, response.json()["type"].removeprefix("/problems/")


def pointers(response: httpx.Response) -> dict[str, str]:
    return {error["pointer"]: error["code"] for error in response.json()["errors"]}


# --- keeping ----------------------------------------------------------------------------------------


async def test_a_new_entry_is_a_draft_that_only_the_pupil_sees(world: World) -> None:
    pupil, entry_id = world.client(world.pupil), new_id(world)
    made = await keep(pupil, entry_id)
    assert made.status_code == 201
    assert made.headers["etag"] == '"1"'
    assert made.json() == {
        "id": str(entry_id),
        "version": 1,
        "state": "draft",
        "ring": 0,
        "updatedAt": "2026-11-24T11:00:00Z",
    }
    assert (await pupil.get(f"/v1/entries/{entry_id}")).status_code == 200
    for person in (world.teacher, world.guardian, world.dean, world.classmate):
        assert problem(await world.client(person).get(f"/v1/entries/{entry_id}")) == (404, "not-found")


@pytest.mark.parametrize("details", KINDS, ids=lambda details: details["kind"])
async def test_every_kind_comes_back_as_it_was_written(world: World, details: dict[str, Any]) -> None:
    pupil, entry_id = world.client(world.pupil), new_id(world)
    assert (await keep(pupil, entry_id, details=details)).status_code == 201
    page = (await pupil.get(f"/v1/entries/{entry_id}")).json()
    assert page["kind"] == details["kind"]
    assert (
        details.items()
        <= {**page["details"], **{k: v for k, v in details.items() if k in ("logbook", "expectation")}}.items()
    )
    assert {**page, **EXPERIENCE, "details": page["details"], "answers": page["answers"]} == page
    assert page["answers"][0]["text"] == "Kijken"


async def test_fields_of_another_kind_are_refused(world: World) -> None:
    answer = await keep(world.client(world.pupil), new_id(world), details={"kind": "result", "hours": 3})
    assert problem(answer) == (422, "validation")


async def test_the_same_request_again_is_the_same_entry(world: World) -> None:
    pupil, entry_id = world.client(world.pupil), new_id(world)
    first = await keep(pupil, entry_id)
    again = await keep(pupil, entry_id)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert world.scalar("select count(*) from entry") == 1


async def test_a_double_click_makes_one_entry(world: World) -> None:
    pupil, entry_id = world.client(world.pupil), new_id(world)
    answers = await asyncio.gather(*(keep(pupil, entry_id) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert world.scalar("select count(*) from entry") == 1


async def test_other_words_under_the_same_id_do_not_overwrite(world: World) -> None:
    pupil, entry_id = world.client(world.pupil), new_id(world)
    await keep(pupil, entry_id)
    assert problem(await keep(pupil, entry_id, title="Iets anders")) == (409, "already-exists-different")
    assert world.scalar("select title from entry") == EXPERIENCE["title"]


async def test_every_change_counts_a_version(world: World) -> None:
    pupil, entry_id = world.client(world.pupil), new_id(world)
    await keep(pupil, entry_id)
    changed = await keep(pupil, entry_id, 1, body="Meer")
    assert (changed.status_code, changed.json()["version"], changed.headers["etag"]) == (200, 2, '"2"')
    unchanged = await keep(pupil, entry_id, 2, body="Meer")
    assert unchanged.json()["version"] == 2


async def test_a_change_whose_answer_got_lost_can_be_sent_again(world: World) -> None:
    pupil, entry_id = world.client(world.pupil), new_id(world)
    await keep(pupil, entry_id)
    first = await keep(pupil, entry_id, 1, body="Meer")
    again = await keep(pupil, entry_id, 1, body="Meer")
    assert again.status_code == 200
    assert again.json() == first.json()


async def test_a_stale_version_overwrites_nothing_and_names_the_current_one(world: World) -> None:
    pupil, entry_id = world.client(world.pupil), new_id(world)
    await keep(pupil, entry_id)
    await keep(pupil, entry_id, 1, body="Van de telefoon")
    stale = await keep(pupil, entry_id, 1, body="Van de tablet")
    assert problem(stale) == (412, "version-conflict")
    assert stale.json()["current"] == 2
    assert world.scalar("select body from entry") == "Van de telefoon"


async def test_two_devices_at_once_never_both_win(world: World) -> None:
    pupil, entry_id = world.client(world.pupil), new_id(world)
    await keep(pupil, entry_id)
    answers = await asyncio.gather(*(keep(pupil, entry_id, 1, body=f"Apparaat {n}") for n in range(6)))
    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 5


async def test_a_change_to_an_entry_that_is_not_there_makes_none(world: World) -> None:
    assert problem(await keep(world.client(world.pupil), new_id(world), 1)) == (404, "not-found")


@pytest.mark.parametrize("who", ["teacher", "dean", "guardian", "admin", "coordinator"])
async def test_who_is_no_pupil_makes_no_entries(world: World, who: str) -> None:
    assert problem(await keep(world.client(getattr(world, who)), new_id(world))) == (403, "not-allowed")


@pytest.mark.parametrize("who", ["teacher", "dean", "guardian"])
async def test_who_may_read_an_entry_may_not_write_in_it(world: World, who: str) -> None:
    client, entry_id = world.client(getattr(world, who)), world.new_entry()
    assert problem(await keep(client, entry_id, 1)) == (403, "not-allowed")
    assert problem(await client.delete(f"/v1/entries/{entry_id}")) == (403, "not-allowed")
    assert problem(await client.post(f"/v1/entries/{entry_id}/archive")) == (403, "not-allowed")


async def test_the_id_of_somebody_elses_entry_is_as_good_as_none(world: World) -> None:
    classmate, entry_id = world.client(world.classmate), world.new_entry()
    assert problem(await keep(classmate, entry_id)) == (404, "not-found")
    assert problem(await keep(classmate, entry_id, 1)) == (404, "not-found")
    assert problem(await share(classmate, entry_id)) == (404, "not-found")
    assert problem(await classmate.delete(f"/v1/entries/{entry_id}")) == (404, "not-found")
    assert world.scalar("select count(*) from entry") == 1


async def test_ids_are_made_by_time(world: World) -> None:
    pupil = world.client(world.pupil)
    assert pointers(await keep(pupil, uuid4())) == {"/id": "uuid_version"}
    assert pointers(await keep(pupil, new_id(world, timedelta(hours=25)))) == {"/id": "clock_skew"}
    assert (await keep(pupil, new_id(world, timedelta(hours=23)))).status_code == 201


@pytest.mark.parametrize(
    ("happened_on", "code"),
    [("2028-01-01", "too_far_ahead"), ("2012-12-31", "before_birth"), ("1800-01-01", "out_of_range"),
     ("2026-02-30", "invalid")],
)  # fmt: skip
async def test_dates_that_cannot_be_are_refused(world: World, happened_on: str, code: str) -> None:
    answer = await keep(world.client(world.pupil), new_id(world), happenedOn=happened_on)
    assert problem(answer) == (422, "validation")
    assert pointers(answer) == {"/happenedOn": code}


@pytest.mark.parametrize(
    ("happened_on", "school_year"),
    [("2026-07-31", 2025), ("2026-08-01", 2026), ("2014-05-01", 2018), (None, 2026), ("2027-09-01", 2027)],
)
async def test_an_entry_stands_in_the_school_year_in_which_it_happened(
    world: World, happened_on: str | None, school_year: int
) -> None:
    await keep(world.client(world.pupil), new_id(world), happenedOn=happened_on)
    assert world.scalar("select school_year from entry") == school_year


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "x" * 201},
        {"body": "x" * 100_000},
        {"title": "a\u0000b"},
        {"title": "\u200b\u200b"},
        {"title": "foto\u202egpj"},
        {"owner": "ik"},
        {"tags": ["x"] * 21},
        {"feeling": "heel blij"},
        {"details": {"kind": "experience", "hours": -1}},
        {"details": {"kind": "diary"}},
    ],
    ids=["long title", "long text", "nul", "invisible", "bidi", "unknown", "tags", "feeling", "hours", "kind"],
)
async def test_what_cannot_be_kept_is_refused_with_its_place(world: World, changes: dict[str, Any]) -> None:
    answer = await keep(world.client(world.pupil), new_id(world), **changes)
    assert problem(answer) == (422, "validation")
    assert next(iter(pointers(answer))).startswith(f"/{next(iter(changes))}")


# --- sharing ----------------------------------------------------------------------------------------


async def test_sharing_asks_for_a_title_and_a_version(world: World) -> None:
    pupil, entry_id = world.client(world.pupil), new_id(world)
    await keep(pupil, entry_id, title="")
    untitled = await share(pupil, entry_id)
    assert (untitled.status_code, pointers(untitled)) == (422, {"/title": "title_missing"})
    without = await pupil.put(f"/v1/entries/{entry_id}/audience", json={"ring": 2})
    assert problem(without) == (428, "precondition-needed")


async def test_a_shared_entry_is_seen_at_school_and_at_home_and_has_its_first_version(world: World) -> None:
    pupil, entry_id = world.client(world.pupil), new_id(world)
    await keep(pupil, entry_id)
    await keep(pupil, entry_id, 1, body="Af")
    shared = await share(pupil, entry_id, 2, version=2)
    assert shared.json() | {"updatedAt": ""} == {
        "id": str(entry_id), "version": 2, "state": "shared", "ring": 2, "updatedAt": "",
    }  # fmt: skip
    for person in (world.teacher, world.dean, world.guardian):
        assert (await world.client(person).get(f"/v1/entries/{entry_id}")).status_code == 200
    versions = (await pupil.get(f"/v1/entries/{entry_id}/versions")).json()["items"]
    assert [(one["version"], one["content"]["body"]) for one in versions] == [(2, "Af")]


async def test_for_school_only_means_not_at_home(world: World) -> None:
    pupil, entry_id = world.client(world.pupil), new_id(world)
    await keep(pupil, entry_id)
    await share(pupil, entry_id, 1)
    assert (await world.client(world.teacher).get(f"/v1/entries/{entry_id}")).status_code == 200
    assert (await world.client(world.guardian).get(f"/v1/entries/{entry_id}")).status_code == 404


async def test_sharing_again_after_a_lost_answer_is_harmless(world: World) -> None:
    pupil, entry_id = world.client(world.pupil), new_id(world)
    await keep(pupil, entry_id)
    assert (await share(pupil, entry_id)).json() == (await share(pupil, entry_id)).json()


async def test_a_change_after_sharing_is_a_version_and_asks_for_another_look(world: World) -> None:
    entry_id = world.new_entry(state="seen", seen_at=world.clock.now(), seen_by=world.teacher)
    pupil = world.client(world.pupil)
    changed = await keep(pupil, entry_id, 1, body="Beter verteld")
    assert (changed.json()["version"], changed.json()["state"]) == (2, "shared")
    versions = (await pupil.get(f"/v1/entries/{entry_id}/versions")).json()["items"]
    assert [one["version"] for one in versions] == [2, 1]
    assert world.scalar("select seen_at from entry") is None


async def test_of_one_sitting_the_last_words_are_shown_and_those_that_somebody_spoke_about(world: World) -> None:
    pupil, entry_id, start = world.client(world.pupil), world.new_entry(), world.clock.now()
    for version, minute in enumerate((5, 10, 20, 45, 200), 1):
        world.clock.set(start + timedelta(minutes=minute))  # type: ignore[attr-defined]
        await keep(pupil, entry_id, version, body=f"Na {minute} minuten")
        if minute == 10:
            await world.client(world.teacher).post(
                f"/v1/entries/{entry_id}/feedback",
                headers={"Idempotency-Key": str(said := new_id(world))},
                json={"id": str(said), "kind": "comment", "text": "Vertel!"},
            )
    versions = (await pupil.get(f"/v1/entries/{entry_id}/versions")).json()["items"]
    assert [one["version"] for one in versions] == [6, 5, 3, 1]
    page = (await pupil.get(f"/v1/entries/{entry_id}")).json()
    assert (page["versionCount"], page["version"], page["feedback"][0]["version"]) == (4, 6, 3)
    assert world.scalar("select count(*) from entry_version") == 6


async def test_a_shared_entry_keeps_a_title_and_its_kind(world: World) -> None:
    pupil, entry_id = world.client(world.pupil), world.new_entry()
    assert pointers(await keep(pupil, entry_id, 1, title="")) == {"/title": "title_missing"}
    assert problem(await keep(pupil, entry_id, 1, details={"kind": "result"})) == (409, "kind-fixed")
    assert world.scalar("select version from entry") == 1


async def test_an_entry_is_taken_back_and_shared_anew(world: World) -> None:
    entry_id, pupil, teacher = world.new_entry(), world.client(world.pupil), world.client(world.teacher)
    assert (await share(pupil, entry_id, 0)).json()["state"] == "draft"
    assert (await teacher.get(f"/v1/entries/{entry_id}")).status_code == 404
    assert (await share(pupil, entry_id, 2)).json()["state"] == "shared"
    assert (await teacher.get(f"/v1/entries/{entry_id}")).status_code == 200


async def test_without_a_school_nothing_is_shared(world: World) -> None:
    world.change("update placement set ends_on = '2026-11-23' where pupil_id = :pupil", pupil=world.pupil)
    pupil, entry_id = world.client(world.pupil), new_id(world)
    assert (await keep(pupil, entry_id)).status_code == 201
    assert problem(await share(pupil, entry_id)) == (409, "no-school")


async def test_an_entry_is_shared_with_the_school_of_that_day(world: World) -> None:
    entry_id, pupil = world.new_entry(), world.client(world.pupil)
    world.change("update placement set ends_on = '2026-11-23' where pupil_id = :pupil", pupil=world.pupil)
    moved = world.place(world.pupil, world.duin, world.far_group, date(2026, 11, 24))
    await share(pupil, entry_id, 1)
    assert world.scalar("select placement_id from entry") == world.placement
    await share(pupil, entry_id, 0)
    await share(pupil, entry_id, 1)
    assert world.scalar("select placement_id from entry") == moved


# --- by age -----------------------------------------------------------------------------------------


async def test_under_twelve_school_only_is_chosen_together_with_the_teacher(world: World) -> None:
    child, _ = world.new_pupil("Sem", world.kust, world.group, birth_date=date(2016, 5, 1))
    parent = world.client(world.new_guardian("Fadoua", child))
    pupil, teacher, entry_id = world.client(child), world.client(world.teacher), new_id(world)
    await keep(pupil, entry_id)
    assert problem(await share(pupil, entry_id, 1)) == (403, "age-rule")
    assert (await share(pupil, entry_id, 2)).status_code == 200
    assert (await parent.get(f"/v1/entries/{entry_id}")).status_code == 200
    assert (await share(teacher, entry_id, 1)).json()["ring"] == 1
    assert (await parent.get(f"/v1/entries/{entry_id}")).status_code == 404
    assert problem(await share(teacher, entry_id, 0)) == (403, "not-allowed")
    assert (await share(pupil, entry_id, 0)).json()["state"] == "draft"


async def test_from_twelve_the_pupil_chooses_and_the_teacher_does_not(world: World) -> None:
    entry_id = world.new_entry()
    assert problem(await share(world.client(world.teacher), entry_id, 1)) == (403, "not-allowed")
    assert (await share(world.client(world.pupil), entry_id, 1)).status_code == 200


async def test_parents_choose_nothing(world: World) -> None:
    assert problem(await share(world.client(world.guardian), world.new_entry(), 1)) == (403, "not-allowed")


# --- putting away -----------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["draft", "shared", "asked_back", "seen"])
@pytest.mark.parametrize("way", ["trash", "archive"])
async def test_what_was_put_away_comes_back_as_it_was(world: World, state: str, way: str) -> None:
    entry_id = world.new_entry(state=state, **({"ring": 0} if state == "draft" else {}))
    pupil, teacher = world.client(world.pupil), world.client(world.teacher)
    if way == "trash":
        assert (await pupil.delete(f"/v1/entries/{entry_id}")).status_code == 204
        assert (await pupil.delete(f"/v1/entries/{entry_id}")).status_code == 204
    else:
        assert (await pupil.post(f"/v1/entries/{entry_id}/archive")).json()["state"] == "archived"
    assert (await teacher.get(f"/v1/entries/{entry_id}")).status_code == 404
    assert problem(await keep(pupil, entry_id, 1)) == (409, "wrong-state")
    assert problem(await share(pupil, entry_id, 1)) == (409, "wrong-state")
    assert (await pupil.post(f"/v1/entries/{entry_id}/restore")).json()["state"] == state
    assert (await pupil.post(f"/v1/entries/{entry_id}/restore")).json()["state"] == state


async def test_out_of_the_trash_an_archived_entry_is_in_the_archive_again(world: World) -> None:
    entry_id, pupil = world.new_entry(), world.client(world.pupil)
    await pupil.post(f"/v1/entries/{entry_id}/archive")
    await pupil.delete(f"/v1/entries/{entry_id}")
    assert problem(await pupil.post(f"/v1/entries/{entry_id}/archive")) == (409, "wrong-state")
    assert (await pupil.post(f"/v1/entries/{entry_id}/restore")).json()["state"] == "archived"
    assert (await pupil.post(f"/v1/entries/{entry_id}/restore")).json()["state"] == "shared"
