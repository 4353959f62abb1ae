"""The second factor: who must give one, what opens before it, and what is refused."""

import asyncio
import os
import subprocess
import sys
from base64 import b32decode
from collections import defaultdict
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import event, text
from uuid_utils.compat import uuid7

from app.access.actions import hash_of, open_session
from app.access.cards.actions.coming_in import at_the_door
from app.access.factors.actions.keeping import reset_by_name
from app.access.factors.codes import unseal
from app.people.models import StaffRole
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


PUBLIC = {
    "/v1/reference", "/v1/questions", "/v1/question-sets", "/v1/homework-cards", "/v1/activity-templates",
    "/v1/cards/look", "/v1/class-codes/look", "/v1/calendars/{secret}.ics",
    "/v1/weekly-mail/{token}", "/v1/weekly-mail/{token}/off", "/v1/schemas/portfolio-1.json",
}  # fmt: skip
"""What anybody may ask, or who knows a secret."""


async def test_a_session_that_owes_a_second_factor_opens_nothing_at_all(world: World) -> None:
    """Not one address of the whole API, with ids of what a dean would see; nor does it change anything."""
    world.new_app(world.dean)
    client, _ = await sign_in(world, "samira")
    entry = world.new_entry()
    ids: dict[str, object] = defaultdict(uuid7) | {
        "entry_id": entry, "pupil_id": world.pupil, "group_id": world.group, "school_id": world.kust,
        "attachment_id": world.new_file(entry), "feedback_id": world.new_feedback(entry, world.teacher),
        "person_id": world.teacher, "rendition": "thumbnail", "purpose": "images", "competency": "motives",
        "kind": "cv",
    }  # fmt: skip
    open_to_all = ("/v1/sessions/by-", "/v1/school-accounts", "/v1/outside/", "/v1/showcase/", CURRENT)
    asked = 0
    for path, methods in world.app.openapi()["paths"].items():
        if path in PUBLIC or path.startswith(open_to_all):
            continue
        for method in methods:
            if (method, path) == ("post", "/v1/sessions"):
                continue
            answer = await client.request(
                method,
                path.format_map(ids),
                params={
                    "state": "claimed" if path.endswith("guardianships") else "draft",
                    "questionId": "B-motives-1",
                    **({"from": "2026-11-01", "until": "2026-11-30"} if path.endswith("calendar") else {}),
                },
                json=None if method in ("get", "delete") else {},
                headers={"If-Match": '"1"', "Idempotency-Key": str(uuid7())},
            )
            # A body that is not right may be refused before it is asked who sends it.
            assert answer.status_code in ((401,) if method in ("get", "delete") else (401, 422)), (method, path)
            assert str(world.pupil) not in answer.text
            asked += 1
    assert asked > 40


async def test_what_is_owed_is_not_a_place_where_one_is_signed_in(world: World) -> None:
    client, _, _ = await with_app(world)
    await sign_in(world, "samira")
    assert len((await client.get("/v1/sessions")).json()["items"]) == 1


async def test_it_lives_ten_minutes_and_then_the_password_is_asked_again(world: World) -> None:
    secret = world.new_app(world.dean)
    client, answer = await sign_in(world, "samira")
    assert "max-age=600" in answer.headers["set-cookie"].lower()
    later(world, minutes=10)
    late = await give(client, "app", code_of(secret, world.clock.now()))
    assert (late.status_code, late.json()["type"]) == (401, "/problems/login-needed")


async def test_once_given_the_session_lives_as_that_of_any_dean(world: World) -> None:
    secret = world.new_app(world.dean)
    client, _ = await sign_in(world, "samira")
    later(world, minutes=9)
    given = await give(client, "app", code_of(secret, world.clock.now()))
    assert "max-age=36000" in given.headers["set-cookie"].lower()
    later(world, minutes=29)
    assert (await client.get("/v1/me")).status_code == 200
    later(world, minutes=30)
    assert (await client.get("/v1/me")).status_code == 401


async def test_on_a_shared_device_it_goes_with_the_browser(world: World) -> None:
    secret = world.new_app(world.dean)
    client, answer = await sign_in(world, "samira", device="shared")
    given = await give(client, "app", code_of(secret, world.clock.now()))
    for cookie in (answer.headers["set-cookie"], given.headers["set-cookie"]):
        assert "max-age" not in cookie.lower()
    assert given.json()["device"] == "shared"


