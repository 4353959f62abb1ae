"""A school's own questions: who reads and changes them, who is asked them, and what is kept of them."""

from datetime import date
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import ProgrammingError

from app.guidance.questions.actions import ROOM
from app.platform.settings import Settings
from tests.ids import new_id
from tests.world import World

OWN = {"bands": ["B"], "competency": "qualities", "text": "Wat deed jij wat niemand anders deed?"}


def problem(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


async def put(
    client: httpx.AsyncClient, school: UUID, question: UUID, content: dict[str, Any], version: int | None = None
) -> httpx.Response:
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return await client.put(f"/v1/schools/{school}/questions/{question}", json=content, headers=headers)


async def move(world: World, question: UUID, to: str, version: int = 1, who: UUID | None = None) -> httpx.Response:
    client = world.client(who or world.dean)
    path = f"/v1/schools/{world.kust}/questions/{question}/{to}"
    return await client.post(path, headers={"If-Match": f'"{version}"'})


async def school_set(world: World, viewer: UUID) -> Any:
    answer = await world.client(viewer).get(f"/v1/schools/{world.kust}/questions")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def asked(world: World, pupil: UUID, kind: str = "experience", **more: Any) -> list[dict[str, Any]]:
    answer = await world.client(pupil).get("/v1/me/questions", params={"kind": kind, **more})
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def words(questions: list[dict[str, Any]]) -> list[str]:
    return [question["text"] for question in questions]


async def test_what_a_dean_adds_is_asked_of_pupils_there_and_nowhere_else(world: World) -> None:
    question = new_id(world)
    assert (await put(world.client(world.dean), world.kust, question, OWN)).status_code == 201
    (own,) = [one for one in await asked(world, world.pupil) if one["ofSchool"]]
    assert (own["id"], own["version"], own["text"]) == (f"school-{question}", 1, OWN["text"])
    assert OWN["text"] not in words(await asked(world, world.other_pupil))


async def test_the_schools_own_come_first_within_their_competency(world: World) -> None:
    world.new_question(world.kust, "Eigen een", competency="motives")
    world.new_question(world.kust, "Eigen twee", competency="motives")
    for rotation, first in ((0, "Eigen een"), (1, "Eigen twee"), (2, "Eigen een")):
        about = [one for one in await asked(world, world.pupil, rotation=rotation) if one["competency"] == "motives"]
        assert about[0]["text"] == first
        assert {one["ofSchool"] for one in about[2:]} == {False}
    items = await asked(world, world.pupil)
    assert items[0]["competency"] != items[1]["competency"]


async def test_a_question_is_asked_at_the_age_and_kind_that_it_is_for(world: World) -> None:
    world.new_question(world.kust, "Voor mbo", bands=["D"])
    world.new_question(world.kust, "Na een interview", kinds=["interview"])
    assert "Na een interview" not in words(await asked(world, world.pupil))
    assert "Na een interview" in words(await asked(world, world.pupil, "interview"))
    assert "Voor mbo" not in words(await asked(world, world.pupil, "interview"))


async def test_a_child_of_groep_7_and_a_student_of_mbo_are_asked_different_things_of_the_same_visit(
    world: World,
) -> None:
    child, _ = world.new_pupil("Isa", world.duin, world.new_group(world.duin, "7", level="po"))
    student, _ = world.new_pupil("Sem", world.duin, world.new_group(world.duin, "MB2", level="mbo"))
    visits = [await asked(world, pupil, form="company_visit", rotation=3) for pupil in (child, student)]
    assert [[one["id"][0] for one in visit[:2]] for visit in visits] == [["A", "A"], ["D", "D"]]
    assert not set(words(visits[0])) & set(words(visits[1]))


async def test_who_left_school_keeps_the_questions_of_their_age_without_those_of_the_school(world: World) -> None:
    world.new_question(world.kust, OWN["text"])
    world.change("update placement set ends_on = '2026-10-01' where id = :id", id=world.placement)
    items = await asked(world, world.pupil)
    assert items
    assert not any(one["ofSchool"] for one in items)


async def test_a_changed_question_is_the_next_version_and_the_old_one_is_kept(world: World) -> None:
    question, dean = world.new_question(world.kust, "Wat leerde je?"), world.client(world.dean)
    assert (await put(dean, world.kust, question, OWN, 1)).json()["version"] == 2
    (shown,) = (await school_set(world, world.teacher))["items"]
    assert (shown["text"], shown["version"], shown["by"]) == (OWN["text"], 2, "Samira de Wit")
    (before,) = shown["before"]
    assert (before["version"], before["content"]["text"]) == (1, "Wat leerde je?")
    (own,) = [one for one in await asked(world, world.pupil) if one["ofSchool"]]
    assert (own["version"], own["text"]) == (2, OWN["text"])


async def test_a_withdrawn_question_is_asked_no_more_and_its_answers_keep_it(world: World) -> None:
    question, pupil = world.new_question(world.kust, "Wat leerde je?"), world.client(world.pupil)
    told = {
        "questionId": f"school-{question}",
        "questionVersion": 1,
        "competency": "qualities",
        "question": "Wat leerde je?",
        "text": "Knopen",
    }
    entry = new_id(world)
    content = {"title": "Haven", "details": {"kind": "experience"}, "answers": [told]}
    assert (await pupil.put(f"/v1/entries/{entry}", json=content)).status_code == 201
    assert [(await move(world, question, "withdraw")).json()["withdrawn"] for _ in range(2)] == [True, True]
    assert not [one for one in await asked(world, world.pupil) if one["ofSchool"]]
    (kept,) = (await pupil.get(f"/v1/entries/{entry}")).json()["answers"]
    assert (kept["question"], kept["text"]) == ("Wat leerde je?", "Knopen")
    changed = content | {"answers": [told | {"text": "Knopen leggen"}]}
    answer = await pupil.put(f"/v1/entries/{entry}", json=changed, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, "who was writing goes on writing"
    assert (await school_set(world, world.dean))["items"][0]["withdrawnAt"] is not None
    assert (await move(world, question, "bring-back")).json()["withdrawn"] is False
    assert [one for one in await asked(world, world.pupil) if one["ofSchool"]]


async def test_a_withdrawn_question_is_not_changed_until_it_is_back(world: World) -> None:
    question = world.new_question(world.kust, withdrawn_at=world.clock.now())
    assert problem(await put(world.client(world.dean), world.kust, question, OWN, 1)) == (409, "question-withdrawn")


async def test_of_two_deans_at_once_the_second_is_told(world: World) -> None:
    other = world.new_staff("Farida", world.kust, "dean")
    question = world.new_question(world.kust)
    assert (await put(world.client(world.dean), world.kust, question, OWN, 1)).status_code == 200
    later = await put(world.client(other), world.kust, question, OWN | {"text": "Iets anders?"}, 1)
    assert (*problem(later), later.json()["current"]) == (412, "version-conflict", 2)
    assert problem(await move(world, question, "withdraw", 1, other)) == (412, "version-conflict")
    assert (await put(world.client(other), world.kust, question, OWN, 1)).json()["version"] == 2, "the same words"


async def test_the_same_question_sent_twice_is_one(world: World) -> None:
    question, dean = new_id(world), world.client(world.dean)
    assert [(await put(dean, world.kust, question, OWN)).status_code for _ in range(2)] == [201, 200]
    different = await put(dean, world.kust, question, OWN | {"text": "Anders?"})
    assert problem(different) == (409, "already-exists-different")
    assert problem(await put(dean, world.kust, new_id(world), OWN, 1))[0] == 404


async def test_a_change_needs_the_version_it_starts_from(world: World) -> None:
    question = world.new_question(world.kust)
    path = f"/v1/schools/{world.kust}/questions/{question}/withdraw"
    assert problem(await world.client(world.dean).post(path)) == (428, "precondition-needed")


async def test_two_hundred_questions_are_enough(world: World) -> None:
    world.change(
        "insert into school_question (id, school_id, competency, bands, text, version, since, made_by)"
        " select uuidv7(), :school, 'motives', '{B}', number::text, 1, now(), :dean"
        " from generate_series(1, :room) number",
        school=world.kust, dean=world.dean, room=ROOM - 1,
    )  # fmt: skip
    away = world.new_question(world.kust, withdrawn_at=world.clock.now())
    dean, last = world.client(world.dean), new_id(world)
    assert (await put(dean, world.kust, last, OWN)).status_code == 201
    over = await put(dean, world.kust, new_id(world), OWN)
    assert problem(over) == (409, "too-many-questions")
    assert "200" in over.json()["detail"]
    assert (await put(dean, world.kust, last, OWN)).status_code == 200, "a retry takes no place"
    assert problem(await move(world, away, "bring-back")) == (409, "too-many-questions")
    assert (await move(world, last, "withdraw")).status_code == 200
    assert (await move(world, away, "bring-back")).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"text": "a" * 201}, "/text"),
        ({"text": "   "}, "/text"),
        ({"text": "\u202eegnirts"}, "/text"),
        ({"text": "\x00"}, "/text"),
        ({"bands": []}, "/bands"),
        ({"bands": ["E"]}, "/bands/0"),
        ({"competency": "moed"}, "/competency"),
        ({"kinds": ["feest"]}, "/kinds/0"),
        ({"schoolId": "x"}, "/schoolId"),
    ],
)
async def test_what_cannot_be_asked_is_refused_at_its_field(wrong: dict[str, Any], pointer: str, world: World) -> None:
    answer = await put(world.client(world.dean), world.kust, new_id(world), OWN | wrong)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert answer.json()["errors"][0]["detail"]


