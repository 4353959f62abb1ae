"""What the OpenAPI document says is what the app does: for made-up requests of every kind, as every role.

Each operation is called with what its schema allows and with what it forbids. The allowed requests get ids that
exist, so that they reach past the door. TALENT_FUZZ_EXAMPLES makes more of them.
"""

import base64
import itertools
import json
import os
import socket
import threading
from collections.abc import Iterator

import pytest
import requests
import schemathesis
import uvicorn
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, Phase
from hypothesis import settings as effort
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy import text

from app.main import create_app
from app.platform.clock import FixedClock
from app.platform.settings import Settings
from app.platform.storage import Storage
from tests.ids import new_id
from tests.world import World

EXAMPLES = int(os.environ.get("TALENT_FUZZ_EXAMPLES", "5"))
ROLES = ("nobody", "coordinator", "admin", "guardian", "teacher", "dean", "pupil")
"""Those who may least come first: what one changes, the next finds."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
OURS = {"X-Requested-By": "portfolio", "Sec-Fetch-Site": "same-origin"}

api = schemathesis.openapi.from_dict(create_app(Settings()).openapi())
api.config.generation.update(with_security_parameters=False)  # the roles bring their own cookies
# Refusals that come before the fields are looked at, or after: too large, of no known type, another state.
api.config.checks.negative_data_rejection.expected_statuses = [
    "400", "401", "403", "404", "409", "412", "413", "415", "422", "428", "429",
]  # fmt: skip


@pytest.fixture(scope="module")
def address(settings: Settings, clock: FixedClock) -> Iterator[str]:
    """The app behind a real server, in a thread of its own."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(create_app(settings, clock), log_level="critical", lifespan="on", server_header=False)
    )
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listener.close()


KEPT = (
    "session",
    "entry",
    "entry_version",
    "attachment",
    "feedback",
    "access_log",
    "idempotency_key",
    "sign_in_attempts",
)


class Visit:
    """Everybody signed in, and what the requests are about: put back as it was before each of them."""

    def __init__(self, world: World) -> None:
        self.world = world
        entry = world.new_entry(competencies=["networking"], tags=["haven"])
        world.new_draft()
        world.new_feedback(entry, world.guardian, kind="reaction", voice="home")
        self.ids = {
            "entry_id": entry,
            "pupil_id": world.pupil,
            "group_id": world.group,
            "school_id": world.kust,
            "attachment_id": world.new_file(entry),
            "feedback_id": world.new_feedback(entry, world.teacher),
        }
        self.headers = {role: OURS | _cookie(world, role) for role in ROLES}
        self.ids["session_id"] = world.scalar("select id from session where person_id = :pupil", pupil=world.pupil)
        self.turn = itertools.cycle(ROLES)
        self._connection = world.engine.connect()
        self._rows = {
            table: self._connection.scalar(text(f"select coalesce(jsonb_agg(to_jsonb(t)), '[]')::text from {table} t"))
            for table in KEPT
        }

    def begin(self) -> None:
        """Everything as it was."""
        for table in reversed(KEPT):
            self._connection.execute(text(f"delete from {table}"))
        for table, rows in self._rows.items():
            self._connection.execute(
                text(
                    f"insert into {table} select * from jsonb_populate_recordset(null::{table}, cast(:rows as jsonb))"
                ),
                {"rows": rows},
            )
        self._connection.commit()

    def point(self, case: schemathesis.Case) -> None:
        """Gives a well-formed request ids that exist, and what only a device that read the page before can know."""
        for name in case.path_parameters:
            case.path_parameters[name] = str(self.ids.get(name, case.path_parameters[name]))
        case.headers.update({"If-Match": '"1"', "Idempotency-Key": str(new_id(self.world))})
        if isinstance(case.body, dict) and "id" in case.body:
            case.body["id"] = str(new_id(self.world))
        if isinstance(case.body, dict) and "mediaType" in case.body:
            case.body |= {"mediaType": "image/jpeg", "size": 1000}

    def close(self) -> None:
        self._connection.close()


def _cookie(world: World, role: str) -> dict[str, str]:
    person = None if role == "nobody" else getattr(world, role)
    return {name: value for name, value in world.client(person).headers.items() if name == "cookie"}


@pytest.fixture
def visit(world: World) -> Iterator[Visit]:
    made = Visit(world)
    yield made
    made.close()


