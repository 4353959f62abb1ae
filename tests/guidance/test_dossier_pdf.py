"""A dossier on paper: asked for, made in the background of what was handed in, fetched; failing is told."""

import asyncio
import io
from datetime import timedelta
from typing import Any
from uuid import UUID

import pikepdf
import pytest
import requests
from PIL import Image
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from app.guidance.dossiers.models import DossierPdf
from app.guidance.dossiers.tasks import PREFIX
from app.platform.clock import system_clock
from app.platform.jobs import run_worker
from app.platform.pdf.keeping import sweep_pdfs
from app.platform.settings import Settings
from app.platform.storage import Storage
from tests.dossiers import CODES, fill_dossier, third_year
from tests.ids import new_id
from tests.media.test_reconcile import compare
from tests.platform.test_pdf import check_tags, elements, text_of
from tests.world import World


@pytest.fixture(autouse=True)
def storage(settings: Settings) -> Storage:
    made = Storage(settings)
    made.ensure_bucket([settings.origin])
    return made


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 427), "teal").save(out, "JPEG")
    return out.getvalue()


async def handed_in(world: World, storage: Storage, alt: str = "De kraan tilt een container") -> tuple[UUID, UUID]:
    """A dossier with a photo whose objects are there; its id and the photo's."""
    third_year(world)
    entry = fill_dossier(world)
    random = str(new_id(world))
    keys = {"object_key": f"original/{random}", "file_key": f"file/{random}", "thumbnail_key": f"thumbnail/{random}"}
    file = world.new_file(entry, alt=alt, width=640, height=427, **keys)
    for key in (f"file/{random}", *(f"thumbnail/{random}-{width}.jpg" for width in (320, 640, 1280))):
        storage.put(key, jpeg(), "image/jpeg")
    world.new_feedback(entry, world.teacher)
    which = new_id(world)
    (await world.client(world.pupil).put(f"/v1/me/dossier/hand-ins/{which}")).raise_for_status()
    return which, file


async def pdf_of(world: World, settings: Settings, which: UUID) -> bytes:
    client = world.client(world.pupil)
    asked = await client.post(f"/v1/dossiers/{which}/pdf")
    assert (asked.status_code, asked.json()["state"]) == (202, "asked")
    await run_worker(settings, until_empty=True)
    page = (await client.get(f"/v1/dossiers/{which}")).json()
    assert page["pdf"]["state"] == "ready"
    sent = await client.get(f"/v1/dossiers/{which}/pdf")
    assert (sent.status_code, sent.headers["cache-control"]) == (302, "no-store")
    answer = await asyncio.to_thread(requests.get, sent.headers["location"], timeout=10)
    assert answer.headers["content-type"] == "application/pdf"
    assert "Loopbaandossier%20Yara%20de%20Wit.pdf" in answer.headers["content-disposition"]
    assert len(answer.content) == page["pdf"]["size"]
    return answer.content


async def test_it_is_made_of_what_was_handed_in(world: World, settings: Settings, storage: Storage) -> None:
    which, file = await handed_in(world, storage)
    world.change("update entry set title = 'Anders', body = 'Anders'")
    world.change("delete from attachment where id = :id", id=file)
    made = await pdf_of(world, settings, which)
    names = check_tags(made)
    assert names.count("H1") >= len(CODES)
    words = text_of(made)
    for said in ("Yara de Wit", "Bezoek aan de haven", "Ik zag een kraan.", "Dit kan ik goed.", "Wat zag je daar?"):
        assert said in words
    assert "Anders" not in words
    with pikepdf.open(io.BytesIO(made)) as document:
        assert document.Root.Outlines.Count >= len(CODES)
        alts = {str(each.Alt) for each in elements(document.Root.StructTreeRoot.K) if "/Alt" in each}
        assert alts == {"De kraan tilt een container"}


