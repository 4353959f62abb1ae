"""Reading and applying rosters in the background. Both may run twice: the second time nothing is left to do."""

import asyncio
import io
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from procrastinate import JobContext
from sqlalchemy import func, select, update

from app.access.roster_imports.models import ImportState, RosterImport
from app.people.models import Group, Level, School
from app.people.rosters.bring_in import Outcome
from app.people.rosters.roster import RosterRefused
from app.platform.clock import system_clock
from app.platform.jobs import RETRY, Tools, jobs, tools


@jobs.task(name="read_roster_import", retry=RETRY, pass_context=True)
async def read_roster_import(context: JobContext, import_id: str, today: str) -> None:
    """Works out what the file would do, and shows that."""
    at_hand = tools(context)
    key = await _work(at_hand, UUID(import_id), date.fromisoformat(today), ImportState.READING, ImportState.READY)
    if key:
        await asyncio.to_thread(at_hand.storage.delete, key)


@jobs.task(name="apply_roster_import", retry=RETRY, pass_context=True)
async def apply_roster_import(context: JobContext, import_id: str, today: str) -> None:
    """Brings the file in, and lets go of it."""
    at_hand = tools(context)
    key = await _work(at_hand, UUID(import_id), date.fromisoformat(today), ImportState.APPLYING, ImportState.APPLIED)
    if key:
        await asyncio.to_thread(at_hand.storage.delete, key)


@jobs.task(name="forget_roster_file", retry=RETRY, pass_context=True)
async def forget_roster_file(context: JobContext, key: str, upload_id: str) -> None:
    """A day later the file is gone, whether it was brought in or not."""
    storage = tools(context).storage
    await asyncio.to_thread(storage.abort_upload, key, upload_id)
    await asyncio.to_thread(storage.delete, key)


async def _work(at_hand: Tools, import_id: UUID, today: date, before: ImportState, after: ImportState) -> str | None:
    """One pass over the file; its key where the file has served. What refuses it is kept.

    What would do more than was agreed to is shown anew instead of done.
    """
    async with at_hand.sessions() as session:
        found = await session.get(RosterImport, import_id)
        if found is None or found.state != before:
            return None
        school = await session.get_one(School, found.school_id)
        level = await session.scalar(
            select(Group.level).where(Group.school_id == school.id).group_by(Group.level).order_by(func.count().desc())
        )
    loop = asyncio.get_running_loop()

    async def tell(done: int, total: int) -> None:
        async with at_hand.sessions.begin() as session:
            values = {"progress": 100 * done // total}
            await session.execute(update(RosterImport).where(RosterImport.id == import_id).values(**values))

    def progress(done: int, total: int) -> None:
        asyncio.run_coroutine_threadsafe(tell(done, total), loop).result(30)

    changed: dict[str, Any]
    try:
        outcome = await asyncio.to_thread(
            _bring_in, at_hand, found, school, Level(level) if level else None, today, after, progress
        )
        agreed = outcome.may_be_kept(skip_broken=found.skip_broken, end_many=found.end_many)
        changed = {"state": after if agreed else ImportState.READY, "outcome": asdict(outcome)}
    except RosterRefused as refused:
        changed = {"state": ImportState.REFUSED, "refusal": refused.code}
    async with at_hand.sessions.begin() as session:
        await session.execute(
            update(RosterImport)
            .where(RosterImport.id == import_id, RosterImport.state == before)
            .values(done_at=system_clock.now(), progress=100, **changed)
        )
    return None if changed["state"] == ImportState.READY else found.object_key


def _bring_in(
    at_hand: Tools,
    found: RosterImport,
    school: School,
    level: Level | None,
    today: date,
    after: ImportState,
    progress: Callable[[int, int], None],
) -> Outcome:
    from app.people.rosters.connected import bring_in_as_worker
    from app.people.rosters.files import read_roster

    if at_hand.storage.size(found.object_key) is None:
        raise RosterRefused("file_gone")
    roster = read_roster(io.BytesIO(at_hand.storage.get(found.object_key)), today, level)

    def keep(outcome: Outcome) -> bool:
        return after is ImportState.APPLIED and outcome.may_be_kept(
            skip_broken=found.skip_broken, end_many=found.end_many
        )

    return bring_in_as_worker(
        at_hand.database_url, roster, today, keep=keep, schools=[school.brin + school.site], progress=progress
    )