async def test_who_becomes_dean_while_signed_in_sets_one_up_first(world: World) -> None:
    client, _ = await sign_in(world, "joost")
    today = world.clock.today()
    world.add(StaffRole(id=uuid7(), person_id=world.teacher, school_id=world.kust, role="dean", starts_on=today))
    assert (await client.get("/v1/me")).json()["type"] == "/problems/factor-needed"
    assert (await client.get(f"/v1/schools/{world.kust}")).status_code == 401
    assert (await client.get(CURRENT)).json()["due"] == "enrol"
    secret = (await client.post("/v1/me/factors/app-secret")).json()["secret"]
    body = {"name": "Telefoon", "code": code_of(secret, NOON)}
    assert (await client.post("/v1/me/factors/apps", json=body)).status_code == 201
    assert (await client.get(f"/v1/schools/{world.kust}")).status_code == 200


async def test_a_role_that_begins_tomorrow_asks_tomorrow_and_one_that_ended_asks_no_more(world: World) -> None:
    tomorrow = NOON.date() + timedelta(days=1)
    world.add(StaffRole(id=uuid7(), person_id=world.teacher, school_id=world.kust, role="dean", starts_on=tomorrow))
    client = world.client(world.teacher)
    world.change("update session set proved_at = null where person_id = :who", who=world.teacher)
    assert (await client.get("/v1/me")).status_code == 200
    world.at(tomorrow)
    assert (await client.get("/v1/me")).status_code == 401
    world.change("update staff_role set ends_on = :day where role = 'dean'", day=NOON.date())
    assert (await client.get("/v1/me")).status_code == 200
    _, answer = await sign_in(world, "samira")
    assert "due" not in answer.json()


async def test_a_way_in_that_proved_two_factors_owes_nothing(world: World) -> None:
    world.new_app(world.dean)
    now, today = world.clock.now(), world.clock.today()
    async with world.app.state.database.begin() as session:
        token, lifetime = await open_session(session, world.dean, "own", "Chrome", None, now, today, proved_twice=True)
    assert lifetime.absolute == timedelta(hours=10)
    client = world.client(None)
    client.cookies.set("sid", token)
    assert (await client.get("/v1/me")).json()["givenName"] == "Samira"
    assert world.scalar("select factor_due from session where token_hash = :it", it=hash_of(token)) is False


async def test_going_back_ends_what_was_begun(world: World) -> None:
    world.new_app(world.dean)
    client, _ = await sign_in(world, "samira")
    assert (await client.delete(CURRENT)).status_code == 204
    assert world.scalar("select count(*) from session") == 0


async def test_a_wrong_password_says_nothing_about_a_second_factor(world: World) -> None:
    world.new_app(world.dean)
    answers = []
    for username in ("samira", "joost", "niemand"):
        body = {"username": username, "password": "niet het goede"}
        answer = await world.client(None).post("/v1/sessions", json=body)
        answers.append((answer.status_code, {**answer.json(), "requestId": None}, "set-cookie" in answer.headers))
    assert answers[0] == answers[1] == answers[2]
    assert world.scalar("select count(*) from session") == 0


