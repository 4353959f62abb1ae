"""Migrations on filled tables: up, down, up again; and afterwards the tables are those of the models."""

import logging
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, event, text

from app.platform.clock import FixedClock
from app.platform.db import alembic_config, head_revision, migrate, waiting_migrations
from app.platform.embedded import embedded_engines
from app.platform.orm import Base
from app.platform.settings import Settings
from tests.conftest import NOON
from tests.migration_rules import SINCE, broken_rules
from tests.showcases import page_of, paper_of, share_of, story
from tests.world import World, empty, hasten

VERSIONS = Path(__file__).parents[1] / "migrations" / "versions"


@pytest.fixture(scope="module")
def separate() -> Any:
    """An engine of its own: what is taken down here must not be somebody else's."""
    base = Settings()
    with embedded_engines(base.model_copy(update={"var_dir": base.var_dir / "test-migrations"})) as settings:
        migrate(settings)
        hasten(settings)
        empty(settings)
        yield settings


def _ours(_: Any, name: str | None, type_: str, __: bool, ___: Any) -> bool:
    # The job queue's tables are its own; these keys are declared in migrations, the models stand on two floors.
    if type_ == "foreign_key_constraint":
        return name not in ("fk_attachment_entry_id", "fk_attachment_homework_id", "fk_attachment_brought_id")
    return type_ != "table" or name in Base.metadata.tables


def test_filled_tables_go_down_and_up_again(separate: Settings) -> None:
    world = World(separate, None, FixedClock(NOON))  # type: ignore[arg-type]
    entry = world.new_entry()
    world.new_file(entry)
    world.new_feedback(entry, world.teacher)
    world.new_card(world.pupil)
    world.new_window(world.group)
    world.new_outside(entry, {"words": ["rustig"]})
    world.new_sound(world.new_homework(offer_id=world.new_homework_offer(world.group)), world.pupil, "home")
    moment, (option,) = world.new_choice(world.pupil, world.placement, "Zorg")
    world.new_pick(moment, option)
    world.new_agreed_conversation()
    share_of(world, page := page_of(world, story(entry)))
    paper_of(world, page, entry, state="asked")
    world.new_transfer(entry, accepted_at=world.clock.now())
    world.engine.dispose()
    config = alembic_config(separate)
    for revision in ("0002", "0001"):
        command.downgrade(config, revision)
    with create_engine(separate.database_owner_url or "").connect() as connection:
        assert connection.scalar(text("select count(*) from entry")) == 1
    migrate(separate)
    with create_engine(separate.database_owner_url or "").connect() as connection:
        assert connection.scalar(text("select title from entry")) == "Bezoek aan de haven"
        assert connection.scalar(text("select version_num from alembic_version")) == head_revision()
    command.downgrade(config, "base")
    migrate(separate)


def test_a_process_of_before_words_from_outside_goes_on_giving_words(separate: Settings) -> None:
    migrate(separate)
    world = World(separate, None, FixedClock(NOON))  # type: ignore[arg-type]
    entry = world.new_entry()
    world.new_word(entry, world.pupil, "handig", "outside", said_by="een klant")
    given = text(
        "insert into talent_word (id, entry_id, author_id, voice, word, key, given_at)"
        " values (gen_random_uuid(), :entry, :pupil, 'pupil', :word, lower(:word), now())"
        " on conflict (entry_id, author_id, key) do update set word = excluded.word"
    )
    with world.engine.begin() as connection:
        for word in ("handig", "Handig"):
            connection.execute(given, {"entry": entry, "pupil": world.pupil, "word": word})
        kept = connection.scalars(text("select word from talent_word order by said_by nulls first")).all()
    assert kept == ["Handig", "handig"]
    world.engine.dispose()


def test_the_tables_are_those_of_the_models(separate: Settings) -> None:
    with create_engine(separate.database_owner_url or "").connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _ours, "compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_are_safe_beside_people_who_work(separate: Settings) -> None:
    """Read from what is really sent to the database: what each holds, and for how long."""
    sent: list[str] = []
    found: dict[str, list[str]] = {}

    def listen(_: Any, __: Any, sql: str, *___: Any) -> None:
        sent.append(sql)
        if marked := re.search(r"update alembic_version set version_num='(\w+)'", sql, re.IGNORECASE):
            (file,) = VERSIONS.glob(f"{marked[1]}_*.py")
            found[marked[1]] = broken_rules(";\n".join(sent[:-1]), file.read_text())
            sent.clear()

    command.downgrade(alembic_config(separate), SINCE)
    event.listen(Engine, "before_cursor_execute", listen)
    try:
        migrate(separate)
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
    assert {revision: broken for revision, broken in found.items() if broken} == {}


@pytest.mark.parametrize(
    ("sql", "rule"),
    [
        ("alter table entry alter column title type varchar(9)", "type"),
        ("alter table entry add column mood text not null", "not-null"),
        ("alter table entry add column mood text not null default ''", None),
        ("alter table entry add column key uuid default gen_random_uuid()", "rewrite"),
        ("alter table entry alter column body set not null", "set-not-null"),
        ("alter table entry add constraint ck check (ring < 4)", "constraint"),
        ("alter table entry add constraint ck check (ring < 4) not valid", None),
        ("alter table entry add constraint uq unique (title)", "unique"),
        ("create index ix on entry (title)", "index"),
        ("create index concurrently ix on entry (title)", None),
        ("create table mood (id uuid); create index ix on mood (id); alter table mood add word text not null", None),
        ("ALTER TABLE entry DROP COLUMN body", "drop"),
        ("alter table entry drop constraint ck_entry_ring", None),
        ("alter table entry rename body to story", "rename"),
        ("update entry set ring = 0", "update"),
        ("create function f() returns trigger language plpgsql as $$ begin update entry set ring = 0; end $$", None),
        ("create policy p on entry for update to talent_app using (true); drop policy q on entry", None),
    ],
)
def test_what_would_stop_people_is_found(sql: str, rule: str | None) -> None:
    assert [words.partition(" ")[0] for words in broken_rules(sql)] == ([rule] if rule else [])
    assert broken_rules(sql, f"# safe: {rule}: ten rows") == []


@pytest.mark.parametrize("held", ["lock table alembic_version", "select pg_advisory_xact_lock(7305808870)"])
def test_a_migration_waits_for_who_is_at_work_and_is_tried_again(separate: Settings, held: str) -> None:
    """A table in use, or another server that migrates: it gives way, and is there once that is over."""
    migrate(separate)
    command.downgrade(alembic_config(separate), "-1")
    assert waiting_migrations(separate) == [head_revision()]
    engine = create_engine(separate.database_owner_url or "")
    tried_again = Event()
    handler = logging.Handler()
    handler.emit = lambda _: tried_again.set()  # type: ignore[method-assign]
    log = logging.getLogger("app.platform.db")
    log.addHandler(handler)
    log.setLevel(logging.WARNING)
    try:
        with ThreadPoolExecutor(1) as thread:
            with engine.connect() as at_work, at_work.begin():
                at_work.execute(text(held))
                running = thread.submit(migrate, separate, lock_s=0.1)
                assert tried_again.wait(20)
                assert not running.done()
            running.result()
    finally:
        log.removeHandler(handler)
        log.setLevel(logging.NOTSET)
    assert waiting_migrations(separate) == []
    engine.dispose()
