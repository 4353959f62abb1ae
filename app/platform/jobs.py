"""Work in the background: procrastinate on our own PostgreSQL, so that a job and what it is about commit together."""

import asyncio
import contextlib
import logging
import signal
import threading
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import psycopg
from procrastinate import App, JobContext, PsycopgConnector, RetryStrategy
from procrastinate.exceptions import ConnectorException
from procrastinate.tasks import Task
from procrastinate.types import JSONValue, TimeDeltaParams
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from app.platform.settings import Settings
from app.platform.storage import Storage
from app.platform.telemetry.doing import count_statements
from app.platform.telemetry.work import Work

log = logging.getLogger(__name__)

jobs = App(
    connector=PsycopgConnector(),
    import_paths=[
        "app.access.administration.tasks",
        "app.access.invitations.tasks",
        "app.access.roster_imports.tasks",
        "app.guidance.outside.tasks",
        "app.guidance.dossiers.tasks",
        "app.guidance.notices.tasks",
        "app.guidance.weekly_mail.tasks",
        "app.portability.showcases.tasks",
        "app.insight.tasks",
        "app.media.tasks",
        "app.media.figures",
        "app.portability.transfers.tasks",
        "app.media.sweeps",
        "app.portability.exports.tasks",
        "app.portability.imports.tasks",
        "app.portability.erasure.tasks",
    ],
)
"""Tasks register here. The worker imports the rooms named above; no floor looks up."""

RETRY = RetryStrategy(max_attempts=8, exponential_wait=3)
"""For what may pass (storage or database away): after 9, 27 and 81 seconds, the last time after some hours."""

_HEARTBEAT_S, _STALLED_S, _AWAY_S = 10, 30, 2
_FINISH_S, _DRAIN_S = 15, 25
"""Told to stop, a worker finishes what it can for so long; then long work has to give up, and its job goes back."""


class Lane(StrEnum):
    """Queues: what is done at once, and films, which take minutes."""

    QUICK = "default"
    FILMS = "films"


_NAME = "talentportfolio worker"

_AT_ONCE = {Lane.QUICK: 2, Lane.FILMS: 1}


@dataclass(frozen=True, slots=True)
class Tools:
    """What a task works with: sessions in the worker's role, the store, the database for its own use, and settings.

    `stopping` is set when the worker is about to end: long work in a thread looks at it, gives up and raises.
    """

    sessions: async_sessionmaker[AsyncSession]
    storage: Storage
    database_url: str
    settings: Settings
    stopping: threading.Event


def tools(context: JobContext) -> Tools:
    """The tools of the worker that runs this job."""
    found: Tools = context.additional_context["tools"]
    return found


