"""The school that a pupil left reads on what it read, until the year is over, and hears nothing of the next one."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx

from tests.ids import new_id
from tests.media.test_renditions import phone_photo
from tests.media.test_uploads import store, upload
from tests.portability.test_transfers import choose, decide, entry, move, say, send
from tests.world import World

__all__ = ["store"]


async def _say(world: World, who: UUID, story: UUID, text: str, kind: str = "comment") -> None:
    said = {"id": str(new_id(world)), "kind": kind, "text": text}
    key = {"Idempotency-Key": str(new_id(world))}
    answer = await world.client(who).post(f"/v1/entries/{story}/feedback", json=said, headers=key)
    assert answer.status_code == 201, answer.text


async def _heard(world: World, who: UUID, story: UUID) -> tuple[list[str], int, Any, list[str]]:
    """What this person reads at the story and on its card, and the words of the picture."""
    client = world.client(who)
    told = (await client.get(f"/v1/entries/{story}")).json()["feedback"]
    [card] = (await client.get(f"/v1/pupils/{world.pupil}/portfolio")).json()["items"]
    picture = (await client.get(f"/v1/pupils/{world.pupil}/picture")).json()
    words = [word["key"] for word in picture["words"]]
    question = card["openQuestion"] and card["openQuestion"]["text"]
    return [one["text"] for one in told], card["feedbackCount"], question, words


async def test_what_is_said_after_the_last_day_is_not_heard_at_the_school_before(world: World) -> None:
    here, gone = world.client(world.teacher), world.clock.today() - timedelta(days=1)
    story = world.new_entry(changed_on=gone)
    world.at(gone)
    await _say(world, world.teacher, story, "Mooi gezien.")
    assert (await here.post(f"/v1/entries/{story}/words", json={"word": "precies"})).status_code == 201
    world.at(gone + timedelta(days=1))
    transfer = await choose(world, move(world), entry(story))
    await send(world, transfer)
    await say(world, transfer, "yes")
    await decide(world, transfer, world.far_teacher)
    there = world.client(world.far_teacher)
    await _say(world, world.far_teacher, story, "Welkom bij ons.", "ask_back")
    assert (await there.post(f"/v1/entries/{story}/words", json={"word": "durf"})).status_code == 201
    await _say(world, world.pupil, story, "Dank u.")

    assert await _heard(world, world.teacher, story) == (["Mooi gezien."], 1, None, ["precies"])
    everything = (["Mooi gezien.", "Welkom bij ons.", "Dank u."], 3, "Welkom bij ons.", ["durf", "precies"])
    for who in (world.far_teacher, world.pupil, world.guardian):
        told, count, question, words = await _heard(world, who, story)
        assert ([*sorted(told)], count, question, sorted(words)) == ([*sorted(everything[0])], *everything[1:]), who


async def test_ones_own_words_stay_where_the_last_day_is_written_down_later(world: World) -> None:
    story = world.new_entry(changed_on=world.clock.today() - timedelta(days=3))
    await _say(world, world.teacher, story, "Tot ziens.")
    await _say(world, world.dean, story, "Succes.")
    move(world)
    assert (await _heard(world, world.teacher, story))[:2] == (["Tot ziens."], 1)


async def test_who_teaches_at_both_schools_hears_both(world: World) -> None:
    story = world.new_entry(changed_on=world.clock.today() - timedelta(days=3))
    transfer = await choose(world, move(world), entry(story))
    await send(world, transfer)
    await say(world, transfer, "yes")
    await decide(world, transfer, world.far_teacher)
    await _say(world, world.far_teacher, story, "Welkom bij ons.")
    assert (await _heard(world, world.teacher, story))[:2] == ([], 0)
    role = world.new_id()
    world.change(
        "insert into staff_role (id, person_id, school_id, role, starts_on) values (:id, :who, :duin, 'teacher', :day)",
        id=role, who=world.teacher, duin=world.duin, day=world.clock.today(),
    )  # fmt: skip
    world.change(
        "insert into group_assignment (id, staff_role_id, group_id, starts_on) values (:id, :role, :class, :day)",
        id=world.new_id(), role=role, day=world.clock.today(), **{"class": world.far_group},
    )  # fmt: skip
    assert (await _heard(world, world.teacher, story))[:2] == (["Welkom bij ons."], 1)


async def test_a_photo_that_came_after_the_last_day_takes_the_story_out_of_sight_there(
    world: World, store: httpx.AsyncClient
) -> None:
    gone = world.clock.today() - timedelta(days=1)
    stories = [world.new_entry(title, changed_on=gone) for title in ("foto", "bijschrift", "ondertiteling", "niets")]
    film = {"kind": "film", "media_type": "video/mp4"}
    kept = [world.new_file(story, **film) for story in stories]
    move(world)
    pupil, old = world.client(world.pupil), world.client(world.teacher)
    assert [(await old.get(f"/v1/entries/{story}")).status_code for story in stories] == [200] * 4
    assert (await upload(pupil, store, world, stories[0], phone_photo())).status_code == 200
    assert (await pupil.patch(f"/v1/attachments/{kept[1]}", json={"alt": "De nieuwe school"})).status_code == 200
    vtt = {"vtt": "WEBVTT\n\n00:00.000 --> 00:01.000\nHoi"}
    assert (await pupil.put(f"/v1/attachments/{kept[2]}/captions", json=vtt)).status_code == 200
    assert (await pupil.get(f"/v1/attachments/{kept[3]}/file")).status_code == 302
    assert [(await old.get(f"/v1/entries/{story}")).status_code for story in stories] == [404, 404, 404, 200]
    assert (await world.client(world.guardian).get(f"/v1/entries/{stories[0]}")).status_code == 200


async def test_who_outside_is_asked_or_answered_for_after_the_last_day_is_not_told_of_there(world: World) -> None:
    now, gone = world.clock.now(), world.clock.today() - timedelta(days=1)
    story = world.new_entry(changed_on=gone)
    before = {"asked_at": now - timedelta(days=9), "mailed_at": now - timedelta(days=9)}
    early = {"sent_at": now - timedelta(days=5), "state": "accepted"}
    world.new_outside(story, early | {"decided_at": now - timedelta(days=4)}, **before)
    world.new_outside(story, early | {"decided_at": now}, **before)
    world.new_outside(story, None, asked_at=now, mailed_at=now)
    path = f"/v1/entries/{story}/outside"

    async def told(who: UUID) -> list[bool]:
        return sorted(one["answer"] is not None for one in (await world.client(who).get(path)).json()["items"])

    assert await told(world.teacher) == [False, True, True]
    move(world)
    assert await told(world.teacher) == [False, True]
    assert await told(world.guardian) == [False, True, True]
