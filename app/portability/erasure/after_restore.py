"""Who was erased after a backup was made comes back with it, and is erased again before anybody comes in."""

import asyncio

from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from app.platform.backup.shelf import Run
from app.platform.clock import system_clock
from app.platform.settings import Settings
from app.platform.storage import Storage
from app.portability.erasure.replay import replay_erasures


def erase_again(settings: Settings, run: Run) -> None:
    """By the list in the store, as the owner of the database."""
    asyncio.run(_erase_again(settings))


async def _erase_again(settings: Settings) -> None:
    engine = create_async_engine(make_url(settings.database_owner_url or ""))
    try:
        sessions = async_sessionmaker(engine)
        await replay_erasures(sessions, Storage(settings), system_clock.now(), system_clock.today())
    finally:
        await engine.dispose()
