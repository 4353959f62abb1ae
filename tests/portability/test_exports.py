"""Everything in one file: whole, readable without us, made once, and gone after a week."""

import asyncio
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from app.platform.clock import system_clock
from app.platform.jobs import run_worker
from app.platform.orm import Base
from app.platform.pdf.making import NotSet
from app.platform.settings import Settings
from app.platform.storage import Storage
from app.portability.exports import making, papers, schema
from app.portability.exports.parts import LEFT_OUT, OF_THE_PUPIL, PARTS, PUPIL
from app.portability.exports.tasks import sweep
from tests.platform.test_pdf import check_tags, text_of
from tests.portability.filled import export_of, fill, keep_file, photo, told_in
from tests.showcases import page_of, story
from tests.world import World


@pytest.fixture(autouse=True)
def storage(settings: Settings) -> Storage:
    made = Storage(settings)
    made.ensure_bucket([settings.origin])
    return made


def test_every_column_of_the_product_is_in_the_file_or_left_out_with_a_reason() -> None:
    taken = {part.table.__tablename__ if part.table else "brought_record": part for part in (PUPIL, *PARTS)}
    forgotten = []
    for table in Base.metadata.sorted_tables:
        if table.name in LEFT_OUT:
            continue
        part = taken.get(table.name)
        for column in table.columns:
            of_pupil = column.name in OF_THE_PUPIL and part is not None
            named = part is not None and column.name in (*part.columns, *part.more)
            if not (named or of_pupil or f"{table.name}.{column.name}" in LEFT_OUT):
                forgotten.append(f"{table.name}.{column.name}")
    assert forgotten == [], "name them in app/portability/exports/parts.py, in a part or in LEFT_OUT"
    known = {table.name for table in Base.metadata.sorted_tables}
    columns = {f"{table.name}.{column.name}" for table in Base.metadata.sorted_tables for column in table.columns}
    assert set(LEFT_OUT) <= known | columns, "what is not there needs no reason"


