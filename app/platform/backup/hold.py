"""While a backup runs nothing is removed from the store, so that all is there that the dump names.

A lock of the database, which is gone with the backup whatever becomes of it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.platform.backup.errors import BackupRefused

_LOCK = 7_305_808_869
_MAY_GO = text("select pg_try_advisory_xact_lock_shared(:lock)")


async def objects_may_go(session: AsyncSession) -> bool:
    """Whether objects may be removed from the store, until this transaction ends; not while a backup runs.

    Who hears no, puts the removal off: `enqueue(…, after=…)`.
    """
    return bool(await session.scalar(_MAY_GO, {"lock": _LOCK}))


@contextmanager
def nothing_removed(connection: psycopg.Connection) -> Iterator[Callable[[], None]]:
    """Holds removals up meanwhile; what it yields raises BackupRefused where that did not last."""
    try:
        connection.execute("set lock_timeout = '60s'")
        connection.execute("select pg_advisory_lock(%s)", [_LOCK])
    except psycopg.errors.LockNotAvailable as error:
        raise BackupRefused("another backup of this database runs") from error

    def still() -> None:
        try:
            connection.execute("select 1")
        except psycopg.OperationalError as error:
            raise BackupRefused("the database went away during the backup: begin anew") from error

    yield still
    connection.execute("select pg_advisory_unlock(%s)", [_LOCK])
