"""A card from home: child and parent fill it in on one phone, the child shares it, and the voices stay apart."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.ids import new_id
from tests.world import World

Card = dict[str, Any]


def content(world: World, **more: Any) -> Card:
    return {"pupilId": str(world.pupil), "card": "dream", "cardVersion": 1, "language": "tr"} | more


async def begin(world: World, who: UUID, **more: Any) -> str:
    """Begins a card; its address."""
    path = f"/v1/homework/{new_id(world)}"
    answer = await world.client(who).put(path, json=content(world, **more))
    assert answer.status_code == 201, answer.text
    return path


async def change(world: World, who: UUID, path: str, version: int = 1, **more: Any) -> httpx.Response:
    return await world.client(who).put(path, json=content(world, **more), headers={"If-Match": f'"{version}"'})


async def share(world: World, who: UUID, path: str, reach: str, version: int = 1) -> httpx.Response:
    headers = {"If-Match": f'"{version}"'}
    return await world.client(who).put(f"{path}/sharing", json={"reach": reach}, headers=headers)


async def read(world: World, who: UUID, path: str) -> Card:
    answer = await world.client(who).get(path)
    assert answer.status_code == 200, answer.text
    page: Card = answer.json()
    return page


async def test_together_on_the_childs_phone_and_shared_with_school_and_home(world: World) -> None:
    path = await begin(world, world.pupil, homeText="Pilot olmak istiyordum.")
    assert (await world.client(world.guardian).get(path)).status_code == 404, "a draft of the child is the child's"
    changed = await change(world, world.pupil, path, homeText="Pilot olmak istiyordum.", childText="Dat wist ik niet!")
    assert changed.json()["version"] == 2
    assert (await share(world, world.pupil, path, "school", 2)).json()["reach"] == "school"

    at_home, at_school = await read(world, world.guardian, path), await read(world, world.teacher, path)
    assert (at_home["home"]["text"], at_home["child"]["text"]) == ("Pilot olmak istiyordum.", "Dat wist ik niet!")
    assert (at_home["viewer"], at_school["viewer"]) == ("home", "school")
    assert at_school["rights"] == {"writeHome": False, "writeChild": False, "share": False, "remove": False}


async def test_on_the_parents_phone_both_write_and_only_the_child_shares(world: World) -> None:
    path = await begin(world, world.guardian, homeText="Pilot.", childText="Mooi!")
    assert (await read(world, world.guardian, path))["rights"]["share"] is False
    assert (await share(world, world.guardian, path, "school")).status_code == 403
    assert (await world.client(world.teacher).get(path)).status_code == 404
    own = await read(world, world.pupil, path)
    assert (own["home"]["by"]["givenName"], own["child"]["by"]["givenName"]) == ("Nadia", "Nadia")
    assert (await change(world, world.pupil, path, homeText="Pilot.", childText="Heel mooi!")).status_code == 200
    assert (await read(world, world.pupil, path))["child"]["by"]["givenName"] == "Yara"
    assert (await share(world, world.pupil, path, "school", 2)).status_code == 200
    assert (await read(world, world.teacher, path))["child"]["text"] == "Heel mooi!"


async def test_nobody_changes_what_another_said_on_an_own_phone(world: World) -> None:
    path = await begin(world, world.guardian, homeText="Pilot.")
    put = await change(world, world.pupil, path, homeText="Clown.")
    assert (put.status_code, put.json()["type"]) == (403, "/problems/not-allowed")
    assert (await change(world, world.pupil, path, homeText="Pilot.", childText="Leuk")).status_code == 200
    put = await change(world, world.guardian, path, 2, homeText="Pilot.", childText="Saai")
    assert put.status_code == 403, "the child wrote it since"
    assert (await read(world, world.pupil, path))["home"]["text"] == "Pilot."


async def test_a_parent_answers_later_on_an_own_phone_what_the_child_shared(world: World) -> None:
    path = await begin(world, world.pupil, childText="Vraag aan mama")
    await share(world, world.pupil, path, "home")
    assert (await world.client(world.teacher).get(path)).status_code == 404, "with home only"
    assert (await change(world, world.guardian, path, 2, childText="Vraag aan mama", homeText="Pilot.")).is_success
    assert (await read(world, world.pupil, path))["home"]["by"]["givenName"] == "Nadia"


async def test_the_child_takes_it_back_and_throws_it_away(world: World) -> None:
    path = f"/v1/homework/{world.new_homework()}"
    assert (await share(world, world.pupil, path, "nobody")).json()["reach"] == "nobody"
    for who in (world.guardian, world.teacher):
        assert (await world.client(who).get(path)).status_code == 404
    assert (await world.client(world.pupil).delete(path)).status_code == 204
    assert (await world.client(world.pupil).get(path)).status_code == 404


async def test_an_empty_card_is_not_shared(world: World) -> None:
    path = await begin(world, world.pupil)
    assert (await share(world, world.pupil, path, "school")).json()["type"] == "/problems/nothing-to-share"


async def test_without_custody_unconfirmed_or_at_sixteen_nobody_of_home_begins_or_opens(world: World) -> None:
    shared = f"/v1/homework/{world.new_homework()}"
    for who in (world.no_custody, world.unconfirmed, world.other_guardian):
        put = await world.client(who).put(f"/v1/homework/{new_id(world)}", json=content(world, homeText="Ik"))
        assert put.status_code == 404
        assert (await world.client(who).get(shared)).status_code == 404
    world.change("update person set birth_date = '2010-11-24' where id = :pupil", pupil=world.pupil)
    for ask in (
        world.client(world.guardian).get(shared),
        world.client(world.guardian).get(f"/v1/pupils/{world.pupil}/homework"),
        change(world, world.guardian, shared, homeText="Nu ik", childText="Dat wist ik niet!"),
    ):
        assert (await ask).status_code == 404
    assert (await read(world, world.pupil, shared))["home"]["text"], "what was said stays with the pupil"


async def test_custody_that_ends_between_beginning_and_answering_closes_the_card(world: World) -> None:
    path = await begin(world, world.guardian, homeText="Pilot.")
    world.change("update guardianship set custody = 'no' where guardian_id = :who", who=world.guardian)
    assert (await world.client(world.guardian).get(path)).status_code == 404
    assert (await change(world, world.guardian, path, homeText="Piloot")).status_code == 404
    assert (await read(world, world.pupil, path))["home"]["text"] == "Pilot."


async def test_a_draft_of_one_parent_is_not_the_other_parents(world: World) -> None:
    father = world.new_guardian("Samir", world.pupil)
    path = await begin(world, world.guardian, homeText="Pilot.")
    assert (await world.client(father).get(path)).status_code == 404
    await share(world, world.pupil, path, "home")
    assert (await read(world, father, path))["rights"]["writeHome"] is False


async def test_school_sees_nothing_more_after_the_school_year_of_a_placement_that_ended(world: World) -> None:
    path = f"/v1/homework/{world.new_homework()}"
    world.change("update placement set ends_on = :day where id = :id", day=world.clock.today(), id=world.placement)
    world.at(date(2027, 1, 10))
    assert (await world.client(world.dean).get(path)).status_code == 200
    changed = await change(world, world.pupil, path, homeText="Pilot olmak istiyordum.", childText="Later")
    assert changed.status_code == 200
    assert (await world.client(world.dean).get(path)).status_code == 404, "newer than the placement"
    world.at(date(2027, 8, 2))
    assert (await world.client(world.dean).get(path)).status_code == 404


async def test_two_phones_at_once_and_nothing_is_lost_silently(world: World) -> None:
    path = await begin(world, world.guardian, homeText="Pilot.")
    answers = await asyncio.gather(
        change(world, world.pupil, path, homeText="Pilot.", childText="Van mij"),
        change(world, world.guardian, path, homeText="Piloot of clown.", childText=""),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    late = next(answer for answer in answers if answer.status_code == 412)
    assert late.json()["current"] == 2


async def test_the_same_put_twice_is_one_card_and_another_under_its_id_is_refused(world: World) -> None:
    path, client = f"/v1/homework/{new_id(world)}", world.client(world.pupil)
    both = await asyncio.gather(*(client.put(path, json=content(world, childText="Ik")) for _ in range(2)))
    assert sorted(answer.status_code for answer in both) == [200, 201]
    other = await client.put(path, json=content(world, childText="Iets anders"))
    assert (other.status_code, other.json()["type"]) == (409, "/problems/already-exists-different")
    taken = await world.client(world.classmate).put(
        path, json=content(world, pupilId=str(world.classmate), childText="Ik")
    )
    assert taken.status_code == 409


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"card": "no_such_card"}, "/card"),
        ({"cardVersion": 9}, "/card"),
        ({"language": "xx"}, "/language"),
        ({"homeText": "x" * 2_001}, "/homeText"),
        ({"homeText": "NUL\x00"}, "/homeText"),
        ({"unknown": 1}, "/unknown"),
        ({"homeSound": "01a20d36-6b81-7df1-b631-267611b3bb9e"}, "/homeSound"),
        ({"offerId": "01a20d36-6b81-7df1-b631-267611b3bb9e"}, "/offerId"),
    ],
)
async def test_what_does_not_fit_is_refused_with_what_to_do(world: World, wrong: Card, pointer: str) -> None:
    put = await world.client(world.pupil).put(f"/v1/homework/{new_id(world)}", json=content(world) | wrong)
    assert put.status_code == 422
    assert [error["pointer"] for error in put.json()["errors"]] == [pointer]


async def test_arabic_emoji_and_combining_characters_are_kept(world: World) -> None:
    words = "كنت أريد أن أصبح طيّارًا ✈️ e\u0301"
    path = await begin(world, world.pupil, language="ar", homeText=words)
    assert (await read(world, world.pupil, path))["home"]["text"] == words


async def test_thirty_open_cards_are_enough(world: World) -> None:
    for _ in range(29):
        world.new_homework(state="draft", with_school=False)
    client = world.client(world.pupil)
    asks = [client.put(f"/v1/homework/{new_id(world)}", json=content(world)) for _ in range(3)]
    answers = await asyncio.gather(*asks)
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]


# --- spoken ---------------------------------------------------------------------------------------


async def test_a_spoken_answer_of_the_parent_is_the_parents(world: World) -> None:
    path = await begin(world, world.guardian)
    start = {"id": str(new_id(world)), "mediaType": "audio/webm", "size": 90_000}
    plan = (await world.client(world.guardian).post(f"{path}/sounds", json=start)).json()
    assert plan["parts"][0]["url"].startswith("http")
    assert (await change(world, world.guardian, path, homeSound=start["id"])).status_code == 200
    stolen = await change(world, world.pupil, path, 2, homeSound=start["id"], childSound=start["id"])
    assert (stolen.status_code, stolen.json()["errors"][0]["pointer"]) == (422, "/childSound")
    shown = (await read(world, world.pupil, path))["home"]
    assert (shown["sound"], shown["by"]["givenName"]) == (None, "Nadia"), "it has not arrived yet"
    assert (await read(world, world.guardian, path))["home"]["sound"]["state"] == "uploading"


@pytest.mark.parametrize(
    ("wrong", "status"),
    [({"size": 5_000_001}, 413), ({"mediaType": "video/mp4"}, 422), ({"mediaType": "audio/x-unknown"}, 415)],
)
async def test_only_a_minute_of_sound_is_taken(world: World, wrong: Card, status: int) -> None:
    path = await begin(world, world.pupil)
    start = {"id": str(new_id(world)), "mediaType": "audio/webm", "size": 90_000} | wrong
    assert (await world.client(world.pupil).post(f"{path}/sounds", json=start)).status_code == status


async def test_what_was_said_is_no_file_of_an_entry(world: World) -> None:
    sound = world.new_sound(world.new_homework(), world.pupil, "child")
    for who in (world.pupil, world.guardian, world.teacher):
        assert (await world.client(who).get(f"/v1/attachments/{sound}/file")).status_code == 404
    assert (await world.client(world.pupil).delete(f"/v1/attachments/{sound}")).status_code == 404


async def test_a_card_goes_with_what_was_said_on_it(world: World) -> None:
    card = world.new_homework(begun_by=world.guardian, child_text="", state="draft", with_school=False)
    world.new_sound(card, world.guardian, "home")
    assert (await world.client(world.pupil).delete(f"/v1/homework/{card}")).status_code == 204
    assert world.scalar("select count(*) from attachment where homework_id = :id", id=card) == 0
    assert world.scalar("select count(*) from procrastinate_jobs where task_name = 'remove_objects'") == 1


async def test_who_listened_is_told_to_the_pupil(world: World) -> None:
    card = world.new_homework()
    await read(world, world.guardian, f"/v1/homework/{card}")
    looks = (await world.client(world.pupil).get("/v1/me/looks")).json()["items"]
    assert [(look["viewerName"], look["voice"]) for look in looks] == [("Nadia de Wit", "home")]


# --- put ready by school ---------------------------------------------------------------------------


async def offer(world: World, who: UUID, **more: Any) -> httpx.Response:
    day = (world.clock.today() + timedelta(days=7)).isoformat()
    put = {"groupId": str(world.group), "card": "dream", "cardVersion": 1, "onDay": day} | more
    return await world.client(who).put(f"/v1/homework-offers/{new_id(world)}", json=put)


async def test_school_puts_a_card_ready_and_sees_who_shared_it_by_name(world: World) -> None:
    offered = (await offer(world, world.teacher)).json()["id"]
    for who in (world.pupil, world.guardian):
        listed = await read(world, who, f"/v1/pupils/{world.pupil}/homework")
        assert [one["id"] for one in listed["waiting"]] == [offered]
    path = await begin(world, world.pupil, offerId=offered, childText="Mooi")
    group = f"/v1/groups/{world.group}/homework"
    assert (await read(world, world.teacher, group))["offers"][0]["shared"] == [], "a draft is nobody's business"
    assert (await read(world, world.pupil, f"/v1/pupils/{world.pupil}/homework"))["waiting"] == []
    await share(world, world.pupil, path, "school")
    shared = (await read(world, world.dean, group))["offers"][0]["shared"]
    assert [one["pupil"]["givenName"] for one in shared] == ["Yara"]
    assert (await read(world, world.pupil, path))["onDay"] == "2026-12-01"


async def test_one_card_is_put_ready_once_a_year_also_by_two_at_once(world: World) -> None:
    answers = await asyncio.gather(offer(world, world.teacher), offer(world, world.dean))
    assert sorted(answer.status_code for answer in answers) == [201, 409]


async def test_a_card_that_is_taken_back_leaves_what_was_begun(world: World) -> None:
    offered = (await offer(world, world.teacher)).json()["id"]
    path = await begin(world, world.pupil, offerId=offered, childText="Mooi")
    assert (await world.client(world.dean).delete(f"/v1/homework-offers/{offered}")).status_code == 204
    assert (await read(world, world.pupil, path))["offerId"] is None
    assert (await change(world, world.pupil, path, childText="Mooier")).status_code == 200


@pytest.mark.parametrize("day", ["2026-11-23", "2027-08-01", "0001-01-01", "9999-12-31"])
async def test_a_day_that_is_over_or_of_another_year_is_refused(world: World, day: str) -> None:
    assert (await offer(world, world.teacher, onDay=day)).status_code == 422


async def test_a_card_for_another_class_is_not_taken_along(world: World) -> None:
    other = world.new_homework_offer(world.other_group)
    put = content(world, offerId=str(other), childText="Ik")
    assert (await world.client(world.pupil).put(f"/v1/homework/{new_id(world)}", json=put)).status_code == 422