async def test_asking_twice_makes_one_and_closing_makes_it_anew(
    world: World, settings: Settings, storage: Storage
) -> None:
    which, _ = await handed_in(world, storage)
    client, dean = world.client(world.pupil), world.client(world.dean)
    answers = await asyncio.gather(*(client.post(f"/v1/dossiers/{which}/pdf") for _ in range(3)))
    assert {answer.status_code for answer in answers} == {202}
    jobs = "select count(*) from procrastinate_jobs where task_name = 'make_dossier_pdf'"
    assert world.scalar(jobs) == 1
    await run_worker(settings, until_empty=True)
    assert (await client.post(f"/v1/dossiers/{which}/pdf")).json()["state"] == "ready"
    body = {"outcome": "done"}
    closed = await dean.put(f"/v1/dossiers/{which}/closing", json=body, headers={"If-Match": '"1"'})
    assert closed.status_code == 200
    assert (await client.get(f"/v1/dossiers/{which}")).json()["pdf"]["state"] is None
    assert (await client.get(f"/v1/dossiers/{which}/pdf")).status_code == 409
    assert "Samira de Wit" in text_of(await pdf_of(world, settings, which))


async def test_a_pdf_that_fails_is_told_and_can_be_asked_for_again(
    world: World, settings: Settings, storage: Storage
) -> None:
    which, _ = await handed_in(world, storage)
    client = world.client(world.pupil)
    picture = f"{world.scalar('select thumbnail_key from kept_file')}-640.jpg"
    storage.put(picture, b"\xff\xd8\xff\xe0broken", "image/jpeg")
    await client.post(f"/v1/dossiers/{which}/pdf")
    await run_worker(settings, until_empty=True)
    assert (await client.get(f"/v1/dossiers/{which}")).json()["pdf"]["state"] == "failed"
    storage.put(picture, jpeg(), "image/jpeg")
    check_tags(await pdf_of(world, settings, which))


async def test_one_that_nobody_made_can_be_asked_for_after_five_minutes(world: World, storage: Storage) -> None:
    which, _ = await handed_in(world, storage)
    client = world.client(world.pupil)
    jobs = "select count(*) from procrastinate_jobs where task_name = 'make_dossier_pdf'"
    await client.post(f"/v1/dossiers/{which}/pdf")
    world.clock.set(world.clock.now() + timedelta(minutes=4))
    await client.post(f"/v1/dossiers/{which}/pdf")
    assert world.scalar(jobs) == 1
    world.clock.set(world.clock.now() + timedelta(minutes=2))
    await client.post(f"/v1/dossiers/{which}/pdf")
    assert world.scalar(jobs) == 2


async def test_a_photo_that_is_lost_is_named_and_the_rest_is_there(
    world: World, settings: Settings, storage: Storage
) -> None:
    which, _ = await handed_in(world, storage)
    (key,) = {world.scalar("select thumbnail_key from kept_file")}
    storage.delete(f"{key}-640.jpg")
    made = await pdf_of(world, settings, which)
    assert "Figure" not in check_tags(made)
    assert "foto: De kraan tilt een container" in " ".join(text_of(made).split())


async def test_files_of_a_dossier_stay_when_their_story_lets_go_of_them(
    world: World, settings: Settings, storage: Storage
) -> None:
    which, file = await handed_in(world, storage)
    key: Any = world.scalar("select file_key from kept_file")
    (await world.client(world.pupil).delete(f"/v1/attachments/{file}")).raise_for_status()
    assert world.scalar("select count(*) from attachment where id = :id", id=file) == 0
    world.change("update procrastinate_jobs set scheduled_at = null")
    await run_worker(settings, until_empty=True)
    assert storage.size(key) is not None
    await compare(settings, storage)
    assert storage.size(key) is not None
    sent = await world.client(world.dean).get(f"/v1/dossiers/{which}/files/{file}")
    assert sent.status_code == 302
    world.change("delete from kept_file")
    world.change("delete from procrastinate_jobs")
    await compare(settings, storage)
    assert storage.size(key) is None, "nothing holds it any more"


async def test_a_pdf_of_before_is_swept_away_and_the_one_in_use_stays(
    world: World, settings: Settings, storage: Storage
) -> None:
    which, _ = await handed_in(world, storage)
    await pdf_of(world, settings, which)
    kept = world.scalar("select object_key from dossier_pdf")
    storage.put("dossier/of-before.pdf", b"%PDF-", "application/pdf")
    assert settings.database_worker_url
    engine = create_async_engine(settings.database_worker_url)
    removed = await sweep_pdfs(
        async_sessionmaker(engine), storage, PREFIX, DossierPdf.object_key, system_clock.now() + timedelta(hours=25)
    )
    await engine.dispose()
    assert "dossier/of-before.pdf" in removed
    assert kept not in removed
    assert storage.size(kept) is not None
