"""Looking a backup over, and restoring it into an empty installation.

Objects first, then the database in one transaction: what breaks off in between is simply begun anew.
"""

import hmac
import io
import json
import logging
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import IO, cast

import psycopg
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from botocore.exceptions import BotoCoreError, ClientError
from pyrage.x25519 import Identity

from app.platform.backup.errors import BackupRefused
from app.platform.backup.making import Tell
from app.platform.backup.postgres import owner_url, restoring, server_major
from app.platform.backup.sealing import Sealed, hashed, unseal
from app.platform.backup.shelf import Copy, Run, Shelf
from app.platform.db import alembic_config, migrate
from app.platform.settings import Settings
from app.platform.storage import Storage

log = logging.getLogger(__name__)

AFTERWARDS: list[str] = [
    "app.access.after_restore:end_sessions",
    "app.portability.erasure.after_restore:erase_again",
]
"""What is done with data that came back, in this order: functions (module:name) that take the settings, and the run.

Whoever was erased after the backup was made is erased again here, before anybody comes in.
"""

FROM_LATER_RUNS = "erased/"
"""Objects below it come from later runs as well: who was erased since the run that is restored stands there only."""

Afterwards = Callable[[Settings, Run], None]

_AT_ONCE, _IN_MEMORY = 4, 8 * 1024 * 1024


def verify(shelf: Shelf, name: str, identities: Sequence[Identity] | None, tell: Tell) -> list[str]:
    """What is missing or broken in a backup, in words; with keys everything is decrypted too. Raises BackupRefused."""
    run, folder, wrong = shelf.run(name), shelf.path(name), []
    for part, said in (("database.age", run.database), ("secrets.age", run.secrets), ("objects.jsonl", run.list)):
        wrong += _compared(folder / part, said, identities if part.endswith(".age") else None)
        tell("Database", said.size)

    def one(copy: Copy) -> list[str]:
        found = _compared(shelf.copy_path(copy.copy), Sealed(copy.sealed, copy.sha256), identities)
        tell("Objects", copy.size)
        return [f"{copy.key}: {words}" for words in found]

    if identities and not wrong and not _is_proved(run, shelf, identities):
        wrong.append(_UNPROVED)
    if not wrong:
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for some in _in_portions(shelf.copies(name)):
                for found in pool.map(one, some):
                    wrong += found
    return wrong


def _compared(path: Path, said: Sealed, identities: Sequence[Identity] | None) -> list[str]:
    try:
        if hashed(path) != said:
            return [f"{path.name} is not what was written"]
        if identities:
            unseal(path, cast("IO[bytes]", _Nowhere()), identities)
    except FileNotFoundError:
        return [f"{path.name} is missing"]
    except (BackupRefused, OSError) as error:
        return [str(error)]
    return []


class _Nowhere(io.RawIOBase):
    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        return len(data)


def secrets_of(shelf: Shelf, name: str, identities: Sequence[Identity]) -> dict[str, str]:
    """What the installation was started with and the data need: its pepper. Raises BackupRefused."""
    opened = io.BytesIO()
    unseal(shelf.path(name) / "secrets.age", opened, identities)
    found: dict[str, str] = json.loads(opened.getvalue())
    return found


_UNPROVED = "run.json was not written by who made this backup, or was changed since"


def _is_proved(run: Run, shelf: Shelf, identities: Sequence[Identity]) -> bool:
    """Anybody can encrypt for us; only the installation itself knew its pepper."""
    return hmac.compare_digest(run.proof, run.proved(secrets_of(shelf, run.at, identities)["pin_pepper"]).proof)


def _require_known(run: Run) -> None:
    """Raises BackupRefused where this code is older than what the backup was made by."""
    try:
        ScriptDirectory.from_config(alembic_config()).get_revision(run.revision)
    except CommandError as error:
        raise BackupRefused(
            f"the backup was made by a newer version (its database is at {run.revision}, which is not known here):"
            " install that version, or choose an older backup with --run"
        ) from error


def require_restorable(settings: Settings, shelf: Shelf, name: str) -> Run:
    """Raises BackupRefused where the installation is not empty, or too old for this backup, or the backup is broken."""
    run = shelf.run(name)
    _require_known(run)
    with psycopg.connect(owner_url(settings), autocommit=True) as connection:
        _require_empty(connection)
        if server_major(connection) < run.postgres:
            raise BackupRefused(f"the backup is of PostgreSQL {run.postgres}: this server is of an older version")
    for part, said in (("database.age", run.database), ("objects.jsonl", run.list)):
        if wrong := _compared(shelf.path(name) / part, said, None):
            raise BackupRefused(f"{shelf.path(name)}: {wrong[0]}")
    return run


