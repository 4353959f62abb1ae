"""Etalages for tests: a page with one story, a link to it, and somebody who opens that."""

import hashlib
import secrets
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx

from app.portability.showcases.models import ShowcaseDocument, ShowcasePage, ShowcasePdf, ShowcaseShare
from app.portability.showcases.schemas import PageContent, PaperContent, kept
from tests.ids import new_id
from tests.world import World

OURS = {"X-Requested-By": "portfolio", "Sec-Fetch-Site": "same-origin"}
SIXTEEN = date(2010, 3, 2)


def turns(world: World, born: date) -> None:
    """The pupil is of another age."""
    world.change("update person set birth_date = :born where id = :pupil", born=born, pupil=world.pupil)


def section(world: World, *stories: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"id": str(new_id(world)), "heading": "Dit deed ik", "text": "", "stories": list(stories)} | fields


def content(world: World, *stories: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A page with one part, in which these stories stand."""
    return {"title": "Wie ben ik", "intro": "Hoi!", "sections": [section(world, *stories)]} | fields


def story(entry: UUID, *files: UUID, text: str = "Ik mocht de kraan zien.") -> dict[str, Any]:
    return {"entryId": str(entry), "text": text, "fileIds": [str(file) for file in files]}


def page_of(world: World, *stories: dict[str, Any], **fields: Any) -> UUID:
    """A page of the pupil as a row; with these stories on it."""
    now = world.clock.now()
    values = {"content": kept(PageContent.model_validate(content(world, *stories))), "version": 1}
    values |= {"pupil_id": world.pupil, "made_at": now, "updated_at": now}
    page_id: UUID = world.add(ShowcasePage(id=new_id(world), **(values | fields)))
    return page_id


def share_of(world: World, page: UUID, held: str = "", **fields: Any) -> UUID:
    """A link to it as a row; who holds it holds `held`."""
    today = world.clock.today()
    values: dict[str, Any] = {
        "pupil_id": world.pupil,
        "page_id": page,
        "who": "de slager",
        "starts_on": today,
        "ends_on": today + timedelta(days=30),
        "made_at": world.clock.now(),
        "token_hash": hashlib.sha256(held.encode()).digest() if held else secrets.token_bytes(32),
        "has_code": False,
    }
    share_id: UUID = world.add(ShowcaseShare(id=new_id(world), **(values | fields)))
    return share_id


def paper_of(world: World, page: UUID, entry: UUID, kind: str = "cv", **pdf: Any) -> None:
    """The lines of a paper; with `pdf` as far as that is."""
    lines = {"about": "Hoi!", "parts": [{"heading": "Dit deed ik", "items": [{"entry_id": entry, "line": "Haven"}]}]}
    values = {"content": kept(PaperContent.model_validate(lines)), "version": 1, "updated_at": world.clock.now()}
    world.add(ShowcaseDocument(page_id=page, kind=kind, **values))
    if pdf:
        world.add(ShowcasePdf(page_id=page, kind=kind, of_version=1, asked_at=world.clock.now(), **pdf))


async def new_page(world: World, *stories: dict[str, Any], **fields: Any) -> UUID:
    page = new_id(world)
    made = await world.client(world.pupil).put(f"/v1/me/showcases/{page}", json=content(world, *stories, **fields))
    assert made.status_code == 201, made.text
    return page


async def share(world: World, page: UUID, share_id: UUID | None = None, **fields: Any) -> httpx.Response:
    today = world.clock.today()
    body = {"pageId": str(page), "startsOn": str(today), "endsOn": str(today + timedelta(days=30))}
    path = f"/v1/me/showcase-shares/{share_id or new_id(world)}"
    return await world.client(world.pupil).put(path, json=body | {"withCode": False} | fields)


async def link_to(world: World, page: UUID, **fields: Any) -> tuple[UUID, str, str | None]:
    """A link that was made: its id, its secret and its code."""
    made = await share(world, page, **fields)
    assert made.status_code == 201, made.text
    given = made.json()
    return UUID(given["id"]), given["address"].partition("/etalage#")[2], given["code"]


class Visitor:
    """A browser of somebody who is nobody here."""

    def __init__(self, world: World) -> None:
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(world.app), base_url=world.settings.origin, headers=OURS
        )
        self.visit = ""

    async def opens(self, link: str, code: str | None = None) -> httpx.Response:
        body = {"link": link} | ({"code": code} if code is not None else {})
        answer = await self.client.post("/v1/showcase/visits", json=body)
        if answer.status_code == 201:
            self.visit = answer.json()["visit"]
        return answer

    async def reads(self) -> httpx.Response:
        return await self.client.get(f"/v1/showcase/visits/{self.visit}")

    async def fetches(self, file: UUID, way: str = "") -> httpx.Response:
        return await self.client.get(f"/v1/showcase/visits/{self.visit}/files/{file}{way}")


def problem(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")
