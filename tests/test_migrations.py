"""Migrations on filled tables: up, down, up again; and afterwards the tables are those of the models."""

from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from app.platform.clock import FixedClock
from app.platform.db import alembic_config, head_revision, migrate
from app.platform.embedded import embedded_engines
from app.platform.orm import Base
from app.platform.settings import Settings
from tests.conftest import NOON
from tests.world import World, empty


@pytest.fixture(scope="module")
def separate() -> Any:
    """An engine of its own: what is taken down here must not be somebody else's."""
    base = Settings()
    with embedded_engines(base.model_copy(update={"var_dir": base.var_dir / "test-migrations"})) as settings:
        migrate(settings)
        empty(settings)
        yield settings


def _ours(_: Any, name: str | None, type_: str, __: bool, ___: Any) -> bool:
    # The job queue's tables are its own; these keys are declared in migrations, the models stand on two floors.
    if type_ == "foreign_key_constraint":
        return name not in ("fk_attachment_entry_id", "fk_attachment_homework_id")
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
