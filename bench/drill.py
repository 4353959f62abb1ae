"""`python -m bench.drill`: 1 GB of files and a database, backed up and restored, with equal hashes at the end."""

import os
import resource
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from rich.console import Console
from rich.table import Table

from app.platform.backup.making import back_up
from app.platform.backup.postgres import owner_url
from app.platform.backup.restoring import restore, verify
from app.platform.backup.sealing import identities_of, new_identity
from app.platform.backup.shelf import Shelf
from app.platform.clock import system_clock
from app.platform.db import migrate
from app.platform.embedded import embedded_engines
from app.platform.settings import Settings
from app.platform.storage import Storage

SIZE = int(float(os.environ.get("BENCH_GB", "1")) * 1_000_000_000)
PHOTO, FILM = 700_000, 40_000_000
ROWS = 200_000


def fill(settings: Settings) -> None:
    """Photos and some films, and as many rows as a school of a thousand pupils has in its largest table."""
    storage = Storage(settings)
    films = SIZE // 4 // FILM
    sizes = [FILM] * films + [PHOTO] * ((SIZE - films * FILM) // PHOTO)
    noise = os.urandom(FILM)

    def put(size: int) -> None:
        storage.put(f"file/{uuid4().hex}", uuid4().bytes + noise[16:size], "image/jpeg")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(put, sizes))
    with psycopg.connect(owner_url(settings)) as connection:
        connection.execute(
            "insert into person (id, given_name, family_name, search_name)"
            " select uuidv7(), 'Kind ' || n, 'Meting', 'kind meting ' || n from generate_series(1, %s) n",
            [ROWS],
        )


def hashes(settings: Settings) -> dict[str, str]:
    """Of every object."""
    storage = Storage(settings)
    with ThreadPoolExecutor(4) as pool:
        keys = [each.key for each in storage.listed()]
        return dict(zip(keys, pool.map(storage.sha256, keys), strict=True))


def main() -> None:
    """Prints seconds and memory of each step."""
    table = Table("step", "s", "MB/s", "most memory, MB")
    with tempfile.TemporaryDirectory(prefix="drill-") as name:
        folder = Path(name)
        here, there = (Settings(var_dir=folder / part) for part in ("here", "there"))
        with embedded_engines(here) as one, embedded_engines(there) as other:
            migrate(one)
            migrate(other)
            recipient = new_identity(folder / "key.txt")
            keys = identities_of(folder / "key.txt")
            one = one.model_copy(update={"backup_recipient": recipient})
            fill(one)
            shelf, now = Shelf(folder / "backups"), system_clock.now()

            def step(what: str, work: Callable[[], Any]) -> Any:
                began = time.perf_counter()
                found = work()
                spent = time.perf_counter() - began
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                table.add_row(what, f"{spent:.1f}", f"{SIZE / spent / 1e6:.0f}", f"{peak:.0f}")
                return found

            keep = timedelta(days=35)
            run = step("first backup", lambda: back_up(one, shelf, now, keep))
            step("second, nothing new", lambda: back_up(one, shelf, now + timedelta(days=1), keep))
            assert not step("verify, without key", lambda: verify(shelf, run.at, None, _silent))
            assert not step("verify, decrypted", lambda: verify(shelf, run.at, keys, _silent))
            step("restore", lambda: restore(other, shelf, run.at, keys, _silent))
            assert hashes(one) == hashes(other), "equal hashes"
    Console().print(table)


def _silent(what: str, done: int) -> None:
    pass


if __name__ == "__main__":
    main()
