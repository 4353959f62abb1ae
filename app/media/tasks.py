"""What happens to files in the background. Each task may run twice and then changes nothing more."""

import asyncio
import hashlib
import logging
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from procrastinate import JobContext

from app.media.kept import kept_originals, left_over, original_of
from app.media.models import Attachment, AttachmentState, MediaKind
from app.media.policy import PART_SIZE
from app.media.renditions import apart
from app.media.renditions.made import THUMBNAIL_TYPES, Refused, thumbnail_names
from app.media.scanner import scan
from app.platform.backup.hold import objects_may_go
from app.platform.clock import system_clock
from app.platform.jobs import RETRY, Tools, enqueue, jobs, tools
from app.platform.storage import Storage

log = logging.getLogger(__name__)

_AFTER_BACKUP = timedelta(minutes=10)
OBJECTS_STAY = timedelta(days=30)
"""So long after its row an object stays: a backup of the database of before finds it."""


def made_keys(object_key: str) -> tuple[str, str]:
    """Where what is made of an object is kept: the whole file, and the begin of its thumbnails' keys."""
    random = object_key.rpartition("/")[2]
    return f"file/{random}", f"thumbnail/{random}"


@jobs.task(name="make_renditions", retry=RETRY, pass_context=True)
async def make_renditions(context: JobContext, attachment_id: str) -> None:
    """Inspects a file and makes of it what others may see; then it is ready, or refused.

    What it was made of is removed from the store. Storage or scanner away raises, and the job comes back later.
    """
    found = tools(context)
    async with found.sessions() as session:
        attachment = await session.get(Attachment, UUID(attachment_id))
    if attachment is None or attachment.state != AttachmentState.RECEIVED:
        return
    change: dict[str, Any]
    try:
        change = await asyncio.to_thread(_inspect, found, attachment)
        change["state"] = AttachmentState.READY
    except Refused as refused:
        log.warning("attachment %s (%s) is refused: %s", attachment.id, attachment.kind, refused.code)
        change = {"state": AttachmentState.REFUSED, "refusal": refused.code}
    async with found.sessions.begin() as session:
        there = await session.get(Attachment, attachment.id, with_for_update=True)
        if there is None or there.state != AttachmentState.RECEIVED:
            return
        for name, value in change.items():
            setattr(there, name, value)
        await enqueue(session, remove_objects, keys=[there.object_key])


def _inspect(found: Tools, attachment: Attachment) -> dict[str, Any]:
    """What to write in the row once all is in the store. Raises Refused."""
    kind = MediaKind(attachment.kind)
    with tempfile.TemporaryDirectory(prefix="media-") as name:
        folder = Path(name)
        source = folder / "source"
        found.storage.fetch(attachment.object_key, source)
        _require_announced(attachment, source)
        scanned = scan(found.settings.clamd, source)
        rendered = apart.render(kind, source, folder, attachment.media_type, found.stopping)
        made = rendered.made
        file_key, thumbnail_key = made_keys(attachment.object_key)
        kept = made.file or source
        # A document too: to the key of the original its sender could write again for a while.
        found.storage.keep(file_key, kept, made.file_type)
        if rendered.placeholder:
            _keep_thumbnails(found.storage, thumbnail_key, folder)
        return {
            "file_key": file_key,
            "file_type": made.file_type,
            "file_size": kept.stat().st_size,
            "file_sha256": _sha256(kept),
            "thumbnail_key": thumbnail_key if rendered.placeholder else None,
            "placeholder": rendered.placeholder,
            "width": made.width,
            "height": made.height,
            "duration_ms": made.duration_ms,
            "peaks": made.peaks,
            "caution": made.caution,
            "scanned_at": system_clock.now() if scanned else None,
        }


def _require_announced(attachment: Attachment, source: Path) -> None:
    """Raises Refused where the bytes are not those that the device counted, or not of the type it said."""
    if source.stat().st_size != attachment.size:
        raise Refused("upload_mismatch")
    if attachment.sha256s is not None:
        with source.open("rb") as file:
            counted = [hashlib.sha256(part).hexdigest() for part in iter(lambda: file.read(PART_SIZE), b"")]
        if counted != attachment.sha256s:
            raise Refused("upload_mismatch")


def _keep_thumbnails(storage: Storage, thumbnail_key: str, folder: Path) -> None:
    for name in thumbnail_names():
        storage.keep(f"{thumbnail_key}-{name}", folder / name, THUMBNAIL_TYPES[name.rpartition(".")[2]])


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@jobs.task(name="remove_objects", retry=RETRY, pass_context=True)
async def remove_objects(
    context: JobContext, keys: list[str], upload_id: str | None = None, owner_id: str | None = None
) -> None:
    """Removes objects whose row is gone; an upload that still ran (of the first key) is broken off.

    What something else keeps (a dossier that was handed in) stays. While a backup runs nothing goes. `owner_id` says
    whose they were: when that person is erased, what waits here goes at once.
    """
    found = tools(context)
    async with found.sessions.begin() as session:
        if not await objects_may_go(session):
            await enqueue(
                session, remove_objects, after=_AFTER_BACKUP, keys=[*keys], upload_id=upload_id, owner_id=owner_id
            )
            return
        if upload_id:
            await asyncio.to_thread(found.storage.abort_upload, keys[0], upload_id)
        originals = {key: original_of(key) for key in keys}
        kept = await kept_originals(session, originals.values())
        for key, original in originals.items():
            if original not in kept or left_over(key, original, kept[original]):
                await asyncio.to_thread(found.storage.delete, key)