def restore(settings: Settings, shelf: Shelf, name: str, identities: Sequence[Identity], tell: Tell) -> Run:
    """Puts a backup into an empty installation, and brings it to this code's version.

    Raises BackupRefused. Blocks. Nobody may be working on it meanwhile.
    """
    run = require_restorable(settings, shelf, name)
    if not _is_proved(run, shelf, identities):
        raise BackupRefused(_UNPROVED)
    try:
        _bring_back(Storage(settings), shelf, name, identities, tell)
    except (BotoCoreError, ClientError) as error:
        raise BackupRefused(f"the object store failed ({type(error).__name__}): begin anew, it goes on") from error
    with psycopg.connect(owner_url(settings), autocommit=True) as connection:
        _require_empty(connection)
        _clear(connection)
    with restoring(settings, run.postgres) as target:
        unseal(shelf.path(name) / "database.age", cast("IO[bytes]", _Telling(target, tell)), identities)
    migrate(settings)
    with psycopg.connect(owner_url(settings), autocommit=True) as connection:
        connection.execute("analyze")
    for path in AFTERWARDS:
        module, _, function = path.partition(":")
        cast("Afterwards", getattr(import_module(module), function))(settings, run)
    return run


def _require_empty(connection: psycopg.Connection) -> None:
    """An installation is empty as long as there is nobody."""
    found = connection.execute("select to_regclass('public.person')").fetchone()
    if found and found[0] and connection.execute("select from person limit 1").fetchone() is not None:
        raise BackupRefused("there are people in this database: a backup is restored into an empty installation only")


def _clear(connection: psycopg.Connection) -> None:
    """Tables without people go: the backup brings its own, of its own version."""
    connection.execute("drop owned by current_user")
    connection.execute("create schema if not exists public")
    connection.execute("grant usage on schema public to talent_app, talent_worker")


def _bring_back(storage: Storage, shelf: Shelf, name: str, identities: Sequence[Identity], tell: Tell) -> None:
    """All objects, a few at a time; those that an earlier try brought are left as they are."""
    empty = next(storage.listed(), None) is None

    def one(copy: Copy) -> None:
        if empty or storage.size(copy.key) != copy.size:
            if wrong := _compared(shelf.copy_path(copy.copy), Sealed(copy.sealed, copy.sha256), None):
                raise BackupRefused(wrong[0])
            with tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
                unseal(shelf.copy_path(copy.copy), file, identities)
                if file.tell() != copy.size:
                    raise BackupRefused(f"{copy.copy}.age is not what was written")
                file.seek(0)
                storage.put_file(copy.key, cast("IO[bytes]", file), copy.type)
        tell("Objects", copy.size)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for some in _in_portions(chain(shelf.copies(name), _since(shelf, name, identities))):
            for _ in pool.map(one, some):
                pass


def _since(shelf: Shelf, name: str, identities: Sequence[Identity]) -> Iterator[Copy]:
    """What later runs add of FROM_LATER_RUNS. A run that is broken, or not ours, adds nothing: it may be why an older
    one is restored.
    """
    for later in shelf.names():
        if later <= name:
            continue
        try:
            run = shelf.run(later)
            if _is_proved(run, shelf, identities) and not _compared(
                shelf.path(later) / "objects.jsonl", run.list, None
            ):
                yield from (copy for copy in shelf.copies(later) if copy.key.startswith(FROM_LATER_RUNS))
        except BackupRefused as error:
            log.warning("nothing of backup %s was looked at: %s", later, error)


def _in_portions(copies: Iterator[Copy], size: int = 256) -> Iterator[list[Copy]]:
    """Some at a time, so that a list of millions is never held as a whole."""
    some: list[Copy] = []
    for copy in copies:
        some.append(copy)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some


class _Telling(io.RawIOBase):
    """Passes on to pg_restore, and tells how much."""

    def __init__(self, target: IO[bytes], tell: Tell) -> None:
        self._target, self._tell = target, tell

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        self._target.write(data)
        self._tell("Database", len(data))
        return len(data)
