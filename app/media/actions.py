"""The life of a file: announced, sent in parts, checked, shown, taken away. Who may is asked on the floor above."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import ParamSpec, TypeVar
from urllib.parse import quote
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql.elements import ColumnElement

from app.media.captions import captions_of
from app.media.models import Attachment, AttachmentState, MediaKind
from app.media.policy import (
    ACCEPTED,
    ACCEPTED_NAMES,
    HEAD_BYTES,
    LIMITS,
    MAX_FILES,
    MAX_FILES_OF_PUPIL,
    PART_SIZE,
    ROOM,
    Accepted,
    clean_name,
    family_of,
)
from app.media.renditions.made import THUMBNAIL_TYPES, Width, thumbnail_names
from app.media.schemas import AttachmentOut, UploadedPart, UploadFinish, UploadPart, UploadPlan, UploadStart
from app.media.tasks import OBJECTS_STAY, made_keys, make_renditions, remove_objects
from app.people.models import Placement, School
from app.people.projections import runs
from app.platform.db import Transaction
from app.platform.errors import AlreadyDifferent, Conflict, NotFound, QuotaExceeded, TooLarge, UnsupportedType
from app.platform.ids import check_client_id
from app.platform.jobs import Lane, enqueue
from app.platform.storage import Storage

_ASKING = asyncio.Semaphore(6)
_THREADS = ThreadPoolExecutor(6, "store")
_SLOT_S, _ANSWER_S = 1, 5
"""A store that hangs must not take the rest along: it has threads of its own, half of the connections to the
database at most wait for it, and those not for long."""

_URL_TTL = timedelta(minutes=10)

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


async def ask_store(call: Callable[Arguments, Answer], *args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
    """What the store answers to a call that blocks. Raises TimeoutError, and what the call raises: 503, all of it."""
    async with asyncio.timeout(_SLOT_S):
        await _ASKING.acquire()
    try:
        async with asyncio.timeout(_ANSWER_S):
            return await asyncio.get_running_loop().run_in_executor(_THREADS, lambda: call(*args, **kwargs))
    finally:
        _ASKING.release()


def shown(attachment: Attachment) -> AttachmentOut:
    """A file as it is shown in an entry."""
    return AttachmentOut(
        id=attachment.id,
        kind=MediaKind(attachment.kind),
        name=attachment.name,
        media_type=attachment.media_type,
        size=attachment.size,
        alt=attachment.alt,
        state=AttachmentState(attachment.state),
        refusal=attachment.refusal,
        caution=attachment.caution,
        has_thumbnail=attachment.thumbnail_key is not None,
        placeholder=attachment.placeholder,
        width=attachment.width,
        height=attachment.height,
        duration_ms=attachment.duration_ms,
        peaks=attachment.peaks,
        has_captions=attachment.captions is not None,
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file belongs: in an entry of the pupil, or on a card from home, where somebody else may speak."""

    pupil_id: UUID
    entry_id: UUID | None = None
    homework_id: UUID | None = None


async def start(tx: Transaction, storage: Storage, place: Place, announced: UploadStart) -> UploadPlan:
    """Opens the upload of a file in this place, and keeps its row. The same again gives the same plan.

    Raises AlreadyDifferent, Conflict (409), TooLarge (413), UnsupportedType (415), Invalid (422), StorageAway (503).
    """
    accepted = _accept(announced)
    name = clean_name(announced.name, accepted)
    here = Attachment.entry_id == place.entry_id if place.entry_id else Attachment.homework_id == place.homework_id
    there = (await tx.session.scalars(select(Attachment).where(here))).all()
    if earlier := next((file for file in there if file.id == announced.id), None):
        if (earlier.name, earlier.media_type, earlier.size) != (name, announced.media_type, announced.size):
            raise AlreadyDifferent
        return await plan(storage, earlier)
    check_client_id(announced.id, tx.now, "/id")
    if len(there) >= MAX_FILES:
        raise Conflict("too_many_files")
    await _find_room(tx, place.pupil_id, announced.size)
    object_key = f"original/{uuid4()}"
    upload_id = None
    if announced.size > PART_SIZE:
        # Should the row not come to be, then this is an upload without parts, which a sweep breaks off.
        upload_id = await ask_store(storage.start_upload, object_key, announced.media_type)
    attachment = await tx.session.scalar(
        insert(Attachment)
        .values(
            id=announced.id,
            entry_id=place.entry_id,
            homework_id=place.homework_id,
            pupil_id=place.pupil_id,
            sent_by=tx.viewer if place.homework_id else None,
            kind=accepted.kind,
            media_type=announced.media_type,
            name=name,
            size=announced.size,
            position=max((file.position for file in there), default=-1) + 1,
            object_key=object_key,
            upload_id=upload_id,
            created_at=tx.now,
        )
        .on_conflict_do_nothing()
        .returning(Attachment)
    )
    if attachment is None:
        raise AlreadyDifferent
    return _plan(storage, attachment, [])


