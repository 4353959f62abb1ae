"""What somebody tries who means harm: at the door, with ids and state of others, at the same moment."""

import asyncio
import base64
import io
import json
import logging
import socket
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from app.access import actions
from app.main import create_app
from app.platform.telemetry import configure_logging
from tests.ids import new_id
from tests.world import CODES, PASSWORD, World

JSON = {"Content-Type": "application/json"}
CONTENT: dict[str, Any] = {"title": "Haven", "details": {"kind": "experience"}}


# --- the door ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        b'{"\\ud800": 1}',
        b'{"title": "\\ud800"}',
        b'{"tags": ["\\udfff"]}',
        b'{"details": {"kind": "\\ud800"}}',
        b'{"details": {"kind": "experience", "\\ud800": 1}}',
        b'{"details": {"kind": "experience", "hours": ' + b"1" * 5000 + b"}}",
        b'{"answers": [{"questionId": "\\ud800", "questionVersion": 1, "question": "x"}]}',
        b"\xff\xfe{\x00}\x00",
        b"\xef\xbb\xbf{}",
        b"null",
        b"[]",
        b'"x"',
        b"1",
        b"true",
        b"{}{}",
        b"\x00",
        b"NaN",
        b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
        b"{" + b",".join(b'"k%d":1' % n for n in range(50_000)) + b"}",
    ],
    ids=map(str, range(19)),
)
async def test_no_body_brings_us_down(body: bytes, world: World) -> None:
    client = world.client(world.pupil)
    answer = await client.put(f"/v1/entries/{new_id(world)}", content=body, headers=JSON)
    assert answer.status_code in (400, 422), answer.text[:300]
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.content) < 20_000


@pytest.mark.parametrize(
    "name", ["\ud800", "\x00", "a" * 101, "\u0300", "ﷺ" * 100, "'; drop table x; --", "ya\u200bra", "yar\u0430"]
)
@pytest.mark.parametrize("password", ["\ud800", "\x00"])
async def test_any_name_and_password_get_an_answer(name: str, password: str, world: World) -> None:
    body = json.dumps({"username": name, "password": password}).encode()
    answer = await world.client(None).post("/v1/sessions", content=body, headers=JSON)
    assert answer.status_code in (401, 422), answer.text


@pytest.mark.parametrize(
    "path", ["/v1/cards/look", "/v1/class-codes/look", "/v1/sessions/by-card", "/v1/sessions/by-class-code"]
)
async def test_any_card_and_code_get_an_answer(path: str, world: World) -> None:
    for odd in ("\ud800", "\x00", "ﬀ" * 20, "İ" * 20, " "):
        body = json.dumps({"secret": odd, "code": odd, "pin": "1234", "pupilId": str(world.pupil)})
        for keys in (("secret",), ("code",), ("secret", "pin"), ("code", "pin", "pupilId")):
            some = json.dumps({key: json.loads(body)[key] for key in keys})
            answer = await world.client(None).post(path, content=some.encode(), headers=JSON)
            assert answer.status_code in (401, 422, 429), (some, answer.text)


async def test_any_search_and_cursor_get_an_answer(world: World) -> None:
    client = world.client(world.dean)
    for odd in ("%ED%A0%80", "%FF", "%5C", "(((", "%5B%5D", "a+" * 45, "%E2%80%AE", "(?=", "*" * 50, "%5C%5C1", "%0A"):
        answer = await client.get(f"/v1/pupils?query={odd}")
        assert answer.status_code in (200, 400), (odd, answer.text)
    for path in (f"/v1/pupils/{world.pupil}/portfolio", "/v1/review-queue", "/v1/pupils", "/v1/me/looks"):
        for key in (
            "[]",
            "{}",
            "null",
            "1",
            '"x"',
            f'["9999-12-31","{uuid4()}"]',
            f'["0001-01-01","{uuid4()}"]',
            f'["0001-01-01T00:00:00+14:00","{uuid4()}"]',
            f'["9999-12-31T23:59:59-14:00","{uuid4()}"]',
            f'["\\ud800","{uuid4()}"]',
            "[" * 300,
            "[null,null]",
            '[["a"],["b"]]',
            '["{}","{}"]'.format("x" * 300, uuid4()),
        ):
            cursor = base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")
            answer = await client.get(path, params={"cursor": cursor})
            assert answer.status_code in (200, 400, 404, 422), (path, key, answer.text)


