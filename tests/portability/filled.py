"""A portfolio with something of everything, and what is taken out of it."""

import asyncio
import hashlib
import io
import json
import zipfile
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import requests
from PIL import Image

from app.media.models import Attachment
from app.media.renditions import sounds
from app.platform.jobs import run_worker
from app.platform.settings import Settings
from app.platform.storage import Storage
from app.portability.exports.models import PortfolioExport
from app.portability.imports.models import BroughtRecord, PortfolioImport
from app.portability.showcases.models import ShowcaseCount
from tests.dossiers import fill_dossier, new_hand_in, third_year
from tests.ids import new_id
from tests.media.making import sound
from tests.showcases import page_of, paper_of, share_of, story
from tests.world import World


@cache
def photo(colour: str = "teal") -> bytes:
    """A small photo with something to see, as it is kept once it was looked at."""
    out = io.BytesIO()
    picture = Image.effect_noise((64, 48), 80).convert("RGB")
    picture.paste(colour, (8, 8, 24, 24))
    picture.save(out, "JPEG", quality=85, progressive=True, optimize=True)
    return out.getvalue()


def keep_file(world: World, storage: Storage, entry: UUID | None, content: bytes, **fields: Any) -> UUID:
    """A file that is ready, with its object."""
    random = str(new_id(world))
    storage.put(f"file/{random}", content, "image/jpeg")
    values: dict[str, Any] = {
        "object_key": f"original/{random}",
        "file_key": f"file/{random}",
        "thumbnail_key": None,
        "file_size": len(content),
        "file_sha256": hashlib.sha256(content).hexdigest(),
        "width": 64,
        "height": 48,
    }
    return world.new_file(entry, **(values | fields))


@cache
def speech() -> bytes:
    """Something said, as it is kept once it was listened to."""
    with TemporaryDirectory() as folder:
        made = sounds.make(sound(Path(folder) / "said.wav"), Path(folder), "audio/wav").file
        assert made
        return made.read_bytes()


def keep_sound(world: World, storage: Storage, card: UUID, speaker: UUID, side: str) -> UUID:
    """A spoken answer that is ready, with its object."""
    key, content = f"file/{new_id(world)}", speech()
    storage.put(key, content, "audio/mp4")
    told: dict[str, Any] = {"file_size": len(content), "file_sha256": hashlib.sha256(content).hexdigest()}
    return world.new_sound(card, speaker, side, object_key=key.replace("file", "original"), file_key=key, **told)


def fill(world: World, storage: Storage) -> UUID:
    """Fills the pupil's portfolio; the entry that most of it is about."""
    third_year(world)
    entry = world.new_entry(
        "De <kraan> & ik",
        body="Ik zag een kraan.\n\nHij was زرقاء en groot.",
        work_fields=["bouw"],
        competencies=["qualities"],
        tags=["haven"],
        details={
            "kind": "experience",
            "form": "company_visit",
            "organisation": "Rederij",
            "logbook": [{"on": "2026-11-24", "hours": 4, "text": "Kijken", "attachmentIds": []}],
            "expectation": {"before": "Saai", "after": "Helemaal niet saai", "listChoice": "on"},
        },
        answers=[
            {
                "questionId": "q1",
                "questionVersion": 1,
                "competency": None,
                "question": "Wat kon je goed?",
                "text": "Kijken",
                "attachmentId": None,
                "skipped": False,
            }
        ],
    )
    keep_file(world, storage, entry, photo(), alt="Een kraan met een container")
    world.new_file(entry, state="uploading", file_key=None, name="straks.jpg")
    world.new_draft()
    world.new_entry("Weggegooid", state="trashed", trashed_at=world.clock.now(), state_before_trash="draft")
    world.new_feedback(entry, world.teacher)
    world.new_word(entry, world.teacher, "rustig")
    world.new_outside(entry, {"words": ["rustig"]})
    card = world.new_homework(offer_id=world.new_homework_offer(world.group), home_text="Bu iyi oldu", language="tr")
    keep_sound(world, storage, card, world.pupil, "child")
    world.new_agreed_conversation()
    moment, (option,) = world.new_choice(world.pupil, world.placement, "Zorg")
    world.new_pick(moment, option)
    world.new_sureness(moment, 3)
    world.new_step(world.pupil)
    world.new_reminder(world.pupil)
    world.new_notice(world.pupil)
    fill_dossier(world)
    new_hand_in(world)
    share = share_of(world, page := page_of(world, story(entry)))
    world.add(ShowcaseCount(share_id=share, on_date=world.clock.today(), times=2))
    paper_of(world, page, entry)
    world.new_transfer(entry, to=world.placement)
    world.change('update entry_version set content = content || \'{"details": {"kind": "experience"}}\'')
    world.change(
        "insert into access_log (id, pupil_id, viewer_id, entry_id, rule, on_date, at)"
        " values (gen_random_uuid(), :pupil, :viewer, :entry, 'school', '2026-11-24', now())",
        pupil=world.pupil,
        viewer=world.teacher,
        entry=entry,
    )
    return entry