@api.parametrize()
@effort(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_the_document_holds_for_every_role(case: schemathesis.Case, visit: Visit, address: str) -> None:
    well_formed = case.meta is None or case.meta.generation.mode.is_positive
    if well_formed:
        visit.begin()
        visit.point(case)
    # What is malformed is refused whoever asks: one asks each time, in turn.
    with requests.Session() as browser:
        for role in ROLES if well_formed else (next(visit.turn),):
            answer = case.call(base_url=address, session=browser, headers=visit.headers[role], allow_redirects=False)
            case.validate_response(answer, checks=CHECKS)


ODD = [
    "\x00",
    '"\x00"',
    "\x01\x7f",
    "é",
    "\xff\xfe",
    "😀",
    "",
    " ",
    ",;=,",
    "*",
    '"1',
    'W/"1"',
    '"' + "9" * 30 + '"',
    "a" * 30_000,
]
FIELDS = (
    "Cookie", "If-Match", "If-None-Match", "Idempotency-Key", "Accept-Language", "Accept", "User-Agent", "Origin",
    "Content-Length", "Content-Type", "Range", "Host", "X-Forwarded-For", "X-Request-Id", "Accept-Encoding",
)  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
async def test_an_odd_header_is_no_failure(field: str, world: World) -> None:
    """Straight to the app: a server in front of it may let through what a browser would never send."""
    entry = world.new_entry()
    client = world.client(world.pupil)
    for value in ODD:
        for sid in ("sid=", "") if field == "Cookie" else ("",):
            headers = {field: f"{sid}{value}".encode()}
            answers = [
                await client.get(f"/v1/entries/{entry}", headers=headers),
                await client.get("/v1/reference", headers=headers),
                await client.get("/v1/nothing", headers=headers),
                await client.put(f"/v1/entries/{entry}", json={"details": {"kind": "experience"}}, headers=headers),
                await client.post(f"/v1/entries/{entry}/feedback", json=_comment(world), headers=headers),
            ]
            assert [answer.status_code for answer in answers if answer.status_code >= 500] == [], (field, value)


def _comment(world: World) -> dict[str, str]:
    return {"id": str(new_id(world)), "kind": "comment", "text": "Mooi."}


PAGED = ("/v1/me/looks", "/v1/review-queue", "/v1/pupils", "/v1/pupils/{pupil}/portfolio")
PARTS: list[object] = [
    "", "\x00", "\ud800", "a" * 300, None, 1, [], {}, "0001-01-01", "9999-12-31", "2026-11-24",
    "2026-11-24T11:00:00", "2026-11-24T11:00:00+00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
    "infinity", "00000000-0000-0000-0000-000000000000", "not-an-id",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGED)
async def test_a_made_up_cursor_is_no_failure(path: str, world: World) -> None:
    client = world.client(world.pupil)
    last = "00000000-0000-0000-0000-000000000000"
    keys: list[object] = [[part, last] for part in PARTS] + [[part] for part in PARTS] + PARTS + [[[[]]]]
    cursors = [base64.urlsafe_b64encode(json.dumps(key).encode()).decode() for key in keys]
    for cursor in [*cursors, "", "=", "====", "é", "-_-_", "Ww", "a" * 501]:
        answer = await client.get(path.format(pupil=world.pupil), params={"cursor": cursor})
        assert answer.status_code in (200, 400, 422), (cursor, answer.text)


@pytest.mark.parametrize(
    "query",
    [
        "(((((",
        "[",
        "\\",
        "a\\",
        "*" * 100,
        ".* " * 33,
        "a " * 50,
        "{9999}",
        "(?=",
        "😀",
        "\u202e",
        "%_",
        "ß" * 100,
        "İ" * 100,
    ],
)
async def test_an_odd_search_is_no_failure(query: str, world: World) -> None:
    answer = await world.client(world.dean).get("/v1/pupils", params={"query": query})
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("status", [500, 503])
async def test_a_store_in_trouble_is_tried_later(status: int, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What S3 itself answers when it is too busy; boto3 has tried again before."""

    def refuse(*_: object) -> str:
        meta = {"ResponseMetadata": {"HTTPStatusCode": status}, "Error": {"Code": "SlowDown"}}
        raise ClientError(meta, "CreateMultipartUpload")  # type: ignore[arg-type]

    monkeypatch.setattr(Storage, "start_upload", refuse)
    answer = await world.client(world.pupil).post(
        f"/v1/entries/{world.new_entry()}/attachments",
        json={"id": str(new_id(world)), "name": "kraan.jpg", "mediaType": "image/jpeg", "size": 1000},
    )
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/try-later")
    assert answer.headers["retry-after"]
