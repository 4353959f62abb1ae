"""Everything about somebody is in the plan, and nothing of them is left: looked for in every table and in the store."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from uuid_utils.compat import uuid7

from app.access.consents.models import Consent
from app.access.factors.models import FactorMisses
from app.access.models import IdempotencyKey
from app.access.school_accounts.models import Identity
from app.media.actions import all_keys
from app.media.models import KeptFile
from app.people.models import Person, PersonAlias
from app.platform.jobs import run_worker
from app.platform.orm import Base
from app.platform.settings import Settings
from app.platform.storage import Storage
from app.portability.erasure import plan
from app.portability.erasure.purge import STRAY
from app.portability.erasure.tasks import erase_due
from tests.test_openapi import _rich
from tests.world import World

NAME = "Xantippe"


@pytest.fixture
async def sessions(settings: Settings) -> AsyncIterator[async_sessionmaker[AsyncSession]]:
    """In the worker's role."""
    engine = create_async_engine(make_url(settings.database_worker_url or ""))
    yield async_sessionmaker(engine)
    await engine.dispose()


def ask(world: World, person: UUID, **fields: Any) -> UUID:
    """Asked a week ago, so that it begins today."""
    week = {"asked_at": world.clock.now() - timedelta(days=7), "due_on": world.clock.today()}
    return world.new_erasure(person, **(week | fields))


async def erase(world: World, sessions: Any, settings: Settings) -> None:
    """As the worker does: when it is due, and again when nothing can arrive any more."""
    storage = Storage(settings)
    for now in (world.clock.now(), world.clock.now() + STRAY):
        assert await erase_due(sessions, storage, now, world.clock.today()) == []


def test_every_column_that_leads_to_a_person_is_in_the_plan() -> None:
    tables = Base.metadata.sorted_tables
    leading = {
        (table.name, column.name)
        for table in tables
        for column in table.columns
        if any(key.column.table is Person.__table__ for key in column.foreign_keys)
    }
    planned = {(rows.table, rows.column) for rows in plan.ROWS if rows.via is None}
    planned |= {(written.table, written.column) for written in plan.WRITTEN}
    assert leading - planned == set(), "say in plan.py what becomes of these when their person is erased"
    assert planned - leading - set(plan.APART) == set(), "the plan names what is not there"


def test_every_key_of_the_store_is_collected_or_said_why_not() -> None:
    keys = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name in ("object_key", "file_key", "thumbnail_key") or column.name.endswith("_object")
    }
    assert keys == {(one.table, one.key) for one in plan.OBJECTS} | set(plan.OBJECTS_APART)


def test_rows_go_before_those_that_they_hang_on() -> None:
    tables = {table.name: table for table in Base.metadata.sorted_tables}
    places = {rows.table: at for at, rows in enumerate(plan.ROWS)}
    for rows in plan.ROWS:
        for key in (key for column in tables[rows.table].columns for key in column.foreign_keys):
            parent = key.column.table.name
            if parent in places and parent != rows.table and key.ondelete is None:
                assert places[rows.table] < max(at for at, one in enumerate(plan.ROWS) if one.table == parent), rows


