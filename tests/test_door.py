"""Bad input at the door: everything gets a problem in plain words, nothing a stack trace."""

import json
from typing import Any

import pytest
from uuid_utils.compat import uuid7

from tests.ids import new_id
from tests.world import World

CONTENT: dict[str, Any] = {"title": "Haven", "details": {"kind": "experience"}}


@pytest.mark.parametrize(
    ("body", "headers", "status", "type_"),
    [
        (b"", {}, 422, "validation"),
        (b"{", {}, 400, "malformed-json"),
        (b"[" * 100_000, {}, 400, "malformed-json"),
        (b'"' + b"a" * 1_000_001 + b'"', {}, 413, "too-large"),
        (b"{}", {"Content-Type": "text/plain"}, 415, "unsupported-media-type"),
        (b"{}", {"Sec-Fetch-Site": "cross-site"}, 403, "csrf"),
        (b"{}", {"X-Requested-By": ""}, 403, "csrf"),
    ],
)
async def test_a_body_that_cannot_be_read(
    body: bytes, headers: dict[str, str], status: int, type_: str, world: World
) -> None:
    answer = await world.client(world.pupil).put(
        f"/v1/entries/{new_id(world)}", content=body, headers={"Content-Type": "application/json"} | headers
    )
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{type_}")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"ownerId": "x"}, "/ownerId"),
        ({"title": "a" * 201}, "/title"),
        ({"title": "\u0000"}, "/title"),
        ({"title": "\u202eabc"}, "/title"),
        ({"title": "\u200b\u200b"}, "/title"),
        ({"body": "a" * 100_000}, "/body"),
        ({"happenedOn": "1800-01-01"}, "/happenedOn"),
        ({"happenedOn": "3000-01-01"}, "/happenedOn"),
        ({"happenedOn": "2026-02-30"}, "/happenedOn"),
        ({"happenedOn": "2026-11-02", "endedOn": "2026-11-01"}, "/"),
        ({"tags": ["a"] * 10_000}, "/tags"),
        ({"details": {"kind": "experience", "hours": -1}}, "/details/experience/hours"),
        ({"details": {"kind": "other"}}, "/details"),
        ({"workFields": ["piraat"]}, "/workFields/0"),
    ],
)
async def test_a_field_that_cannot_stay_is_pointed_out(change: dict[str, Any], pointer: str, world: World) -> None:
    answer = await world.client(world.pupil).put(f"/v1/entries/{new_id(world)}", json=CONTENT | change)
    assert answer.status_code == 422, answer.text
    assert pointer in [error["pointer"] for error in answer.json()["errors"]]
    assert all(error["detail"] for error in answer.json()["errors"])


@pytest.mark.parametrize("text", ["😀 groot", "مرحبا بكم", "Zoe\u0308 e\u0301n o\u0302", "Łukasz & Çağla <b>"])
async def test_every_script_and_sign_that_people_use_is_kept(text: str, world: World) -> None:
    client = world.client(world.pupil)
    entry = new_id(world)
    await client.put(f"/v1/entries/{entry}", json=CONTENT | {"title": text, "body": text})
    kept = (await client.get(f"/v1/entries/{entry}")).json()
    assert (kept["title"], kept["body"]) == (text, text)


@pytest.mark.parametrize("number", ["NaN", "1e309", "Infinity"])
async def test_numbers_that_are_none_are_refused(number: str, world: World) -> None:
    body = json.dumps(CONTENT | {"details": {"kind": "experience", "hours": "#"}}).replace('"#"', number)
    answer = await world.client(world.pupil).put(
        f"/v1/entries/{new_id(world)}", content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code in (400, 422)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/pupils?limit=1000000000", 422),
        ("/v1/pupils?cursor=abc", 400),
        ("/v1/pupils?cursor=%5B%5D", 400),
        ("/v1/pupils?query=%00", 400),
        ("/v1/entries/not-an-id", 422),
        ("/v1/nothing", 404),
    ],
)
async def test_an_address_that_makes_no_sense(path: str, status: int, world: World) -> None:
    answer = await world.client(world.teacher).get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_foreign_cursor_shows_nothing_more(world: World) -> None:
    """A cursor is only a place in a sorted list: another's cursor gives one's own page from there."""
    for number in range(3):
        world.new_entry(f"Ding {number}")
    mine = await world.client(world.pupil).get(f"/v1/pupils/{world.pupil}/portfolio?limit=2")
    cursor = mine.json()["nextCursor"]
    assert mine.headers["link"] == f'</v1/pupils/{world.pupil}/portfolio?limit=2&cursor={cursor}>; rel="next"'
    other = await world.client(world.classmate).get(f"/v1/pupils/{world.classmate}/portfolio?cursor={cursor}")
    assert other.json()["items"] == []
    rest = await world.client(world.pupil).get(f"/v1/pupils/{world.pupil}/portfolio?limit=2&cursor={cursor}")
    assert [item["title"] for item in rest.json()["items"]] == ["Ding 0"]
    assert rest.json()["nextCursor"] is None


async def test_every_answer_carries_the_security_headers(world: World) -> None:
    for path in ("/v1/me", "/livez", "/v1/nothing", f"/v1/entries/{uuid7()}"):
        headers = (await world.client(world.pupil).get(path)).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-frame-options"] == "DENY"
    assert (await world.client(world.pupil).get("/v1/me")).headers["cache-control"] == "no-store"
    assert (await world.client(world.pupil).get("/v1/me")).headers["api-version"]


async def test_any_site_may_read_the_document_of_the_api_and_nothing_else(world: World) -> None:
    allowed = "access-control-allow-origin"
    assert (await world.client(None).get("/v1/openapi.json")).headers[allowed] == "*"
    for path in ("/v1/me", "/v1/openapi.json/", "/livez"):
        assert allowed not in (await world.client(world.pupil).get(path)).headers


async def test_problems_speak_the_readers_language(world: World) -> None:
    client = world.client(world.pupil)
    dutch = (await client.get("/v1/nothing")).json()
    english = (await client.get("/v1/nothing", headers={"Accept-Language": "en-GB,nl;q=0.5"})).json()
    assert (dutch["title"], english["title"]) == ("Dit is er niet", "This is not here")
