"""Making a backup: removals wait, the database is dumped, and then what the store has and the folder lacks is copied.

In this order every object that the dump names is copied: objects come before their rows, and go after them. Safe
beside users; memory does not grow with what is kept.
"""

import io
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from datetime import datetime, timedelta

import psycopg
from botocore.exceptions import BotoCoreError, ClientError
from pyrage.x25519 import Recipient

from app.platform.backup.errors import BackupRefused
from app.platform.backup.hold import nothing_removed
from app.platform.backup.postgres import dumping, owner_url, server_major
from app.platform.backup.sealing import Readable, hashed, recipients_of, seal
from app.platform.backup.shelf import FORMAT, Copy, Run, Shelf, copy_name, name_of
from app.platform.settings import Settings
from app.platform.storage import Listed, Storage

Tell = Callable[[str, int], None]
"""Told what is being copied now, and how many bytes of it came by."""

_COPIERS, _AHEAD = 4, 64


def back_up(
    settings: Settings, shelf: Shelf, now: datetime, keep: timedelta, tell: Tell = lambda what, done: None
) -> Run:
    """One more backup in the folder; those older than `keep` go once it is whole. Raises BackupRefused, psycopg.Error.

    Blocks. What breaks it off leaves the earlier backups, and the next one goes on with the objects that are copied.
    """
    recipients = recipients_of(settings.backup_recipient)
    try:
        with shelf.open():
            names = shelf.names()
            if names and names[-1] >= name_of(now):
                raise BackupRefused(
                    f"the newest backup there is of {names[-1]}, which is still to come: is the clock right?"
                )
            with psycopg.connect(owner_url(settings), autocommit=True) as connection:
                run = _make(settings, shelf, connection, now, recipients, names[-1] if names else None, tell)
            shelf.prune(now, keep)
            return run
    except (BotoCoreError, ClientError) as error:
        raise BackupRefused(
            f"the object store failed ({type(error).__name__}); the earlier backups are whole"
        ) from error
    except OSError as error:
        raise BackupRefused(f"{shelf.folder}: {error.strerror or error}; the earlier backups are whole") from error


def _make(
    settings: Settings,
    shelf: Shelf,
    connection: psycopg.Connection,
    now: datetime,
    recipients: Sequence[Recipient],
    earlier: str | None,
    tell: Tell,
) -> Run:
    folder, major = shelf.begin(), server_major(connection)
    found = connection.execute("select version_num from alembic_version").fetchone()
    with nothing_removed(connection) as still:
        with dumping(settings, major) as dump:
            database = seal(_Told(dump, "Database", tell), folder / "database.age", recipients)
        pepper = settings.pin_pepper.get_secret_value()
        told = json.dumps({"pin_pepper": pepper}).encode()
        secrets = seal(io.BytesIO(told), folder / "secrets.age", recipients)
        count, size = 0, 0
        with (folder / "objects.jsonl").open("w") as lines:
            for copy in _copied(Storage(settings), shelf, recipients, now, earlier, tell):
                lines.write(json.dumps(asdict(copy)) + "\n")
                count, size = count + 1, size + copy.size
        still()
    listed = hashed(folder / "objects.jsonl")
    run = Run(FORMAT, name_of(now), str(found[0]) if found else "", major, database, secrets, count, size, listed)
    run = run.proved(pepper)
    shelf.keep(run)
    return run


class _Told:
    """Tells how much came by."""

    def __init__(self, source: Readable, what: str, tell: Tell) -> None:
        self._source, self._what, self._tell = source, what, tell

    def read(self, amount: int, /) -> bytes:
        piece = self._source.read(amount)
        self._tell(self._what, len(piece))
        return piece


def _copied(
    storage: Storage, shelf: Shelf, recipients: Sequence[Recipient], now: datetime, earlier: str | None, tell: Tell
) -> Iterator[Copy]:
    """Every object of the store, copied where the folder lacks it; in the order of the store, some ahead."""
    known = _Earlier(shelf.copies(earlier) if earlier else ())

    def one(listed: Listed, before: Copy | None) -> Copy | None:
        name = copy_name(listed)
        path = shelf.copy_path(name)
        there = shelf.mark(name, now)
        if there is not None and before and (before.copy, before.sealed) == (name, there):
            tell("Objects", listed.size)
            return before
        try:
            if there is not None:  # of a backup that broke off
                kind, sealed = storage.media_type(listed.key), hashed(path)
                tell("Objects", listed.size)
            else:
                path.parent.mkdir(mode=0o700, exist_ok=True)
                body, kind = storage.stream(listed.key)
                with body:
                    sealed = seal(_Told(body, "Objects", tell), path, recipients, listed.size)
                shelf.mark(name, now)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                return None  # removed by now: no row named it
            raise
        except EOFError as error:
            raise BackupRefused(f"the object store broke off within {listed.key}") from error
        return Copy(listed.key, listed.size, kind, name, sealed.size, sealed.sha256)

    with ThreadPoolExecutor(_COPIERS) as pool:
        running: deque[Future[Copy | None]] = deque()
        try:
            for listed in storage.listed():
                running.append(pool.submit(one, listed, known.of(listed.key)))
                if len(running) == _AHEAD and (copy := running.popleft().result()):
                    yield copy
            while running:
                if copy := running.popleft().result():
                    yield copy
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


class _Earlier:
    """The list of the backup before, read along with the store's: both are by key, so none is held in memory."""

    def __init__(self, copies: Iterable[Copy]) -> None:
        self._copies = iter(copies)
        self._next = next(self._copies, None)

    def of(self, key: str) -> Copy | None:
        while self._next is not None and self._next.key < key:
            self._next = next(self._copies, None)
        return self._next if self._next is not None and self._next.key == key else None
