"""The register of consent: what was asked in which words, of whom, given, withdrawn; and whose answer counts when."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import ProgrammingError

from app.access.actions import hash_of
from app.access.consents.models import Consent
from tests.world import World

FACES = "recognisable"
HOME = "home_sharing"


async def _answer(world: World, who: UUID, answer: str, purpose: str = FACES, version: int = 1) -> int:
    put = await world.client(who).put(
        f"/v1/pupils/{world.pupil}/consents/{purpose}", json={"version": version, "answer": answer}
    )
    return put.status_code


async def _consent(world: World, who: UUID, purpose: str = FACES) -> dict[str, Any]:
    page = await world.client(who).get(f"/v1/pupils/{world.pupil}/consents")
    assert page.status_code == 200
    found: dict[str, Any] = next(item for item in page.json()["items"] if item["purpose"] == purpose)
    return found


async def _state(world: World) -> str:
    found: str = (await world.client(world.pupil).get("/v1/me")).json()["pupil"]["recognisable"]
    return found


async def test_a_parent_is_asked_answers_and_takes_it_back(world: World) -> None:
    asked = await _consent(world, world.guardian)
    assert (asked["state"], asked["decides"], asked["mayAnswer"], asked["own"]) == ("open", "guardian", True, None)
    assert "{name}" in asked["text"]["nl"]
    assert asked["text"]["ar"]
    assert await _answer(world, world.guardian, "yes") == 204
    assert await _state(world) == "yes"
    assert await _answer(world, world.guardian, "no") == 204
    assert await _state(world) == "no"
    lines = (await _consent(world, world.guardian))["registerLines"]
    assert sorted((line["answer"], line["endedAt"] is None, line["version"]) for line in lines) == [
        ("no", True, 1),
        ("yes", False, 1),
    ]
    assert all(line["askedAt"] and line["answeredAt"] and line["own"] for line in lines)


async def test_what_was_put_before_somebody_stands_in_the_register_without_an_answer(world: World) -> None:
    await _consent(world, world.guardian)
    (line,) = (await _consent(world, world.guardian))["registerLines"]
    assert (line["answer"], line["answeredAt"], line["of"]) == (None, None, "guardian")


async def test_one_no_of_two_parents_is_no_and_neither_reads_whose(world: World) -> None:
    other = world.new_guardian("Sam", world.pupil)
    await _answer(world, world.guardian, "yes")
    await _answer(world, other, "no")
    seen = await _consent(world, world.guardian)
    assert (seen["state"], seen["own"]) == ("no", "yes")
    assert "Sam" not in str(seen)
    world.change("update guardianship set state = 'ended' where guardian_id = :other", other=other)
    assert await _state(world) == "yes", "who is a guardian no longer does not count"


async def test_without_custody_nobody_decides(world: World) -> None:
    limited = world.new_guardian("Lim", world.pupil, custody="limited")
    world.change("update guardianship set opened_on = '2026-11-01' where guardian_id = :who", who=limited)
    assert (await _consent(world, limited))["mayAnswer"] is False
    assert await _answer(world, limited, "yes") == 403
    assert await _answer(world, world.no_custody, "yes") == 404
    assert await _answer(world, world.unconfirmed, "yes") == 404
    assert await _answer(world, world.pupil, "yes") == 403, "13: the pupil is heard, the parents decide"


async def test_at_sixteen_the_pupil_is_asked_anew_and_parents_no_longer_decide(world: World) -> None:
    await _answer(world, world.guardian, "yes")
    world.at(date(2029, 3, 1))
    assert await _state(world) == "yes"
    world.at(date(2029, 3, 2))
    assert await _state(world) == "open"
    assert await _answer(world, world.guardian, "yes") == 404, "home is closed until the pupil says yes"
    assert await _answer(world, world.pupil, "yes", HOME) == 204
    assert await _answer(world, world.guardian, "yes") == 403
    assert await _answer(world, world.pupil, "no") == 204
    assert await _state(world) == "no"


async def test_thirty_days_before_sixteen_and_eighteen_pupil_and_parent_are_told(world: World) -> None:
    told = {}
    for day in ("2029-01-30", "2029-01-31", "2029-03-01", "2029-03-02", "2031-01-30", "2031-01-31", "2031-03-02"):
        world.at(date.fromisoformat(day))
        me = (await world.client(world.pupil).get("/v1/me")).json()["pupil"]
        child = (await world.client(world.guardian).get("/v1/home")).json()["children"][0]
        told[day] = (me["homeClosesOn"], me["homeAsked"], child["homeClosesOn"])
        if day == "2029-03-02":
            await _answer(world, world.pupil, "yes", HOME)
            assert (await world.client(world.pupil).get("/v1/me")).json()["pupil"]["homeAsked"] is False
    assert told == {
        "2029-01-30": (None, False, None),
        "2029-01-31": ("2029-03-02", False, "2029-03-02"),
        "2029-03-01": ("2029-03-02", False, "2029-03-02"),
        "2029-03-02": (None, True, None),
        "2031-01-30": (None, False, None),
        "2031-01-31": ("2031-03-02", False, "2031-03-02"),
        "2031-03-02": (None, True, None),
    }


async def test_a_no_about_home_is_not_asked_again_before_the_next_birthday(world: World) -> None:
    world.at(date(2029, 4, 1))
    assert await _answer(world, world.pupil, "no", HOME) == 204
    assert (await world.client(world.pupil).get("/v1/me")).json()["pupil"]["homeAsked"] is False
    assert (await _consent(world, world.pupil, HOME))["state"] == "no"
    world.at(date(2031, 3, 2))
    assert (await world.client(world.pupil).get("/v1/me")).json()["pupil"]["homeAsked"] is True


async def test_a_yes_of_sixteen_is_given_anew_at_eighteen(world: World) -> None:
    world.at(date(2029, 4, 1))
    await _answer(world, world.pupil, "yes", HOME)
    world.at(date(2031, 4, 1))
    assert (await _consent(world, world.pupil, HOME))["state"] == "open"
    await _answer(world, world.pupil, "yes", HOME)
    seen = await _consent(world, world.pupil, HOME)
    assert seen["state"] == "yes"
    assert [line["endedAt"] is None for line in seen["registerLines"]].count(True) == 1


async def test_another_text_is_not_answered_unread(world: World) -> None:
    assert await _answer(world, world.guardian, "yes", version=2) == 409


async def test_a_newer_text_is_asked_anew(world: World) -> None:
    await _answer(world, world.guardian, "yes")
    world.change("update consent set version = 0")
    assert await _state(world) == "open"
    assert len((await _consent(world, world.guardian))["registerLines"]) == 2


async def test_answering_twice_at_once_leaves_one_line(world: World) -> None:
    await _answer(world, world.guardian, "yes")
    await _answer(world, world.guardian, "yes")
    assert world.scalar("select count(*) from consent") == 1


async def test_the_teacher_sees_who_may_be_recognisable(world: World) -> None:
    await _answer(world, world.guardian, "yes")
    page = (await world.client(world.teacher).get(f"/v1/groups/{world.group}/consents")).json()
    assert {item["pupil"]["givenName"]: item["state"] for item in page["items"]} == {"Omar": "open", "Yara": "yes"}


@pytest.mark.parametrize("child", ["classmate", "other_pupil"])
async def test_past_the_first_wall_nobody_answers_for_a_child_of_others(world: World, child: str) -> None:
    token = world.client(world.guardian).headers["cookie"].removeprefix("sid=")
    with pytest.raises(ProgrammingError, match="row-level security"):
        async with world.app.state.database.transaction(hash_of(token), world.clock.now(), world.clock.today()) as tx:
            await tx.session.execute(
                Consent.__table__.insert().values(
                    pupil_id=getattr(world, child), purpose=FACES, version=1, asked_of=world.guardian,
                    asked_at=tx.now, answer="yes", answered_at=tx.now,
                )
            )  # fmt: skip


async def test_the_register_is_never_emptied(world: World) -> None:
    await _answer(world, world.guardian, "yes")
    async with world.app.state.database.pages.acquire() as connection:
        with pytest.raises(Exception, match="permission denied"):
            await connection.execute("delete from consent")
