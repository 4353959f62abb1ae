"""`python -m bench.store`: the store grows to 10 GB, and the memory of app and worker does not.

Documents come in as from a browser: announced to the app, sent in parts to signed addresses, inspected by the worker.
At 1, 5 and 10 GB the last GB is fetched again by addresses of the app and compared, `reconcile --verify` reads
everything, and `backup` copies what is new. Each memory is the most that a process held since it began (VmHWM).
`BENCH_GB` (1,5,10) says where to look. It takes three times the last of them below var/bench-store, and removes it.
"""

import asyncio
import atexit
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx
import pikepdf
import psycopg
from rich.console import Console
from rich.table import Table
from uuid_utils.compat import uuid7

from app.cli import app
from app.platform.backup.postgres import owner_url
from app.platform.backup.sealing import new_identity
from app.platform.db import migrate
from app.platform.embedded import embedded_engines
from app.platform.settings import Settings
from app.platform.storage import Storage
from bench.city import Person
from bench.morning import Installation, free_port, prepare

STEPS = [float(step) for step in os.environ.get("BENCH_GB", "1,5,10").split(",")]
GB = 1_000_000_000
LARGE, SMALL = 47_000_000, 1_000_000
"""Bytes of a document: nearly the most that is taken, so in six parts; and one as most are."""
PER_ENTRY = 20
PATIENCE_S = 900


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was confirmed: who may fetch it, and what has to come back."""

    person: Person
    id: str
    sha256: str


def document(noise: bytes, size: int) -> bytes:
    """A PDF of a page and some size, unlike any other, which cannot be packed."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root["/Meting"] = pdf.make_stream(os.urandom(32) + noise[32:size])
        pdf.save(out, compress_streams=False)
    return out.getvalue()


class Devices:
    """People at their devices, two at a time: they send documents, and fetch them."""

    def __init__(self, origin: str, people: list[Person]) -> None:
        self._app = httpx.Client(base_url=origin, timeout=60)
        self._store = httpx.Client(timeout=120)
        self._people, self._turn = people, 0
        self._noise = os.urandom(LARGE)
        self.sent: list[Sent] = []
        self.again = 0
        """How often the app asked to come back later."""

    def send(self, size: int) -> list[Sent]:
        """So many bytes, half of the files large; what was confirmed."""
        sizes = [LARGE, SMALL] * round(size / (LARGE + SMALL))
        some = [sizes[start : start + PER_ENTRY] for start in range(0, len(sizes), PER_ENTRY)]
        people = [self._people[(self._turn + place) % len(self._people)] for place in range(len(some))]
        self._turn += len(some)
        with ThreadPoolExecutor(2) as pool:
            found = [sent for entry in pool.map(self._entry, people, some) for sent in entry]
        self.sent += found
        return found

    def _ask(self, person: Person, method: str, path: str, body: object) -> httpx.Response:
        """Tried again where the store was too busy for the app to wait, as the queue in the browser does."""
        for wait in (0.5, 1, 2, 4, 8):
            answer = self._app.request(method, path, json=body, headers=_headers(person))
            if answer.status_code != 503:
                break
            self.again += 1
            time.sleep(wait)
        return answer.raise_for_status()

    def _entry(self, person: Person, sizes: list[int]) -> list[Sent]:
        """A story with these files."""
        path = f"/v1/entries/{uuid7()}"
        self._ask(person, "PUT", path, {"title": "Meting", "details": {"kind": "experience"}})
        return [self._file(person, f"{path}/attachments", document(self._noise, size)) for size in sizes]

    def _file(self, person: Person, path: str, content: bytes) -> Sent:
        id_ = str(uuid7())
        start = {"id": id_, "name": "verslag.pdf", "mediaType": "application/pdf", "size": len(content)}
        plan = self._ask(person, "POST", path, start).json()
        parts = []
        for part in plan["parts"]:
            place = (part["number"] - 1) * plan["partSize"]
            put = self._store.put(part["url"], content=content[place : place + plan["partSize"]])
            parts.append({"number": part["number"], "etag": put.raise_for_status().headers["etag"]})
        self._ask(person, "POST", f"/v1/attachments/{id_}/complete", {"parts": parts})
        return Sent(person, id_, hashlib.sha256(content).hexdigest())

    def fetch(self, some: list[Sent]) -> None:
        """As a browser does: the app says where, the store gives the bytes. They are those that were sent."""
        for sent in some:
            answer = self._app.get(f"/v1/attachments/{sent.id}/file", headers=_headers(sent.person))
            assert answer.is_redirect, answer.text
            counted = hashlib.sha256()
            with self._store.stream("GET", answer.headers["location"]) as body:
                for piece in body.iter_bytes(1_000_000):
                    counted.update(piece)
            assert counted.hexdigest() == sent.sha256, "what was sent comes back"


