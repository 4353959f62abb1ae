"""The PDF of a CV or a plusdocument, made in the background; and what is not needed any more goes by itself."""

import asyncio
import logging
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from procrastinate import JobContext
from sqlalchemy import delete, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.platform.clock import AMSTERDAM, system_clock
from app.platform.jobs import RETRY, Tools, jobs, tools
from app.platform.pdf.keeping import sweep_pdfs
from app.portability.showcases.models import PaperKind, PaperState, ShowcasePage, ShowcasePdf, ShowcaseVisit
from app.portability.showcases.setting import paper_pdf

log = logging.getLogger(__name__)

PREFIX = "showcase/"
_PATIENCE = timedelta(hours=24)
_REMOVED_STAYS = timedelta(days=30)
_TELL = text("select tell_of_showcases(:today, :now)")


@jobs.task(name="make_showcase_pdf", pass_context=True)
async def make_showcase_pdf(context: JobContext, page_id: str, kind: str) -> None:
    """Makes the PDF and keeps it; where that fails, the page says so and the pupil asks again."""
    found = tools(context)
    which = (UUID(page_id), kind)
    async with found.sessions() as session:
        pdf = await session.get(ShowcasePdf, which)
        if pdf is None or pdf.state != PaperState.ASKED:
            return
        asked_at = pdf.asked_at
        paper = await session.scalar(select(func.showcase_paper(*which, system_clock.today())))
    try:
        if paper is None:
            raise LookupError("the page is gone")
        made = await asyncio.to_thread(_make, found, PaperKind(kind), paper)
        change = {"state": PaperState.READY, "object_key": made[0], "size": made[1]}
    except Exception:  # whatever it is: somebody waits for an answer
        if found.stopping.is_set():
            raise
        log.exception("no PDF of page %s", page_id)
        change = {"state": PaperState.FAILED}
    async with found.sessions.begin() as session:
        there = await session.get(ShowcasePdf, which, with_for_update=True)
        # Asked for anew meanwhile: what was made is not what is wanted, and is swept away.
        if there is None or there.asked_at != asked_at:
            return
        for name, value in change.items():
            setattr(there, name, value)
        there.made_at = system_clock.now()


def _make(found: Tools, kind: PaperKind, paper: dict[str, Any]) -> tuple[str, int]:
    """The key of the PDF in the store, and its size in bytes. Raises what make_pdf and Storage raise."""
    pdf = paper_pdf(found.storage, kind, paper, system_clock.now(), found.stopping)
    key = f"{PREFIX}{uuid4()}.pdf"
    found.storage.put(key, pdf, "application/pdf")
    return key, len(pdf)


async def tell_of_showcases(session: AsyncSession, now: datetime, today: date) -> None:
    """Pages that were changed after a parent's yes, and parents whose link was confirmed since."""
    await session.execute(_TELL, {"today": today, "now": now})


@jobs.periodic(cron="23 * * * *")
@jobs.task(name="tell_of_showcases", queueing_lock="tell_of_showcases", retry=RETRY, pass_context=True)
async def tell_hourly(context: JobContext, timestamp: int) -> None:
    """Every hour; run again, it adds nothing."""
    now = datetime.fromtimestamp(timestamp, UTC)
    async with tools(context).sessions.begin() as session:
        await tell_of_showcases(session, now, now.astimezone(AMSTERDAM).date())


@jobs.periodic(cron="53 3 * * *")
@jobs.task(name="sweep_showcases", queueing_lock="sweep_showcases", retry=RETRY, pass_context=True)
async def sweep_showcases(context: JobContext, timestamp: int) -> None:
    """Every night: pages that were thrown away a month ago, visits that are over, and PDFs that no row names."""
    found, now = tools(context), system_clock.now()
    async with found.sessions.begin() as session:
        await session.execute(delete(ShowcaseVisit).where(ShowcaseVisit.expires_at < now - _PATIENCE))
        gone = delete(ShowcasePage).where(ShowcasePage.removed_at < now - _REMOVED_STAYS).returning(ShowcasePage.id)
        pages = (await session.scalars(gone)).all()
    removed = await sweep_pdfs(found.sessions, found.storage, PREFIX, ShowcasePdf.object_key, now)
    log.info("swept: %s pages of etalages, %s PDFs", len(pages), len(removed))
