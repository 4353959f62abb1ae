"""Signing in with user name and password, and what becomes of sessions."""

from datetime import timedelta

import pytest

from app.main import create_app
from tests.authenticator import code_of
from tests.conftest import NOON
from tests.world import PASSWORD, World


async def _sign_in(world: World, username: str = "yara", password: str = PASSWORD, device: str = "own"):
    client = world.client(None)
    return client, await client.post(
        "/v1/sessions", json={"username": username, "password": password, "device": device}
    )


async def _all_the_way(world: World, username: str, device: str, secret: str):
    """With the code of an app where one is asked."""
    client, answer = await _sign_in(world, username, device=device)
    if "due" in answer.json():
        code = code_of(secret, world.clock.now())
        (await client.post("/v1/sessions/current/factor/by-app", json={"code": code})).raise_for_status()
    return client


async def test_a_pupil_signs_in_and_is_known_from_then_on(world: World) -> None:
    client, answer = await _sign_in(world)
    assert answer.status_code == 201
    assert answer.json()["givenName"] == "Yara"
    assert answer.json()["pupil"]["band"] == "B"
    cookie = answer.headers["set-cookie"].lower()
    assert all(word in cookie for word in ("sid=", "httponly", "samesite=lax", "path=/"))
    assert "domain" not in cookie
    assert (await client.get("/v1/me")).json()["name"] == "Yara de Wit"


async def test_accents_case_and_spaces_in_a_user_name_do_not_matter(world: World) -> None:
    _, answer = await _sign_in(world, "  YÁRA ")
    assert answer.status_code == 201


async def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(world: World) -> None:
    _, wrong = await _sign_in(world, password="niet het goede")
    _, unknown = await _sign_in(world, username="niemand")
    assert wrong.status_code == unknown.status_code == 401
    assert [wrong.json()[key] for key in ("type", "title", "detail")] == [
        unknown.json()[key] for key in ("type", "title", "detail")
    ]


async def test_after_five_tries_in_a_minute_one_waits_and_a_classmate_does_not(world: World) -> None:
    for _ in range(5):
        await _sign_in(world, password="niet het goede")
    _, sixth = await _sign_in(world)
    assert sixth.status_code == 429
    assert 1 <= int(sixth.headers["retry-after"]) <= 61
    assert (await _sign_in(world, username="omar"))[1].status_code == 201
    world.clock.set(NOON + timedelta(minutes=1))
    assert (await _sign_in(world))[1].status_code == 201


async def test_signing_in_often_with_the_right_password_is_no_guessing(world: World) -> None:
    for _ in range(7):
        assert (await _sign_in(world))[1].status_code == 201
    for _ in range(5):
        await _sign_in(world, password="niet het goede")
    assert (await _sign_in(world))[1].status_code == 429


async def test_signing_in_again_ends_the_session_that_the_browser_had(world: World) -> None:
    client, _ = await _sign_in(world)
    old = client.cookies["sid"]
    await client.post("/v1/sessions", json={"username": "yara", "password": PASSWORD})
    assert client.cookies["sid"] != old
    client.cookies.set("sid", old)
    other = world.client(None)
    other.cookies.set("sid", old)
    assert (await other.get("/v1/me")).status_code == 401


@pytest.mark.parametrize(
    ("username", "device", "idle", "at_most"),
    [
        ("yara", "own", timedelta(hours=12), timedelta(days=14)),
        ("yara", "shared", timedelta(minutes=10), timedelta(hours=2)),
        ("joost", "own", timedelta(minutes=30), timedelta(hours=10)),
        ("nadia", "own", timedelta(minutes=30), timedelta(hours=12)),
        ("cor", "own", timedelta(minutes=15), timedelta(hours=8)),
    ],
)
async def test_a_session_ends_by_itself(
    username: str, device: str, idle: timedelta, at_most: timedelta, world: World
) -> None:
    secret = world.new_app(world.coordinator)
    client = await _all_the_way(world, username, device, secret)
    world.clock.set(NOON + idle - timedelta(seconds=1))
    assert (await client.get("/v1/me")).status_code == 200
    world.clock.set(NOON + 2 * idle)
    assert (await client.get("/v1/me")).status_code == 401
    client = await _all_the_way(world, username, device, secret)
    start = world.clock.now()
    while world.clock.now() + idle / 2 < start + at_most:
        world.clock.set(world.clock.now() + idle / 2)
        assert (await client.get("/v1/me")).status_code == 200
    world.clock.set(start + at_most)
    assert (await client.get("/v1/me")).status_code == 401


async def test_signing_out_on_a_shared_device_leaves_nothing_there(world: World) -> None:
    client, _ = await _sign_in(world, device="shared")
    answer = await client.delete("/v1/sessions/current")
    assert answer.status_code == 204
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert (await client.get("/v1/me")).status_code == 401


async def test_one_device_or_all_of_them_can_be_signed_out(world: World) -> None:
    here, _ = await _sign_in(world)
    there, _ = await _sign_in(world)
    sessions = (await here.get("/v1/sessions")).json()["items"]
    assert [session["current"] for session in sessions].count(True) == 1
    elsewhere = next(session["id"] for session in sessions if not session["current"])
    assert (await here.delete(f"/v1/sessions/{elsewhere}")).status_code == 204
    assert (await there.get("/v1/me")).status_code == 401
    assert (await here.delete("/v1/sessions")).status_code == 204
    assert (await here.get("/v1/me")).status_code == 401


async def test_behind_tls_the_cookie_is_bound_to_this_host(world: World) -> None:
    settings = world.settings.model_copy(update={"public_url": "https://portfolio.example"})
    app = create_app(settings, world.clock)
    async with app.router.lifespan_context(app):
        world.app, world.settings = app, settings
        _, answer = await _sign_in(world)
    assert answer.headers["set-cookie"].startswith("__Host-sid=")
    assert "; secure" in answer.headers["set-cookie"].lower()
    assert answer.headers["strict-transport-security"].startswith("max-age=31536000")
