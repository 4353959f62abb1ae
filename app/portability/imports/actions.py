"""Announcing a file, having it brought in once it was sent, and throwing away what was brought."""

from uuid import UUID, uuid4

from sqlalchemy import delete, exists, func, insert, select
from sqlalchemy.exc import IntegrityError
from uuid_utils.compat import uuid7

from app.media.actions import ask_store, file_address, let_go_all
from app.media.models import Attachment
from app.media.policy import PART_SIZE
from app.people.models import Placement
from app.platform.db import Transaction
from app.platform.errors import Conflict, NotFound, TooManyRequests
from app.platform.jobs import enqueue
from app.platform.storage import Storage
from app.portability.imports.models import BringState, BroughtRecord, PortfolioImport
from app.portability.imports.schemas import BringPart, BringPlan, BringSent, BringStart
from app.portability.imports.tasks import KEPT, PREFIX, bring_portfolio, forget_import

MOST_A_DAY = 10
_PART = 4 * PART_SIZE


async def start(tx: Transaction, storage: Storage, announced: BringStart) -> BringPlan:
    """Opens an upload.

    Raises NotFound (404): no pupil, Conflict (409): another is being brought in, TooManyRequests (429).
    """
    if not await tx.session.scalar(select(exists().where(Placement.pupil_id == tx.viewer))):
        raise NotFound
    mine = select(func.count()).where(PortfolioImport.pupil_id == tx.viewer)
    if await tx.session.scalar(mine.where(PortfolioImport.state == BringState.READING)):
        raise Conflict("import_running")
    if (await tx.session.scalar(mine.where(PortfolioImport.made_at > tx.now - KEPT)) or 0) >= MOST_A_DAY:
        raise TooManyRequests(int(KEPT.total_seconds()))
    key = f"{PREFIX}{uuid4()}"
    upload_id = await ask_store(storage.start_upload, key, "application/octet-stream")
    which = uuid7()
    await tx.session.execute(
        insert(PortfolioImport).values(
            id=which,
            pupil_id=tx.viewer,
            state=BringState.ANNOUNCED,
            name=announced.name,
            size=announced.size,
            object_key=key,
            upload_id=upload_id,
            made_at=tx.now,
        )
    )
    await enqueue(tx.session, forget_import, after=KEPT, key=key, upload_id=upload_id)
    sizes = [min(_PART, announced.size - begin) for begin in range(0, announced.size, _PART)]
    return BringPlan(
        id=which,
        parts=[
            BringPart(number=number, size=size, url=storage.part_url(key, upload_id, number, size))
            for number, size in enumerate(sizes, 1)
        ],
    )


async def sent(tx: Transaction, storage: Storage, import_id: UUID, what: BringSent) -> None:
    """The file has arrived: the worker brings it in. Again changes nothing.

    Raises NotFound (404), Conflict (409): parts are missing, or another one is being brought in.
    """
    own = select(PortfolioImport).where(PortfolioImport.id == import_id, PortfolioImport.pupil_id == tx.viewer)
    if await tx.session.scalar(own) is None:
        raise NotFound
    # Locked is only what may be changed: what was sent already is not.
    found = await tx.session.scalar(own.with_for_update().execution_options(populate_existing=True))
    if found is None or found.state != BringState.ANNOUNCED:
        return
    parts = [(part.number, part.etag) for part in sorted(what.parts, key=lambda part: part.number)]
    if not await ask_store(storage.finish_upload, found.object_key, found.upload_id, parts):
        raise Conflict("parts_missing")
    if await ask_store(storage.size, found.object_key) != found.size:
        raise Conflict("upload_mismatch")
    found.state, found.sent_at = BringState.READING, tx.now
    try:
        await tx.session.flush()
    except IntegrityError as error:
        raise Conflict("import_running") from error
    await enqueue(tx.session, bring_portfolio, import_id=str(import_id))


async def throw_away(tx: Transaction, record_id: UUID) -> None:
    """Throws away something that was brought, with what was said aloud. Raises NotFound (404)."""
    await let_go_all(tx, Attachment.brought_id == record_id, Attachment.pupil_id == tx.viewer)
    own = delete(BroughtRecord).where(BroughtRecord.id == record_id, BroughtRecord.pupil_id == tx.viewer)
    if await tx.session.scalar(own.returning(BroughtRecord.id)) is None:
        raise NotFound


async def address(tx: Transaction, storage: Storage, sound_id: UUID) -> str:
    """A link to what was said aloud elsewhere, for some minutes.

    Raises NotFound (404), Conflict (409) while it is not there.
    """
    own = (Attachment.pupil_id == tx.viewer, Attachment.brought_id.is_not(None))
    sound = await tx.session.scalar(select(Attachment).where(Attachment.id == sound_id, *own))
    if sound is None:
        raise NotFound
    return file_address(storage, sound, own=True)
