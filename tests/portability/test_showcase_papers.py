"""A CV and a plusdocument on paper: made of an etalage, positive only, readable for everybody; failing is told."""

import asyncio
import io
from typing import Any
from uuid import UUID

import pikepdf
import pytest
import requests

from app.platform.jobs import run_worker
from app.platform.settings import Settings
from app.platform.storage import Storage
from tests.guidance.test_dossier_pdf import jpeg
from tests.ids import new_id
from tests.platform.test_pdf import check_tags, elements, text_of
from tests.showcases import new_page, problem, story
from tests.world import World


@pytest.fixture(autouse=True)
def storage(settings: Settings) -> Storage:
    made = Storage(settings)
    made.ensure_bucket([settings.origin])
    return made


async def pdf_of(world: World, settings: Settings, path: str) -> bytes:
    client = world.client(world.pupil)
    asked = await client.post(f"{path}/pdf")
    assert (asked.status_code, asked.json()["state"]) == (202, "asked")
    assert problem(await client.get(f"{path}/pdf")) == (409, "not-ready")
    await run_worker(settings, until_empty=True)
    sent = await client.get(f"{path}/pdf")
    assert (sent.status_code, sent.headers["cache-control"]) == (302, "no-store")
    answer = await asyncio.to_thread(requests.get, sent.headers["location"], timeout=10)
    assert answer.headers["content-type"] == "application/pdf"
    return answer.content


def lines(*entries: UUID) -> dict[str, Any]:
    items = [{"entryId": str(entry), "line": "Bedrijfsbezoek, haven", "text": "Ik mocht mee."} for entry in entries]
    return {
        "about": "Ik ben Yara.",
        "contact": "yara@example.nl",
        "parts": [{"heading": "Dit deed ik", "items": items}],
    }


async def test_it_is_made_of_the_lines_and_of_nothing_that_others_said_or_school_marked(
    world: World, settings: Settings, storage: Storage
) -> None:
    random = str(new_id(world))
    keys = {"object_key": f"original/{random}", "file_key": f"file/{random}", "thumbnail_key": f"thumbnail/{random}"}
    shown, gone = world.new_entry(), world.new_entry("Ingetrokken")
    photo = world.new_file(shown, alt="De kraan tilt een container", width=640, height=427, **keys)
    storage.put(f"thumbnail/{random}-640.jpg", jpeg(), "image/jpeg")
    world.new_feedback(shown, world.teacher, "ask_back")
    world.new_word(shown, world.teacher, "rustig", "school")
    page = await new_page(world, story(shown, photo), words=[{"key": "rustig", "voices": ["school"]}])
    client = world.client(world.pupil)
    for kind in ("cv", "plus"):
        path = f"/v1/me/showcases/{page}/papers/{kind}"
        assert (await client.put(path, json=lines(shown, gone))).status_code == 201
    world.change("update entry set state = 'draft', ring = 0 where id = :id", id=gone)
    cv = await pdf_of(world, settings, f"/v1/me/showcases/{page}/papers/cv")
    plus = await pdf_of(world, settings, f"/v1/me/showcases/{page}/papers/plus")
    for made in (cv, plus):
        check_tags(made)
        words = text_of(made)
        for said in ("Yara de Wit", "Ik ben Yara.", "yara@example.nl", "rustig", "Ik mocht mee."):
            assert said in words
        for hidden in ("Wat zag je daar?", "Joost", "Ingetrokken", "Ik zag een kraan."):
            assert hidden not in words
        assert words.count("Bedrijfsbezoek, haven") == 1
    alts = []
    for made in (cv, plus):
        with pikepdf.open(io.BytesIO(made)) as document:
            alts.append({str(each.Alt) for each in elements(document.Root.StructTreeRoot.K) if "/Alt" in each})
    assert alts == [set(), {"De kraan tilt een container"}]


async def test_lines_are_changed_from_the_version_that_was_read_and_a_pdf_of_before_says_so(
    world: World, settings: Settings
) -> None:
    entry = world.new_entry()
    page, client = await new_page(world), world.client(world.pupil)
    path = f"/v1/me/showcases/{page}/papers/cv"
    assert (await client.post(f"{path}/pdf")).status_code == 404
    first = lines(entry)
    assert (await client.put(path, json=first)).status_code == 201
    assert problem(await client.put(path, json=first | {"about": "Anders"})) == (409, "already-exists-different")
    await pdf_of(world, settings, path)
    changed = await client.put(path, json=first | {"about": "Anders"}, headers={"If-Match": '"1"'})
    assert changed.json()["version"] == 2
    stale = await client.put(path, json=first | {"about": "Nog anders"}, headers={"If-Match": '"1"'})
    assert problem(stale) == (412, "version-conflict")
    [paper] = (await client.get(f"/v1/me/showcases/{page}")).json()["papers"]
    assert (paper["pdf"]["state"], paper["pdf"]["outdated"]) == ("ready", True)
    other = world.new_entry("Van Omar", pupil_id=world.classmate)
    refused = await client.put(path, json=lines(other), headers={"If-Match": '"2"'})
    assert refused.json()["errors"][0]["pointer"] == "/parts/0/items/0/entryId"
    for somebody in (world.classmate, world.teacher, world.guardian):
        assert (await world.client(somebody).get(f"{path}/pdf")).status_code == 404
