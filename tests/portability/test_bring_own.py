"""What is brought in is the importer's own and no more: also with bare SQL, two at once, and while all is erased."""

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from app.platform.jobs import Tools
from app.platform.settings import Settings
from app.platform.storage import Storage
from app.portability.erasure.tasks import erase_due
from app.portability.imports.bringing import Bringing
from app.portability.imports.brought import Report
from app.portability.imports.by_hand import import_from_file
from app.portability.imports.own import OwnFile
from app.portability.imports.parcel import BringRefused, Over, Parcel
from tests.guidance.test_second_wall import Bare
from tests.ids import new_id
from tests.portability.filled import bring, export_of, fill, new_bringing, speech, told_in, zipped
from tests.portability.test_erasure_plan import ask
from tests.showcases import page_of, share_of, story
from tests.world import World


@pytest.fixture(autouse=True)
def storage(settings: Settings) -> Storage:
    made = Storage(settings)
    made.ensure_bucket([settings.origin])
    return made


@pytest.fixture
def worker(settings: Settings) -> Iterator[Engine]:
    engine = create_engine(settings.database_worker_url or "")
    yield engine
    engine.dispose()


@pytest.fixture
async def sessions(settings: Settings) -> AsyncIterator[async_sessionmaker[AsyncSession]]:
    engine = create_async_engine(make_url(settings.database_worker_url or ""))
    yield async_sessionmaker(engine, expire_on_commit=False)
    await engine.dispose()


_CALL = "select key, is_new from bring_own(:import, :part, cast(:brought as jsonb), :today, :now)"


def own(world: World, engine: Engine, import_id: UUID, part: str, *rows: dict[str, Any]) -> dict[str, bool] | str:
    """What the worker's role gets for these rows, whatever a program asked before; `refused` where the answer is no."""
    values = {"import": import_id, "part": part, "brought": json.dumps(rows, default=str)}
    values |= {"today": world.clock.today(), "now": world.clock.now()}
    try:
        with engine.begin() as connection:
            return {row.key: row.is_new for row in connection.execute(text(_CALL), values)}
    except DBAPIError:
        return "refused"


def of(world: World, pupil: UUID) -> UUID:
    """An import of this pupil that is being brought in."""
    made = new_bringing(world, state="reading", report=None, done_at=None)
    world.change("update portfolio_import set pupil_id = :pupil where id = :id", pupil=pupil, id=made)
    return made


def step(world: World, **fields: Any) -> dict[str, Any]:
    return {"id": new_id(world), "text": "Bellen", "made_at": "2026-01-02T10:00:00Z"} | fields


def word(world: World, entry: UUID, **fields: Any) -> dict[str, Any]:
    told = {"id": new_id(world), "entry_id": entry, "word": "handig", "given_at": "2026-01-02T10:00:00Z"}
    return told | fields


def page(world: World, **fields: Any) -> dict[str, Any]:
    told = {"id": new_id(world), "content": {"title": "Van elders"}, "made_at": "2026-01-02T10:00:00Z"}
    return told | {"removed": False} | fields


def moment(world: World, **fields: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"id": new_id(world), "kind": "direction", "school_year": 2026, "motives": ["fun"]}
    told |= {"own_motive": "", "look_back": None, "looked_back_at": None, "made_at": "2026-01-02T10:00:00Z"}
    return told | {"options": [], "ties": [], "picks": [], "sureness": []} | fields


def option(world: World, **fields: Any) -> dict[str, Any]:
    told = {"id": new_id(world), "code": None, "name": "Zorg", "plus": "", "minus": "", "seen": "", "off_at": None}
    return told | {"off_why": "", "made_at": "2026-01-02T10:00:00Z"} | fields


# --- whose it is ------------------------------------------------------------------------------------


def test_in_nobodys_name_does_the_app_bring_anything_in(world: World) -> None:
    mine = of(world, world.pupil)
    engine = create_engine(world.settings.database_url or "")
    bare = Bare(world, engine)
    asked = (
        "select count(*) from bring_own(:id, 'steps', '[]', current_date, now())",
        "select bring_entries(:id, '[]', current_date, now())",
        "select bring_files(:id, '[]', now())",
        "select bring_records(:id, '[]', now())",
        "select count(*) from ids_of_others(:id, '{}')",
        "select import_pupil(:id)",
        "update portfolio_import set state = 'reading'",
        "update portfolio_import set pupil_id = viewer_id()",
    )
    for who in ("pupil", "classmate", "other_pupil", "guardian", "teacher", "dean", "admin", "nobody"):
        for statement in asked:
            used = {"id": mine} if ":id" in statement else {}
            assert bare(who, statement, **used) in ("refused", 0), (who, statement)
    engine.dispose()


