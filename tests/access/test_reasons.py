"""Looking outside the own classes: first say why, for a week, and the pupil reads it."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy.exc import ProgrammingError

from app.access.actions import hash_of
from app.access.reasons.models import LookReason
from tests.world import World


@pytest.fixture
def dean(world: World) -> UUID:
    """The dean, who has not said anything yet."""
    world.change("delete from look_reason")
    return world.dean


def _look(world: World) -> str:
    return f"/v1/pupils/{world.pupil}/portfolio"


async def test_a_dean_is_asked_why_and_then_reads(world: World, dean: UUID) -> None:
    entry, client = world.new_entry(), world.client(dean)
    refused = await client.get(f"/v1/entries/{entry}")
    assert refused.status_code == 403
    assert refused.json()["type"] == "/problems/reason-needed"
    assert refused.json()["about"] == {"id": str(world.pupil), "name": "Yara de Wit", "givenName": "Yara"}
    said = await client.post(f"/v1/pupils/{world.pupil}/look-reasons", json={"why": "conversation"})
    assert said.status_code == 204
    assert (await client.get(f"/v1/entries/{entry}")).status_code == 200
    assert (await client.get(_look(world))).status_code == 200


async def test_nothing_is_logged_as_long_as_nothing_opened(world: World, dean: UUID) -> None:
    entry, client = world.new_entry(), world.client(dean)
    await client.get(f"/v1/entries/{entry}")
    await client.get(_look(world))
    await client.get(f"/v1/attachments/{world.new_file(entry)}/thumbnail")
    assert (await world.client(world.pupil).get("/v1/me/looks")).json()["items"] == []


async def test_the_pupil_reads_who_looked_as_what_and_why(world: World, dean: UUID) -> None:
    entry, client = world.new_entry(), world.client(dean)
    await client.post(
        f"/v1/pupils/{world.pupil}/look-reasons", json={"why": "other", "note": "Je vroeg om hulp bij je keuze."}
    )
    await client.get(f"/v1/entries/{entry}")
    await world.client(world.teacher).get(f"/v1/entries/{entry}")
    looks = (await world.client(world.pupil).get("/v1/me/looks")).json()["items"]
    assert {look["viewerName"]: (look["role"], look["reason"]) for look in looks} == {
        "Samira de Wit": ("dean", {"why": "other", "note": "Je vroeg om hulp bij je keuze."}),
        "Joost de Wit": ("teacher", None),
    }


async def test_a_reason_holds_for_a_week_and_for_one_pupil(world: World, dean: UUID) -> None:
    client = world.client(dean)
    await client.post(f"/v1/pupils/{world.pupil}/look-reasons", json={"why": "asked"})
    assert (await client.get(f"/v1/pupils/{world.classmate}/portfolio")).status_code == 403
    for day, status in ((date(2026, 11, 30), 200), (date(2026, 12, 1), 403)):
        world.at(day)
        assert (await client.get(_look(world))).status_code == status


async def test_other_asks_for_words(world: World, dean: UUID) -> None:
    client = world.client(dean)
    for note in ("", "  x "):
        answer = await client.post(f"/v1/pupils/{world.pupil}/look-reasons", json={"why": "other", "note": note})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["code"] == "note_missing"


async def test_a_dean_who_teaches_the_pupil_is_not_asked(world: World, dean: UUID) -> None:
    role = world.scalar(
        "insert into staff_role (id, person_id, school_id, role, starts_on)"
        " values (gen_random_uuid(), :dean, :school, 'teacher', '2026-08-01') returning id",
        dean=dean,
        school=world.kust,
    )
    world.change(
        "insert into group_assignment (id, staff_role_id, group_id, starts_on, ends_on)"
        " values (gen_random_uuid(), :role, :group, '2026-08-01', '2026-11-30')",
        role=role,
        group=world.group,
    )
    client = world.client(dean)
    assert (await client.get(_look(world))).status_code == 200
    world.at(date(2026, 12, 1))
    assert (await client.get(_look(world))).status_code == 403, "the weeks as a substitute are over"


async def test_without_a_reason_nothing_is_said_about_an_entry_either(world: World, dean: UUID) -> None:
    client, entry = world.client(dean), world.new_entry()
    said = {"id": "0193580e-5c00-7000-8000-000000000001", "kind": "comment", "text": "Mooi."}
    headers = {"Idempotency-Key": "0193580e-5c00-7000-8000-000000000002"}
    assert (await client.post(f"/v1/entries/{entry}/feedback", json=said, headers=headers)).status_code == 403
    assert (await client.put(f"/v1/entries/{entry}/seen")).status_code == 403


async def test_lists_that_show_something_of_a_pupil_count_as_a_look(world: World) -> None:
    world.new_entry()
    await world.client(world.teacher).get("/v1/review-queue")
    await world.client(world.guardian).get("/v1/home")
    looks = (await world.client(world.pupil).get("/v1/me/looks")).json()["items"]
    assert {(look["viewerName"], look["things"][0]["entryId"]) for look in looks} == {
        ("Joost de Wit", None),
        ("Nadia de Wit", None),
    }


async def test_what_waits_is_that_of_the_own_classes(world: World) -> None:
    world.new_entry()
    queues = {who: await world.client(getattr(world, who)).get("/v1/review-queue") for who in ("teacher", "dean")}
    assert {who: queue.json()["total"] for who, queue in queues.items()} == {"teacher": 1, "dean": 0}


async def test_past_the_first_wall_nobody_says_why_for_another(world: World, dean: UUID) -> None:
    database = world.app.state.database
    client = world.client(dean)
    token = client.headers["cookie"].removeprefix("sid=")
    for viewer, pupil in ((world.teacher, world.pupil), (dean, world.other_pupil)):
        with pytest.raises(ProgrammingError, match="row-level security"):
            async with database.transaction(hash_of(token), world.clock.now(), world.clock.today()) as tx:
                await tx.session.execute(
                    LookReason.__table__.insert().values(
                        viewer_id=viewer, pupil_id=pupil, why="asked", given_at=tx.now, given_on=tx.today,
                        last_day=tx.today,
                    )
                )  # fmt: skip