async def _find_room(tx: Transaction, pupil_id: UUID, size: int) -> None:
    """Raises QuotaExceeded (413) where this pupil has too much already; two starts at once are counted in turn."""
    await tx.session.execute(select(func.pg_advisory_xact_lock(pupil_id.int % 2**63)))
    kept = func.coalesce(Attachment.file_size, Attachment.size)
    room = (
        select(func.max(School.pupil_room))
        .join(Placement, Placement.school_id == School.id)
        .where(Placement.pupil_id == pupil_id, runs(Placement, tx.today))
    )
    used = select(func.count(), func.coalesce(func.sum(kept), 0), func.coalesce(room.scalar_subquery(), ROOM))
    of_pupil = used.where(Attachment.pupil_id == pupil_id, Attachment.state != AttachmentState.REFUSED)
    files, total, most = (await tx.session.execute(of_pupil)).one()
    if files >= MAX_FILES_OF_PUPIL or total + size > most:
        raise QuotaExceeded


def _accept(announced: UploadStart) -> Accepted:
    accepted = ACCEPTED.get(announced.media_type)
    if accepted is None:
        raise UnsupportedType(ACCEPTED_NAMES)
    if announced.size > LIMITS[accepted.kind]:
        raise TooLarge(LIMITS[accepted.kind])
    return accepted


async def plan(storage: Storage, attachment: Attachment) -> UploadPlan:
    """What has arrived and what is still to be sent. Raises StorageAway (503)."""
    under_way = attachment.state == AttachmentState.UPLOADING
    return _plan(storage, attachment, await _arrived(storage, attachment) if under_way else [])


async def _arrived(storage: Storage, attachment: Attachment) -> list[UploadedPart]:
    """The parts that the store has. An upload that it does not know any more is begun anew."""
    key, upload_id = attachment.object_key, attachment.upload_id
    if upload_id and (parts := await ask_store(storage.uploaded_parts, key, upload_id)) is not None:
        return [UploadedPart(number=part.number, etag=part.etag) for part in parts]
    if whole := await ask_store(storage.etag, key):
        # It was sent at once, or put together by a try that we did not live to write down.
        return [UploadedPart(number=number, etag=whole) for number in _part_sizes(attachment.size)]
    if upload_id:
        attachment.upload_id = await ask_store(storage.start_upload, key, attachment.media_type)
    return []


def _plan(storage: Storage, attachment: Attachment, uploaded: list[UploadedPart]) -> UploadPlan:
    there = {part.number for part in uploaded}
    sizes = _part_sizes(attachment.size) if attachment.state == AttachmentState.UPLOADING else {}
    return UploadPlan(
        id=attachment.id,
        state=AttachmentState(attachment.state),
        part_size=PART_SIZE,
        uploaded=uploaded,
        parts=[
            UploadPart(number=number, url=_part_url(storage, attachment, number, size))
            for number, size in sizes.items()
            if number not in there
        ],
    )


def _part_url(storage: Storage, attachment: Attachment, number: int, size: int) -> str:
    """A file of one part goes as a whole, which spares the store, and us, the begin and the end of an upload."""
    if attachment.upload_id is None:
        return storage.whole_url(attachment.object_key, size)
    return storage.part_url(attachment.object_key, attachment.upload_id, number, size)


