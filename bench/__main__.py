"""`make bench`: one table on the screen, and var/bench.json. Needs nothing but the project itself."""

import asyncio
import io
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import httpx
from rich.console import Console
from rich.table import Table
from sqlalchemy import Date, Uuid, bindparam, event
from sqlalchemy.dialects.postgresql.asyncpg import dialect as asyncpg_dialect
from uuid_utils.compat import uuid7

from app.access import actions as access_actions
from app.main import create_app
from app.people.policy import visible_pupils
from app.people.rosters.connected import bring_in_as_worker
from app.people.rosters.files import read_roster
from app.platform.clock import system_clock
from app.platform.db import asyncpg_arguments, migrate
from app.platform.embedded import embedded_engines
from app.platform.settings import Settings
from bench import bundle, dossier, files, load, morning, roster, takeaway, world

SECONDS = float(os.environ.get("BENCH_SECONDS", "3"))
ROUNDS = 3
PHOTO_SIZE = 2_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """One figure; `ratio` compares it with the row or peer named in `ratio_to`."""

    value: float
    unit: str
    ratio_to: str | None = None
    ratio: float | None = None

    def as_json(self) -> dict[str, Any]:
        """As written to bench.json."""
        compared = {"ratio_to": self.ratio_to, "ratio": self.ratio} if self.ratio_to else {}
        return {"value": round(self.value, 3), "unit": self.unit, **compared}


@contextmanager
def _serving(target: str, port: int, environment: dict[str, str], *options: str) -> Iterator[int]:
    """A uvicorn process of one worker; yields its process id once it answers."""
    command = [sys.executable, "-m", "uvicorn", target, "--port", str(port), "--log-level", "error", *options]
    process = subprocess.Popen([*command, "--no-access-log"], env=os.environ | environment)
    try:
        deadline = time.monotonic() + 30
        while True:
            try:
                httpx.get(f"http://127.0.0.1:{port}/livez", timeout=1)
                break
            except httpx.TransportError:
                if time.monotonic() > deadline or process.poll() is not None:
                    raise
        yield process.pid
    finally:
        process.terminate()
        process.wait(10)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _environment(settings: Settings) -> dict[str, str]:
    return {
        "TALENT_DATABASE_URL": settings.database_url or "",
        "TALENT_DATABASE_OWNER_URL": settings.database_owner_url or "",
        "TALENT_DATABASE_WORKER_URL": settings.database_worker_url or "",
        "TALENT_S3_ENDPOINT_URL": settings.s3_endpoint_url or "",
        "TALENT_S3_ACCESS_KEY": settings.s3_access_key,
        "TALENT_S3_SECRET_KEY": settings.s3_secret_key.get_secret_value(),
        "TALENT_S3_BUCKET": settings.s3_bucket,
        "TALENT_PIN_PEPPER": settings.pin_pepper.get_secret_value(),
        "TALENT_LOG_LEVEL": "error",
    }


def _memory_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found
    return int(found[1]) / 1024


def _cookie(who: str) -> dict[str, str]:
    return {"Cookie": f"sid={world.TOKENS[who]}"}


async def _pages(ours: int, ceiling: int, made: world.World) -> dict[str, Row]:
    """Requests per second, ours and the ceiling's in turn; the median of the rounds."""
    rows: dict[str, Row] = {}
    for name, limit in (("page.portfolio-40", 40), ("page.first-20", 20)):
        own, mentor, top = [], [], []
        path = f"/v1/pupils/{made.pupil}/portfolio?limit={limit}"
        async with httpx.AsyncClient() as client:
            page = await client.get(f"http://127.0.0.1:{ours}{path}", headers=_cookie("pupil"))
            assert page.json() == (await client.get(f"http://127.0.0.1:{ceiling}/{made.pupil}/{limit}")).json()
        for _ in range(ROUNDS):
            top.append(await load.run(ceiling, f"/{made.pupil}/{limit}", {}, SECONDS))
            own.append(await load.run(ours, path, _cookie("pupil"), SECONDS))
            mentor.append(await load.run(ours, path, _cookie("mentor"), SECONDS))
        assert not any(one.errors for one in own + mentor + top)
        best = statistics.median(one.per_second for one in top)
        for row, measured in ((name, mentor), (f"{name}.own", own)):
            per_second = statistics.median(one.per_second for one in measured)
            rows[row] = Row(per_second, "requests/s", f"ceiling.{limit}", round(per_second / best, 3))
        rows[f"ceiling.{limit}"] = Row(best, "requests/s")
    rows |= await _picture(ours, ceiling, made)
    rows |= await _conversation(ours, ceiling, made)
    rows |= await _school(ours, ceiling, made)
    for name, group, who in (
        ("page.class-30", made.class_30, "mentor"),
        ("page.class-500", made.class_500, "mentor of 500"),
    ):
        measured = [await load.run(ours, f"/v1/groups/{group}", _cookie(who), SECONDS)]
        assert not any(one.errors for one in measured)
        rows[name] = Row(measured[0].per_second, "requests/s")
    per_pupil = rows["page.class-30"].value / rows["page.class-500"].value
    large = rows["page.class-500"]
    rows["page.class-500"] = Row(large.value, large.unit, "page.class-30 (time; rows grow 16.7 ×)", round(per_pupil, 2))
    return rows


