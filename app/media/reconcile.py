"""Database and object store agree: what is in one and not in the other, and what is done about it.

Safe beside users: a row always comes before its object, so an object that is a day old and has no row never gets one;
rows are locked before they are changed, and read after what the store listed.
"""

import asyncio
import hashlib
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Row, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.media.actions import all_keys, lane_of
from app.media.kept import kept_originals, left_over, original_of
from app.media.models import Attachment, AttachmentState
from app.media.tasks import make_renditions, remove_objects
from app.platform.jobs import enqueue
from app.platform.storage import Storage

PATIENCE = timedelta(hours=24)
"""So long an upload may take, and an object may be without a row."""

PREFIXES = ("original/", "file/", "thumbnail/", "display/")
_PAGE = 500

Progress = Callable[[int], None]
Kept = Row[UUID, str | None, int | None, str | None]
"""A file that is ready: id, key, size in bytes, SHA-256 in hex."""


@dataclass(slots=True)
class Report:
    """What was found: `mended` is put right, `left` needs an operator. Each a kind and how many, with some examples."""

    mended: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def add(self, kind: str, example: object, mended: bool) -> None:
        (self.mended if mended else self.left)[kind] += 1
        some = self.examples.setdefault(kind, [])
        if len(some) < 5:
            some.append(str(example))


async def reconcile(
    sessions: async_sessionmaker[AsyncSession],
    storage: Storage,
    now: datetime,
    *,
    mend: bool,
    verify: float = 0,
    tell: Progress = lambda done: None,
) -> Report:
    """Compares all, and puts right what it can where `mend`. `verify`: the part of files, 0 to 1, to read again."""
    report = Report()
    await _abandoned(sessions, now, mend, report)
    await _forgotten(sessions, mend, report)
    await _without_row(sessions, storage, now, mend, report)
    done = 0
    async for rows in _ready(sessions):
        for row in rows:
            await asyncio.to_thread(_look_at, storage, row, verify, report)
        done += len(rows)
        tell(done)
    return report


async def _abandoned(sessions: async_sessionmaker[AsyncSession], now: datetime, mend: bool, report: Report) -> None:
    """Uploads that were begun a day ago and never ended: the row goes, and what was sent with it."""
    async with sessions.begin() as session:
        old = select(Attachment).where(
            Attachment.state == AttachmentState.UPLOADING, Attachment.created_at < now - PATIENCE
        )
        for attachment in await session.scalars(old.with_for_update(skip_locked=True)):
            report.add("upload_abandoned", attachment.id, mend)
            if mend:
                await session.delete(attachment)
                keys = all_keys(attachment.object_key)
                await enqueue(session, remove_objects, keys=[*keys], upload_id=attachment.upload_id)


async def _forgotten(sessions: async_sessionmaker[AsyncSession], mend: bool, report: Report) -> None:
    """Files that arrived, and that no job will look at; one whose job failed for good is told, and not tried again."""
    jobs = text(
        "select args->>'attachment_id' as id, bool_or(status = 'failed') as failed from procrastinate_jobs"
        " where task_name = 'make_renditions' and status in ('todo', 'doing', 'failed') group by 1"
    )
    async with sessions.begin() as session:
        known = {row.id: row.failed for row in await session.execute(jobs)}
        received = select(Attachment).where(Attachment.state == AttachmentState.RECEIVED)
        for attachment in await session.scalars(received):
            failed = known.get(str(attachment.id))
            if failed is None:
                report.add("not_looked_at", attachment.id, mend)
                if mend:
                    lane = lane_of(attachment)
                    await enqueue(session, make_renditions, lane=lane, attachment_id=str(attachment.id))
            elif failed:
                report.add("job_failed", attachment.id, False)


async def _without_row(
    sessions: async_sessionmaker[AsyncSession], storage: Storage, now: datetime, mend: bool, report: Report
) -> None:
    """Objects and broken-off uploads of a day ago that no row needs, and that are not waiting to be removed."""
    removal = text("select args->'keys'->>0 from procrastinate_jobs where task_name = 'remove_objects'")
    async with sessions() as session:
        waiting = set(await session.scalars(removal))
    for prefix in PREFIXES:
        pages = storage.older(prefix, now - PATIENCE)
        while (keys := await asyncio.to_thread(next, pages, None)) is not None:
            originals = {key: original_of(key) for key in keys}
            known = select(Attachment.object_key, Attachment.file_key)
            async with sessions() as session:
                found = await session.execute(known.where(Attachment.object_key.in_(set(originals.values()))))
                # What a dossier holds stays, whether its entry is there or not.
                kept: dict[str, str | None] = {**await kept_originals(session, originals.values())}
                kept |= {row.object_key: row.file_key for row in found}
            for key, original in originals.items():
                if original in waiting or (original in kept and not left_over(key, original, kept[original])):
                    continue
                report.add("object_without_row", key, mend)
                if mend:
                    await asyncio.to_thread(storage.delete, key)
    for key, upload_id in await asyncio.to_thread(storage.running_uploads, now - PATIENCE):
        if key in waiting:
            continue
        async with sessions() as session:
            row = select(func.count()).where(Attachment.object_key == key, Attachment.upload_id == upload_id)
            if await session.scalar(row):
                continue
        report.add("upload_without_row", key, mend)
        if mend:
            await asyncio.to_thread(storage.abort_upload, key, upload_id)


async def _ready(sessions: async_sessionmaker[AsyncSession]) -> AsyncIterator[Sequence[Kept]]:
    """All files that are ready, some at a time."""
    after: UUID | None = None
    while True:
        page = select(Attachment.id, Attachment.file_key, Attachment.file_size, Attachment.file_sha256).where(
            Attachment.state == AttachmentState.READY, Attachment.file_key.is_not(None)
        )
        if after:
            page = page.where(Attachment.id > after)
        async with sessions() as session:
            rows = (await session.execute(page.order_by(Attachment.id).limit(_PAGE))).all()
        if not rows:
            return
        after = rows[-1][0]
        yield rows


def _look_at(storage: Storage, row: Kept, verify: float, report: Report) -> None:
    """A file that is lost or changed cannot be put right from here: the row stays, and a copy has the bytes."""
    attachment_id, key, size, sha256 = row
    there = storage.size(key or "")
    same = there is not None and size in (None, there)
    if key and same and sha256 and _chosen(attachment_id, verify):
        same = storage.sha256(key) == sha256
    if not same:
        report.add("object_missing" if there is None else "object_changed", attachment_id, False)


def _chosen(attachment_id: UUID, part: float) -> bool:
    """Whether this file is in a sample of that part; the random end of the id decides."""
    return int.from_bytes(hashlib.sha256(attachment_id.bytes).digest()[:4]) / 2**32 < part
