"""Every hour what days bring to transfers. Run again, it adds nothing."""

from datetime import UTC, date, datetime

from procrastinate import JobContext
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.platform.clock import AMSTERDAM
from app.platform.jobs import RETRY, jobs, tools

_TELL = text("select tell_of_transfers(:today, :now), tell_of_asked_transfers(:today, :now)")


async def tell_of_transfers(session: AsyncSession, now: datetime, today: date) -> None:
    """First days at a school, birthdays, new mentors and parents, and the last week before a transfer is over."""
    await session.execute(_TELL, {"today": today, "now": now})


@jobs.periodic(cron="17 * * * *")
@jobs.task(name="tell_of_transfers", queueing_lock="tell_of_transfers", retry=RETRY, pass_context=True)
async def tell_hourly(context: JobContext, timestamp: int) -> None:
    """Soon after midnight, and again each hour for who came in since."""
    now = datetime.fromtimestamp(timestamp, UTC)
    async with tools(context).sessions.begin() as session:
        await tell_of_transfers(session, now, now.astimezone(AMSTERDAM).date())
