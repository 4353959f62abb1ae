"""What the operator sees: enough to mend things, and nothing about anybody."""

import asyncio
import io
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from pydantic import SecretStr
from sqlalchemy import create_engine, text

from app.access.invitations.tasks import mail_invitation
from app.main import create_app
from app.media.tasks import make_renditions
from app.platform.jobs import enqueue, run_worker
from app.platform.settings import Settings
from app.platform.telemetry.logs import configure_logging, told
from app.platform.telemetry.work import Work
from tests.ids import new_id
from tests.mail_server import free_port
from tests.test_attacks import CONTENT
from tests.world import PASSWORD, World

WORD = "kanariegeel"


@contextmanager
def listening() -> Iterator[io.StringIO]:
    """All that is logged meanwhile, as it is written."""
    found = io.StringIO()
    handler = logging.StreamHandler(found)
    root = logging.getLogger()
    handler.setFormatter(root.handlers[0].formatter)
    handler.addFilter(lambda record: record.name != "httpx")  # the browser of these tests, not ours
    root.addHandler(handler)
    try:
        yield found
    finally:
        root.removeHandler(handler)
        configure_logging("error")


@contextmanager
def collector() -> Iterator[tuple[str, list[bytes]]]:
    """A receiver of traces: its address, and what came."""
    came: list[bytes] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            came.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1/traces", came
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@asynccontextmanager
async def served(world: World, settings: Settings) -> AsyncIterator[FastAPI]:
    """The app with other settings, on the same world."""
    app = create_app(settings, world.clock)
    before, world.app = world.app, app
    try:
        async with app.router.lifespan_context(app):
            yield app
    finally:
        await world.close()
        world.app = before


async def until(there: Callable[[], bool]) -> None:
    for _ in range(1000):
        if there():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def spans(came: list[bytes]) -> dict[str, dict[str, str]]:
    """Names of all spans and what is said of them."""
    found = {}
    for body in came:
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            for scope in resource.scope_spans:
                for span in scope.spans:
                    found[span.name] = {each.key: str(each.value) for each in span.attributes}
    return found


async def test_a_day_at_school_leaves_nothing_about_anybody_in_logs_figures_and_traces(world: World) -> None:
    """Everything at its most talkative, and a marked word in every place; mail and store fail on the way."""
    port, worker_port = free_port(), free_port()
    with collector() as (otlp_url, came):
        settings = world.settings.model_copy(
            update={
                "log_level": "debug",
                "metrics_port": port,
                "worker_metrics_port": worker_port,
                "otlp_url": otlp_url,
                "smtp_url": SecretStr(f"smtp://{WORD}:{WORD}@127.0.0.1:1"),
                "mail_from": "noreply@example.nl",
            }
        )
        async with served(world, settings) as app:
            with listening() as written:
                pupil, nobody, teacher = world.client(world.pupil), world.client(None), world.client(world.teacher)
                token = pupil.headers["Cookie"].removeprefix("sid=")
                entry, file = new_id(world), new_id(world)
                answers = [
                    await nobody.post("/v1/sessions", json={"username": WORD, "password": WORD}),
                    await nobody.post("/v1/sessions/by-card", json={"secret": WORD, "pin": "8091"}),
                    await nobody.post("/v1/sessions", json={"username": "yara", "password": PASSWORD}),
                    await pupil.put(
                        f"/v1/entries/{entry}", json={**CONTENT, "title": WORD, "body": f"{WORD}@example.nl"}
                    ),
                    await pupil.post(
                        f"/v1/entries/{entry}/attachments",
                        json={"id": str(file), "name": f"{WORD}.jpg", "mediaType": "image/jpeg", "size": 9},
                    ),
                    await pupil.get(f"/v1/pupils/{world.pupil}/portfolio?limit=20"),
                    await teacher.get(f"/v1/pupils?query={WORD}"),
                    await nobody.get(f"/v1/{WORD}"),
                ]
                world.change(f"alter table entry add constraint canary check (title <> '{WORD}') not valid")
                try:
                    answers.append(await pupil.put(f"/v1/entries/{new_id(world)}", json={**CONTENT, "title": WORD}))
                finally:
                    world.change("alter table entry drop constraint canary")
                missing = world.new_file(entry, state="received", object_key=f"original/{WORD}", file_key=None)
                world.new_invitation(world.guardian, mail_to=f"{WORD}@example.nl")
                invited = world.scalar("select id from invitation")
                async with app.state.database.begin() as session:
                    await enqueue(session, make_renditions, attachment_id=str(missing))
                    await enqueue(session, mail_invitation, invitation_id=str(invited))
                await run_worker(settings, until_empty=True)
                with Work().open(settings):
                    async with httpx.AsyncClient() as prometheus:
                        figures = (await prometheus.get(f"http://127.0.0.1:{port}/metrics")).text
                        figures += (await prometheus.get(f"http://127.0.0.1:{worker_port}/metrics")).text
    assert [answer.status_code for answer in answers] == [401, 401, 201, 201, 201, 200, 200, 404, 500]
    traced = b"".join(came).decode(errors="replace")
    for secret in (WORD, token, PASSWORD, "8091", "yara", "Yara", *map(str, (world.pupil, entry, file, world.teacher))):
        for where in (written.getvalue(), figures, traced):
            assert secret not in where

    told_of = {line["route"]: line for line in lines(written) if line["what"] == "request"}
    page = told_of["/v1/pupils/{pupil_id}/portfolio"]
    assert (page["method"], page["status"], page["statements"]) == ("GET", 200, 1)
    assert page["request_id"] == answers[5].headers["X-Request-Id"]
    assert page["ms"] > 0
    failed = next(line for line in lines(written) if line["what"] == "unexpected failure")
    assert failed["request_id"] == answers[-1].headers["X-Request-Id"]
    assert {"sqlstate": "23514", "constraint_name": "canary", "table_name": "entry"}.items() <= failed["errors"][
        -1
    ].items()
    assert any("portfolio/" in frame for error in failed["errors"] for frame in error["stack"])
    job = next(line for line in lines(written) if line["what"] == "job" and line["task"] == "make_renditions")
    assert (job["outcome"], job["level"]) == ("failed", "error")

    for figure in (
        'talent_requests_total{method="GET",route="/v1/pupils/{pupil_id}/portfolio",status="200"} 1.0',
        'talent_requests_total{method="GET",route="unknown",status="404"} 1.0',
        'talent_request_seconds_count{route="/v1/sessions"} 2.0',
        'talent_pool_connections{pool="pages",state="most"} 4.0',
        'talent_jobs{state="later",task="make_renditions"} 1.0',
        'talent_uploads{state="uploading"} 1.0',
        "talent_mails_waiting 1.0",
        "talent_database_reached 1.0",
        "talent_database_bytes ",
    ):
        assert figure in figures, figure
    said = spans(came)
    assert {"GET /v1/pupils/{pupil_id}/portfolio", "page", "insert", "POST /v1/sessions"} <= said.keys()
    assert page["request_id"] in said["GET /v1/pupils/{pupil_id}/portfolio"]["talent.request_id"]


