"""With the first wall taken away: what the app's role reads and writes of exports and imports, in whoever's name."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from tests.guidance.test_second_wall import EVERYBODY, Bare
from tests.ids import new_id
from tests.portability.filled import new_bringing, new_brought, new_brought_sound, new_export
from tests.world import World


@pytest.fixture
def bare(world: World) -> Iterator[Bare]:
    engine = create_engine(world.settings.database_url or "")
    yield Bare(world, engine)
    engine.dispose()


TABLES = ("portfolio_export", "portfolio_import", "brought_record")

REFUSED = (
    "update portfolio_export set state = 'ready' where object_key is null",
    "update portfolio_export set state = 'making'",
    "update portfolio_export set state = 'asked'",
    "update portfolio_export set object_key = 'file/of-another'",
    "update portfolio_export set expires_at = now() + interval '9 years'",
    "update portfolio_export set pupil_id = pupil_id",
    "delete from portfolio_export",
    "insert into portfolio_export (id, pupil_id, state, asked_at, size) values (:id, :pupil, 'asked', now(), 1)",
    "insert into portfolio_export (id, pupil_id, state, asked_at) values (:id, :mate, 'asked', now())",
    "insert into portfolio_export (id, pupil_id, state, asked_at) values (:id, :pupil, 'ready', now())",
    "update portfolio_import set state = 'done' where state = 'announced'",
    "update portfolio_import set report = '{}'",
    "update portfolio_import set object_key = 'export/of-another'",
    "delete from portfolio_import",
    "insert into portfolio_import (id, pupil_id, state, name, size, object_key, upload_id, made_at)"
    " values (:id, :mate, 'announced', 'x', 1, 'x', 'x', now())",
    "insert into portfolio_import (id, pupil_id, state, name, size, object_key, upload_id, made_at)"
    " values (:id, :pupil, 'reading', 'x', 1, 'x', 'x', now())",
    "insert into brought_record select * from brought_record",
    "update brought_record set content = '{}'",
    "select count(*) from portfolio_part(:id, 'entries')",
    "select count(*) from portfolio_people(:id)",
    "select bring_entries(:id, '[]', current_date, now())",
    "select bring_records(:id, '[]', now())",
    "select tell_of_takeaway(:pupil, 'export_ready', :id, now())",
)


async def test_what_was_said_aloud_elsewhere_is_heard_by_the_pupil_alone_and_stays_as_it_was(
    world: World, bare: Bare
) -> None:
    sound, own = new_brought_sound(world), world.new_file(world.new_entry())
    for who in EVERYBODY:
        seen = bare(who, "select count(*) from attachment where id = :id", id=sound)
        assert seen == (1 if who == "pupil" else 0), who
    assert bare("pupil", "update attachment set alt = 'x' where id = :id", id=sound) == 0
    assert bare("pupil", "update attachment set brought_id = null, entry_id = :entry where id = :id",
                id=sound, entry=world.new_entry()) == 0  # fmt: skip
    record = world.scalar("select brought_id from attachment where id = :id", id=sound)
    assert bare("pupil", "update attachment set entry_id = null, brought_id = :record where id = :id",
                id=own, record=record) == "refused"  # fmt: skip
    add = (
        "insert into attachment (id, brought_id, pupil_id, kind, media_type, name, size, object_key)"
        " values (:id, :record, :pupil, 'sound', 'audio/mp4', 'x.m4a', 1, 'x')"
    )
    assert bare("pupil", add, id=new_id(world), record=record, pupil=world.pupil) == "refused"


async def test_only_the_pupil_reads_them(world: World, bare: Bare) -> None:
    new_export(world)
    new_brought(world, world.new_entry())
    for table in TABLES:
        for who in EVERYBODY:
            assert bare(who, f"select count(*) from {table}") == (1 if who == "pupil" else 0), (table, who)
    assert bare("classmate", "delete from brought_record") == 0
    assert bare("pupil", "delete from brought_record") == 1
    assert bare("classmate", "update portfolio_export set state = 'gone'") == 0


async def test_what_no_page_writes_nobody_can(world: World, bare: Bare) -> None:
    new_export(world, state="making", object_key=None, size=None, expires_at=None)
    new_bringing(world, state="announced", report=None)
    new_brought(world)
    about = {"id": new_id(world), "pupil": world.pupil, "mate": world.classmate}
    for statement in REFUSED:
        used = {name: value for name, value in about.items() if f":{name}" in statement}
        assert bare("pupil", statement, **used) == "refused", statement


async def test_what_is_gone_stays_gone_and_one_is_made_at_a_time(world: World, bare: Bare) -> None:
    new_export(world, state="gone")
    assert bare("pupil", "update portfolio_export set state = 'ready'") == 0
    ask = "insert into portfolio_export (id, pupil_id, state, asked_at) values (:id, :pupil, 'asked', now())"
    assert bare("pupil", ask, id=new_id(world), pupil=world.pupil) == 1
    assert bare("teacher", ask, id=new_id(world), pupil=world.teacher) == "refused", "who is no pupil has none"
    new_export(world, state="asked", object_key=None, size=None, expires_at=None)
    assert bare("pupil", ask, id=new_id(world), pupil=world.pupil) == "refused"


async def test_the_worker_reads_and_writes_nothing_but_for_what_is_asked(world: World) -> None:
    entry = world.new_entry()
    over, running = new_export(world), new_export(world, state="making", object_key=None)
    brought = new_bringing(world)
    engine = create_engine(world.settings.database_worker_url or "")
    with engine.connect() as connection:
        count = text("select count(*) from portfolio_part(:id, 'entries')")
        assert connection.scalar(count, {"id": over}) == 0
        assert connection.scalar(count, {"id": running}) == 1
        assert connection.scalar(text("select count(*) from ids_of_others(:id, array[cast(:entry as uuid)])"),
                                 {"id": brought, "entry": entry}) == 0  # fmt: skip
        for statement in ("insert into entry select * from entry", "update entry set title = 'x'",
                          "insert into feedback select * from feedback", "select * from brought_record",
                          f"select bring_records('{brought}', '[]', now())"):  # fmt: skip
            with pytest.raises(DBAPIError):
                connection.execute(text(statement))
            connection.rollback()
    engine.dispose()
    world.change("update account set closed_at = now() where person_id = :id", id=world.pupil)
    engine = create_engine(world.settings.database_worker_url or "")
    with engine.connect() as connection:
        assert connection.scalar(count, {"id": running}) == 0
    engine.dispose()
