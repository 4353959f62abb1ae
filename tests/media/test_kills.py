"""Everything may be killed at any moment: what was confirmed is there, once, and database and store agree.

Small in the whole run; `TALENT_TRY_UPLOADS=200` tries the real thing, the worker killed as well.
"""

import asyncio
import contextlib
import hashlib
import io
import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pikepdf
import pytest
from PIL import Image
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from app.media.policy import PART_SIZE
from app.media.reconcile import Report, reconcile
from app.platform.clock import system_clock
from app.platform.db import migrate
from app.platform.embedded import embedded_engines
from app.platform.settings import Settings
from app.platform.storage import Storage
from tests.ids import new_id
from tests.media import making
from tests.world import PASSWORD, World

UPLOADS = int(os.environ.get("TALENT_TRY_UPLOADS", "24"))
AT_ONCE = 4
MANY = UPLOADS >= 100
PARTS = ("app", "s3", "postgres", *(("worker",) if MANY else ()))
"""A worker's jobs come back after a minute and a half: too long for the whole run, which tries that by itself."""
KILLS = len(PARTS) * (4 if MANY else 1)
PATIENCE_S = 120 if MANY else 60


class Region:
    """The whole product as an operator runs it: engines, app and worker, each a process that can be killed."""

    def __init__(self, var_dir: Path) -> None:
        self.base = Settings(var_dir=var_dir, database_url=None, s3_endpoint_url=None, log_level="error")
        self.engines = ExitStack()
        self.settings = self.engines.enter_context(embedded_engines(self.base))
        migrate(self.settings)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        for part in ("app", "worker"):
            self._start(part)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _start(self, part: str) -> None:
        given = self.settings
        told = {
            "TALENT_DATABASE_URL": given.database_url,
            "TALENT_DATABASE_WORKER_URL": given.database_worker_url,
            "TALENT_S3_ENDPOINT_URL": given.s3_endpoint_url,
            "TALENT_S3_ACCESS_KEY": given.s3_access_key,
            "TALENT_S3_SECRET_KEY": given.s3_secret_key.get_secret_value(),
            "TALENT_PIN_PEPPER": given.pin_pepper.get_secret_value(),
            "TALENT_PORT": str(self.port),
            "TALENT_LOG_LEVEL": "error",
        }
        outside = {name: value for name, value in os.environ.items() if not name.startswith("TALENT_")}
        command = [sys.executable, "-m", "app.cli", "serve" if part == "app" else part]
        environment = outside | {name: value for name, value in told.items() if value}
        self.processes[part] = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)

    def kill(self, part: str) -> None:
        """Kill -9, and started again as a supervisor would."""
        if process := self.processes.get(part):
            process.kill()
            process.wait()
            self._start(part)
            return
        os.kill(int((self.base.var_dir / "engines" / part / "pid").read_text()), signal.SIGKILL)
        with embedded_engines(self.base) as running:
            assert running.s3_endpoint_url == self.settings.s3_endpoint_url

    def stop(self) -> None:
        for process in self.processes.values():
            process.terminate()
            process.wait(40)
        self.engines.close()


@pytest.fixture
def region(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Region]:
    made = Region(tmp_path_factory.mktemp("kills"))
    try:
        yield made
    finally:
        made.stop()


def photo(number: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), (number % 256, 80, 120)).save(out, "JPEG")
    return out.getvalue()


def document(dice: random.Random) -> bytes:
    """A PDF of two parts."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(making.pdf())) as pdf:
        pdf.Root.Ballast = pdf.make_stream(dice.randbytes(PART_SIZE + 1000))
        pdf.save(out, compress_streams=False)
    return out.getvalue()


class Device:
    """Sends files as the app on a phone does: again and again until the server has confirmed."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        self.last = ""

    async def send(self, entry_id: UUID, file_id: UUID, name: str, media_type: str, content: bytes) -> None:
        told = {"id": str(file_id), "name": name, "mediaType": media_type, "size": len(content)}
        parts = [content[at : at + PART_SIZE] for at in range(0, len(content), PART_SIZE)]
        sums = [hashlib.sha256(part).hexdigest() for part in parts]
        async for _ in again():
            try:
                plan = await self._ask("POST", f"/v1/entries/{entry_id}/attachments", told)
                if plan["state"] != "uploading":
                    return
                arrived = {part["number"]: part["etag"] for part in plan["uploaded"]}
                for part in plan["parts"]:
                    answer = await self._client.put(part["url"], content=parts[part["number"] - 1])
                    require(answer)
                    arrived[part["number"]] = answer.headers["etag"]
                finish = [{"number": n, "etag": etag, "sha256": sums[n - 1]} for n, etag in arrived.items()]
                await self._ask("POST", f"/v1/attachments/{file_id}/complete", {"parts": finish})
                return
            except (httpx.TransportError, Passing) as error:
                self.last = f"{file_id}: {error!r}"

    async def _ask(self, method: str, path: str, body: dict[str, Any]) -> Any:
        answer = await self._client.request(method, path, json=body)
        require(answer)
        return answer.json()