async def test_emoji_and_other_scripts_are_kept(world: World) -> None:
    question, said = new_id(world), "Wat vond je mooi? 🌊 ماذا أعجبك؟"
    await put(world.client(world.dean), world.kust, question, OWN | {"text": said, "bands": ["D", "B", "B"]})
    (shown,) = (await school_set(world, world.dean))["items"]
    assert (shown["text"], shown["bands"]) == (said, ["B", "D"])


async def test_teachers_read_the_set_and_say_so_is_the_deans(world: World) -> None:
    world.new_question(world.kust)
    assert (await school_set(world, world.teacher))["mayChange"] is False
    shown = await school_set(world, world.dean)
    assert (shown["mayChange"], shown["bands"]) == (True, ["B"])
    refused = await put(world.client(world.teacher), world.kust, new_id(world), OWN)
    assert problem(refused) == (403, "not-allowed")


async def test_a_dean_whose_role_ended_changes_nothing(world: World) -> None:
    world.change("update staff_role set ends_on = '2026-11-01' where person_id = :dean", dean=world.dean)
    assert problem(await put(world.client(world.dean), world.kust, new_id(world), OWN))[0] == 404


@pytest.mark.parametrize("who", ["far_dean", "other_pupil", "admin", "guardian", "coordinator"])
async def test_without_the_first_wall_others_still_find_nothing(who: str, world: World, settings: Settings) -> None:
    world.new_question(world.kust)
    engine = create_engine(settings.database_url.replace("+asyncpg", "+psycopg"))
    with engine.begin() as connection:
        _as(connection, getattr(world, who), world.clock.today())
        for table in ("school_question", "school_question_version"):
            assert connection.scalar(text(f"select count(*) from {table}")) == 0
        changed = connection.execute(text("update school_question set text = 'x'"))
        assert changed.rowcount == 0
    engine.dispose()


