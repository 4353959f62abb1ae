"""Parents come in by a code, and the school says what opens: letters, claims, decisions, new passwords."""

import asyncio
import re
import statistics
import time
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx
import psycopg
import pytest
from sqlalchemy import make_url

from app.access.invitations.actions import codes
from app.access.invitations.actions.codes import ALPHABET, in_groups, new_code, parts
from tests.conftest import NOON
from tests.world import PASSWORD, World

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


# --- a code, and an account --------------------------------------------------------------------------


async def test_a_parent_comes_in_by_a_code_and_sees_nothing_until_the_school_confirms(world: World) -> None:
    entry = world.new_entry()
    code = world.new_invitation(world.pupil)
    look = await world.client(None).post("/v1/invitations/look", json={"code": in_groups(code).lower()})
    assert look.json() == {"kind": "guardian"}
    answer = await claim(world, code, locale="ar")
    assert (answer.status_code, answer.json()["name"], answer.json()["locale"]) == (201, "Salma Haddad", "ar")
    assert "Yara" not in answer.text
    parent = browser(world, answer)
    waiting = await child(parent)
    assert (waiting["state"], waiting["name"], waiting["school"], waiting["items"]) == ("waiting", None, None, [])
    assert (await parent.get(f"/v1/entries/{entry}")).status_code == 404

    [link] = [one for one in await links(world) if one["parent"]["name"] == "Salma Haddad"]
    assert link | {"id": 0, "parent": 0, "pupil": 0, "group": 0, "since": 0, "letter": 0} == {
        "id": 0, "state": "claimed", "custody": "no", "openedOn": None, "reason": None, "since": 0,
        "relation": "mother", "letter": 0, "parent": 0, "pupil": 0, "group": 0, "own": False,
    }  # fmt: skip
    assert link["parent"]["username"] == "salma.haddad"
    assert (link["pupil"]["name"], link["group"]["name"], link["letter"]["letter"]) == ("Yara de Wit", "2A", 1)
    assert (await decide(world, link["id"])).status_code == 204
    opened = await child(parent)
    assert (opened["state"], opened["givenName"], opened["total"]) == ("open", "Yara", 1)
    assert (await parent.get(f"/v1/entries/{entry}")).status_code == 200


async def test_a_second_child_at_another_school_comes_under_the_same_account(world: World) -> None:
    parent, first = await waiting_link(world)
    far_admin = world.new_staff("Bea", world.duin, "admin")
    code = world.new_invitation(world.other_pupil, school_id=world.duin)
    added = await parent.post("/v1/me/children", json={"code": code, "relation": "mother"})
    assert added.status_code == 204
    assert [one["state"] for one in (await parent.get("/v1/home")).json()["children"]] == ["waiting", "waiting"]
    path = f"/v1/schools/{world.duin}/guardianships?state=claimed"
    [second] = (await world.client(far_admin).get(path)).json()["items"]
    assert (await decide(world, second["id"])).status_code == 404
    assert (await decide(world, first, far_admin)).status_code == 404
    assert (await decide(world, second["id"], far_admin)).status_code == 204
    states = {one["givenName"]: one["state"] for one in (await parent.get("/v1/home")).json()["children"]}
    assert states == {None: "waiting", "Bas": "open"}
    again = await parent.post(
        "/v1/me/children", json={"code": world.new_invitation(world.other_pupil), "relation": "mother"}
    )
    assert problem(again) == (410, "/problems/code-invalid"), "Bas is not at Kustlijn"
    open_letter = world.new_invitation(world.other_pupil, school_id=world.duin, letter=2)
    again = await parent.post("/v1/me/children", json={"code": open_letter, "relation": "mother"})
    assert problem(again) == (409, "/problems/already-linked")
    assert world.scalar("select count(*) from invitation where claimed_at is null and letter = 2") == 1
