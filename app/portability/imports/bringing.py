"""Brings a file in, as the worker: entries, then what was said, then files, each of them looked at as an upload is.

Each batch is a transaction of its own; whoever begins anew finds what is there and goes on with the rest.
"""

import asyncio
import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import DateTime, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.media.actions import lane_of
from app.media.models import Attachment, AttachmentState, MediaKind
from app.media.policy import (
    ACCEPTED,
    HEAD_BYTES,
    LIMITS,
    MAX_FILES,
    MAX_FILES_OF_PUPIL,
    ROOM,
    clean_name,
    family_of,
)
from app.media.tasks import make_renditions
from app.people.models import Placement, School
from app.people.projections import runs
from app.platform.clock import AMSTERDAM
from app.platform.jobs import Tools, enqueue
from app.portability.imports.brought import CARDS, File, Record, Report, Story
from app.portability.imports.leap2a import Feed
from app.portability.imports.models import BroughtRecord
from app.portability.imports.own import OwnFile
from app.portability.imports.own_rows import Own
from app.portability.imports.parcel import BROKEN, Over, Parcel
from app.portfolio.models import Entry

T = TypeVar("T")
Tell = Callable[[int, int], Awaitable[None]]

_BATCH = 100
_FILES_AT_ONCE = 24
_IN_MEMORY = 4 * 1024 * 1024
_OVER = "TA034"


