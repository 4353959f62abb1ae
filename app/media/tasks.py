"""What happens to files in the background. Each task may run twice and then changes nothing more."""

import asyncio
from uuid import UUID

from procrastinate import JobContext

from app.media.models import Attachment, AttachmentState, MediaKind
from app.media.renditions import MEDIA_TYPE, BrokenPhoto, render_apart
from app.platform.jobs import RETRY, jobs, tools
from app.platform.storage import Storage


@jobs.task(name="make_renditions", retry=RETRY, pass_context=True)
async def make_renditions(context: JobContext, attachment_id: str) -> None:
    """Makes of a photo what others may see: upright, smaller, without place and maker; then the file is ready.

    A photo that cannot be read is refused. Storage that is away raises, and the job comes back later.
    """
    sessions, storage = tools(context).sessions, tools(context).storage
    async with sessions() as session:
        attachment = await session.get(Attachment, UUID(attachment_id))
    if attachment is None or attachment.state != AttachmentState.RECEIVED:
        return
    if attachment.kind == MediaKind.PHOTO:
        try:
            await asyncio.to_thread(_make_photo, storage, attachment)
            attachment.state = AttachmentState.READY
        except BrokenPhoto as broken:
            attachment.state, attachment.refusal = AttachmentState.REFUSED, broken.code
    else:
        attachment.state = AttachmentState.READY
    async with sessions.begin() as session:
        # Merged, not added: the pupil may have taken the file away in the meantime.
        still_there = await session.get(Attachment, attachment.id, with_for_update=True)
        if still_there is not None:
            await session.merge(attachment)


def _make_photo(storage: Storage, attachment: Attachment) -> None:
    made = render_apart(storage.get(attachment.object_key))
    random = attachment.object_key.rpartition("/")[2]
    display_key, thumbnail_key = f"display/{random}", f"thumbnail/{random}"
    storage.put(display_key, made.display, MEDIA_TYPE)
    storage.put(thumbnail_key, made.thumbnail, MEDIA_TYPE)
    attachment.display_key, attachment.thumbnail_key = display_key, thumbnail_key
    attachment.width, attachment.height = made.width, made.height


@jobs.task(name="remove_objects", retry=RETRY, pass_context=True)
async def remove_objects(context: JobContext, keys: list[str], upload_id: str | None = None) -> None:
    """Removes objects whose row is gone; an upload that still ran (of the first key) is broken off."""
    storage = tools(context).storage
    if upload_id:
        await asyncio.to_thread(storage.abort_upload, keys[0], upload_id)
    for key in keys:
        await asyncio.to_thread(storage.delete, key)