@pytest.mark.parametrize("value", ['"\xff"', "*", 'W/"1"', '"1", "2"', '"-1"', '"99999999999999999999"', "\x01"])
async def test_any_version_but_the_right_one_is_stale(value: str, world: World) -> None:
    entry = world.new_entry()
    answer = await world.client(world.pupil).put(
        f"/v1/entries/{entry}", json=CONTENT, headers={"If-Match": value.encode("latin-1")}
    )
    assert answer.status_code in (412, 422), answer.text


async def test_routes_by_another_name(world: World) -> None:
    client = world.client(world.teacher)
    for path in (
        "//v1/me",
        "/V1/me",
        "/v1/me/",
        "/v1//me",
        "/./v1/me",
        "/v1/../v1/me",
        "/v1;a=b/me",
        "/v1/%6de",
        "/v1/me%2f",
    ):
        answer = await client.put(path, content=b"x", headers={"X-Requested-By": ""})
        assert answer.status_code in (400, 403, 404, 405), (path, answer.status_code)
    for method in ("TRACE", "OPTIONS", "HEAD", "PROPFIND", "CONNECT"):
        answer = await client.request(method, "/v1/me")
        assert answer.status_code in (200, 403, 404, 405), method
        assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_another_site_changes_nothing(world: World) -> None:
    entry = world.new_entry()
    for headers in (
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": ""},
        {"X-Requested-By": "Portfolio"},
    ):
        answer = await world.client(world.pupil).delete(f"/v1/entries/{entry}", headers=headers)
        assert answer.status_code == 403, headers
    client = world.client(world.pupil)
    del client.headers["Sec-Fetch-Site"]
    for origin in (
        "https://evil.example",
        "null",
        world.settings.origin + ".evil.example",
        world.settings.origin + "/",
        "",
    ):
        assert (await client.delete(f"/v1/entries/{entry}", headers={"Origin": origin})).status_code == 403, origin
    for kind in (
        "text/plain",
        "application/json-evil",
        "multipart/form-data",
        "application/x-www-form-urlencoded",
        "",
        "text/json",
        "application/jsonp",
    ):
        a = await world.client(world.pupil).put(f"/v1/entries/{entry}", content=b"{}", headers={"Content-Type": kind})
        assert a.status_code == 415, kind


# --- sessions ---------------------------------------------------------------------------------------


async def test_a_cookie_without_the_host_prefix_is_not_believed_behind_tls(world: World) -> None:
    """A neighbour under the same domain could set such a cookie and so sign a child in as somebody else."""
    token = world.client(world.classmate).headers["Cookie"].removeprefix("sid=")
    settings = world.settings.model_copy(update={"public_url": "https://portfolio.example"})
    app = create_app(settings, world.clock)
    async with app.router.lifespan_context(app):
        world.app, world.settings = app, settings
        client = world.client(None)
        assert (await client.get("/v1/me", headers={"Cookie": f"sid={token}"})).status_code == 401
        assert (await client.get("/v1/me", headers={"Cookie": f"__Host-sid={token}"})).status_code == 200


async def test_signing_out_everywhere_from_a_shared_device_leaves_nothing_there(world: World) -> None:
    client = world.client(None)
    await client.post("/v1/sessions", json={"username": "yara", "password": PASSWORD, "device": "shared"})
    answer = await client.delete("/v1/sessions")
    assert answer.headers["clear-site-data"] == '"cache", "storage"'


