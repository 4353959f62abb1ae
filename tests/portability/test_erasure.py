"""Asking, taking back, beginning on the day, and what happens when something is going on meanwhile."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from uuid_utils.compat import uuid7

from app.media.actions import all_keys
from app.media.tasks import make_renditions
from app.platform.jobs import enqueue, run_worker
from app.platform.settings import Settings
from app.platform.storage import Storage
from app.portability.erasure.purge import LEDGER, STRAY, Purge
from app.portability.erasure.replay import replay_erasures
from app.portability.erasure.tasks import erase_due
from tests.guidance.test_second_wall import Bare, bare
from tests.ids import new_id
from tests.portability.test_erasure_plan import ask, erase, sessions
from tests.test_access_document import table
from tests.world import PASSWORD, World

__all__ = ["bare", "sessions"]

Sessions = async_sessionmaker[AsyncSession]
SIXTEEN = date(2010, 11, 24)


@pytest.fixture
async def owners(settings: Settings) -> AsyncIterator[Sessions]:
    """In the owner's role, as a restore works."""
    engine = create_async_engine(make_url(settings.database_owner_url or ""))
    yield async_sessionmaker(engine)
    await engine.dispose()


async def asked(world: World, by: UUID, about: UUID, secret: str = PASSWORD, **more: Any) -> Any:
    """The answer to asking it, and the path."""
    path = f"/v1/erasures/{new_id(world)}"
    body = {"personId": str(about), "secret": secret, **more}
    return await world.client(by).put(path, json=body), path


def count(world: World, table: str, column: str, person: UUID) -> int:
    found: int = world.scalar(f"select count(*) from {table} where {column} = :id", id=person)
    return found


def left(world: World) -> None:
    """The pupil is at no school any more."""
    world.change("update placement set ends_on = '2026-10-01' where pupil_id = :id", id=world.pupil)


# --- asking ---------------------------------------------------------------------------------------------


async def test_a_pupil_of_sixteen_asks_and_takes_back_within_a_week(world: World, sessions: Sessions) -> None:
    world.change("update person set birth_date = :born where id = :id", born=SIXTEEN, id=world.pupil)
    wrong, _ = await asked(world, world.pupil, world.pupil, "niet dit wachtwoord")
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/secret")
    answer, path = await asked(world, world.pupil, world.pupil)
    assert (answer.status_code, answer.json()["dueOn"]) == (201, "2026-12-01")
    body = {"personId": str(world.pupil), "secret": PASSWORD}
    assert (await world.client(world.pupil).put(path, json=body)).status_code == 200, "a retry is the same thing"
    again, _ = await asked(world, world.pupil, world.pupil)
    assert (again.status_code, again.json()["type"].rpartition("/")[2]) == (409, "erasure-under-way")
    await erase_due(sessions, Storage(world.settings), world.clock.now(), date(2026, 11, 30))
    assert (await world.client(world.pupil).delete(path)).status_code == 204
    assert (await world.client(world.pupil).delete(path)).status_code == 204
    await erase_due(sessions, Storage(world.settings), world.clock.now(), date(2027, 1, 1))
    assert count(world, "person", "id", world.pupil) == 1


async def test_the_child_is_told_that_a_parent_asked_and_may_stop_it(world: World) -> None:
    answer, path = await asked(world, world.guardian, world.pupil)
    assert answer.status_code == 201
    [notice] = [
        one for one in (await world.client(world.pupil).get("/v1/me/notices")).json()["items"]
        if one["kind"] == "erasure_asked"
    ]  # fmt: skip
    assert (notice["actor"], notice["day"]) == ("Nadia de Wit", "2026-12-01")
    page = (await world.client(world.pupil).get(f"/v1/people/{world.pupil}/data")).json()
    assert (page["erasure"]["askedBy"], page["mayErase"], page["whole"]) == ("Nadia de Wit", None, False)
    assert (await world.client(world.pupil).delete(path)).status_code == 204
    page = (await world.client(world.guardian).get(f"/v1/people/{world.pupil}/data")).json()
    assert page["erasure"]["state"] == "taken_back"
    assert world.scalar("select count(*) from notice where kind = 'erasure_asked'") == 0