async def _everything(world: World, settings: Settings) -> list[str]:
    """Something of the pupil in every table; the keys of the objects that there are."""
    await _rich(world)
    world.change("delete from choice_moment where pupil_id = :mate", mate=world.classmate)  # at a place of the pupil
    now = world.clock.now()
    world.change("update person set given_name = :name, search_name = 'xantippe de wit' where id = :id",
                 name=NAME, id=world.pupil)  # fmt: skip
    key, film = f"original/{uuid7()}", f"original/{uuid7()}"
    storage = Storage(settings)
    entry = world.new_entry(f"Van {NAME}")
    file = world.new_file(entry, object_key=key, file_key=all_keys(key)[1], name=f"{NAME}.jpg")
    # Sent and being worked on: its objects come to be while everything else goes.
    world.new_file(entry, object_key=film, state="received", file_key=None, thumbnail_key=None)
    taken = [f"export/{uuid7()}.zip", f"import/{uuid7()}", f"showcase/{uuid7()}.pdf"]
    made = [*all_keys(key), *all_keys(film), *taken, f"dossier/{uuid7()}.pdf"]
    for one in made:
        storage.put(one, b"x", "text/plain")
    hand_in = world.scalar("select id from dossier_hand_in where pupil_id = :p limit 1", p=world.pupil)
    world.change("update dossier_pdf set object_key = :key where hand_in_id in "
                 "(select id from dossier_hand_in where pupil_id = :p)", key=made[-1], p=world.pupil)  # fmt: skip
    for table, object_key in zip(("portfolio_export", "portfolio_import", "showcase_pdf"), taken, strict=True):
        world.change(f"update {table} set object_key = :key", key=object_key)
        assert world.scalar(f"select count(*) from {table} where object_key = :key", key=object_key)
    kept = {"kind": "photo", "name": "x", "media_type": "image/jpeg", "file_type": "image/jpeg"}
    world.add(KeptFile(keeper_id=hand_in, attachment_id=file, entry_id=entry, pupil_id=world.pupil,
                       object_key=key, file_key=all_keys(key)[1], **kept))  # fmt: skip
    world.add(Consent(id=uuid7(), pupil_id=world.pupil, purpose="recognisable", version=1, asked_of=world.guardian,
                      asked_at=now, answer="yes", answered_at=now))  # fmt: skip
    world.add(IdempotencyKey(person_id=world.pupil, key="a", fingerprint=b"x", status=201, body={"name": NAME}))
    world.add(IdempotencyKey(person_id=world.teacher, key="b", fingerprint=b"x", status=201,
                             body={"pupil": str(world.pupil)}))  # fmt: skip
    world.add(Identity(id=uuid7(), person_id=world.pupil, issuer="https://school", subject=NAME))
    world.add(PersonAlias(id=uuid7(), person_id=world.pupil, school_id=world.kust, kind="roster", value=NAME))
    world.add(FactorMisses(person_id=world.pupil, count=1))
    world.change("delete from erasure")
    world.new_recovery_code(world.pupil)
    world.new_calendar(world.pupil)
    world.new_mail_address(world.pupil)
    world.new_invitation(world.pupil)
    world.new_correction(world.pupil, said=f"Ik heet {NAME}")
    for table, values in (
        ("word_choice", "(:p, 'x', 'X', false)"),
        ("pin_misses", "(:p, 'card', 1)"),
        ("notice_setting", "(:p, 'entry_seen', true, false)"),
        ("weekly_mail", "(:p, '2026-11-20', 'sent', 1, now())"),
        ("home_visit", "(:g, :p, null, now())"),
        ("activity_absence", "((select id from activity limit 1), :p)"),
        ("reminder", "(uuidv7(), :p, 'quiet', null, :t, '2026-01-05', now())"),
        ("look_reason", "(uuidv7(), :t, :p, 'other', 'x', now(), '2026-11-01', '2026-11-07')"),
        ("admin_act", "(uuidv7(), :school, :admin, :p, null, 'corrected', now(), '{}', '[]', null)"),
    ):
        world.change(f"insert into {table} values {values} on conflict do nothing", **{
            key: value for key, value in {
                "p": world.pupil, "g": world.guardian, "t": world.teacher, "school": world.kust, "admin": world.admin,
            }.items() if f":{key}" in values
        })  # fmt: skip
    world.change(
        "insert into procrastinate_jobs (queue_name, task_name, args) values"
        " ('default', 'make_renditions', jsonb_build_object('attachment_id', cast(:file as text))),"
        " ('default', 'remove_objects', jsonb_build_object('keys', jsonb_build_array('file/before'),"
        " 'owner_id', cast(:p as text)))",
        file=str(file), p=str(world.pupil),
    )  # fmt: skip
    storage.put("file/before", b"x", "text/plain")
    return [*made, "file/before"]