@dataclass(frozen=True, slots=True)
class Bringing:
    """One import that is being brought in."""

    found: Tools
    import_id: UUID
    pupil_id: UUID
    now: datetime

    async def bring(self, path: Path, tell: Tell) -> Report:
        """Everything that is in the file. Raises BringRefused, Over, and what store and database raise."""
        parcel = await asyncio.to_thread(Parcel, path)
        try:
            report = Report(parcel.kind)
            kind: type[OwnFile | Feed] = OwnFile if parcel.kind == "own" else Feed
            source: OwnFile | Feed = await asyncio.to_thread(kind, parcel, self.pupil_id, report)
            total, done = source.entries + source.files, 0
            await tell(done, total)
            source.give_others(await self._of_others(await asyncio.to_thread(source.ids)))
            async for stories in _batches(source.stories(), _BATCH):
                await self._bring_stories(stories, report)
                done += len(stories)
                await tell(done, total)
            async for told in _batches(source.records(), _BATCH):
                own = [each for each in told if isinstance(each, Own)]
                await self._bring_own(own, report)
                await self._bring_records([each for each in told if isinstance(each, Record)], report)
            room = await self._room()
            async for files in _batches(source.carried(), _FILES_AT_ONCE):
                await self._bring_files(parcel, files, room, report)
                done += len(files)
                await tell(min(done, total), total)
            return report
        finally:
            parcel.close()

    async def _of_others(self, ids: list[UUID]) -> frozenset[UUID]:
        async with self.found.sessions() as session:
            found = await session.scalars(select(func.ids_of_others(self.import_id, ids)))
            return frozenset(found)

    async def _bring_stories(self, stories: list[Story], report: Report) -> None:
        rows = [_row(story, self.now) for story in stories]
        new = await self._call("bring_entries(:import, :brought, :today, :now)", rows)
        report.entries += len(new)
        report.entries_before += len(rows) - len(new)

    async def _bring_own(self, own: list[Own], report: Report) -> None:
        """As rows of the pupil's own; what has no place here is kept as it stood in the file."""
        for part in dict.fromkeys(each.part for each in own):
            of_part = [each for each in own if each.part == part]
            # A moment of choosing comes by itself: what is wrong with one keeps no other out.
            for group in [[each] for each in of_part] if part == "choiceMoments" else [of_part]:
                found = await self._own_rows(part, group)
                report.own += sum(found.values())
                # A page that was thrown away is to be found nowhere on a screen.
                report.own_parts += Counter(
                    part for each in group if found.get(each.key) and not each.values.get("removed")
                )
                otherwise = [record for each in group if each.key not in found for record in each.otherwise]
                await self._bring_records(otherwise, report)

    async def _own_rows(self, part: str, own: list[Own]) -> dict[str, bool]:
        """Which of them are here now, and whether they are new."""
        values = {"import": self.import_id, "part": part, "brought": [each.values for each in own], "now": self.now}
        values["today"] = self.now.astimezone(AMSTERDAM).date()
        statement = text("select * from bring_own(:import, :part, :brought, :today, :now)").bindparams(
            bindparam("brought", type_=JSONB()), bindparam("now", type_=DateTime(timezone=True))
        )
        try:
            async with self.found.sessions.begin() as session:
                return {row.key: row.is_new for row in await session.execute(statement, values)}
        except (IntegrityError, DataError):
            return {}
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) == _OVER:
                raise Over from error
            raise

    async def _bring_records(self, records: list[Record], report: Report) -> None:
        if not records:
            return
        rows = [
            {
                "part": each.part,
                "source_id": each.source_id,
                "entry_id": str(each.entry_id) if each.entry_id else None,
                "content": each.content,
            }
            for each in records
        ]
        report.records += sum(await self._call("bring_records(:import, :brought, :now)", rows))

    async def _call(self, function: str, rows: list[dict[str, Any]]) -> list[Any]:
        async with self.found.sessions.begin() as session:
            return await self._called(session, function, rows)

    async def _called(self, session: AsyncSession, function: str, rows: list[dict[str, Any]]) -> list[Any]:
        values: dict[str, Any] = {"import": self.import_id, "brought": rows, "now": self.now}
        if ":today" in function:
            values["today"] = self.now.astimezone(AMSTERDAM).date()
        statement = text(f"select * from {function}").bindparams(  # noqa: S608
            bindparam("brought", type_=JSONB()), bindparam("now", type_=DateTime(timezone=True))
        )
        try:
            return [*await session.scalars(statement, values)]
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) == _OVER:
                raise Over from error
            raise

    # --- files ----------------------------------------------------------------------------------------

    async def _room(self) -> "_Room":
        """What this pupil has, and how much there may be."""
        today = self.now.astimezone(AMSTERDAM).date()
        kept = func.coalesce(Attachment.file_size, Attachment.size)
        most = (
            select(func.coalesce(func.max(School.pupil_room), ROOM))
            .join(Placement, Placement.school_id == School.id)
            .where(Placement.pupil_id == self.pupil_id, runs(Placement, today))
        )
        mine = (
            select(Attachment.id, Attachment.entry_id, BroughtRecord.source_id, kept)
            .outerjoin(BroughtRecord, BroughtRecord.id == Attachment.brought_id)
            .where(Attachment.pupil_id == self.pupil_id, Attachment.state != AttachmentState.REFUSED)
        )
        own = select(Entry.id).where(Entry.pupil_id == self.pupil_id)
        cards = select(BroughtRecord.source_id).where(
            BroughtRecord.pupil_id == self.pupil_id, BroughtRecord.part == CARDS
        )
        async with self.found.sessions() as session:
            rows = (await session.execute(mine)).all()
            return _Room(
                ids={row[0] for row in rows},
                at=Counter(row[1] or row[2] for row in rows),
                used=sum(int(row[3]) for row in rows),
                most=int(await session.scalar(most) or ROOM),
                entries=set(await session.scalars(own)),
                cards=set(await session.scalars(cards)),
            )

    async def _bring_files(self, parcel: Parcel, files: list[File], room: "_Room", report: Report) -> None:
        wanted = [sending for file in files if (sending := _look_at(parcel, file, room, report))]
        with ThreadPoolExecutor(4, "import") as pool:
            loop = asyncio.get_running_loop()
            sent = await asyncio.gather(*(loop.run_in_executor(pool, self._send, parcel, each) for each in wanted))
        rows = []
        for each, refusal in zip(wanted, sent, strict=True):
            if refusal:
                room.give_back(each)
                report.skip(each.file.name, refusal)
            else:
                rows.append(each.row())
        if not rows:
            return
        async with self.found.sessions.begin() as session:
            new = set(await self._called(session, "bring_files(:import, :brought, :now)", rows))
            for each in wanted:
                if each.file.id in new:
                    attachment = each.attachment()
                    await enqueue(session, make_renditions, lane=lane_of(attachment), attachment_id=str(each.file.id))
        report.files += len(new)
        report.files_before += len(rows) - len(new)

    def _send(self, parcel: Parcel, sending: "_Sending") -> str | None:
        """Sends a member to the store; the code of what is wrong with it, or None. Raises what the store raises."""
        counted, size = hashlib.sha256(), 0
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as held:
            try:
                for piece in parcel.pieces(sending.member):
                    size += len(piece)
                    if size > sending.size:
                        return "file_broken"
                    counted.update(piece)
                    held.write(piece)
            except BROKEN:
                return "file_broken"
            if size != sending.size or sending.file.sha256 not in (None, counted.hexdigest()):
                return "file_changed"
            held.seek(0)
            if family_of(held.read(HEAD_BYTES)) is not ACCEPTED[sending.media_type].family:
                return "file_type"
            held.seek(0)
            self.found.storage.keep_stream(sending.object_key, held, sending.media_type)
        return None


