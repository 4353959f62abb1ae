"""Bringing a file in, in the background. It may run twice: what is in already stays as it is."""

import asyncio
import logging
import tempfile
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from botocore.exceptions import BotoCoreError, ClientError
from procrastinate import JobContext
from sqlalchemy import ColumnElement, Update, func, select, update
from sqlalchemy.exc import DBAPIError

from app.platform.clock import system_clock
from app.platform.jobs import RETRY, Tools, jobs, tools
from app.portability.imports.models import BringState, PortfolioImport
from app.portability.imports.parcel import BringRefused, Over

log = logging.getLogger(__name__)

PREFIX = "import/"
KEPT = timedelta(days=1)
_MOST_TRIES = 4


@jobs.task(name="bring_portfolio", retry=RETRY, pass_context=True)
async def bring_portfolio(context: JobContext, import_id: str) -> None:
    """Brings it in, says what was taken and what was not, and lets go of the file."""
    found, which = tools(context), UUID(import_id)
    async with found.sessions() as session:
        row = await session.get(PortfolioImport, which)
    if row is None or row.state != BringState.READING:
        return
    try:
        with tempfile.TemporaryDirectory(prefix="import-") as folder:
            path = Path(folder) / "brought"
            await asyncio.to_thread(_fetch, found, row.object_key, path)
            await bring(found, row, path, telling(found, which))
    except Over:
        pass
    except BringRefused as refused:
        await _end(found, which, state=BringState.REFUSED, refusal=refused.code)
    except Exception as error:
        passes = isinstance(error, BotoCoreError | ClientError | DBAPIError | OSError) or found.stopping.is_set()
        if passes and context.job.attempts < _MOST_TRIES:
            raise
        log.exception("import %s was not brought in", which)
        await _end(found, which, state=BringState.REFUSED, refusal="failed")
    await asyncio.to_thread(found.storage.delete, row.object_key)


def _fetch(found: Tools, key: str, path: Path) -> None:
    try:
        found.storage.fetch(key, path)
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] != 404:
            raise
        raise BringRefused("file_gone") from error


async def bring(
    found: Tools, row: PortfolioImport, path: Path, tell: Callable[[int, int], Awaitable[None]]
) -> dict[str, Any]:
    """Brings a file in that lies on disk, and keeps the report, which it gives back. Raises as Bringing.bring."""
    from app.portability.imports.bringing import Bringing, as_json  # readers of foreign files: none of a server's

    now = system_clock.now()
    report = as_json(await Bringing(found, row.id, row.pupil_id, now).bring(path, tell))
    await _end(found, row.id, state=BringState.DONE, report=report)
    return report


def telling(found: Tools, which: UUID) -> Callable[[int, int], Awaitable[None]]:
    """Writes down how far it is; raises OSError where the worker is about to stop: it goes on later."""

    async def tell(done: int, total: int) -> None:
        if found.stopping.is_set():
            raise OSError("the worker stops")
        async with found.sessions.begin() as session:
            own = update(PortfolioImport).where(PortfolioImport.id == which)
            await session.execute(own.values(done=done, total=total))

    return tell


def ends(which: ColumnElement[bool], now: datetime, **values: Any) -> Update:
    """The statement that ends imports which are still being read."""
    still = PortfolioImport.state == BringState.READING
    return update(PortfolioImport).where(which, still).values(done_at=now, **values)


async def _end(found: Tools, which: UUID, **values: Any) -> None:
    now = system_clock.now()
    ended = ends(PortfolioImport.id == which, now, **values).returning(PortfolioImport.pupil_id)
    async with found.sessions.begin() as session:
        pupil_id = await session.scalar(ended)
        if pupil_id:
            await session.execute(select(func.tell_of_takeaway(pupil_id, "import_done", which, now)))


@jobs.task(name="forget_import", retry=RETRY, pass_context=True)
async def forget_import(context: JobContext, key: str, upload_id: str) -> None:
    """A day later the file is gone, whether it was brought in or not; what never ended stands in nobody's way."""
    found = tools(context)
    await asyncio.to_thread(found.storage.abort_upload, key, upload_id)
    await asyncio.to_thread(found.storage.delete, key)
    stuck = PortfolioImport.object_key == key
    async with found.sessions.begin() as session:
        await session.execute(ends(stuck, system_clock.now(), state=BringState.REFUSED, refusal="failed"))