def left_of(world: World, *words: str) -> dict[str, int]:
    """In which tables one of these words still stands anywhere, and in how many rows."""
    found = {}
    names = [table.name for table in Base.metadata.sorted_tables] + ["procrastinate_jobs"]
    with world.engine.connect() as connection:
        for name in names:
            rows = connection.scalars(text(f"select row_to_json(t)::text from {name} t")).all()
            if count := sum(any(word in row for word in words) for row in rows):
                found[name] = count
    return found


async def test_of_a_pupil_who_left_nothing_is_left_anywhere(
    world: World, sessions: async_sessionmaker[AsyncSession], settings: Settings
) -> None:
    keys = await _everything(world, settings)
    with world.engine.connect() as connection:
        empty = [
            (rows.table, rows.column)
            for rows in plan.ROWS
            if rows.via is None
            and rows.column in ("pupil_id", "person_id")
            and not connection.scalar(
                text(f"select count(*) from {rows.table} where {rows.column} = :p"), {"p": world.pupil}
            )
        ]
    of_adults = [("showcase_consent", "person_id"), ("transfer_consent", "person_id"), ("staff_role", "person_id")]
    assert empty == of_adults, "put something of the pupil in these"
    world.change("update placement set ends_on = '2026-10-01' where pupil_id = :p and ends_on is null", p=world.pupil)
    asked = ask(world, world.pupil)

    await erase(world, sessions, settings)

    assert left_of(world, str(world.pupil)) == {"erasure": 1}
    assert left_of(world, NAME, *keys) == {}
    storage = Storage(settings)
    assert [key for key in keys if storage.size(key) is not None] == []
    assert world.scalar("select state from erasure where id = :id", id=asked) == "done"
    kept = world.scalar("select json_agg(facts order by what) from erasure_evidence where erasure_id = :id", id=asked)
    assert [sorted(facts) for facts in kept] == [
        ["answer", "answeredOn", "endedOn", "purpose", "version"],
        ["closedOn", "schoolId"],
    ]
    # Others keep what is theirs.
    assert world.scalar("select count(*) from person where id = :id", id=world.classmate) == 1
    assert world.scalar("select count(*) from account where person_id = :id", id=world.guardian) == 1


async def test_of_a_pupil_at_school_name_and_class_stay_and_all_else_goes(
    world: World, sessions: async_sessionmaker[AsyncSession], settings: Settings
) -> None:
    await _everything(world, settings)
    ask(world, world.pupil, asked_as="guardian", asked_by=world.guardian)

    await erase(world, sessions, settings)

    stays = {rows.table for rows in plan.ROWS if rows.while_placed} | {"person", "erasure"}
    assert set(left_of(world, str(world.pupil))) <= stays
    assert world.scalar("select count(*) from entry where pupil_id = :id", id=world.pupil) == 0
    assert world.scalar("select closed_at from person where id = :id", id=world.pupil) is None
    (await world.client(world.pupil).get("/v1/me")).raise_for_status()
    assert (await world.client(world.pupil).get("/v1/me/entries?state=draft")).json()["items"] == []


async def test_an_export_that_is_being_made_leaves_nothing_behind_either(
    world: World, sessions: async_sessionmaker[AsyncSession], settings: Settings
) -> None:
    """At the same moment: the worker makes it, and everything goes."""
    # The store is not emptied between tests: other exports may be there.
    before = set(_exported(settings))
    world.new_entry()
    assert (await world.client(world.pupil).post("/v1/me/exports")).status_code == 202
    ask(world, world.pupil, asked_as="guardian", asked_by=world.guardian)
    await asyncio.gather(run_worker(settings, until_empty=True), erase(world, sessions, settings))
    await run_worker(settings, until_empty=True)
    assert world.scalar("select count(*) from portfolio_export") == 0
    assert set(_exported(settings)) == before


def _exported(settings: Settings) -> list[str]:
    ever = datetime(2100, 1, 1, tzinfo=UTC)
    return [key for keys in Storage(settings).older("export/", ever) for key in keys]
