"""Somebody from outside in tests: a mailbox, a browser of nobody here, and what is asked of them."""

import re
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from uuid import UUID

import httpx
from aiosmtpd.smtp import Envelope, Session

from app.platform.jobs import run_worker
from tests.ids import new_id
from tests.world import World

TO = "ria@haven.example"
SIXTEEN = date(2010, 3, 2)
SAID = {
    "saidBy": "Ria, begeleider op de kade",
    "good": "Yara vroeg zelf of ze de touwen mocht vastmaken.",
    "grew": "Eerst stil, later stelde ze vragen.",
    "tip": "Loop nog eens een nacht mee.",
    "words": ["nieuwsgierig", "doorzetten"],
}
OURS = {"X-Requested-By": "portfolio", "Sec-Fetch-Site": "same-origin"}


class Inbox:
    """A mail server; `refuses`: what it says to a recipient."""

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], EmailMessage]] = []
        self.refuses: str | None = None

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refuses:
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.mails.append(
            (envelope.rcpt_tos, message_from_bytes(envelope.original_content or b"", policy=policy.default))
        )
        return "250 OK"

    def last(self) -> str:
        return str(self.mails[-1][1].get_content())

    def link(self) -> str:
        return self.last().partition("/buiten?taal=")[2].split()[0].partition("#")[2]

    def code(self) -> str:
        found = re.search(r"\b\d{6}\b", self.last())
        assert found
        return found[0]


async def work(world: World) -> None:
    await run_worker(world.app.state.settings, until_empty=True)


def turns(world: World, born: date) -> None:
    """The pupil is of another age, and home looks along."""
    world.change(
        "update person set birth_date = :born, home_sharing_since = :today where id = :pupil",
        born=born, today=world.clock.today(), pupil=world.pupil,
    )  # fmt: skip


async def ask(world: World, entry: UUID, link: UUID | None = None, **fields: Any) -> httpx.Response:
    body = {"entryId": str(entry), "who": "mijn begeleider bij de haven", "to": TO} | fields
    return await world.client(world.pupil).put(f"/v1/me/outside-links/{link or new_id(world)}", json=body)


async def sent(world: World, inbox: Inbox, entry: UUID | None = None, **fields: Any) -> tuple[UUID, str]:
    """A pupil of 16 asks, and the mail arrives: the link, and what stands in the mail."""
    turns(world, SIXTEEN)
    link = new_id(world)
    made = await ask(world, entry or world.new_entry(), link, **fields)
    assert (made.status_code, made.json()["going"]) == (201, True)
    await work(world)
    return link, inbox.link()


class Coach:
    """A browser of somebody who is nobody here."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(world.app), base_url=world.settings.origin, headers=OURS
        )

    async def code(self, link: str) -> httpx.Response:
        return await self.client.post("/v1/outside/codes", json={"link": link})

    async def prove(self, code: str) -> httpx.Response:
        return await self.client.post("/v1/outside/sessions", json={"code": code})

    async def page(self) -> httpx.Response:
        return await self.client.get("/v1/outside/entry")

    async def says(self, version: int | None = None, **fields: Any) -> httpx.Response:
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        return await self.client.put("/v1/outside/answer", json=SAID | fields, headers=headers)


async def inside(world: World, inbox: Inbox, link: str) -> Coach:
    coach = Coach(world)
    assert (await coach.code(link)).status_code == 201
    await work(world)
    assert (await coach.prove(inbox.code())).status_code == 201
    return coach


def problem(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


async def own(world: World) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await world.client(world.pupil).get("/v1/me/outside-links")).json()["items"]
    return found


async def decide(world: World, link: UUID, decision: str, version: int = 1, **fields: Any) -> httpx.Response:
    return await world.client(world.pupil).put(
        f"/v1/me/outside-links/{link}/decision",
        json={"decision": decision} | fields,
        headers={"If-Match": f'"{version}"'},
    )


async def agree(world: World, person: UUID, link: UUID, answer: str = "yes") -> int:
    said = {"version": 1, "answer": answer}
    return (await world.client(person).put(f"/v1/outside-links/{link}/consent", json=said)).status_code


async def asked_along(world: World) -> UUID:
    link = new_id(world)
    assert (await ask(world, world.new_entry(), link)).json()["going"] is False
    return link