def test_what_comes_in_is_of_whose_import_it_is(world: World, worker: Engine) -> None:
    """Also under the ids of somebody else, at this school or another: theirs stay what they are."""
    entry, their_step = world.new_entry(), world.new_step(world.pupil, "Van Yara")
    their_word = world.new_word(entry, world.pupil)
    their_page = page_of(world, story(entry))
    their_moment, (their_option,) = world.new_choice(world.pupil, world.placement, "Zorg")
    world.new_pick(their_moment, their_option)
    for importer in (world.classmate, world.other_pupil):
        mine = of(world, importer)
        assert own(world, worker, mine, "steps", step(world, id=their_step)) == {}
        (made,) = own(world, worker, mine, "steps", step(world, entry_id=entry))
        assert world.scalar("select entry_id from next_step where id = :id", id=made) is None
        assert own(world, worker, mine, "words", word(world, entry), word(world, entry, id=their_word)) == {}
        assert own(world, worker, mine, "showcasePages", page(world, id=their_page)) == {}
        paper = {"page_id": their_page, "kind": "cv", "content": {}}
        assert own(world, worker, mine, "showcaseDocuments", paper) == {}
        assert own(world, worker, mine, "choiceMoments", moment(world, id=their_moment)) == {}
        told = moment(world, options=[option(world, id=their_option)])
        assert own(world, worker, mine, "choiceMoments", told) == "refused", "not in part either"
        pick = {"id": new_id(world), "plan_a": their_option, "plan_b": None, "why": "", "at": "2026-01-02T10:00:00Z"}
        told = moment(world, picks=[pick])
        assert own(world, worker, mine, "choiceMoments", told) == "refused"
        ours = option(world)
        ties = [{"option_id": ours["id"], "entry_id": entry}, {"option_id": their_option, "entry_id": entry}]
        told = moment(world, options=[ours], ties=ties)
        assert own(world, worker, mine, "choiceMoments", told) == {str(told["id"]): True}
        assert world.scalar("select count(*) from choice_option_entry") == 0
        world.change("update portfolio_import set state = 'done' where id = :id", id=mine)
        assert own(world, worker, mine, "steps", step(world)) == "refused", "it is over"
    whose = {table: world.scalar(f"select count(*) from {table} where pupil_id = :id", id=world.pupil)
             for table in ("next_step", "showcase_page", "choice_moment")}  # fmt: skip
    assert set(whose.values()) == {1}
    assert world.scalar("select text from next_step where id = :id", id=their_step) == "Van Yara"
    assert world.scalar("select count(*) from talent_word") == 1
    assert world.scalar("select count(*) from choice_option where moment_id = :id", id=their_moment) == 1


def test_what_stands_here_stays_as_it_stands(world: World, worker: Engine) -> None:
    """An agreed choice, a page with an open link, a story that school reads: an import changes none of them."""
    shared, draft = world.new_entry(), world.new_draft()
    chosen, (zorg,) = world.new_choice(world.pupil, world.placement, "Zorg", ring=2)
    world.new_pick(chosen, zorg)
    shown = page_of(world, story(shared))
    share_of(world, shown)
    mine = of(world, world.pupil)
    again = moment(world, id=chosen, motives=["pays"], options=[option(world)])
    assert own(world, worker, mine, "choiceMoments", again) == {str(chosen): False}
    assert own(world, worker, mine, "choiceMoments", moment(world)) == {}, "of this kind and year there is one"
    assert own(world, worker, mine, "showcasePages", page(world, id=shown)) == {str(shown): False}
    assert own(world, worker, mine, "words", word(world, shared)) == {}, "school would read it at once"
    (kept,) = own(world, worker, mine, "words", word(world, draft))
    assert world.scalar("select voice from talent_word where id = :id", id=kept) == "pupil"
    assert world.scalar("select array[motives[1], ring::text] from choice_moment where id = :id", id=chosen) == [
        None,
        "2",
    ]
    assert world.scalar("select count(*) from choice_option") == 1
    assert world.scalar("select content ->> 'title' from showcase_page") == "Wie ben ik"
    assert world.scalar("select count(*) from showcase_share") == 1


