"""Every hour what days bring, every night what is old. Both may run twice: the second time nothing is left to do."""

from datetime import UTC, date, datetime, timedelta

from procrastinate import JobContext
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.platform.clock import AMSTERDAM
from app.platform.jobs import RETRY, jobs, tools
from app.reference.catalogue import purpose_of
from app.reference.codes import PurposeCode

KEPT, READ_KEPT = timedelta(days=365), timedelta(days=90)
"""So long notices are kept, and those that were read."""
UNREAD_OF_A_KIND, MOST = 50, 500
"""So many of a kind stay unread, older ones count as read; and so many are kept for one person."""

_DAY = text("select tell_of_the_day(:today, :now, :purpose, :version, :until)")
_STEPS = text("select tell_of_steps(:today, :now)")
_SWEEPS = (
    text("delete from notice where at < :oldest or (read_at is not null and at < :oldest_read)"),
    text(
        "delete from notice using (select id, row_number() over (partition by person_id order by at desc, id desc)"
        " place from notice where person_id in"
        " (select person_id from notice group by person_id having count(*) > :most)) old"
        " where old.id = notice.id and old.place > :most"
    ),
    text(
        "update notice set read_at = :now from (select id, row_number() over (partition by person_id, kind"
        " order by at desc, id desc) place from notice where read_at is null) old"
        " where old.id = notice.id and old.place > :unread"
    ),
)


async def tell_of_the_day(session: AsyncSession, now: datetime, today: date) -> None:
    """Birthdays that change who may look, consent that waits for an answer, and steps whose day has come."""
    asked = purpose_of(PurposeCode.RECOGNISABLE)
    values = {"purpose": asked.code.value, "version": asked.version, "until": asked.guardians_until}
    await session.execute(_DAY, {"today": today, "now": now, **values})
    await session.execute(_STEPS, {"today": today, "now": now})


async def sweep(session: AsyncSession, now: datetime) -> None:
    """Old notices go, and nobody keeps thousands."""
    values = {
        "now": now, "oldest": now - KEPT, "oldest_read": now - READ_KEPT, "most": MOST, "unread": UNREAD_OF_A_KIND,
    }  # fmt: skip
    for statement in _SWEEPS:
        used = {name: value for name, value in values.items() if f":{name}" in str(statement)}
        await session.execute(statement, used)


@jobs.periodic(cron="11 * * * *")
@jobs.task(name="tell_of_the_day", queueing_lock="tell_of_the_day", retry=RETRY, pass_context=True)
async def tell_hourly(context: JobContext, timestamp: int) -> None:
    """Soon after midnight, and again each hour for who came in since."""
    now = datetime.fromtimestamp(timestamp, UTC)
    async with tools(context).sessions.begin() as session:
        await tell_of_the_day(session, now, now.astimezone(AMSTERDAM).date())


@jobs.periodic(cron="41 2 * * *")
@jobs.task(name="sweep_notices", queueing_lock="sweep_notices", retry=RETRY, pass_context=True)
async def sweep_notices(context: JobContext, timestamp: int) -> None:
    """Every night."""
    async with tools(context).sessions.begin() as session:
        await sweep(session, datetime.fromtimestamp(timestamp, UTC))