@dataclass(slots=True)
class _Room:
    ids: set[UUID]
    at: Counter[UUID | str | None]
    """How many files each entry has, and each card that was brought (by its `source_id`)."""
    used: int
    most: int
    entries: set[UUID]
    cards: set[str]

    def give_back(self, sending: "_Sending") -> None:
        self.ids.discard(sending.file.id)
        self.at[sending.file.entry_id or sending.file.card] -= 1
        self.used -= sending.size


@dataclass(frozen=True, slots=True)
class _Sending:
    file: File
    member: Any
    media_type: str
    size: int
    object_key: str

    def row(self) -> dict[str, Any]:
        accepted = ACCEPTED[self.media_type]
        return {
            "id": str(self.file.id),
            "entry_id": self.file.entry_id and str(self.file.entry_id),
            "card": self.file.card,
            "kind": accepted.kind.value,
            "media_type": self.media_type,
            "name": clean_name(self.file.name, accepted),
            "alt": self.file.alt,
            "size": self.size,
            "position": min(max(self.file.position, 0), 1_000),
            "object_key": self.object_key,
            "captions": self.file.captions if accepted.kind == "film" else None,
        }

    def attachment(self) -> Attachment:
        return Attachment(kind=ACCEPTED[self.media_type].kind)


_BY_ENDING = {ending: media for media, each in reversed(ACCEPTED.items()) for ending in each.endings.split()}


def _look_at(parcel: Parcel, file: File, room: _Room, report: Report) -> _Sending | None:
    """What is to be sent of it; nothing where it is here already, or may not come in, which is told."""
    if file.id in room.ids:
        report.files_before += 1
        return None
    member = parcel.find(file.member)
    ending = file.member.rpartition(".")[2].lower()
    media_type = file.media_type if file.media_type in ACCEPTED else _BY_ENDING.get(ending)
    why: str | None = None
    if member is None:
        why = "file_missing"
    elif file.entry_id not in room.entries and file.card not in room.cards:
        why = "of_a_card" if file.card else "no_story"
    elif media_type is None or (file.card and ACCEPTED[media_type].kind != MediaKind.SOUND):
        why = "file_type"
    elif member.file_size == 0:
        why = "file_empty"
    elif member.file_size > LIMITS[ACCEPTED[media_type].kind]:
        why = "file_too_large"
    elif room.at[file.entry_id or file.card] >= MAX_FILES:
        why = "too_many_files"
    elif len(room.ids) >= MAX_FILES_OF_PUPIL or room.used + member.file_size > room.most:
        why = "no_room"
    if why or member is None or media_type is None:
        report.skip(file.name or file.member, why or "file_type")
        return None
    room.ids.add(file.id)
    room.at[file.entry_id or file.card] += 1
    room.used += member.file_size
    return _Sending(file, member, media_type, member.file_size, f"original/{uuid4()}")


def _row(story: Story, now: datetime) -> dict[str, Any]:
    content = story.content
    made = min(story.created_at or now, now)
    told = content.model_dump(mode="json", by_alias=True, include={"details", "answers"})
    on = content.happened_on or story.sort_on or made.astimezone(AMSTERDAM).date()
    return {
        "id": str(story.id),
        "kind": content.details.kind.value,
        "state": story.state,
        "title": content.title,
        "happened_on": content.happened_on and content.happened_on.isoformat(),
        "ended_on": content.ended_on and content.ended_on.isoformat(),
        "sort_on": on.isoformat(),
        "body": content.body,
        "feeling": content.feeling and content.feeling.value,
        **told,
        "competencies": [code.value for code in content.competencies],
        "work_fields": [code.value for code in content.work_fields],
        "tags": content.tags,
        "created_at": made.isoformat(),
    }


async def _batches(items: Iterator[T], many: int) -> AsyncIterator[list[T]]:
    """Some at a time; reading them blocks, so that happens in a thread."""
    while batch := await asyncio.to_thread(lambda: [*islice(items, many)]):
        yield batch


def as_json(report: Report) -> dict[str, Any]:
    """The report as it is kept, without what cannot be."""
    found: dict[str, Any] = json.loads(json.dumps(report.as_json()))
    return found