def test_no_more_comes_in_than_a_screen_takes(world: World, worker: Engine) -> None:
    draft = world.new_draft()
    mine = of(world, world.pupil)
    done = step(world, done_at="2026-01-03T10:00:00Z")
    found = own(world, worker, mine, "steps", *(step(world) for _ in range(60)), done)
    assert len(found) == 51
    assert str(done["id"]) in found, "what is done is no load"
    assert own(world, worker, mine, "steps", step(world)) == {}
    words = [word(world, draft, word=f"woord {number}") for number in range(20)]
    assert len(own(world, worker, mine, "words", *words)) == 12
    assert own(world, worker, mine, "words", word(world, draft, word="nog een")) == {}
    gone = own(world, worker, mine, "showcasePages", *(thrown := [page(world, removed=True) for _ in range(30)]))
    pages = own(world, worker, mine, "showcasePages", *(kept := [page(world) for _ in range(25)]))
    assert (len(gone), len(pages)) == (20, 20), "those thrown away take nobody's place"
    again = own(world, worker, mine, "showcasePages", *kept, *thrown)
    assert again == dict.fromkeys([*gone, *pages], False)


def test_what_is_no_value_of_its_column_is_refused_as_one(world: World, worker: Engine) -> None:
    mine = of(world, world.pupil)
    hostile: tuple[tuple[str, Any], ...] = (
        ("steps", step(world, id="x")), ("steps", step(world, text=None)), ("steps", step(world, text="x" * 201)),
        ("steps", step(world, due_on="1800-02-31")), ("steps", step(world, text="a\0b")),
        ("choiceMoments", moment(world, kind="war")), ("choiceMoments", moment(world, school_year="x")),
        ("choiceMoments", moment(world, sureness=[{"id": new_id(world), "sure": 9, "words": "", "at": "2026-01-01"}])),
        ("showcasePages", page(world, content=None)), ("nothing", {}), ("entries", {}),
    )  # fmt: skip
    for part, row in hostile:
        assert own(world, worker, mine, part, row) == "refused", (part, row)
    assert own(world, worker, mine, "choiceMoments", moment(world, school_year=1800)) == {}
    for table in ("next_step", "choice_moment", "showcase_page"):
        assert world.scalar(f"select count(*) from {table}") == 0


# --- a file that says more than it may --------------------------------------------------------------


def _file(world: World, **parts: list[Any]) -> bytes:
    entry = {"id": str(new_id(world)), "title": "Een", "details": {"kind": "reflection"}, "answers": []}
    whole = {"format": "talentportfolio", "version": 1, "pupil": {"id": str(world.pupil)}, "people": []}
    return zipped({"portfolio.json": json.dumps(whole | {"entries": [entry], "files": []} | parts)})


async def test_what_does_not_fit_a_row_is_kept_as_it_stood(world: World, settings: Settings) -> None:
    at = "2026-01-02T10:00:00+00:00"
    draft = world.new_draft()
    sections = [{"id": str(new_id(world)), "heading": "x"}] * 2
    bad: dict[str, list[Any]] = {
        "steps": [
            {"id": str(new_id(world)), "text": text, "madeAt": made, **more}
            for text, made, more in (
                ("", at, {}), ("x" * 300, at, {}), ("oud", "1800-01-01T00:00:00+00:00", {}), ("laat", "9999-12-31", {}),
                (7, at, {}), ("wie", at, {"who": "staff"}), ("dag", at, {"dueOn": "1800-01-01"}),
                ("nul\0", at, {"dueOn": "2026-01-01", "remindOn": "2026-02-01"}), (["lijst"], at, {}),
            )
        ],
        "words": [
            {"id": str(new_id(world)), "entryId": str(draft), "authorId": who, "voice": voice, "word": "knap",
             "givenAt": at}
            for who, voice in (
                (str(world.teacher), "school"), (str(world.pupil), "home"), (str(world.teacher), "pupil"),
                (str(world.pupil), "outside"),
            )
        ],
        "wordChoices": [{"key": "x" * 41, "shownAs": None, "hidden": True}, {"key": 7, "shownAs": None, "hidden": 1}],
        "fieldChoices": [{"field": "heks", "notForMeOn": "2026-01-01"}, {"field": "zorg", "notForMeOn": "1800-01-01"}],
        "showcasePages": [
            {"id": str(new_id(world)), "content": content, "madeAt": at, "removedAt": None}
            for content in (None, {"title": ""}, {"title": "x", "share": "open"}, {"title": "x", "sections": sections})
        ],
        "showcaseDocuments": [{"pageId": str(new_id(world)), "kind": "cv", "content": {}, "version": 1}],
        "choiceMoments": [
            {"id": str(new_id(world)), "kind": "direction", "schoolYear": year, "motives": motives, "ownMotive": "",
             "madeAt": at, "ring": 2}
            for year, motives in ((1800, []), (2026, ["greed"]), (2099, []), (True, "fun"))
        ],
    }  # fmt: skip
    found = await bring(world, settings, _file(world, **bad))
    assert found["state"] == "done", found
    assert found["report"]["own"] == 0
    count = "select json_object_agg(part, many) from (select part, count(*) many from brought_record group by part) x"
    kept = world.scalar(count)
    assert {part: kept[part] for part in bad} == {part: len(rows) for part, rows in bad.items()}
    for table in ("next_step", "talent_word", "word_choice", "field_choice", "showcase_page", "choice_moment"):
        assert world.scalar(f"select count(*) from {table}") == 0, table