@pytest.mark.parametrize(
    "changed",
    [
        "update person set birth_date = '2010-11-24' where id = :pupil",
        "update guardianship set custody = 'limited' where pupil_id = :pupil",
        "update guardianship set state = 'ended' where pupil_id = :pupil",
    ],
)
async def test_what_a_parent_asked_counts_only_while_it_is_theirs_to_ask(
    changed: str, world: World, sessions: Sessions
) -> None:
    ask(world, world.pupil, asked_as="guardian", asked_by=world.guardian)
    world.change(changed, pupil=world.pupil)
    await erase_due(sessions, Storage(world.settings), world.clock.now(), world.clock.today())
    assert world.scalar("select state from erasure") == "taken_back"


async def test_wrong_passwords_are_counted_here_as_at_the_door(world: World) -> None:
    for _ in range(5):
        await asked(world, world.guardian, world.pupil, "niet dit wachtwoord")
    answer, _ = await asked(world, world.guardian, world.pupil)
    assert answer.status_code == 429


async def test_who_signs_in_elsewhere_has_done_so_just_now(world: World) -> None:
    client = world.client(world.guardian)
    world.change("delete from account where person_id = :id", id=world.guardian)
    body = {"personId": str(world.guardian), "secret": ""}
    assert (await client.put(f"/v1/erasures/{new_id(world)}", json=body)).status_code == 201
    world.change("delete from erasure")
    then = world.clock.now() - timedelta(minutes=11)
    world.change("update session set created_at = :then, proved_at = :then", then=then)
    answer = await client.put(f"/v1/erasures/{new_id(world)}", json=body)
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (409, "sign-in-anew")


async def test_two_who_ask_at_once_ask_it_once(world: World) -> None:
    answers = await asyncio.gather(asked(world, world.guardian, world.pupil),
                                   asked(world, world.admin, world.pupil, why="Brief"))  # fmt: skip
    assert sorted(answer.status_code for answer, _ in answers) == [201, 409]


async def test_of_two_schools_the_one_where_the_pupil_is_asks_it(world: World) -> None:
    left(world)
    world.place(world.pupil, world.duin, world.far_group, date(2026, 10, 2))
    next_admin = world.new_staff("Bea", world.duin, "admin")
    answer, _ = await asked(world, world.admin, world.pupil, why="Brief")
    assert answer.status_code == 404, "they left that school for another"
    answer, path = await asked(world, next_admin, world.pupil, why="Brief")
    assert answer.status_code == 201, answer.text
    assert (await world.client(world.admin).delete(path)).status_code == 404
    assert (await world.client(next_admin).delete(path)).status_code == 204
    there = world.scalar("select id from placement where school_id = :duin and pupil_id = :pupil",
                         duin=world.duin, pupil=world.pupil)  # fmt: skip
    world.change("delete from group_membership where placement_id = :there", there=there)
    world.change("delete from placement where id = :there", there=there)
    answer, _ = await asked(world, world.admin, world.pupil, why="Brief")
    assert answer.status_code == 201, "who is at no school is asked for by the last one"


@pytest.mark.parametrize(
    ("who", "statement"),
    [
        ("pupil", "insert into erasure (id, person_id, school_id, asked_by, asked_as, asked_at, due_on)"
                  " values (uuidv7(), :pupil, :kust, :pupil, 'self', now(), app_today() + 7)"),
        ("guardian", "insert into erasure (id, person_id, school_id, asked_by, asked_as, asked_at, due_on)"
                     " values (uuidv7(), :pupil, :kust, :guardian, 'guardian', now(), app_today())"),
        ("guardian", "insert into erasure (id, person_id, school_id, asked_by, asked_as, asked_at, due_on)"
                     " values (uuidv7(), :pupil, :kust, :pupil, 'guardian', now(), app_today() + 7)"),
        ("teacher", "insert into erasure (id, person_id, school_id, asked_by, asked_as, asked_at, due_on)"
                    " values (uuidv7(), :pupil, :kust, :teacher, 'school', now(), app_today() + 7)"),
        ("guardian", "update erasure set due_on = app_today()"),
        ("guardian", "update erasure set state = 'running'"),
        ("admin", "select begin_erasure((select id from erasure), now(), app_today() + 30)"),
        ("admin", "select erase_rows((select id from erasure), 'entry', 'pupil_id', null, null)"),
        ("admin", "delete from erasure"),
        ("teacher", "insert into correction (id, person_id, school_id, asked_by, about, said, asked_at)"
                    " values (uuidv7(), :pupil, :kust, :teacher, 'name', 'x', now())"),
        ("pupil", "update correction set state = 'corrected', answered_by = :pupil, answered_at = now()"),
        ("admin", "update correction set state = 'corrected', answered_by = :teacher, answered_at = now()"),
        ("pupil", "update keeping set goes_on = goes_on + 3650"),
        ("classmate", "select held_about(:pupil, '{\"entry\": \"pupil_id\"}')"),
        ("guardian", "select keep_another_year(:pupil, app_today() + 1)"),
    ],
)  # fmt: skip
def test_bare_sql_in_somebodys_name_does_no_more_than_the_actions(
    who: str, statement: str, world: World, bare: Bare
) -> None:
    if "erasure (" not in statement:
        world.new_erasure(world.pupil, asked_as="guardian", asked_by=world.guardian)
    world.new_correction(world.pupil)
    world.change("insert into keeping values (:id, '2027-01-01', null, '2026-11-01', null)", id=world.pupil)
    values = {
        name: getattr(world, name) for name in ("pupil", "guardian", "teacher", "kust") if f":{name}" in statement
    }
    assert bare(who, statement, **values) in ("refused", 0, None)


