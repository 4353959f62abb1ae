"""A logbook of a stage, and what was thought before and after a visit to unknown work."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.ids import new_id
from tests.portfolio.test_entries import match, pointers, problem, share
from tests.world import World


async def keep(client: httpx.AsyncClient, entry: UUID, version: int | None = None, **own: Any) -> httpx.Response:
    headers = {} if version is None else match(version)
    content = {"title": "Stage bij de garage", "happenedOn": "2026-11-16", "details": {"kind": "experience"} | own}
    return await client.put(f"/v1/entries/{entry}", json=content, headers=headers)


async def read(world: World, entry: UUID, who: UUID | None = None) -> dict[str, Any]:
    answer = await world.client(who or world.pupil).get(f"/v1/entries/{entry}")
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


async def running(world: World, who: UUID | None = None) -> list[dict[str, Any]]:
    answer = await world.client(who or world.pupil).get("/v1/me/logbooks")
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def different(world: World) -> list[bool]:
    page = await world.client(world.pupil).get(f"/v1/pupils/{world.pupil}/portfolio")
    return [card["different"] for card in page.json()["items"]]


# --- the logbook ------------------------------------------------------------------------------------


async def test_the_hours_of_the_days_are_the_hours_of_the_whole(world: World) -> None:
    pupil, entry = world.client(world.pupil), new_id(world)
    days = [{"on": "2026-11-16", "hours": 7.5, "text": "Banden"}, {"on": "2026-11-17", "hours": 8.25, "text": "Olie"}]
    assert (await keep(pupil, entry, hours=3, logbook=days)).status_code == 201
    assert (await read(world, entry))["details"]["hours"] == 15.75
    assert (await keep(pupil, entry, 1, hours=15.75, logbook=days)).json()["version"] == 1
    await keep(pupil, entry, 1, hours=15.75, logbook=days[:1])
    assert (await read(world, entry))["details"]["hours"] == 7.5


async def test_without_hours_by_day_the_hours_are_as_they_were_typed(world: World) -> None:
    pupil, entry = world.client(world.pupil), new_id(world)
    await keep(pupil, entry, hours=40, logbook=[{"on": "2026-11-16", "text": "Banden"}])
    assert (await read(world, entry))["details"]["hours"] == 40


async def test_a_day_may_have_two_lines_but_not_more_hours_than_it_has(world: World) -> None:
    pupil = world.client(world.pupil)
    two = [{"on": "2026-11-16", "hours": 4, "text": "Winkel"}, {"on": "2026-11-16", "hours": 3, "text": "Magazijn"}]
    assert (await keep(pupil, new_id(world), logbook=two)).status_code == 201
    refused = await keep(pupil, new_id(world), logbook=[day | {"hours": 12.25} for day in two])
    assert problem(refused) == (422, "validation")
    assert list(pointers(refused).values()) == ["day_too_long"]


@pytest.mark.parametrize(
    "day",
    [
        {"hours": 0},
        {"hours": 0.1},
        {"hours": -2},
        {"hours": 24.25},
        {"hours": 7.3},
        {"hours": "acht"},
        {"on": "2026-02-30"},
        {"on": "1800-01-01"},
        {"attachmentIds": ["geen-id"]},
        {"attachmentIds": ["019acdb2-0000-7000-8000-000000000000"] * 4},
        {"text": "x" * 5_001},
        {"text": "Een \x00 teken"},
        {"mood": "goed"},
    ],
)
async def test_a_day_that_cannot_be_is_refused_and_nothing_is_kept(world: World, day: dict[str, Any]) -> None:
    refused = await keep(world.client(world.pupil), new_id(world), logbook=[day])
    assert problem(refused) == (422, "validation")
    assert world.scalar("select count(*) from entry") == 0


async def test_sixty_days_fit_and_one_more_does_not(world: World) -> None:
    pupil = world.client(world.pupil)
    assert (await keep(pupil, new_id(world), logbook=[{"hours": 24}] * 60)).status_code == 201
    assert problem(await keep(pupil, new_id(world), logbook=[{}] * 61)) == (422, "validation")


async def test_a_photo_of_another_entry_gives_nothing_away(world: World) -> None:
    """A day keeps the number that it was given; files are shown from the entry's own list only."""
    other = world.new_draft()
    secret = world.new_file(other)
    pupil, entry = world.client(world.pupil), new_id(world)
    assert (await keep(pupil, entry, logbook=[{"text": "Foto", "attachmentIds": [str(secret)]}])).status_code == 201
    await share(pupil, entry)
    page = await read(world, entry, world.teacher)
    assert page["attachments"] == []
    seen = await world.client(world.teacher).get(f"/v1/attachments/{secret}/file")
    assert seen.status_code == 404


async def test_a_day_of_before_there_were_hours_stays_readable_and_the_same(world: World) -> None:
    old = {"kind": "experience", "organisation": "", "logbook": [{"on": "2026-11-16", "text": "Banden"}]}
    entry = world.new_draft()
    world.change("update entry set details = cast(:details as jsonb) where id = :id", id=entry, details=json.dumps(old))
    page = await read(world, entry)
    assert page["details"]["logbook"] == old["logbook"]
    again = {name: page[name] for name in ("title", "happenedOn", "body", "details")}
    answer = await world.client(world.pupil).put(f"/v1/entries/{entry}", json=again, headers=match(1))
    assert (answer.status_code, answer.json()["version"]) == (200, 1)


