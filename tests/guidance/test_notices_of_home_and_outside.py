"""Notices of cards from home and of somebody outside; and what holds for all that follow from guidance."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import text

from app.people.models import Guardianship
from tests.dossiers import third_year
from tests.guidance.test_notices import kinds, listed
from tests.guidance.test_notices_of_guidance import all_kinds, asked_outside, in_mail, shared_card
from tests.guidance.test_second_wall import Bare, bare
from tests.ids import new_id
from tests.world import World

__all__ = ["bare"]


# --- cards from home ----------------------------------------------------------------------------------


async def test_a_card_that_is_put_ready_is_told_to_the_class_until_it_is_begun(world: World) -> None:
    offer = new_id(world)
    content = {"groupId": str(world.group), "card": "dream", "cardVersion": 1, "onDay": "2026-12-01"}
    made = await world.client(world.teacher).put(f"/v1/homework-offers/{offer}", json=content)
    assert made.status_code == 201, made.text
    assert await all_kinds(world) == {"pupil": ["homework_offered"], "classmate": ["homework_offered"]}
    [notice] = await listed(world, world.pupil)
    assert (notice["day"], notice["aboutId"]) == ("2026-12-01", str(offer))
    assert await in_mail(world, world.pupil) == (1, 0)
    begun = {"pupilId": str(world.pupil), "card": "dream", "cardVersion": 1, "language": "tr", "offerId": str(offer)}
    assert (await world.client(world.pupil).put(f"/v1/homework/{new_id(world)}", json=begun)).status_code == 201
    assert await all_kinds(world) == {"classmate": ["homework_offered"]}
    assert await in_mail(world, world.pupil) == (0, 0)
    assert (await world.client(world.teacher).delete(f"/v1/homework-offers/{offer}")).status_code == 204
    assert await all_kinds(world) == {}


async def test_a_shared_card_is_told_at_home_and_the_answer_to_the_pupil(world: World) -> None:
    card = await shared_card(world)
    assert await all_kinds(world) == {"guardian": ["homework_shared"]}
    assert await in_mail(world, world.guardian) == (1, 1)
    content = {"pupilId": str(world.pupil), "card": "dream", "cardVersion": 1, "language": "tr", "childText": "Ja!"}
    answered = await world.client(world.guardian).put(
        f"/v1/homework/{card}", json=content | {"homeText": "Pilot."}, headers={"If-Match": '"2"'}
    )
    assert answered.status_code == 200, answered.text
    [notice] = await listed(world, world.pupil)
    assert (notice["kind"], notice["actor"], notice["aboutId"]) == ("homework_answered", "Nadia de Wit", str(card))
    pupil = world.client(world.pupil)
    back = await pupil.put(f"/v1/homework/{card}/sharing", json={"reach": "nobody"}, headers={"If-Match": '"3"'})
    assert back.status_code == 200, back.text
    assert (await kinds(world, world.guardian), await in_mail(world, world.guardian)) == ([], (0, 0))


async def test_a_card_that_home_began_is_told_to_the_child_and_to_the_other_parent_when_it_is_shared(
    world: World,
) -> None:
    other: UUID = world.new_person("Sami")
    world.add(Guardianship(id=new_id(world), guardian_id=other, pupil_id=world.pupil, custody="yes", state="confirmed"))
    card = new_id(world)
    content = {"pupilId": str(world.pupil), "card": "dream", "cardVersion": 1, "language": "tr", "homeText": "Pilot."}
    assert (await world.client(world.guardian).put(f"/v1/homework/{card}", json=content)).status_code == 201
    assert await all_kinds(world) == {"pupil": ["homework_answered"]}
    assert await kinds(world, other) == []
    shared = await world.client(world.pupil).put(
        f"/v1/homework/{card}/sharing", json={"reach": "home"}, headers={"If-Match": '"1"'}
    )
    assert shared.status_code == 200, shared.text
    assert (await kinds(world, other), await kinds(world, world.guardian)) == (["homework_shared"], [])


async def test_cards_for_school_are_told_to_the_mentor_once_a_day_with_a_number(world: World) -> None:
    await shared_card(world, "school")
    await shared_card(world, "school")
    [notice] = await listed(world, world.teacher)
    assert (notice["kind"], notice["number"], notice["title"]) == ("homework_at_school", 2, "2A")
    assert notice["aboutId"] == str(world.group)
    assert sorted(await all_kinds(world)) == ["guardian", "teacher"]
    assert await in_mail(world, world.teacher) == (1, 0)
    world.change("update homework set with_school = false, placement_id = null")
    assert (await kinds(world, world.teacher), await in_mail(world, world.teacher)) == ([], (0, 0))


# --- outside ------------------------------------------------------------------------------------------


async def test_a_question_outside_asks_the_mentor_and_the_parent_until_they_said_something(world: World) -> None:
    link = await asked_outside(world)
    assert await all_kinds(world) == {"teacher": ["outside_asked"], "guardian": ["outside_asked"]}
    assert (await listed(world, world.guardian))[0]["title"] == "Yara de Wit"
    assert await in_mail(world, world.guardian) == (1, 1)
    world.change(
        "insert into outside_consent (link_id, person_id, side, answer, version, answered_at)"
        " values (:l, :g, 'home', 'yes', 1, now())",
        l=link, g=world.guardian,
    )  # fmt: skip
    assert await all_kinds(world) == {"teacher": ["outside_asked"]}
    world.change("update outside_link set ended_at = asked_at, end_reason = 'withdrawn'")
    assert (await all_kinds(world), await in_mail(world, world.teacher)) == ({}, (0, 0))


async def test_from_sixteen_on_nobody_is_asked(world: World) -> None:
    world.change("update person set birth_date = '2010-11-24' where id = :p", p=world.pupil)
    await asked_outside(world)
    assert await all_kinds(world) == {}


async def test_an_answer_from_outside_is_told_to_the_pupil_until_the_pupil_decides(world: World) -> None:
    await said_outside(world)
    [notice] = await listed(world, world.pupil)
    assert (notice["kind"], notice["title"], notice["actor"]) == ("outside_answered", "Bezoek aan de haven", None)
    assert "begeleider" not in str(notice)
    assert await in_mail(world, world.pupil) == (1, 0)
    for state in ("accepted", "hidden"):
        world.change("update outside_answer set state = :s", s=state)
        assert (await all_kinds(world), await in_mail(world, world.pupil)) == ({}, (0, 0))


async def said_outside(world: World) -> UUID:
    """An answer that came through the app, with nobody signed in."""
    world.change("update person set birth_date = '2009-11-24' where id = :p", p=world.pupil)
    link = world.new_outside(world.new_entry())
    world.change(
        "insert into outside_session (id, link_id, token_hash, tries, asked_at, code_until, opened_at, expires_at)"
        " values (gen_random_uuid(), :l, '\\x01', 0, :now, :now, :now, cast(:now as timestamptz) + interval '1 hour')",
        l=link, now=world.clock.now(),
    )  # fmt: skip
    async with world.app.state.database.begin() as session:
        kept = await session.scalar(
            text("select kept from outside_say('\\x01', 'Ria', 'Touwen', 'Durf', 'Vraag', '{}', null, :now, :today)"),
            {"now": world.clock.now(), "today": world.clock.today()},
        )
    assert kept
    return link


# --- all of them --------------------------------------------------------------------------------------


async def test_what_the_owner_brings_in_tells_nothing(world: World) -> None:
    world.new_agreed_conversation()
    world.new_homework(offer_id=world.new_homework_offer(world.group))
    world.new_outside(world.new_entry(), {"words": ["rustig"]})
    third_year(world)
    assert world.scalar("select count(*) from notice") == 0


async def test_a_dean_is_asked_about_dossiers_and_a_pupil_only_who_keeps_one_and_from_twelve_on_about_outside(
    world: World,
) -> None:
    async def asked(who: UUID) -> set[str]:
        items = (await world.client(who).get("/v1/me/notice-settings")).json()["items"]
        return {item["kind"] for item in items}

    assert "dossiers_waiting" in await asked(world.dean)
    world.change("update school_group set study_year = 3 where school_year = 2026")
    assert {"dossier_done", "dossier_returned", "outside_answered"} <= await asked(world.pupil)
    world.change("update school_group set level = 'po', study_year = 8")
    world.change("update person set birth_date = '2015-03-02' where id = :p", p=world.pupil)
    assert not {"dossier_done", "dossier_returned", "outside_answered"} & await asked(world.pupil)


FORGED: tuple[str, ...] = (
    "select tell_of_steps('2026-11-24', now())",
    "select notice_of_planned_talk()",
    "select notice_holds('talk_planned', :me, '2026-11-24', :me, '{}', '{}', '2026-11-24')",
    "insert into notice (id, person_id, kind, about_id, on_day, at)"
    " values (uuidv7(), :me, 'talk_planned', :me, '2026-11-24', now())",
)


@pytest.mark.parametrize("statement", FORGED)
async def test_none_of_them_is_written_or_asked_by_hand(statement: str, world: World, bare: Bare) -> None:
    for who in ("pupil", "guardian", "teacher", "dean", "admin"):
        values = {"me": getattr(world, who)} if ":me" in statement else {}
        assert bare(who, statement, **values) == "refused", who


async def test_a_fact_that_is_forged_by_bare_sql_tells_nobody(world: World, bare: Bare) -> None:
    """Facts that nobody may write tell nothing: they are not there."""
    talk = world.new_conversation()
    world.new_record(talk)
    for who in ("classmate", "guardian", "other_teacher", "far_dean", "admin"):
        for statement in (
            "insert into conversation_agreement (conversation_id, record_version, pupil_id, ring, way, agreed_at)"
            f" values ('{talk}', 1, '{world.pupil}', 2, 'own', now())",
            f"update conversation set cancelled_at = now(), version = 2 where id = '{talk}'",
            "insert into homework_offer (id, group_id, card, card_version, on_day, offered_by, offered_at)"
            f" values (uuidv7(), '{world.group}', 'dream', 1, '2026-12-01', '{world.teacher}', now())",
            "insert into outside_answer values (null)",
        ):
            assert bare(who, statement) in ("refused", 0), (who, statement)
    assert world.scalar("select count(*) from notice") == 0


@pytest.mark.parametrize("kind", ["talk_planned", "outside_asked", "step_due"])
async def test_ten_thousand_that_do_not_hold_any_more_are_passed_quickly(kind: str, world: World) -> None:
    talk = world.new_conversation(cancelled_at=world.clock.now())
    world.change(
        "insert into notice (id, person_id, kind, about_id, on_day, at)"
        " select uuidv7(), :me, :kind, case when n = 0 then cast(:talk as uuid) else gen_random_uuid() end, :day,"
        " cast(:now as timestamptz) - n * interval '1 minute' from generate_series(0, 9999) n",
        me=world.dean, kind=kind, talk=talk, day=world.clock.today(), now=world.clock.now(),
    )  # fmt: skip
    world.change("analyze notice")
    began = asyncio.get_running_loop().time()
    for _ in range(3):
        assert await listed(world, world.dean) == []
    assert (asyncio.get_running_loop().time() - began) / 3 < 1