def test_who_reads_of_ones_data_with_the_first_wall_away_is_what_the_document_says(world: World, bare: Bare) -> None:
    world.new_erasure(world.pupil)
    world.new_correction(world.pupil)
    world.change("insert into keeping values (:id, '2027-01-01', null, null, null)", id=world.pupil)
    reads = {
        "what is held, in counts": 'select held_about(:pupil, \'{"entry": "pupil_id"}\') is not null',
        "that it was asked to go": "select count(*) > 0 from erasure",
        "a correction the pupil asked": "select count(*) > 0 from correction",
        "the day on which all goes": "select count(*) > 0 from keeping",
    }
    for who, expected in table("One's own data, and having them go").items():
        found = {}
        for what, read in reads.items():
            found[what] = bare(who, read, **({"pupil": world.pupil} if ":pupil" in read else {}))
        assert {what: "yes" if said else "no" for what, said in found.items()} == expected, who
        assert bare(who, "select count(*) from erasure_evidence") == "refused"


# --- while something is going on --------------------------------------------------------------------------


async def test_killed_half_way_it_goes_on_and_two_at_once_do_it_once(
    world: World, sessions: Sessions, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    left(world)
    entry = world.new_entry()
    world.new_feedback(entry, world.teacher)
    erasure = ask(world, world.pupil)
    purge = Purge(sessions, Storage(settings), erasure)
    steps = Purge._steps

    def die(self: Purge, *values: Any) -> Any:
        return [*steps(self, *values)[:12], lambda session: session.execute(text("select 1 / 0"))]

    monkeypatch.setattr(Purge, "_steps", die)
    with pytest.raises(DBAPIError):
        await purge.run(world.clock.now(), world.clock.today())
    assert world.scalar("select state from erasure") == "running"
    assert (await world.client(world.guardian).get("/v1/me")).status_code == 200
    path = f"/v1/erasures/{erasure}"
    assert (await world.client(world.admin).delete(path)).status_code == 409, "it has begun"
    monkeypatch.undo()
    await asyncio.gather(*(purge.run(world.clock.now(), world.clock.today()) for _ in range(3)))
    assert count(world, "person", "id", world.pupil) == 0
    assert world.scalar("select state from erasure") == "clearing"
    await purge.run(world.clock.now() + STRAY, world.clock.today())
    assert world.scalar("select state from erasure") == "done"


async def test_what_is_written_at_that_moment_finds_nobody_to_belong_to(
    world: World, sessions: Sessions, settings: Settings
) -> None:
    left(world)
    ask(world, world.pupil)
    writer = world.engine.connect()
    writing = writer.begin()
    writer.execute(
        text("insert into field_choice values (:id, 'zorg', '2026-11-24')"), {"id": world.pupil}
    )  # the pupil's last request, not committed yet
    running = asyncio.create_task(erase(world, sessions, settings))
    await asyncio.wait({running}, timeout=0.5)
    assert not running.done(), "it waits for who was first"
    await asyncio.to_thread(writing.commit)
    writer.close()
    await running
    assert count(world, "field_choice", "pupil_id", world.pupil) == 0
    assert count(world, "person", "id", world.pupil) == 0


async def test_a_file_that_is_being_made_arrives_after_its_row_and_goes_as_well(
    world: World, sessions: Sessions, settings: Settings
) -> None:
    left(world)
    key = f"original/{uuid7()}"
    file = world.new_file(world.new_entry(), object_key=key, state="received", file_key=None, thumbnail_key=None)
    async with world.app.state.database.begin() as session:
        await enqueue(session, make_renditions, attachment_id=str(file))
    ask(world, world.pupil)
    storage = Storage(settings)
    await erase_due(sessions, storage, world.clock.now(), world.clock.today())
    assert world.scalar("select count(*) from procrastinate_jobs") == 0, "nobody begins to work on it"
    late = all_keys(key)[:2]
    for one in late:
        storage.put(one, b"late", "text/plain")  # by an address that was good for an hour; by a worker that had begun
    await erase_due(sessions, storage, world.clock.now() + STRAY, world.clock.today())
    assert [storage.size(one) for one in late] == [None, None]


async def test_a_pdf_that_is_being_made_is_not_kept_for_who_is_gone(
    world: World, sessions: Sessions, settings: Settings
) -> None:
    left(world)
    await erase(world, sessions, settings)
    ask(world, world.pupil)
    world.change(
        "insert into procrastinate_jobs (queue_name, task_name, args)"
        " values ('default', 'make_dossier_pdf', jsonb_build_object('hand_in_id', cast(:id as text)))",
        id=str(uuid7()),
    )
    await erase(world, sessions, settings)
    await run_worker(settings, until_empty=True)
    assert world.scalar("select count(*) from procrastinate_jobs where status = 'failed'") == 0


async def test_a_clock_that_was_set_back_begins_nothing_early_and_takes_nothing_back(
    world: World, sessions: Sessions, settings: Settings
) -> None:
    left(world)
    erasure = ask(world, world.pupil, asked_at=world.clock.now(), due_on=world.clock.today() + timedelta(days=7))
    storage, now = Storage(settings), world.clock.now()
    await erase_due(sessions, storage, now - timedelta(days=400), now.date() - timedelta(days=400))
    assert world.scalar("select state from erasure") == "asked"
    await erase_due(sessions, storage, now + timedelta(days=7), now.date() + timedelta(days=7))
    await erase_due(sessions, storage, now - timedelta(days=400), now.date() - timedelta(days=400))
    assert (world.scalar("select state from erasure"), count(world, "person", "id", world.pupil)) == ("clearing", 0)
    await erase_due(sessions, storage, now + timedelta(days=8), now.date() + timedelta(days=8))
    assert world.scalar("select state from erasure where id = :id", id=erasure) == "done"


async def test_a_restored_backup_is_erased_again_and_a_second_run_does_nothing(
    world: World, sessions: Sessions, owners: Sessions, settings: Settings
) -> None:
    storage, now, today = Storage(settings), world.clock.now(), world.clock.today()
    for keys in storage.older(LEDGER, now + timedelta(days=36500)):
        for key in keys:
            storage.delete(key)
    left(world)
    ask(world, world.pupil)
    born = world.scalar("select to_jsonb(p) from person p where id = :id", id=world.pupil)
    await erase(world, sessions, settings)
    # The backup is of before it was asked.
    world.change("delete from erasure")
    world.change("insert into person select * from jsonb_populate_record(null::person, cast(:row as jsonb))",
                 row=json.dumps(born))  # fmt: skip
    assert await replay_erasures(owners, storage, now, today) == 1
    assert count(world, "person", "id", world.pupil) == 0
    assert await replay_erasures(owners, storage, now, today) == 0


# --- parents and staff ------------------------------------------------------------------------------------


async def test_what_a_parent_said_stays_without_the_name_and_the_voice_goes(
    world: World, sessions: Sessions, settings: Settings
) -> None:
    entry = world.new_entry()
    world.new_feedback(entry, world.guardian, "reaction", "home")
    card = world.new_homework(begun_by=world.guardian, home_by=world.guardian, home_text="Goed gedaan")
    world.new_sound(card, world.guardian, "home")
    answer, _ = await asked(world, world.guardian, world.guardian)
    assert answer.status_code == 201
    world.change("update erasure set due_on = :today", today=world.clock.today())
    await erase(world, sessions, settings)
    assert world.scalar("select given_name || ' ' || family_name from person where id = :id", id=world.guardian) == (
        "Iemand van thuis"
    )
    assert [count(world, *one, world.guardian) for one in (("account", "person_id"), ("attachment", "sent_by"),
            ("guardianship", "guardian_id"), ("feedback", "author_id"))] == [0, 0, 0, 1]  # fmt: skip
    assert world.scalar("select home_text from homework where id = :id", id=card) == "Goed gedaan"
    page = await world.client(world.pupil).get(f"/v1/entries/{entry}")
    assert "Nadia" not in page.text