async def _picture(ours: int, ceiling: int, made: world.World) -> dict[str, Row]:
    """The talent picture of 400 entries over ten years, against the same JSON without anything around it."""
    path, bare, who = (
        f"/v1/pupils/{made.ten_years}/picture",
        f"/{made.ten_years}/picture",
        _cookie("pupil of ten years"),
    )
    async with httpx.AsyncClient() as client:
        page = (await client.get(f"http://127.0.0.1:{ours}{path}", headers=who)).json()
        other = (await client.get(f"http://127.0.0.1:{ceiling}{bare}")).json()
        assert {key: page[key] for key in ("pupil", "viewer", "years", "entries")} == {
            key: other[key] for key in ("pupil", "viewer", "years", "entries")
        }
        assert len(page["entries"]) == 440
    return await _beside((ours, path, who), (ceiling, bare), "page.talent-picture", "ceiling.picture")


async def _conversation(ours: int, ceiling: int, made: world.World) -> dict[str, Row]:
    """The one page of a talk, as the mentor opens it, against the same JSON without anything around it."""
    path, bare, who = (
        f"/v1/conversations/{made.conversation}",
        f"/{made.conversation}/conversation",
        _cookie("mentor"),
    )
    async with httpx.AsyncClient() as client:
        page = (await client.get(f"http://127.0.0.1:{ours}{path}", headers=who)).json()
        other = (await client.get(f"http://127.0.0.1:{ceiling}{bare}")).json()
        # Words of one day stand in no order.
        for shown in (page, other):
            shown["picture"]["words"].sort(key=lambda word: word["key"])
        assert page == other
        assert (len(page["picture"]["entries"]), len(page["earlier"]), len(page["sheet"]["shown"])) == (40, 2, 3)
    return await _beside((ours, path, who), (ceiling, bare), "page.conversation", "ceiling.conversation")


async def _school(ours: int, ceiling: int, made: world.World) -> dict[str, Row]:
    """The dean's overview of 2,000 pupils with one year behind them, and with ten; the same JSON beside it."""
    rows: dict[str, Row] = {}
    for name, school, dean in (
        ("school-2000", made.school_of_2000, "dean of 2000"),
        ("school-2000.ten-years", made.school_of_ten_years, "dean of ten years"),
    ):
        path, bare, who = f"/v1/schools/{school}", f"/{school}/school", _cookie(dean)
        async with httpx.AsyncClient() as client:
            page = (await client.get(f"http://127.0.0.1:{ours}{path}", headers=who)).json()
            assert page == (await client.get(f"http://127.0.0.1:{ceiling}{bare}")).json()
        rows |= await _beside((ours, path, who), (ceiling, bare), f"page.{name}", f"ceiling.{name}")
    return rows


async def _beside(
    ours: tuple[int, str, dict[str, str]], ceiling: tuple[int, str], page: str, bare: str
) -> dict[str, Row]:
    """Requests per second of a page (port, path, whose cookie) and of what its ceiling does, in turn."""
    own, top = [], []
    for _ in range(ROUNDS):
        top.append(await load.run(*ceiling, {}, SECONDS))
        own.append(await load.run(*ours, SECONDS))
    assert not any(one.errors for one in own + top)
    best, per_second = (statistics.median(one.per_second for one in runs) for runs in (top, own))
    return {bare: Row(best, "requests/s"), page: Row(per_second, "requests/s", bare, round(per_second / best, 3))}