class _Page(HTMLParser):
    """What a page points at, and its headings."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        values = dict(attrs)
        self.links += [value for key in ("href", "src") if (value := values.get(key))]
        if tag == "img":
            assert values["alt"]


def _pages(made: zipfile.ZipFile) -> Iterator[tuple[str, _Page]]:
    for name in made.namelist():
        if name.endswith(".html"):
            page = _Page()
            page.feed(made.read(name).decode())
            yield name, page


async def test_all_of_it_is_in_one_file(world: World, settings: Settings, storage: Storage) -> None:
    entry = fill(world, storage)
    made = await export_of(world, settings)
    assert made.testzip() is None
    told = told_in(made)
    schema.portfolio_model().model_validate(told)
    empty = {part.name for part in PARTS if not told[part.name]}
    assert empty <= {"guardians", "wordChoices", "fieldChoices", "activities", "outsideConsents", "outsideLooks",
                     "consents", "noticeSettings", "mailAddress", "brought", "choiceOptionEntries", "keptFiles"} - {
                     "guardians"}  # fmt: skip
    assert {each["id"] for each in told["entries"]} >= {str(entry)}
    assert world.scalar("select count(*) from entry where pupil_id = :id", id=world.pupil) == len(told["entries"])
    names = {person["id"]: person["givenName"] for person in told["people"]}
    assert names[told["feedback"][0]["authorId"]] == "Joost"
    assert all(moment.endswith("+00:00") for moment in (told["madeAt"], told["feedback"][0]["createdAt"]))
    (ready,) = [file for file in told["files"] if file["path"] and file["alt"]]
    assert made.read(ready["path"]) == photo()
    words = made.read("portfolio.json").decode()
    for secret in ("password_hash", "argon2", "original/", "objectKey", "tokenHash"):
        assert secret not in words


async def test_it_is_read_without_us(world: World, settings: Settings, storage: Storage) -> None:
    fill(world, storage)
    made = await export_of(world, settings)
    names = set(made.namelist())
    for at, page in _pages(made):
        folder = "" if "/" not in at else at.rpartition("/")[0] + "/"
        assert page.tags.count("h1") == page.tags.count("main") == 1
        assert "script" not in page.tags
        for link in page.links:
            if link.startswith("#"):
                continue
            assert "://" not in link, "nothing is asked of the internet"
            to = re.sub(r"^[^/]+/\.\./", "", folder + link)
            assert to in names, (at, link)
    told = next(name for name in names if "de-kraan-ik" in name)
    text = made.read(told).decode()
    for said in ("De &lt;kraan&gt; &amp; ik", "Wat zag je daar?", "Joost de Wit", "Een kraan met een container",
                 "Helemaal niet saai", "زرقاء", "rustig", "straks.jpg"):  # fmt: skip
        assert said in text
    assert 'lang="tr"' in made.read("thuis.html").decode()
    assert "Ik wil iets met apparaten." in made.read("gesprekken.html").decode()
    feed = ElementTree.fromstring(made.read("leap2a.xml"))  # noqa: S314
    atom = "{http://www.w3.org/2005/Atom}"
    assert {link.get("href") for link in feed.iter(f"{atom}link") if link.get("rel") == "enclosure"} <= names
    drafts = [each for each in feed.iter(f"{atom}category") if each.get("term") == "Unready"]
    assert len(drafts) == 1


async def test_a_cv_and_a_plusdocument_go_along_with_an_etalage(
    world: World, settings: Settings, storage: Storage
) -> None:
    fill(world, storage)
    shown, draft = world.new_entry("Bakkerij"), world.new_draft()
    newest = world.clock.now() + timedelta(hours=1)
    page_of(world, story(shown), story(draft), updated_at=newest)
    page_of(world, story(shown), removed_at=newest)
    world.new_entry("Rapport", kind="result", details={"kind": "result", "result": "8,4"})
    made = await export_of(world, settings)
    names = sorted(name for name in made.namelist() if name.startswith("papier/"))
    assert [name.split("/")[1].split("-")[0] for name in names] == ["cv", "plus"]
    start = made.read("index.html").decode()
    assert all(f'href="{name}"' in start for name in names)
    assert "Cv bij de bladzijde “\u2068Wie ben ik\u2069”" in start
    cv, plus = (text_of(made.read(name)) for name in names)
    assert "Cv van Yara de Wit" in cv
    assert "Haven" in cv, "the lines as the pupil wrote them"
    assert "Bakkerij" in plus, "no lines were written: those that the newest page begins with"
    for positive in (cv, plus):
        for left_out in ("8,4", "Wat zag je daar?", "Concept"):
            assert left_out not in positive
    check_tags(made.read(names[0]))


async def test_without_an_etalage_there_is_no_paper_and_one_that_cannot_be_set_stops_nothing(
    world: World, settings: Settings, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = world.new_entry()
    made = await export_of(world, settings)
    assert "Op papier" not in made.read("index.html").decode()

    def breaks(*_: Any, **__: Any) -> bytes:
        raise NotSet("no letters")

    monkeypatch.setattr(papers, "paper_pdf", breaks)
    page_of(world, story(entry))
    made = await export_of(world, settings)
    assert not [name for name in made.namelist() if name.startswith("papier/")]
    assert "Op papier" not in made.read("index.html").decode()


async def test_who_asks_twice_gets_the_one_that_is_being_made(world: World, settings: Settings) -> None:
    client = world.client(world.pupil)
    first, second = await asyncio.gather(client.post("/v1/me/exports"), client.post("/v1/me/exports"))
    assert first.json()["id"] == second.json()["id"]
    assert {first.status_code, second.status_code} == {200, 202}
    await run_worker(settings, until_empty=True)
    assert (await client.post("/v1/me/exports")).status_code == 202, "it is over: a new one"
    for who in (world.teacher, world.guardian, world.admin):
        assert (await world.client(who).post("/v1/me/exports")).status_code == 404
    theirs = f"/v1/me/exports/{first.json()['id']}"
    assert (await world.client(world.classmate).get(f"{theirs}/file")).status_code == 404
    assert (await world.client(world.classmate).delete(theirs)).status_code == 404


async def test_a_worker_that_died_half_way_begins_again(
    world: World, settings: Settings, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = world.new_entry()
    keep_file(world, storage, entry, photo())
    client = world.client(world.pupil)
    asked = (await client.post("/v1/me/exports")).json()["id"]
    upload = storage.start_upload("export/dead.zip", "application/zip")
    world.change(
        "update portfolio_export set state = 'making', attempt = gen_random_uuid(), object_key = 'export/dead.zip',"
        " upload_id = :upload where id = :id",
        id=asked,
        upload=upload,
    )
    await run_worker(settings, until_empty=True)
    (made,) = (await client.get("/v1/me/exports")).json()["items"]
    assert (made["state"], made["stories"], made["files"]) == ("ready", 1, 1)
    assert storage.uploaded_parts("export/dead.zip", upload) is None
    assert world.scalar("select count(*) from notice where kind = 'export_ready' and person_id = :id", id=world.pupil)


@pytest.mark.parametrize("how", ["thrown away", "account closed"])
async def test_it_stops_when_it_is_not_wanted_any_more(
    world: World, settings: Settings, storage: Storage, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    entry = world.new_entry()
    for colour in ("red", "blue", "green"):
        keep_file(world, storage, entry, photo(colour))
    monkeypatch.setattr(making, "_TELL_EVERY", 1)
    client = world.client(world.pupil)
    asked = (await client.post("/v1/me/exports")).json()["id"]
    told: list[int] = []
    kept = Storage.get

    def get(self: Storage, key: str) -> bytes:
        if not told:
            told.append(1)
            if how == "thrown away":
                world.change("update portfolio_export set state = 'gone' where id = :id", id=asked)
            else:
                world.change("update person set closed_at = now() where id = :id", id=world.pupil)
        return kept(self, key)

    monkeypatch.setattr(Storage, "get", get)
    await run_worker(settings, until_empty=True)
    assert told
    key = world.scalar("select object_key from portfolio_export where id = :id", id=asked)
    assert await asyncio.to_thread(storage.size, key) is None
    assert world.scalar("select count(*) from notice where kind = 'export_ready'") == 0


async def test_after_a_week_it_is_gone(world: World, settings: Settings, storage: Storage) -> None:
    await export_of(world, settings)
    client = world.client(world.pupil)
    (made,) = (await client.get("/v1/me/exports")).json()["items"]
    assert made["fetchedAt"]
    key = world.scalar("select object_key from portfolio_export")
    engine = create_async_engine(settings.database_worker_url or "")
    sessions: Any = async_sessionmaker(engine)
    soon, later = system_clock.now() + timedelta(days=2), system_clock.now() + timedelta(days=8)
    assert key not in await sweep(sessions, storage, soon)
    assert key in await sweep(sessions, storage, later)
    await engine.dispose()
    world.at((system_clock.now() + timedelta(days=8)).date())
    answer = await client.get(f"/v1/me/exports/{made['id']}/file")
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/export-gone")
    assert (await client.get("/v1/me/exports")).json()["items"][0]["state"] == "gone"
    assert (await client.delete(f"/v1/me/exports/{made['id']}")).status_code == 204
    assert (await client.delete(f"/v1/me/exports/{made['id']}")).status_code == 204


def test_a_worker_knows_all_of_it_without_the_rest_of_the_app() -> None:
    code = "from app.portability.exports.schema import portfolio_model; portfolio_model()"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


async def test_the_schema_is_there_for_everybody(world: World, settings: Settings) -> None:
    found = (await world.client(None).get("/v1/schemas/portfolio-1.json")).json()
    assert found["$id"] == f"{settings.origin}/v1/schemas/portfolio-1.json"
    assert set(found["properties"]) >= {part.name for part in PARTS}