def test_an_error_is_told_by_kinds_codes_and_places_and_never_by_its_message(settings: Settings) -> None:
    engine = create_engine(settings.database_owner_url or "")
    try:
        with engine.begin() as connection:
            connection.execute(text("select cast(:word as int)"), {"word": WORD})
    except Exception as error:
        found = told(error)
    engine.dispose()
    assert [(one["kind"], one.get("sqlstate")) for one in found] == [
        ("DataError", None),
        ("InvalidTextRepresentation", "22P02"),
    ]
    assert WORD not in json.dumps(found)
    assert "tests/platform/test_telemetry.py" in str(found[0]["stack"])


async def test_readiness_tells_whether_a_worker_is_there_and_does_not_wait_for_one(
    world: World, settings: Settings
) -> None:
    anybody = world.client(None)
    away = await anybody.get("/readyz")
    assert (away.status_code, away.json()["worker"]) == (200, "away")
    working = asyncio.create_task(run_worker(settings))
    try:
        async with asyncio.timeout(10):
            while (await anybody.get("/readyz")).json()["worker"] != "ok":  # noqa: ASYNC110 - the worker has no event for us
                await asyncio.sleep(0.05)
    finally:
        os.kill(os.getpid(), signal.SIGTERM)
        await working


def test_figures_and_traces_cost_nothing_where_nobody_wants_them() -> None:
    program = (
        "import sys; from app.main import create_app; from app.platform.settings import Settings; create_app()\n"
        "print([name for name in sys.modules if name.startswith(('opentelemetry.sdk', 'prometheus', 'google'))])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_setting_may_stand_in_a_file_and_a_variable_goes_before_it(tmp_path: Path) -> None:
    (tmp_path / "talent_pin_pepper").write_text("peper uit een bestand")
    (tmp_path / "talent_s3_bucket").write_text("uit-een-bestand")
    told = {"TALENT_SECRETS_DIR": str(tmp_path), "TALENT_S3_BUCKET": "uit-een-variabele"}
    program = (
        "from app.platform.settings import Settings; found = Settings()\n"
        "print(found.pin_pepper.get_secret_value(), found.s3_bucket)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], env=os.environ | told, capture_output=True, text=True)
    assert done.stdout.strip() == "peper uit een bestand uit-een-variabele"


@pytest.fixture
def server(settings: Settings) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The app in a process of its own, as an operator runs it: the process, and its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    given = {
        "TALENT_DATABASE_URL": settings.database_url or "",
        "TALENT_S3_ENDPOINT_URL": settings.s3_endpoint_url or "",
        "TALENT_S3_ACCESS_KEY": settings.s3_access_key,
        "TALENT_S3_SECRET_KEY": settings.s3_secret_key.get_secret_value(),
        "TALENT_PIN_PEPPER": settings.pin_pepper.get_secret_value(),
        "TALENT_PORT": str(port),
    }
    command = [sys.executable, "-m", "app.cli", "serve"]
    process = subprocess.Popen(command, env=os.environ | given, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    origin = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                httpx.get(f"{origin}/livez", timeout=1)
                break
            except httpx.TransportError:
                threading.Event().wait(0.1)
        yield process, origin
    finally:
        process.kill()
        process.wait()


def refuses(origin: str) -> bool:
    try:
        socket.create_connection(("127.0.0.1", int(origin.rpartition(":")[2])), timeout=1).close()
    except OSError:
        return True
    return False


async def test_told_to_stop_the_app_answers_what_it_has_in_hand_and_takes_nothing_new(
    world: World, server: tuple[subprocess.Popen[bytes], str]
) -> None:
    process, origin = server
    held = create_engine(world.settings.database_owner_url or "").connect()
    held.execute(text("lock table account in access exclusive mode"))
    async with httpx.AsyncClient(base_url=origin, headers={"X-Requested-By": "portfolio", "Origin": origin}) as browser:
        asked = asyncio.create_task(browser.post("/v1/sessions", json={"username": "x", "password": "y"}))
        waiting = text("select count(*) from pg_locks where not granted")
        with create_engine(world.settings.database_owner_url or "").connect() as watching:
            await until(lambda: watching.scalar(waiting) > 0)
        process.send_signal(signal.SIGTERM)
        await until(lambda: refuses(origin))
        assert not asked.done()
        held.rollback()
        held.close()
        assert (await asked).status_code == 401
    assert process.wait(10) == 0