@contextmanager
def _working(environment: dict[str, str]) -> Iterator[int]:
    """A worker; yields its process id."""
    worker = subprocess.Popen([sys.executable, "-m", "app.cli", "worker"], env=os.environ | environment)
    try:
        yield worker.pid
    finally:
        worker.terminate()
        worker.wait(40)


async def _class_photos(settings: Settings, ours: int) -> dict[str, Row]:
    """A class sends thirty photos at once to a server with one worker, on the same cores as all this."""
    headers = [{"Cookie": f"sid={world.classmate(number)}"} for number in range(files.PUPILS)]
    connection = await asyncpg.connect(**asyncpg_arguments(settings.database_owner_url or ""))
    with _working(_environment(settings)) as pid:
        found = await files.bring_in(f"http://127.0.0.1:{ours}", headers, connection)
        memory = _memory_mb(pid)
    await connection.close()
    return {
        "upload.thumbnail-s": Row(found["first_s"], "s"),
        "class.30-photos-s": Row(found["thumbnails_s"], "s"),
        "class.page-p95-ms": Row(found["page_p95_ms"], "ms"),
        "memory.worker-mb": Row(memory, "MB"),
    }


class _Counter:
    """Counts the statements of one process, transaction control left out."""

    def __init__(self, app: Any) -> None:
        self.count = 0
        database = app.state.database
        event.listen(database.engine.sync_engine, "before_cursor_execute", self._add)
        self._pool = database.pages

    def _add(self, *_: Any) -> None:
        self.count += 1

    async def of(self, request: Any) -> int:
        """Statements that answering this request takes, on connections that are warm."""
        await request()
        self.count = 0
        connections = [await self._pool.acquire() for _ in range(self._pool.get_size())]
        for connection in connections:
            connection.add_query_logger(self._add)
        for connection in connections:
            await self._pool.release(connection)
        answer = await request()
        assert answer.status_code < 300, answer.text
        return self.count


async def _in_process(settings: Settings, made: world.World) -> dict[str, Row]:
    """What is measured inside the app: statements per page, sign-in without the hash, an entry with a photo."""
    rows: dict[str, Row] = {}
    app = create_app(settings, system_clock)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        headers = {"X-Requested-By": "portfolio", "Origin": settings.origin}
        async with httpx.AsyncClient(transport=transport, base_url=settings.origin, headers=headers) as client:
            for name, path, who in (
                ("page.portfolio-40", f"/v1/pupils/{made.pupil}/portfolio?limit=40", "mentor"),
                ("page.first-20", f"/v1/pupils/{made.pupil}/portfolio?limit=20", "mentor"),
                ("page.talent-picture", f"/v1/pupils/{made.ten_years}/picture", "pupil of ten years"),
                ("page.conversation", f"/v1/conversations/{made.conversation}", "mentor"),
                ("page.class-30", f"/v1/groups/{made.class_30}", "mentor"),
                ("page.class-500", f"/v1/groups/{made.class_500}", "mentor of 500"),
                ("page.school-2000", f"/v1/schools/{made.school_of_2000}", "dean of 2000"),
            ):
                count = await _Counter(app).of(lambda path=path, who=who: client.get(path, headers=_cookie(who)))
                rows[f"statements.{name}"] = Row(count, "statements")
            rows |= await _care(app, client, made)
            rows |= await _ahead(app, client)
            rows |= await _visible_pupils(settings, made.dean_of_2000)
            rows |= await _sign_in(client, made.username)
            rows |= await _new_entry(client)
    return rows


async def _care(app: Any, client: httpx.AsyncClient, made: world.World) -> dict[str, Row]:
    """The dean's look around a school of 2,000, with one year behind it and with ten, in turn: the time has to stay."""
    schools = ((made.school_of_2000, "dean of 2000"), (made.school_of_ten_years, "dean of ten years"))
    spent: list[list[float]] = [[], []]
    for _ in range(20):
        for times, (school, who) in zip(spent, schools, strict=True):
            start = time.perf_counter()
            answer = await client.get(f"/v1/schools/{school}/care", headers=_cookie(who))
            times.append(time.perf_counter() - start)
            assert len(answer.json()["groups"]) == 80, answer.text
    path = f"/v1/schools/{made.school_of_ten_years}/care"
    count = await _Counter(app).of(lambda: client.get(path, headers=_cookie("dean of ten years")))
    one, ten = (statistics.median(times) * 1000 for times in spent)
    return {
        "page.care-2000.one-year": Row(one, "ms"),
        "page.care-2000": Row(ten, "ms", "page.care-2000.one-year (nine years more)", round(ten / one, 2)),
        "statements.page.care-2000": Row(count, "statements"),
    }


