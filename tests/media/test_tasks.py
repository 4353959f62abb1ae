"""Work in the background: commits with what it is about, survives a killed worker, and never blocks the queue."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import ProgrammingError

from app.media.tasks import make_renditions
from app.platform.jobs import enqueue, retry_stalled_jobs, run_worker
from app.platform.settings import Settings
from app.platform.storage import Storage
from tests.media.test_renditions import phone_photo
from tests.world import World


async def queue(world: World, file_id: object) -> None:
    async with world.app.state.database.begin() as session:
        await enqueue(session, make_renditions, attachment_id=str(file_id))


def arrived(world: World, settings: Settings, data: bytes) -> Any:
    """A photo whose bytes are in the store and that nobody has looked at."""
    key = f"original/test-{world.clock.now().timestamp()}-{len(data)}"
    Storage(settings).put(key, data, "image/jpeg")
    return world.new_file(
        world.new_entry(), state="received", object_key=key, file_key=None, thumbnail_key=None, size=len(data)
    )


def jobs(world: World) -> Any:
    return world.scalar("select count(*) from procrastinate_jobs")


async def test_what_is_rolled_back_leaves_no_job(world: World) -> None:
    async with world.app.state.database.begin() as session:
        await enqueue(session, make_renditions, attachment_id="x")
        assert await session.scalar(text("select count(*) from procrastinate_jobs")) == 1
        await session.rollback()
    assert jobs(world) == 0


async def test_looking_at_a_photo_twice_changes_nothing_more(world: World, settings: Settings) -> None:
    file_id = arrived(world, settings, phone_photo())
    await queue(world, file_id)
    await run_worker(settings, until_empty=True)
    first = world.scalar("select attachment::text from attachment")
    assert world.scalar("select state from attachment") == "ready"
    await queue(world, file_id)
    await run_worker(settings, until_empty=True)
    assert world.scalar("select attachment::text from attachment") == first
    assert jobs(world) == 0, "what succeeded is cleaned up"


async def test_a_job_of_a_killed_worker_runs_again(world: World, settings: Settings) -> None:
    await queue(world, arrived(world, settings, phone_photo()))
    world.change("insert into procrastinate_workers (last_heartbeat) values (now() - interval '5 minutes')")
    world.change(
        "update procrastinate_jobs set status = 'doing', worker_id = (select max(id) from procrastinate_workers)"
    )
    async with world.app.state.database.begin() as session:
        await enqueue(session, retry_stalled_jobs, timestamp=0)
    for _ in ("gives the job back", "does it"):
        await run_worker(settings, until_empty=True)
    assert world.scalar("select state from attachment") == "ready"


async def test_when_the_store_is_away_the_job_comes_back_later(world: World, settings: Settings) -> None:
    await queue(world, arrived(world, settings, phone_photo()))
    away = settings.model_copy(update={"s3_endpoint_url": "http://127.0.0.1:9"})
    await run_worker(away, until_empty=True)
    assert world.scalar("select state from attachment") == "received"
    assert world.scalar("select status from procrastinate_jobs") == "todo"
    wait = world.scalar("select scheduled_at - now() from procrastinate_jobs")
    assert timedelta(0) < wait <= timedelta(seconds=9)


async def test_the_worker_sees_files_and_nothing_that_people_wrote_to_each_other(settings: Settings) -> None:
    assert settings.database_worker_url
    engine = create_engine(settings.database_worker_url)
    for table in ("feedback", "session", "account", "entry_version", "access_log", "look_reason", "consent"):
        with engine.connect() as connection, pytest.raises(ProgrammingError, match="permission denied"):
            connection.execute(text(f"select 1 from {table}"))
    engine.dispose()
