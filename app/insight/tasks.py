"""In the background: the figures of a quarter, once it has begun."""

import logging
from datetime import UTC, datetime

from procrastinate import JobContext

from app.insight.actions import publish
from app.insight.days import newest
from app.platform.clock import AMSTERDAM
from app.platform.jobs import RETRY, jobs, tools

log = logging.getLogger(__name__)


@jobs.periodic(cron="20 * * * *")
@jobs.task(name="set_figures", queueing_lock="set_figures", retry=RETRY, pass_context=True)
async def set_figures(context: JobContext, timestamp: int) -> None:
    """Every hour: where the figures of this quarter are not there yet, they are counted and set."""
    now = datetime.fromtimestamp(timestamp, UTC)
    reference = newest(now.astimezone(AMSTERDAM).date())
    async with tools(context).sessions.begin() as session:
        if await publish(session, reference, now):
            log.info("figures of %s were set", reference.set_on)