async def _ahead(app: Any, client: httpx.AsyncClient) -> dict[str, Row]:
    """What comes and waits for a pupil of 400 stories, in a school that plans 2,000 activities a year."""
    rows: dict[str, Row] = {}
    today, who = system_clock.today(), _cookie("pupil with much ahead")
    for name, path in (
        ("page.my-activities", "/v1/me/activities"),
        ("page.my-today", "/v1/me/today"),
        ("page.my-calendar", f"/v1/me/calendar?from={today - timedelta(15)}&until={today + timedelta(26)}"),
        ("page.my-suggestion", "/v1/me/suggestion"),
    ):
        spent = []
        for _ in range(20):
            start = time.perf_counter()
            answer = await client.get(path, headers=who)
            spent.append(time.perf_counter() - start)
            assert answer.status_code == 200, answer.text
        rows[name] = Row(statistics.median(spent) * 1000, "ms")
        count = await _Counter(app).of(lambda path=path: client.get(path, headers=who))
        rows[f"statements.{name}"] = Row(count, "statements")
    return rows


async def _visible_pupils(settings: Settings, dean: UUID) -> dict[str, Row]:
    """Median time of the first wall's query for a dean of 2,000 pupils, as the app's role, all rows fetched."""
    query = visible_pupils(bindparam("viewer", type_=Uuid()), bindparam("today", type_=Date()))
    compiled = query.compile(dialect=asyncpg_dialect())  # type: ignore[no-untyped-call]
    values = {"viewer": dean, "today": system_clock.today()}
    arguments = [values[name] for name in compiled.positiontup]
    connection = await asyncpg.connect(**asyncpg_arguments(settings.database_url or ""))
    spent = []
    for _ in range(50):
        start = time.perf_counter()
        found = await connection.fetch(str(compiled), *arguments)
        spent.append(time.perf_counter() - start)
        assert len(found) == 2_001
    await connection.close()
    return {"visible-pupils-2000-ms": Row(statistics.median(spent) * 1000, "ms")}


async def _sign_in(client: httpx.AsyncClient, username: str) -> dict[str, Row]:
    """Median of a whole sign-in, less the time inside the password hash."""
    spent: list[float] = []
    hashing = 0.0
    hasher = access_actions.PASSWORDS
    verify = hasher.verify

    def timed(*arguments: Any) -> Any:
        nonlocal hashing
        start = time.perf_counter()
        answer = verify(*arguments)
        hashing = time.perf_counter() - start
        return answer

    hasher.verify = timed  # type: ignore[method-assign]
    try:
        for _ in range(4):
            start = time.perf_counter()
            answer = await client.post("/v1/sessions", json={"username": username, "password": world.PASSWORD})
            spent.append(time.perf_counter() - start - hashing)
            assert answer.status_code == 201, answer.text
    finally:
        hasher.verify = verify  # type: ignore[method-assign]
    client.cookies.clear()
    return {"signin.without-hash-ms": Row(statistics.median(spent) * 1000, "ms")}


async def _new_entry(client: httpx.AsyncClient) -> dict[str, Row]:
    """A new entry with a photo of 2 MB: how often the app is asked, and how long it takes in all."""
    photo = b"\xff\xd8\xff\xe0\x00\x10JFIF" + os.urandom(PHOTO_SIZE - 10)
    totals: list[float] = []
    requests = 0
    for _ in range(9):
        requests, total = 0, 0.0
        entry, file = uuid7(), uuid7()
        etag = ""
        for method, path, body in (
            ("PUT", f"/v1/entries/{entry}", {"title": "Meting", "details": {"kind": "experience"}}),
            (
                "POST",
                f"/v1/entries/{entry}/attachments",
                {"id": str(file), "name": "foto.jpg", "mediaType": "image/jpeg", "size": PHOTO_SIZE},
            ),
            ("POST", f"/v1/attachments/{file}/complete", None),
        ):
            start = time.perf_counter()
            answer = await client.request(
                method,
                path,
                json=body if body is not None else {"parts": [{"number": 1, "etag": etag}]},
                headers=_cookie("pupil") | {"Idempotency-Key": str(uuid7())},
            )
            total += time.perf_counter() - start
            requests += 1
            assert answer.status_code < 300, answer.text
            if path.endswith("attachments"):
                url = answer.json()["parts"][0]["url"]
                sent = await asyncio.to_thread(httpx.put, url, content=photo, timeout=30)
                sent.raise_for_status()
                etag = sent.headers["ETag"]
        totals.append(total)
    return {
        "upload.app-ms": Row(statistics.median(totals) * 1000, "ms"),
        "upload.app-requests": Row(requests, "requests"),
    }


