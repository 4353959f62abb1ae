"""The drill: what was backed up comes back, all of it, and what cannot be done is said in one line."""

import hashlib
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from alembic import command
from pydantic import SecretStr
from sqlalchemy import create_engine, text

from app.media.tasks import remove_objects
from app.platform.backup import BackupRefused
from app.platform.backup.hold import nothing_removed
from app.platform.backup.making import back_up
from app.platform.backup.postgres import owner_url
from app.platform.backup.restoring import restore, secrets_of, verify
from app.platform.backup.sealing import identities_of, new_identity
from app.platform.backup.shelf import Run, Shelf
from app.platform.db import alembic_config, head_revision
from app.platform.embedded import embedded_engines
from app.platform.jobs import enqueue, run_worker
from app.platform.settings import Settings
from app.platform.storage import Storage
from app.portability.erasure.purge import LEDGER
from tests.ids import new_id
from tests.world import World

LARGE = 9_000_000
"""More than is held in memory."""
DAY = timedelta(days=1)
KEEP = timedelta(days=35)


def silent(what: str, done: int) -> None:
    """Nobody looks at the bar."""


class Drill:
    """A world in a bucket of its own, a folder of backups, and the key."""

    def __init__(self, world: World, folder: Path) -> None:
        recipient = new_identity(folder / "key.txt")
        self.world = world
        self.settings = world.settings.model_copy(
            update={
                "s3_bucket": f"drill-{uuid4().hex}",
                "backup_recipient": recipient,
                "pin_pepper": SecretStr("de peper van deze installatie, 32 tekens"),
            }
        )
        self.storage = Storage(self.settings)
        self.storage.ensure_bucket(["http://127.0.0.1"])
        self.identities = identities_of(folder / "key.txt")
        self.shelf = Shelf(folder / "backups")
        self.now = world.clock.now()

    def keep_file(self, size: int) -> str:
        """A file of an entry, as it is kept: row and object; its key."""
        key, data = f"file/{uuid4().hex}", os.urandom(size)
        self.storage.put(key, data, "image/jpeg")
        told = {"file_size": size, "file_sha256": hashlib.sha256(data).hexdigest()}
        self.world.new_file(self.world.new_entry(), file_key=key, thumbnail_key=None, object_key=uuid4().hex, **told)
        return key

    def back_up(self, after: timedelta = timedelta(0)) -> Run:
        return back_up(self.settings, self.shelf, self.now + after, KEEP)

    def verify(self, name: str | None = None) -> list[str]:
        return verify(self.shelf, self.shelf.chosen(name), self.identities, silent)

    def restore(self, target: Settings, name: str | None = None) -> Run:
        # As from the command line: what is done afterwards has a loop of its own.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(restore, target, self.shelf, self.shelf.chosen(name), self.identities, silent).result()

    def copies(self) -> set[tuple[str, int]]:
        """Names and inodes of all copies: one that was written anew has another."""
        return {(path.name, path.stat().st_ino) for path in (self.shelf.folder / "objects").glob("*/*")}


@pytest.fixture
def drill(world: World, tmp_path: Path) -> Drill:
    return Drill(world, tmp_path)


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Settings]:
    """Engines of another machine."""
    base = Settings()
    with embedded_engines(base.model_copy(update={"var_dir": base.var_dir / "test-restore"})) as settings:
        yield settings


@pytest.fixture
def target(elsewhere: Settings) -> Settings:
    """An installation in which nothing is, not even tables."""
    with psycopg.connect(owner_url(elsewhere), autocommit=True) as connection:
        connection.execute("drop owned by current_user")
        connection.execute("create schema if not exists public")
    settings = elsewhere.model_copy(update={"s3_bucket": f"drill-{uuid4().hex}"})
    Storage(settings).ensure_bucket(["http://127.0.0.1"])
    return settings


def rows(settings: Settings) -> dict[str, tuple[int, str]]:
    """How many rows every table has, and a hash of all that is in it; sessions end with a restore."""
    found = {}
    engine = create_engine(settings.database_owner_url or "")
    with engine.begin() as connection:
        tables = connection.scalars(text("select tablename from pg_tables where schemaname = 'public'")).all()
        for table in sorted({*tables} - {"session"}):
            query = f"select count(*), md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from {table} t"
            found[table] = tuple(connection.execute(text(query)).one())
    engine.dispose()
    return found  # type: ignore[return-value]


