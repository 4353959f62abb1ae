"""What was answered to the same question before: whose, from which entries, and for whom."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tests.world import World

QUESTION = "B-qualities-1"
LAST_YEAR = date(2025, 11, 12)


def answer(text: str = "Meten", question: str = QUESTION, **fields: Any) -> dict[str, Any]:
    asked = {"questionId": question, "questionVersion": 1, "competency": "qualities", "question": "Welke taak kon je?"}
    return {**asked, "text": text, "attachmentId": None, "skipped": False, **fields}


def told(world: World, *answers: dict[str, Any], on: date = LAST_YEAR, **fields: Any) -> UUID:
    year = on.year - (on.month < 8)
    return world.new_entry("Toen", answers=list(answers), happened_on=on, sort_on=on, school_year=year, **fields)


async def mine(world: World, *questions: str, **params: Any) -> list[dict[str, Any]]:
    params["questionId"] = list(questions) or [QUESTION]
    found = await world.client(world.pupil).get("/v1/me/answers", params=params)
    assert found.status_code == 200, found.text
    items: list[dict[str, Any]] = found.json()["items"]
    return items


async def beside(world: World, entry: UUID, viewer: UUID) -> list[str]:
    found = await world.client(viewer).get(f"/v1/entries/{entry}/earlier-answers")
    assert found.status_code == 200, found.text
    return [item["text"] for item in found.json()["items"]]


async def test_an_answer_comes_back_with_its_own_words_and_where_it_stands(world: World) -> None:
    world.place(
        world.pupil, world.duin, world.new_group(world.duin, "8", 2024, "po"), date(2024, 8, 1), date(2025, 7, 31)
    )
    entry = told(world, answer("Het eerste gat boren"), on=date(2025, 3, 4))
    (found,) = await mine(world)
    assert (found["question"], found["text"], found["questionVersion"]) == (
        "Welke taak kon je?",
        "Het eerste gat boren",
        1,
    )
    assert found["entry"] == {"id": str(entry), "title": "Toen", "on": "2025-03-04", "level": "po", "studyYear": 2}


async def test_the_newest_three_come_first_and_any_version_counts(world: World) -> None:
    for month in range(1, 6):
        told(world, answer(f"maand {month}", questionVersion=month), on=date(2026, month, 1))
    assert [found["text"] for found in await mine(world)] == ["maand 5", "maand 4", "maand 3"]


async def test_only_what_was_really_said_counts(world: World) -> None:
    told(world, answer(""))
    told(world, answer("toch niet", skipped=True))
    told(world, answer("andere vraag", "B-motives-1"))
    told(world, answer("weggegooid"), state="trashed", state_before_trash="shared", trashed_at=world.clock.now())
    told(world, answer("van een ander"), pupil_id=world.classmate)
    assert await mine(world) == []


async def test_a_pupils_own_drafts_and_what_they_put_away_count(world: World) -> None:
    told(world, answer("concept"), state="draft", ring=0, placement_id=None, shared_at=None)
    told(world, answer("weggelegd"), state="archived", state_before_trash="shared")
    assert {found["text"] for found in await mine(world)} == {"concept", "weggelegd"}


async def test_what_was_said_or_filmed_comes_along_once_it_is_ready(world: World) -> None:
    entry = told(world)
    for kind, state in (("film", "ready"), ("sound", "received")):
        file = world.new_file(entry, kind=kind, state=state)
        world.change(
            "update entry set answers = answers || jsonb_build_array(jsonb_build_object('questionId', cast(:question as"
            " text), 'questionVersion', 1, 'question', 'Wat?', 'text', '', 'attachmentId', cast(:file as text),"
            " 'skipped', false)) where id = :entry",
            question=f"B-{kind}-1", file=str(file), entry=entry,
        )  # fmt: skip
    film, sound = await mine(world, "B-film-1", "B-sound-1")
    assert film["file"]["kind"] == "film"
    assert sound["file"] is None


async def test_a_file_of_another_entry_is_never_shown(world: World) -> None:
    other = world.new_file(world.new_entry(pupil_id=world.classmate), kind="sound", pupil_id=world.classmate)
    told(world, answer("", attachmentId=str(other)))
    (found,) = await mine(world)
    assert found["file"] is None


async def test_earlier_means_before_this_entry(world: World) -> None:
    old, new = told(world, answer("toen")), told(world, answer("nu"), on=date(2026, 11, 20))
    assert [found["text"] for found in await mine(world, beforeEntry=str(new))] == ["toen"]
    assert await mine(world, beforeEntry=str(old)) == []
    assert len(await mine(world, beforeEntry=str(world.classmate))) == 2, "an entry that is not sent yet"
    assert await beside(world, new, world.pupil) == ["toen"]
    assert await beside(world, old, world.pupil) == []


async def test_a_teacher_sees_beside_an_entry_only_answers_of_entries_that_they_may_see(world: World) -> None:
    told(world, answer("gedeeld"), on=date(2026, 9, 1))
    told(world, answer("alleen ik"), on=date(2026, 9, 2), state="draft", ring=0, placement_id=None, shared_at=None)
    elsewhere = world.place(world.pupil, world.duin, world.far_group, date(2024, 8, 1), date(2025, 7, 31))
    told(world, answer("op de andere school"), on=date(2025, 3, 1), placement_id=elsewhere)
    told(world, answer("niet voor thuis"), on=date(2026, 8, 20), ring=1)
    now = told(world, answer("nu"), on=date(2026, 11, 20))
    assert set(await beside(world, now, world.teacher)) == {"gedeeld", "niet voor thuis"}
    assert set(await beside(world, now, world.guardian)) == {"gedeeld", "op de andere school"}
    assert await beside(world, now, world.pupil) == ["alleen ik", "gedeeld", "niet voor thuis"]


async def test_a_look_at_earlier_answers_is_logged(world: World) -> None:
    told(world, answer("toen"))
    now = told(world, answer("nu"), on=date(2026, 11, 20))
    await beside(world, now, world.teacher)
    assert world.scalar("select count(*) from access_log where viewer_id = :viewer", viewer=world.teacher) == 1


async def test_where_there_are_none_nothing_was_looked_at(world: World) -> None:
    await beside(world, told(world, answer("nu")), world.teacher)
    assert world.scalar("select count(*) from access_log") == 0


@pytest.mark.parametrize("asked", [[], ["met spatie"], ["a" * 61], [f"B-{number}" for number in range(21)]])
async def test_a_question_that_cannot_be_is_refused(asked: list[str], world: World) -> None:
    found = await world.client(world.pupil).get("/v1/me/answers", params={"questionId": asked})
    assert found.status_code == 422


async def test_ten_years_of_answers_are_ten_milliseconds_in_the_database(world: World) -> None:
    """Four hundred entries with two answers each, of some 300 characters."""
    world.change(
        "insert into entry (id, pupil_id, placement_id, school_year, kind, state, ring, title, sort_on, details,"
        " answers, version, changed_on, updated_at, shared_at) select uuidv7(), :pupil, :placement, 2026, 'experience',"
        " 'shared', 1, 'x', date '2016-11-01' + number * 9, '{\"kind\": \"experience\"}', jsonb_build_array("
        " jsonb_build_object('questionId', 'B-qualities-' || number % 4, 'questionVersion', 1, 'question', 'Wat?',"
        "  'text', repeat('Woorden ', 40), 'attachmentId', null, 'skipped', false),"
        " jsonb_build_object('questionId', 'B-motives-' || number % 4, 'questionVersion', 1, 'question', 'Wat?',"
        "  'text', repeat('Woorden ', 40), 'attachmentId', null, 'skipped', false)), 1, '2026-11-01', now(), now()"
        " from generate_series(1, 400) number",
        pupil=world.pupil, placement=world.placement,
    )  # fmt: skip
    world.change("analyze entry")
    client, took = world.client(world.pupil), []
    for _ in range(5):
        answer = await client.get("/v1/me/answers", params={"questionId": ["B-qualities-1", "B-motives-2"]})
        took.append(answer.elapsed.total_seconds())
        assert len(answer.json()["items"]) == 6
    assert min(took) < 0.05, "with the way there and back"
