"""Somebody claims a code, and the school decides: what the tests of invitations do again and again."""

from typing import Any
from uuid import UUID

import httpx

from tests.world import World

NEW_PASSWORD = "vier droge laarzen onderweg"
PARENT = {"givenName": "Salma", "familyName": "Haddad", "relation": "mother"}


async def claim(world: World, code: str, username: str = "salma.haddad", **fields: Any) -> httpx.Response:
    body = {"code": code, "username": username, "password": NEW_PASSWORD, "parent": PARENT, **fields}
    return await world.client(None).post("/v1/accounts", json=body)


def browser(world: World, answer: httpx.Response) -> httpx.AsyncClient:
    """Where this answer signed somebody in."""
    client = world.client(None)
    client.headers["Cookie"] = f"sid={answer.cookies['sid']}"
    return client


def problem(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"]


def field(answer: httpx.Response) -> tuple[int, str, str]:
    error = answer.json()["errors"][0]
    return answer.status_code, error["pointer"], error["code"]


async def links(world: World, state: str = "claimed", admin: UUID | None = None, **query: Any) -> list[dict[str, Any]]:
    path = f"/v1/schools/{world.kust}/guardianships"
    answer = await world.client(admin or world.admin).get(path, params={"state": state, **query})
    found: list[dict[str, Any]] = answer.raise_for_status().json()["items"]
    return found


async def decide(world: World, link: str, admin: UUID | None = None, **decision: Any) -> httpx.Response:
    body = {"state": "confirmed", "custody": "yes", **decision}
    return await world.client(admin or world.admin).put(f"/v1/guardianships/{link}/decision", json=body)


async def waiting_link(world: World) -> tuple[httpx.AsyncClient, str]:
    """A new parent of the pupil, signed in, whose claim waits."""
    answer = await claim(world, world.new_invitation(world.pupil))
    assert answer.status_code == 201, answer.text
    [link] = [one for one in await links(world) if one["parent"]["name"] == "Salma Haddad"]
    return browser(world, answer), link["id"]


async def child(parent: httpx.AsyncClient) -> dict[str, Any]:
    [only] = (await parent.get("/v1/home")).json()["children"]
    found: dict[str, Any] = only
    return found


async def letters(world: World, pupils: list[UUID], **fields: Any) -> httpx.Response:
    body = {"pupilIds": [str(pupil) for pupil in pupils], **fields}
    return await world.client(world.admin).post(f"/v1/schools/{world.kust}/letters", json=body)