def objects(settings: Settings) -> dict[str, tuple[str, str]]:
    """Hash and type of every object."""
    storage = Storage(settings)
    return {each.key: (storage.sha256(each.key), storage.media_type(each.key)) for each in storage.listed()}


async def test_what_was_backed_up_comes_back_in_an_empty_installation(drill: Drill, target: Settings) -> None:
    world = drill.world
    world.new_feedback(world.new_entry(), world.teacher)
    world.client(world.pupil)
    drill.keep_file(LARGE)
    gone = drill.keep_file(1)
    drill.storage.put("dossier/een", b"PDF", "application/pdf")
    first = drill.back_up()
    before = drill.copies()
    assert (first.objects, len(before)) == (3, 3)

    drill.storage.delete(gone)
    world.change("delete from attachment where file_key = :key", key=gone)
    drill.keep_file(2000)
    expected, kept = rows(drill.settings), objects(drill.settings)
    second = drill.back_up(DAY)
    assert (second.objects, len(drill.copies() - before)) == (3, 1), "only what is new is copied"
    assert drill.verify() == []
    assert drill.verify(first.at) == []

    done = drill.restore(target)
    assert done == second
    assert rows(target) == expected
    assert objects(target) == kept
    engine = create_engine(target.database_owner_url or "")
    with engine.begin() as connection:
        assert connection.scalar(text("select count(*) from session")) == 0, "an ended session would be open again"
    engine.dispose()
    told = secrets_of(drill.shelf, second.at, drill.identities)
    assert told == {"pin_pepper": "de peper van deze installatie, 32 tekens"}
    with psycopg.connect(_plain(target.database_url)) as connection:
        found = connection.execute("select count(*) from entry").fetchone()
        assert found == (0,), "who says not who looks sees nothing, as before"
    with pytest.raises(BackupRefused, match="there are people in this database"):
        drill.restore(target)

    await _of_an_older_version(drill, target, expected)


async def test_who_was_erased_since_an_older_backup_does_not_come_back_with_it(drill: Drill, target: Settings) -> None:
    """Restored into an empty store: the list of who was erased came with later backups only."""
    world = drill.world
    world.new_entry(pupil_id=world.pupil)
    first = drill.back_up()
    drill.storage.put(f"{LEDGER}{new_id(world)}.{world.pupil}", b"", "text/plain")
    second = drill.back_up(DAY)
    third = drill.back_up(2 * DAY)
    (drill.shelf.path(third.at) / "objects.jsonl").write_text("broken")

    assert drill.restore(target, first.at) == first
    engine = create_engine(target.database_owner_url or "")
    with engine.begin() as connection:
        assert connection.scalar(text("select count(*) from entry")) == 0
    engine.dispose()
    assert second.objects == 1 == sum(each.key.startswith(LEDGER) for each in Storage(target).listed())


async def _of_an_older_version(drill: Drill, target: Settings, expected: dict[str, Any]) -> None:
    """What came back is taken down by one version, backed up there, and restored once more."""
    command.downgrade(alembic_config(target), "-1")
    older = target.model_copy(update={"backup_recipient": drill.settings.backup_recipient})
    drill.shelf = Shelf(drill.shelf.folder.with_name("older"))
    run = back_up(older, drill.shelf, drill.now, KEEP)
    assert run.revision != head_revision()
    with psycopg.connect(owner_url(target), autocommit=True) as connection:
        connection.execute("truncate person cascade")
    drill.restore(target)
    assert rows(target)["alembic_version"] == expected["alembic_version"]
    assert rows(target)["entry"] == expected["entry"]


def _plain(url: str | None) -> str:
    return str(url).replace("postgresql+psycopg", "postgresql")


