"""The files of an entry: who may announce, send, describe, open and remove them."""

from uuid import UUID

from sqlalchemy import func, select, update

from app.media import actions as media
from app.media.models import Attachment, AttachmentState
from app.media.renditions.made import Width
from app.media.schemas import AttachmentOut, UploadFinish, UploadPlan, UploadStart
from app.platform.db import Transaction
from app.platform.errors import NotAllowed, NotFound
from app.platform.storage import Storage
from app.portfolio.actions.standing import Standing, find, hold, require
from app.portfolio.law import Action
from app.portfolio.models import Entry


async def start(tx: Transaction, storage: Storage, entry_id: UUID, announced: UploadStart) -> UploadPlan:
    """Announces a file of one's own entry. Raises NotFound (404), NotAllowed (403), and as media.start."""
    await hold(tx, entry_id, Action.EDIT)
    return await media.start(tx, storage, media.Place(tx.viewer, entry_id), announced)


async def resume(tx: Transaction, storage: Storage, attachment_id: UUID) -> UploadPlan:
    """What is still to be sent of one's own file. Raises NotFound (404), NotAllowed (403), StorageAway (503)."""
    attachment, _ = await _own(tx, attachment_id)
    return await media.plan(storage, attachment)


async def complete(tx: Transaction, storage: Storage, attachment_id: UUID, finish: UploadFinish) -> AttachmentOut:
    """Checks one's own file when all was sent. Raises NotFound (404), NotAllowed (403), and as media.complete."""
    attachment, story = await _own(tx, attachment_id)
    received = await media.complete(tx, storage, attachment, finish)
    await _told_more(tx, story)
    return received


async def describe(tx: Transaction, attachment_id: UUID, alt: str) -> AttachmentOut:
    """Says in words what can be seen or heard in one's own file. Raises NotFound (404), NotAllowed (403)."""
    attachment, story = await _own(tx, attachment_id)
    attachment.alt = alt
    await _told_more(tx, story)
    return media.shown(attachment)


async def remove(tx: Transaction, attachment_id: UUID) -> None:
    """Takes one's own file out of the entry. Raises NotFound (404), NotAllowed (403)."""
    attachment, _ = await _own(tx, attachment_id)
    await media.remove(tx, attachment)


async def file_address(tx: Transaction, storage: Storage, attachment_id: UUID) -> str:
    """A link to a file of a visible entry, for some minutes; a look by somebody else is logged.

    Raises NotFound (404), Conflict (409) while the file is not there yet.
    """
    attachment, standing = await _of(tx, attachment_id)
    url = media.file_address(storage, attachment, standing.own)
    await _log(tx, attachment, standing, attachment.entry_id)
    return url


async def thumbnail_address(tx: Transaction, storage: Storage, attachment_id: UUID, width: Width, webp: bool) -> str:
    """A link to a small picture of it. Raises as file_address."""
    attachment, standing = await _of(tx, attachment_id)
    url = media.thumbnail_address(storage, attachment, width, webp, standing.own)
    # A thumbnail stands in a list: that is a look at the portfolio, and does not count as opening the entry.
    await _log(tx, attachment, standing, None)
    return url


async def captions(tx: Transaction, attachment_id: UUID) -> str:
    """What is said in a film, as WebVTT. Raises NotFound (404)."""
    attachment, standing = await _of(tx, attachment_id)
    if attachment.captions is None or not (standing.own or attachment.state == AttachmentState.READY):
        raise NotFound
    await _log(tx, attachment, standing, attachment.entry_id)
    return attachment.captions


async def caption(tx: Transaction, attachment_id: UUID, vtt: str) -> AttachmentOut:
    """Writes what is said in one's own film; empty takes it away. Raises NotFound (404), NotAllowed (403), Invalid."""
    attachment, story = await _own(tx, attachment_id)
    written = media.caption(attachment, vtt)
    await _told_more(tx, story)
    return written


async def _told_more(tx: Transaction, story: Entry) -> None:
    """The story tells something new: a school that the pupil left reads it no longer, as with other words in it."""
    if story.changed_on < tx.today:
        changing = update(Entry).where(Entry.id == story.id, Entry.changed_on < tx.today).values(changed_on=tx.today)
        await tx.session.execute(changing.execution_options(synchronize_session=False))


async def _log(tx: Transaction, attachment: Attachment, standing: Standing, entry_id: UUID | None) -> None:
    if standing.own:
        return
    rule = "school" if standing.actor.staff else "home"
    await tx.session.execute(select(func.log_look(attachment.pupil_id, entry_id, rule, tx.now)))


async def _of(tx: Transaction, attachment_id: UUID) -> tuple[Attachment, Standing]:
    # The file by itself says nothing: whether it may be known is asked of its entry.
    attachment = await tx.session.get(Attachment, attachment_id)
    if attachment is None or attachment.entry_id is None:
        raise NotFound
    return attachment, await find(tx, attachment.entry_id)


async def _own(tx: Transaction, attachment_id: UUID) -> tuple[Attachment, Entry]:
    mine = select(Attachment).where(Attachment.id == attachment_id, Attachment.pupil_id == tx.viewer)
    attachment = await tx.session.scalar(mine.with_for_update())
    if attachment is None or attachment.entry_id is None:
        require((await _of(tx, attachment_id))[1], Action.EDIT, tx.today)
        raise NotAllowed
    standing = await find(tx, attachment.entry_id)
    require(standing, Action.EDIT, tx.today)
    return attachment, standing.entry