async def enqueue(
    session: AsyncSession,
    task: Task[..., Any, Any],
    after: timedelta | None = None,
    lane: Lane = Lane.QUICK,
    **arguments: JSONValue,
) -> None:
    """Puts a job in the queue within this session's transaction: no commit, no job.

    `after`: so long it waits, by the clock of the queue.
    """
    connection = await (await session.connection()).get_raw_connection()
    schedule_in: TimeDeltaParams | None = {"seconds": int(after.total_seconds())} if after else None
    configured = task.configure(connection=connection.driver_connection, schedule_in=schedule_in, queue=lane)
    await configured.defer_async(**arguments)


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job that was given up: its number, which the log has too, what it is about, and since when."""

    id: int
    task: str
    about: dict[str, JSONValue]
    tries: int
    since: datetime | None


async def failed_jobs(session: AsyncSession) -> list[FailedJob]:
    """All that were given up, the oldest first."""
    found = await session.execute(
        text(
            "select id, task_name, args, attempts,"
            " (select max(at) from procrastinate_events where job_id = job.id)"
            " from procrastinate_jobs job where status = 'failed' order by id"
        )
    )
    return [FailedJob(*row) for row in found]


async def retry_failed(session: AsyncSession) -> int:
    """Puts all that were given up back in the queue, as if they were new; how many."""
    again = text(
        "update procrastinate_jobs set status = 'todo', attempts = 0, scheduled_at = null"
        " where status = 'failed' returning id"
    )
    return len((await session.scalars(again)).all())


@jobs.periodic(cron="* * * * *")
@jobs.task(name="retry_stalled_jobs", queueing_lock="retry_stalled_jobs", pass_context=True)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Gives back what a killed worker had in hand; every task can run twice."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=_STALLED_S):
        log.warning("job %s (%s) lost its worker and runs again", job.id, job.task_name)
        await manager.retry_job(job)


async def run_worker(settings: Settings, *, until_empty: bool = False) -> None:
    """Works until SIGINT or SIGTERM, and goes on where the database was away; or until the queue was empty once.

    Raises OSError, psycopg.Error, the latter only at the start or with `until_empty`.
    """
    if until_empty:
        async with _lanes(settings, threading.Event(), wait=False, work=Work()) as lanes:
            # One after the other: what a film leaves to do comes last.
            for lane in reversed(lanes):
                await lane
        return
    told, work = asyncio.Event(), Work()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    with work.open(settings):
        while not told.is_set():
            stopping = threading.Event()
            try:
                async with _lanes(settings, stopping, wait=True, work=work) as lanes:
                    await _until_told([asyncio.ensure_future(lane) for lane in lanes], told, stopping)
            except (ConnectorException, psycopg.OperationalError):
                log.warning("the database is away; the worker waits for it")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(told.wait(), _AWAY_S)


async def worker_is_there(session: AsyncSession) -> bool:
    """Whether a worker is connected to the database; one that hangs is told by its heartbeat, in its figures."""
    asked = text("select exists (select from pg_stat_activity where application_name = :name)")
    return bool(await session.scalar(asked, {"name": _NAME}))


@contextlib.asynccontextmanager
async def _lanes(
    settings: Settings, stopping: threading.Event, *, wait: bool, work: Work
) -> AsyncIterator[list[Coroutine[Any, Any, None]]]:
    """The worker of each lane, to be run, on connections that are open meanwhile."""
    assert settings.database_worker_url, "the engines are started before the worker"
    url = make_url(settings.database_worker_url)
    conninfo = url.set(drivername="postgresql").render_as_string(hide_password=False)
    engine = create_async_engine(url, pool_size=2, max_overflow=2, pool_pre_ping=True)
    count_statements(engine.sync_engine)
    found = Tools(async_sessionmaker(engine), Storage(settings), settings.database_worker_url, settings, stopping)
    try:
        with jobs.replace_connector(
            PsycopgConnector(conninfo=conninfo, min_size=1, max_size=4, kwargs={"application_name": _NAME})
        ) as worker:
            async with worker.open_async():
                yield [
                    worker.run_worker_async(
                        queues=[lane],
                        name=lane,
                        concurrency=_AT_ONCE[lane],
                        wait=wait,
                        install_signal_handlers=False,
                        delete_jobs="successful",
                        shutdown_graceful_timeout=_DRAIN_S,
                        update_heartbeat_interval=_HEARTBEAT_S,
                        stalled_worker_timeout=_STALLED_S,
                        additional_context={"tools": found},
                        worker_middleware=[work.told],
                    )
                    for lane in Lane
                ]
    finally:
        await engine.dispose()


async def _until_told(lanes: list[asyncio.Future[None]], told: asyncio.Event, stopping: threading.Event) -> None:
    """Until it is told to stop, or a lane breaks, which is raised; what is in hand is finished or put back."""
    order = asyncio.ensure_future(told.wait())
    either: list[asyncio.Future[Any]] = [order, *lanes]
    await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
    order.cancel()
    asyncio.get_running_loop().call_later(_FINISH_S, stopping.set)
    for lane in lanes:
        lane.cancel()  # once: a second time would not wait for what is in hand
    await asyncio.wait(lanes)
    for lane in lanes:
        with contextlib.suppress(asyncio.CancelledError):
            lane.result()