def test_a_million_rows_are_refused_before_any_comes_in(world: World, tmp_path: Path) -> None:
    path = tmp_path / "many.zip"
    head = '{"format": "talentportfolio", "version": 1, "entries": [], "steps": ['
    rows = ",".join('{"id":"%06d"}' % number for number in range(1_000_000))  # noqa: UP031
    path.write_bytes(zipped({"portfolio.json": head + rows + "]}"}))
    with pytest.raises(BringRefused) as refused:
        OwnFile(Parcel(path), world.pupil, Report("own"))
    assert refused.value.code == "too_many"


# --- two at once ------------------------------------------------------------------------------------


async def _whole(world: World, settings: Settings, storage: Storage) -> tuple[bytes, dict[str, Any]]:
    fill(world, storage)
    made = await export_of(world, settings)
    assert made.fp
    made.fp.seek(0)
    return made.fp.read(), told_in(made)


async def test_a_worker_thought_dead_and_the_one_after_it_bring_each_thing_once(
    world: World, settings: Settings, storage: Storage, sessions: Any, tmp_path: Path
) -> None:
    whole, told = await _whole(world, settings, storage)
    path = tmp_path / "own.zip"
    path.write_bytes(whole)
    mine = of(world, world.classmate)
    found = Tools(sessions, storage, settings.database_worker_url or "", settings, threading.Event())

    async def tell(done: int, total: int) -> None: ...

    one = Bringing(found, mine, world.classmate, world.clock.now())
    reports = await asyncio.gather(*(one.bring(path, tell) for _ in range(3)))
    assert sum(report.entries for report in reports) == len(told["entries"])
    count = "select count(*) from {} where pupil_id = :id"
    for table in ("next_step", "showcase_page", "choice_moment", "brought_record"):
        many = world.scalar(count.format(table), id=world.classmate)
        assert many, table
    assert sum(report.own for report in reports) == sum(
        world.scalar(count.format(table), id=world.classmate)
        for table in ("next_step", "showcase_page", "choice_moment", "word_choice", "field_choice")
    ) + world.scalar("select count(*) from showcase_document") - 1 + world.scalar(
        "select count(*) from talent_word where author_id = :id", id=world.classmate
    )
    assert sum(report.records for report in reports) == world.scalar(count.format("brought_record"), id=world.classmate)


async def test_the_same_file_twice_at_once_waits_for_the_first(
    world: World, settings: Settings, storage: Storage, tmp_path: Path
) -> None:
    whole, told = await _whole(world, settings, storage)
    path = tmp_path / "own.zip"
    path.write_bytes(whole)
    worker = settings.database_worker_url or ""
    ended = await asyncio.gather(
        *(import_from_file(settings, worker, "omar", path, lambda *_: None) for _ in range(2)), return_exceptions=True
    )
    (refused,) = [each for each in ended if isinstance(each, BaseException)]
    assert "is being brought in" in str(refused)
    assert world.scalar("select count(*) from entry where pupil_id = :id", id=world.classmate) == len(told["entries"])