async def test_a_wrong_password_takes_the_same_work_with_and_without_a_second_factor(world: World) -> None:
    await with_passkey(world)
    statements: list[str] = []
    engine = world.app.state.database.engine.sync_engine

    def counted(_: object, __: object, statement: str, *___: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", counted)
    asked = []
    for username in ("samira", "joost", "niemand"):
        statements.clear()
        await world.client(None).post("/v1/sessions", json={"username": username, "password": "niet het goede"})
        asked.append(list(statements))
    event.remove(engine, "before_cursor_execute", counted)
    assert asked[0] == asked[1] == asked[2]


# --- codes of an app -------------------------------------------------------------------------------


@pytest.mark.parametrize(("off", "status"), [(-2, 403), (-1, 201), (0, 201), (1, 201), (2, 403)])
async def test_a_code_of_the_half_minute_before_or_after_is_taken(off: int, status: int, world: World) -> None:
    secret = world.new_app(world.dean)
    client, _ = await sign_in(world, "samira")
    code = code_of(secret, world.clock.now() + timedelta(seconds=30 * off))
    assert (await give(client, "app", code)).status_code == status


async def test_a_code_is_taken_once_and_no_earlier_one_after_it(world: World) -> None:
    secret = world.new_app(world.dean)
    now = world.clock.now()
    for seconds, status in ((0, 201), (0, 403), (-30, 403), (30, 201), (30, 403)):
        client, _ = await sign_in(world, "samira")
        code = code_of(secret, now + timedelta(seconds=seconds))
        assert (await give(client, "app", code)).status_code == status, seconds


async def test_one_code_given_in_two_browsers_at_once_opens_one(world: World) -> None:
    secret = world.new_app(world.dean)
    clients = [(await sign_in(world, "samira"))[0] for _ in range(4)]
    code = code_of(secret, world.clock.now())
    answers = await asyncio.gather(*(give(client, "app", code) for client in clients))
    assert sorted(answer.status_code for answer in answers) == [201, 403, 403, 403]


async def test_a_code_that_set_up_the_app_does_not_sign_in_as_well(world: World) -> None:
    _, secret, _ = await with_app(world)
    client, _ = await sign_in(world, "samira")
    assert (await give(client, "app", code_of(secret, world.clock.now()))).status_code == 403


async def test_somebody_elses_app_opens_nothing(world: World) -> None:
    world.new_app(world.dean)
    others = world.new_app(world.admin)
    client, _ = await sign_in(world, "samira")
    assert (await give(client, "app", code_of(others, world.clock.now()))).status_code == 403


async def test_after_five_misses_one_waits_minutes_and_a_colleague_does_not(world: World) -> None:
    secret, colleagues = world.new_app(world.dean), world.new_app(world.admin)
    client, _ = await sign_in(world, "samira")
    statuses = [(await give(client, "app", "000000")).status_code for _ in range(5)]
    assert statuses == [403, 403, 403, 403, 429]
    locked = await give(client, "app", code_of(secret, world.clock.now()))
    assert (locked.status_code, locked.json()["type"]) == (429, "/problems/factor-locked")
    assert 1 <= int(locked.headers["retry-after"]) <= 300
    # Starting over does not help, another way does not either, and who sits beside goes on.
    client, _ = await sign_in(world, "samira")
    assert (await give(client, "app", code_of(secret, world.clock.now()))).status_code == 429
    code = world.new_recovery_code(world.dean)
    assert (await give(client, "recovery-code", code)).status_code == 429
    other, _ = await sign_in(world, "ans")
    assert (await give(other, "app", code_of(colleagues, world.clock.now()))).status_code == 201
    later(world, minutes=5)
    client, _ = await sign_in(world, "samira")
    assert (await give(client, "app", code_of(secret, world.clock.now()))).status_code == 201
    assert world.scalar("select count(*) from factor_misses") == 0


async def test_tries_at_the_same_moment_are_all_counted(world: World) -> None:
    world.new_app(world.dean)
    clients = [(await sign_in(world, "samira"))[0] for _ in range(8)]
    answers = await asyncio.gather(*(give(client, "app", "000000") for client in clients))
    assert sorted(answer.status_code for answer in answers) == [403] * 4 + [429] * 4


async def test_the_secret_of_an_app_is_not_readable_in_the_database(world: World) -> None:

    _, secret, _ = await with_app(world)
    plain = b32decode(secret.replace(" ", ""))
    sealed = bytes(world.scalar("select sealed_secret from second_factor"))
    assert plain not in sealed
    pepper = world.settings.pin_pepper.get_secret_value()
    assert unseal(sealed, world.dean, pepper) == plain
    for person, other in ((world.admin, pepper), (world.dean, pepper + "x")):
        assert unseal(sealed, person, other) is None


async def test_an_app_counts_only_after_a_code_of_it(world: World) -> None:
    client, _ = await sign_in(world, "samira")
    secret = (await client.post("/v1/me/factors/app-secret")).json()["secret"]
    wrong = await client.post("/v1/me/factors/apps", json={"name": "Telefoon", "code": "000000"})
    assert (wrong.status_code, wrong.json()["errors"][0]["code"]) == (422, "wrong_code")
    assert (await client.get("/v1/me")).status_code == 401
    assert (await client.get(CURRENT)).json()["due"] == "enrol"
    right = await client.post("/v1/me/factors/apps", json={"name": "Telefoon", "code": code_of(secret, NOON)})
    assert right.status_code == 201
    again = await client.post("/v1/me/factors/apps", json={"name": "Telefoon", "code": code_of(secret, NOON)})
    assert (again.status_code, again.json()["type"]) == (409, "/problems/factor-expired")


async def test_setting_up_that_takes_longer_than_five_minutes_begins_anew(world: World) -> None:
    client, _ = await sign_in(world, "samira")
    secret = (await client.post("/v1/me/factors/app-secret")).json()["secret"]
    options = (await client.post("/v1/me/factors/passkey-challenge")).json()["publicKey"]
    later(world, minutes=5)
    body = {"name": "Telefoon", "code": code_of(secret, world.clock.now())}
    assert (await client.post("/v1/me/factors/apps", json=body)).status_code == 409
    made = Authenticator(world.settings.origin).create(options)
    added = await client.post("/v1/me/factors/passkeys", json={"name": "Laptop", "credential": made})
    assert added.status_code == 409


# --- passkeys --------------------------------------------------------------------------------------


async def owed(world: World, username: str = "samira") -> httpx.AsyncClient:
    client, answer = await sign_in(world, username)
    assert answer.json()["due"] == "give"
    return client


async def by_passkey(client: httpx.AsyncClient, credential: dict[str, Any]) -> int:
    return (await client.post(f"{CURRENT}/by-passkey", json={"credential": credential})).status_code


async def test_a_passkey_is_asked_for_with_its_owner_verified_and_opens(world: World) -> None:
    _, key = await with_passkey(world)
    client = await owed(world)
    options = await challenge(client)
    assert options["userVerification"] == "required"
    assert options["rpId"] == "127.0.0.1"
    assert len(options["allowCredentials"]) == 1
    assert await by_passkey(client, key.get(options)) == 201
    kept = world.scalar("select to_jsonb(f) from second_factor f")
    assert (kept["sign_count"], kept["backed_up"], kept["name"]) == (1, False, "Laptop")


async def test_making_a_passkey_asks_for_verification_and_names_those_that_are_known(world: World) -> None:
    client, key = await with_passkey(world)
    options = (await client.post("/v1/me/factors/passkey-challenge")).json()["publicKey"]
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["attestation"] == "none"
    assert len(options["excludeCredentials"]) == 1
    assert (await add_passkey(client, key)).status_code == 422
    assert (await add_passkey(client, Authenticator(world.settings.origin), "Telefoon")).status_code == 201


async def test_what_a_passkey_signed_is_taken_once(world: World) -> None:
    _, key = await with_passkey(world)
    client = await owed(world)
    signed = key.get(await challenge(client))
    assert await by_passkey(client, signed) == 201
    for other in (client, await owed(world)):
        assert await by_passkey(other, signed) == 403


async def test_a_try_uses_its_challenge_up(world: World) -> None:
    _, key = await with_passkey(world)
    client = await owed(world)
    options = await challenge(client)
    stranger = Authenticator(world.settings.origin)
    assert await by_passkey(client, stranger.get(options)) == 403
    assert await by_passkey(client, key.get(options)) == 403
    assert await by_passkey(client, key.get(await challenge(client))) == 201


async def test_a_challenge_is_of_one_session_and_lives_five_minutes(world: World) -> None:
    _, key = await with_passkey(world)
    client, thief = await owed(world), await owed(world)
    options = await challenge(client)
    assert await by_passkey(thief, key.get(options)) == 403
    later(world, minutes=5)
    assert await by_passkey(client, key.get(options)) == 403
    assert await by_passkey(client, key.get(await challenge(client))) == 201


async def test_the_newest_challenge_counts_and_one_for_adding_does_not(world: World) -> None:
    known, key = await with_passkey(world)
    client = await owed(world)
    first, second = await challenge(client), await challenge(client)
    assert await by_passkey(client, key.get(first)) == 403
    second = await challenge(client)
    assert await by_passkey(client, key.get(second)) == 201
    adding = (await known.post("/v1/me/factors/passkey-challenge")).json()["publicKey"]
    assert await by_passkey(known, key.get(adding)) == 403


@pytest.mark.parametrize("wrong", ["origin", "rp_id", "verifies", "key"])
async def test_a_passkey_of_another_place_or_nobody_verified_is_refused(wrong: str, world: World) -> None:
    client, key = await with_passkey(world)
    bad: dict[str, Any] = {
        "origin": "https://portfolio.example.evil",
        "rp_id": "example.evil",
        "verifies": False,
        "key": Authenticator(world.settings.origin).key,
    }
    right = getattr(key, wrong)
    setattr(key, wrong, bad[wrong])
    asked = await owed(world)
    assert await by_passkey(asked, key.get(await challenge(asked))) == 403
    if wrong != "key":
        stranger = Authenticator(world.settings.origin)
        setattr(stranger, wrong, bad[wrong])
        assert (await add_passkey(client, stranger)).status_code == 422
    setattr(key, wrong, right)
    assert await by_passkey(asked, key.get(await challenge(asked))) == 201


async def test_somebody_elses_passkey_opens_nothing_and_cannot_be_added(world: World) -> None:
    _, samiras = await with_passkey(world)
    admins, own = await with_passkey(world, "ans")
    client = await owed(world)
    assert await by_passkey(client, own.get(await challenge(client))) == 403
    assert (await add_passkey(admins, samiras)).status_code == 422


async def test_a_count_that_goes_back_is_a_copy_and_is_refused(world: World) -> None:
    _, key = await with_passkey(world)
    key.count = 10
    client = await owed(world)
    assert await by_passkey(client, key.get(await challenge(client))) == 201
    key.count = 5
    client = await owed(world)
    assert await by_passkey(client, key.get(await challenge(client))) == 403
    key.count = 11
    assert await by_passkey(client, key.get(await challenge(client))) == 201


async def test_whether_a_passkey_is_backed_up_is_kept_up(world: World) -> None:
    known, key = await with_passkey(world)
    assert (await known.get("/v1/me/factors")).json()["items"][0]["backedUp"] is False
    key.backed_up = True
    client = await owed(world)
    assert await by_passkey(client, key.get(await challenge(client))) == 201
    assert (await client.get("/v1/me/factors")).json()["items"][0]["backedUp"] is True


async def test_odd_credentials_are_refused_and_break_nothing(world: World) -> None:
    _, key = await with_passkey(world)
    client = await owed(world)
    good = key.get(await challenge(client))
    odd: list[dict[str, Any]] = [
        good | {"response": {}},
        good | {"response": {"clientDataJSON": 1, "authenticatorData": [], "signature": None}},
        good | {"response": good["response"] | {"clientDataJSON": "AAAA"}},
        good | {"response": good["response"] | {"authenticatorData": ""}},
        good | {"response": good["response"] | {"userHandle": "!!"}},
        good | {"rawId": "é", "id": "é"},
    ]
    for credential in odd:
        world.change("delete from factor_misses")
        await challenge(client)
        assert await by_passkey(client, credential) == 403


# --- recovery codes --------------------------------------------------------------------------------


async def test_a_recovery_code_opens_once_however_it_is_typed(world: World) -> None:
    _, _, codes = await with_app(world)
    assert len(set(codes)) == 10
    typed = codes[0].lower().replace("-", " ").replace("0", "o").replace("1", "l")
    for status in (201, 403):
        client = await owed(world)
        assert (await give(client, "recovery-code", f"  {typed} ")).status_code == status
    stored = {bytes(row) for row in (world.scalar("select array_agg(code_hash) from recovery_code"))}
    assert len(stored) == 10
    assert not any(code.replace("-", "").encode() in row for code in codes for row in stored)


async def test_one_recovery_code_used_twice_at_once_wins_once(world: World) -> None:
    _, _, codes = await with_app(world)
    clients = [await owed(world) for _ in range(4)]
    answers = await asyncio.gather(*(give(client, "recovery-code", codes[0]) for client in clients))
    assert sorted(answer.status_code for answer in answers) == [201, 403, 403, 403]
    assert world.scalar("select count(*) from recovery_code where used_at is not null") == 1


async def test_somebody_elses_recovery_code_opens_nothing(world: World) -> None:
    world.new_app(world.dean)
    code = world.new_recovery_code(world.admin)
    assert (await give(await owed(world), "recovery-code", code)).status_code == 403
    assert world.scalar("select used_at from recovery_code") is None


async def test_new_recovery_codes_end_the_old_ones(world: World) -> None:
    client, _, old = await with_app(world)
    answer = await client.post("/v1/me/recovery-codes")
    new = answer.json()["codes"]
    assert len(new) == 10
    assert (await give(await owed(world), "recovery-code", old[0])).status_code == 403
    assert (await give(await owed(world), "recovery-code", new[0])).status_code == 201
    assert (await client.get("/v1/me/factors")).json()["recoveryCodesLeft"] == 9


# --- looking after one's own -----------------------------------------------------------------------


async def test_a_teacher_may_have_one_and_is_asked_from_then_on(world: World) -> None:
    client, _ = await sign_in(world, "joost")
    factors = (await client.get("/v1/me/factors")).json()
    assert (factors["items"], factors["required"]) == ([], False)
    before = client.cookies["sid"]
    assert (await add_passkey(client, key := Authenticator(world.settings.origin))).json()["recoveryCodes"]
    assert client.cookies["sid"] != before
    other, answer = await sign_in(world, "joost")
    assert answer.json() == {"due": "give", "givenName": "Joost", "device": "own", "ways": ["passkey", "recovery_code"]}
    assert await by_passkey(other, key.get(await challenge(other))) == 201
    factor = (await other.get("/v1/me/factors")).json()["items"][0]["id"]
    assert (await other.delete(f"/v1/me/factors/{factor}")).status_code == 204
    assert world.scalar("select count(*) from recovery_code") == 0
    _, answer = await sign_in(world, "joost")
    assert answer.json()["givenName"] == "Joost"
    assert "due" not in answer.json()


async def test_the_last_one_stays_while_the_role_asks_for_it(world: World) -> None:
    client, _, _ = await with_app(world)
    (app,) = (await client.get("/v1/me/factors")).json()["items"]
    refused = await client.delete(f"/v1/me/factors/{app['id']}")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/last-factor")
    assert (await add_passkey(client, Authenticator(world.settings.origin))).json()["recoveryCodes"] is None
    assert (await client.delete(f"/v1/me/factors/{app['id']}")).status_code == 204
    assert world.scalar("select count(*) from recovery_code") == 10


async def test_of_two_removed_at_once_one_stays(world: World) -> None:
    world.new_app(world.dean)
    world.new_app(world.dean)
    clients = [world.client(world.dean) for _ in range(2)]
    ids = [item["id"] for item in (await clients[0].get("/v1/me/factors")).json()["items"]]
    answers = await asyncio.gather(
        *(client.delete(f"/v1/me/factors/{each}") for client, each in zip(clients, ids, strict=True))
    )
    assert sorted(answer.status_code for answer in answers) == [204, 409]


async def test_a_change_asks_for_a_factor_of_the_last_five_minutes(world: World) -> None:
    client, secret, _ = await with_app(world)
    (app,) = (await client.get("/v1/me/factors")).json()["items"]
    later(world, minutes=5)
    refused = [
        await client.post("/v1/me/factors/passkey-challenge"),
        await client.post("/v1/me/factors/app-secret"),
        await client.post("/v1/me/factors/apps", json={"name": "Telefoon", "code": "123456"}),
        await client.delete(f"/v1/me/factors/{app['id']}"),
        await client.post("/v1/me/recovery-codes"),
    ]
    assert {(each.status_code, each.json()["type"]) for each in refused} == {(403, "/problems/step-up-needed")}
    before = client.cookies["sid"]
    assert (await give(client, "app", code_of(secret, world.clock.now()))).status_code == 201
    assert client.cookies["sid"] != before
    assert (await client.post("/v1/me/recovery-codes")).status_code == 201


def is_step_up(answer: httpx.Response) -> bool:
    return (answer.status_code, answer.json()["type"]) == (403, "/problems/step-up-needed")


async def by_password(client: httpx.AsyncClient, password: str = PASSWORD) -> httpx.Response:
    return await client.post(f"{CURRENT}/by-password", json={"password": password})


async def test_the_first_one_asks_for_the_password_anew_where_the_sign_in_is_five_minutes_old(world: World) -> None:
    """Who finds the browser of a teacher left open does not keep the teacher out."""
    client, _ = await sign_in(world, "joost")
    assert (await client.get(CURRENT)).json()["ways"] == []
    later(world, minutes=5)
    body = {"name": "Telefoon", "code": "123456"}
    assert is_step_up(await client.post("/v1/me/factors/passkey-challenge"))
    assert is_step_up(await client.post("/v1/me/factors/app-secret"))
    assert is_step_up(await client.post("/v1/me/factors/apps", json=body))
    assert (await client.get(CURRENT)).json()["ways"] == ["password"]
    wrong = await by_password(client, "iets heel anders")
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/password")
    assert is_step_up(await client.post("/v1/me/factors/app-secret"))
    before, ends = client.cookies["sid"], world.scalar("select expires_at from session")
    given = await by_password(client)
    assert (given.status_code, given.json()["givenName"]) == (201, "Joost")
    assert client.cookies["sid"] != before
    assert world.scalar("select expires_at from session") == ends
    assert (await add_passkey(client, Authenticator(world.settings.origin))).json()["recoveryCodes"]
    thief = world.client(None)
    thief.cookies.set("sid", before)
    assert (await thief.get("/v1/me")).status_code == 401


async def test_setting_up_begun_in_time_may_ask_once_more_at_the_end_and_goes_on(world: World) -> None:
    client, _ = await sign_in(world, "joost")
    later(world, minutes=4)
    secret = (await client.post("/v1/me/factors/app-secret")).json()["secret"]
    later(world, minutes=2)
    body = {"name": "Telefoon", "code": code_of(secret, world.clock.now())}
    assert is_step_up(await client.post("/v1/me/factors/apps", json=body))
    assert (await by_password(client)).status_code == 201
    assert (await client.post("/v1/me/factors/apps", json=body)).status_code == 201


async def test_who_must_set_one_up_at_sign_in_is_not_asked_for_the_password_twice(world: World) -> None:
    client, _ = await sign_in(world, "samira")
    later(world, minutes=6)
    assert (await client.post("/v1/me/factors/app-secret")).status_code == 201


async def test_who_became_dean_hours_after_signing_in_gives_the_password_and_still_owes_the_factor(
    world: World,
) -> None:
    client, _ = await sign_in(world, "joost")
    later(world, minutes=20)
    today = world.clock.today()
    world.add(StaffRole(id=uuid7(), person_id=world.teacher, school_id=world.kust, role="dean", starts_on=today))
    assert is_step_up(await client.post("/v1/me/factors/app-secret"))
    given = await by_password(client)
    assert (given.status_code, given.json()["due"]) == (201, "enrol")
    assert (await client.get("/v1/me")).status_code == 401
    secret = (await client.post("/v1/me/factors/app-secret")).json()["secret"]
    body = {"name": "Telefoon", "code": code_of(secret, world.clock.now())}
    assert (await client.post("/v1/me/factors/apps", json=body)).status_code == 201
    assert (await client.get("/v1/me")).status_code == 200


async def test_a_password_is_no_second_factor(world: World) -> None:
    """Not where it is owed, and not for a change of what is there."""
    world.new_app(world.dean)
    client = await owed(world)
    assert (await by_password(client)).json()["type"] == "/problems/factor-needed"
    whole = world.client(world.dean)
    later(world, minutes=5)
    assert (await by_password(whole)).status_code == 409
    assert is_step_up(await whole.post("/v1/me/recovery-codes"))


async def test_guessing_the_password_at_an_open_browser_waits_after_five_tries(world: World) -> None:
    client, _ = await sign_in(world, "joost")
    later(world, minutes=5)
    answers = await asyncio.gather(*(by_password(client, f"geraden {number}") for number in range(6)))
    assert sorted(answer.status_code for answer in answers) == [422] * 5 + [429]
    refused = await by_password(client)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) <= 61
    later(world, minutes=1)
    for _ in range(6):
        assert (await by_password(client)).status_code == 201