async def test_one_child_cannot_keep_the_school_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A school is one address: who tries a hundred names there slows down guessing, not the others."""
    # Counted is how often somebody guesses; what a guess costs is held in test_start.
    monkeypatch.setattr(actions, "_NOBODY", CODES.hash("nobody's"))
    for number in range(101):
        await world.client(None).post("/v1/sessions", json={"username": f"n{number}", "password": "x"})
    answer = await world.client(None).post("/v1/sessions", json={"username": "joost", "password": PASSWORD})
    assert answer.status_code == 201, answer.text


async def test_a_hundred_wrong_tries_at_once_count_as_a_hundred(world: World) -> None:
    clients, wrong = [world.client(None) for _ in range(40)], {"username": "yara", "password": "x"}
    answers = await asyncio.gather(*(client.post("/v1/sessions", json=wrong) for client in clients))
    assert statuses(answers) == [401] * 5 + [429] * 35


# --- at the same moment -----------------------------------------------------------------------------


def statuses(answers: list[httpx.Response]) -> list[int]:
    return sorted(answer.status_code for answer in answers)


async def test_of_a_hundred_at_once_one_wins(world: World) -> None:
    pupil, teacher, entry = world.client(world.pupil), world.client(world.teacher), new_id(world)
    url = f"/v1/entries/{entry}"

    async def say(client: httpx.AsyncClient, kind: str, said_id: object, key: str) -> httpx.Response:
        said = {"id": str(said_id), "kind": kind, "text": "Hoe?"}
        return await client.post(f"{url}/feedback", json=said, headers={"Idempotency-Key": key})

    made = await asyncio.gather(*(pupil.put(url, json=CONTENT) for _ in range(100)))
    assert statuses(made) == [200] * 99 + [201]
    first = {"If-Match": '"1"'}
    shared = [pupil.put(f"{url}/audience", json={"ring": 1 + n % 2}, headers=first) for n in range(100)]
    assert statuses(await asyncio.gather(*shared)) == [200] * 100
    assert world.scalar("select count(*) from entry_version") == 1
    same = new_id(world)
    assert statuses(await asyncio.gather(*(say(teacher, "ask_back", same, "k") for _ in range(100)))) == [201] * 100
    assert world.scalar("select count(*) from feedback") == 1
    undone = await asyncio.gather(*(teacher.delete(f"/v1/feedback/{same}") for _ in range(100)))
    assert statuses(undone) == [204] * 100
    asked = await asyncio.gather(*(say(teacher, "ask_back", new_id(world), f"{n}") for n in range(50)))
    assert statuses(asked) == [201] + [409] * 49
    answered = await asyncio.gather(*(say(pupil, "answer", new_id(world), f"{n}") for n in range(50)))
    assert statuses(answered) == [201] + [409] * 49


async def test_a_question_taken_back_late_does_not_close_a_newer_one(world: World) -> None:
    entry = world.new_entry()
    pupil, teacher, dean = (world.client(p) for p in (world.pupil, world.teacher, world.dean))

    async def say(client: httpx.AsyncClient, kind: str) -> str:
        said = {"id": str(new_id(world)), "kind": kind, "text": "Hoe?"}
        answer = await client.post(f"/v1/entries/{entry}/feedback", json=said, headers={"Idempotency-Key": said["id"]})
        assert answer.status_code == 201, answer.text
        world.clock.set(world.clock.now() + timedelta(seconds=9))
        return said["id"]

    first = await say(teacher, "ask_back")
    await say(pupil, "answer")
    await say(dean, "ask_back")
    assert (await teacher.delete(f"/v1/feedback/{first}")).status_code == 204
    assert world.scalar("select state from entry") == "asked_back"


async def test_an_answer_taken_back_after_its_question_was_waits_for_nothing(world: World) -> None:
    entry = world.new_entry()
    pupil, teacher = world.client(world.pupil), world.client(world.teacher)
    q, a = ({"id": str(new_id(world)), "kind": k, "text": "Hoe?"} for k in ("ask_back", "answer"))
    await teacher.post(f"/v1/entries/{entry}/feedback", json=q, headers={"Idempotency-Key": "1"})
    await pupil.post(f"/v1/entries/{entry}/feedback", json=a, headers={"Idempotency-Key": "1"})
    await teacher.delete(f"/v1/feedback/{q['id']}")
    await pupil.delete(f"/v1/feedback/{a['id']}")
    assert world.scalar("select state from entry") == "shared"


# --- keys -------------------------------------------------------------------------------------------


async def test_a_key_is_its_owners_and_for_one_request(world: World) -> None:
    entry = world.new_entry()
    teacher, dean = world.client(world.teacher), world.client(world.dean)
    said = {"id": str(new_id(world)), "kind": "comment", "text": "Mooi"}
    url = f"/v1/entries/{entry}/feedback"
    assert (await teacher.post(url, json=said)).status_code == 400
    assert (await teacher.post(url, json=said, headers={"Idempotency-Key": "k"})).status_code == 201
    assert (
        await teacher.post(url, json=said | {"text": "Niet mooi"}, headers={"Idempotency-Key": "k"})
    ).status_code == 422
    other = await dean.post(url, json=said, headers={"Idempotency-Key": "k"})
    assert other.status_code == 409
    assert "Mooi" not in other.text
    for odd in ("", "é".encode("latin-1"), "a" * 101, "a b"):
        assert (await teacher.post(url, json=said, headers={"Idempotency-Key": odd})).status_code in (400, 422)


# --- cards ------------------------------------------------------------------------------------------


async def test_cards_are_made_for_pupils_of_the_own_group_only(world: World) -> None:
    teacher = world.client(world.teacher)
    answer = await teacher.post(f"/v1/groups/{world.group}/cards", json={"pupilIds": []})
    assert answer.status_code in (200, 422), answer.text
    answer = await teacher.post(f"/v1/groups/{world.group}/cards", json={"pupilIds": [str(world.other_pupil)]})
    assert answer.status_code == 422


# --- the database itself ----------------------------------------------------------------------------


async def test_the_role_of_the_app_sees_nothing_by_itself_and_makes_nothing(world: World) -> None:
    entry = world.new_entry()
    world.new_feedback(entry, world.teacher)
    world.new_file(entry)
    world.new_card(world.pupil)
    world.new_window(world.group)
    world.new_invitation(world.pupil)
    assert world.settings.database_url
    engine = create_engine(world.settings.database_url)
    for table in (
        "entry", "entry_version", "feedback", "attachment", "access_log", "pupil_card", "class_window", "invitation",
    ):  # fmt: skip
        with engine.begin() as connection:
            assert connection.scalar(text(f"select count(*) from {table}")) == 0, table
            connection.execute(text("select set_config('app.viewer', :me, true)"), {"me": str(world.classmate)})
            assert connection.scalar(text(f"select count(*) from {table}")) == 0, table
    for statement in (
        "set role talent_owner",
        "set session authorization postgres",
        "create table x (a int)",
        "create temp table entry (a int)",
        "create function f() returns int language sql return 1",
        "alter table entry disable row level security",
        "drop policy entry_read on entry",
        "set session_replication_role = replica",
        "set row_security = off; select * from entry",
        "delete from entry",
        "delete from access_log",
        "update access_log set rule = 'x'",
        "copy entry to program 'id'",
        "select pg_read_file('/etc/passwd')",
        "select * from pg_authid",
        "update account set username = 'x'",
        "update account set closed_at = null",
        "update feedback set text = 'x'",
        "update feedback set entry_id = entry_id",
        "insert into staff_role select * from staff_role",
        "update guardianship set guardian_id = pupil_id",
        "update guardianship_decision set reason = 'x'",
        "update person set created_at = now()",
        "delete from person",
        "delete from placement",
        "update admin_act set facts = '{}'",
        "delete from admin_act",
        "update procrastinate_jobs set args = '{}'",
    ):
        with pytest.raises(DBAPIError), engine.begin() as connection:
            connection.execute(text(statement))
    for statement in (
        "update account set password_hash = 'x'",
        "update guardianship set state = 'confirmed'",
        "update person set given_name = 'x'",
        "update person set closed_at = now()",
        "update placement set ends_on = null",
        "update staff_role set ends_on = null",
        "update school_group set name = 'x'",
        "delete from group_assignment",
        "delete from group_membership",
    ):
        with engine.begin() as connection:
            assert connection.execute(text(statement)).rowcount == 0, statement
    engine.dispose()


# --- what hangs -------------------------------------------------------------------------------------


async def test_a_store_that_hangs_takes_nothing_else_along(world: World) -> None:
    entries = [world.new_entry() for _ in range(30)]
    with socket.create_server(("127.0.0.1", 0)) as silent:
        store = f"http://127.0.0.1:{silent.getsockname()[1]}"
        app = create_app(world.settings.model_copy(update={"s3_endpoint_url": store}), world.clock)
        async with app.router.lifespan_context(app):
            world.app = app
            pupil = world.client(world.pupil)

            async def announce(entry: UUID) -> httpx.Response:
                file = {"id": str(new_id(world)), "name": "a.pdf", "mediaType": "application/pdf", "size": 20_000_000}
                key = {"Idempotency-Key": file["id"]}
                return await pupil.post(f"/v1/entries/{entry}/attachments", json=file, headers=key)

            uploads = [asyncio.create_task(announce(entry)) for entry in entries]
            await asyncio.wait(uploads, return_when=asyncio.FIRST_COMPLETED)
            async with asyncio.timeout(8):
                assert (await pupil.get("/v1/me")).status_code == 200
                assert (await pupil.put(f"/v1/entries/{new_id(world)}", json=CONTENT)).status_code == 201
                signed_in = await pupil.post("/v1/sessions", json={"username": "omar", "password": PASSWORD})
                assert signed_in.status_code == 201
            answers = await asyncio.gather(*uploads)
            assert statuses(answers) == [503] * 30
            assert answers[0].headers["retry-after"]


# --- what is written down ---------------------------------------------------------------------------


async def test_logs_and_problems_tell_nothing_about_anybody(world: World) -> None:
    """A word that is typed in every place, and what signs in, are in no line of the log and in no problem."""
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    configure_logging("info")
    root = logging.getLogger()
    handler.setFormatter(root.handlers[0].formatter)
    handler.addFilter(lambda record: record.name != "httpx")  # the browser of these tests, not ours
    root.addHandler(handler)
    word, entry = "kanariegeel", world.new_entry()
    pupil, signed_in = world.client(world.pupil), world.client(None)
    token = pupil.headers["Cookie"].removeprefix("sid=")
    answers = [
        await signed_in.post("/v1/sessions", json={"username": word, "password": word}),
        await signed_in.post("/v1/sessions/by-card", json={"secret": word, "pin": "8091"}),
        await pupil.put(f"/v1/entries/{new_id(world)}", json={**CONTENT, "title": word, word: word}),
        await pupil.put(f"/v1/entries/{new_id(world)}", json={**CONTENT, "feeling": word, "tags": [word]}),
        await pupil.put(f"/v1/entries/{word}", json=CONTENT),
        await pupil.put(f"/v1/entries/{entry}", json={**CONTENT, "body": word}),
        await pupil.get(f"/v1/pupils?query={word}&cursor={word}"),
        await pupil.get(f"/v1/{word}", headers={"Accept-Language": word, "User-Agent": word}),
    ]
    # Whatever fails unforeseen: the database quotes the row, Python its values.
    world.change(f"alter table entry add constraint canary check (title <> '{word}') not valid")
    try:
        answers.append(await pupil.put(f"/v1/entries/{new_id(world)}", json={**CONTENT, "title": word}))
    finally:
        world.change("alter table entry drop constraint canary")
        root.removeHandler(handler)
        configure_logging(world.settings.log_level)
    assert [answer.status_code for answer in answers] == [401, 401, 422, 422, 422, 409, 400, 404, 500]
    assert "unexpected failure" in told.getvalue()
    for secret in (word, token, "8091", str(world.pupil), str(entry), "Yara"):
        assert secret not in told.getvalue()
    for answer in answers:
        assert "Traceback" not in answer.text
        assert "insert" not in answer.text.lower()
        assert answer.json()["requestId"]
    assert word not in answers[-1].text
