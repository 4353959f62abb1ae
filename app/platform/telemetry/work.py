"""What is told of every job: a line in the log, figures and a span, as the settings wish."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from procrastinate import JobContext
from sqlalchemy import make_url

from app.platform.settings import Settings
from app.platform.telemetry.doing import Doing, current, span, tracing
from app.platform.telemetry.traces import tracer

if TYPE_CHECKING:
    from app.platform.telemetry.metrics import WorkingFigures

log = logging.getLogger("app.jobs")

Next = Callable[[], Awaitable[Any]]


class Work:
    """One for a worker; open as long as it works."""

    def __init__(self) -> None:
        self._figures: WorkingFigures | None = None

    @contextmanager
    def open(self, settings: Settings) -> Iterator[None]:
        """Figures are served and spans are sent meanwhile. Raises OSError where the port of figures is taken."""
        with ExitStack() as stack:
            stack.enter_context(tracing(stack.enter_context(tracer(settings, "worker"))))
            if settings.worker_metrics_port is not None and settings.database_worker_url:
                from app.platform.telemetry.metrics import WorkingFigures

                url = make_url(settings.database_worker_url).set(drivername="postgresql")
                figures = WorkingFigures(url.render_as_string(hide_password=False))
                port = settings.worker_metrics_port
                stack.callback(figures.serve(settings.metrics_host, port, "TALENT_WORKER_METRICS_PORT"))
                self._figures = figures
            yield

    async def told(self, call: Next, context: JobContext, _: Any) -> Any:
        """Around one job, as procrastinate calls it."""
        job = context.job
        token = current.set(Doing(f"job-{job.id}"))
        began = time.perf_counter()
        outcome, failed = "done", None
        try:
            with span(job.task_name):
                return await call()
        except asyncio.CancelledError:
            outcome = "put back"
            raise
        except BaseException as error:
            outcome, failed = "failed", error
            raise
        finally:
            seconds = time.perf_counter() - began
            if self._figures:
                self._figures.ended(job.task_name, outcome, seconds)
            log.log(
                logging.ERROR if failed else logging.INFO,
                "job",
                extra={"task": job.task_name, "job": job.id, "outcome": outcome, "ms": round(seconds * 1000)},
                exc_info=failed,
            )
            current.reset(token)