async def test_a_shared_logbook_stays_shared_and_every_day_is_a_version(world: World) -> None:
    pupil, entry = world.client(world.pupil), new_id(world)
    await keep(pupil, entry, logbook=[{"on": "2026-11-16", "text": "Banden"}])
    await share(pupil, entry)
    day = {"on": "2026-11-17", "hours": 8, "text": "Olie"}
    await keep(pupil, entry, 1, logbook=[{"on": "2026-11-16", "text": "Banden"}, day])
    page = await read(world, entry, world.teacher)
    assert (page["state"], page["ring"], len(page["details"]["logbook"])) == ("shared", 2, 2)
    versions = (await pupil.get(f"/v1/entries/{entry}/versions")).json()["items"]
    assert [len(one["content"]["details"]["logbook"]) for one in versions] == [2, 1]


async def test_a_running_logbook_is_at_hand_until_two_weeks_after_its_last_day(world: World) -> None:
    pupil, entry = world.client(world.pupil), new_id(world)
    today = world.clock.today()
    days = [{"on": (today - timedelta(days=1)).isoformat(), "hours": 7.5, "text": "Banden"}, {"on": today.isoformat()}]
    await keep(pupil, entry, organisation="Garage De Vries", logbook=days)
    only = {"title": "Stage bij de garage", "organisation": "Garage De Vries", "workFields": []}
    assert await running(world) == [only | {"id": str(entry), "days": 1, "hours": 7.5, "today": False, "over": False}]
    assert await running(world, world.classmate) == []
    days[1] |= {"text": "Olie", "hours": 8}
    await keep(pupil, entry, 1, organisation="Garage De Vries", logbook=days)
    assert [(one["days"], one["today"]) for one in await running(world)] == [(2, True)]
    world.clock.set(world.clock.now() + timedelta(days=14))
    assert len(await running(world)) == 1
    world.clock.set(world.clock.now() + timedelta(days=1))
    assert await running(world) == []


async def test_a_logbook_runs_for_as_long_as_the_stage_does(world: World) -> None:
    today = world.clock.today()
    about = {"kind": "experience", "logbook": [{"text": ""}]}
    begun = {"happened_on": today - timedelta(days=40), "sort_on": today - timedelta(days=40), "details": about}
    world.new_entry("Lange stage", ended_on=today + timedelta(days=40), **begun)
    world.new_entry("Voorbij", ended_on=today - timedelta(days=20), **begun)
    of_last_week = (today - timedelta(days=7)).isoformat()
    just_over = begun | {"ended_on": today - timedelta(days=1)}
    open_day = {"kind": "experience", "logbook": [{"on": of_last_week, "text": ""}]}
    world.new_entry("Nog een dag open", **just_over | {"details": open_day})
    all_told = {"kind": "experience", "logbook": [{"on": of_last_week, "text": "Banden"}]}
    world.new_entry("Alles verteld", **just_over | {"details": all_told})
    world.new_entry("Geen logboek", ended_on=today + timedelta(days=40), **begun | {"details": {"kind": "experience"}})
    world.new_entry("Weggelegd", ended_on=today + timedelta(days=40), **begun, state="archived")
    found = {one["title"]: one["over"] for one in await running(world)}
    assert found == {"Lange stage": False, "Nog een dag open": True}


# --- before and after -------------------------------------------------------------------------------

BEFORE = {
    "beforeQuestion": "Wat denk je dat een havenmeester doet?",
    "before": "Boten tellen.",
    "who": "Mannen met een pet.",
    "lookingForward": "meh",
}
AFTER = {"surprised": "Er was een vrouw de baas.", "after": "Veel schermen.", "listChoice": "unsure", "why": "De wind."}


async def test_what_was_thought_before_and_after_is_kept_word_for_word(world: World) -> None:
    pupil, entry = world.client(world.pupil), new_id(world)
    await keep(pupil, entry, expectation=BEFORE)
    assert await different(world) == [False]
    await keep(pupil, entry, 1, expectation=BEFORE | AFTER)
    await share(pupil, entry, version=2)
    for who in (world.pupil, world.teacher, world.guardian):
        assert (await read(world, entry, who))["details"]["expectation"] == BEFORE | AFTER
    assert await different(world) == [True]


@pytest.mark.parametrize(
    ("after", "flag"),
    [
        ({"surprised": "Het licht"}, True),
        ({"after": "Het was stil"}, True),
        ({"listChoice": "on", "why": "Leuk"}, False),
        ({"lookingForward": "not_nice"}, False),
    ],
)
async def test_different_is_what_the_pupil_says_is_different(world: World, after: dict[str, Any], flag: bool) -> None:
    """Also without a word beforehand; never from faces or from the list."""
    await keep(world.client(world.pupil), new_id(world), expectation=after)
    assert await different(world) == [flag]


async def test_an_expectation_of_before_there_were_more_questions_stays_the_same(world: World) -> None:
    old = {"before": "Zwaar werk.", "after": "Veel computers.", "listChoice": "on"}
    entry = world.new_entry(details={"kind": "experience", "expectation": old})
    page = await read(world, entry)
    assert page["details"]["expectation"] == old
    again = {name: page[name] for name in ("title", "happenedOn", "body", "details")}
    answer = await world.client(world.pupil).put(f"/v1/entries/{entry}", json=again, headers=match(1))
    assert (answer.status_code, answer.json()["version"]) == (200, 1)
    assert await different(world) == [True]


@pytest.mark.parametrize(
    "expectation",
    [
        {"lookingForward": 4},
        {"lookingForward": "super"},
        {"listChoice": "misschien"},
        {"who": "x" * 5_001},
        {"beforeQuestion": "x" * 201},
        {"score": 3},
    ],
)
async def test_an_expectation_with_something_else_in_it_is_refused(world: World, expectation: dict[str, Any]) -> None:
    refused = await keep(world.client(world.pupil), new_id(world), expectation=expectation)
    assert problem(refused) == (422, "validation")