def _part_sizes(size: int) -> dict[int, int]:
    """Bytes of each part, by its number from 1."""
    return {start // PART_SIZE + 1: min(PART_SIZE, size - start) for start in range(0, size, PART_SIZE)}


async def complete(tx: Transaction, storage: Storage, attachment: Attachment, finish: UploadFinish) -> AttachmentOut:
    """Puts the parts together and looks at what arrived; refused is refused for good, and is kept as such.

    Raises Conflict (409: parts are missing, or it is not the size that was announced), UnsupportedType (415: the
    bytes are not what the type says), StorageAway (503).
    """
    if attachment.state == AttachmentState.UPLOADING:
        refusal = await _arrive(storage, attachment, finish)
        attachment.upload_id = None
        if refusal:
            attachment.state, attachment.refusal = AttachmentState.REFUSED, refusal
            await enqueue(tx.session, remove_objects, keys=[attachment.object_key])
            # The answer is a refusal, and what we know now has to stay nevertheless.
            await tx.session.commit()
        else:
            attachment.state, attachment.received_at = AttachmentState.RECEIVED, tx.now
            told = [part.sha256 for part in sorted(finish.parts, key=lambda part: part.number)]
            attachment.sha256s = [sha256 for sha256 in told if sha256] if all(told) else None
            await enqueue(tx.session, make_renditions, lane=lane_of(attachment), attachment_id=str(attachment.id))
    if attachment.refusal == "unsupported_type":
        raise UnsupportedType(ACCEPTED_NAMES)
    if attachment.refusal == "upload_mismatch":
        raise Conflict("upload_mismatch")
    return shown(attachment)


async def _arrive(storage: Storage, attachment: Attachment, finish: UploadFinish) -> str | None:
    """Assembles the object; the code of what is wrong with it, or None."""
    key, upload_id = attachment.object_key, attachment.upload_id
    parts = [(part.number, part.etag) for part in sorted(finish.parts, key=lambda part: part.number)]
    if upload_id and not await ask_store(storage.finish_upload, key, upload_id, parts):
        raise Conflict("parts_missing")
    arrived = await ask_store(storage.head, key, HEAD_BYTES)
    if arrived is None:
        raise Conflict("parts_missing")
    size, head = arrived
    if size != attachment.size:
        return "upload_mismatch"
    if family_of(head) is not ACCEPTED[attachment.media_type].family:
        return "unsupported_type"
    return None


def lane_of(attachment: Attachment) -> Lane:
    """A film takes minutes, and never keeps a photo waiting."""
    return Lane.FILMS if attachment.kind == MediaKind.FILM else Lane.QUICK


async def remove(tx: Transaction, attachment: Attachment) -> None:
    """The row goes now; the objects stay as long as a copy of the database may still know them."""
    await tx.session.delete(attachment)
    await let_go(tx, attachment)


async def let_go(tx: Transaction, attachment: Attachment) -> None:
    """The objects of a file whose row goes with something else."""
    await enqueue(
        tx.session,
        remove_objects,
        after=OBJECTS_STAY,
        keys=[*all_keys(attachment.object_key)],
        upload_id=attachment.upload_id,
        owner_id=str(attachment.pupil_id),
    )


async def let_go_all(tx: Transaction, *which: ColumnElement[bool]) -> None:
    """The objects of the files for which this holds; their rows go with something else, in this transaction."""
    for attachment in await tx.session.scalars(select(Attachment).where(*which)):
        await let_go(tx, attachment)
        tx.session.expunge(attachment)


def caption(attachment: Attachment, vtt: str) -> AttachmentOut:
    """Keeps what is said in a film; empty takes it away. Raises Conflict (409) for what is no film, Invalid (422)."""
    if attachment.kind != MediaKind.FILM:
        raise Conflict("no_film")
    attachment.captions = captions_of(vtt) if vtt.strip() else None
    return shown(attachment)


def all_keys(object_key: str) -> list[str]:
    """Every object that a file may have: also of what the worker is making just now."""
    file_key, thumbnail_key = made_keys(object_key)
    return [object_key, file_key, *(f"{thumbnail_key}-{name}" for name in thumbnail_names())]


def file_address(storage: Storage, attachment: Attachment, own: bool) -> str:
    """A link for some minutes to the file as it is kept. While it is not ready the pupil gets what was sent.

    Raises NotFound (404), for the pupil Conflict (409) while the file is not there.
    """
    accepted = ACCEPTED[attachment.media_type]
    if attachment.state == AttachmentState.READY and attachment.file_key and attachment.file_type:
        key, media_type = attachment.file_key, attachment.file_type
    elif own and attachment.state == AttachmentState.RECEIVED:
        key, media_type = attachment.object_key, attachment.media_type
    else:
        raise Conflict("not_ready") if own else NotFound
    way = "attachment" if attachment.kind == MediaKind.DOCUMENT else "inline"
    name = clean_name(attachment.name, ACCEPTED.get(media_type, accepted))
    return storage.download_url(key, _URL_TTL, media_type, f"{way}; filename*=UTF-8''{quote(name, safe='')}")


def thumbnail_address(storage: Storage, attachment: Attachment, width: Width, webp: bool, own: bool) -> str:
    """A link for some minutes to a small picture of the file. Raises NotFound (404), Conflict (409) as file_address."""
    if attachment.state != AttachmentState.READY:
        raise Conflict("not_ready") if own else NotFound
    if attachment.thumbnail_key is None:
        raise NotFound
    ending = "webp" if webp else "jpg"
    key = f"{attachment.thumbnail_key}-{width}.{ending}"
    return storage.download_url(key, _URL_TTL, THUMBNAIL_TYPES[ending], "inline")