async def test_who_has_no_password_signs_in_anew_by_the_school_account(world: World) -> None:
    world.change("delete from account where person_id = :who", who=world.teacher)
    client = world.client(world.teacher)
    later(world, minutes=5)
    assert is_step_up(await client.post("/v1/me/factors/app-secret"))
    assert (await client.get(CURRENT)).json()["ways"] == []
    refused = await by_password(client)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/no-password")
    assert (await world.client(world.teacher).post("/v1/me/factors/app-secret")).status_code == 201


async def test_a_pupil_is_not_asked_for_a_password_that_would_open_nothing(world: World) -> None:
    client, _ = await sign_in(world, "yara")
    assert (await by_password(client)).status_code == 403


async def test_of_two_browsers_with_the_password_given_one_sets_up_the_first(world: World) -> None:
    (mine, _), (other, _) = await sign_in(world, "joost"), await sign_in(world, "joost")
    later(world, minutes=5)
    given = await asyncio.gather(by_password(mine), by_password(other))
    assert [answer.status_code for answer in given] == [201, 201]
    assert (await add_passkey(mine, Authenticator(world.settings.origin))).status_code == 201
    assert (await by_password(other)).status_code == 409
    assert is_step_up(await other.post("/v1/me/factors/app-secret"))


async def test_giving_it_anew_does_not_make_a_session_live_longer(world: World) -> None:
    client, secret, _ = await with_app(world)
    ends = world.scalar("select expires_at from session")
    later(world, minutes=20)
    await give(client, "app", code_of(secret, world.clock.now()))
    assert world.scalar("select expires_at from session") == ends