@pytest.mark.parametrize("who", ["pupil", "teacher"])
async def test_without_the_first_wall_readers_write_nothing_and_pupils_see_what_is_asked(
    who: str, world: World, settings: Settings
) -> None:
    world.new_question(world.kust)
    world.new_question(world.kust, "Ingetrokken", withdrawn_at=world.clock.now())
    viewer = getattr(world, who)
    engine = create_engine(settings.database_url.replace("+asyncpg", "+psycopg"))
    with engine.begin() as connection:
        _as(connection, viewer, world.clock.today())
        seen = connection.scalar(text("select count(*) from school_question"))
        versions = connection.scalar(text("select count(*) from school_question_version"))
        assert (seen, versions) == ((1, 0) if who == "pupil" else (2, 2))
        assert connection.execute(text("update school_question set text = 'x'")).rowcount == 0
    added = text(
        "insert into school_question (id, school_id, competency, bands, text, version, since, made_by)"
        " values (uuidv7(), :school, 'motives', '{B}', 'x', 1, now(), :viewer)"
    )
    with engine.begin() as connection:
        _as(connection, viewer, world.clock.today())
        with pytest.raises(ProgrammingError, match="row-level security"):
            connection.execute(added, {"school": world.kust, "viewer": viewer})
        connection.rollback()
    engine.dispose()


def _as(connection: Any, viewer: UUID, today: date) -> None:
    connection.execute(
        text("select set_config('app.viewer', :viewer, true), set_config('app.today', :today, true)"),
        {"viewer": str(viewer), "today": today.isoformat()},
    )
