"""What happens by itself for the admins of schools."""

from datetime import UTC, datetime

from procrastinate import JobContext

from app.access.administration.actions import leaving
from app.platform.clock import AMSTERDAM
from app.platform.jobs import jobs, tools


@jobs.periodic(cron="5 * * * *")
@jobs.task(name="sign_out_leavers", queueing_lock="sign_out_leavers", pass_context=True)
async def sign_out_leavers(context: JobContext, timestamp: int) -> None:
    """Soon after midnight: whose last role or placement ended yesterday is signed out. May run twice."""
    today = datetime.fromtimestamp(timestamp, UTC).astimezone(AMSTERDAM).date()
    async with tools(context).sessions.begin() as session:
        await leaving.sign_out_leavers(session, today)