async def test_who_still_owes_it_cannot_add_another(world: World) -> None:
    """Or a password alone would be enough."""
    world.new_app(world.dean)
    client = await owed(world)
    for path in ("passkey-challenge", "app-secret"):
        answer = await client.post(f"/v1/me/factors/{path}")
        assert (answer.status_code, answer.json()["type"]) == (401, "/problems/factor-needed")


async def test_of_two_browsers_that_set_up_the_first_one_wins(world: World) -> None:
    (mine, _), (thief, _) = await sign_in(world, "samira"), await sign_in(world, "samira")
    bodies = []
    for client in (mine, thief):
        secret = (await client.post("/v1/me/factors/app-secret")).json()["secret"]
        bodies.append({"name": "Telefoon", "code": code_of(secret, NOON)})
    answers = await asyncio.gather(
        *(client.post("/v1/me/factors/apps", json=body) for client, body in zip((mine, thief), bodies, strict=True))
    )
    assert sorted(answer.status_code for answer in answers) == [201, 401]
    assert world.scalar("select count(*) from second_factor") == 1
    assert world.scalar("select count(*) from recovery_code") == 10


async def test_ten_are_enough(world: World) -> None:
    for _ in range(10):
        world.new_app(world.dean)
    answer = await world.client(world.dean).post("/v1/me/factors/app-secret")
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/too-many-factors")


