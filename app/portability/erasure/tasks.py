"""What happens by itself: erasures that are due, terms, the trash. Each may be killed, and runs again."""

import logging
from datetime import UTC, date, datetime
from uuid import UUID

from procrastinate import JobContext
from sqlalchemy import text

from app.platform.clock import AMSTERDAM
from app.platform.jobs import RETRY, jobs, tools
from app.platform.storage import Storage
from app.portability.erasure import retention
from app.portability.erasure.purge import LEDGER, LEDGER_KEPT, Purge, Sessions

log = logging.getLogger(__name__)

_DUE = text(
    "select id from erasure where (state = 'asked' and due_on <= :today) or state in ('running', 'clearing')"
    " order by asked_at"
)


async def erase_due(sessions: Sessions, storage: Storage, now: datetime, today: date) -> list[UUID]:
    """Each erasure of which the days are over, as far as it gets; one that fails keeps no other waiting.

    Which of them failed: they are tried again in an hour.
    """
    async with sessions() as session:
        due = (await session.scalars(_DUE, {"today": today})).all()
    failed = []
    for erasure_id in due:
        try:
            await Purge(sessions, storage, erasure_id).run(now, today)
        except Exception:  # whatever it is: the others are not to wait for it
            log.exception("erasure %s did not end", erasure_id)
            failed.append(erasure_id)
    return failed


@jobs.periodic(cron="23 * * * *")
@jobs.task(name="erase_due", queueing_lock="erase_due", retry=RETRY, pass_context=True)
async def erase_hourly(context: JobContext, timestamp: int) -> None:
    """Every hour: due ones begin soon after midnight, and end when no object can arrive any more."""
    found, now = tools(context), datetime.fromtimestamp(timestamp, UTC)
    if await erase_due(found.sessions, found.storage, now, now.astimezone(AMSTERDAM).date()):
        raise RuntimeError("an erasure did not end")


@jobs.periodic(cron="37 1 * * *")
@jobs.task(name="keep_terms", queueing_lock="keep_terms", retry=RETRY, pass_context=True)
async def keep_terms(context: JobContext, timestamp: int) -> None:
    """Every night: the trash, who left long ago, and what is kept for a time only."""
    found, now = tools(context), datetime.fromtimestamp(timestamp, UTC)
    today = now.astimezone(AMSTERDAM).date()
    thrown = await retention.empty_trash(found.sessions, now, today)
    asked = await retention.keep_terms(found.sessions, now, today)
    gone = await retention.sweep(found.sessions, now)
    log.info("terms: %s entries from the trash, %s people, %s", thrown, asked, gone)
    for keys in found.storage.older(LEDGER, now - LEDGER_KEPT):
        for key in keys:
            found.storage.delete(key)
