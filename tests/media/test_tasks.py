"""Work in the background: commits with what it is about, survives a killed worker, and never blocks the queue."""

import asyncio
import os
import signal
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from app.media.tasks import make_renditions
from app.platform import jobs as platform_jobs
from app.platform.jobs import enqueue, failed_jobs, retry_failed, retry_stalled_jobs, run_worker
from app.platform.settings import Settings
from app.platform.storage import Storage
from tests.media.making import film
from tests.media.test_renditions import phone_photo
from tests.world import World


async def queue(world: World, file_id: object) -> None:
    async with world.app.state.database.begin() as session:
        await enqueue(session, make_renditions, attachment_id=str(file_id))


def arrived(world: World, settings: Settings, data: bytes, kind: str = "photo", media_type: str = "image/jpeg") -> Any:
    """A file whose bytes are in the store and that nobody has looked at."""
    key = f"original/test-{world.clock.now().timestamp()}-{len(data)}"
    Storage(settings).put(key, data, media_type)
    return world.new_file(
        world.new_entry(),
        kind=kind,
        media_type=media_type,
        state="received",
        object_key=key,
        file_key=None,
        thumbnail_key=None,
        size=len(data),
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


async def test_a_job_that_was_given_up_is_told_and_can_go_again(world: World, settings: Settings) -> None:
    file_id = arrived(world, settings, phone_photo())
    await queue(world, file_id)
    world.change("update procrastinate_jobs set status = 'failed', attempts = 8")
    assert settings.database_worker_url
    engine = create_async_engine(settings.database_worker_url)
    async with AsyncSession(engine) as session, session.begin():
        (job,) = await failed_jobs(session)
        assert (job.task, job.about, job.tries) == ("make_renditions", {"attachment_id": str(file_id)}, 8)
        assert job.since
        assert await retry_failed(session) == 1
        assert await failed_jobs(session) == []
    await engine.dispose()
    await run_worker(settings, until_empty=True)
    assert world.scalar("select state from attachment") == "ready"


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


async def test_a_worker_that_is_told_to_stop_puts_a_film_back(
    world: World, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform_jobs, "_FINISH_S", 0)
    data = film(tmp_path / "film.mp4", "1920x1080", seconds=40).read_bytes()
    file_id = arrived(world, settings, data, kind="film", media_type="video/mp4")
    await queue(world, file_id)
    working = asyncio.create_task(run_worker(settings))
    children = await asyncio.to_thread(first_decoder)
    os.kill(os.getpid(), signal.SIGTERM)
    async with asyncio.timeout(10):
        await working
    assert not decoders() & children, "nothing goes on without its worker"
    assert world.scalar("select status from procrastinate_jobs where task_name = 'make_renditions'") == "todo"
    assert world.scalar("select state from attachment") == "received"


def first_decoder() -> set[int]:
    while not (found := decoders()):
        pass
    return found


def decoders() -> set[int]:
    """Process ids of the decoders that we started, and that are not ended."""
    ours = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return {int(pid) for children in ours for pid in children.read_text().split() if _decodes(pid)}


def _decodes(pid: str) -> bool:
    try:
        return b"app.media.renditions" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except FileNotFoundError:
        return False