async def test_what_changed_is_told_elsewhere_until_it_is_read(world: World) -> None:
    client, _, codes = await with_app(world)
    assert (await client.get("/v1/me")).json()["factorChangedAt"] is None
    later(world, hours=1)
    other = await owed(world)
    told = await give(other, "recovery-code", codes[0])
    assert told.json()["factorChangedAt"] == NOON.isoformat()
    changes = (await other.get("/v1/me/factors")).json()["changes"]
    assert [(change["what"], change["name"]) for change in changes] == [("code_used", None), ("added", "Telefoon")]
    assert (await other.put("/v1/me/factors/changes-seen")).status_code == 204
    assert (await other.get("/v1/me")).json()["factorChangedAt"] is None


async def test_nobody_reads_or_changes_the_second_factor_of_another(world: World) -> None:
    """Where a query forgets to ask, the second wall holds."""
    world.new_app(world.dean)
    world.new_recovery_code(world.dean)
    tables = ("second_factor", "recovery_code", "factor_challenge", "factor_misses", "factor_change")
    database = world.app.state.database
    for who in (world.teacher, world.far_dean, world.coordinator, world.pupil):
        client = world.client(who)
        cookie = client.headers["cookie"].removeprefix("sid=")
        async with database.transaction(hash_of(cookie), world.clock.now(), world.clock.today()) as tx:
            assert tx.viewer == who
            for table in tables:
                assert await tx.session.scalar(text(f"select count(*) from {table}")) == 0
            changed = await tx.session.execute(text("delete from second_factor"))
            assert changed.rowcount == 0


