"""Making an export in the background. It may run twice: who begins last goes on, who was thought dead stops."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import psycopg
from botocore.exceptions import BotoCoreError, ClientError
from procrastinate import JobContext
from sqlalchemy import func, make_url, select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.platform.clock import system_clock
from app.platform.jobs import RETRY, Tools, enqueue, jobs, tools
from app.platform.storage import Storage
from app.portability.exports.archive import Archive, Upload
from app.portability.exports.holding import Reader, Stopped
from app.portability.exports.making import Made, make
from app.portability.exports.models import ExportState, PortfolioExport

log = logging.getLogger(__name__)

PREFIX = "export/"
KEPT = timedelta(days=7)
_MOST_TRIES = 4
_PATIENCE = timedelta(hours=24)
_PASSING = (BotoCoreError, ClientError, psycopg.OperationalError, OSError)
"""The store or the database is away, or the worker is about to stop: it is tried again."""


@jobs.task(name="make_export", retry=RETRY, pass_context=True)
async def make_export(context: JobContext, export_id: str) -> None:
    """Makes the zip and keeps it a week. Store or database away raises, and it is begun anew later."""
    found = tools(context)
    which, attempt = UUID(export_id), uuid4()
    key = f"{PREFIX}{attempt}.zip"
    before = await _begin(found, which, attempt, key)
    if before is None:
        return
    if before.key and before.upload_id:
        # Of a try that died half-way.
        await asyncio.to_thread(found.storage.abort_upload, before.key, before.upload_id)
    try:
        upload_id = await asyncio.to_thread(found.storage.start_upload, key, "application/zip")
        async with found.sessions.begin() as session:
            own = update(PortfolioExport).where(PortfolioExport.id == which, PortfolioExport.attempt == attempt)
            await session.execute(own.values(upload_id=upload_id))
        made, size = await asyncio.to_thread(_make, found, which, attempt, key, upload_id)
    except Stopped:
        await asyncio.to_thread(_let_go, found.storage, key, upload_id)
        return
    except Exception as error:
        passes = found.stopping.is_set() or isinstance(error, _PASSING)
        if passes and context.job.attempts < _MOST_TRIES:
            raise
        log.exception("no export %s", which)
        await _end(found, which, attempt, state=ExportState.FAILED)
        return
    if not await _ready(found, which, attempt, size, made):
        await asyncio.to_thread(_let_go, found.storage, key, upload_id)


@dataclass(frozen=True, slots=True)
class _Before:
    """Where a try before this one was sending to."""

    key: str | None
    upload_id: str | None


async def _begin(found: Tools, which: UUID, attempt: UUID, key: str) -> _Before | None:
    """Takes it in hand. None: there is nothing to do any more."""
    async with found.sessions.begin() as session:
        row = await session.get(PortfolioExport, which, with_for_update=True)
        if row is None or row.state not in (ExportState.ASKED, ExportState.MAKING):
            return None
        before = _Before(row.object_key, row.upload_id)
        row.state, row.attempt, row.done = ExportState.MAKING, attempt, 0
        row.object_key, row.upload_id = key, None
    return before


def _make(found: Tools, which: UUID, attempt: UUID, key: str, upload_id: str) -> tuple[Made, int]:
    """Blocks until it is in the store. Raises Stopped, and what the store and the database raise."""
    url = make_url(found.database_url).set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as told:

        def go_on(done: int, total: int) -> bool:
            if found.stopping.is_set():
                raise OSError("the worker stops")
            row = told.execute("select export_goes_on(%s, %s, %s, %s)", [which, attempt, done, total]).fetchone()
            return bool(row and row[0])

        upload = Upload(found.storage, key, upload_id)
        now = system_clock.now()
        with Reader(found.database_url, which, system_clock.today()) as holding:
            archive = Archive(upload, now)
            made = make(holding, found.storage, archive, now, found.settings.origin, go_on, found.stopping)
        upload.finish()
    return made, upload.size


async def _ready(found: Tools, which: UUID, attempt: UUID, size: int, made: Made) -> bool:
    """Keeps it and tells the pupil; False where it is not wanted any more."""
    now = system_clock.now()
    values = {
        "state": ExportState.READY, "size": size, "counts": made.as_json(), "upload_id": None,
        "ready_at": now, "expires_at": now + KEPT,
    }  # fmt: skip
    return await _end(found, which, attempt, tell=now, **values)


async def _end(found: Tools, which: UUID, attempt: UUID, tell: datetime | None = None, **values: object) -> bool:
    async with found.sessions.begin() as session:
        row = await session.get(PortfolioExport, which, with_for_update=True)
        if row is None or row.attempt != attempt or row.state != ExportState.MAKING:
            return False
        for name, value in values.items():
            setattr(row, name, value)
        if tell:
            await session.execute(select(func.tell_of_takeaway(row.pupil_id, "export_ready", which, tell)))
            await _forget_later(session, which)
    return True


async def _forget_later(session: AsyncSession, which: UUID) -> None:
    await enqueue(session, forget_export, after=KEPT, export_id=str(which))


def _let_go(storage: Storage, key: str, upload_id: str | None) -> None:
    if upload_id:
        storage.abort_upload(key, upload_id)
    storage.delete(key)


@jobs.task(name="forget_export", retry=RETRY, pass_context=True)
async def forget_export(context: JobContext, export_id: str) -> None:
    """Removes the zip: thrown away, or a week old. The row stays, and says that it is gone."""
    found = tools(context)
    async with found.sessions.begin() as session:
        row = await session.get(PortfolioExport, UUID(export_id), with_for_update=True)
        if row is None:
            return
        key, upload_id = row.object_key, row.upload_id
        row.state, row.attempt = ExportState.GONE, None
    if key:
        await asyncio.to_thread(_let_go, found.storage, key, upload_id)


@jobs.periodic(cron="23 4 * * *")
@jobs.task(name="sweep_exports", queueing_lock="sweep_exports", pass_context=True)
async def sweep_exports(context: JobContext, timestamp: int) -> None:
    """Removes zips of a day ago and more that no row holds any more."""
    found = tools(context)
    removed = await sweep(found.sessions, found.storage, system_clock.now())
    log.info("swept: %s exports", len(removed))


async def sweep(sessions: async_sessionmaker[AsyncSession], storage: Storage, now: datetime) -> set[str]:
    """The keys that it removed: of rows that are gone, of tries that died, and of a week ago.

    What is asked for since a day and never came failed: it must not stand in the way of the next.
    """
    removed: set[str] = set()
    stuck = update(PortfolioExport).where(
        PortfolioExport.state.in_([ExportState.ASKED, ExportState.MAKING]), PortfolioExport.asked_at < now - _PATIENCE
    )
    async with sessions.begin() as session:
        await session.execute(stuck.values(state=ExportState.FAILED, attempt=None))
    pages = storage.older(PREFIX, now - _PATIENCE)
    while (keys := await asyncio.to_thread(next, pages, None)) is not None:
        held = select(PortfolioExport.object_key).where(
            PortfolioExport.object_key.in_(keys),
            PortfolioExport.state.in_([ExportState.MAKING, ExportState.READY]),
            func.coalesce(PortfolioExport.expires_at, now + KEPT) > now,
        )
        async with sessions() as session:
            known = set(await session.scalars(held))
        for key in set(keys) - known:
            await asyncio.to_thread(storage.delete, key)
            removed.add(key)
    return removed
