"""A quarter past nine in a city: pupils open, write and add photos, teachers review, parents read.

`python -m bench.morning` runs everything on this machine and prints a table; the load comes from a process of its own
(`python -m bench.morning drive …`). `BENCH_LOAD_SECONDS` (180), `BENCH_RATE` (170 requests a second are asked for).
"""

import asyncio
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import httpx
import uvloop
from uuid_utils.compat import uuid7

from app.platform.clock import system_clock
from app.platform.db import asyncpg_arguments, migrate
from app.platform.embedded import embedded_engines
from app.platform.settings import Settings
from bench import city, files
from bench.city import Person
from bench.load import Answer, Line

SECONDS = float(os.environ.get("BENCH_LOAD_SECONDS", "180"))
RATE = float(os.environ.get("BENCH_RATE", "170"))
CLASSES = int(os.environ.get("BENCH_CLASSES", "40"))
USERS = {"pupil": 90, "teacher": 30, "parent": 30}
PATIENCE_S = 30
"""So long a device tries a write again that was not confirmed, as the queue in the browser does."""


@dataclass(slots=True)
class Told:
    """What the load generator saw: times by journey, answers, failures with their moment, and what was confirmed."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: Counter[str] = field(default_factory=Counter)
    failed: list[tuple[float, str]] = field(default_factory=list)
    entries: dict[str, tuple[str, int]] = field(default_factory=dict)
    feedback: dict[str, str] = field(default_factory=dict)
    photos: list[str] = field(default_factory=list)
    given_up: int = 0
    requests: int = 0


class _GaveUp(Exception):
    """Not confirmed within the patience of a device: it goes on with it later."""


class _Browser:
    """One person at a device."""

    def __init__(self, line: Line, person: Person, told: Told, pause: float) -> None:
        self._line, self._told, self._pause = line, told, pause
        self.about = person.about
        self._headers = {
            "Cookie": f"sid={person.token}",
            "X-Requested-By": "portfolio",
            "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/json",
        }

    async def ask(self, journey: str, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """One request, tried again with the same id until it is answered; then a moment to look at it."""
        until, wait = time.monotonic() + PATIENCE_S, 0.25
        content = b"" if body is None else json.dumps(body).encode()
        while True:
            began = time.perf_counter()
            try:
                answer = await self._line.ask(method, path, self._headers | headers, content, PATIENCE_S)
                status = str(answer.status)
            except (OSError, TimeoutError):
                answer, status = None, "away"
            self._told.requests += 1
            self._told.statuses[status] += 1
            if answer is not None and answer.status < 500:
                self._told.times[journey].append((time.perf_counter() - began) * 1000)
                await asyncio.sleep(random.expovariate(1 / self._pause))
                return answer
            self._told.failed.append((time.time(), f"{journey} {status} {time.perf_counter() - began:.1f} s"))
            if time.monotonic() > until:
                self._told.given_up += 1
                raise _GaveUp
            await asyncio.sleep(wait * random.uniform(0.5, 1.5))
            wait = min(2 * wait, 4)  # as a device does: who all come back at once keep a server down


async def _pupil(browser: _Browser, told: Told, photo: bytes) -> None:
    await browser.ask("home", "GET", "/v1/me/today")
    await browser.ask("portfolio", "GET", f"/v1/pupils/{browser.about}/portfolio?limit=20")
    entry = str(uuid7())
    title = f"Meting {entry}"
    content: dict[str, Any] = {"title": title, "details": {"kind": "experience"}}
    answer = await browser.ask("write", "PUT", f"/v1/entries/{entry}", content)
    if answer.status not in (200, 201):
        return
    told.entries[entry] = (title, 1)
    for _ in range(2):
        content["body"] = content.get("body", "") + "Ik zag een kraan. "
        version = told.entries[entry][1]
        answer = await browser.ask("write", "PUT", f"/v1/entries/{entry}", content, **{"If-Match": f'"{version}"'})
        if answer.status == 412:  # an answer that got lost: what was sent is there
            version = json.loads(answer.body)["current"] - 1
        told.entries[entry] = (title, version + 1)
    if random.random() < 0.1:
        await _photo(browser, told, entry, photo)
    await browser.ask("entry", "GET", f"/v1/entries/{entry}")


async def _photo(browser: _Browser, told: Told, entry: str, photo: bytes) -> None:
    file = str(uuid7())
    start = {"id": file, "name": "foto.jpg", "mediaType": "image/jpeg", "size": len(photo)}
    until = time.monotonic() + PATIENCE_S
    plan = await browser.ask("photo", "POST", f"/v1/entries/{entry}/attachments", start)
    if plan.status not in (200, 201):
        return
    url = json.loads(plan.body)["parts"][0]["url"]
    path = urlsplit(url)._replace(scheme="", netloc="").geturl()
    store = Line(url.removesuffix(path))
    while time.monotonic() < until:
        try:
            sent = await store.ask("PUT", path, {"Content-Type": "image/jpeg"}, photo, 10)
            if sent.status == 200:
                parts = {"parts": [{"number": 1, "etag": sent.headers["etag"]}]}
                answer = await browser.ask("photo", "POST", f"/v1/attachments/{file}/complete", parts)
                if answer.status < 300:
                    told.photos.append(file)
                    break
        except (OSError, TimeoutError):
            told.failed.append((time.time(), "photo, at the store"))
        await asyncio.sleep(0.3)
    store.close()


async def _teacher(browser: _Browser, told: Told, _: bytes) -> None:
    group = await browser.ask("class", "GET", f"/v1/groups/{browser.about}")
    pupils = [each["id"] for each in json.loads(group.body)["pupils"]]
    await browser.ask("queue", "GET", "/v1/review-queue")
    page = await browser.ask("portfolio", "GET", f"/v1/pupils/{random.choice(pupils)}/portfolio?limit=20")
    for card in json.loads(page.body)["items"][:1]:
        entry = card["id"]
        await browser.ask("entry", "GET", f"/v1/entries/{entry}")
        id_ = str(uuid7())
        words = {"id": id_, "kind": "comment", "text": f"Goed gezien {id_}"}
        said = await browser.ask("review", "POST", f"/v1/entries/{entry}/feedback", words, **{"Idempotency-Key": id_})
        if said.status in (200, 201):
            told.feedback[id_] = words["text"]


async def _parent(browser: _Browser, _: Told, __: bytes) -> None:
    await browser.ask("parent", "GET", "/v1/home")
    await browser.ask("portfolio", "GET", f"/v1/pupils/{browser.about}/portfolio?limit=20")


JOURNEYS: dict[str, Callable[[_Browser, Told, bytes], Awaitable[None]]] = {
    "pupil": _pupil,
    "teacher": _teacher,
    "parent": _parent,
}


async def drive(origin: str, people: dict[str, list[Person]], seconds: float, rate: float) -> Told:
    """The morning itself. Each user waits so long between two requests that all together ask about `rate` a second."""
    told = Told()
    photo = files.photo(1)
    until = time.monotonic() + seconds
    pause = sum(USERS.values()) / rate

    async def user(kind: str, number: int) -> None:
        line = Line(origin)
        await asyncio.sleep(random.random() * pause)
        while time.monotonic() < until:
            person = people[kind][(number + random.randrange(100) * USERS[kind]) % len(people[kind])]
            try:
                await JOURNEYS[kind](_Browser(line, person, told, pause), told, photo)
            except _GaveUp:
                continue
        line.close()

    await asyncio.gather(*(user(kind, number) for kind, many in USERS.items() for number in range(many)))
    return told


class Installation:
    """The whole product as an operator runs it: engines, app and worker, each a process; its figures after a run."""

    def __init__(self, settings: Settings, port: int) -> None:
        self.settings, self.port = settings, port
        self.origin = f"http://127.0.0.1:{port}"
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, part: str) -> None:
        """Starts app or worker."""
        given = self.settings
        told = {
            "TALENT_DATABASE_URL": given.database_url,
            "TALENT_DATABASE_WORKER_URL": given.database_worker_url,
            "TALENT_S3_ENDPOINT_URL": given.s3_endpoint_url,
            "TALENT_S3_ACCESS_KEY": given.s3_access_key,
            "TALENT_S3_SECRET_KEY": given.s3_secret_key.get_secret_value(),
            "TALENT_PIN_PEPPER": given.pin_pepper.get_secret_value(),
            "TALENT_PORT": str(self.port),
            "TALENT_LOG_LEVEL": "info",
        }
        outside = {name: value for name, value in os.environ.items() if not name.startswith("TALENT_")}
        outside.pop("PYTHONDONTWRITEBYTECODE", None)  # an image holds its code compiled; so does who starts twice
        environment = outside | {name: value for name, value in told.items() if value}
        command = [sys.executable, "-m", "app.cli", "serve" if part == "app" else part]
        log = (given.var_dir / f"{part}.log").open("ab")
        self.processes[part] = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=log)

    def wait(self) -> None:
        """Until the app answers."""
        for _ in range(600):
            try:
                if httpx.get(f"{self.origin}/readyz", timeout=2).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.05)
        raise TimeoutError

    def memory_mb(self, part: str) -> float:
        """The most that a process held."""
        status = Path(f"/proc/{self.processes[part].pid}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024

    def cpu_s(self) -> dict[str, float]:
        """Seconds of processor that each part has taken, with all it started."""
        engines = self.settings.var_dir / "engines"
        pids = {part: int((engines / part / "pid").read_text()) for part in ("postgres", "s3")}
        pids |= {part: process.pid for part, process in self.processes.items()}
        return {part: _cpu_s(pid) for part, pid in pids.items()}

    def stop(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            process.wait(40)


def _cpu_s(pid: int) -> float:
    """What a process, its children and those that ended have taken (utime, stime, cutime, cstime; man 5 proc)."""
    try:
        ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15]
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except FileNotFoundError:  # ended meanwhile
        return 0.0
    own = sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
    return own + sum(_cpu_s(int(child)) for child in children)


async def prepare(settings: Settings) -> dict[str, list[Person]]:
    """An empty database gets its city."""
    connection = await asyncpg.connect(**asyncpg_arguments(settings.database_owner_url or ""))
    await connection.execute("truncate person, school, school_year, sign_in_attempts, procrastinate_jobs cascade")
    async with connection.transaction():
        people = await city.build(connection, system_clock.now(), system_clock.today(), CLASSES)
    await connection.execute("analyze")
    await connection.close()
    return people


def driver(installation: Installation, people: dict[str, list[Person]], seconds: float, folder: Path) -> Any:
    """The load generator, in a process of its own; it writes told.json into the folder."""
    plan = {kind: [asdict(person) for person in each] for kind, each in people.items()}
    (folder / "people.json").write_text(json.dumps(plan))
    command = [sys.executable, "-m", "bench.morning", "drive", installation.origin, str(folder), str(seconds)]
    return subprocess.Popen(command)


async def checked(settings: Settings, told: dict[str, Any]) -> dict[str, int]:
    """What was confirmed and is not there, and what is there twice."""
    connection = await asyncpg.connect(**asyncpg_arguments(settings.database_owner_url or ""))
    entries = {
        str(row[0]): (row[1], row[2])
        for row in await connection.fetch("select id, title, version from entry where title like 'Meting %'")
    }
    said = {str(row[0]): row[1] for row in await connection.fetch("select id, text from feedback")}
    kept = {str(row[0]) for row in await connection.fetch("select id from attachment where state <> 'uploading'")}
    waiting = await connection.fetchval("select count(*) from attachment where state = 'received'")
    await connection.close()
    lost = sum(entries.get(id_, ("", 0))[0] != title for id_, (title, _) in told["entries"].items())
    lost += sum(entries.get(id_, ("", 0))[1] < version for id_, (_, version) in told["entries"].items())
    lost += sum(said.get(id_) != text for id_, text in told["feedback"].items())
    lost += len({*told["photos"]} - kept)
    doubled = len(entries) - len({title for title, _ in entries.values()})
    doubled += len(said) - len({*said.values()})
    return {
        "writes": sum(version for _, version in told["entries"].values()) + len(told["feedback"]) + len(told["photos"]),
        "lost": lost,
        "doubled": doubled,
        "photos": len(told["photos"]),
        "photos-waiting": waiting,
    }


def rows_of(told: dict[str, Any], seconds: float) -> dict[str, float]:
    """load.… as they stand in bench.json."""
    times = [each for some in told["times"].values() for each in some]
    found = {
        "load.rps": told["requests"] / seconds,
        "load.p95-ms": statistics.quantiles(times, n=20)[18],
        "load.errors": sum(n for status, n in told["statuses"].items() if status == "away" or status >= "500"),
    }
    for journey, some in sorted(told["times"].items()):
        if len(some) > 20:
            found[f"load.{journey}-p50-ms"] = statistics.median(some)
            found[f"load.{journey}-p95-ms"] = statistics.quantiles(some, n=20)[18]
    return found


def measure(seconds: float = SECONDS) -> dict[str, float]:
    """The whole run, on engines of its own."""
    base = Settings()
    var = base.var_dir / "bench-morning"
    with embedded_engines(base.model_copy(update={"var_dir": var, "log_level": "error"})) as settings:
        migrate(settings)
        people = asyncio.run(prepare(settings))
        installation = Installation(settings, free_port())
        for part in ("app", "worker"):
            installation.start(part)
        try:
            installation.wait()
            with tempfile.TemporaryDirectory() as name:
                before = installation.cpu_s()
                assert driver(installation, people, seconds, Path(name)).wait() == 0
                taken = {part: spent - before[part] for part, spent in installation.cpu_s().items()}
                told = json.loads((Path(name) / "told.json").read_text())
            rows = rows_of(told, seconds)
            rows |= {f"load.{part}-cpu-ms": 1000 * spent / told["requests"] for part, spent in taken.items()}
            rows |= {f"load.{part}-mb": installation.memory_mb(part) for part in ("app", "worker")}
            rows |= {f"load.{name}": each for name, each in asyncio.run(checked(settings, told)).items()}
        finally:
            installation.stop()
    return rows


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def main() -> None:
    if sys.argv[1:2] == ["drive"]:
        origin, folder, seconds = sys.argv[2], Path(sys.argv[3]), float(sys.argv[4])
        plan = json.loads((folder / "people.json").read_text())
        people = {kind: [Person(**person) for person in each] for kind, each in plan.items()}
        told = uvloop.run(drive(origin, people, seconds, RATE))
        (folder / "told.json").write_text(json.dumps({each.name: getattr(told, each.name) for each in fields(told)}))
        return
    for name, value in measure().items():
        print(f"{name:28} {value:10.1f}")


if __name__ == "__main__":
    main()
