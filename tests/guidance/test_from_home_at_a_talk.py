"""A card from home comes back at a talk: with the sheet for pupil and staff, with the record for home."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.guidance.test_conversations import read
from tests.world import World


async def cards(world: World, who: UUID, talk: UUID) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await read(world.client(who), talk))["homework"]
    return found


@pytest.mark.parametrize(("who", "count"), [("pupil", 2), ("guardian", 2), ("teacher", 1), ("dean", 1)])
async def test_everybody_reads_what_was_shared_with_them(world: World, who: str, count: int) -> None:
    talk = world.new_agreed_conversation()
    shown = world.new_homework()
    world.new_homework(with_school=False)
    world.new_homework(state="draft", with_school=False)
    found = await cards(world, getattr(world, who), talk)
    assert len(found) == count
    assert str(shown) in [card["id"] for card in found]


async def test_both_answers_come_as_they_were_said(world: World) -> None:
    talk, said = world.new_conversation(), "كنت أريد أن أصبح مهندسًا."
    world.new_homework(language="ar", home_text=said)
    [card] = await cards(world, world.dean, talk)
    assert (card["language"], card["home"]["text"], card["child"]["text"]) == ("ar", said, "Dat wist ik niet!")
    assert card["rights"] == {"writeHome": False, "writeChild": False, "share": False, "remove": False}


async def test_the_newest_three_are_enough(world: World) -> None:
    talk = world.new_conversation()
    made = [world.new_homework(shared_at=world.clock.now() - timedelta(days=days)) for days in range(5)]
    assert [card["id"] for card in await cards(world, world.pupil, talk)] == [str(one) for one in made[:3]]


async def test_who_is_invited_reads_no_card_here_before_the_record_and_looked_at_nothing(world: World) -> None:
    talk = world.new_conversation(with_home=True)
    world.new_homework()
    assert await cards(world, world.guardian, talk) == []
    world.new_record(talk)
    assert await cards(world, world.guardian, talk) == []
    assert world.scalar("select count(*) from access_log where pupil_id = :pupil", pupil=world.pupil) == 0
    world.new_agreement(talk)
    assert len(await cards(world, world.guardian, talk)) == 1


async def test_the_other_home_reads_what_is_shared_and_no_draft_of_the_first(world: World) -> None:
    father, talk = world.new_guardian("Samir", world.pupil), world.new_agreed_conversation()
    world.new_homework(state="draft", with_school=False, begun_by=world.guardian)
    assert await cards(world, father, talk) == []
    assert await cards(world, world.guardian, talk) == [], "a draft has nothing to tell at a talk"
    world.new_homework(begun_by=world.guardian)
    [card] = await cards(world, father, talk)
    assert (card["home"]["by"]["givenName"], card["rights"]["writeHome"]) == ("Nadia", False)


@pytest.mark.parametrize("who", ["no_custody", "unconfirmed", "other_guardian", "other_teacher", "far_dean"])
async def test_who_does_not_see_the_talk_sees_no_card_at_it(world: World, who: str) -> None:
    talk = world.new_agreed_conversation()
    world.new_homework()
    answer = await world.client(getattr(world, who)).get(f"/v1/conversations/{talk}")
    assert answer.status_code == 404


async def test_what_the_pupil_takes_back_is_gone_from_the_talk(world: World) -> None:
    talk, card = world.new_conversation(), world.new_homework()
    assert len(await cards(world, world.teacher, talk)) == 1
    back = await world.client(world.pupil).put(
        f"/v1/homework/{card}/sharing", json={"reach": "home"}, headers={"If-Match": '"1"'}
    )
    assert back.status_code == 200
    assert await cards(world, world.teacher, talk) == []


async def test_the_next_school_does_not_read_what_was_shared_with_the_one_before(world: World) -> None:
    world.new_homework()
    world.change("update placement set ends_on = :day where id = :id", day=world.clock.today(), id=world.placement)
    world.at(world.clock.today() + timedelta(days=1))
    placement = world.place(world.pupil, world.duin, world.far_group, starts_on=world.clock.today())
    talk = world.new_conversation(placement_id=placement, held_with=world.far_teacher, planned_by=world.far_teacher)
    assert await cards(world, world.far_teacher, talk) == []
    assert len(await cards(world, world.pupil, talk)) == 1


async def test_the_first_school_reads_it_until_the_year_is_over(world: World) -> None:
    talk = world.new_agreed_conversation()
    world.new_homework()
    world.change("update placement set ends_on = :day where id = :id", day=world.clock.today(), id=world.placement)
    world.at(date(2027, 7, 31))
    assert len(await cards(world, world.dean, talk)) == 1
    world.at(date(2027, 8, 1))
    assert (await world.client(world.dean).get(f"/v1/conversations/{talk}")).status_code == 404


async def test_a_card_of_a_classmate_is_not_at_this_talk(world: World) -> None:
    talk = world.new_conversation()
    placement = world.scalar("select id from placement where pupil_id = :pupil", pupil=world.classmate)
    world.new_homework(pupil_id=world.classmate, begun_by=world.classmate, placement_id=placement)
    assert await cards(world, world.teacher, talk) == []
