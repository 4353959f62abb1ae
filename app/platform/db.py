"""The database: one engine for writes (SQLAlchemy on psycopg), one pool for pages (asyncpg), and migrations.

Every transaction begins with `begin_request`, a function in the database that finds the session, and sets who
looks and what day it is. Row-level security reads those; without them nothing is visible.
"""

import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

import asyncpg
import psycopg
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from app.platform.settings import Settings
from app.platform.telemetry.doing import count_statements

if TYPE_CHECKING:
    from alembic.config import Config

log = logging.getLogger(__name__)

_BEGIN = text("select viewer from begin_request(:token_hash, :now, :today)")
_ROOT = Path(__file__).parents[2]
_MIGRATIONS = _ROOT / "migrations" / "versions"
_KEPT, _MORE = 8, 4


@dataclass(frozen=True, slots=True)
class Transaction:
    """One write: a session in an open transaction, by whom, and when. It commits before the answer is sent."""

    session: AsyncSession
    viewer: UUID
    now: datetime
    today: date


class Database:
    """Engine and page pool of one serving process, as the app role (no DDL, row-level security applies)."""

    def __init__(self, settings: Settings) -> None:
        assert settings.database_url, "the engines are started before the app"
        # Row-level security makes planning dearer than running: a plan is made once, on the connection used last.
        self.engine: AsyncEngine = create_async_engine(
            settings.database_url,
            pool_size=_KEPT,
            max_overflow=_MORE,
            pool_timeout=10,
            pool_use_lifo=True,
            connect_args={"prepare_threshold": 0, "options": "-c plan_cache_mode=force_generic_plan -c jit=off"},
        )
        self.most_connections = _KEPT + _MORE
        count_statements(self.engine.sync_engine)
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        self._page_dsn = settings.database_url
        self.pages: asyncpg.Pool[Any] | None = None

    async def open(self) -> None:
        """Opens the page pool. Raises OSError or asyncpg.PostgresError when the database is away."""
        # A page is one statement whose settings end with it: nothing to reset, and no plan to make anew. Of itself the
        # driver forgets a statement of more than 15 kB at once, and every other one after five minutes; planning the
        # page of a talk takes ten times as long as reading it.
        self.pages = await asyncpg.create_pool(
            **asyncpg_arguments(self._page_dsn),
            server_settings={
                "application_name": "talentportfolio pages",
                "plan_cache_mode": "force_generic_plan",
                # A list of notices has many cases, of which one is looked at: compiling them all would take seconds.
                "jit": "off",
            },
            max_cacheable_statement_size=0,
            max_cached_statement_lifetime=0,
            min_size=2,
            max_size=4,
            reset=_keep,
        )

    async def close(self) -> None:
        """Gives all connections back."""
        if self.pages is not None:
            await self.pages.close()
        await self.engine.dispose()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        """A session in a transaction that commits at the end; nobody is signed in, so no content is visible."""
        async with self._sessions() as session, session.begin():
            yield session

    @asynccontextmanager
    async def transaction(self, token_hash: bytes, now: datetime, today: date) -> AsyncIterator[Transaction | None]:
        """A transaction in the name of whoever holds the session; None where there is no such session."""
        async with self.begin() as session:
            viewer = await session.scalar(_BEGIN, {"token_hash": token_hash, "now": now, "today": today})
            yield Transaction(session, viewer, now, today) if viewer else None


async def _keep(_: object) -> None:
    """Gives a connection back as it is."""


def asyncpg_arguments(url: str) -> dict[str, Any]:
    """asyncpg's own names for what a postgresql+psycopg URL says (socket folder, port and TLS stand in its query)."""
    parsed = make_url(url)
    query = {key: value if isinstance(value, str) else value[0] for key, value in parsed.query.items()}
    tls = {name: value for name, value in query.items() if name.startswith("ssl")}
    arguments = {
        "host": query.get("host") or parsed.host,
        "port": int(query.get("port") or parsed.port or 5432),
        "user": parsed.username,
        "password": parsed.password,
        "database": parsed.database,
    }
    # asyncpg reads what libpq knows of TLS in an address alone.
    return arguments | {"dsn": f"postgresql:///?{urlencode(tls)}"} if tls else arguments


def alembic_config(settings: Settings | None = None) -> "Config":
    """Where the migrations stand, and the database they are for, as its owner."""
    from alembic.config import Config  # for who migrates; a server that starts anew has no time for it

    config = Config(str(_ROOT / "alembic.ini"))
    config.set_main_option("script_location", str(_MIGRATIONS.parent))
    config.attributes["url"] = settings.database_owner_url if settings else None
    return config


@cache
def head_revision() -> str:
    """The newest migration that this code knows; they are numbered, in one line."""
    return max(path.name.split("_")[0] for path in _MIGRATIONS.glob("[0-9]*_*.py"))


class MigrationRuns(RuntimeError):
    """Somebody else migrates this database now."""


def migrate(
    settings: Settings, revision: str = "head", patience: timedelta = timedelta(minutes=5), lock_s: float = 3
) -> None:
    """Brings the database to a revision, as its owner, beside whoever uses it.

    A migration waits `lock_s` for a table that is in use, and then lets those pass who queue up behind it; it is tried
    again for so long as `patience`. Raises MigrationRuns, alembic's CommandError or SQLAlchemy's errors.
    """
    from alembic import command

    until = time.monotonic() + patience.total_seconds()
    for pause in chain((0.5, 1, 2, 4), repeat(8)):
        try:
            config = alembic_config(settings)
            config.attributes["lock_s"] = lock_s
            command.upgrade(config, revision)
        except (OperationalError, MigrationRuns) as error:
            passes = isinstance(error, MigrationRuns) or isinstance(error.orig, psycopg.errors.LockNotAvailable)
            if not passes or time.monotonic() > until:
                raise
            log.warning("the database is in use; the migration is tried again")
            time.sleep(pause)
        else:
            return


def waiting_migrations(settings: Settings) -> list[str]:
    """The migrations that this code brings and the database lacks, the first one first.

    Raises alembic's CommandError where the database is of a newer version.
    """
    from alembic.script import ScriptDirectory

    engine = create_engine(settings.database_owner_url or settings.database_url or "")
    try:
        with engine.connect() as connection:
            there = connection.scalar(text("select to_regclass('public.alembic_version')"))
            at = connection.scalar(text("select version_num from alembic_version")) if there else None
    finally:
        engine.dispose()
    revisions = ScriptDirectory.from_config(alembic_config()).iterate_revisions("head", at or "base")
    return [one.revision for one in revisions][::-1]
