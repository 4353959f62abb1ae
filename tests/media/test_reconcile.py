"""Database and object store agree, whatever happened in between."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from app.media.reconcile import Report, reconcile
from app.platform.clock import system_clock
from app.platform.jobs import run_worker
from app.platform.settings import Settings
from app.platform.storage import Storage
from tests.media.test_renditions import phone_photo
from tests.media.test_tasks import arrived, jobs, queue
from tests.world import World

LATER = timedelta(hours=25)


@pytest.fixture
def storage(settings: Settings) -> Storage:
    """The store, with nothing in it."""
    found = Storage(settings)
    everything = system_clock.now() + timedelta(days=1)
    for prefix in ("original/", "file/", "thumbnail/", "display/"):
        for keys in found.older(prefix, everything):
            for key in keys:
                found.delete(key)
    for key, upload_id in found.running_uploads(everything):
        found.abort_upload(key, upload_id)
    return found


async def compare(settings: Settings, storage: Storage, **how: Any) -> Report:
    """A day later, as the worker."""
    assert settings.database_worker_url
    engine = create_async_engine(settings.database_worker_url)
    try:
        return await reconcile(
            async_sessionmaker(engine), storage, system_clock.now() + LATER, **({"mend": True} | how)
        )
    finally:
        await engine.dispose()


def keys(storage: Storage) -> set[str]:
    everything = system_clock.now() + LATER
    return {
        key
        for prefix in ("original/", "file/", "thumbnail/")
        for page in storage.older(prefix, everything)
        for key in page
    }


async def ready(world: World, settings: Settings) -> str:
    """A photo that went the whole way; its key."""
    photo = arrived(world, settings, phone_photo())
    world.change("update attachment set object_key = :key where id = :id", key=f"original/{uuid4()}", id=photo)
    key = str(world.scalar("select object_key from attachment where id = :id", id=photo))
    Storage(settings).put(key, phone_photo(), "image/jpeg")
    world.change("update attachment set size = :size where id = :id", size=len(phone_photo()), id=photo)
    await queue(world, photo)
    for _ in ("makes", "clears away"):
        await run_worker(settings, until_empty=True)
    return key


async def test_where_all_is_well_nothing_is_found_and_nothing_is_touched(
    world: World, settings: Settings, storage: Storage
) -> None:
    await ready(world, settings)
    for left in [key for key in keys(storage) if key.startswith("original/test-")]:
        storage.delete(left)
    before = keys(storage)
    assert len(before) == 7
    report = await compare(settings, storage, verify=1.0)
    assert not report.examples
    assert keys(storage) == before


async def test_what_no_row_knows_goes_after_a_day(world: World, settings: Settings, storage: Storage) -> None:
    for key in (f"original/{uuid4()}", f"file/{uuid4()}", f"thumbnail/{uuid4()}-320.webp"):
        storage.put(key, b"x", "image/webp")
    storage.start_upload(f"original/{uuid4()}", "image/jpeg")
    told = await compare(settings, storage, mend=False)
    assert (told.left["object_without_row"], told.left["upload_without_row"]) == (3, 1)
    assert len(keys(storage)) == 3, "telling changes nothing"
    mended = await compare(settings, storage)
    assert (mended.mended["object_without_row"], mended.mended["upload_without_row"]) == (3, 1)
    assert keys(storage) == set()
    assert not (await compare(settings, storage)).examples


async def test_an_object_of_today_may_still_get_its_row(world: World, settings: Settings, storage: Storage) -> None:
    storage.put(f"original/{uuid4()}", b"x", "image/webp")
    engine = create_async_engine(settings.database_worker_url or "")
    report = await reconcile(async_sessionmaker(engine), storage, system_clock.now(), mend=True)
    await engine.dispose()
    assert not report.examples


async def test_what_waits_to_be_removed_is_not_without_a_row(
    world: World, settings: Settings, storage: Storage
) -> None:
    await ready(world, settings)
    file_id = world.scalar("select id from attachment")
    assert (await world.client(world.pupil).delete(f"/v1/attachments/{file_id}")).status_code == 204
    before = {key for key in keys(storage) if not key.startswith("original/test-")}
    assert len(before) == 7
    await compare(settings, storage)
    assert before <= keys(storage), "a copy of the database may still know them"


async def test_an_upload_that_never_ended_goes_after_a_day(world: World, settings: Settings, storage: Storage) -> None:
    key = f"original/{uuid4()}"
    upload_id = storage.start_upload(key, "image/jpeg")
    fields = {"file_key": None, "thumbnail_key": None, "object_key": key, "upload_id": upload_id}
    world.new_file(world.new_entry(), state="uploading", **fields)
    world.change("update attachment set created_at = :at", at=system_clock.now())
    report = await compare(settings, storage)
    assert report.mended == {"upload_abandoned": 1}
    assert world.scalar("select count(*) from attachment") == 0
    await run_worker(settings, until_empty=True)
    assert storage.running_uploads(system_clock.now() + LATER) == []


async def test_a_file_that_nobody_looks_at_is_looked_at(world: World, settings: Settings, storage: Storage) -> None:
    arrived(world, settings, phone_photo())
    report = await compare(settings, storage)
    assert report.mended["not_looked_at"] == 1
    assert jobs(world) == 1
    assert "not_looked_at" not in (await compare(settings, storage)).examples
    world.change("update procrastinate_jobs set status = 'failed'")
    assert (await compare(settings, storage)).left["job_failed"] == 1


@pytest.mark.parametrize(("harm", "kind"), [("lost", "object_missing"), ("other", "object_changed")])
async def test_a_file_that_is_lost_or_changed_is_told_and_its_row_stays(
    harm: str, kind: str, world: World, settings: Settings, storage: Storage
) -> None:
    key = (await ready(world, settings)).replace("original", "file")
    data = bytearray(storage.get(key))
    data[-1] ^= 1
    if harm == "lost":
        storage.delete(key)
    else:
        storage.put(key, bytes(data), "image/jpeg")
    report = await compare(settings, storage, verify=1.0)
    assert report.left == {kind: 1}
    assert world.scalar("select state from attachment") == "ready"