def new_export(world: World, **fields: Any) -> UUID:
    """One of the pupil that is ready; its object is not there."""
    now = world.clock.now()
    values: dict[str, Any] = {"state": "ready", "asked_at": now, "object_key": f"export/{new_id(world)}.zip"}
    values |= {"size": 1_000, "counts": {"stories": 3, "files": 2, "missing": 1}, "ready_at": now}
    values |= {"expires_at": now + timedelta(days=7), "fetched_at": now, "done": 5, "total": 5}
    made: UUID = world.add(PortfolioExport(id=new_id(world), pupil_id=world.pupil, **(values | fields)))
    return made


def new_bringing(world: World, **fields: Any) -> UUID:
    """A file of the pupil that was brought in."""
    report = {
        "kind": "leap2a",
        "source": "Mahara",
        "of": "Yara de Wit",
        "entries": 1,
        "files": 0,
        "records": 1,
        "own": 2,
        "own_parts": {"steps": 2},
    }
    report |= {"entries_before": 0, "files_before": 0, "shortened": 0, "unknown": {"view": 2}, "skipped_count": 1}
    values: dict[str, Any] = {"state": "done", "name": "mahara.zip", "size": 1_000, "object_key": "import/none"}
    values |= {"upload_id": "none", "made_at": world.clock.now(), "done_at": world.clock.now(), "done": 1, "total": 1}
    values["report"] = report | {"skipped": [{"what": "foto.jpg", "why": "file_missing"}]}
    made: UUID = world.add(PortfolioImport(id=new_id(world), pupil_id=world.pupil, **(values | fields)))
    return made


def new_brought(world: World, entry: UUID | None = None, **fields: Any) -> UUID:
    """What a teacher elsewhere said."""
    values: dict[str, Any] = {"part": "feedback", "source_id": str(new_id(world)), "entry_id": entry}
    values |= {"content": {"text": "Mooi", "author": "Juf Els"}, "brought_at": world.clock.now()}
    values |= {"import_id": new_bringing(world)} | fields
    made: UUID = world.add(BroughtRecord(id=new_id(world), pupil_id=world.pupil, **values))
    return made


def new_brought_sound(world: World, **fields: Any) -> UUID:
    """What was said aloud on a card elsewhere; its object is not there."""
    values: dict[str, Any] = {
        "kind": "sound",
        "media_type": "audio/mp4",
        "file_type": "audio/mp4",
        "name": "antwoord.m4a",
    }
    values |= {"thumbnail_key": None, "brought_id": new_brought(world, part="homework")}
    return world.new_file(None, **(values | fields))


async def export_of(world: World, settings: Settings, pupil: UUID | None = None) -> zipfile.ZipFile:
    """Asked for, made, and fetched as a browser does."""
    client = world.client(pupil or world.pupil)
    asked = await client.post("/v1/me/exports")
    assert asked.status_code == 202
    await run_worker(settings, until_empty=True)
    (made, *_) = (await client.get("/v1/me/exports")).json()["items"]
    assert (made["id"], made["state"], made["done"]) == (asked.json()["id"], "ready", made["total"])
    sent = await client.get(f"/v1/me/exports/{made['id']}/file")
    assert (sent.status_code, sent.headers["cache-control"]) == (302, "no-store")
    answer = await asyncio.to_thread(requests.get, sent.headers["location"], timeout=10)
    assert len(answer.content) == made["size"]
    assert "Portfolio%20" in answer.headers["content-disposition"]
    return zipfile.ZipFile(io.BytesIO(answer.content))


def told_in(made: zipfile.ZipFile) -> dict[str, Any]:
    """Its portfolio.json."""
    found: dict[str, Any] = json.loads(made.read("portfolio.json"))
    return found


async def bring(world: World, settings: Settings, content: bytes, pupil: UUID | None = None) -> dict[str, Any]:
    """Sends a file in parts and has it brought in; how that ended."""
    client = world.client(pupil or world.pupil)
    plan = await client.post("/v1/me/imports", json={"name": "portfolio.zip", "size": len(content)})
    assert plan.status_code == 201, plan.text
    parts, at = [], 0
    for part in plan.json()["parts"]:
        piece, at = content[at : at + part["size"]], at + part["size"]
        sent = await asyncio.to_thread(requests.put, part["url"], data=piece, timeout=10)
        parts.append({"number": part["number"], "etag": sent.headers["etag"]})
    path = f"/v1/me/imports/{plan.json()['id']}"
    answer = await client.post(f"{path}/sent", json={"parts": parts})
    assert answer.status_code == 204, answer.text
    await run_worker(settings, until_empty=True)
    # And what it left to do: looking at the files.
    await run_worker(settings, until_empty=True)
    found: dict[str, Any] = (await client.get(path)).json()
    return found


def zipped(members: dict[str, bytes | str], **options: Any) -> bytes:
    """A zip with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


def files_of(world: World, pupil: UUID) -> dict[str, str]:
    """Hash of what is kept, by name."""
    from sqlalchemy import select
    from sqlalchemy.orm import Session

    with Session(world.engine) as session:
        rows = session.execute(
            select(Attachment.name, Attachment.file_sha256).where(
                Attachment.pupil_id == pupil, Attachment.state == "ready"
            )
        )
        return {row.name: row.file_sha256 or "" for row in rows}