def _roster(settings: Settings) -> dict[str, Row]:
    """20,000 pupils, as many guardians and 1,200 teachers: read and brought in, and the same once more."""
    today = system_clock.today()
    spent = []
    for _ in range(2):
        start = time.perf_counter()
        read = read_roster(io.BytesIO(roster.bundle(today)), today)
        outcome = bring_in_as_worker(settings.database_worker_url or "", read, today, keep=lambda _: True)
        spent.append(time.perf_counter() - start)
    assert outcome.counts == {}, "the same file again changes nothing"
    assert outcome.pupils == roster.PUPILS
    return {"roster.20000-s": Row(spent[0], "s"), "roster.20000-again-s": Row(spent[1], "s")}


def _bundle() -> dict[str, Row]:
    """What the first load of the pupil's home weighs."""
    return {f"bundle.{what}-kb": Row(weight, "kB gzip") for what, weight in bundle.measure().items()}


def _dossier() -> dict[str, Row]:
    """Forty stories with a picture each as PDF/UA-1: process and all, and the most that it held."""
    found = dossier.measure()
    return {
        "dossier.40-s": Row(found["s"], "s"),
        "dossier.40-peak-mb": Row(found["peak_mb"], "MB"),
        "dossier.40-size-mb": Row(found["size_mb"], "MB"),
    }


async def _measure(settings: Settings) -> dict[str, Row]:
    connection = await asyncpg.connect(**asyncpg_arguments(settings.database_owner_url or ""))
    await connection.execute("truncate person, school, school_year, sign_in_attempts cascade")
    made = await world.build(connection, system_clock.now(), system_clock.today())
    await connection.close()
    environment = _environment(settings)
    ours, ceiling = _free_port(), _free_port()
    with _serving("app.main:create_app", ours, environment, "--factory") as pid:
        with _serving("bench.ceiling:app", ceiling, environment):
            rows = await _pages(ours, ceiling, made)
        rows["memory.serve-mb"] = Row(_memory_mb(pid), "MB")
        rows |= await _class_photos(settings, ours)
    return rows | await _in_process(settings, made) | await asyncio.to_thread(_roster, settings)


def _takeaway(settings: Settings) -> dict[str, Row]:
    """A whole portfolio in one file, and back: memory is to be the same for 40 photos and for 400."""
    found = asyncio.run(takeaway.measure(settings, _environment(settings)))
    return {
        "export.40-s": Row(found["40_s"], "s", "peer (10–12 s)", round(found["40_s"] / 11, 3)),
        "export.40-papers-s": Row(found["40_papers_s"], "s"),
        "export.400-s": Row(found["400_s"], "s"),
        "export.400-peak-mb": Row(found["400_peak_mb"], "MB", "export of 40", round(found["peak_ratio"], 2)),
        "import.400-s": Row(found["import_s"], "s"),
    }


def _morning() -> dict[str, Row]:
    """Three minutes of a city at work, on an installation of its own."""
    units = {"rps": "requests/s", "ms": "ms", "mb": "MB"}
    return {name: Row(value, units.get(re.split("[.-]", name)[-1], "")) for name, value in morning.measure().items()}


def main() -> None:
    """Measures all rows, prints them, and writes bench.json below the var directory."""
    base = Settings()
    var = base.var_dir
    var.mkdir(parents=True, exist_ok=True)
    with embedded_engines(base.model_copy(update={"var_dir": var / "bench", "log_level": "error"})) as settings:
        migrate(settings)
        rows = asyncio.run(_measure(settings))
        rows |= _takeaway(settings)
    rows |= _bundle() | _dossier() | _morning()
    table = Table("what", "value", "unit", "ratio", "to")
    for name, row in sorted(rows.items()):
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        table.add_row(name, f"{row.value:,.2f}", row.unit, ratio, row.ratio_to or "")
    Console().print(table)
    (var / "bench.json").write_text(json.dumps({name: row.as_json() for name, row in rows.items()}, indent=2))


if __name__ == "__main__":
    main()
