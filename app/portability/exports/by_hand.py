"""An export that an operator makes on the command line, to a file instead of the store."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
from sqlalchemy import make_url
from uuid_utils.compat import uuid7

from app.platform.clock import system_clock
from app.platform.settings import Settings
from app.platform.storage import Storage
from app.portability.exports.archive import Archive
from app.portability.exports.holding import Reader
from app.portability.exports.making import Made, make

_BEGIN = "insert into portfolio_export (id, pupil_id, state, asked_at, attempt) values (%s, %s, 'making', %s, %s)"


def find_pupil(connection: psycopg.Connection[tuple[UUID]], username: str) -> UUID:
    """By user name or id. Raises RuntimeError where there is no such pupil."""
    row = connection.execute("select pupil_called(%s)", [username.strip().lower()]).fetchone()
    if row is None or row[0] is None:
        raise RuntimeError(f"no pupil is called {username}")
    return row[0]


def export_to_file(
    settings: Settings, worker_url: str, username: str, path: Path, tell: Callable[[int, int], None]
) -> Made:
    """Writes the zip. Raises RuntimeError: no such pupil, or an export of theirs is being made just now."""
    which, attempt, now = uuid7(), uuid4(), system_clock.now()
    url = make_url(worker_url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as connection:
        pupil = find_pupil(connection, username)
        try:
            connection.execute(_BEGIN, [which, pupil, now, attempt])
        except psycopg.errors.UniqueViolation as error:
            raise RuntimeError("an export of this pupil is being made; wait until it is ready") from error

        def go_on(done: int, total: int) -> bool:
            tell(done, total)
            row = connection.execute("select export_goes_on(%s, %s, %s, %s)", [which, attempt, done, total]).fetchone()
            return bool(row and row[0])

        half = path.with_name(f"{path.name}.part")
        try:
            with Reader(worker_url, which, system_clock.today()) as holding, half.open("wb") as out:
                made = make(holding, Storage(settings), Archive(out, now), now, settings.origin, go_on)
            half.replace(path)
        finally:
            half.unlink(missing_ok=True)
            connection.execute("update portfolio_export set state = 'gone' where id = %s", [which])
    return made
