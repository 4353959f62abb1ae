"""Others respond to what a pupil shared, and the pupil answers."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from app.platform.clock import FixedClock
from tests.ids import new_id
from tests.portfolio.test_entries import keep, problem, share
from tests.world import World


async def say(client: httpx.AsyncClient, world: World, entry_id: UUID, kind: str, **fields: Any) -> httpx.Response:
    words = {"reaction": "proud"} if kind == "reaction" else {"text": "Wat zag je daar?"}
    body = {"id": str(new_id(world)), "kind": kind} | words | fields
    return await client.post(
        f"/v1/entries/{entry_id}/feedback", json=body, headers={"Idempotency-Key": str(body["id"])}
    )


def state(world: World) -> Any:
    return world.scalar("select state from entry")


# --- seen -------------------------------------------------------------------------------------------


async def test_seen_is_only_said_of_what_was_opened(world: World) -> None:
    entry_id, teacher = world.new_entry(), world.client(world.teacher)
    assert problem(await teacher.put(f"/v1/entries/{entry_id}/seen")) == (409, "not-opened")
    await teacher.get(f"/v1/entries/{entry_id}")
    assert (await teacher.put(f"/v1/entries/{entry_id}/seen")).status_code == 204
    assert (await teacher.put(f"/v1/entries/{entry_id}/seen")).status_code == 204
    assert world.scalar("select seen_by from entry where state = 'seen'") == world.teacher


async def test_a_look_of_before_it_was_shared_does_not_count(world: World, clock: FixedClock) -> None:
    entry_id, teacher, pupil = world.new_entry(), world.client(world.teacher), world.client(world.pupil)
    await teacher.get(f"/v1/entries/{entry_id}")
    await share(pupil, entry_id, 0)
    clock.set(clock.now() + timedelta(days=1))
    await share(pupil, entry_id, 2)
    assert problem(await teacher.put(f"/v1/entries/{entry_id}/seen")) == (409, "not-opened")


async def test_what_the_teacher_does_leaves_the_pupil_free_to_write_on(world: World) -> None:
    entry_id, teacher, pupil = world.new_entry(), world.client(world.teacher), world.client(world.pupil)
    await teacher.get(f"/v1/entries/{entry_id}")
    await teacher.put(f"/v1/entries/{entry_id}/seen")
    assert (await keep(pupil, entry_id, 1, body="Nog iets")).status_code == 200


@pytest.mark.parametrize("who", ["pupil", "guardian"])
async def test_only_staff_say_seen(world: World, who: str) -> None:
    answer = await world.client(getattr(world, who)).put(f"/v1/entries/{world.new_entry()}/seen")
    assert problem(answer) == (403, "not-allowed")


# --- words ------------------------------------------------------------------------------------------


async def test_a_comment_stays_with_the_version_it_was_said_of(world: World) -> None:
    entry_id, pupil = world.new_entry(), world.client(world.pupil)
    said = await say(world.client(world.dean), world, entry_id, "comment", text="Mooi gezien")
    assert said.status_code == 201
    assert said.json() | {"id": "", "author": ""} == {
        "id": "", "kind": "comment", "voice": "school", "author": "", "text": "Mooi gezien", "reaction": None,
        "version": 1, "createdAt": "2026-11-24T11:00:00Z", "own": True,
    }  # fmt: skip
    await keep(pupil, entry_id, 1, body="Anders")
    page = (await pupil.get(f"/v1/entries/{entry_id}")).json()
    assert (page["version"], page["feedback"][0]["version"]) == (2, 1)
    assert state(world) == "shared"


async def test_a_question_back_opens_the_entry_and_the_answer_brings_it_to_the_teacher_again(world: World) -> None:
    entry_id, pupil = world.new_entry(), world.client(world.pupil)
    asked = await say(world.client(world.teacher), world, entry_id, "ask_back")
    assert (asked.status_code, state(world)) == (201, "asked_back")
    assert problem(await say(world.client(world.dean), world, entry_id, "ask_back")) == (409, "wrong-state")
    answered = await say(pupil, world, entry_id, "answer", text="Een kraan")
    assert (answered.json()["voice"], state(world)) == ("pupil", "shared")
    assert problem(await say(pupil, world, entry_id, "answer", text="Nog een")) == (409, "no-question")


async def test_an_entry_with_a_question_stays_open_until_it_is_answered(world: World) -> None:
    entry_id = world.new_entry(state="asked_back")
    await keep(world.client(world.pupil), entry_id, 1, body="Aangevuld")
    assert state(world) == "asked_back"
    assert problem(await world.client(world.teacher).put(f"/v1/entries/{entry_id}/seen")) == (409, "wrong-state")


async def test_parents_encourage_and_do_nothing_else(world: World) -> None:
    entry_id, parent = world.new_entry(), world.client(world.guardian)
    reacted = await say(parent, world, entry_id, "reaction", text="Trots op jou")
    assert (reacted.status_code, reacted.json()["voice"], reacted.json()["reaction"]) == (201, "home", "proud")
    for kind in ("comment", "ask_back", "answer"):
        assert problem(await say(parent, world, entry_id, kind)) == (403, "not-allowed")
    assert state(world) == "shared"


@pytest.mark.parametrize("who", ["teacher", "dean", "pupil"])
async def test_a_reaction_is_a_parents(world: World, who: str) -> None:
    answer = await say(world.client(getattr(world, who)), world, world.new_entry(), "reaction")
    assert problem(answer) == (403, "not-allowed")


@pytest.mark.parametrize(
    "who", ["classmate", "other_teacher", "former_teacher", "far_dean", "other_guardian", "no_custody", "unconfirmed"]
)
async def test_for_all_others_the_entry_is_not_there(world: World, who: str) -> None:
    client, entry_id = world.client(getattr(world, who)), world.new_entry()
    for kind in ("comment", "ask_back", "answer", "reaction"):
        assert problem(await say(client, world, entry_id, kind)) == (404, "not-found")
    assert problem(await client.put(f"/v1/entries/{entry_id}/seen")) == (404, "not-found")


async def test_who_taught_the_pupil_before_reads_and_says_nothing_new(world: World) -> None:
    world.change("update placement set ends_on = '2026-11-23' where pupil_id = :pupil", pupil=world.pupil)
    entry_id, teacher = world.new_entry(changed_on=date(2026, 11, 20)), world.client(world.teacher)
    assert (await teacher.get(f"/v1/entries/{entry_id}")).status_code == 200
    assert problem(await say(teacher, world, entry_id, "comment")) == (403, "not-allowed")
    assert problem(await teacher.put(f"/v1/entries/{entry_id}/seen")) == (403, "not-allowed")


async def test_the_same_words_sent_twice_are_said_once(world: World) -> None:
    entry_id, teacher, same = world.new_entry(), world.client(world.teacher), str(new_id(world))
    answers = [await say(teacher, world, entry_id, "comment", id=same) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert world.scalar("select count(*) from feedback") == 1


async def test_the_same_key_with_other_words_is_refused(world: World) -> None:
    entry_id, teacher, key = world.new_entry(), world.client(world.teacher), {"Idempotency-Key": "een-sleutel"}
    url, words = f"/v1/entries/{entry_id}/feedback", {"id": str(new_id(world)), "kind": "comment", "text": "Mooi"}
    first = await teacher.post(url, json=words, headers=key)
    assert (await teacher.post(url, json=words, headers=key)).json() == first.json()
    assert problem(await teacher.post(url, json=words | {"text": "Anders"}, headers=key)) == (422, "key-reused")
    assert problem(await teacher.post(url, json=words)) == (400, "idempotency-key-missing")
    other = await world.client(world.dean).post(url, json=words | {"id": str(new_id(world))}, headers=key)
    assert other.status_code == 201, "a key is one's own"


async def test_what_failed_leaves_its_key_free(world: World) -> None:
    entry_id, teacher, key = world.new_draft(), world.client(world.teacher), {"Idempotency-Key": "een-sleutel"}
    url, words = f"/v1/entries/{entry_id}/feedback", {"id": str(new_id(world)), "kind": "comment", "text": "Mooi"}
    assert problem(await teacher.post(url, json=words, headers=key)) == (404, "not-found")
    await share(world.client(world.pupil), entry_id, 2)
    assert (await teacher.post(url, json=words, headers=key)).status_code == 201


@pytest.mark.parametrize(("who", "kind"), [("teacher", "ask_back"), ("teacher", "comment"), ("guardian", "reaction")])
async def test_a_double_click_says_it_once(world: World, who: str, kind: str) -> None:
    entry_id, client, same = world.new_entry(), world.client(getattr(world, who)), str(new_id(world))
    answers = await asyncio.gather(*(say(client, world, entry_id, kind, id=same) for _ in range(5)))
    assert [answer.status_code for answer in answers] == [201] * 5
    assert world.scalar("select count(*) from feedback") == 1


async def test_other_words_under_the_same_id_are_refused(world: World) -> None:
    entry_id, teacher, pupil = world.new_entry(), world.client(world.teacher), world.client(world.pupil)
    same = str(new_id(world))
    await say(teacher, world, entry_id, "comment", id=same)
    other = {"id": same, "kind": "comment", "text": "Iets anders"}
    for client in (teacher, pupil):
        answer = await client.post(
            f"/v1/entries/{entry_id}/feedback", json=other, headers={"Idempotency-Key": str(new_id(world))}
        )
        assert problem(answer) == (409, "already-exists-different")


async def test_two_teachers_who_ask_at_once_ask_one_question(world: World) -> None:
    entry_id = world.new_entry()
    clients = [world.client(person) for person in (world.teacher, world.dean)]
    answers = await asyncio.gather(*(say(client, world, entry_id, "ask_back") for client in clients))
    assert sorted(answer.status_code for answer in answers) == [201, 409]


# --- taking back ------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", ["shared", "seen"])
async def test_a_question_taken_back_leaves_the_entry_as_it_was(world: World, before: str) -> None:
    seen = {"seen_at": world.clock.now(), "seen_by": world.teacher} if before == "seen" else {}
    entry_id, teacher = world.new_entry(state=before, **seen), world.client(world.teacher)
    asked = (await say(teacher, world, entry_id, "ask_back")).json()["id"]
    assert (await teacher.delete(f"/v1/feedback/{asked}")).status_code == 204
    assert (await teacher.delete(f"/v1/feedback/{asked}")).status_code == 204
    assert state(world) == before
    assert (await world.client(world.pupil).get(f"/v1/entries/{entry_id}")).json()["feedback"] == []


async def test_an_answer_taken_back_leaves_the_question_open(world: World) -> None:
    entry_id, pupil = world.new_entry(), world.client(world.pupil)
    await say(world.client(world.teacher), world, entry_id, "ask_back")
    answer = (await say(pupil, world, entry_id, "answer")).json()["id"]
    await pupil.delete(f"/v1/feedback/{answer}")
    assert state(world) == "asked_back"


async def test_after_ten_minutes_words_stay(world: World, clock: FixedClock) -> None:
    entry_id, teacher = world.new_entry(), world.client(world.teacher)
    said = (await say(teacher, world, entry_id, "comment")).json()["id"]
    clock.set(clock.now() + timedelta(minutes=10, seconds=1))
    assert problem(await teacher.delete(f"/v1/feedback/{said}")) == (409, "too-late")


async def test_nobody_takes_back_the_words_of_another(world: World) -> None:
    entry_id = world.new_entry()
    said = (await say(world.client(world.teacher), world, entry_id, "comment")).json()["id"]
    for person in (world.pupil, world.dean, world.guardian, world.classmate):
        assert problem(await world.client(person).delete(f"/v1/feedback/{said}")) == (404, "not-found")