# --- lost ------------------------------------------------------------------------------------------


async def test_an_admin_takes_away_what_a_colleague_lost_and_everything_begins_anew(world: World) -> None:
    known, _, _ = await with_app(world)
    admin = world.client(world.admin)
    assert (await admin.delete(f"/v1/people/{world.dean}/factors")).status_code == 204
    assert (await known.get("/v1/me")).json()["type"] == "/problems/login-needed"
    for table in ("second_factor", "recovery_code", "factor_misses"):
        assert world.scalar(f"select count(*) from {table}") == 0
    client, answer = await sign_in(world, "samira")
    assert answer.json()["due"] == "enrol"
    assert (await add_passkey(client, Authenticator(world.settings.origin))).status_code == 201
    assert (await client.get("/v1/me")).json()["factorChangedAt"] == NOON.isoformat()
    assert (await client.get("/v1/me/factors")).json()["changes"][-1]["what"] == "added"


async def test_another_pepper_makes_an_app_worthless_and_a_code_on_paper_still_opens(world: World) -> None:
    secret = world.new_app(world.dean)
    code = world.new_recovery_code(world.dean)
    world.change("update second_factor set sealed_secret = sealed_secret || 'x'::bytea")
    client = await owed(world)
    assert (await give(client, "app", code_of(secret, world.clock.now()))).status_code == 403
    assert (await give(client, "recovery-code", code)).status_code == 201


