"""The second factor: who must give one, what opens before it, and what is refused."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.authenticator import Authenticator, code_of
from tests.conftest import NOON
from tests.world import PASSWORD, World

CURRENT = "/v1/sessions/current/factor"


async def sign_in(world: World, username: str, device: str = "own") -> tuple[httpx.AsyncClient, httpx.Response]:
    client = world.client(None)
    body = {"username": username, "password": PASSWORD, "device": device}
    return client, await client.post("/v1/sessions", json=body)


async def with_app(world: World, username: str = "samira") -> tuple[httpx.AsyncClient, str, list[str]]:
    """Signs in for the first time and sets up an app; the browser, the app's secret, the recovery codes."""
    client, answer = await sign_in(world, username)
    assert answer.json()["due"] == "enrol"
    secret = (await client.post("/v1/me/factors/app-secret")).json()["secret"]
    body = {"name": "Telefoon", "code": code_of(secret, world.clock.now())}
    added = await client.post("/v1/me/factors/apps", json=body)
    assert added.status_code == 201, added.text
    return client, secret, added.json()["recoveryCodes"]


async def with_passkey(world: World, username: str = "samira") -> tuple[httpx.AsyncClient, Authenticator]:
    client, _ = await sign_in(world, username)
    key = Authenticator(world.settings.origin)
    added = await add_passkey(client, key)
    assert added.status_code == 201, added.text
    return client, key


async def add_passkey(client: httpx.AsyncClient, key: Authenticator, name: str = "Laptop") -> httpx.Response:
    options = (await client.post("/v1/me/factors/passkey-challenge")).json()["publicKey"]
    return await client.post("/v1/me/factors/passkeys", json={"name": name, "credential": key.create(options)})


async def challenge(client: httpx.AsyncClient) -> dict[str, Any]:
    options: dict[str, Any] = (await client.post(f"{CURRENT}/passkey-challenge")).json()["publicKey"]
    return options


async def give(client: httpx.AsyncClient, way: str, code: str) -> httpx.Response:
    return await client.post(f"{CURRENT}/by-{way}", json={"code": code})


def later(world: World, **delta: float) -> None:
    world.clock.set(world.clock.now() + timedelta(**delta))  # type: ignore[attr-defined]


# --- who must, and what opens ----------------------------------------------------------------------


@pytest.mark.parametrize("username", ["samira", "ans", "cor"])
async def test_dean_admin_and_coordinator_set_one_up_before_anything_opens(username: str, world: World) -> None:
    client, answer = await sign_in(world, username)
    assert answer.status_code == 201
    assert answer.json() == {"due": "enrol", "givenName": username.title(), "device": "own", "ways": []}
    refused = await client.get("/v1/me")
    assert (refused.status_code, refused.json()["type"]) == (401, "/problems/factor-needed")
    secret = (await client.post("/v1/me/factors/app-secret")).json()["secret"]
    body = {"name": "Telefoon", "code": code_of(secret, NOON)}
    added = await client.post("/v1/me/factors/apps", json=body)
    assert len(added.json()["recoveryCodes"]) == 10
    assert (await client.get("/v1/me")).json()["givenName"] == username.title()


@pytest.mark.parametrize("username", ["yara", "joost", "nadia"])
async def test_pupils_teachers_and_guardians_come_in_with_one(username: str, world: World) -> None:
    client, answer = await sign_in(world, username)
    assert answer.json()["givenName"] == username.title()
    assert (await client.get("/v1/me")).status_code == 200


async def test_the_next_time_the_app_is_asked_and_opens_the_session_under_another_cookie(world: World) -> None:
    _, secret, _ = await with_app(world)
    later(world, minutes=1)
    client, answer = await sign_in(world, "samira")
    assert answer.json()["due"] == "give"
    assert answer.json()["ways"] == ["app", "recovery_code"]
    owed = client.cookies["sid"]
    assert (await client.get("/v1/me")).status_code == 401
    given = await give(client, "app", code_of(secret, world.clock.now()))
    assert (given.status_code, given.json()["givenName"]) == (201, "Samira")
    assert client.cookies["sid"] != owed
    assert (await client.get("/v1/me")).status_code == 200
    thief = world.client(None)
    thief.cookies.set("sid", owed)
    assert (await thief.get("/v1/me")).status_code == 401
    assert (await thief.get(CURRENT)).json()["type"] == "/problems/login-needed"
