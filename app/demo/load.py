"""Puts the region where it belongs: rows by COPY as the database's owner, files into the store."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb
from sqlalchemy import make_url
from sqlalchemy.dialects.postgresql import JSONB

from app.demo.cast import PASSWORD_HASH
from app.demo.media import File, make_files
from app.demo.people import People
from app.demo.rows import Rows, data
from app.demo.stories import Telling
from app.platform.clock import Clock
from app.platform.orm import Base
from app.platform.settings import Settings
from app.platform.storage import Storage

OnProgress = Callable[[int, int], None]
"""Is told how much is done, of how much."""

_SENDERS = 16


def is_loaded(settings: Settings) -> bool:
    """Whether the region is there already, whole: its rows come in one transaction, after its files."""
    with _owner(settings) as connection:
        brins = [school["brin"] for school in data("cast.toml")["schools"].values()]
        found = connection.execute("select exists (select from school where brin = any(%s))", [brins]).fetchone()
        return bool(found and found[0])


def load_region(settings: Settings, clock: Clock, on_progress: OnProgress) -> None:
    """Makes the region and loads it; does nothing when it is there.

    The same day gives the same region. Raises psycopg.Error, and what Storage raises.
    """
    if is_loaded(settings):
        return
    made = make_files()
    rows = Rows()
    telling = Telling(rows, People(rows, clock.today(), PASSWORD_HASH), clock, made)
    telling.tell()
    total = len(telling.objects) + sum(map(len, rows.by_table.values()))
    done = 0
    for _ in _send(Storage(settings), telling.objects):
        done += 1
        on_progress(done, total)
    with _owner(settings) as connection:
        for table in Base.metadata.sorted_tables:
            for model, of_table in rows.by_table.items():
                if model.__table__ is table:
                    _copy(connection, model, of_table)
                    done += len(of_table)
                    on_progress(done, total)
        connection.execute("analyze")


def _owner(settings: Settings) -> psycopg.Connection[Any]:
    if not settings.database_owner_url:
        raise RuntimeError("set TALENT_DATABASE_OWNER_URL as well: the demo region is loaded by the owner")
    url = make_url(settings.database_owner_url).set(drivername="postgresql")
    return psycopg.connect(url.render_as_string(hide_password=False))


def _copy(connection: psycopg.Connection[Any], model: type[Base], rows: list[dict[str, Any]]) -> None:
    table = model.__table__
    names = list(rows[0])
    json_names = {name for name in names if isinstance(table.c[name].type, JSONB)}
    statement = sql.SQL("copy {} ({}) from stdin").format(
        sql.Identifier(str(table.name)), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    with connection.cursor().copy(statement) as copy:
        for row in rows:
            copy.write_row([Jsonb(value) if name in json_names else value for name, value in row.items()])


def _send(storage: Storage, objects: Iterable[tuple[str, File]]) -> Iterable[None]:
    """Sends every object under its key, some at a time; yields after each."""

    def send(item: tuple[str, File]) -> None:
        key, file = item
        storage.put(key, file.content, file.media_type)

    with ThreadPoolExecutor(_SENDERS) as pool:
        yield from pool.map(send, objects)
