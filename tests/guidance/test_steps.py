"""Small steps: made, changed, done, let go and brought back by the pupil alone; and the day they stand on."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.ids import new_id
from tests.portfolio.test_entries import problem
from tests.world import World


async def put(client: httpx.AsyncClient, step: UUID, version: int | None = None, **fields: Any) -> httpx.Response:
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return await client.put(f"/v1/me/steps/{step}", json={"text": "Tante Fatima bellen"} | fields, headers=headers)


async def move(client: httpx.AsyncClient, step: UUID, state: str, version: int | None = 1) -> httpx.Response:
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return await client.put(f"/v1/me/steps/{step}/state", json={"state": state}, headers=headers)


async def steps(client: httpx.AsyncClient) -> dict[str, list[str]]:
    answer = await client.get("/v1/me/steps")
    assert answer.status_code == 200, answer.text
    return {part: [step["text"] for step in found] for part, found in answer.json().items()}


async def today(world: World) -> str | None:
    found = (await world.client(world.pupil).get("/v1/me/today")).json()["step"]
    return found and str(found["text"])


async def test_a_pupil_makes_a_step_from_a_story(world: World) -> None:
    pupil, entry, step = world.client(world.pupil), world.new_entry(), new_id(world)
    made = await put(pupil, step, dueOn="2026-11-27", remindOn="2026-11-26", entryId=str(entry))
    assert (made.status_code, made.json()["state"], made.headers["ETag"]) == (201, "open", '"1"')
    found = (await pupil.get("/v1/me/steps")).json()["open"]
    assert [(one["entryId"], one["entryTitle"]) for one in found] == [(str(entry), "Bezoek aan de haven")]
    world.change("update entry set state = 'trashed' where id = :id", id=entry)
    assert (await pupil.get("/v1/me/steps")).json()["open"][0]["entryTitle"] is None


async def test_the_first_day_stands_first_and_no_day_last(world: World) -> None:
    for text, due in (("geen dag", None), ("later", date(2026, 12, 24)), ("eerst", date(2026, 11, 25))):
        world.new_step(world.pupil, text, due_on=due)
    assert (await steps(world.client(world.pupil)))["open"] == ["eerst", "later", "geen dag"]


async def test_a_step_is_done_or_let_go_and_comes_back(world: World) -> None:
    pupil, step = world.client(world.pupil), world.new_step(world.pupil)
    for version, state, part in (
        (1, "done", "behind"),
        (2, "open", "open"),
        (3, "let_go", "behind"),
        (4, "open", "open"),
    ):
        for _ in ("moves", "again"):
            answer = await move(pupil, step, state, version)
            assert (answer.status_code, answer.json()["version"]) == (200, version + 1)
        assert (await steps(pupil))[part] == ["Tante Fatima bellen"]


async def test_nobody_else_finds_a_step(world: World) -> None:
    step = world.new_step(world.pupil, due_on=world.clock.today())
    for who in (world.teacher, world.guardian, world.dean, world.classmate):
        client = world.client(who)
        assert await steps(client) == {"open": [], "behind": []}
        assert (await client.get("/v1/me/today")).json()["step"] is None
        assert (await put(client, step, 1)).status_code == 404
        assert (await move(client, step, "done")).status_code == 404


async def test_who_is_no_pupil_makes_no_steps(world: World) -> None:
    assert (await put(world.client(world.teacher), new_id(world))).status_code == 404


async def test_of_two_devices_the_second_is_told(world: World) -> None:
    pupil, step = world.client(world.pupil), world.new_step(world.pupil)
    assert (await put(pupil, step, 1, text="Oom Ali bellen")).status_code == 200
    assert problem(await put(pupil, step, 1, text="Iets anders")) == (412, "version-conflict")
    assert problem(await move(pupil, step, "done", 1)) == (412, "version-conflict")
    assert problem(await move(pupil, step, "done", None)) == (428, "precondition-needed")


async def test_the_same_step_sent_twice_is_one(world: World) -> None:
    pupil, step = world.client(world.pupil), new_id(world)
    assert [(await put(pupil, step)).status_code for _ in range(2)] == [201, 200]
    assert problem(await put(pupil, step, text="Anders")) == (409, "already-exists-different")
    assert (await steps(pupil))["open"] == ["Tante Fatima bellen"]


async def test_the_same_change_sent_twice_is_one(world: World) -> None:
    """An answer that got lost on the way does no harm."""
    pupil, step = world.client(world.pupil), world.new_step(world.pupil)
    for _ in ("changes", "again"):
        answer = await put(pupil, step, 1, text="Oom Ali bellen")
        assert (answer.status_code, answer.json()["version"]) == (200, 2)


async def test_fifty_are_open_at_most_also_from_two_tabs(world: World) -> None:
    pupil = world.client(world.pupil)
    steps_made = [world.new_step(world.pupil, f"Stap {number}") for number in range(49)]
    answers = await asyncio.gather(*(put(pupil, new_id(world)) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    assert {problem(answer)[1] for answer in answers if answer.status_code == 409} == {"too-many-steps"}
    assert (await move(pupil, steps_made[0], "let_go")).status_code == 200
    assert (await put(pupil, new_id(world))).status_code == 201
    assert problem(await move(pupil, steps_made[0], "open", 2)) == (409, "too-many-steps")


@pytest.mark.parametrize(
    ("told", "pointer"),
    [
        ({"text": ""}, "/text"),
        ({"text": "   "}, "/text"),
        ({"text": "\u200b"}, "/text"),
        ({"text": "a\x00b"}, "/text"),
        ({"text": "a" * 201}, "/text"),
        ({"text": None}, "/text"),
        ({"dueOn": "1800-01-01"}, "/dueOn"),
        ({"dueOn": "3000-01-01"}, "/dueOn"),
        ({"dueOn": "morgen"}, "/dueOn"),
        ({"dueOn": "2026-11-27", "remindOn": "2026-11-28"}, None),
        ({"who": "mama"}, "/who"),
        ({"entryId": "0192a000-0000-7000-8000-000000000000"}, "/entryId"),
    ],
)
async def test_what_does_not_fit_is_named(told: dict[str, Any], pointer: str | None, world: World) -> None:
    answer = await put(world.client(world.pupil), new_id(world), **told)
    assert problem(answer)[0] == 422
    if pointer:
        assert answer.json()["errors"][0]["pointer"] == pointer


async def test_a_step_comes_from_an_own_story_only(world: World) -> None:
    entry = world.new_entry(pupil_id=world.classmate, ring=0, state="draft", placement_id=None, shared_at=None)
    answer = await put(world.client(world.pupil), new_id(world), entryId=str(entry))
    assert answer.json()["errors"][0]["pointer"] == "/entryId"


async def test_emoji_and_arabic_are_kept(world: World) -> None:
    pupil = world.client(world.pupil)
    await put(pupil, new_id(world), text="أتصل بخالتي 📞")
    assert (await steps(pupil))["open"] == ["أتصل بخالتي 📞"]


@pytest.mark.parametrize(
    ("days", "stands"), [(-1, False), (0, True), (1, True), (40, True)], ids=["before", "day", "after", "long after"]
)
async def test_a_step_stands_on_home_from_its_day(days: int, stands: bool, world: World) -> None:
    day = world.clock.today() + timedelta(days=20)
    world.new_step(world.pupil, due_on=day)
    world.at(day + timedelta(days))
    assert (await today(world) is not None) is stands


async def test_a_reminder_comes_before_the_day_and_a_step_without_a_day_never(world: World) -> None:
    day = world.clock.today()
    world.new_step(world.pupil, "zonder dag")
    assert await today(world) is None
    step = world.new_step(world.pupil, "vrijdag", due_on=day + timedelta(days=3), remind_on=day)
    assert await today(world) == "vrijdag"
    later = {"dueOn": str(day + timedelta(days=10)), "remindOn": str(day + timedelta(days=7))}
    assert (await put(world.client(world.pupil), step, 1, text="vrijdag", **later)).status_code == 200
    assert await today(world) is None, "a week later it comes back"
    world.at(day + timedelta(days=7))
    assert await today(world) == "vrijdag"
    assert (await move(world.client(world.pupil), step, "done", 2)).status_code == 200
    assert await today(world) is None