def _headers(person: Person) -> dict[str, str]:
    return {"Cookie": f"sid={person.token}", "X-Requested-By": "portfolio", "Sec-Fetch-Site": "same-origin"}


def _kept(storage: Storage) -> int:
    """Bytes of the files that stay; what they were made of goes by itself."""
    return sum(each.size for each in storage.listed() if each.key.startswith("file/"))


def _inspected(connection: psycopg.Connection) -> None:
    """Returns when the worker has looked at all that came. Raises TimeoutError, and AssertionError for a refusal."""
    until = time.monotonic() + PATIENCE_S
    while True:
        states = dict(connection.execute("select state, count(*) from attachment group by 1").fetchall())
        assert "refused" not in states, states
        if not states.get("received"):
            return
        if time.monotonic() > until:
            raise TimeoutError
        time.sleep(0.2)


def _command(settings: Settings, *arguments: str) -> tuple[float, float]:
    """One command of the operator; the seconds it took, and the most memory it held, in MB."""
    told = {
        "TALENT_DATABASE_URL": settings.database_url,
        "TALENT_DATABASE_OWNER_URL": settings.database_owner_url,
        "TALENT_DATABASE_WORKER_URL": settings.database_worker_url,
        "TALENT_S3_ENDPOINT_URL": settings.s3_endpoint_url,
        "TALENT_S3_ACCESS_KEY": settings.s3_access_key,
        "TALENT_S3_SECRET_KEY": settings.s3_secret_key.get_secret_value(),
        "TALENT_PIN_PEPPER": settings.pin_pepper.get_secret_value(),
        "TALENT_BACKUP_RECIPIENT": settings.backup_recipient,
    }
    outside = {name: value for name, value in os.environ.items() if not name.startswith("TALENT_")}
    environment = outside | {name: value for name, value in told.items() if value}
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "bench.store", "command", *arguments],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert done.returncode == 0, (arguments, done.stderr)
    return time.perf_counter() - began, float(done.stderr.split()[-1])


def _told() -> None:
    """By the command itself: what the system counts of a child begins with the memory of who started it."""
    status = Path("/proc/self/status").read_text()
    print(int(status.split("VmHWM:")[1].split()[0]) / 1024, file=sys.stderr)


def measure(settings: Settings, folder: Path) -> Table:
    """A row before anything came, and one for each step."""
    names = ("in the store", "files", "app, MB", "worker, MB", "reconcile, MB", "s", "backup, MB", "s", "sent in s")
    table = Table(*names, "tried again")
    migrate(settings)
    people = asyncio.run(prepare(settings))["pupil"]
    storage, connection = Storage(settings), psycopg.connect(owner_url(settings), autocommit=True)
    installation = Installation(settings, free_port())
    for part in ("app", "worker"):
        installation.start(part)
    try:
        installation.wait()
        devices = Devices(installation.origin, people)
        devices.send(LARGE + SMALL)  # what a process loads with its first file is no growth
        _inspected(connection)
        for step in [0.0, *STEPS]:
            began, last = time.perf_counter(), devices.sent[:2]
            while (kept := _kept(storage)) < step * GB:
                last = devices.send(int(min(GB, max(step * GB - kept, LARGE + SMALL))))
                _inspected(connection)
            sent = time.perf_counter() - began
            devices.fetch(last)
            reconciled = _command(settings, "reconcile", "--verify")
            copied = _command(settings, "backup", str(folder / "backups"))
            held = [installation.memory_mb(part) for part in ("app", "worker")]
            figures = [*held, *reversed(reconciled), *reversed(copied), sent]
            told = [f"{kept / GB:.2f} GB", str(len(devices.sent)), *(f"{figure:.0f}" for figure in figures)]
            table.add_row(*told, str(devices.again))
    finally:
        installation.stop()
        connection.close()
    return table


def main() -> None:
    """Engines of its own; what was made is removed, whatever happens."""
    if sys.argv[1:2] == ["command"]:
        atexit.register(_told)
        app(sys.argv[2:])
    folder = Settings().var_dir / "bench-store"
    folder.mkdir(parents=True, exist_ok=True)
    room = shutil.disk_usage(folder).free
    if room < 4 * max(STEPS) * GB:
        sys.exit(f"bench.store: {4 * max(STEPS):.0f} GB are needed below {folder}, {room / GB:.0f} are free")
    try:
        base = Settings(var_dir=folder, database_url=None, s3_endpoint_url=None, log_level="error")
        with embedded_engines(base) as settings, tempfile.TemporaryDirectory() as name:
            recipient = new_identity(Path(name) / "key.txt")
            table = measure(settings.model_copy(update={"backup_recipient": recipient}), folder)
    finally:
        shutil.rmtree(folder)
    Console(width=140).print(table)


if __name__ == "__main__":
    main()
