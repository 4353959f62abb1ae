"""An import that an operator starts on the command line, of a file on disk."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from uuid_utils.compat import uuid7

from app.platform.clock import system_clock
from app.platform.jobs import Tools
from app.platform.settings import Settings
from app.platform.storage import Storage
from app.portability.exports.by_hand import find_pupil
from app.portability.imports.models import BringState, PortfolioImport
from app.portability.imports.parcel import BringRefused, Over
from app.portability.imports.tasks import bring, ends


async def import_from_file(
    settings: Settings, worker_url: str, username: str, path: Path, tell: Callable[[int, int], None]
) -> dict[str, Any]:
    """Brings it in; the report.

    Raises RuntimeError: no such pupil, the file is refused, or another of the pupil is being brought in.
    """
    url = make_url(worker_url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as connection:
        pupil = find_pupil(connection, username)
    engine = create_async_engine(worker_url)
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    found = Tools(sessions, Storage(settings), worker_url, settings, threading.Event())
    row = PortfolioImport(
        id=uuid7(),
        pupil_id=pupil,
        state=BringState.READING,
        name=path.name[:200],
        size=max((await asyncio.to_thread(path.stat)).st_size, 1),
        object_key="",
        upload_id="",
        made_at=system_clock.now(),
    )

    async def told(done: int, total: int) -> None:
        tell(done, total)

    try:
        try:
            async with sessions.begin() as session:
                session.add(row)
        except IntegrityError as error:
            raise RuntimeError("another file of this pupil is being brought in; wait until it is ready") from error
        try:
            return await bring(found, row, path, told)
        except BringRefused as refused:
            await _refuse(sessions, row.id, refused.code)
            raise RuntimeError(f"{path.name} was not brought in: {refused.code.replace('_', ' ')}") from refused
        except Over as over:
            raise RuntimeError("the account of this pupil was closed meanwhile") from over
        except BaseException:
            # Nobody goes on with it: it must not stand in the way of the next.
            await _refuse(sessions, row.id, "failed")
            raise
    finally:
        await engine.dispose()


async def _refuse(sessions: async_sessionmaker[AsyncSession], import_id: UUID, why: str) -> None:
    which = PortfolioImport.id == import_id
    async with sessions.begin() as session:
        await session.execute(ends(which, system_clock.now(), state=BringState.REFUSED, refusal=why))