async def test_a_backup_of_a_newer_version_a_broken_one_and_the_wrong_key_are_refused_in_words(
    drill: Drill, target: Settings, tmp_path: Path
) -> None:
    drill.keep_file(3000)
    run = drill.back_up()
    said = drill.shelf.path(run.at) / "run.json"
    whole = said.read_text()

    said.write_text(whole.replace(f'"{run.revision}"', '"9999"'))
    with pytest.raises(BackupRefused, match="made by a newer version"):
        drill.restore(target)
    said.write_text(whole.replace('"objects": 1,', '"objects": 2,'))
    with pytest.raises(BackupRefused, match="was changed since"):
        drill.restore(target)
    assert len(drill.verify()) == 1
    said.write_text(whole)

    new_identity(tmp_path / "other.txt")
    with pytest.raises(BackupRefused, match="this key does not open"):
        restore(target, drill.shelf, run.at, identities_of(tmp_path / "other.txt"), silent)

    (copy,) = (drill.shelf.folder / "objects").glob("*/*.age")
    sound = copy.read_bytes()
    copy.write_bytes(sound[:-1] + bytes([sound[-1] ^ 1]))
    assert [words.partition(": ")[2] for words in drill.verify()] == [f"{copy.name} is not what was written"]
    with pytest.raises(BackupRefused, match="is not what was written"):
        drill.restore(target)
    assert len(verify(drill.shelf, run.at, None, silent)) == 1, "it takes no key to see that"
    engine = create_engine(target.database_owner_url or "")
    with engine.begin() as connection:
        assert connection.scalar(text("select to_regclass('person')")) is None, "nothing came back by halves"
    engine.dispose()
    copy.write_bytes(sound)
    (drill.shelf.path(run.at) / "objects.jsonl").write_text('{"copy": "../../etc/passwd"}\n')
    with pytest.raises(BackupRefused):
        drill.restore(target)


async def test_a_full_disk_leaves_the_backup_before_and_one_clear_line_and_the_next_goes_on(drill: Drill) -> None:
    drill.keep_file(2000)
    first = drill.back_up()
    drill.keep_file(300_000)
    drill.keep_file(8_000_000)
    done = _backup_with_room_for(4_000_000, drill)
    assert done.returncode == 1
    assert done.stderr.startswith("talentportfolio: there is no room left in ")
    assert done.stderr.count("\n") == 1
    assert drill.shelf.names() == [first.at]
    assert drill.verify() == []
    broken_off = drill.copies()

    # By the machine's clock that run was later than this world's noon.
    second = drill.back_up(timedelta(days=3650))
    assert second.objects == 3
    assert broken_off <= drill.copies(), "what was copied is not copied again"
    assert drill.verify() == []
    assert not [*drill.shelf.folder.glob("**/.*")]


def _backup_with_room_for(size: int, drill: Drill) -> "subprocess.CompletedProcess[str]":
    """The command as an operator gives it, where no file may become larger than this."""

    def little() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    given = drill.settings
    told = {
        "TALENT_DATABASE_URL": given.database_url,
        "TALENT_DATABASE_OWNER_URL": given.database_owner_url,
        "TALENT_S3_ENDPOINT_URL": given.s3_endpoint_url,
        "TALENT_S3_ACCESS_KEY": given.s3_access_key,
        "TALENT_S3_SECRET_KEY": given.s3_secret_key.get_secret_value(),
        "TALENT_S3_BUCKET": given.s3_bucket,
        "TALENT_BACKUP_RECIPIENT": given.backup_recipient,
    }
    return subprocess.run(
        [sys.executable, "-m", "app.cli", "backup", str(drill.shelf.folder)],
        env=os.environ | {name: value for name, value in told.items() if value},
        preexec_fn=little,
        capture_output=True,
        text=True,
    )


async def test_while_a_backup_runs_nothing_is_removed_from_the_store_and_afterwards_it_is(drill: Drill) -> None:
    key = drill.keep_file(10)
    async with drill.world.app.state.database.begin() as session:
        await enqueue(session, remove_objects, keys=[key])
    with psycopg.connect(owner_url(drill.settings), autocommit=True) as connection, nothing_removed(connection):
        await run_worker(drill.settings, until_empty=True)
        assert drill.storage.size(key) == 10
        assert drill.world.scalar("select scheduled_at > now() from procrastinate_jobs") is True
    drill.world.change("update procrastinate_jobs set scheduled_at = null")
    drill.world.change("delete from attachment")
    await run_worker(drill.settings, until_empty=True)
    assert drill.storage.size(key) is None


async def test_backups_of_five_weeks_ago_go_with_what_only_they_hold_and_the_newest_never(drill: Drill) -> None:
    old = drill.keep_file(10)
    first = drill.back_up()
    drill.storage.delete(old)
    drill.keep_file(20)
    second = drill.back_up(timedelta(days=30))
    assert drill.shelf.names() == [first.at, second.at]
    third = drill.back_up(timedelta(days=36))
    assert drill.shelf.names() == [second.at, third.at]
    assert len(drill.copies()) == 1
    assert drill.verify(second.at) == []
    with pytest.raises(BackupRefused, match="is the clock right"):
        drill.back_up(timedelta(days=35))
    last = drill.back_up(timedelta(days=400))
    assert drill.shelf.names() == [last.at]