class Passing(Exception):
    """It may go well the next time."""


def require(answer: httpx.Response) -> None:
    if answer.status_code >= 500 or answer.status_code in (403, 404, 409):
        raise Passing(answer.text)  # the store that starts says 404 of what it has not found again yet
    assert answer.is_success, answer.text


async def again() -> AsyncIterator[int]:
    """Tries, each a moment after the last, until patience ends."""
    loop = asyncio.get_running_loop()
    end, tries = loop.time() + PATIENCE_S, 0
    while loop.time() < end:
        yield tries
        tries += 1
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.Event().wait(), min(0.1 * tries, 2))
    raise AssertionError("it never came back")


async def until(condition: Callable[[], Any]) -> None:
    async for _ in again():
        if condition():
            return


async def test_nothing_confirmed_is_lost_or_doubled_whatever_is_killed(region: Region) -> None:
    dice = random.Random(24)
    world = World(region.settings, None, system_clock)  # type: ignore[arg-type]
    year = system_clock.today().year - (system_clock.today().month < 8)
    world.change("update placement set starts_on = :day", day=f"{year}-08-01")
    entries = [world.new_entry(f"Map {number}", school_year=year) for number in range(UPLOADS // 10 + 1)]
    files = {new_id(world): entries[number // 10] for number in range(UPLOADS)}
    contents = {
        file_id: ("application/pdf", document(dice)) if number % 8 == 7 else ("image/jpeg", photo(number))
        for number, file_id in enumerate(files)
    }
    waiting, confirmed = list(files), []

    headers = {"X-Requested-By": "portfolio", "Sec-Fetch-Site": "same-origin"}
    async with httpx.AsyncClient(base_url=region.origin, headers=headers, timeout=20) as client:
        async for _ in again():
            with contextlib.suppress(httpx.TransportError, Passing):
                login = {"username": "yara", "password": PASSWORD, "device": "own"}
                require(await client.post("/v1/sessions", json=login))
                break
        device = Device(client)

        async def lane() -> None:
            while waiting:
                file_id = waiting.pop()
                media_type, content = contents[file_id]
                await device.send(files[file_id], file_id, f"{file_id}.x", media_type, content)
                confirmed.append(file_id)

        async def killer() -> None:
            for kill in range(KILLS):
                before = len(confirmed)
                await asyncio.to_thread(region.kill, PARTS[kill % len(PARTS)])
                goal = min(before + UPLOADS // (KILLS + 1), UPLOADS)
                await until(lambda goal=goal: len(confirmed) >= goal)  # type: ignore[misc]

        try:
            await asyncio.gather(killer(), *(lane() for _ in range(AT_ONCE)))
        except AssertionError as error:
            raise AssertionError(f"{len(confirmed)} of {UPLOADS} confirmed; {device.last}") from error

    assert sorted(confirmed) == sorted(files)
    world.engine.dispose()  # its connections died with the database
    await until(lambda: world.scalar("select count(*) from attachment where state in ('uploading', 'received')") == 0)
    assert world.scalar("select count(*) from attachment where state = 'ready'") == UPLOADS
    report = await compare(region.settings)
    assert not report.examples, report
    world.engine.dispose()


async def compare(settings: Settings) -> Report:
    """Every file read again."""
    assert settings.database_worker_url
    engine = create_async_engine(settings.database_worker_url)
    try:
        sessions = async_sessionmaker(engine)
        return await reconcile(sessions, Storage(settings), system_clock.now(), mend=False, verify=1)
    finally:
        await engine.dispose()