async def test_taking_away_asks_the_admin_for_a_fresh_factor(world: World) -> None:
    world.new_app(world.admin)
    world.new_app(world.dean)
    admin = world.client(world.admin)
    later(world, minutes=5)
    refused = await admin.delete(f"/v1/people/{world.dean}/factors")
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/step-up-needed")
    assert world.scalar("select count(*) from second_factor") == 2


async def test_the_operator_takes_it_away_when_the_last_admin_is_locked_out(world: World) -> None:
    await with_app(world, "ans")
    assert await operator(world, "factors", "reset", "Áns") == (0, "")
    _, answer = await sign_in(world, "ans")
    assert answer.json()["due"] == "enrol"
    assert await operator(world, "factors", "reset", "niemand") == (1, "talentportfolio: nobody is called niemand\n")


async def operator(world: World, *arguments: str) -> tuple[int, str]:
    """The command line, on these engines: its status, and what it says about what went wrong."""
    settings = world.settings
    environment = {
        "TALENT_DATABASE_URL": settings.database_url or "",
        "TALENT_S3_ENDPOINT_URL": settings.s3_endpoint_url or "",
        "TALENT_S3_ACCESS_KEY": settings.s3_access_key,
        "TALENT_S3_SECRET_KEY": settings.s3_secret_key.get_secret_value(),
        "TALENT_PIN_PEPPER": settings.pin_pepper.get_secret_value(),
    }
    outside = {name: value for name, value in os.environ.items() if not name.startswith("TALENT_")}
    command = [sys.executable, "-m", "app.cli", *arguments]
    done = await asyncio.to_thread(
        subprocess.run, command, env=outside | environment, capture_output=True, text=True, timeout=60
    )
    return done.returncode, done.stderr


async def test_taking_away_by_name_knows_names_as_signing_in_does(world: World) -> None:

    await with_app(world, "ans")
    async with at_the_door(world.app.state.database) as session:
        assert await reset_by_name(session, "Áns", world.clock.now())
        assert not await reset_by_name(session, "niemand", world.clock.now())
    _, answer = await sign_in(world, "ans")
    assert answer.json()["due"] == "enrol"