async def test_one_that_fails_stands_in_nobodys_way(
    world: World, settings: Settings, storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, _ = await _whole(world, settings, storage)
    path = tmp_path / "own.zip"
    path.write_bytes(whole)
    worker = settings.database_worker_url or ""

    def away(*_: Any) -> None:
        raise OSError("the store is away")

    monkeypatch.setattr(Storage, "keep_stream", away)
    with pytest.raises(OSError, match="the store is away"):
        await import_from_file(settings, worker, "omar", path, lambda *_: None)
    assert world.scalar("select refusal from portfolio_import") == "failed"
    monkeypatch.undo()
    report = await import_from_file(settings, worker, "omar", path, lambda *_: None)
    assert (report["files"], report["entries"]) == (2, 0)


def _wait(world: World, many: int) -> bool:
    """Whether so many sessions wait for a lock; asked until they do, ten seconds at most."""
    until = time.monotonic() + 10
    while (
        found := world.scalar("select count(*) from pg_locks where not granted")
    ) < many and time.monotonic() < until:
        continue
    return bool(found >= many)


async def test_the_twenty_first_page_comes_neither_from_a_file_nor_from_a_screen(world: World, worker: Engine) -> None:
    for _ in range(19):
        page_of(world)
    mine = of(world, world.pupil)
    body = {"title": "Van het scherm", "intro": "", "sections": []}
    path = f"/v1/me/showcases/{new_id(world)}"
    answer, found = await asyncio.gather(
        world.client(world.pupil).put(path, json=body),
        asyncio.to_thread(own, world, worker, mine, "showcasePages", page(world)),
    )
    assert (answer.status_code == 201) != (len(found) == 1)
    assert world.scalar("select count(*) from showcase_page") == 20


async def test_an_erasure_waits_for_what_is_being_brought_in_and_takes_it_too(
    world: World, worker: Engine, sessions: Any, storage: Storage
) -> None:
    mine = of(world, world.pupil)
    ask(world, world.pupil)
    turn = "select pg_advisory_xact_lock(:key)"
    with world.engine.connect() as screen, screen.begin():
        screen.execute(text(turn), {"key": world.pupil.int % 2**63})  # a tab of the pupil makes a page just now
        bringing = asyncio.create_task(asyncio.to_thread(own, world, worker, mine, "showcasePages", page(world)))
        assert await asyncio.to_thread(_wait, world, 1)
        erasing = asyncio.create_task(erase_due(sessions, storage, world.clock.now(), world.clock.today()))
        assert await asyncio.to_thread(_wait, world, 2)
    assert len(await bringing) == 1
    assert await erasing == []
    for table in ("showcase_page", "portfolio_import", "brought_record"):
        assert world.scalar(f"select count(*) from {table}") == 0, table


async def test_nothing_is_brought_in_after_an_erasure_began(
    world: World, settings: Settings, storage: Storage, sessions: Any, tmp_path: Path
) -> None:
    whole, _ = await _whole(world, settings, storage)
    path = tmp_path / "own.zip"
    path.write_bytes(whole)
    mine = of(world, world.classmate)
    found = Tools(sessions, storage, settings.database_worker_url or "", settings, threading.Event())
    told: list[int] = []

    async def tell(done: int, total: int) -> None:
        told.append(done)
        if done and len(told) == 2:
            # The stories are in, the rest is to come.
            ask(world, world.classmate)
            await erase_due(sessions, storage, world.clock.now(), world.clock.today())

    with pytest.raises(Over):
        await Bringing(found, mine, world.classmate, world.clock.now()).bring(path, tell)
    assert told
    for table in ("entry", "next_step", "showcase_page", "choice_moment", "brought_record", "portfolio_import"):
        assert world.scalar(f"select count(*) from {table} where pupil_id = :id", id=world.classmate) == 0, table


async def test_what_was_said_aloud_goes_along_a_second_time_and_to_whom_the_ids_are_not(
    world: World, settings: Settings, storage: Storage
) -> None:
    """A classmate brings the pupil's file, where all ids are somebody else's; and takes it along from there."""
    whole, _ = await _whole(world, settings, storage)
    for round_ in range(2):
        report = (await bring(world, settings, whole, world.classmate))["report"]
        assert ("antwoord.m4a" in {each["what"] for each in report["skipped"]}) is False
        (card,) = [each for each in await _brought(world, world.classmate) if each["part"] == "homework"]
        (said,) = card["sounds"]
        assert (said["id"], said["state"]) == (card["content"]["childSound"], "ready"), round_
        made = await export_of(world, settings, world.classmate)
        told = told_in(made)
        (file,) = [each for each in told["files"] if each["broughtId"]]
        assert (file["broughtId"], made.read(file["path"])) == (card["id"], speech())
        assert f'<audio src="{file["path"]}"' in made.read("van-elders.html").decode()
        assert made.fp is not None
        made.fp.seek(0)
        whole = made.fp.read()
        # All that was brought is thrown away, and comes in once more from the file made here.
        for each in await _brought(world, world.classmate):
            await world.client(world.classmate).delete(f"/v1/me/brought-records/{each['id']}")


async def _brought(world: World, pupil: UUID) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await world.client(pupil).get("/v1/me/brought-records?limit=100")).json()["items"]
    return found
